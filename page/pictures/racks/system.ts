import { allShards } from '../../../estate/plan/all-shards';
import type { Plan } from '../../../estate/plan/types';

/** Nodes that belong to a Kubernetes cluster itself. */
export interface SystemNodes {
  readonly machine: string;
  readonly nodes: number;
}

/** The system pool of every Kubernetes cluster, by the key of its shard. */
export function systemNodes(plan: Plan): ReadonlyMap<string, SystemNodes> {
  return new Map(
    allShards(plan).map(({ key, systemPool: { machine, nodes } }) => [key, { machine: machine.type, nodes }] as const),
  );
}
