import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDiagnostic, readReport } from '../diagnostics';
import { attributesOf, loadProvider, PROVIDERS, type ProviderName } from '../schema';
import { withScratch } from '../scratch';
import { serveProviders } from '../server';
import { findTerraform, runTerraform, terraformEnvironment } from '../terraform';
import { validateResource } from '../validate';
import type { ValueObject } from '../values';
import { generate } from './generate';
import { Random } from './random';

/** What became of one round: random configurations of some resource types planned, applied, planned again, destroyed. */
export interface FuzzRound {
  readonly seed: number;
  readonly provider: ProviderName;
  readonly types: number;
  /** Types of which no valid configuration was found. */
  readonly skipped: readonly string[];
  readonly problems: readonly string[];
}

const ATTEMPTS = 60;

/** Provider configurations that need no account. */
const PROVIDER_BLOCKS: Readonly<Record<ProviderName, ValueObject>> = {
  azurerm: { features: {} },
  google: { project: 'fuzz' },
  oci: {},
};

function withoutDynamic(config: ValueObject): ValueObject {
  const { dynamic: _dynamic, ...rest } = config;
  return rest;
}

function validConfig(
  random: Random,
  provider: ProviderName,
  type: string,
  references: string[],
): ValueObject | undefined {
  const recorded = loadProvider(provider);
  const schema = recorded.resource_schemas[type];
  if (schema === undefined) return undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const config = generate(random, {
      block: schema.block,
      rules: recorded.rules[type],
      values: recorded.values[type],
      references,
      // Fewer arguments have fewer conflicts: the later attempts are smaller.
      density: 0.6 * (1 - attempt / ATTEMPTS),
    });
    const findings = validateResource(provider, recorded, type, schema, blanked(withoutDynamic(config)));
    if (!findings.some(({ severity }) => severity === 'error')) return config;
  }
  return undefined;
}

/** References are no text that a validator may look at yet. */
function blanked(config: ValueObject): ValueObject {
  const text = JSON.stringify(config, (_, value: unknown) =>
    typeof value === 'string' && value.includes('${') ? 'offline0000000000' : value,
  );
  const parsed: ValueObject = JSON.parse(text);
  return parsed;
}

/** Random configurations of resource types as one Terraform document, in which later resources refer to earlier ones. */
export function fuzzDocument(
  seed: number,
  provider: ProviderName,
  types: readonly string[],
): { document: ValueObject; skipped: string[] } {
  const random = new Random(seed);
  const recorded = loadProvider(provider);
  const resource: ValueObject = {};
  const references: string[] = [];
  const skipped: string[] = [];
  for (const type of types) {
    const config = validConfig(random, provider, type, references.slice(-20));
    if (config === undefined) {
      skipped.push(type);
      continue;
    }
    resource[type] = { fuzz: config };
    const results = Object.entries(attributesOf(recorded.resource_schemas[type]?.block ?? {})).filter(
      ([, attribute]) => attribute.type === 'string' && attribute.computed && !attribute.optional,
    );
    const names = [...results.map(([name]) => name), ...(config.id === undefined ? ['id'] : [])];
    references.push(...names.slice(-2).map((name) => `${type}.fuzz.${name}`));
  }
  const { source, version } = PROVIDERS[provider];
  return {
    document: {
      terraform: { required_providers: { [provider]: { source, version } } },
      provider: { [provider]: [PROVIDER_BLOCKS[provider]] },
      resource,
    },
    skipped,
  };
}

/** Runs one round with real Terraform. */
export async function fuzzRound(seed: number, provider: ProviderName, types: readonly string[]): Promise<FuzzRound> {
  const { document, skipped } = fuzzDocument(seed, provider, types);
  const binary = await findTerraform();
  return withScratch(async ({ folder, cliConfig, follow }) => {
    const cwd = join(folder, 'fuzz');
    mkdirSync(cwd);
    const text = JSON.stringify(document, null, 1);
    writeFileSync(join(cwd, 'cdk.tf.json'), text);
    const servers = await serveProviders({
      providers: [provider],
      mode: 'scratch',
      types: { resources: types, dataSources: [] },
    });
    const env = terraformEnvironment({ TF_REATTACH_PROVIDERS: servers.reattach, TF_CLI_CONFIG_FILE: cliConfig });
    const problems: string[] = [];
    const step = async (title: string, expected: number, ...args: string[]): Promise<boolean> => {
      const run = await runTerraform(binary, [...args, '-lock=false', '-parallelism=4'], { cwd, env, onStart: follow });
      const report = readReport(run.stdout, document, text);
      const errors = report.diagnostics.filter(({ severity }) => severity === 'error').map(describeDiagnostic);
      problems.push(...errors.map((error) => `${title}: ${error}`));
      if (run.exitCode === expected) return true;
      const changed =
        expected === run.exitCode || errors.length > 0
          ? []
          : report.changes.map(({ address, action }) => `${address} ${action}`);
      problems.push(...changed.map((change) => `${title}: ${change}`));
      if (errors.length + changed.length === 0) problems.push(`${title}: ${run.stderr}${run.stdout.slice(-2000)}`);
      return false;
    };
    try {
      const isApplied =
        (await step('plan', 0, 'plan', '-json')) && (await step('apply', 0, 'apply', '-json', '-auto-approve'));
      if (isApplied) {
        await step('second plan', 0, 'plan', '-json', '-detailed-exitcode');
        await step('destroy', 0, 'destroy', '-json', '-auto-approve');
      }
    } finally {
      servers.close();
    }
    return { seed, provider, types: types.length - skipped.length, skipped, problems };
  });
}
