import { z } from 'zod';
import type { Path } from './positions';

/** What the schema says of one place: the schema without its wrappers, and its description. */
export interface Shape {
  readonly schema: z.core.$ZodType;
  readonly description?: string;
  readonly example?: unknown;
}

/**
 * The schema of the value at a path.
 *
 * Where the schema allows several forms, the value that was written decides which one is meant.
 */
export function shapeAt(root: z.core.$ZodType, path: Path, value: unknown): Shape | undefined {
  let shape = unwrap(root);
  let current = value;
  for (const step of path) {
    const next = child(choose(shape.schema, current), step);
    if (next === undefined) return undefined;
    shape = unwrap(next);
    current = member(current, step);
  }
  return { ...shape, schema: choose(shape.schema, current) };
}

/** Keys that a map at this place may have; empty when it is no map with fixed keys. */
export function keysOf(schema: z.core.$ZodType): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}

/** Of the forms that a map may have by its `kind`, those that know a key: `["reservation", "capacity-block"]`. */
export function formsWith(union: z.core.$ZodType, key: string): readonly string[] {
  if (!(union instanceof z.ZodDiscriminatedUnion)) return [];
  const { discriminator } = union.def;
  return union.options.flatMap((option) => {
    if (!(option instanceof z.ZodObject) || !(key in option.shape)) return [];
    return literalsOf(option.shape[discriminator]).map(String);
  });
}

/** Keys of a map whose own maps know a key, in one of their forms at least. */
export function mapsWith(schema: z.core.$ZodType, key: string): readonly string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, inner]) => {
    const { schema: own } = unwrap(inner);
    return formsWith(own, key).length > 0 || (own instanceof z.ZodObject && key in own.shape) ? [name] : [];
  });
}

/** The union at a path, before a form is chosen; undefined when the place is no union. */
export function unionAt(root: z.core.$ZodType, path: Path, value: unknown): z.ZodDiscriminatedUnion | undefined {
  const parent = path.length === 0 ? undefined : shapeAt(root, path.slice(0, -1), value);
  const step = path.at(-1);
  const found = parent && step !== undefined ? child(parent.schema, step) : root;
  const { schema } = unwrap(found ?? root);
  return schema instanceof z.ZodDiscriminatedUnion ? schema : undefined;
}

/** The member of a plain value at a path; undefined when there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(member, value);
}

function member(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return Reflect.get(value, step);
}

function unwrap(schema: z.core.$ZodType): Shape {
  let current = schema;
  let meta = metaOf(current);
  while (current instanceof z.ZodOptional || current instanceof z.ZodDefault) {
    current = current.unwrap();
    meta = { ...metaOf(current), ...meta };
  }
  return { schema: current, ...meta };
}

function metaOf(schema: z.core.$ZodType): { description?: string; example?: unknown } {
  const meta = z.globalRegistry.get(schema);
  const examples = meta?.examples;
  const example = Array.isArray(examples) ? examples[0] : undefined;
  return { ...(meta?.description && { description: meta.description }), ...(example !== undefined && { example }) };
}

function child(schema: z.core.$ZodType, step: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

function choose(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def;
    const wanted = member(value, discriminator);
    const chosen = schema.options.find(
      (option) => option instanceof z.ZodObject && literalsOf(option.shape[discriminator]).includes(wanted),
    );
    return chosen ?? schema;
  }
  if (schema instanceof z.ZodUnion) {
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return schema.options.find((option) => option instanceof z.ZodObject === isMap) ?? schema;
  }
  return schema;
}

function literalsOf(schema: z.core.$ZodType | undefined): readonly unknown[] {
  return schema instanceof z.ZodLiteral ? [...schema.values] : [];
}
