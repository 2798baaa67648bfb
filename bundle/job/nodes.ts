import { fabricDevices } from '../../estate/catalog/acceptance-fabrics';
import { RESERVED, reservedOf } from '../../estate/catalog/allocatable';
import { MACHINE_LABELS, machineLabels } from '../../estate/catalog/machine-labels';
import type { FlavorPlan, TopologyPlan } from '../../estate/plan/queue/types';
import { NODE_LABELS } from '../../estate/spec/node-labels';
import type { PlacedNode } from './domains';
import { nodeMatches } from './node-match';
import type { NodeWish, Requests } from './types';

/** The label of the lowest level of topologies, whose value is the name of the node. */
export const HOSTNAME = 'kubernetes.io/hostname';

/**
 * Where nodes lie in levels that only the cloud knows: `together`, all in one domain, or `apart`, each group, or where a
 * group has no level of its own each node, in one of its own. What is so in both is so wherever the cloud puts them.
 */
export type Layout = 'together' | 'apart';

/** Whether the plan knows where each node lies in a level. */
export function isKnownLevel(key: string): boolean {
  return key === NODE_LABELS.group || key === HOSTNAME;
}

/** What pods can have of a node of a flavor. */
export function roomOf(flavor: FlavorPlan): Requests {
  const { accelerators, vcpus, memoryGiB, pods = 110 } = flavor.perNode;
  const row = RESERVED[flavor.cloud];
  const kept = (row.memoryMiB + (row.memoryPerPodMiB ?? 0) * pods) / 1024;
  const memory = memoryGiB === undefined ? undefined : memoryGiB - reservedOf(memoryGiB, row.memory) - kept;
  return {
    ...(vcpus !== undefined && { cpu: vcpus * 1000 - Math.ceil(reservedOf(vcpus, row.cpu)) }),
    ...(memory !== undefined && { memory: Math.max(0, Math.floor(memory * 1024)) * 2 ** 20 }),
    pods,
    ...(accelerators > 0 && { [flavor.resource]: accelerators }),
    ...fabricDevices(flavor.cloud, flavor.machine),
  };
}

/** Labels of nodes of a group that the plan knows. */
function labelsOf(flavor: FlavorPlan, group: string): Readonly<Record<string, string>> {
  return {
    'kubernetes.io/arch': flavor.architecture === 'arm64' ? 'arm64' : 'amd64',
    'kubernetes.io/os': 'linux',
    ...machineLabels(flavor.cloud, flavor.machine),
    ...flavor.nodeLabels,
    [NODE_LABELS.group]: group,
  };
}

/** Whether any node of a flavor may have labels as a pod wants them, by what the plan knows of it. */
export function mayHaveNodes(flavor: FlavorPlan, wish: NodeWish): boolean {
  return flavor.groups.some(({ id }) => nodeMatches(labelsOf(flavor, id), wish) === undefined);
}

/** The nodes of a flavor that are in service, with the labels that they have whatever the cloud adds. */
export function nodesOf(flavor: FlavorPlan, topology: TopologyPlan, layout: Layout): readonly PlacedNode[] {
  const room = roomOf(flavor);
  const hasGroups = topology.levels.some(({ key }) => key === NODE_LABELS.group);
  return flavor.groups.flatMap((group) =>
    Array.from({ length: group.nodes }, (_, index): PlacedNode => {
      const name = `${group.id}-${String(index).padStart(5, '0')}`;
      const apart = hasGroups ? group.id : name;
      const known: Readonly<Record<string, string>> = { ...labelsOf(flavor, group.id), [HOSTNAME]: name };
      const values = topology.levels.map(({ key }) => known[key] ?? (layout === 'together' ? flavor.shard : apart));
      const levels = Object.fromEntries(topology.levels.map(({ key }, level) => [key, values[level] ?? '']));
      return { name, group: group.id, values, labels: { ...levels, ...known }, room };
    }),
  );
}

/** Labels of nodes whose values the plan knows. */
export const KNOWN_LABELS: readonly string[] = [
  'kubernetes.io/arch',
  'kubernetes.io/os',
  ...MACHINE_LABELS.map(({ key }) => key),
  ...Object.values(NODE_LABELS),
];
