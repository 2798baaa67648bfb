import { googleFabricNames, googleInterfaces } from '../../catalog/google-data-networks';
import { googleFabric } from '../fabrics';
import { names } from '../ids';
import type { PoolPlan, ShardPlan } from '../types';

/** One network between accelerators, as Kubernetes on Google Cloud knows it. */
export interface DataNetwork {
  /** Name of its Network and GKENetworkParamSet, which pods name. */
  readonly name: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly isRdma: boolean;
}

/** The networks that pods of a pool join beside that of the cluster, in the order of the interfaces of a node. */
export function poolDataNetworks(shard: ShardPlan<'google'>, pool: PoolPlan<'google'>): readonly DataNetwork[] {
  const { fabric: layout } = pool.machine;
  const fabric = googleFabric(pool);
  if (layout?.podInterfaces !== 'multi-network' || fabric === undefined) return [];
  const made = googleFabricNames(names.fabric(shard, fabric.key), layout);
  return googleInterfaces(made, layout).map(({ key, network, subnetwork, isRdma }) => ({
    name: `${fabric.key}-${key}`,
    vpc: network,
    subnet: subnetwork,
    isRdma,
  }));
}

/** Every network between accelerators of a cluster, once, sorted by name. */
export function dataNetworks(shard: ShardPlan<'google'>): readonly DataNetwork[] {
  const all = shard.pools.flatMap((pool) => poolDataNetworks(shard, pool));
  const once = new Map(all.map((network) => [network.name, network]));
  return [...once.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Annotations by which a pod gets all interfaces of a node of a pool; none where its nodes have one interface only.
 *
 * The first one stays that of the cluster.
 */
export function interfaceAnnotations(
  shard: ShardPlan<'google'>,
  pool: PoolPlan<'google'>,
): Readonly<Record<string, string>> {
  const networks = poolDataNetworks(shard, pool);
  if (networks.length === 0) return {};
  const interfaces = ['default', ...networks.map(({ name }) => name)].map((network, index) => ({
    interfaceName: `eth${index}`,
    network,
  }));
  return {
    'networking.gke.io/default-interface': 'eth0',
    'networking.gke.io/interfaces': JSON.stringify(interfaces),
  };
}
