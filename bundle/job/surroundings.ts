import type { QueuePlan } from '../../estate/plan/queue/types';
import type { Plan, ShardPlan } from '../../estate/plan/types';
import { planVolumes } from '../../estate/plan/volumes/plan-volumes';
import { namespaceLevel } from '../pod-security';
import type { PodSecurityLevel } from './pod-security';

/** An object of the bundle that pods name. */
export interface Given {
  readonly namespace: string;
  readonly name: string;
  /** Whether it is left out until stacks have told what it is made from. */
  readonly isWaiting: boolean;
}

/** What the bundle of a cluster has for pods besides queues. */
export interface Surroundings {
  /** Level of pod security of its namespaces. */
  readonly podSecurity: PodSecurityLevel;
  /** PersistentVolumeClaims, sorted by namespace and name. */
  readonly claims: readonly Given[];
  /** Service accounts, sorted by namespace and name. */
  readonly accounts: readonly Given[];
}

/** What the bundles of an estate have for pods besides queues, by shard. */
export function surroundingsOf(plan: Plan, queue: QueuePlan): ReadonlyMap<string, Surroundings> {
  const shards = plan.clouds.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));
  return new Map(
    queue.sets.flatMap((set): readonly (readonly [string, Surroundings])[] => {
      const shard = shards.find(({ key }) => key === set.shard);
      if (shard === undefined) return [];
      const { claims, accounts } = planVolumes({ plan, shard, namespaces: set.namespaces });
      const surroundings = {
        podSecurity: namespaceLevel({ shard, set, plan, queue }),
        claims: claims.map(({ namespace, claim: name, pending }) => given(namespace, name, pending.length > 0)),
        accounts: accounts.map(({ namespace, serviceAccount: name, pending }) =>
          given(namespace, name, pending.length > 0),
        ),
      };
      return [[set.shard, surroundings]];
    }),
  );
}

function given(namespace: string, name: string, isWaiting: boolean): Given {
  return { namespace, name, isWaiting };
}
