import type { FlavorPlan, QueuePlan, QueueSet } from '../../estate/plan/queue/types';
import type { Plan, PoolPlan, ShardPlan } from '../../estate/plan/types';

const RACK_LEVELS = [
  { key: 'estate/group', title: 'rack' },
  { key: 'kubernetes.io/hostname', title: 'node' },
];
const NODE_LEVELS = [{ key: 'kubernetes.io/hostname', title: 'node' }];

/** A queue of one team that has all nodes, in the shape that a planned one has: for tests of what is made from it. */
export function onlyTeam(plan: Plan): QueuePlan {
  const shards: ShardPlan[] = plan.clouds.flatMap((cloud) => [...plan.shards(cloud)]);
  return { fairSharing: false, priorities: [], sets: shards.map(setOf) };
}

function setOf(shard: ShardPlan): QueueSet {
  const flavors = shard.pools.map((pool) => flavorOf(shard, pool));
  const accelerators = [...new Set(flavors.map(({ accelerator }) => accelerator))].sort();
  return {
    shard: shard.key,
    role: 'alone',
    topologies: [
      { name: 'racks', levels: RACK_LEVELS },
      { name: 'nodes', levels: NODE_LEVELS },
    ],
    flavors,
    cohorts: [],
    queues: accelerators.map((accelerator) => ({
      name: `team-${accelerator}`,
      owner: 'team',
      kind: 'team',
      accelerator,
      cohort: 'estate',
      covered: [...new Set(flavors.filter((one) => one.accelerator === accelerator).map(({ resource }) => resource))],
      flavors: flavors
        .filter((one) => one.accelerator === accelerator)
        .map(({ name, resource, nodes, perNode }) => ({
          flavor: name,
          quotas: [{ resource, nominal: nodes * (perNode.accelerators || (perNode.vcpus ?? 1)) }],
        })),
      preemption: { within: 'Never', reclaim: 'Never', borrowing: 'Never' },
      checks: [],
      namespaces: ['team'],
    })),
    localQueues: accelerators.map((accelerator) => ({
      namespace: 'team',
      name: accelerator,
      clusterQueue: `team-${accelerator}`,
    })),
    checks: [],
    namespaces: ['team'],
  };
}

function flavorOf(shard: ShardPlan, { key, machine, groups, capacity }: PoolPlan): FlavorPlan {
  const isRack = machine.scaleUpNodes > 1 || machine.topologies !== undefined;
  return {
    name: `${shard.key}-${key}`,
    shard: shard.key,
    cluster: shard.cluster,
    cloud: shard.cloud,
    pool: key,
    purpose: 'training',
    machine: machine.type,
    architecture: machine.architecture,
    accelerator: machine.accelerator ?? 'cpu',
    resource: machine.resourceName ?? 'cpu',
    capacity: capacity.kind,
    perNode: { accelerators: machine.accelerators, vcpus: machine.vcpus, memoryGiB: machine.memoryGiB },
    nodes: groups.reduce((sum, { nodes }) => sum + nodes, 0),
    isAutoscaled: false,
    groups: groups.map(({ id, nodes }) => ({ id, nodes })),
    topology: isRack ? 'racks' : 'nodes',
    nodeLabels: { 'estate/pool': key },
    tolerations: [],
  };
}
