import { Construct } from 'constructs';
import { ContainerengineNodePool } from '../../.gen/providers/oci/containerengine-node-pool';
import { CoreComputeGpuMemoryCluster } from '../../.gen/providers/oci/core-compute-gpu-memory-cluster';
import { type OracleMachine, oracleBootVolumeGB } from '../../estate/catalog/oracle';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError, type ConstructErrorCode } from '../errors';
import type { Taint } from '../kubernetes';
import { checkCount, checkNodeRange } from '../terraform-checks';
import type { Capacity } from './capacity';
import { checkName, checkTags, checkZone } from './checks';
import type { ICluster } from './cluster-attributes';
import type { IFabric } from './fabric';
import { type DefinedTags, definedTags, resourceTags, type TagOptions, tagArguments } from './names';
import { nodeUserData } from './node-bootstrap';
import { cyclingOf, kubeletArguments, nodeLabels, releaseOf } from './node-settings';
import { NodeTemplate } from './node-template';

/** Options of a {@link NodePool} whose cluster is known. */
export interface NodePoolOptions extends TagOptions {
  /** Name of the pool. */
  readonly name: string;
  /** Machine type of its nodes. */
  readonly machine: OracleMachine;
  /** Nodes in service; of a pool that an autoscaler sizes the most. */
  readonly nodeCount: number;
  /**
   * Fewest nodes: an {@link Autoscaler} then runs as many as pods ask for, and an apply leaves how many run alone. For
   * managed pools of capacity that is not held.
   *
   * @default - nothing scales the pool
   */
  readonly minNodeCount?: number;
  /** Availability domain. */
  readonly zone: string;
  /** Availability domains that nodes are spread over besides; machines without RDMA only. @default - none */
  readonly furtherZones?: readonly string[];
  /**
   * Kubernetes version of its nodes, such as `1.35`. OKE lets it lie behind the cluster, and never ahead of it.
   *
   * @default - that of the cluster
   */
  readonly version?: string;
  /** Image OCID, of the machine's architecture; Ubuntu for machines with RDMA. */
  readonly image: string;
  /** How its machines are obtained. */
  readonly capacity: Capacity;
  /** RDMA network; machines that have one need it. @default - none */
  readonly fabric?: IFabric;
  /** Instance configuration of rack machines, shared by the racks of a pool. @default - one of its own */
  readonly template?: NodeTemplate;
  /** Kubernetes labels of its nodes. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of its nodes. @default - those that OKE gives to nodes with accelerators */
  readonly taints?: readonly Taint[];
  /**
   * Defined tags of its nodes, such as one that a dynamic group knows them by; those that run keep what they started with.
   *
   * @default - those that their compartment has by default
   */
  readonly nodeTags?: DefinedTags;
  /** Whether Terraform refuses to destroy it. @default - true for accelerators of capacity that is held */
  readonly deletionProtection?: boolean;
}

/** Options of a {@link NodePool}. */
export interface NodePoolProps extends NodePoolOptions {
  /** Cluster that its nodes join. */
  readonly cluster: ICluster;
}

/**
 * Nodes of one machine type that are provisioned as one.
 *
 * Rack machines become a GPU memory cluster whose nodes join by themselves, since managed pools do not take them; all
 * other machines become a managed node pool, in a compute cluster where they have RDMA. Nodes with accelerators keep the
 * image, Kubernetes version, labels and taints that they started with: a change reaches those that start after it. CPU
 * nodes are replaced by it, a tenth at a time.
 */
export class NodePool extends Construct {
  /** Name of the pool. */
  readonly nodePoolName: string;
  /** OCID of the node pool or of the GPU memory cluster. */
  readonly nodePoolId: string;
  /** Fewest and most nodes; none where nothing scales it. */
  readonly range?: { readonly min: number; readonly max: number };
  /** What other resources wait for when they need its nodes. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `CapacityUnsupported`, `CountInvalid`, `FabricMismatch`, `NameInvalid`, `TagInvalid`,
   * `VersionInvalid` or `ZoneUnknown` when Oracle Cloud has no such nodes
   */
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    check(this, props);
    this.nodePoolName = props.name;
    if (props.minNodeCount !== undefined) this.range = { min: props.minNodeCount, max: props.nodeCount };
    const pool =
      props.machine.attachment === 'gpu-memory-cluster' ? this.addGpuMemoryCluster(props) : this.addManagedPool(props);
    this.nodePoolId = pool.id;
    this.dependables = [pool];
    props.cluster.admit(props.machine, props.nodeCount);
  }

  private addGpuMemoryCluster(props: NodePoolProps): CoreComputeGpuMemoryCluster {
    const { cluster, capacity } = props;
    const template = props.template ?? new NodeTemplate(this, 'template', props);
    return new CoreComputeGpuMemoryCluster(this, 'Resource', {
      compartmentId: cluster.compartmentId,
      availabilityDomain: props.zone,
      computeClusterId: requireFabric(this, props).computeClusterId,
      instanceConfigurationId: template.instanceConfigurationId,
      gpuMemoryFabricId: capacity.dedicatedId,
      displayName: props.name,
      ...tagArguments(props),
      // Every update sends both sizes: a size that is left out is sent as it was, which asks for the rack as it was.
      size: String(props.nodeCount),
      // The service replaces failed hosts up to this size, so spares are what it leaves free in the rack. It has to
      // go down too: else a rack that is to keep more spares would keep its hosts without a word.
      gpuMemoryClusterScaleConfig: {
        isUpsizeEnabled: true,
        isDownsizeEnabled: true,
        targetSize: String(props.nodeCount),
      },
      timeouts: { create: '3h', update: '3h', delete: '3h' },
      ...(isProtected(props) && { lifecycle: { preventDestroy: true } }),
    });
  }

  private addManagedPool(props: NodePoolProps): ContainerengineNodePool {
    const { cluster, capacity, machine } = props;
    const timeout = `${timeoutHours(props)}h`;
    const { subnetId } = cluster.subnetFor(props.nodeCount);
    const release = props.version === undefined ? cluster.release : releaseOf(this, props.version);
    const cycling = cyclingOf(machine, props.nodeCount, capacity.reservationId !== undefined);
    return new ContainerengineNodePool(this, 'Resource', {
      clusterId: cluster.clusterId,
      compartmentId: cluster.compartmentId,
      name: props.name,
      kubernetesVersion: release,
      nodeShape: machine.type,
      ...(machine.flexible && { nodeShapeConfig: { ocpus: machine.ocpus, memoryInGbs: machine.memoryGiB } }),
      nodeSourceDetails: {
        sourceType: 'IMAGE',
        imageId: props.image,
        bootVolumeSizeInGbs: String(oracleBootVolumeGB(machine)),
      },
      nodeConfigDetails: {
        size: props.minNodeCount ?? props.nodeCount,
        computeClusterId: props.fabric?.computeClusterId,
        nsgIds: [cluster.nodesGroup.groupId],
        kmsKeyId: cluster.encryptionKey?.keyId,
        // Whole hosts attach their volumes over iSCSI, which has no encryption in transit to turn on.
        isPvEncryptionInTransitEnabled: machine.tenancy === 'virtual-machine',
        nodePoolPodNetworkOptionDetails: { cniType: 'FLANNEL_OVERLAY' },
        placementConfigs: [props.zone, ...(props.furtherZones ?? [])].map((availabilityDomain) => ({
          availabilityDomain,
          subnetId,
          capacityReservationId: capacity.reservationId,
          hostGroupId: capacity.dedicatedId,
          ...(capacity.kind === 'spot' && {
            preemptibleNodeConfig: { preemptionAction: { type: 'TERMINATE', isPreserveBootVolume: false } },
          }),
        })),
        // No cost tags: nodes get the defaults that the compartment has when they start.
        freeformTags: resourceTags(props.tags),
        ...(props.nodeTags && { definedTags: definedTags(props.nodeTags) }),
      },
      nodeMetadata: {
        user_data: nodeUserData({ machine, release, joinedBy: 'oke' }),
        areLegacyImdsEndpointsDisabled: 'true',
        ...kubeletArguments(props.taints),
      },
      initialNodeLabels: nodeLabels(props.labels),
      nodeEvictionNodePoolSettings: { evictionGraceDuration: 'PT1H', isForceDeleteAfterGraceDuration: false },
      ...tagArguments({ ...props, tags: { ...props.tags, ...rangeTag(this.range) } }),
      nodePoolCyclingDetails: cycling,
      // Ten rounds at most, in each of which nodes may take their hour to be evicted.
      timeouts: { create: timeout, update: cycling === undefined ? timeout : '15h', delete: timeout },
      ...((isProtected(props) || this.range !== undefined) && {
        lifecycle: {
          ...(isProtected(props) && { preventDestroy: true }),
          ...(this.range !== undefined && { ignoreChanges: ['node_config_details[0].size'] }),
        },
      }),
    });
  }
}

/** Whole hosts take half an hour for each 20 of them; the provider would give up after 50 minutes. */
function timeoutHours({ machine, nodeCount }: NodePoolProps): number {
  return machine.tenancy === 'bare-metal' ? Math.max(2, Math.ceil(nodeCount / 40)) : 2;
}

/** The range, told by the pool itself: the service keeps it with the autoscaler only. */
function rangeTag(range: NodePool['range']): Record<string, string> {
  return range === undefined ? {} : { nodes: `${range.min}-${range.max}` };
}

function isProtected({ deletionProtection, capacity, machine }: NodePoolProps): boolean {
  return deletionProtection ?? (capacity.held && machine.accelerators > 0);
}

function check(scope: Construct, props: NodePoolProps): void {
  const { name, machine, nodeCount, capacity, zone, furtherZones = [], cluster } = props;
  checkName(scope, name);
  checkTags(scope, props);
  checkCount(scope, `nodeCount of pool "${name}"`, nodeCount);
  checkNodeRange(scope, `pool "${name}"`, props);
  if (machine.attachment === 'gpu-memory-cluster' && nodeCount > machine.scaleUpNodes) {
    const what = `a rack of ${machine.type} has ${machine.scaleUpNodes} nodes, got nodeCount ${nodeCount}`;
    throw new ConstructError(scope, 'CountInvalid', `${what}; make one pool for each rack`);
  }
  // A pool can only ask for what the machine is sold as; a rack would ignore a reservation without a word.
  if (!machine.capacity.includes(capacity.kind)) {
    const what = `${machine.type} is not sold as "${capacity.kind}"; use ${machine.capacity.join(', ')}`;
    throw new ConstructError(scope, 'CapacityUnsupported', what);
  }
  if (machine.attachment === 'gpu-memory-cluster' && props.minNodeCount !== undefined) {
    const what = `${machine.type} comes in racks, which run whole; leave minNodeCount out`;
    throw new ConstructError(scope, 'CapacityUnsupported', what);
  }
  checkPlacement(scope, props);
  for (const one of [zone, ...furtherZones]) checkZone(scope, one, cluster.zones);
}

/** Reservations and RDMA networks belong to one availability domain. */
function checkPlacement(scope: Construct, props: NodePoolProps): void {
  const { machine, fabric, capacity, zone, furtherZones = [] } = props;
  const refuse = (code: ConstructErrorCode, what: string): never => {
    throw new ConstructError(scope, code, what);
  };
  if (machine.attachment === 'none') {
    if (fabric !== undefined) {
      refuse('FabricMismatch', `${machine.type} has no RDMA network, so its pool takes no fabric; leave it out`);
    }
    if (capacity.reservationId !== undefined && furtherZones.length > 0) {
      refuse('CapacityUnsupported', 'a capacity reservation lies in one availability domain; leave furtherZones out');
    }
    return;
  }
  if (furtherZones.length > 0) {
    const what = `${machine.type} has an RDMA network, which ends at its availability domain; use zone alone`;
    refuse('FabricMismatch', what);
  }
  const { zone: zoneOfFabric } = requireFabric(scope, props);
  if (zoneOfFabric === zone || Token.isUnresolved(zoneOfFabric) || Token.isUnresolved(zone)) return;
  const what = `the fabric lies in ${zoneOfFabric} and the pool in ${zone}; both must be in one availability domain`;
  refuse('FabricMismatch', what);
}

function requireFabric(scope: Construct, { fabric, machine }: NodePoolProps): IFabric {
  if (fabric !== undefined) return fabric;
  const way = 'give fabric, shared by the pools of an availability domain';
  throw new ConstructError(scope, 'FabricMismatch', `${machine.type} needs its RDMA network: ${way}`);
}
