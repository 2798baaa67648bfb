import { Construct } from 'constructs';
import { ContainerengineNodePool } from '../../.gen/providers/oci/containerengine-node-pool';
import { CoreComputeGpuMemoryCluster } from '../../.gen/providers/oci/core-compute-gpu-memory-cluster';
import type { OracleMachine } from '../../estate/catalog/oracle';
import { type ITerraformDependable, Token } from '../cdktf';
import type { Capacity } from './capacity';
import type { Cluster } from './cluster';
import type { IFabric } from './fabric';
import { resourceTags, type TagOptions, tagArguments } from './names';
import { nodeUserData } from './node-bootstrap';
import { bootVolumeGB, cyclingOf, kubeletArguments, type NodeTaint, nodeLabels, releaseOf } from './node-settings';
import { NodeTemplate } from './node-template';

/** Properties of a node pool without its cluster. */
export interface NodePoolOptions extends TagOptions {
  readonly name: string;
  readonly machine: OracleMachine;
  /** Nodes in service. */
  readonly nodeCount: number;
  /** Availability domain. */
  readonly zone: string;
  /** Availability domains that nodes are spread over besides; machines without RDMA only. @default - none */
  readonly furtherZones?: readonly string[];
  /**
   * Kubernetes version of its nodes, such as `1.35`. OKE lets it lie behind the cluster, and never ahead of it.
   *
   * @default that of the cluster
   */
  readonly version?: string;
  /** Image OCID, of the machine's architecture; Ubuntu for machines with RDMA. */
  readonly image: string;
  readonly capacity: Capacity;
  /** RDMA network; machines that have one need it. @default - none */
  readonly fabric?: IFabric;
  /** Instance configuration of rack machines, shared by the racks of a pool. @default - one of its own */
  readonly template?: NodeTemplate;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - those that OKE gives to nodes with accelerators */
  readonly taints?: readonly NodeTaint[];
}

/** Properties of {@link NodePool}. */
export interface NodePoolProps extends NodePoolOptions {
  readonly cluster: Cluster;
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
  public readonly name: string;
  /** OCID of the node pool or of the GPU memory cluster. */
  public readonly nodePoolId: string;
  /** What other resources wait for when they need its nodes. */
  public readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    checkNodeCount(props);
    checkCapacity(props);
    checkPlacement(props);
    this.name = props.name;
    const pool =
      props.machine.attachment === 'gpu-memory-cluster' ? this.addGpuMemoryCluster(props) : this.addManagedPool(props);
    this.nodePoolId = pool.id;
    this.dependable = pool;
  }

  private addGpuMemoryCluster(props: NodePoolProps): CoreComputeGpuMemoryCluster {
    const { cluster, capacity } = props;
    if (props.nodeCount > props.machine.scaleUpNodes) {
      throw new Error(
        `a rack of ${props.machine.type} has ${props.machine.scaleUpNodes} nodes, got nodeCount ${props.nodeCount}; ` +
          'make one pool for each rack',
      );
    }
    const template = props.template ?? new NodeTemplate(this, 'template', props);
    return new CoreComputeGpuMemoryCluster(this, 'Resource', {
      compartmentId: cluster.compartmentId,
      availabilityDomain: props.zone,
      computeClusterId: requireFabric(props).computeClusterId,
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
      ...(capacity.protected && { lifecycle: { preventDestroy: true } }),
    });
  }

  private addManagedPool(props: NodePoolProps): ContainerengineNodePool {
    const { cluster, capacity, machine } = props;
    const timeout = `${timeoutHours(props)}h`;
    const { subnetId } = cluster.subnetFor(props.nodeCount);
    const release = props.version === undefined ? cluster.release : releaseOf(props.version);
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
        bootVolumeSizeInGbs: String(bootVolumeGB(machine)),
      },
      nodeConfigDetails: {
        size: props.nodeCount,
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
        // No defined tags: nodes get the defaults that the compartment has when they start.
        freeformTags: resourceTags(props.tags),
      },
      nodeMetadata: {
        user_data: nodeUserData({ machine, release, joinedBy: 'oke' }),
        areLegacyImdsEndpointsDisabled: 'true',
        ...kubeletArguments(props.taints),
      },
      initialNodeLabels: nodeLabels(props.labels),
      nodeEvictionNodePoolSettings: { evictionGraceDuration: 'PT1H', isForceDeleteAfterGraceDuration: false },
      ...tagArguments(props),
      nodePoolCyclingDetails: cycling,
      // Ten rounds at most, in each of which nodes may take their hour to be evicted.
      timeouts: { create: timeout, update: cycling === undefined ? timeout : '15h', delete: timeout },
      ...(capacity.protected && machine.accelerators > 0 && { lifecycle: { preventDestroy: true } }),
    });
  }
}

function checkNodeCount({ name, nodeCount }: NodePoolProps): void {
  if (Token.isUnresolved(nodeCount) || (Number.isInteger(nodeCount) && nodeCount >= 0)) return;
  throw new Error(`pool "${name}" has nodeCount ${nodeCount}; use a whole number from 0`);
}

/** Whole hosts take half an hour for each 20 of them; the provider would give up after 50 minutes. */
function timeoutHours({ machine, nodeCount }: NodePoolProps): number {
  return machine.tenancy === 'bare-metal' ? Math.max(2, Math.ceil(nodeCount / 40)) : 2;
}

function requireFabric({ fabric, machine }: NodePoolProps): IFabric {
  if (fabric === undefined) {
    throw new Error(
      `${machine.type} needs its RDMA network: give fabric, shared by the pools of an availability domain`,
    );
  }
  return fabric;
}

/** A pool can only ask for what the machine is sold as; a rack would ignore a reservation without a word. */
function checkCapacity({ machine, capacity }: NodePoolProps): void {
  if (machine.capacity.includes(capacity.kind)) return;
  throw new Error(`${machine.type} is not sold as "${capacity.kind}"; use ${machine.capacity.join(', ')}`);
}

/** Reservations and RDMA networks belong to one availability domain. */
function checkPlacement(props: NodePoolProps): void {
  if (props.machine.attachment === 'none') {
    if (props.fabric === undefined) {
      if (props.capacity.reservationId === undefined || !props.furtherZones?.length) return;
      throw new Error('a capacity reservation lies in one availability domain; leave furtherZones out');
    }
    throw new Error(`${props.machine.type} has no RDMA network, so its pool takes no fabric; leave it out`);
  }
  if (props.furtherZones !== undefined && props.furtherZones.length > 0) {
    throw new Error(`${props.machine.type} has an RDMA network, which ends at its availability domain; use zone alone`);
  }
  const { zone } = requireFabric(props);
  if (zone !== props.zone) {
    throw new Error(
      `the fabric lies in ${zone} and the pool in ${props.zone}; both must be in one availability domain`,
    );
  }
}
