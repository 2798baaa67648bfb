import { PROVISIONING } from '../../catalog/queue';
import { EstateError } from '../../diagnostics';
import type { Estate } from '../../spec/schema';
import { compareKeys, deepFreeze, groupBy } from '../../units';
import { allShards } from '../all-shards';
import { estateIdentity, identityOf } from '../identity';
import type { Plan, ShardPlan } from '../types';
import { boundAccounts } from '../volumes/plan-volumes';
import { checkSums } from './check-sums';
import { type Flavored, flavorsOf, inOrder, purposesOf } from './flavors';
import { prioritiesOf } from './priorities';
import { aloneQueues, managerQueues, type Part, type PartQueues, workerQueues } from './queues';
import { type Service, servicesOf } from './services';
import { teamsOf } from './teams';
import type { CheckPlan, QueuePlan, QueueSet, TopologyPlan } from './types';

/** A shard with what its nodes are. */
interface Stock {
  readonly shard: ShardPlan;
  readonly flavored: readonly Flavored[];
  readonly services: readonly Service[];
  readonly provisioning: readonly CheckPlan[];
}

/**
 * Plans how jobs queue: quotas, cohorts, queues and checks of every cluster, from the nodes in service.
 *
 * The estate has passed the rules, and the plan is its own.
 *
 * @throws EstateError when a service does not fit into the first shard of its pool
 */
export function planQueue(estate: Estate, plan: Plan): QueuePlan {
  const stocks = stocksOf(estate, plan);
  const manager = managerOf(estate, plan);
  const workers = stocks.filter(({ shard }) => shard.key !== manager?.key);
  const sets = workers.map((stock) =>
    manager === undefined
      ? setOf(stock, 'alone', partsOf(estate, [stock]).map(aloneQueues), stock.provisioning)
      : setOf(stock, 'worker', partsOf(estate, [stock]).map(workerQueues), stock.provisioning),
  );
  if (manager !== undefined) sets.push(managerSet(estate, manager, workers));
  const queue: QueuePlan = {
    ...(manager && { manager: manager.key }),
    fairSharing: estate.queue?.fairSharing ?? false,
    priorities: prioritiesOf(estate),
    sets: sets
      .sort((one, other) => compareKeys(one.shard, other.shard))
      .map((set) => ({ ...set, namespaces: namespacesOf(set, plan) })),
  };
  checkSums(queue);
  return deepFreeze(queue);
}

/** Where jobs run: also where identities are bound to, so that nothing runs past the queue there. */
function namespacesOf({ shard: key, localQueues }: QueueSet, plan: Plan): readonly string[] {
  const bound = allShards(plan)
    .filter((shard) => shard.key === key)
    .flatMap((shard) => boundAccounts({ plan, shard }));
  return [...new Set([...localQueues, ...bound].map(({ namespace }) => namespace))].sort(compareKeys);
}

/** The shard of the manager: rules see to it that there is a cluster, and only the plan knows whether that is one. */
function managerOf(estate: Estate, plan: Plan): ShardPlan | undefined {
  const key = estate.queue?.manager;
  const cluster = key === undefined ? undefined : estate.clusters[key];
  if (key === undefined || cluster === undefined) return undefined;
  const id = identityOf(key, cluster);
  const own = allShards(plan).filter((each) => each.cluster === id);
  if (own.length <= 1) return own[0];
  throw new EstateError([
    {
      code: 'QueueManager',
      severity: 'error',
      path: 'queue.manager',
      value: key,
      message: `the manager is ${own.length} Kubernetes clusters, and one holds the queue`,
      hint: 'choose a cluster with fewer nodes',
    },
  ]);
}

function stocksOf(estate: Estate, plan: Plan): readonly Stock[] {
  const purposes = purposesOf(estate);
  const shards = allShards(plan)
    .filter(({ pools }) => pools.length > 0)
    .sort((one, other) => compareKeys(one.key, other.key));
  const placed = new Set<string>();
  return shards.map((shard): Stock => {
    const flavored = flavorsOf(shard, purposes, plan.catalog);
    const firsts = flavored.map(({ flavor }) => flavor).filter(({ pool }) => !placed.has(`${shard.cluster}/${pool}`));
    for (const { pool } of firsts) placed.add(`${shard.cluster}/${pool}`);
    const services = servicesOf(estate, firsts);
    checkServices(services);
    const isAsked = flavored.some(({ flavor }) => flavor.isQueued);
    const check: CheckPlan = {
      name: 'queued-provisioning',
      kind: 'provisioning',
      provisioningClass: PROVISIONING.class,
    };
    return { shard, flavored, services, provisioning: isAsked ? [check] : [] };
  });
}

/** Rules know the pool as a whole; only the plan knows how much of it lies in which shard. */
function checkServices(services: readonly Service[]): void {
  for (const [, sharing] of groupBy(services, ({ flavor }) => flavor.name)) {
    const [{ flavor, key } = {}] = sharing;
    const most = sharing.reduce((sum, service) => sum + service.most, 0);
    if (flavor === undefined || most <= flavor.nodes) continue;
    const names = sharing.map((service) => service.key).join(', ');
    throw new EstateError([
      {
        code: 'QueueServing',
        severity: 'error',
        path: `queue.serving.${key}`,
        value: most,
        message: `services ${names} want ${most} nodes of pool "${flavor.pool}", and its part in ${flavor.shard} has ${flavor.nodes}`,
        hint: 'a service lies in the first Kubernetes cluster of its pool as a whole: give it a pool of its own',
      },
    ]);
  }
}

/** What there is in shards, by accelerator. */
function partsOf(estate: Estate, stocks: readonly Stock[]): readonly Part[] {
  const [first] = stocks;
  const flavors = stocks.flatMap(({ flavored }) => flavored.map(({ flavor }) => flavor));
  const services = stocks.flatMap((stock) => stock.services);
  const provisioning = stocks.flatMap((stock) => stock.provisioning);
  return [...groupBy(flavors, ({ accelerator }) => accelerator)]
    .sort(([one], [other]) => compareKeys(one, other))
    .map(([accelerator, own]): Part => {
      return {
        estate,
        name: estateIdentity(estate),
        accelerator,
        flavors: [...own].sort(inOrder),
        teams: first === undefined ? [] : teamsOf(estate, first.shard),
        services: services.filter(({ flavor }) => own.includes(flavor)),
        provisioning,
      };
    });
}

function setOf(
  { shard, flavored }: Pick<Stock, 'shard' | 'flavored'>,
  role: QueueSet['role'],
  parts: readonly PartQueues[],
  checks: readonly CheckPlan[],
): QueueSet {
  const topologies = new Map<string, TopologyPlan>(
    flavored.flatMap(({ topology }) => (topology === undefined ? [] : [[topology.name, topology] as const])),
  );
  const localQueues = parts.flatMap((part) => part.localQueues);
  return {
    shard: shard.key,
    role,
    topologies: [...topologies.values()].sort((one, other) => compareKeys(one.name, other.name)),
    flavors: flavored.map(({ flavor }) => flavor),
    cohorts: parts.flatMap((part) => part.cohorts),
    queues: parts.flatMap((part) => part.queues).sort((one, other) => compareKeys(one.name, other.name)),
    localQueues: localQueues.sort(
      (one, other) => compareKeys(one.namespace, other.namespace) || compareKeys(one.name, other.name),
    ),
    checks,
    namespaces: [],
  };
}

/** What the manager holds: the flavors of all workers, and for each accelerator one check that sends to those that have it. */
function managerSet(estate: Estate, shard: ShardPlan, workers: readonly Stock[]): QueueSet {
  const flavored = workers.flatMap((worker) => worker.flavored.filter(({ flavor }) => flavor.purpose === 'training'));
  const parts = partsOf(estate, workers).map(managerQueues);
  const sending = new Set(parts.flatMap(({ queues }) => queues.flatMap(({ workersCheck }) => workersCheck ?? [])));
  const byAccelerator = groupBy(flavored, ({ flavor }) => flavor.accelerator);
  const checks = [...sending].sort(compareKeys).map((name): CheckPlan => {
    const shards = new Set((byAccelerator.get(name) ?? []).map(({ flavor }) => flavor.shard));
    return { kind: 'workers', name, shards: [...shards].sort(compareKeys) };
  });
  return setOf({ shard, flavored }, 'manager', parts, checks);
}
