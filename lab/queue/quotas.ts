import { perNode } from '../../bundle/acceptance/scene';
import type { QueueBed } from './bed';
import type { TriedEstate } from './estate';

interface QuotaObject {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly resourceGroups?: readonly {
      readonly flavors: readonly {
        readonly name: string;
        readonly resources: readonly {
          readonly name: string;
          readonly nominalQuota: string;
          readonly lendingLimit?: string;
        }[];
      }[];
    }[];
  };
}

interface NodeObject {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  readonly status: { readonly allocatable?: Readonly<Record<string, string>> };
}

const KUEUE = '/apis/kueue.x-k8s.io/v1beta2';

/** Quota of each flavor for one resource, over queues and cohorts of a cluster, as the server has it. */
export function sumQuotas(
  objects: readonly QuotaObject[],
  resourceOf: (flavor: string) => string | undefined,
): ReadonlyMap<string, { readonly nominal: number; readonly kept: number }> {
  const sums = new Map<string, { nominal: number; kept: number }>();
  for (const { spec } of objects) {
    for (const { name, resources } of spec.resourceGroups?.flatMap(({ flavors }) => flavors) ?? []) {
      const quota = resources.find((each) => each.name === resourceOf(name));
      if (quota === undefined) continue;
      const sum = sums.get(name) ?? { nominal: 0, kept: 0 };
      const nominal = Number(quota.nominalQuota);
      const kept = quota.lendingLimit === undefined ? 0 : nominal - Number(quota.lendingLimit);
      sums.set(name, { nominal: sum.nominal + nominal, kept: sum.kept + kept });
    }
  }
  return sums;
}

async function quotasOf(bed: QueueBed, shard: string, resourceOf: (flavor: string) => string | undefined) {
  const { api } = bed.cluster(shard);
  const objects = [
    ...(await api.items<QuotaObject>(`${KUEUE}/clusterqueues`)),
    ...(await api.items<QuotaObject>(`${KUEUE}/cohorts`)),
  ];
  return { sums: sumQuotas(objects, resourceOf), objects };
}

/** Where quotas of a cluster are not what its nodes offer, and those of the manager not what its workers have for teams. */
export async function quotaProblems(bed: QueueBed, { queue }: TriedEstate): Promise<string[]> {
  const problems: string[] = [];
  const forTeams = new Map<string, number>();
  for (const set of queue.sets.filter(({ role }) => role !== 'manager')) {
    const resources = new Map(set.flavors.map(({ name, resource }) => [name, resource]));
    const { sums, objects } = await quotasOf(bed, set.shard, (name) => resources.get(name));
    const nodes = await bed.cluster(set.shard).api.items<NodeObject>('/api/v1/nodes');
    const services = new Set(set.queues.filter(({ kind }) => kind === 'serving').map(({ name }) => name));
    const ofServices = sumQuotas(
      objects.filter(({ metadata }) => services.has(metadata.name)),
      (name) => resources.get(name),
    );
    for (const flavor of set.flavors) {
      const labelled = nodes.filter(({ metadata }) =>
        Object.entries(flavor.nodeLabels).every(([key, value]) => metadata.labels?.[key] === value),
      );
      const offered = labelled.length * perNode(flavor);
      const { nominal = 0 } = sums.get(flavor.name) ?? {};
      if (nominal !== offered) {
        problems.push(
          `${set.shard}: quotas of ${flavor.name} are ${nominal} ${flavor.resource}, its nodes offer ${offered}`,
        );
      }
      if (flavor.purpose === 'training') forTeams.set(flavor.name, nominal - (ofServices.get(flavor.name)?.kept ?? 0));
    }
  }
  if (queue.manager === undefined) return problems;
  const manager = queue.sets.find(({ role }) => role === 'manager');
  const resources = new Map(manager?.flavors.map(({ name, resource }) => [name, resource]));
  const { sums } = await quotasOf(bed, queue.manager, (name) => resources.get(name));
  for (const [flavor, expected] of forTeams) {
    const { nominal = 0 } = sums.get(flavor) ?? {};
    if (nominal !== expected)
      problems.push(`manager: quota of ${flavor} is ${nominal}, workers have ${expected} for teams`);
  }
  return problems;
}
