import type { Cloud } from '../../catalog';
import type { Exchange } from '../../spec/exchange';
import { compareKeys } from '../../units';
import type { Layer } from '../names';
import { stackOrder } from '../order';
import type { Plan } from '../types';
import type { PendingFact } from './types';

/** Half of a link that is left out until other stacks have told what it is made from. */
export interface WaitingHalf {
  /** Key of the link. */
  readonly link: string;
  /** Key of the site. */
  readonly site: string;
  /** Stack that it will have. */
  readonly stack: string;
  /** What is missing, by its place in the exchange file. */
  readonly missing: readonly PendingFact[];
}

/** One shard of a grant that is not let in until other stacks have told who it is. */
export interface WaitingGrant {
  /** Key of the grant. */
  readonly grant: string;
  /** Key of the shard. */
  readonly shard: string;
  /** Stack that lets it in. */
  readonly stack: string;
  /** What is missing, by its place in the exchange file. */
  readonly missing: readonly PendingFact[];
}

/** A replication that does not copy until other stacks have told what it is made from. */
export interface WaitingReplication {
  /** Key of the replication. */
  readonly replication: string;
  /** Key of the store that is copied. */
  readonly store: string;
  /** Key of the store that it is copied into. */
  readonly into: string;
  /** What is missing, by its place in the exchange file. */
  readonly missing: readonly PendingFact[];
}

/** A stack that tells something that others wait for, or is on the way to one, and that can be applied now. */
export interface TellingStack {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly layer: Layer;
}

/** What links, grants and replications wait for. */
export interface PendingLinks {
  /** Halves that are left out, sorted by link and site. */
  readonly halves: readonly WaitingHalf[];
  /** Halves that are made, and carry nothing until they are applied again; sorted by link and site. */
  readonly incomplete: readonly WaitingHalf[];
  /** Shards of grants that are not let in yet, sorted by grant and shard. */
  readonly grants: readonly WaitingGrant[];
  /** Replications that do not copy yet, sorted by key. */
  readonly replications: readonly WaitingReplication[];
  /** Stacks whose outputs come next, with gateways that they stand on, in an order in which they can be applied. */
  readonly next: readonly TellingStack[];
}

/**
 * The halves of links, the grants and the replications that wait, and which stacks come next.
 *
 * A half that waits tells nothing yet, so it is never next. A gateway comes before a half that tells something; one that is
 * known to be there, since it or a half at it has told something, is left out.
 */
export function pendingLinks(plan: Plan, told: Partial<Omit<Exchange, 'estate'>> = {}): PendingLinks {
  const sides = plan.links.flatMap(({ key, sides }) =>
    sides.flatMap(({ site, stack, pending, completes }) =>
      stack === undefined ? [] : [{ link: key, site, stack, pending, completes }],
    ),
  );
  const halves = sides.flatMap(({ pending, completes: _, ...half }): WaitingHalf[] =>
    pending.length === 0 ? [] : [{ ...half, missing: pending }],
  );
  const incomplete = sides.flatMap(({ pending, completes, ...half }): WaitingHalf[] =>
    pending.length > 0 || completes.length === 0 ? [] : [{ ...half, missing: completes }],
  );
  const grants = plan.grants.flatMap(({ key, edges }) =>
    edges.flatMap(({ shard, targetStack, pending }): WaitingGrant[] =>
      pending.length === 0 ? [] : [{ grant: key, shard, stack: targetStack, missing: pending }],
    ),
  );
  const replications = plan.replications.flatMap(({ key, source, destination, pending }): WaitingReplication[] =>
    pending.length === 0 ? [] : [{ replication: key, store: source.store, into: destination.store, missing: pending }],
  );
  const waiting = [...halves, ...incomplete, ...grants, ...replications];
  return {
    halves: halves.sort(byLink),
    incomplete: incomplete.sort(byLink),
    grants,
    replications,
    next: nextOf(plan, new Set(waiting.flatMap(({ missing }) => missing.map(({ from }) => from))), told),
  };
}

function byLink(one: WaitingHalf, other: WaitingHalf): number {
  return compareKeys(one.link, other.link) || compareKeys(one.site, other.site);
}

/** Stacks that tell something, and gateways below them that are not known to be there. */
function nextOf(
  plan: Plan,
  telling: ReadonlySet<string>,
  { gateways = {}, tunnels = {}, peerings = {}, circuits = {} }: Partial<Omit<Exchange, 'estate'>>,
): readonly TellingStack[] {
  const order = stackOrder(plan);
  const below = new Set(order.flatMap(({ stack, after }) => (telling.has(stack) ? after : [])));
  const known = new Set([
    ...Object.keys(gateways),
    ...[tunnels, peerings, circuits].flatMap((links) => Object.values(links).flatMap((sites) => Object.keys(sites))),
  ]);
  return order.flatMap(({ stack, cloud, layer, site }) => {
    const isGateway = layer === 'gateway' && below.has(stack) && !known.has(site?.key ?? '');
    return telling.has(stack) || isGateway ? [{ stack, cloud, layer }] : [];
  });
}
