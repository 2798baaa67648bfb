import { z } from 'zod';
import { fileSchema, headerSchema } from './schema-file';

/** What the JSON Schemas for editors describe: the files of an estate, and a variant of one. */
export const SCHEMA_KINDS = ['estate', 'variant'] as const;

/** One of the JSON Schemas for editors. */
export type SchemaKind = (typeof SCHEMA_KINDS)[number];

/** A node of a JSON Schema, as far as it is rewritten here. */
type Node = { readonly [key: string]: unknown };

/**
 * The keys of an estate as a JSON Schema: what may be written in its files, and what has to be in one of them.
 *
 * Draft 7 is what the YAML language server knows best. It describes what may be written, so keys with a default are
 * optional; the pattern that says what a date is stays out, for `format` says it better.
 */
export function keysSchema(): object {
  return z.toJSONSchema(fileSchema, {
    target: 'draft-7',
    io: 'input',
    reused: 'inline',
    override: ({ jsonSchema: node }) => {
      if (node.format !== undefined) delete node.pattern;
    },
  });
}

/**
 * The JSON Schema of a file, for editors.
 *
 * A file that is included has not every key, and one that includes others need not have it itself. A variant has none at
 * any depth that it does not change: there, null removes what the base has.
 */
export function jsonSchema(kind: SchemaKind = 'estate'): object {
  const { required, ...schema }: Node = { ...keysSchema() };
  if (kind === 'variant') return { ...loosened(schema, false), required: ['extends'] };
  const named = Object.keys(headerSchema.shape).map((key) => ({ required: [key] }));
  // A file that others include does not begin with "estate".
  return { ...schema, if: { anyOf: [{ not: { required: ['estate'] } }, ...named] }, else: { required } };
}

/** A node that asks for nothing; null is allowed in the place of anything but what tells the forms of an entry apart. */
function loosened(node: Node, isRemovable = true): Node {
  const { required: _required, oneOf, anyOf = oneOf, ...rest } = node;
  const changed = Object.entries({ ...rest, ...(isList(anyOf) && { anyOf }) }).map(([key, value]) => {
    if (key === 'properties' && isNode(value)) return [key, mapValues(value, (member) => loosened(member))];
    if (key === 'anyOf' && isList(value)) {
      return [key, [...value.filter(isNode).map((form) => loosened(form, false)), ...(isRemovable ? [NULL] : [])]];
    }
    if (key === 'additionalProperties' && isNode(value)) return [key, loosened(value)];
    if (key === 'type' && isRemovable) return [key, [value, 'null']];
    if (key === 'enum' && isList(value) && isRemovable) return [key, [...value, null]];
    return [key, value];
  });
  return Object.fromEntries(changed);
}

const NULL = { type: 'null' } as const;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function mapValues(map: Node, change: (node: Node) => Node): Node {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, isNode(value) ? change(value) : value]));
}

/** The text of `estate.schema.json` or `estate-variant.schema.json`. */
export function jsonSchemaText(kind: SchemaKind = 'estate'): string {
  return `${JSON.stringify(jsonSchema(kind), undefined, 2)}\n`;
}
