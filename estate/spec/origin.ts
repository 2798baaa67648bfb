import type { Position } from '../diagnostics';
import type { AliasUse, Path, Places } from './positions';

/** Where a value comes from: a file and a path in it, and where its members come from that lie elsewhere. */
export interface Origin {
  readonly places: Places;
  readonly path: Path;
  /** Set where a map or list has its members from several files; a member that is not among them was removed. */
  readonly members?: ReadonlyMap<string, Origin>;
}

/** A value with where it comes from. */
export interface Piece {
  readonly value: unknown;
  readonly origin: Origin;
}

/** The member of a map or list with where it comes from. */
export function memberOf({ value, origin }: Piece, step: string | number): Piece {
  const found = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
  return { value: found ? Reflect.get(value, step) : undefined, origin: originOf(origin, step) };
}

/** Where a member comes from. */
export function originOf({ places, path, members }: Origin, step: string | number): Origin {
  return members?.get(String(step)) ?? { places, path: [...path, step] };
}

/** True for a map, as opposed to a list or a single value. */
export function isPlainMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where each value of an estate in several files was written. */
export class ComposedPlaces implements Places {
  constructor(private readonly root: Origin) {}

  locate(path: Path, what?: 'value' | 'key'): Position {
    const { places, path: own } = this.find(path);
    return places.locate(own, what);
  }

  holds(path: Path): boolean {
    const { places, path: own, exact } = this.find(path);
    return exact && places.holds(own);
  }

  written(path: Path): string | undefined {
    const { places, path: own, exact } = this.find(path);
    return exact ? places.written(own) : undefined;
  }

  aliasOn(path: Path): AliasUse | undefined {
    const { places, path: own } = this.find(path);
    return places.aliasOn(own);
  }

  /** The file that holds a path, and the path in it; what no file holds belongs to the nearest entry above it. */
  private find(path: Path): Origin & { readonly exact: boolean } {
    let origin = this.root;
    for (const [index, step] of path.entries()) {
      const next = origin.members?.get(String(step));
      if (next === undefined) {
        const exact = origin.members === undefined;
        return { places: origin.places, path: [...origin.path, ...path.slice(index)], exact };
      }
      origin = next;
    }
    return { ...origin, exact: true };
  }
}
