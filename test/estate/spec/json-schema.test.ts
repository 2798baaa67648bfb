import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemaText, keysSchema } from '../../../estate/spec/json-schema';

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
  expect(keysSchema()).toMatchObject({ required: ['estate', 'name', 'owner', 'accounts'] });
  expect(JSON.parse(COMMITTED)).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    additionalProperties: false,
    properties: { state: { default: { kind: 'local' } }, name: { examples: ['atlas'] } },
  });
});

test('asks for nothing in a file that is included, and for no section where another file may have it', () => {
  expect(JSON.parse(COMMITTED)).toMatchObject({
    if: { anyOf: [{ not: { required: ['estate'] } }, { required: ['include'] }, { required: ['extends'] }] },
    else: { required: ['estate', 'name', 'owner', 'accounts'] },
  });
  expect(JSON.parse(COMMITTED)).not.toHaveProperty('required');
});

describe('the schema of variants', () => {
  const schema: unknown = JSON.parse(jsonSchemaText('variant'));
  const own = new Map(properties(schema));

  test('asks for the base and for nothing else, but in items of lists, which are not merged', () => {
    const asking = (node: unknown): unknown[] =>
      typeof node !== 'object' || node === null
        ? []
        : Object.entries(node).flatMap(([key, member]) =>
            key === 'required' ? [member] : key === 'items' ? [] : asking(member),
          );
    expect(asking(schema)).toEqual([['extends']]);
    expect(jsonSchemaText('variant')).not.toContain('"oneOf"');
  });

  test('knows the same keys as that of estates, and no others', () => {
    const names = new Set(properties(JSON.parse(COMMITTED)).map(([path]) => path));
    expect(new Set(own.keys())).toEqual(names);
    expect(schema).toMatchObject({ additionalProperties: false });
  });

  test('takes null for entries and for keys', () => {
    expect(own.get('.clusters')).toMatchObject({
      type: ['object', 'null'],
      additionalProperties: { type: ['object', 'null'] },
    });
    expect(own.get('.name')?.type).toEqual(['string', 'null']);
    expect(own.get('.stores')).toMatchObject({
      additionalProperties: { anyOf: expect.arrayContaining([{ type: 'null' }]) },
    });
  });
});
