import fc from 'fast-check';
import { LocalProvider } from '../../../provider/provider';
import { checkOwnId, checkUnconfigurable, isUnconfigurable } from '../../../provider/rules/unconfigurable';
import {
  type AttributeSchema,
  attributesOf,
  type BlockSchema,
  blocksOf,
  loadProvider,
  PROVIDER_NAMES,
  type TypeConstraint,
} from '../../../provider/schema';
import { encodeValue, UNKNOWN, type Value } from '../../../provider/values';

interface Argument {
  /** Configuration that gives a value to this attribute alone. */
  readonly config: Value;
  /** Path that a finding has to be at, which ends at a set. */
  readonly path: readonly (string | number)[];
  readonly attribute: AttributeSchema;
}

function sampleOf(type: TypeConstraint): Value {
  if (type === 'string' || type === 'dynamic') return 'x';
  if (type === 'number') return 1;
  if (type === 'bool') return true;
  if (type[0] === 'map') return { a: sampleOf(type[1]) };
  if (type[0] === 'object') return Object.fromEntries(Object.entries(type[1]).map(([name, t]) => [name, sampleOf(t)]));
  if (type[0] === 'tuple') return type[1].map(sampleOf);
  return [sampleOf(type[1])];
}

/** Every attribute of a block and of the blocks in it. */
function argumentsOf(block: BlockSchema): Argument[] {
  const own = Object.entries(attributesOf(block)).map(([name, attribute]) => ({
    config: { [name]: sampleOf(attribute.type) },
    path: [name],
    attribute,
  }));
  const nested = Object.entries(blocksOf(block)).flatMap(([name, { block: inner, nesting_mode: mode }]) =>
    argumentsOf(inner).map(({ config, path, attribute }) => ({
      config: { [name]: mode === 'single' || mode === 'group' ? config : [config] },
      path: mode === 'set' ? [name] : mode === 'list' ? [name, 0, ...path] : [name, ...path],
      attribute,
    })),
  );
  return [...own, ...nested];
}

describe.each(PROVIDER_NAMES)('attributes of %s that only the provider gives a value', (name) => {
  const types = Object.entries(loadProvider(name).resource_schemas);
  const everything = types.flatMap(([type, { block }]) =>
    argumentsOf(block).map((argument) => ({ ...argument, type, block })),
  );
  const [results, settable] = [true, false].map((wanted) =>
    everything.filter(({ attribute }) => isUnconfigurable(attribute) === wanted),
  );

  test('are refused as arguments, each of them and on its own path, and no other is', () => {
    expect(results?.length).toBe({ azurerm: 1656, google: 5020, oci: 7126 }[name]);
    const wrong = everything.filter(({ block, config, path, attribute }) => {
      const found = checkUnconfigurable(block, config).map((finding) => finding.path.join('.'));
      return found.join() !== (isUnconfigurable(attribute) ? path.join('.') : '');
    });
    expect(wrong.map(({ type, path }) => `${type}.${path.join('.')}`)).toEqual([]);
    expect(settable?.length).toBeGreaterThan(10_000);
  });

  test('are refused by the provider itself, also where the value is known only after apply', () => {
    const provider = new LocalProvider({ name });
    const cases = results?.filter(({ block, path }) => attributesOf(block)[String(path[0])] !== undefined) ?? [];
    fc.assert(
      fc.property(fc.nat({ max: cases.length - 1 }), fc.boolean(), (index, isKnown) => {
        const { type, path, config } = cases[index] ?? { type: '', path: [], config: null };
        const given = isKnown ? config : { [String(path[0])]: UNKNOWN };
        const answer = provider.answer('ValidateResourceConfig', {
          typeName: type,
          config: { msgpack: encodeValue(given) },
        });
        expect(answer).toMatchObject({
          diagnostics: expect.arrayContaining([
            expect.objectContaining({
              severity: 1,
              summary: `Value for unconfigurable attribute ${path[0]}`,
              attribute: { steps: [{ attributeName: path[0] }] },
            }),
          ]),
        });
      }),
    );
  });
});

test.each([
  ['google_compute_network', { id: 'projects/p/global/networks/n' }, ['id']],
  ['google_compute_network', { id: null }, []],
  ['google_compute_network', { name: 'n' }, []],
  ['oci_identity_domains_setting', { id: 'settings' }, []],
  ['oci_core_vcn', { id: 'ocid1.vcn.oc1..a' }, ['id']],
])('an id of its own is no argument of %s: %j', (type, config, paths) => {
  const provider = type.startsWith('oci') ? 'oci' : 'google';
  const block = loadProvider(provider).resource_schemas[type]?.block ?? {};
  expect(checkOwnId(type, block, config).map(({ path }) => path.join('.'))).toEqual(paths);
});

test('data sources have results too', () => {
  const provider = new LocalProvider({ name: 'oci' });
  const config = { compartment_id: 'c', availability_domains: [{ compartment_id: 'c', id: 'i', name: 'n' }] };
  const typeName = 'oci_identity_availability_domains';
  expect(
    provider.answer('ValidateDataResourceConfig', { typeName, config: { msgpack: encodeValue(config) } }),
  ).toMatchObject({
    diagnostics: [{ summary: 'Value for unconfigurable attribute availability_domains' }],
  });
});
