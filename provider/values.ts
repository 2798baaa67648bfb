import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import type { TypeConstraint } from './schema';

/** Extension types of MessagePack that Terraform uses for unknown values: plain, and with what is known about them. */
const UNKNOWN_EXTENSIONS = [0, 12] as const;

/**
 * A value that is known only after apply.
 *
 * Terraform may say what it already knows of it (not null, a prefix); those bytes are opaque and given back as they came.
 */
export class Unknown {
  constructor(
    readonly extension: number,
    readonly data: Uint8Array,
  ) {}
}

/** The unknown of which nothing is known. */
export const UNKNOWN = new Unknown(0, Uint8Array.of(0));

/** An object or a map. */
export interface ValueObject {
  [name: string]: Value;
}

/** Any value of Terraform's type system; sets and tuples are arrays, large or exact numbers may be strings or bigints. */
export type Value = null | boolean | string | number | bigint | Uint8Array | Unknown | Value[] | ValueObject;

/** Whether a value is an object or a map. */
export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Uint8Array)
  );
}

function isValue(value: unknown): value is Value {
  if (value === null || ['boolean', 'string', 'number', 'bigint'].includes(typeof value)) return true;
  if (value instanceof Unknown || value instanceof Uint8Array) return true;
  if (Array.isArray(value)) return value.every(isValue);
  return typeof value === 'object' && Object.values(value).every(isValue);
}

const extensionCodec = new ExtensionCodec();
for (const extension of UNKNOWN_EXTENSIONS) {
  extensionCodec.register({
    type: extension,
    encode: (value) => (value instanceof Unknown && value.extension === extension ? value.data : null),
    decode: (data) => new Unknown(extension, data.slice()),
  });
}
const decoder = new Decoder({ extensionCodec, useBigInt64: true });
const encoder = new Encoder({ extensionCodec, useBigInt64: true });

/** Reads a value as Terraform encodes it. */
export function decodeValue(bytes: Uint8Array | undefined): Value {
  if (bytes === undefined || bytes.length === 0) return null;
  const value = decoder.decode(bytes);
  if (!isValue(value)) throw new TypeError('not a value of the plugin protocol');
  return value;
}

/** Writes a value as Terraform encodes it. */
export function encodeValue(value: Value): Uint8Array {
  return encoder.encode(value);
}

/** Reads a value written as JSON, as states and recorded defaults are. */
export function parseJsonValue(text: string): Value {
  const value: unknown = JSON.parse(text);
  if (!isValue(value)) throw new TypeError('not a JSON value');
  return value;
}

/** Whether a value holds nothing unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value instanceof Unknown) return false;
  if (Array.isArray(value)) return value.every(isWhollyKnown);
  return isObject(value) ? Object.values(value).every(isWhollyKnown) : true;
}

/** The type of a collection's elements, or of an object's attribute. */
export function elementType(type: TypeConstraint, name: string | number): TypeConstraint {
  if (typeof type === 'string') return 'dynamic';
  if (type[0] === 'object') return type[1][String(name)] ?? 'dynamic';
  if (type[0] === 'tuple') return type[1][Number(name)] ?? 'dynamic';
  return type[1];
}

function scalarKey(value: Exclude<Value, Value[] | ValueObject>): string {
  if (value === null) return 'null';
  if (value instanceof Unknown) return `unknown:${value.extension}:${Buffer.from(value.data).toString('hex')}`;
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('hex')}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** A text that is equal for equal values of a type: elements of sets in any order, numbers in any encoding. */
export function valueKey(type: TypeConstraint, value: Value): string {
  if (Array.isArray(value)) {
    const keys = value.map((element, index) => valueKey(elementType(type, index), element));
    const isSet = typeof type !== 'string' && type[0] === 'set';
    return `[${(isSet ? keys.sort() : keys).join(',')}]`;
  }
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${valueKey(elementType(type, name), value[name] ?? null)}`).join(',')}}`;
  }
  // A number too exact for the binary encodings travels as text.
  if (type === 'number' && typeof value === 'string') return value;
  return scalarKey(value);
}

/** The elements of a list or set; none when it is unset or unknown. */
export function elementsOf(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : [];
}
