/**
 * The entry of a map that comes from a file, or undefined.
 *
 * A key such as `constructor` is a legal name, so what every object inherits must not be mistaken for an entry.
 */
export function lookup<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
