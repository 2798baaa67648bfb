import type { CapacityKind, Cloud, MachineBase, Sourced } from './types';

/** A taint that nodes have without that an estate file says so. */
export interface NodeTaintRow extends Sourced {
  /** @default every cloud */
  readonly cloud?: Cloud;
  /** Which nodes have it, as part of a sentence. */
  readonly nodes: string;
  readonly fits: (machine: MachineBase, capacity: CapacityKind, isQueued: boolean) => boolean;
  /** Key of the taint; jobs tolerate it with every value. */
  readonly key: (machine: MachineBase) => string;
  readonly effect: 'NoSchedule';
}

const checked = '2026-11';

/** Taints that stacks and clouds give to nodes, besides those of the estate file. */
export const NODE_TAINTS: readonly NodeTaintRow[] = [
  {
    nodes: 'with accelerators',
    fits: ({ resourceName }) => resourceName !== undefined,
    key: ({ resourceName = '' }) => resourceName,
    effect: 'NoSchedule',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/gpus',
    checked,
  },
  {
    cloud: 'azure',
    nodes: 'of spot pools',
    fits: (_, capacity) => capacity === 'spot',
    key: () => 'kubernetes.azure.com/scalesetpriority',
    effect: 'NoSchedule',
    source: 'https://learn.microsoft.com/azure/aks/spot-node-pool',
    checked,
  },
  {
    cloud: 'google',
    nodes: 'with Arm processors',
    fits: ({ architecture }) => architecture === 'arm64',
    key: () => 'kubernetes.io/arch',
    effect: 'NoSchedule',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/prepare-arm-workloads-for-deployment',
    checked,
  },
  {
    cloud: 'google',
    nodes: 'that are waited for in a queue',
    fits: (_, capacity, isQueued) => capacity === 'flex-start' && isQueued,
    key: () => 'cloud.google.com/gke-queued',
    effect: 'NoSchedule',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/provisioningrequest',
    checked,
    unverified: 'that all of them have it; to tolerate it where it is not does nothing',
  },
  {
    cloud: 'google',
    nodes: 'of spot pools',
    fits: (_, capacity) => capacity === 'spot',
    key: () => 'cloud.google.com/gke-spot',
    effect: 'NoSchedule',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/spot-vms',
    checked,
    unverified: 'that GKE gives it by itself; to tolerate it where it is not does nothing',
  },
];

/** Taints of the nodes of a pool that the estate file does not say. */
export function nodeTaints(
  cloud: Cloud,
  machine: MachineBase,
  capacity: CapacityKind,
  isQueued: boolean,
): readonly { readonly key: string; readonly effect: 'NoSchedule' }[] {
  return NODE_TAINTS.filter(
    (row) => (row.cloud === undefined || row.cloud === cloud) && row.fits(machine, capacity, isQueued),
  ).map(({ key, effect }) => ({ key: key(machine), effect }));
}
