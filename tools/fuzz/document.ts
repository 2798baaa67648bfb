import { samplesOf } from '../../provider/checks';
import { completedValues } from '../../provider/rules/completed';
import { takesFraction } from '../../provider/rules/whole';
import {
  attributesOf,
  type BlockSchema,
  loadProvider,
  PROVIDERS,
  type ProviderName,
  type ResourceSchema,
} from '../../provider/schema';
import type { ServedTypes } from '../../provider/schema-message';
import { validateResource } from '../../provider/validate';
import { isObject, type Value, type ValueObject } from '../../provider/values';
import { generate } from './generate';
import { Random } from './random';

const ATTEMPTS = 60;

/** Provider configurations that need no account. */
const PROVIDER_BLOCKS: Readonly<Record<ProviderName, ValueObject>> = {
  azurerm: { features: {} },
  google: { project: 'fuzz' },
  oci: {},
};

/** A configuration as a validator may see it: blocks of unknown number as if there were one, references as results. */
function resolved(value: Value): Value {
  if (typeof value === 'string') return value.includes('${') ? 'offline0000000000' : value;
  if (Array.isArray(value)) return value.map(resolved);
  if (!isObject(value)) return value;
  const { dynamic, ...rest } = value;
  const made = Object.entries(isObject(dynamic) ? dynamic : {}).map(([name, block]) => [
    name,
    isObject(block) ? [block.content ?? null] : [],
  ]);
  const members: [string, Value][] = Object.entries({ ...rest, ...Object.fromEntries(made) });
  return Object.fromEntries(members.map(([name, member]) => [name, resolved(member)]));
}

/** A type to configure: a resource, or something that is looked up. */
interface Subject {
  readonly kind: 'resource' | 'data';
  readonly type: string;
  readonly block: BlockSchema;
}

/** Resources and data sources in turn: the same order for every seed, so that an edit turns no reference around. */
function subjectsOf(provider: ProviderName, types: ServedTypes): Subject[] {
  const recorded = loadProvider(provider);
  const named = (kind: Subject['kind'], names: readonly string[], schemas: Readonly<Record<string, ResourceSchema>>) =>
    names.flatMap((type, index) => {
      const block = schemas[type]?.block;
      return block === undefined ? [] : [{ kind, type, block, place: index / names.length }];
    });
  return [
    ...named('resource', types.resources, recorded.resource_schemas),
    ...named('data', types.dataSources, recorded.data_source_schemas),
  ].sort((one, other) => one.place - other.place);
}

function validResource(
  random: Random,
  provider: ProviderName,
  { type, block }: Subject,
  references: string[],
): ValueObject | undefined {
  const recorded = loadProvider(provider);
  const samples = Object.entries(samplesOf(type)).map(([path, values]) => [path, { one_of: values }] as const);
  const values = {
    ...completedValues(provider, type, recorded.values[type], recorded.version),
    ...Object.fromEntries(samples),
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const config = generate(random, {
      block,
      rules: recorded.rules[type],
      takesFraction: (path) => takesFraction(recorded, type, path),
      values,
      references,
      // Fewer arguments have fewer conflicts: the later attempts are smaller.
      density: 0.6 * (1 - attempt / ATTEMPTS),
    });
    const findings = validateResource(provider, recorded, type, { version: 0, block }, resolved(config));
    if (!findings.some(({ severity }) => severity === 'error')) return config;
  }
  return undefined;
}

/** A document of random configurations, and the types of which none was found. */
export interface FuzzDocument {
  readonly document: ValueObject;
  readonly skipped: readonly string[];
}

/** Random configurations as one Terraform document, in which later resources and data sources refer to earlier ones. */
export function fuzzDocument(seed: number, provider: ProviderName, types: ServedTypes): FuzzDocument {
  const random = new Random(seed);
  const made: Record<Subject['kind'], ValueObject> = { resource: {}, data: {} };
  const references: string[] = [];
  const skipped: string[] = [];
  for (const subject of subjectsOf(provider, types)) {
    const { kind, type, block } = subject;
    const near = references.slice(-20);
    const config =
      kind === 'resource'
        ? validResource(random, provider, subject, near)
        : generate(random, { block, references: near, density: 0.3, takesFraction: () => true });
    if (config === undefined) {
      skipped.push(type);
      continue;
    }
    made[kind][type] = { fuzz: config };
    const results = Object.entries(attributesOf(block)).filter(
      ([, attribute]) => attribute.type === 'string' && attribute.computed && !attribute.optional,
    );
    const names = [...results.map(([name]) => name), ...(kind === 'resource' && config.id === undefined ? ['id'] : [])];
    references.push(...names.slice(-2).map((name) => `${kind === 'data' ? 'data.' : ''}${type}.fuzz.${name}`));
  }
  const { source, version } = PROVIDERS[provider];
  return {
    document: {
      terraform: { required_providers: { [provider]: { source, version } } },
      provider: { [provider]: [PROVIDER_BLOCKS[provider]] },
      // Terraform takes no empty list of resources.
      ...Object.fromEntries(Object.entries(made).filter(([, types]) => Object.keys(types).length > 0)),
    },
    skipped,
  };
}

/** A document in which about half of the resources are configured as in another one, as after an edit. */
export function editedDocument(before: FuzzDocument, after: FuzzDocument, seed: number): ValueObject {
  const random = new Random(seed);
  const [old, made] = [before.document.resource, after.document.resource];
  if (!isObject(old) || !isObject(made)) return after.document;
  const resource = Object.fromEntries(
    Object.entries(old).map(([type, configured]) => [
      type,
      random.chance(0.5) ? (made[type] ?? configured) : configured,
    ]),
  );
  return { ...before.document, resource };
}
