import { perNode } from './quotas';
import type { FlavorPlan, FlavorQuotas, QueuePlan, QueueSet } from './types';

/** What queues and cohorts of a cluster have of a resource of a flavor together. */
export function totalOf({ queues, cohorts }: QueueSet, flavor: string, resource: string): number {
  const of = (flavors: readonly FlavorQuotas[]) =>
    flavors
      .filter((each) => each.flavor === flavor)
      .flatMap(({ quotas }) => quotas)
      .reduce((sum, quota) => (quota.resource === resource ? sum + quota.nominal : sum), 0);
  return [...queues.map(({ flavors }) => of(flavors)), ...cohorts.map(({ quotas }) => of(quotas))].reduce(
    (sum, each) => sum + each,
    0,
  );
}

/** What queues of a cluster never lend of a resource of a flavor. */
export function heldBack({ queues }: Pick<QueueSet, 'queues'>, flavor: string, resource: string): number {
  const quotas = queues.flatMap((queue) => queue.flavors.filter((each) => each.flavor === flavor));
  return quotas
    .flatMap((each) => each.quotas.filter((quota) => quota.resource === resource))
    .reduce((sum, { nominal, lending = nominal }) => sum + nominal - lending, 0);
}

/**
 * Refuses a queue whose quotas are not what the plan has: nothing of Kueue ties them to nodes, or those of the manager to
 * those of its workers, and a job that only the manager has room for waits for ever without a word.
 *
 * @throws Error, for this is no fault of an estate file
 */
export function checkSums({ manager, sets }: QueuePlan): void {
  const wrong = (flavor: FlavorPlan, resource: string, is: number, wanted: number, where: string) =>
    new Error(`quotas of ${resource} of ${flavor.name} in ${where} are ${is} and not ${wanted}`);
  const hub = sets.find(({ shard }) => shard === manager);
  for (const set of sets) {
    if (set === hub) continue;
    for (const flavor of set.flavors) {
      for (const resource of [flavor.resource, 'pods']) {
        const all = flavor.nodes * perNode(flavor, resource);
        const own = totalOf(set, flavor.name, resource);
        if (own !== all && hasUsers(set, flavor)) throw wrong(flavor, resource, own, all, set.shard);
        if (hub === undefined || !hub.flavors.includes(flavor) || !hasUsers(hub, flavor)) continue;
        const services = set.queues.filter(({ kind }) => kind === 'serving');
        const lent = all - heldBack({ queues: services }, flavor.name, resource);
        const sent = totalOf(hub, flavor.name, resource);
        if (sent !== lent) throw wrong(flavor, resource, sent, lent, hub.shard);
      }
    }
  }
}

/** Whether any queue has the flavor: one that no team may use has none on the manager. */
function hasUsers({ cohorts }: QueueSet, flavor: FlavorPlan): boolean {
  return cohorts.some(({ quotas }) => quotas.some((each) => each.flavor === flavor.name));
}
