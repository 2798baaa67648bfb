import type { Cloud } from '../catalog';
import { compareKeys } from '../units';
import { LAYERS } from './names';
import { type OrderedStack, stackOrder } from './order';
import type { SitePlan, StacksPlan } from './types';

/** One of the shares that the stacks of an estate are divided into: the third of eight is `{ share: 3, of: 8 }`. */
export interface Share {
  /** Which one, from 1 on. */
  readonly share: number;
  readonly of: number;
}

/** What a stack costs to make and plan, in hundredths of a second of a processor. */
interface StackCost {
  /** Of any stack: its document, and on Terraform the processes that plan it. */
  readonly stack: number;
  /** Of each resource that can be counted from the plan. */
  readonly resource: number;
}

/**
 * What stacks of a cloud cost, from `npm run bench:shards` in 2026-11.
 *
 * Only their ratio matters. A machine has no part in it, so that every machine divides an estate in the same way.
 */
export const STACK_COSTS: Readonly<Record<Cloud, StackCost>> = {
  aws: { stack: 10, resource: 0.1 },
  azure: { stack: 30, resource: 0.2 },
  google: { stack: 27, resource: 0.2 },
  oracle: { stack: 39, resource: 0.2 },
};

/** What a stack is expected to cost: a weight of its cloud, and one for each resource that its plan lets expect. */
export function stackCost(stack: OrderedStack): number {
  const { stack: fixed, resource } = STACK_COSTS[stack.cloud];
  return fixed + resource * expectedResources(stack);
}

/** About how many resources a stack has: an estimate from what they are made for, not a count of them. */
export function expectedResources({ layer, account, site, shard, stack }: OrderedStack): number {
  if (layer === 'foundation') return 6 + account.regions.length + account.machines.length;
  if (shard !== undefined) {
    const groups = shard.pools.reduce((sum, pool) => sum + pool.groups.length, 0);
    return 15 + 4 * groups + 2 * shard.mounts.length;
  }
  if (site === undefined) return 0;
  if (layer === 'gateway') return 6;
  if (layer === 'link') return 2 + 6 * tunnelsOf(site, stack);
  if (layer === 'network') return 6 + 3 * site.network.subnets.length;
  const ordinal = site.storageStacks.find((one) => one.stack === stack)?.ordinal ?? 1;
  return 2 + 6 * site.stores.filter((store) => (store.stack ?? 1) === ordinal).length;
}

/** Tunnels and circuits of the half of a link. */
function tunnelsOf({ links = [] }: SitePlan, stack: string): number {
  const half = links.find((link) => link.stack === stack);
  return half === undefined ? 0 : half.tunnels.length + half.circuits.length;
}

/**
 * The names of the stacks of a share, in the order in which they are divided: by cloud, account, site and layer.
 *
 * Each share is a run of that order, and all cost about the same: none costs more than the mean and the dearest stack. What lies together is planned together, and a new stack moves only those at the edges.
 */
export function stacksOfShare(plan: StacksPlan, { share, of }: Share): string[] {
  const stacks = dividedOrder(plan).map((stack) => ({ stack: stack.stack, cost: stackCost(stack) }));
  const total = stacks.reduce((sum, { cost }) => sum + cost, 0);
  let before = 0;
  return stacks.flatMap(({ stack, cost }) => {
    const middle = before + cost / 2;
    before += cost;
    return Math.floor((middle * of) / total) + 1 === share ? [stack] : [];
  });
}

/** Every stack, those of a site together; by keys alone, so that nothing follows from where something is written. */
function dividedOrder(plan: StacksPlan): OrderedStack[] {
  return stackOrder(plan)
    .map((stack, index) => ({ stack, index }))
    .sort(
      (one, other) =>
        plan.clouds.indexOf(one.stack.cloud) - plan.clouds.indexOf(other.stack.cloud) ||
        compareKeys(one.stack.account.key, other.stack.account.key) ||
        compareKeys(one.stack.site?.key ?? '', other.stack.site?.key ?? '') ||
        LAYERS.indexOf(one.stack.layer) - LAYERS.indexOf(other.stack.layer) ||
        one.index - other.index,
    )
    .map(({ stack }) => stack);
}
