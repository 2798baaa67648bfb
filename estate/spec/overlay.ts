import type { Diagnostic } from '../diagnostics';
import { isPlainMap, memberOf, type Piece } from './origin';
import type { Path } from './positions';
import { estateSchema } from './schema';
import { unionAt, valueAt } from './shape';
import { didYouMean } from './suggest';
import { joined, mapOf } from './unite';
import { formatPath, quote } from './words';

/** A variant of an estate: what its file says, over what the base says. */
export interface Variant {
  readonly piece: Piece;
  readonly diagnostics: readonly Diagnostic[];
  /** How many of the acknowledgements are those of the base, and may accept nothing in the variant. */
  readonly inherited: number;
}

/**
 * Lays what a variant says over its base, as JSON Merge Patch does.
 *
 * Maps are merged by key, any other value of the variant stands for that of the base, and `null` removes one. Two things
 * differ: warnings that the base accepts stay accepted, and an entry of another kind (another form of capacity, another
 * cloud) takes the place of the whole entry, for its other keys would not fit.
 */
export function overlay(base: Piece, over: Piece): Variant {
  const diagnostics: Diagnostic[] = [];
  const accepted = memberOf(base, 'acknowledge').value;
  const isOtherKind = (path: Path): boolean => {
    const union = unionAt(estateSchema, path, base.value);
    const kind = union && valueAt(over.value, [...path, union.def.discriminator]);
    return kind !== undefined && kind !== valueAt(base.value, [...path, union?.def.discriminator ?? '']);
  };
  const piece = merged(base, over, [], { isOtherKind, diagnostics });
  return { piece, diagnostics, inherited: Array.isArray(accepted) ? accepted.length : 0 };
}

interface Merging {
  /** Whether the variant says that an entry is of another kind than that of the base. */
  readonly isOtherKind: (path: Path) => boolean;
  readonly diagnostics: Diagnostic[];
}

function merged(base: Piece, over: Piece, path: Path, merging: Merging): Piece {
  const members = new Map<string, Piece>();
  for (const key of Object.keys(Object(base.value))) members.set(key, memberOf(base, key));
  // What an estate was called first is its own: a variant is another estate.
  if (path.length === 0) members.delete('renamedFrom');
  for (const key of Object.keys(Object(over.value))) {
    const place = [...path, key];
    const [first, second] = [members.get(key), memberOf(over, key)];
    if (second.value === undefined) {
      const problem = unset(second, first, place, [...members.keys()]);
      if (problem !== undefined) merging.diagnostics.push(problem);
      else members.delete(key);
    } else if (isPlainMap(first?.value) && isPlainMap(second.value) && !merging.isOtherKind(place)) {
      members.set(key, merged(memberOf(base, key), second, place, merging));
    } else if (first !== undefined && formatPath(place) === 'acknowledge') {
      members.set(key, joined(first, second));
    } else {
      members.set(key, second);
    }
  }
  return mapOf(over.origin, members);
}

/** What is wrong with a key that has no value: only one that is written as null, of something that is there, removes it. */
function unset(over: Piece, base: Piece | undefined, path: Path, known: readonly string[]): Diagnostic | undefined {
  const { places, path: own } = over.origin;
  const name = quote(path.at(-1));
  const found = { severity: 'error', path: formatPath(path), at: places.locate(own, 'key') } as const;
  if (!/^(~|null)$/i.test(places.written(own) ?? '')) {
    const hint = 'write null to remove what the base has; leave the key out to keep it';
    return { ...found, code: 'MissingKey', message: `${name} has no value`, hint };
  }
  if (base?.value !== undefined) return undefined;
  const message = `the base has no ${name} that could be removed${didYouMean(String(path.at(-1)), known)}`;
  return { ...found, code: 'NothingToRemove', message, hint: 'remove the line' };
}
