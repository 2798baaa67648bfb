import type { ReleaseRange } from '../../estate/terraform-providers';
import { elementsOf, isObject, type Value } from '../../provider/values';
import type { Unit } from '../types';
import { numberOf } from './conditions';
import { valuesAt } from './rule';

/** A number of a resource whose decrease takes something away: nodes, space, or days that data is kept. */
export interface NumberRow extends ReleaseRange {
  readonly type: string;
  /** Dotted path without positions that a report names. */
  readonly path: string;
  readonly unit: Unit;
  /** Reads the number from a whole resource; undefined where it does not say. @default the sum of what lies at the path */
  readonly read?: (resource: Value) => number | undefined;
  /** How many of the unit one of the number is. @default 1 */
  readonly factor?: number;
  /**
   * Makes something of a change that is no plain decrease; undefined where nothing is lost. The numbers are in the unit.
   * @default a lower number is a loss
   */
  readonly lost?: (
    before: Value,
    after: Value,
  ) => { readonly before: number; readonly after: number; readonly note: string } | undefined;
  /** URL, or file of the provider with its tag. */
  readonly source: string;
  /** Month in which the source was read. */
  readonly checked: string;
}

const GIB_PER_TIB = 1024;

/** One GiB in TiB. */
export const GIB = 1 / GIB_PER_TIB;
/** One GB in TiB. */
export const GB = 1e9 / 2 ** 40;

/** The sum of the numbers at a path; undefined where there is none. */
export function sumAt(resource: Value, path: string): number | undefined {
  const found = valuesAt(resource, path).flatMap((value) => numberOf(value) ?? []);
  return found.length === 0 ? undefined : found.reduce((sum, each) => sum + each, 0);
}

/** The largest number at a path; 0 where there is none. */
export function largestAt(resource: Value, path: string): number {
  return Math.max(0, ...valuesAt(resource, path).flatMap((value) => numberOf(value) ?? []));
}

/** A number for each of the zones that a resource names. */
export function perZone(path: string, zones: string): (resource: Value) => number | undefined {
  return (resource) => {
    const each = sumAt(resource, path);
    const count = isObject(resource) ? elementsOf(resource[zones]).length : 0;
    return each === undefined ? undefined : each * Math.max(count, 1);
  };
}
