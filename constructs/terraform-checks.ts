import type { IConstruct } from 'constructs';
import type { CapacityKind } from '../estate/catalog/types';
import { type Cidr, parseCidr } from '../estate/cidr';
import { Token } from './cdktf';
import { ConstructError } from './errors';

/** Numbers between which a count is. */
export interface CountBounds {
  /** Smallest count. @default 0 */
  readonly min?: number;
  /** Largest count. @default - as many as you like */
  readonly max?: number;
}

/**
 * Fails when a count is no whole number, or outside of its bounds; one that is known after apply only passes.
 *
 * @throws ConstructError with `CountInvalid`
 */
export function checkCount(scope: IConstruct, what: string, count: number, { min = 0, max }: CountBounds = {}): void {
  if (Token.isUnresolved(count)) return;
  if (Number.isInteger(count) && count >= min && (max === undefined || count <= max)) return;
  const most = max === undefined ? '' : ` to ${max}`;
  throw new ConstructError(scope, 'CountInvalid', `${what} is ${count}; use a whole number from ${min}${most}`);
}

/**
 * The range that a text says; undefined where it is known after apply only.
 *
 * @throws ConstructError with `RangeInvalid` when it is none
 */
export function checkRange(scope: IConstruct, what: string, text: string): Cidr | undefined {
  if (Token.isUnresolved(text)) return undefined;
  const range = parseCidr(text);
  if (range !== undefined) return range;
  throw new ConstructError(scope, 'RangeInvalid', `${what} is "${text}"; use a range such as 10.0.0.0/16`);
}

/** What decides whether an autoscaler can size a pool. */
export interface NodeRangeOptions {
  /** The most nodes. */
  readonly nodeCount: number;
  /** The fewest nodes. @default - nothing scales the pool */
  readonly minNodeCount?: number;
  /** How its machines are obtained. */
  readonly capacity: { readonly kind: CapacityKind; readonly held: boolean };
}

/**
 * Fails when a pool has a range of nodes that is none, or that no autoscaler could ask for.
 *
 * @throws ConstructError with `CapacityUnsupported` or `CountInvalid`
 */
export function checkNodeRange(
  scope: IConstruct,
  what: string,
  { nodeCount, minNodeCount, capacity }: NodeRangeOptions,
): void {
  if (minNodeCount === undefined) return;
  if (capacity.held) {
    const problem = `capacity "${capacity.kind}" is held, so that no autoscaler sizes the pool; leave minNodeCount out`;
    throw new ConstructError(scope, 'CapacityUnsupported', `${what}: ${problem}`);
  }
  checkCount(scope, `nodeCount of ${what}, which has a range,`, nodeCount, { min: 1 });
  const max = Token.isUnresolved(nodeCount) ? undefined : nodeCount;
  checkCount(scope, `minNodeCount of ${what}`, minNodeCount, { max });
}
