import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ProviderSchema } from '@cdktf/commons';
import { PROVIDERS, recordingOf } from '../estate/terraform-providers';

const { source, version } = PROVIDERS.oci;

/** What `tools/bindings.json` says: which part of Oracle's provider to generate. */
export interface BindingsList {
  /** Resource types to generate. */
  readonly resources: readonly string[];
  /** Data source types to generate. */
  readonly dataSources: readonly string[];
}

type Schemas = Readonly<Record<string, unknown>>;

/** The parts of a recorded schema that bindings are made from. */
export interface RecordedSchema {
  /** Registry address of the provider. */
  readonly source: string;
  readonly provider: unknown;
  readonly resource_schemas: Schemas;
  readonly data_source_schemas: Schemas;
}

/** Says which listed types the provider does not have, each with the names nearest to it. */
export class UnknownTypesError extends Error {
  constructor(lines: readonly string[]) {
    super(`tools/bindings.json lists types that the provider does not have:\n${lines.join('\n')}`);
    this.name = 'UnknownTypesError';
  }
}

/** Keeps the listed types of a recorded schema, in the form in which `terraform providers schema -json` prints them. */
export function selectTypes(schema: RecordedSchema, list: BindingsList): ProviderSchema {
  const unknown = [
    ...unknownTypes(list.resources, schema.resource_schemas, 'resource'),
    ...unknownTypes(list.dataSources, schema.data_source_schemas, 'data source'),
  ];
  if (unknown.length > 0) throw new UnknownTypesError(unknown);
  const selected = {
    format_version: '1.0',
    provider_versions: { [schema.source]: version },
    provider_schemas: {
      [schema.source]: {
        provider: schema.provider,
        resource_schemas: pick(schema.resource_schemas, list.resources),
        data_source_schemas: pick(schema.data_source_schemas, list.dataSources),
      },
    },
  };
  // The recorded file is what Terraform itself printed, so its shape is the generator's input shape.
  return JSON.parse(JSON.stringify(selected));
}

/**
 * Generates the TypeScript bindings of the Oracle provider, for which no package exists, from the recorded schema into
 * `<root>/.gen/providers/<name>`; says whether it had to.
 *
 * `npm install` runs it (`prepare`). To use a further resource type, add it to `tools/bindings.json` and run
 * `npm run prepare`. Only listed types are generated: the whole provider is about 1,000 resources.
 */
export async function generateBindings(root: string): Promise<boolean> {
  const listText = readFileSync(join(root, 'tools/bindings.json'), 'utf8');
  const list: BindingsList = JSON.parse(listText);
  const recorded = readFileSync(join(root, 'provider/schemas', recordingOf({ name: 'oci', version })));
  const { version: generator } = JSON.parse(readFileSync(require.resolve(GENERATOR_MANIFEST), 'utf8'));
  const folder = join(root, '.gen/providers/oci');
  const stampFile = join(folder, '.stamp');
  const stamp = createHash('sha256')
    .update(version + listText)
    .update(recorded)
    .update(generator + OVERRIDES.join())
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;

  const schema = selectTypes(JSON.parse(gunzipSync(recorded).toString('utf8')), list);
  const {
    CodeMaker,
    TerraformProviderConstraint,
    TerraformProviderGenerator,
    ConstructsMakerProviderTarget,
    Language,
  } = await loadGenerator();
  const code = new CodeMaker();
  const constraint = new TerraformProviderConstraint(`${source}@${version}`);
  const target = new ConstructsMakerProviderTarget(constraint, Language.TYPESCRIPT);
  const writer = new TerraformProviderGenerator(code, schema);
  writer.generate(target);
  // Types that left the list must not stay behind, and the stamp comes last: an interrupted run is not up to date.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await writer.save(join(root, '.gen'));
  writeOverrides(folder);
  writeFileSync(stampFile, stamp);
  return true;
}

/**
 * Loads the generator, only when there is something to do: it takes ten times longer than finding out.
 *
 * On loading it asks `terraform` for its version, and reports to its maker when there is none. Neither is of use here,
 * and an installation must not depend on the network or on the settings of Terraform.
 */
async function loadGenerator() {
  process.env.CHECKPOINT_DISABLE = '1';
  delete process.env.TF_CLI_CONFIG_FILE;
  return { ...(await import('@cdktf/provider-generator')), ...(await import('@cdktf/commons')) };
}

const GENERATOR_MANIFEST = '@cdktf/provider-generator/package.json';

/**
 * Members of the library's classes that generated classes replace: the generator does not write `override`, which the
 * compiler settings of this project ask for.
 */
const OVERRIDES: readonly (readonly [RegExp, string])[] = [
  [/\bprotected (terraformResource|terraformAttribute|wrapsSet):/g, 'protected override $1:'],
  [/\bprotected (synthesize(?:Hcl)?Attributes)\(/g, 'protected override $1('],
  [/\bpublic (get|set) alias\(/g, 'public override $1 alias('],
];

function writeOverrides(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const path = join(folder, name);
    const text = OVERRIDES.reduce((code, [member, by]) => code.replace(member, by), readFileSync(path, 'utf8'));
    writeFileSync(path, text);
  }
}

function pick(schemas: Schemas, names: readonly string[]): Schemas {
  return Object.fromEntries([...names].sort().map((name) => [name, schemas[name]]));
}

function unknownTypes(names: readonly string[], schemas: Schemas, kind: string): string[] {
  const known = Object.keys(schemas);
  return names
    .filter((name) => !(name in schemas))
    .map((name) => `  ${kind} "${name}"; nearest: ${nearest(name, known).join(', ')}`);
}

/** The three names that differ least from a name. */
function nearest(name: string, known: readonly string[]): string[] {
  return known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Number of single-character edits between two texts. */
function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}

async function main(): Promise<void> {
  try {
    require.resolve(GENERATOR_MANIFEST);
  } catch {
    // An installation without development dependencies can still run everything but the Oracle stacks.
    process.stderr.write(
      'The Oracle bindings are not generated: they need the development dependencies (npm install --include=dev).\n',
    );
    return;
  }
  try {
    const written = await generateBindings(dirname(__dirname));
    if (written) process.stderr.write('Generated the Oracle bindings into .gen/providers/oci\n');
  } catch (error) {
    if (!(error instanceof UnknownTypesError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (require.main === module) void main();
