import { carryOver, type Recorded } from '../../diff/carried';
import { Unknown, type ValueObject } from '../../provider/values';

type Attributes = NonNullable<Recorded['resource_schemas'][string]['block']['attributes']>;

function recorded(
  version: string,
  attributes: Attributes,
  defaults: Record<string, string | number | boolean> = {},
): Recorded {
  const named = Object.fromEntries(
    Object.entries(attributes).map(([name, each]) => [name, { optional: true, ...each }]),
  );
  return {
    version,
    resource_schemas: { thing: { version: 0, block: { attributes: named } } },
    force_new: {},
    rules: { thing: { defaults } },
  };
}

const text = { type: 'string' } as const;
const flag = { type: 'bool' } as const;

/** What an argument is in the state, once another release has read it. */
function read(from: Recorded, to: Recorded, written: ValueObject, next: ValueObject = written) {
  const { prior } = carryOver('thing', from, to, { written, next });
  const value = Object(prior).a;
  return value instanceof Unknown ? 'unknown' : value;
}

describe('what another release finds of a resource', () => {
  test.each<[string, Recorded, Recorded, ValueObject, ValueObject, unknown]>([
    ['what both know', recorded('1.0.0', { a: text }), recorded('2.0.0', { a: text }), { a: 'x' }, { a: 'y' }, 'x'],
    [
      'a default of before',
      recorded('1.0.0', { a: text }, { a: 'x' }),
      recorded('2.0.0', { a: text }, { a: 'y' }),
      {},
      {},
      'x',
    ],
    [
      'nothing, where there was none',
      recorded('1.0.0', { a: text }),
      recorded('2.0.0', { a: text }, { a: 'y' }),
      {},
      {},
      null,
    ],
    [
      'an empty value, which nothing is',
      recorded('1.0.0', { a: flag }),
      recorded('2.0.0', { a: flag }, { a: false }),
      {},
      {},
      false,
    ],
    ['a default of what is new', recorded('1.0.0', {}), recorded('2.0.0', { a: text }, { a: 'y' }), {}, {}, 'y'],
    [
      'nobody knows what, where it is new and said',
      recorded('1.0.0', {}),
      recorded('2.0.0', { a: text }),
      {},
      { a: 'x' },
      'unknown',
    ],
    [
      'what the service chose',
      recorded('1.0.0', { a: { ...text, computed: true } }),
      recorded('2.0.0', { a: { ...text, computed: true } }),
      {},
      {},
      'unknown',
    ],
    [
      'what the service chose, against a default',
      recorded('1.0.0', { a: { ...text, computed: true } }),
      recorded('2.0.0', { a: text }, { a: 'y' }),
      {},
      {},
      'unknown',
    ],
    [
      'nothing, where the service had the choice and has it no more',
      recorded('1.0.0', { a: { ...text, computed: true } }),
      recorded('2.0.0', { a: text }),
      {},
      {},
      null,
    ],
    [
      'what is written, where it has another type',
      recorded('1.0.0', { a: text }),
      recorded('2.0.0', { a: { type: 'number' } }),
      { a: '3' },
      { a: '3' },
      3,
    ],
  ])('is %s', (_, from, to, written, next, expected) => {
    expect(read(from, to, written, next)).toEqual(expected);
  });
});
