import type { Cloud } from '../../catalog';
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

/** A stack that tells something that halves wait for, and that can be applied now. */
export interface TellingStack {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly layer: Layer;
}

/** What links and grants wait for. */
export interface PendingLinks {
  /** Halves that are left out, sorted by link and site. */
  readonly halves: readonly WaitingHalf[];
  /** Shards of grants that are not let in yet, sorted by grant and shard. */
  readonly grants: readonly WaitingGrant[];
  /** Stacks whose outputs come next, in an order in which they can be applied. */
  readonly next: readonly TellingStack[];
}

/** The halves of links and the grants that wait, and which stacks come next. A half that waits tells nothing yet, so it is never next. */
export function pendingLinks(plan: Plan): PendingLinks {
  const halves = plan.links.flatMap(({ key, sides }) =>
    sides.flatMap(({ site, stack, pending }): WaitingHalf[] =>
      stack === undefined || pending.length === 0 ? [] : [{ link: key, site, stack, missing: pending }],
    ),
  );
  const grants = plan.grants.flatMap(({ key, edges }) =>
    edges.flatMap(({ shard, targetStack, pending }): WaitingGrant[] =>
      pending.length === 0 ? [] : [{ grant: key, shard, stack: targetStack, missing: pending }],
    ),
  );
  const telling = new Set([...halves, ...grants].flatMap(({ missing }) => missing.map(({ from }) => from)));
  return {
    halves: [...halves].sort((one, other) => compareKeys(one.link, other.link) || compareKeys(one.site, other.site)),
    grants,
    next: stackOrder(plan).flatMap(({ stack, cloud, layer }) => (telling.has(stack) ? [{ stack, cloud, layer }] : [])),
  };
}
