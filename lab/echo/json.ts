/** Any JSON value; a member that is `undefined` is not sent. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object that an echo keeps and changes in place. */
export interface JsonObject {
  [name: string]: Json | undefined;
}

/** Whether a value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text at a member; empty when there is none. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The elements of a member; none when it is no list. */
export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The objects in a list. */
export function objectsOf(value: Json | undefined): JsonObject[] {
  return listOf(value).filter(isObject);
}

/** The object at a member, made when there is none. */
export function objectAt(object: JsonObject, ...path: readonly string[]): JsonObject {
  let current = object;
  for (const name of path) {
    const next = current[name];
    const child: JsonObject = isObject(next) ? next : {};
    current[name] = child;
    current = child;
  }
  return current;
}

/** Sets members that are not set yet: what a service fills in where nothing was sent. */
export function fillIn(object: JsonObject, defaults: JsonObject): JsonObject {
  for (const [name, value] of Object.entries(defaults)) if (object[name] === undefined) object[name] = value;
  return object;
}

/** Merges an object into another, member by member; members named in `whole` are replaced, null changes nothing. */
export function merge(
  target: JsonObject,
  more: JsonObject,
  whole: ReadonlySet<string> = new Set(),
  clears = false,
): JsonObject {
  for (const [name, value] of Object.entries(more)) {
    const before = target[name];
    if (isObject(value) && isObject(before) && !whole.has(name)) merge(before, value, whole, clears);
    else if ((value !== null || clears) && value !== undefined) target[name] = value;
  }
  return target;
}

/** A copy that shares nothing with its original. */
export function copyOf<T>(value: T): T {
  return structuredClone(value);
}
