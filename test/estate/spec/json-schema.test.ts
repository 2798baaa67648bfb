import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemaText } from '../../../estate/spec/json-schema';

const COMMITTED = readFileSync(join(__dirname, '../../../estate.schema.json'), 'utf8');

/** What the schema says of a key, as far as it is tested. */
interface Property {
  readonly type?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly unit?: string;
  readonly pattern?: string;
  readonly items?: Property;
  readonly properties?: object;
  readonly oneOf?: unknown;
  readonly additionalProperties?: unknown;
  readonly const?: unknown;
  readonly enum?: unknown;
}

/** Every property of a schema with its path, wherever it is nested. */
function properties(node: unknown, path = ''): readonly (readonly [string, Property])[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, member]) => {
    if (key !== 'properties') return properties(member, path);
    return Object.entries(member as Record<string, Property>).flatMap(([name, property]) => {
      const here = `${path}.${name}`;
      return [[here, property] as const, ...properties(property, here)];
    });
  });
}

test('equals the committed estate.schema.json (npx estate schema > estate.schema.json)', () => {
  expect(jsonSchemaText()).toBe(COMMITTED);
});

describe('every key', () => {
  const keys = properties(JSON.parse(COMMITTED));
  const isNumber = ({ type }: Property) => type === 'number' || type === 'integer';
  /** Maps with fixed keys, whose keys have examples of their own, and values that are listed. */
  const speaksForItself = ({
    properties: own,
    oneOf,
    additionalProperties,
    const: fixed,
    enum: listed,
    type,
  }: Property) =>
    [own, oneOf, additionalProperties, fixed, listed].some((field) => field !== undefined) ||
    type === 'boolean' ||
    type === 'object';

  test('has a description that ends like a sentence', () => {
    const bare = keys.filter(([, { description = '' }]) => !/^\S.*\.$/.test(description));
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test('has an example, unless its values are listed', () => {
    const bare = keys.filter(([, key]) => !speaksForItself(key) && !key.examples?.length);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test('has a unit where it is a number, unless it stands for any limit', () => {
    const bare = keys.filter(([path, key]) => isNumber(key) && key.unit === undefined && !path.endsWith('.value'));
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test('has examples that it accepts', () => {
    const all = keys.flatMap(([path, key]) => (key.examples ?? []).map((example) => [path, key, example] as const));
    expect(all.length).toBeGreaterThan(100);
    for (const [path, { type, pattern = '', items }, example] of all) {
      const [one, rule] = Array.isArray(example) ? [example[0], items?.pattern ?? ''] : [example, pattern];
      expect([path, kindOf(example)]).toEqual([path, isNumber({ type }) ? 'number' : (type ?? kindOf(example))]);
      if (typeof one === 'string') expect([path, one, new RegExp(rule, 'u').test(one)]).toEqual([path, one, true]);
      if (type === 'integer') expect([path, Number.isInteger(example)]).toEqual([path, true]);
    }
  });

  function kindOf(value: unknown): string {
    return Array.isArray(value) ? 'array' : typeof value;
  }
});

test('asks only for keys without a default, and refuses unknown ones', () => {
  expect(JSON.parse(COMMITTED)).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    required: ['estate', 'name', 'owner', 'accounts'],
    additionalProperties: false,
    properties: { state: { default: { kind: 'local' } }, name: { examples: ['atlas'] } },
  });
});
