import { z } from 'zod';
import { isPlainMap, memberOf, type Origin, type Piece } from './origin';
import type { Path } from './positions';
import { estateSchema } from './schema';
import { shapeAt } from './shape';

/** Called where two files say the same; the first one is kept. */
export type Conflict = (path: Path, first: Origin, second: Origin) => void;

/**
 * Puts what two files say into one.
 *
 * Maps are united and lists joined, but an entry (a site, a cluster, a row of the catalog) and a single value stand in
 * one file, whole: who looks for it finds all of it.
 */
export function unite(one: Piece, other: Piece, conflict: Conflict, path: Path = []): Piece {
  if (other.value === undefined) return one;
  if (one.value === undefined) return other;
  if (isPlainMap(one.value) && isPlainMap(other.value) && isDivisible(path)) {
    return united(one, other, conflict, path);
  }
  if (Array.isArray(one.value) && Array.isArray(other.value) && isDivisible(path)) {
    return joined(one, other);
  }
  // The version of the format may stand in every file.
  if (path.join('.') !== 'estate' || one.value !== other.value) conflict(path, one.origin, other.origin);
  return one;
}

/** The items of one list, then those of another. */
export function joined(one: Piece, other: Piece): Piece {
  const pieces = [one, other].flatMap((piece) =>
    Array.isArray(piece.value) ? piece.value.map((_, index) => memberOf(piece, index)) : [],
  );
  return {
    value: pieces.map(({ value }) => value),
    origin: { ...one.origin, members: new Map(pieces.map(({ origin }, index) => [String(index), origin])) },
  };
}

/** A map of members with where each of them comes from; the map itself is shown where its owner has it. */
export function mapOf(owner: Origin, members: ReadonlyMap<string, Piece>): Piece {
  return {
    value: Object.fromEntries([...members].map(([key, { value }]) => [key, value])),
    origin: { ...owner, members: new Map([...members].map(([key, { origin }]) => [key, origin])) },
  };
}

function united(one: Piece, other: Piece, conflict: Conflict, path: Path): Piece {
  const members = new Map<string, Piece>();
  for (const key of keysIn(one.value)) members.set(key, memberOf(one, key));
  for (const key of keysIn(other.value)) {
    const first = members.get(key);
    const second = memberOf(other, key);
    members.set(key, first === undefined ? second : unite(first, second, conflict, [...path, key]));
  }
  return mapOf(one.origin, members);
}

function keysIn(value: unknown): readonly string[] {
  return isPlainMap(value) ? Object.keys(value) : [];
}

/** Whether several files may share what stands at a path: fixed keys, entries by key, and lists, but no entry. */
function isDivisible(path: Path): boolean {
  const entry = path.some((_, depth) => isMapOfEntries(path.slice(0, depth)));
  const { schema } = (entry ? undefined : shapeAt(estateSchema, path, undefined)) ?? {};
  return schema instanceof z.ZodObject || schema instanceof z.ZodRecord || schema instanceof z.ZodArray;
}

/** Whether the keys of the map at a path are the user's own. */
function isMapOfEntries(path: Path): boolean {
  const { schema } = shapeAt(estateSchema, path, undefined) ?? {};
  return schema instanceof z.ZodRecord && !(schema.keyType instanceof z.ZodEnum);
}
