import { NUMBERS, PLAN_TIME_RULES } from '../diff/facts';
import { DROPPED } from '../diff/facts/dropped';
import { KEPT_ROWS } from '../diff/facts/kept';
import { STAYING } from '../diff/facts/staying';
import { SUCCESSOR_FACTS } from '../diff/facts/successors';
import { providerOfType } from '../estate/terraform-providers';
import { CHECKS } from '../provider/checks';
import { valueAt } from '../provider/checks/check';
import completed from '../provider/rules/completed.json';
import deprecated from '../provider/rules/deprecated.json';
import fractions from '../provider/rules/fractions.json';
import ids from '../provider/rules/ids.json';
import names from '../provider/rules/names.json';
import type { FactTable } from '../provider/rules/rows';
import { UNSENT } from '../provider/rules/unsent';
import {
  attributesOf,
  type BlockSchema,
  blocksOf,
  holdsFor,
  loadProvider,
  PROVIDER_NAMES,
  PROVIDERS,
  type ProviderName,
  type ReleaseRange,
  recordedReleases,
} from '../provider/schema';
import type { Value } from '../provider/values';

/** What is known of a type, or of an argument of one, in some releases of its provider. */
interface Fact extends ReleaseRange {
  readonly type: string;
  /** Dotted path; empty for the type as a whole. */
  readonly path: string;
}

/** The facts of a table; the path of a row follows from what it holds. */
function factsOf<R>(table: FactTable<R>, paths: (row: R) => readonly string[]): Fact[] {
  const rows = (byType: Readonly<Record<string, R | undefined>> = {}, range: ReleaseRange = {}) =>
    Object.entries(byType).flatMap(([type, row]) =>
      (row === undefined ? [] : paths(row)).map((path) => ({ type, path, since: range.since, before: range.before })),
    );
  return [
    ...PROVIDER_NAMES.flatMap((name) => rows(table[name])),
    ...(table.some ?? []).flatMap((part) => rows(part.rows, part)),
  ];
}

const cloudTypes = (row: { readonly type: string }) => !row.type.startsWith('AWS::');
const withPrefix = (name: string, rows: object) =>
  Object.fromEntries(Object.keys(rows).map((type) => [`${name}_${type}`, '']));

const TABLES: Readonly<Record<string, readonly Fact[]>> = {
  'provider/rules/completed.json': factsOf<object>(completed.values, Object.keys),
  'provider/rules/deprecated.json': factsOf<readonly string[]>(deprecated, (paths) => paths),
  'provider/rules/fractions.json': factsOf<readonly string[]>(fractions, (paths) => paths),
  'provider/rules/ids.json': factsOf<string>(
    {
      azurerm: withPrefix('azurerm', ids.azurerm),
      google: withPrefix('google', ids.google),
      some: ids.some.map((part) => ({ ...part, rows: withPrefix(part.provider, part.rows) })),
    },
    (path) => [path],
  ),
  'provider/rules/names.json': factsOf<object>(names, () => ['name']),
  'provider/rules/unsent.json': factsOf(UNSENT, (rows) => rows.map(({ path }) => path)),
  'provider/checks': CHECKS.flatMap((check) =>
    check.types.flatMap((type) =>
      ['', ...Object.keys(check.samples?.[type] ?? {})].map((path) => ({ ...check, type, path })),
    ),
  ),
  'diff/facts, rules': PLAN_TIME_RULES.filter(cloudTypes).flatMap((rule) =>
    [...rule.paths, ...(rule.unless === undefined ? [] : [rule.unless])].map((path) => ({ ...rule, path })),
  ),
  'diff/facts, numbers': NUMBERS.filter(cloudTypes),
  'diff/facts/dropped.ts': DROPPED,
  'diff/facts/staying.ts': STAYING,
  'diff/facts/successors.ts': SUCCESSOR_FACTS,
  'diff/facts/kept.ts': KEPT_ROWS.filter(cloudTypes).map(({ type }) => ({ type, path: '' })),
};

function has(block: BlockSchema, path: string): boolean {
  const [name = '', ...rest] = path.replace(/\[\]$/, '').split('.');
  const attribute = attributesOf(block)[name];
  if (attribute !== undefined) return rest.length === 0 || hasMember(attribute.type, rest);
  const nested = blocksOf(block)[name];
  return nested !== undefined && (rest.length === 0 || has(nested.block, rest.join('.')));
}

/** Whether an attribute that is an object, or a list of them, has a member. */
function hasMember(type: unknown, [name = '', ...rest]: readonly string[]): boolean {
  if (!Array.isArray(type)) return false;
  const [kind, inner] = type;
  if (kind !== 'object') return hasMember(inner, [name, ...rest]);
  return name in inner && (rest.length === 0 || hasMember(inner[name], rest));
}

const blockOf = (name: ProviderName, version: string, type: string) =>
  loadProvider(name, version).resource_schemas[type]?.block;

describe.each(Object.entries(TABLES))('%s', (_, facts) => {
  test.each(recordedReleases())('is of what $name $version has', ({ name, version }) => {
    const wrong = facts
      .filter((fact) => providerOfType(fact.type) === name && holdsFor(fact, version))
      .filter(({ type, path }) => {
        const block = blockOf(name, version, type);
        return block === undefined || (path !== '' && !has(block, path));
      });
    expect(wrong.map(({ type, path }) => `${type} ${path}`)).toEqual([]);
  });

  test('holds for a recorded release, and says where ranges begin and end in full', () => {
    for (const fact of facts) {
      const name = providerOfType(fact.type) ?? 'oci';
      for (const bound of [fact.since, fact.before]) expect(bound ?? '0.0.0').toMatch(/^\d+\.\d+\.\d+$/);
      expect([fact.type, PROVIDERS[name].releases.some((version) => holdsFor(fact, version))]).toEqual([
        fact.type,
        true,
      ]);
    }
  });
});

/** A resource of a type that has everything, and remembers what is asked of it that its schema does not have. */
function spied(block: BlockSchema, path: string, fill: Value, asked: Set<string>): Value {
  const known = Object.fromEntries([
    ...Object.keys(attributesOf(block)).map((name) => [name, fill]),
    ...Object.entries(blocksOf(block)).map(([name, inner]) => [
      name,
      [spied(inner.block, `${path}${name}.`, fill, asked)],
    ]),
  ]);
  return new Proxy(known, {
    get: (target, name) => {
      if (typeof name === 'string' && !(name in target)) asked.add(`${path}${name}`);
      return Reflect.get(target, name);
    },
  });
}

const FILLS: readonly Value[] = [null, true, false, 'x', '1', 'P1D', 4, 1_000_000, []];

describe.each(recordedReleases())('checks of $name $version', ({ name, version }) => {
  const asking = CHECKS.filter((check) => holdsFor(check, version)).flatMap((check) =>
    check.types.filter((type) => providerOfType(type) === name).map((type) => [check.name, type, check] as const),
  );

  test.each(asking)('%s asks for what %s has', (_, type, check) => {
    const asked = new Set<string>();
    for (const fill of FILLS)
      check.find({ type, address: '', values: spied(blockOf(name, version, type) ?? {}, '', fill, asked) });
    expect([...asked]).toEqual([]);
  });
});

test('what a check asks for in vain is noticed, inside of blocks too', () => {
  const asked = new Set<string>();
  const values = spied(blockOf('azurerm', PROVIDERS.azurerm.version, 'azurerm_key_vault_key') ?? {}, '', null, asked);
  expect(valueAt(values, 'rotation_policy', 0, 'expire_after')).toBe(null);
  expect(valueAt(values, 'rotation_policy', 0, 'expires')).toBe(null);
  expect(valueAt(values, 'policy')).toBe(null);
  expect([...asked]).toEqual(['rotation_policy.expires', 'policy']);
});
