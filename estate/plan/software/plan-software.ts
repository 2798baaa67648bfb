import { CLOUDS } from '../../catalog';
import type { ComponentRow } from '../../catalog/software';
import { lookup } from '../../spec/lookup';
import type { Estate } from '../../spec/schema';
import {
  type ChosenComponent,
  type ChosenOwner,
  chooseSoftware,
  needsOf,
  type SoftwareChoice,
  type SoftwareCluster,
} from '../../spec/software';
import { identityOf } from '../identity';
import { planQueue } from '../queue/plan-queue';
import type { QueuePlan, QueueSet } from '../queue/types';
import type { Plan, ShardPlan } from '../types';
import type { ComponentPlan, ComponentSource, OwnerPlan, SoftwarePlan, SoftwareSet } from './types';
import { VALUES } from './values';

/**
 * The software of an estate, resolved: what GitOps installs in each cluster, and who gives what to which pool.
 *
 * @param queue that of the estate; planned again where it is not given
 */
export function planSoftware(estate: Estate, plan: Plan, queue: QueuePlan = planQueue(estate, plan)): SoftwarePlan {
  const shards = CLOUDS.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));
  const sets = shards.map((shard) => softwareSet(estate, shard, queue));
  return { sets: sets.toSorted((one, other) => (one.shard < other.shard ? -1 : 1)) };
}

/** A shard, as software sees it. */
export function softwareCluster({ cloud, existing, alarms, pools, mounts }: ShardPlan): SoftwareCluster {
  return {
    cloud,
    isExisting: existing !== undefined,
    hasAlarms: alarms !== undefined,
    pools: pools.map(({ key, machine }) => ({ key, machine })),
    stores: [...new Set(mounts.map(({ kind }) => kind))].sort(),
  };
}

/** What software the cluster of a shard gets, before anything is told to it. */
export function softwareOf(estate: Estate, shard: ShardPlan): SoftwareChoice {
  const cluster = Object.entries(estate.clusters).find(([key, each]) => identityOf(key, each) === shard.cluster)?.[1];
  return chooseSoftware(softwareCluster(shard), cluster?.software, estate.software);
}

function softwareSet(estate: Estate, shard: ShardPlan, queue: QueuePlan): SoftwareSet {
  const { components, owners } = softwareOf(estate, shard);
  const installed = new Set(components.map(({ row }) => row.name));
  const set = queue.sets.find((one) => one.shard === shard.key) ?? emptySet(shard);
  return {
    shard: shard.key,
    components: components.map((component) => {
      const values = lookup(VALUES, component.row.name)?.({ shard, component, installed, queue, set }) ?? {};
      return { ...componentPlan(component, shard, installed), values };
    }),
    owners: owners.map(ownerPlan),
  };
}

/** What a cluster has of the queue that holds nothing of it. */
function emptySet({ key: shard, workload }: ShardPlan): QueueSet {
  return {
    shard,
    role: 'alone',
    topologies: [],
    flavors: [],
    cohorts: [],
    queues: [],
    localQueues: [],
    checks: [],
    namespaces: [workload.namespace],
  };
}

function componentPlan(
  { row, version, driverImage, pools, gives }: ChosenComponent,
  { cloud }: ShardPlan,
  installed: ReadonlySet<string>,
): Omit<ComponentPlan, 'values'> {
  const given = row.gives.filter(({ capability }) => gives.has(capability));
  const heldBy = given.find((gift) => gift.heldBy !== undefined)?.heldBy;
  return {
    name: row.name,
    title: row.title,
    namespace: row.namespace,
    source: sourceAt(row, version),
    gives: [...gives.keys()].sort(),
    ...(heldBy !== undefined && { heldBy }),
    ...(given.some(({ isWritten }) => isWritten) && { isWritten: true }),
    pools: pools.toSorted(),
    needs: needsOf(row, cloud).filter((name) => installed.has(name)),
    isPrivileged: row.isPrivileged,
    hasSystemPriority: row.hasSystemPriority,
    ...(driverImage !== undefined && { driverImage }),
  };
}

/** Where a component comes from; a digest is that of the version of the catalog only. */
function sourceAt({ from }: ComponentRow, version: string): ComponentSource {
  if (from.kind === 'git') return { ...from, ref: version };
  if (from.kind === 'helm' || from.version === version) return { ...from, version };
  const { digest: _digest, ...pinned } = from;
  return { ...pinned, version };
}

function ownerPlan({ pool, capability, component, managed, others }: ChosenOwner): OwnerPlan {
  if (component !== undefined) return { pool, capability, owner: component.name };
  if (managed !== undefined) return { pool, capability, owner: 'cloud', because: managed.because };
  return { pool, capability, owner: 'others', because: `software says that somebody else installs ${others?.name}` };
}
