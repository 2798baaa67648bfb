import { cidrContains, parseCidr } from '../../estate/cidr';
import { elementsOf, type Value } from '../../provider/values';
import type { AttributeChange } from './rule';

/** Whether a value says nothing. */
export function isUnset(value: Value): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** A value as a number; undefined where it is none. */
export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

/** Whether a number gets smaller. */
export function lowers(before: Value, after: Value): boolean {
  const [had, has] = [numberOf(before), numberOf(after)];
  return had !== undefined && has !== undefined && has < had;
}

/** Whether a range loses addresses that it had. */
export function shrinks(before: Value, after: Value): boolean {
  const [had, has] = [before, after].map((range) => parseCidr(String(range)));
  return had !== undefined && (has === undefined || !cidrContains(has, had));
}

/** Whether a list or set loses an element. */
export function loses(before: Value, after: Value): boolean {
  const [had, has] = [elementsOf(before), elementsOf(after)];
  return had.some((element) => !has.includes(element));
}

/** Whether a list or set of ranges loses addresses that it had: a range may go where a larger one takes it in. */
export function losesRanges(before: Value, after: Value): boolean {
  const [had, has] = [elementsOf(before), elementsOf(after)];
  return had.some((range) => has.every((other) => shrinks(range, other)));
}

/** The minor version in `1.35`, `v1.35.2` and `1.35.3-gke.1`. */
function minorOf(value: Value): number | undefined {
  const minor =
    typeof value === 'string' || typeof value === 'number' ? /^v?1\.(\d+)/.exec(String(value))?.[1] : undefined;
  return minor === undefined ? undefined : Number(minor);
}

/** How many minor versions of Kubernetes a change goes up; undefined where a version is not known. */
export function minorSteps(before: Value, after: Value): number | undefined {
  const [had, has] = [minorOf(before), minorOf(after)];
  return had === undefined || has === undefined ? undefined : has - had;
}

/** Whether Kubernetes goes up by more than one minor version. */
export function skipsMinor(before: Value, after: Value): boolean {
  return (minorSteps(before, after) ?? 0) > 1;
}

/** Whether Kubernetes goes back. */
export function goesBack(before: Value, after: Value): boolean {
  return (minorSteps(before, after) ?? 0) < 0;
}

/** The way of a skipped minor version: every one in between, one after the other. */
export function eachMinor({ before, after }: AttributeChange): string {
  const [had, has] = [minorOf(before) ?? 0, minorOf(after) ?? 0];
  const between = Array.from({ length: Math.max(has - had - 1, 0) }, (_, step) => `"1.${had + step + 1}"`);
  return `set kubernetes to ${between.join(', then to ')}, apply with its pools each time, then to "1.${has}"`;
}

/** The way of a file system that shall be smaller or faster: a new one, and the data copied. */
export const NEW_STORE = 'add a store of the wanted size and tier beside it, copy the data, then remove this one';

/** The way of a pool that cannot change: a new one beside it. */
export const NEW_POOL = 'add a pool with what you want beside it, move the work, then remove this one';
