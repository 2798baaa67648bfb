import { attributesOf, type BlockSchema, blocksOf, type TypeConstraint } from './schema';
import { elementType, isObject, parseJsonValue, type Value, type ValueObject } from './values';

/** A stored value in the shape of its type: members that the type does not have are dropped, missing ones are null. */
function conform(type: TypeConstraint, value: Value): Value {
  if (value === null || typeof type === 'string') return value;
  if (type[0] === 'object') {
    if (!isObject(value)) return null;
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, inner]) => [name, conform(inner, value[name] ?? null)]),
    );
  }
  if (Array.isArray(value)) {
    return value.map((element, index) => conform(elementType(type, index), element));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, element]) => [name, conform(elementType(type, name), element)]),
  );
}

function conformBlock(block: BlockSchema, value: Value): Value {
  if (Array.isArray(value)) return value.map((element) => conformBlock(block, element));
  if (!isObject(value)) return null;
  const conformed: ValueObject = {};
  for (const [name, attribute] of Object.entries(attributesOf(block))) {
    conformed[name] = conform(attribute.type, value[name] ?? null);
  }
  for (const [name, nested] of Object.entries(blocksOf(block))) {
    const inner = value[name] ?? null;
    const isCollection = nested.nesting_mode === 'list' || nested.nesting_mode === 'set';
    conformed[name] = inner === null && isCollection ? [] : conformBlock(nested.block, inner);
  }
  return conformed;
}

/** A resource's stored state (JSON) in the shape of the recorded schema, whichever provider version wrote it. */
export function conformState(block: BlockSchema, json: Uint8Array): Uint8Array {
  const stored = parseJsonValue(Buffer.from(json).toString('utf8'));
  return Buffer.from(JSON.stringify(conformBlock(block, stored)));
}
