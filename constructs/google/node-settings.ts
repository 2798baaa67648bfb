import type { ContainerNodePoolNodeConfig } from '@cdktf/provider-google/lib/container-node-pool';
import type { IConstruct } from 'constructs';
import type { GoogleMachine } from '../../estate/catalog/google';
import type { Tags } from '../../estate/units';
import type { Taint } from '../kubernetes';
import type { Capacity } from './capacity';
import { resourceTags } from './names';

/** What nodes of a pool are made with. */
export interface NodeSettings {
  /** Their machine. */
  readonly machine: GoogleMachine;
  /** How they are obtained. */
  readonly capacity: Capacity;
  /** Address of the service account that they run as. */
  readonly serviceAccount: string;
  /** Key of their boot disks. @default - that of Google */
  readonly bootDiskKeyId?: string;
  /** Whether they wait for each other in a queue. */
  readonly queued: boolean;
  /** Kubernetes labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints besides the one of the accelerator. @default - none */
  readonly taints?: readonly Taint[];
  /** Labels of the machines. @default - none */
  readonly tags?: Tags;
}

const EFFECTS = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
} as const;

/** Whether a machine has no accelerator. */
export function isCpu(machine: GoogleMachine): boolean {
  return machine.accelerator === undefined;
}

/** Nodes as the provider takes them. */
export function nodeConfig(scope: IConstruct, settings: NodeSettings): ContainerNodePoolNodeConfig {
  const { machine, capacity, labels, taints = [], queued } = settings;
  const accelerator: readonly Taint[] =
    machine.taintKey === undefined ? [] : [{ key: machine.taintKey, value: 'present', effect: 'NoSchedule' }];
  return {
    machineType: machine.type,
    imageType: 'COS_CONTAINERD',
    diskType: machine.bootDisk.type,
    diskSizeGb: machine.bootDisk.sizeGB,
    bootDiskKmsKey: settings.bootDiskKeyId,
    serviceAccount: settings.serviceAccount,
    oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
    metadata: { 'disable-legacy-endpoints': 'true' },
    workloadMetadataConfig: { mode: 'GKE_METADATA' },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    gvnic: { enabled: true },
    ...(machine.gpu && {
      guestAccelerator: [
        {
          type: machine.gpu.type,
          count: machine.accelerators,
          gpuDriverInstallationConfig: { gpuDriverVersion: machine.gpu.driver },
        },
      ],
    }),
    ...localSsd(machine),
    ...(machine.hugePages2MiB && {
      linuxNodeConfig: { hugepagesConfig: { hugepageSize2M: machine.hugePages2MiB } },
    }),
    // Setting any of these without the quota would turn the quota off on older control planes.
    kubeletConfig: {
      cpuCfsQuota: true,
      cpuManagerPolicy: isCpu(machine) ? 'none' : 'static',
      insecureKubeletReadonlyPortEnabled: 'FALSE',
    },
    ...labelsOf({ ...machine.nodeLabels, ...labels, ...(queued && { 'cloud.google.com/gke-queued': 'true' }) }),
    taint: [...accelerator, ...taints].map(({ key, value, effect }) => ({ key, value, effect: EFFECTS[effect] })),
    resourceLabels: resourceTags(scope, settings.tags),
    // Always said: what the API fills in for a gap would replace the pool.
    reservationAffinity: capacity.reservationAffinity,
    ...(capacity.kind === 'spot' && { spot: true }),
    ...(capacity.kind === 'flex-start' && { flexStart: true, maxRunDuration: capacity.maxRunDuration }),
  };
}

/** The API answers no labels with nothing, which would be a difference to an empty map. */
function labelsOf(labels: Readonly<Record<string, string>>) {
  return Object.keys(labels).length === 0 ? {} : { labels };
}

function localSsd({ localSsd: disks }: GoogleMachine) {
  if (disks === undefined) return {};
  const config = { localSsdCount: disks.count };
  return disks.use === 'block' ? { localNvmeSsdBlockConfig: config } : { ephemeralStorageLocalSsdConfig: config };
}
