import { servingPool } from '../../spec/queue';
import type { Estate } from '../../spec/schema';
import { sortedEntries } from '../../units';
import { identityOf } from '../identity';
import type { FlavorPlan } from './types';

/** A service with the nodes that it has of a flavor. */
export interface Service {
  readonly key: string;
  readonly namespace: string;
  readonly flavor: FlavorPlan;
  /** Nodes of its fewest replicas: never lent. */
  readonly floor: number;
  /** Nodes of its most replicas: its own. */
  readonly most: number;
}

/** Services that run on the flavors of one shard, sorted by key: of a pool in several shards on the first of them. */
export function servicesOf({ queue, clusters }: Estate, flavors: readonly FlavorPlan[]): readonly Service[] {
  return sortedEntries(queue?.serving ?? {}).flatMap(([key, service]): Service[] => {
    const cluster = clusters[service.cluster];
    const pool = cluster && servingPool(service, cluster.pools);
    const entry = pool === undefined ? undefined : cluster?.pools[pool];
    if (cluster === undefined || pool === undefined || entry === undefined) return [];
    const [id, poolId] = [identityOf(service.cluster, cluster), identityOf(pool, entry)];
    const flavor = flavors.find((each) => each.cluster === id && each.pool === poolId);
    if (flavor === undefined) return [];
    const { namespace = key, nodesPerReplica, replicas } = service;
    return [{ key, namespace, flavor, floor: replicas.min * nodesPerReplica, most: replicas.max * nodesPerReplica }];
  });
}
