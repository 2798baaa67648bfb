import { planChange } from '../../provider/plan-change';
import { replacingPaths } from '../../provider/replace';
import type { BlockSchema } from '../../provider/schema';
import { decodeValue, encodeValue, UNKNOWN, Unknown } from '../../provider/values';

const BLOCK: BlockSchema = {
  attributes: {
    id: { type: 'string', computed: true },
    name: { type: 'string', required: true },
    tier: { type: 'string', optional: true },
    secret: { type: 'string', optional: true, write_only: true },
  },
  block_types: {
    port: {
      nesting_mode: 'set',
      block: {
        attributes: {
          number: { type: 'number', required: true },
          mode: { type: 'string', optional: true },
          id: { type: 'string', computed: true },
        },
      },
    },
    disk: {
      nesting_mode: 'list',
      block: { attributes: { size: { type: 'number', optional: true }, path: { type: 'string', computed: true } } },
    },
  },
};
const RULES = { defaults: { tier: 'standard', 'port.mode': 'open' } };

const proposed = {
  id: null,
  name: 'a',
  tier: null,
  secret: 's',
  port: [
    { number: 1, mode: null, id: null },
    { number: 2, mode: 'shut', id: null },
  ],
  disk: [{ size: 1, path: null }],
};
const applied = {
  id: 'i',
  name: 'a',
  tier: 'standard',
  secret: null,
  port: [
    { number: 2, mode: 'shut', id: 'two' },
    { number: 1, mode: 'open', id: 'one' },
  ],
  disk: [{ size: 1, path: '/a' }],
};

describe('planChange', () => {
  test('plans defaults, and results as unknown, and never what is write-only', () => {
    expect(planChange(BLOCK, RULES, null, proposed, proposed)).toEqual({
      id: UNKNOWN,
      name: 'a',
      tier: 'standard',
      secret: null,
      port: [
        { number: 1, mode: 'open', id: UNKNOWN },
        { number: 2, mode: 'shut', id: UNKNOWN },
      ],
      disk: [{ size: 1, path: UNKNOWN }],
    });
  });

  test('finds the elements of a set again by what is configured, in any order', () => {
    const planned = planChange(BLOCK, RULES, applied, { ...proposed, id: 'i', disk: applied.disk }, proposed);
    expect(planned).toEqual({ ...applied, port: [applied.port[1], applied.port[0]] });
  });

  test('knows the results of list elements that stay, and not those of new ones', () => {
    const disk = [
      { size: 2, path: '/a' },
      { size: 3, path: null },
    ];
    expect(planChange(BLOCK, RULES, applied, { ...proposed, disk }, proposed)).toMatchObject({
      disk: [
        { size: 2, path: '/a' },
        { size: 3, path: UNKNOWN },
      ],
    });
  });

  test('gives back what is known of an unknown value as it came', () => {
    const refined = new Unknown(12, Uint8Array.of(0x81, 0x02, 0xc3));
    const planned = planChange(BLOCK, RULES, null, { ...proposed, name: refined }, proposed);
    expect(decodeValue(encodeValue(planned))).toMatchObject({ name: refined });
  });
});

describe('replacingPaths', () => {
  const FORCE_NEW = ['name', 'port', 'disk.size', 'disk'];

  test.each([
    ['nothing', {}, []],
    ['an argument that may change', { tier: 'fast' }, []],
    ['an argument that may not', { name: 'b' }, ['name']],
    ['an argument of a list element', { disk: [{ size: 2, path: '/a' }] }, ['disk.0.size']],
    ['the number of list elements', { disk: [] }, ['disk', 'disk.0.size']],
    ['the order of a set', { port: [...applied.port].reverse() }, []],
    ['an element of a set', { port: [{ number: 1, mode: 'shut', id: 'one' }, applied.port[0] ?? null] }, ['port']],
    ['an argument to something not known yet', { name: UNKNOWN }, ['name']],
  ])('names the paths when %s changes', (_, changes, expected) => {
    const paths = replacingPaths(BLOCK, FORCE_NEW, applied, { ...applied, ...changes });
    expect(paths.map((path) => path.join('.')).sort()).toEqual(expected);
  });

  test('names nothing when the resource is made or destroyed', () => {
    expect(replacingPaths(BLOCK, FORCE_NEW, null, applied)).toEqual([]);
    expect(replacingPaths(BLOCK, FORCE_NEW, applied, null)).toEqual([]);
  });
});
