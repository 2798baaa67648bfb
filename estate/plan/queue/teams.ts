import { borrowOf, floorOf, shareOf } from '../../spec/queue';
import type { Estate } from '../../spec/schema';
import type { QueuePreemption } from '../../spec/schema-queue';
import { sortedEntries } from '../../units';
import type { ShardPlan } from '../types';
import type { ClusterQueuePlan } from './types';

/** A team with what it has of each accelerator, in percent of the nodes in service. */
export interface Team {
  readonly key: string;
  readonly namespace: string;
  /** @default it borrows of all */
  readonly group?: string;
  readonly weight?: number;
  readonly preemption: ClusterQueuePlan['preemption'];
  readonly share: (accelerator: string) => number;
  readonly floor: (accelerator: string) => number;
  /** Undefined where it is all that is idle. */
  readonly borrow: (accelerator: string) => number | undefined;
}

/** Teams whose jobs run in a shard, sorted by key; without any in the file, one in the namespace of its workload. */
export function teamsOf({ queue }: Estate, { workload }: ShardPlan): readonly Team[] {
  const teams = sortedEntries(queue?.teams ?? {});
  if (teams.length === 0) {
    const { namespace } = workload;
    const preemption = preemptionOf(queue?.preemption);
    return [{ key: namespace, namespace, preemption, share: () => 100, floor: () => 0, borrow: () => undefined }];
  }
  return teams.map(([key, team]): Team => {
    const { namespace = key, group, weight } = team;
    return {
      key,
      namespace,
      ...(group !== undefined && { group }),
      ...(weight !== undefined && queue?.fairSharing === true && { weight }),
      preemption: preemptionOf(queue?.preemption, team.preemption),
      share: (accelerator) => shareOf(team, accelerator),
      floor: (accelerator) => floorOf(team, accelerator),
      borrow: (accelerator) => borrowOf(team, accelerator),
    };
  });
}

/** Whether a team has a queue of an accelerator: something of its own, or something that it may borrow. */
export function hasQueue({ share, borrow }: Team, accelerator: string): boolean {
  return share(accelerator) > 0 || borrow(accelerator) !== 0;
}

const WITHIN = {
  never: 'Never',
  'lower-priority': 'LowerPriority',
  'lower-or-newer-equal-priority': 'LowerOrNewerEqualPriority',
} as const;
const OTHERS = { never: 'Never', 'lower-priority': 'LowerPriority', any: 'Any' } as const;

/** Preemption as Kueue has it; said always, for its own default is never everywhere. */
function preemptionOf(...levels: readonly (QueuePreemption | undefined)[]): ClusterQueuePlan['preemption'] {
  const {
    within = 'lower-priority',
    reclaim = 'any',
    borrowing = 'never',
  } = Object.assign({}, ...levels) as Partial<Required<QueuePreemption>>;
  return { within: WITHIN[within], reclaim: OTHERS[reclaim], borrowing: OTHERS[borrowing] };
}
