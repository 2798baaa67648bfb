import { ContainerNodePool, type ContainerNodePoolNodeConfig } from '@cdktf/provider-google/lib/container-node-pool';
import { Construct } from 'constructs';
import { GOOGLE_RELEASE, type GoogleMachine } from '../../estate/catalog/google';
import type { Tags } from '../../estate/units';
import { Token } from '../cdktf';
import { setNewer } from '../newer-arguments';
import type { Capacity } from './capacity';
import type { ICluster } from './cluster';
import type { IFabric } from './fabric';
import { LIMITS, physicalName, resourceTags } from './names';
import { protect } from './protection';

/** A Kubernetes taint of nodes. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Properties of a `NodePool`, without its cluster. */
export interface NodePoolOptions {
  /** Name of the pool, unique in its cluster. */
  readonly name: string;
  readonly machine: GoogleMachine;
  /** Nodes in all zones together; for flex-start the most that may run. */
  readonly nodeCount: number;
  readonly zone: string;
  /** Further zones of a pool of CPU machines, each with the same number of nodes. @default none */
  readonly alsoZones?: readonly string[];
  /** Data networks of the nodes. @default none; machines with a fabric need it */
  readonly fabric?: IFabric;
  readonly capacity: Capacity;
  /** Kubernetes labels, which nodes get in place. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints besides the one of the accelerator. @default none */
  readonly taints?: readonly Taint[];
  /**
   * Release that the nodes run, such as `1.35.3-gke.1389000`: whole, since GKE answers with whole ones.
   *
   * @default that of the cluster at creation, afterwards what the release channel chooses
   */
  readonly version?: string;
  /** Slice topology, such as `4x4x4`. @default none; TPU machines need it */
  readonly topology?: string;
  /** @default no labels */
  readonly tags?: Tags;
}

/** Properties of a `NodePool`. */
export interface NodePoolProps extends NodePoolOptions {
  readonly cluster: ICluster;
}

const EFFECTS = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
} as const;

/** A GKE node pool: an NVL72 rack, a TPU slice, the nodes of one RDMA domain, or CPU nodes. */
export class NodePool extends Construct {
  readonly nodePoolName: string;
  readonly nodeCount: number;
  readonly machine: GoogleMachine;
  private readonly zones: readonly string[];

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    this.nodePoolName = physicalName([props.name], LIMITS.nodePool);
    this.nodeCount = props.nodeCount;
    this.machine = props.machine;
    this.zones = [props.zone, ...(props.alsoZones ?? [])];
    this.check(props);
    props.cluster.admit(props.machine, props.nodeCount);

    const { cluster, machine, capacity } = props;
    const placement = this.placementOf(props);
    const flex = capacity.kind === 'flex-start';
    const queued = flex && machine.placement?.kind !== 'slice';
    const pool = new ContainerNodePool(this, 'Resource', {
      name: this.nodePoolName,
      cluster: cluster.clusterName,
      project: cluster.projectId,
      location: cluster.region,
      nodeLocations: [...this.zones],
      ...this.size(flex, queued),
      maxPodsPerNode: machine.podsPerNode,
      // Flex-start nodes are replaced by asking for new ones. A cluster of a release channel refuses pools that are never
      // upgraded; its maintenance exclusion keeps nodes as they are under their job.
      management: { autoRepair: !flex, autoUpgrade: true },
      // A full reservation has no node to surge to.
      ...(!flex && { upgradeSettings: { strategy: 'SURGE', ...(isCpu(machine) ? SURGE : NO_SURGE) } }),
      ...(queued && { queuedProvisioning: { enabled: true } }),
      ...(placement && { placementPolicy: placement.policy }),
      networkConfig: {
        enablePrivateNodes: true,
        additionalNodeNetworkConfigs: props.fabric?.nodeInterfaces.map((nodeInterface) => ({ ...nodeInterface })),
      },
      nodeConfig: this.nodeConfig(props, queued),
      timeouts: { create: '180m', update: '180m', delete: '180m' },
      ...(props.version !== undefined && { version: props.version }),
      lifecycle: {
        // What the API fills in itself; a difference in the disks would replace the pool.
        ignoreChanges: [
          'initial_node_count',
          ...(props.version === undefined ? ['version'] : []),
          'node_config[0].ephemeral_storage_local_ssd_config',
          'node_config[0].local_nvme_ssd_block_config',
        ],
      },
      dependsOn: [
        ...cluster.dependables,
        ...(props.fabric?.dependables ?? []),
        ...capacity.dependables,
        ...(placement?.dependables ?? []),
      ],
    });
    if (capacity.retained) {
      protect(pool);
      props.fabric?.retain();
    }
    setNewer(pool, 'google_container_node_pool', {
      ...(flex && { ignore_node_count_changes: true }),
      ...(machine.gpu && {
        'node_config.kubelet_config.topology_manager': { policy: 'best-effort', scope: 'pod' },
      }),
    });
  }

  private check({ cluster, machine, nodeCount, zone, fabric, capacity, topology, version }: NodePoolProps): void {
    const fail = (problem: string): never => {
      throw new Error(`node pool "${this.nodePoolName}" (${machine.type}): ${problem}`);
    };
    if (!machine.capacity.includes(capacity.kind)) {
      fail(`capacity is "${capacity.kind}", the machine is had by ${machine.capacity.join(', ')}`);
    }
    if (version !== undefined && !Token.isUnresolved(version) && !GOOGLE_RELEASE.pattern.test(version)) {
      fail(`version is "${version}", nodes are kept at a whole release, such as ${GOOGLE_RELEASE.example}`);
    }
    const counted = !Token.isUnresolved(nodeCount);
    if (counted && !(Number.isInteger(nodeCount) && nodeCount >= 0)) {
      fail(`nodeCount is ${nodeCount}, it must be a whole number`);
    }
    if (counted && nodeCount % this.zones.length !== 0) {
      fail(`${nodeCount} nodes do not spread evenly over ${this.zones.length} zones`);
    }
    if (!counted && this.zones.length > 1)
      fail('nodeCount is known after apply only, so it cannot be spread over zones');
    if (this.zones.length > 1 && !isCpu(machine)) fail('accelerators are placed in exactly one zone: drop the others');
    const abroad = this.zones.find((one) => isOutside(one, cluster.region));
    if (abroad !== undefined) fail(`zone "${abroad}" is not in ${cluster.region}, where its cluster is`);
    if (counted && machine.placement?.kind === 'rack' && nodeCount > machine.scaleUpNodes) {
      fail(`${nodeCount} nodes are more than a rack of ${machine.scaleUpNodes}: make one pool for each rack`);
    }
    if (machine.placement?.kind === 'slice') {
      const chips = topology?.split('x').reduce((product, side) => product * Number(side), 1);
      if (topology === undefined || machine.topologies?.includes(topology) !== true) {
        fail(`topology is "${topology ?? ''}", allowed are ${machine.topologies?.join(', ')}`);
      }
      if (counted && chips !== nodeCount * machine.accelerators) {
        fail(`a slice ${topology} has ${(chips ?? 0) / machine.accelerators} nodes, got ${nodeCount}`);
      }
    } else if (topology !== undefined) fail(`topology "${topology}" is only for machines that come in slices`);
    if ((machine.fabric === undefined) !== (fabric === undefined)) {
      fail(machine.fabric === undefined ? 'the machine joins no fabric, got one' : 'the machine needs a fabric');
    }
    if (fabric !== undefined && fabric.zone !== zone && ![fabric.zone, zone].some((one) => Token.isUnresolved(one)))
      fail(`fabric is in zone ${fabric.zone}, the pool in ${zone}`);
    if (fabric?.layout.name !== machine.fabric?.name) {
      fail(`fabric has layout ${fabric?.layout.name}, the machine needs ${machine.fabric?.name}`);
    }
  }

  private size(flex: boolean, queued: boolean) {
    if (!flex) return { nodeCount: this.zones.length === 1 ? this.nodeCount : this.nodeCount / this.zones.length };
    // TPU slices take limits of each zone, everything else limits of the pool.
    const autoscaling = queued
      ? { totalMinNodeCount: 0, totalMaxNodeCount: this.nodeCount, locationPolicy: 'ANY' }
      : { minNodeCount: 0, maxNodeCount: this.nodeCount, locationPolicy: 'ANY' };
    return { autoscaling };
  }

  private placementOf({ machine, cluster, topology, nodeCount }: NodePoolProps) {
    const { placement } = machine;
    // Hosts of a single-host slice stand alone.
    if (placement === undefined || (placement.kind === 'slice' && nodeCount === 1)) return undefined;
    const slice = placement.kind === 'slice' ? topology : undefined;
    const wanted = placement.kind === 'rack' ? placement.topology : placement.workloadPolicy ? topology : undefined;
    const policy = wanted === undefined ? undefined : cluster.workloadPolicy(wanted);
    return {
      policy: { type: 'COMPACT', policyName: policy?.policyName, tpuTopology: slice },
      dependables: policy?.dependables ?? [],
    };
  }

  private nodeConfig(props: NodePoolProps, queued: boolean): ContainerNodePoolNodeConfig {
    const { machine, cluster, capacity, labels, taints = [] } = props;
    const accelerator: readonly Taint[] =
      machine.taintKey === undefined ? [] : [{ key: machine.taintKey, value: 'present', effect: 'NoSchedule' }];
    return {
      machineType: machine.type,
      imageType: 'COS_CONTAINERD',
      diskType: machine.bootDisk.type,
      diskSizeGb: machine.bootDisk.sizeGB,
      bootDiskKmsKey: cluster.encryptionKey.keyId,
      serviceAccount: cluster.nodeServiceAccount,
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
      resourceLabels: resourceTags(props.tags),
      // Always said: what the API fills in for a gap would replace the pool.
      reservationAffinity: capacity.reservationAffinity,
      ...(capacity.kind === 'spot' && { spot: true }),
      ...(capacity.kind === 'flex-start' && { flexStart: true, maxRunDuration: capacity.maxRunDuration }),
    };
  }
}

const SURGE = { maxSurge: 1, maxUnavailable: 0 } as const;
const NO_SURGE = { maxSurge: 0, maxUnavailable: 1 } as const;

/** The API answers no labels with nothing, which would be a difference to an empty map. */
function labelsOf(labels: Readonly<Record<string, string>>) {
  return Object.keys(labels).length === 0 ? {} : { labels };
}

function isOutside(zone: string, region: string): boolean {
  return !Token.isUnresolved(zone) && !Token.isUnresolved(region) && !zone.startsWith(`${region}-`);
}

function isCpu(machine: GoogleMachine): boolean {
  return machine.accelerator === undefined;
}

function localSsd({ localSsd: disks }: GoogleMachine) {
  if (disks === undefined) return {};
  const config = { localSsdCount: disks.count };
  return disks.use === 'block' ? { localNvmeSsdBlockConfig: config } : { ephemeralStorageLocalSsdConfig: config };
}
