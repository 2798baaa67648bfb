import { attributesOf, type BlockSchema, blocksOf, type NestedBlockSchema, type TypeConstraint } from './schema';
import { isObject, Unknown, type Value, type ValueObject } from './values';

/** Terraform's own conversions between scalars: `"3"` where a number is wanted, `true` where a text is. */
function conformScalar(type: 'string' | 'number' | 'bool', value: Value): Value {
  if (type === 'string') return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof value !== 'string') return value;
  if (type === 'bool') return value === 'true' ? true : value === 'false' ? false : value;
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

function conformAttribute(type: TypeConstraint, value: Value): Value {
  if (value === null || value instanceof Unknown || type === 'dynamic') return value;
  if (typeof type === 'string') return conformScalar(type, value);
  const [kind, inner] = type;
  if (kind === 'object') {
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(inner).map(([name, member]) => [name, conformAttribute(member, value[name] ?? null)]),
    );
  }
  if (kind === 'map') {
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, conformAttribute(inner, member)]));
  }
  if (kind === 'tuple') {
    return Array.isArray(value)
      ? value.map((element, index) => conformAttribute(inner[index] ?? 'dynamic', element))
      : value;
  }
  // A list of objects may be written as the only object in it.
  const elements = Array.isArray(value) ? value : isObject(value) ? [value] : undefined;
  return elements === undefined ? value : elements.map((element) => conformAttribute(inner, element));
}

function conformNested({ nesting_mode: mode, block }: NestedBlockSchema, value: Value): Value {
  if (value instanceof Unknown) return value;
  if (mode === 'list' || mode === 'set') {
    const elements = Array.isArray(value) ? value : value === null ? [] : [value];
    return elements.filter((element) => element !== null).map((element) => conformBlock(block, element));
  }
  if (mode === 'map') {
    return isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, element]) => [key, conformBlock(block, element)]))
      : null;
  }
  const only = Array.isArray(value) ? (value[0] ?? null) : value;
  return only === null ? null : conformBlock(block, only);
}

/** Brings a written block into the shape of its schema: every attribute present, blocks as lists, scalars converted. */
export function conformBlock(block: BlockSchema, written: Value): ValueObject {
  const source = isObject(written) ? written : {};
  const value: ValueObject = {};
  for (const [name, { type }] of Object.entries(attributesOf(block))) {
    value[name] = conformAttribute(type, source[name] ?? null);
  }
  for (const [name, nested] of Object.entries(blocksOf(block))) {
    value[name] = conformNested(nested, source[name] ?? null);
  }
  return value;
}
