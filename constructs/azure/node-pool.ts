import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { Construct } from 'constructs';
import { resourceNameOf } from '../../estate/catalog/accelerators';
import type { AzureMachine } from '../../estate/catalog/azure';
import type { Tags } from '../../estate/units';
import { Token } from '../cdktf';
import type { Capacity } from './capacity';
import type { Cluster } from './cluster';
import type { Fabric } from './fabric';
import { LIMITS, physicalName, resourceTags } from './names';
import { refuseForeignZone } from './network';
import { after } from './role-assignment';

/** A Kubernetes taint. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Options of a node pool, without its cluster. */
export interface NodePoolOptions {
  /** Unique in the cluster; made to fit the 12 characters that AKS allows. A new name is a new pool. */
  readonly name: string;
  readonly machine: AzureMachine;
  /** Fixed size; nothing scales it. */
  readonly nodeCount: number;
  /**
   * The one zone that its machines are in.
   * @default none, as in regions without zones
   */
  readonly zone?: string;
  readonly capacity: Capacity;
  /**
   * Kubernetes minor version of its nodes (`orchestrator_version`); a change replaces them a few at a time. AKS lets it
   * lie behind the cluster by a few minor versions, and never ahead of it.
   * @default that of the cluster
   */
  readonly version?: string;
  /**
   * InfiniBand of the subscription, where this stack declares it.
   * @default it is declared elsewhere
   */
  readonly fabric?: Fabric;
  /**
   * Nodes that an upgrade may take out of service at once, as a number or a percentage. There is no surge: it would ask
   * for machines that nobody has.
   * @default '10%'
   */
  readonly maxUnavailable?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints besides that of the accelerator.
   * @default none
   */
  readonly taints?: readonly NodeTaint[];
  /** @default none */
  readonly tags?: Tags;
}

/** Properties of NodePool. */
export interface NodePoolProps extends NodePoolOptions {
  readonly cluster: Cluster;
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

  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    refuseMisuse(props);
    const { cluster, machine, capacity, fabric } = props;
    const spot = capacity.priority === 'Spot';
    const reserved = capacity.capacityReservationGroupId !== undefined;
    cluster.admitNodes(props.nodeCount);
    this.nodePoolName = physicalName(props.name.split('-'), LIMITS.nodePool);
    const subnet = cluster.nodesSubnet;
    new KubernetesClusterNodePool(this, 'Resource', {
      name: this.nodePoolName,
      kubernetesClusterId: cluster.clusterId,
      orchestratorVersion: props.version ?? cluster.version,
      mode: 'User',
      vmSize: machine.type,
      nodeCount: props.nodeCount,
      temporaryNameForRotation: capacity.protected ? undefined : standInName(props.name),
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
        preventDestroy: capacity.protected ? true : undefined,
        // Azure may answer with another spelling of these ids (`/resourcegroups/`), which would rotate the pool or ask
        // for another one. Neither changes in the life of a pool.
        ignoreChanges: ['vnet_subnet_id', ...(reserved ? ['capacity_reservation_group_id'] : [])],
      },
      dependsOn: after(
        subnet.ready,
        capacity.ready,
        fabric?.registration === undefined ? [] : [fabric.registration],
        cluster.reservationAccess(capacity),
      ),
    });
  }
}

/** Name of the pool that stands in for another while AKS builds that one anew. */
function standInName(name: string): string {
  return physicalName([...name.split('-'), 'stand', 'in'], LIMITS.nodePool);
}

function taint({ key, value, effect }: NodeTaint): string {
  return `${key}=${value}:${effect}`;
}

/** Keeps pods that ask for no accelerator off the nodes; device plugins and operators tolerate it. */
function accelerator(machine: AzureMachine): string[] {
  const key = resourceNameOf(machine);
  return key === undefined ? [] : [`${key}=present:NoSchedule`];
}

function refuseMisuse({ name, cluster, zone, machine, nodeCount, capacity, fabric }: NodePoolProps): void {
  refuseForeignZone(`node pool ${name}`, zone, cluster.network);
  if (
    !Token.isUnresolved(nodeCount) &&
    !(Number.isInteger(nodeCount) && nodeCount >= 0 && nodeCount <= machine.groupNodes)
  ) {
    const why = machine.scaleUpNodes > 1 ? 'one NVLink domain' : 'one scale set, which is one InfiniBand domain';
    throw new Error(
      `node pool ${name} has ${nodeCount} nodes: 0 to ${machine.groupNodes} of ${machine.type} fit ${why}; ` +
        'add another pool',
    );
  }
  if (capacity.capacityReservationGroupId !== undefined && machine.capacityReservations !== true) {
    throw new Error(
      `node pool ${name}: Azure has no capacity reservations for ${machine.type}; use on-demand within quota, or ` +
        'dedicated where a contract holds it',
    );
  }
  if (!machine.capacity.includes(capacity.kind)) {
    throw new Error(
      `node pool ${name}: ${machine.type} is not sold as "${capacity.kind}"; use ${machine.capacity.join(', ')}`,
    );
  }
  const feature = machine.infinibandFeature;
  if (fabric !== undefined && feature !== undefined && fabric.infinibandFeature !== feature) {
    throw new Error(
      `node pool ${name}: ${machine.type} needs AKSInfinibandSupport ${feature}, its fabric has it ` +
        `${fabric.infinibandFeature ?? 'undeclared'}: declare the machine in the fabric of its subscription`,
    );
  }
}
