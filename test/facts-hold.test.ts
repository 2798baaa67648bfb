import { providerOfType } from '../estate/terraform-providers';
import { CHECKS } from '../provider/checks';
import { valueAt } from '../provider/checks/check';
import {
  attributesOf,
  type BlockSchema,
  blocksOf,
  holdsFor,
  loadProvider,
  PROVIDERS,
  type ProviderName,
  recordedReleases,
} from '../provider/schema';
import type { Value } from '../provider/values';
import { goneFrom, PROJECT_FACTS } from '../tools/record/project-facts';

const blockOf = (name: ProviderName, version: string, type: string) =>
  loadProvider(name, version).resource_schemas[type]?.block;

describe.each(Object.entries(PROJECT_FACTS))('%s', (_, facts) => {
  test.each(recordedReleases())('is of what $name $version has', ({ name, version }) => {
    expect(goneFrom(facts, { name, version }, loadProvider(name, version).resource_schemas)).toEqual([]);
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
