import type { Estate } from '../../spec/schema';
import { type CohortTree, cohortTree } from './cohorts';
import { coveredBy, type NodeQuota, nodesOf, quotasOf } from './quotas';
import type { Service } from './services';
import { hasQueue, type Team } from './teams';
import type { CheckPlan, ClusterQueuePlan, FlavorPlan, LocalQueuePlan } from './types';

/** One accelerator in one shard, or in all shards of a manager: what there is of it, and who uses it. */
export interface Part {
  readonly estate: Estate;
  /** Name of the estate, as names have it. */
  readonly name: string;
  readonly accelerator: string;
  /** In the order in which jobs try them. */
  readonly flavors: readonly FlavorPlan[];
  readonly teams: readonly Team[];
  readonly services: readonly Service[];
  /** Checks of the flavors. */
  readonly provisioning: readonly CheckPlan[];
}

/** What one accelerator of one shard has in one cluster. */
export interface PartQueues {
  readonly cohorts: CohortTree['cohorts'];
  readonly queues: readonly ClusterQueuePlan[];
  readonly localQueues: readonly LocalQueuePlan[];
}

const NEVER = { within: 'Never', reclaim: 'Never', borrowing: 'Never' } as const;
/** Services end jobs that run on what they have lent, and their own of lower priority. */
const SERVING = { within: 'LowerPriority', reclaim: 'Any', borrowing: 'Never' } as const;

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** Nodes of a flavor that teams share: without those of services. */
function shared({ services }: Part, flavor: FlavorPlan): number {
  return flavor.nodes - mostOf(services, flavor);
}

function mostOf(services: readonly Service[], flavor: FlavorPlan): number {
  return sum(services.filter((service) => service.flavor === flavor).map(({ most }) => most));
}

function floorOf(services: readonly Service[], flavor: FlavorPlan): number {
  return sum(services.filter((service) => service.flavor === flavor).map(({ floor }) => floor));
}

/** The flavors that jobs of teams run on. */
export function trainingOf(flavors: readonly FlavorPlan[]): readonly FlavorPlan[] {
  return flavors.filter(({ purpose }) => purpose === 'training');
}

/** Teams with a queue, where there is something to train on. */
function queuedTeams({ teams, flavors, accelerator }: Part): readonly Team[] {
  return trainingOf(flavors).length === 0 ? [] : teams.filter((team) => hasQueue(team, accelerator));
}

/** Nodes of a flavor that a team has, borrows and lends. */
function nodesOfTeam(team: Team, accelerator: string, nodes: number): NodeQuota {
  const nominal = nodesOf(team.share(accelerator), nodes);
  const borrow = team.borrow(accelerator);
  const floor = Math.min(nodesOf(team.floor(accelerator), nodes), nominal);
  return {
    nominal,
    ...(borrow !== undefined && { borrowing: nodesOf(borrow, nodes) }),
    ...(floor > 0 && { lending: nominal - floor }),
  };
}

function teamQueueName({ accelerator }: Part, { key }: Team): string {
  return `${key}-${accelerator}`;
}

function teamLocalQueue(part: Part, team: Team): LocalQueuePlan {
  return { namespace: team.namespace, name: part.accelerator, clusterQueue: teamQueueName(part, team) };
}

function teamQueue(part: Part, team: Team, tree: CohortTree): ClusterQueuePlan {
  const { accelerator, flavors } = part;
  const training = trainingOf(flavors);
  const covered = coveredBy(flavors);
  return {
    name: teamQueueName(part, team),
    owner: team.key,
    kind: 'team',
    accelerator,
    cohort: tree.ofTeam(team),
    covered,
    flavors: training.map((flavor) => quotasOf(flavor, covered, nodesOfTeam(team, accelerator, shared(part, flavor)))),
    ...(team.weight !== undefined && { weight: team.weight }),
    preemption: team.preemption,
    checks: checksOf(part, training),
    namespaces: [team.namespace],
  };
}

function checksOf({ provisioning }: Part, flavors: readonly FlavorPlan[]): ClusterQueuePlan['checks'] {
  return provisioning.flatMap(({ name }) => {
    const queued = flavors.filter(({ isQueued }) => isQueued).map(({ name: flavor }) => flavor);
    return queued.length === 0 ? [] : [{ check: name, flavors: queued }];
  });
}

function servingQueue(part: Part, service: Service, tree: CohortTree): ClusterQueuePlan {
  const covered = coveredBy(part.flavors);
  const quota = { nominal: service.most, borrowing: 0, lending: service.most - service.floor };
  return {
    name: service.key,
    owner: service.key,
    kind: 'serving',
    accelerator: part.accelerator,
    cohort: tree.root,
    covered,
    flavors: [quotasOf(service.flavor, covered, quota)],
    preemption: SERVING,
    checks: [],
    namespaces: [service.namespace],
  };
}

/** What is left of each flavor when everybody has its own: all of it is for all to borrow. */
function leftOver(part: Part, teams: readonly Team[], kept: (flavor: FlavorPlan) => number) {
  const { accelerator, flavors } = part;
  const covered = coveredBy(flavors);
  return (of: readonly FlavorPlan[]) =>
    of.map((flavor) => {
      const owners = flavor.purpose === 'training' ? teams : [];
      const own = owners.map((team) => nodesOfTeam(team, accelerator, shared(part, flavor)).nominal);
      return quotasOf(flavor, covered, { nominal: flavor.nodes - kept(flavor) - sum(own) });
    });
}

function serviceQueues(part: Part, tree: CohortTree): Pick<PartQueues, 'queues' | 'localQueues'> {
  return {
    queues: part.services.map((service) => servingQueue(part, service, tree)),
    localQueues: part.services.map(({ key, namespace }) => ({ namespace, name: key, clusterQueue: key })),
  };
}

/** Queues of a cluster that has no manager: those of teams and of services, which lend to each other. */
export function aloneQueues(part: Part): PartQueues {
  const { estate, name, accelerator, flavors, services } = part;
  const teams = queuedTeams(part);
  const left = leftOver(part, teams, (flavor) => mostOf(services, flavor));
  const tree = cohortTree(`${name}-${accelerator}`, left(flavors), teams, estate);
  const own = serviceQueues(part, tree);
  return {
    cohorts: tree.cohorts,
    queues: [...teams.map((team) => teamQueue(part, team, tree)), ...own.queues],
    localQueues: [...teams.map((team) => teamLocalQueue(part, team)), ...own.localQueues],
  };
}

/** Queues of a worker: one for whatever the manager sends, beside those of services. */
export function workerQueues(part: Part): PartQueues {
  const { estate, name, accelerator, flavors } = part;
  const training = trainingOf(flavors);
  const teams = queuedTeams(part);
  const covered = coveredBy(flavors);
  const isQueued = (flavor: FlavorPlan) => flavor.purpose === 'training' && teams.length > 0;
  const left = flavors.map((flavor) =>
    quotasOf(flavor, covered, { nominal: isQueued(flavor) ? 0 : shared(part, flavor) }),
  );
  const tree = cohortTree(`${name}-${accelerator}`, left, [], estate);
  const own = serviceQueues(part, tree);
  const queue: ClusterQueuePlan = {
    name: accelerator,
    kind: 'worker',
    accelerator,
    cohort: tree.root,
    covered,
    flavors: training.map((flavor) => quotasOf(flavor, covered, { nominal: shared(part, flavor) })),
    // The manager decides who runs: a job that it has sent waits here until there is room.
    preemption: NEVER,
    checks: checksOf(part, training),
    namespaces: [...new Set(teams.map(({ namespace }) => namespace))].sort(),
  };
  const locals = teams.map(({ namespace }) => ({ namespace, name: accelerator, clusterQueue: accelerator }));
  return {
    cohorts: tree.cohorts,
    queues: [...(teams.length > 0 ? [queue] : []), ...own.queues],
    localQueues: [...locals, ...own.localQueues],
  };
}

/**
 * Queues of the manager for one accelerator of all of its workers. Their one check names the accelerator; which worker takes
 * a job is not tied to the flavor that it has here, only bounded by it.
 */
export function managerQueues(part: Part): PartQueues {
  const { estate, name, accelerator, flavors, services } = part;
  const teams = queuedTeams(part);
  if (teams.length === 0) return { cohorts: [], queues: [], localQueues: [] };
  // What services have above their floors is lent to whoever trains until they want it back.
  const left = leftOver(part, teams, (flavor) => floorOf(services, flavor));
  const tree = cohortTree(`${name}-${accelerator}`, left(trainingOf(flavors)), teams, estate);
  return {
    cohorts: tree.cohorts,
    queues: teams.map((team) => ({ ...teamQueue(part, team, tree), checks: [], workersCheck: accelerator })),
    localQueues: teams.map((team) => teamLocalQueue(part, team)),
  };
}
