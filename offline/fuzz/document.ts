import { attributesOf, loadProvider, PROVIDERS, type ProviderName } from '../schema';
import { validateResource } from '../validate';
import { isObject, type Value, type ValueObject } from '../values';
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
    const findings = validateResource(provider, recorded, type, schema, resolved(config));
    if (!findings.some(({ severity }) => severity === 'error')) return config;
  }
  return undefined;
}

/** A document of random configurations, and the types of which none was found. */
export interface FuzzDocument {
  readonly document: ValueObject;
  readonly skipped: readonly string[];
}

/** Random configurations of resource types as one Terraform document, in which later resources refer to earlier ones. */
export function fuzzDocument(seed: number, provider: ProviderName, types: readonly string[]): FuzzDocument {
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
