import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { Construct, type IConstruct } from 'constructs';
import type { AzureMachine } from '../../estate/catalog/azure';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { Grant } from '../grant';
import type { Taint } from '../kubernetes';
import { checkNodeRange } from '../terraform-checks';
import type { Capacity } from './capacity';
import { checkName, checkTags } from './checks';
import type { IFabric } from './fabric';
import { LIMITS, physicalName, resourceTags } from './names';
import { checkZone, type INetwork, type NetworkSubnet } from './network-attributes';
import { after, type IIdentity } from './role-assignment';

/** A cluster that pools, identities and mounts can be added to. */
export interface ICluster extends IConstruct {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Id of the cluster. */
  readonly clusterId: string;
  /** Minor version of Kubernetes; absent where it is not known here. */
  readonly version?: string;
  /** Issuer of the tokens of its service accounts, which identities trust. */
  readonly oidcIssuerUrl: string;
  /** Network that its nodes are in. */
  readonly network: INetwork;
  /** Subnet of its nodes. */
  readonly nodesSubnet: NetworkSubnet;
  /** Identity that its nodes act as, such as when they pull images; absent where it is not known here. */
  readonly kubeletIdentity?: IIdentity;
  /** What must exist before anything is added to it. */
  readonly dependables: readonly ITerraformDependable[];
  /** Adds machines; the id becomes part of the identity of the pool. */
  addNodePool(id: string, options: NodePoolOptions): NodePool;
  /**
   * Counts nodes of a pool that is being added.
   * @throws ConstructError with `TooMany` when the pods' range has no block for each of them
   */
  admitNodes(pool: IConstruct, nodeCount: number): void;
  /** Access of the cluster to the reservation of a capacity, which pools of it wait for. */
  reservationAccess(capacity: Capacity): Grant;
}

/** Options of a {@link NodePool}, without its cluster. */
export interface NodePoolOptions {
  /** Unique in the cluster; made to fit the 12 characters that AKS allows. A new name is a new pool. */
  readonly name: string;
  /** Machine type of its nodes. */
  readonly machine: AzureMachine;
  /** Nodes in service; of a pool that an autoscaler sizes the most. */
  readonly nodeCount: number;
  /**
   * Fewest nodes (`min_count`): the autoscaler of AKS then runs as many as pods ask for, and an apply leaves how many run
   * alone. For capacity that is not held.
   * @default - nothing scales the pool
   */
  readonly minNodeCount?: number;
  /**
   * The one zone that its machines are in.
   * @default - none, as in regions without zones
   */
  readonly zone?: string;
  /** How its machines are obtained. */
  readonly capacity: Capacity;
  /**
   * Kubernetes minor version of its nodes (`orchestrator_version`); a change replaces them a few at a time. AKS lets it
   * lie behind the cluster by a few minor versions, and never ahead of it.
   * @default - that of the cluster
   */
  readonly version?: string;
  /**
   * InfiniBand of the subscription, where this stack declares it.
   * @default - it is declared elsewhere
   */
  readonly fabric?: IFabric;
  /**
   * Nodes that an upgrade may take out of service at once, as a number or a percentage. There is no surge: it would ask
   * for machines that nobody has.
   * @default '10%'
   */
  readonly maxUnavailable?: string;
  /**
   * Labels of its nodes.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints besides that of the accelerator.
   * @default - none
   */
  readonly taints?: readonly Taint[];
  /**
   * Whether Terraform refuses to destroy it.
   * @default - true for capacity that is held
   */
  readonly deletionProtection?: boolean;
  /**
   * Tags of the pool and its machines.
   * @default - none
   */
  readonly tags?: Tags;
}

/** Options of a {@link NodePool}. */
export interface NodePoolProps extends NodePoolOptions {
  /** Cluster that the nodes join; an imported one too. */
  readonly cluster: ICluster;
}

const SPOT = 'kubernetes.azure.com/scalesetpriority';

/**
 * How long a pool may take. The provider makes pools of one subnet one after the other, and the wait of a pool counts as
 * its own: the last of a full cluster waits for all others. A day is four hours for itself, where Azure hands out racks
 * slowly, and twelve minutes for each of them; one takes about seven. Updates wait for nobody, but roll a whole pool.
 *
 * `locks.MultipleByID` after `timeouts.ForCreate` in `kubernetes_cluster_node_pool_resource.go` of azurerm 4.81.0.
 */
const TIMEOUTS = { create: '24h', update: '24h', delete: '4h' } as const;

/**
 * Machines of one type that AKS keeps as one scale set: one InfiniBand domain, or one NVL72 rack.
 *
 * At a change of machine, zone or kubelet settings AKS builds a pool anew beside the old one
 * (`temporary_name_for_rotation`), which needs its machines twice and stops what runs on them. Pools that a reservation
 * or a contract holds have no such name, so that the change fails at apply: it is a second pool with another name.
 *
 * Pools that share a subnet, as those of one cluster do, are made one after the other; its time to be made allows for that.
 *
 * GPU drivers, the device plugins behind `nvidia.com/gpu` or `amd.com/gpu` and `rdma/ib`, and local disks are set up by
 * the operators of the cluster; AKS installs none of them here.
 */
export class NodePool extends Construct {
  /** Name in Kubernetes (label `kubernetes.azure.com/agentpool`). */
  readonly nodePoolName: string;
  /** What must exist before anything runs on it. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `NameInvalid`, `ZoneUnknown`, `CountInvalid`, `CapacityUnsupported`, `FabricMismatch`,
   * `TagInvalid` or, where its cluster has no room for its pods, `TooMany`
   */
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    check(this, props);
    const { cluster, machine, capacity, fabric } = props;
    const spot = capacity.priority === 'Spot';
    const reserved = capacity.capacityReservationGroupId !== undefined;
    cluster.admitNodes(this, props.nodeCount);
    this.nodePoolName = physicalName(props.name.split('-'), LIMITS.nodePool);
    const subnet = cluster.nodesSubnet;
    const pool = new KubernetesClusterNodePool(this, 'Resource', {
      name: this.nodePoolName,
      kubernetesClusterId: cluster.clusterId,
      orchestratorVersion: props.version ?? cluster.version,
      mode: 'User',
      vmSize: machine.type,
      ...size(props),
      temporaryNameForRotation: capacity.held ? undefined : standInName(props.name),
      zones: props.zone === undefined ? undefined : [props.zone],
      vnetSubnetId: subnet.id,
      osType: 'Linux',
      osSku: machine.osSku,
      osDiskType: 'Ephemeral',
      osDiskSizeGb: machine.osDiskGB,
      gpuDriver: machine.gpuDriver,
      hostEncryptionEnabled: true,
      nodePublicIpEnabled: false,
      maxPods: 110,
      // Pinned cores near their GPUs for pods that ask for whole ones; `single-numa-node` would refuse whole machines.
      kubeletConfig:
        machine.accelerator === undefined
          ? undefined
          : { cpuManagerPolicy: 'static', topologyManagerPolicy: 'best-effort' },
      priority: capacity.priority,
      evictionPolicy: spot ? 'Delete' : undefined,
      spotMaxPrice: spot ? -1 : undefined,
      capacityReservationGroupId: capacity.capacityReservationGroupId,
      // Taking either of the last two out again would replace the pool, so both are always said.
      upgradeSettings: spot
        ? undefined
        : {
            maxUnavailable: props.maxUnavailable ?? '10%',
            drainTimeoutInMinutes: 60,
            undrainableNodeBehavior: 'Cordon',
          },
      // AKS adds the label and the taint of spot pools itself; unsaid, every plan would take them away.
      nodeLabels: { ...props.labels, ...(spot && { [SPOT]: 'spot' }) },
      nodeTaints: [
        ...accelerator(machine),
        ...(props.taints ?? []).map(taint),
        ...(spot ? [`${SPOT}=spot:NoSchedule`] : []),
      ],
      tags: resourceTags(props.tags),
      timeouts: TIMEOUTS,
      lifecycle: {
        preventDestroy: (props.deletionProtection ?? capacity.held) ? true : undefined,
        // Azure may answer with another spelling of these ids (`/resourcegroups/`), which would rotate the pool or ask
        // for another one. Neither changes in the life of a pool.
        ignoreChanges: ['vnet_subnet_id', ...(reserved ? ['capacity_reservation_group_id'] : [])],
      },
      dependsOn: after(
        subnet.dependables,
        capacity.dependables,
        fabric?.dependables,
        cluster.reservationAccess(capacity).dependables,
      ),
    });
    this.dependables = [pool];
  }
}

/** A fixed number, or a range of which the provider leaves the present number to AKS (`node_count` is computed). */
function size({ nodeCount, minNodeCount }: NodePoolProps) {
  if (minNodeCount === undefined) return { nodeCount };
  return { autoScalingEnabled: true, minCount: minNodeCount, maxCount: nodeCount };
}

/** Name of the pool that stands in for another while AKS builds that one anew. */
function standInName(name: string): string {
  return physicalName([...name.split('-'), 'stand', 'in'], LIMITS.nodePool);
}

function taint({ key, value, effect }: Taint): string {
  return `${key}=${value}:${effect}`;
}

/** Keeps pods that ask for no accelerator off the nodes; device plugins and operators tolerate it. */
function accelerator(machine: AzureMachine): string[] {
  const key = machine.resourceName;
  return key === undefined ? [] : [`${key}=present:NoSchedule`];
}

function check(scope: Construct, props: NodePoolProps): void {
  const { name, machine, capacity, fabric } = props;
  checkName(scope, 'a node pool', name);
  checkTags(scope, `node pool ${name}`, props.tags);
  checkZone(scope, `node pool ${name}`, props.zone, props.cluster.network);
  checkSize(scope, props);
  if (capacity.capacityReservationGroupId !== undefined && machine.capacityReservations !== true) {
    throw new ConstructError(
      scope,
      'CapacityUnsupported',
      `node pool ${name}: Azure has no capacity reservations for ${machine.type}; use on-demand within quota, or ` +
        'dedicated where a contract holds it',
    );
  }
  if (!machine.capacity.includes(capacity.kind)) {
    throw new ConstructError(
      scope,
      'CapacityUnsupported',
      `node pool ${name}: ${machine.type} is not sold as "${capacity.kind}"; use ${machine.capacity.join(', ')}`,
    );
  }
  const feature = machine.infinibandFeature;
  if (fabric !== undefined && feature !== undefined && fabric.infinibandFeature !== feature) {
    throw new ConstructError(
      scope,
      'FabricMismatch',
      `node pool ${name}: ${machine.type} needs AKSInfinibandSupport ${feature}, its fabric has it ` +
        `${fabric.infinibandFeature ?? 'undeclared'}: declare the machine in the fabric of its subscription`,
    );
  }
}

function checkSize(scope: Construct, props: NodePoolProps): void {
  const { name, machine, nodeCount } = props;
  checkNodeRange(scope, `node pool ${name}`, props);
  if (Token.isUnresolved(nodeCount)) return;
  if (Number.isInteger(nodeCount) && nodeCount >= 0 && nodeCount <= machine.groupNodes) return;
  const why = machine.scaleUpNodes > 1 ? 'one NVLink domain' : 'one scale set, which is one InfiniBand domain';
  throw new ConstructError(
    scope,
    'CountInvalid',
    `node pool ${name} has ${nodeCount} nodes: 0 to ${machine.groupNodes} of ${machine.type} fit ${why}; ` +
      'add another pool',
  );
}
