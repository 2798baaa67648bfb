import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemaText } from '../../../estate/spec/json-schema';

const COMMITTED = readFileSync(join(__dirname, '../../../estate.schema.json'), 'utf8');

/** Every property of a schema with its path, wherever it is nested. */
function properties(node: unknown, path = ''): readonly (readonly [string, Record<string, unknown>])[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, member]) => {
    if (key !== 'properties') return properties(member, path);
    return Object.entries(member as Record<string, Record<string, unknown>>).flatMap(([name, property]) => {
      const here = `${path}.${name}`;
      return [[here, property] as const, ...properties(property, here)];
    });
  });
}

test('equals the committed estate.schema.json (npx estate schema > estate.schema.json)', () => {
  expect(jsonSchemaText()).toBe(COMMITTED);
});

test('describes every key', () => {
  const bare = properties(JSON.parse(COMMITTED)).filter(([, { description, const: fixed }]) => !description && !fixed);
  expect(bare.map(([path]) => path)).toEqual([]);
});

test('asks only for keys without a default, and refuses unknown ones', () => {
  expect(JSON.parse(COMMITTED)).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    required: ['estate', 'name', 'owner', 'accounts'],
    additionalProperties: false,
    properties: { state: { default: { kind: 'local' } }, name: { examples: ['atlas'] } },
  });
});
