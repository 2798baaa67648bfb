import { ContainerNodePool } from '@cdktf/provider-google/lib/container-node-pool';
import { Construct, type IConstruct } from 'constructs';
import { GOOGLE_RELEASE, type GoogleMachine } from '../../estate/catalog/google';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError, type ConstructErrorCode } from '../errors';
import type { Taint } from '../kubernetes';
import { setNewer } from '../newer-arguments';
import { checkCount, checkNodeRange } from '../terraform-checks';
import type { Capacity } from './capacity';
import { checkName, checkRegion, checkZone } from './checks';
import type { IEncryptionKey } from './encryption-key';
import type { IFabric } from './fabric';
import { LIMITS, physicalName } from './names';
import { isCpu, nodeConfig } from './node-settings';
import { protect, unprotect } from './protection';

/** What a node pool says about where its nodes stand. */
export interface WorkloadPolicy {
  /** Name of the policy. */
  readonly policyName: string;
  /** What has to exist before a pool names it. */
  readonly dependables: readonly ITerraformDependable[];
}

/** A GKE cluster that node pools and identities belong to. */
export interface ICluster extends IConstruct {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** `projects/…/locations/…/clusters/…`. */
  readonly clusterId: string;
  /** Project of the cluster. */
  readonly projectId: string;
  /** Number of the project: identities of workloads are named by it. */
  readonly projectNumber: string;
  /** Region of the cluster. */
  readonly region: string;
  /** Zones that its nodes may be in. @default - any zone of the region */
  readonly zones?: readonly string[];
  /** Address of the service account that nodes run as. */
  readonly nodeServiceAccount: string;
  /** Key of boot disks. @default - that of Google */
  readonly encryptionKey?: IEncryptionKey;
  /** What has to exist before a node pool. */
  readonly dependables: readonly ITerraformDependable[];
  /** Policy by which nodes stand as one domain of a topology; pools of the same one share it. */
  workloadPolicy(topology: string): WorkloadPolicy;
  /**
   * Takes note of a pool: what its machine asks of the whole cluster, and the pod addresses that it uses up.
   *
   * @throws ConstructError with `MachineUnsuitable` when the cluster has not what the machine asks for, or machines that
   * share no cluster with it; with `RangeInvalid` when the pods of all pools need more addresses than there are
   */
  admit(machine: GoogleMachine, nodeCount: number): void;
}

/** Options of a {@link NodePool} without its cluster. */
export interface NodePoolOptions {
  /** Name of the pool, unique in its cluster. */
  readonly name: string;
  /** Machine of the nodes. */
  readonly machine: GoogleMachine;
  /** Nodes in all zones together; for flex-start, and where an autoscaler sizes the pool, the most that may run. */
  readonly nodeCount: number;
  /**
   * Fewest nodes: the autoscaler of GKE then runs as many as pods ask for, and an apply leaves how many run alone. For
   * capacity that is not held, in one zone; a slice has none or all of its nodes.
   *
   * @default - nothing scales the pool, unless it is flex-start
   */
  readonly minNodeCount?: number;
  /** Zone of the nodes, or the first of them. */
  readonly zone: string;
  /** Further zones of a pool of CPU machines, each with the same number of nodes. @default - none */
  readonly furtherZones?: readonly string[];
  /** Data networks of the nodes. @default - none; machines with a fabric need it */
  readonly fabric?: IFabric;
  /** How the nodes are obtained. */
  readonly capacity: Capacity;
  /** Whether Terraform and its provider refuse to destroy the pool. @default - true for capacity that is held */
  readonly deletionProtection?: boolean;
  /** Kubernetes labels, which nodes get in place. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints besides the one of the accelerator. @default - none */
  readonly taints?: readonly Taint[];
  /**
   * Release that the nodes run, such as `1.35.3-gke.1389000`: whole, since GKE answers with whole ones.
   *
   * @default - that of the cluster at creation, afterwards what the release channel chooses
   */
  readonly version?: string;
  /** Slice topology, such as `4x4x4`. @default - none; TPU machines need it */
  readonly topology?: string;
  /** Labels of the machines. @default - none */
  readonly tags?: Tags;
}

/** Options of a {@link NodePool}. */
export interface NodePoolProps extends NodePoolOptions {
  /** Cluster of the pool, which may exist already. */
  readonly cluster: ICluster;
}

/** A GKE node pool: an NVL72 rack, a TPU slice, the nodes of one RDMA domain, or CPU nodes. */
export class NodePool extends Construct {
  /** Name of the pool. */
  readonly nodePoolName: string;
  /** Nodes in all zones together. */
  readonly nodeCount: number;
  /** Machine of the nodes. */
  readonly machine: GoogleMachine;
  /** What has to exist before the pool is used. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly zones: readonly string[];

  /**
   * @throws ConstructError with `CapacityUnsupported`, `CountInvalid`, `FabricMismatch`, `MachineUnsuitable`,
   * `NameInvalid`, `RangeInvalid`, `SizeInvalid`, `VersionInvalid` or `ZoneUnknown` when GKE makes no such pool there
   */
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    this.zones = [props.zone, ...(props.furtherZones ?? [])];
    check(this, props, this.zones);
    this.nodePoolName = physicalName([props.name], LIMITS.nodePool);
    this.nodeCount = props.nodeCount;
    this.machine = props.machine;
    props.cluster.admit(props.machine, props.nodeCount);

    const { cluster, machine, capacity } = props;
    const placement = this.placementOf(props);
    const flex = capacity.kind === 'flex-start';
    const queued = flex && (capacity.queued ?? machine.placement?.kind !== 'slice');
    const pool = new ContainerNodePool(this, 'Resource', {
      name: this.nodePoolName,
      cluster: cluster.clusterName,
      project: cluster.projectId,
      location: cluster.region,
      nodeLocations: [...this.zones],
      ...this.size(props),
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
      nodeConfig: nodeConfig(this, {
        ...props,
        serviceAccount: cluster.nodeServiceAccount,
        bootDiskKeyId: cluster.encryptionKey?.keyId,
        queued,
      }),
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
    this.dependables = [pool];
    if (props.deletionProtection ?? capacity.held) {
      protect(pool);
      props.fabric?.retain();
    } else if (props.deletionProtection === false) unprotect(pool);
    setNewer(pool, 'google_container_node_pool', {
      ...(isAutoscaled(props) && { ignore_node_count_changes: true }),
      ...(machine.gpu && {
        'node_config.kubelet_config.topology_manager': { policy: 'best-effort', scope: 'pod' },
      }),
    });
  }

  private size(props: NodePoolProps) {
    const { machine, minNodeCount } = props;
    if (!isAutoscaled(props)) {
      return { nodeCount: this.zones.length === 1 ? this.nodeCount : this.nodeCount / this.zones.length };
    }
    const [min, max] = [minNodeCount ?? 0, this.nodeCount];
    // TPU slices take limits of each zone, everything else limits of the pool.
    const autoscaling =
      machine.placement?.kind === 'slice'
        ? { minNodeCount: min, maxNodeCount: max, locationPolicy: 'ANY' }
        : { totalMinNodeCount: min, totalMaxNodeCount: max, locationPolicy: 'ANY' };
    return { autoscaling, ...(min !== 0 && { initialNodeCount: min }) };
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
}

/** Whether GKE decides how many nodes run. */
function isAutoscaled({ capacity, minNodeCount }: NodePoolProps): boolean {
  return capacity.kind === 'flex-start' || minNodeCount !== undefined;
}

const SURGE = { maxSurge: 1, maxUnavailable: 0 } as const;
const NO_SURGE = { maxSurge: 0, maxUnavailable: 1 } as const;

type Fail = (code: ConstructErrorCode, problem: string) => never;

function check(scope: IConstruct, props: NodePoolProps, zones: readonly string[]): void {
  const { name, cluster, machine, nodeCount, capacity, version } = props;
  checkName(scope, 'name of the node pool', name);
  const what = `node pool "${name}" (${machine.type})`;
  const fail: Fail = (code, problem) => {
    throw new ConstructError(scope, code, `${what}: ${problem}`);
  };
  if (!machine.capacity.includes(capacity.kind)) {
    fail('CapacityUnsupported', `capacity is "${capacity.kind}", the machine is had by ${machine.capacity.join(', ')}`);
  }
  if (version !== undefined && !Token.isUnresolved(version) && !GOOGLE_RELEASE.pattern.test(version)) {
    const example = `such as ${GOOGLE_RELEASE.example}`;
    fail('VersionInvalid', `version is "${version}", nodes are kept at a whole release, ${example}`);
  }
  checkCount(scope, `nodeCount of ${what}`, nodeCount);
  checkNodeRange(scope, what, props);
  checkZones(fail, props, zones);
  for (const zone of zones) {
    checkRegion(scope, `zone of ${what}`, zone, cluster.region);
    if (cluster.zones !== undefined) checkZone(scope, `zone of ${what}`, zone, cluster.zones);
  }
  checkPlacement(fail, props);
  checkFabric(fail, props);
}

function checkZones(fail: Fail, props: NodePoolProps, zones: readonly string[]): void {
  const { machine, nodeCount } = props;
  if (zones.length === 1) return;
  if (isAutoscaled(props)) fail('CountInvalid', 'a range of nodes is one of a single zone: drop the others');
  if (Token.isUnresolved(nodeCount)) {
    fail('CountInvalid', 'nodeCount is known after apply only, so it cannot be spread over zones');
  }
  if (nodeCount % zones.length !== 0) {
    fail('CountInvalid', `${nodeCount} nodes do not spread evenly over ${zones.length} zones`);
  }
  if (!isCpu(machine)) fail('MachineUnsuitable', 'accelerators are placed in exactly one zone: drop the others');
}

function checkPlacement(fail: Fail, { machine, nodeCount, minNodeCount, topology }: NodePoolProps): void {
  const counted = !Token.isUnresolved(nodeCount);
  if (counted && machine.placement?.kind === 'rack' && nodeCount > machine.scaleUpNodes) {
    const problem = `${nodeCount} nodes are more than a rack of ${machine.scaleUpNodes}: make one pool for each rack`;
    fail('CountInvalid', problem);
  }
  if (machine.placement?.kind !== 'slice') {
    if (topology !== undefined) fail('SizeInvalid', `topology "${topology}" is only for machines that come in slices`);
    return;
  }
  if (minNodeCount !== undefined && minNodeCount !== 0 && minNodeCount !== nodeCount) {
    fail('CountInvalid', `a slice has none or all of its ${nodeCount} nodes, got minNodeCount ${minNodeCount}`);
  }
  const chips = topology?.split('x').reduce((product, side) => product * Number(side), 1) ?? 0;
  if (topology === undefined || machine.topologies?.includes(topology) !== true) {
    fail('SizeInvalid', `topology is "${topology ?? ''}", allowed are ${machine.topologies?.join(', ')}`);
  }
  if (counted && chips !== nodeCount * machine.accelerators) {
    fail('CountInvalid', `a slice ${topology} has ${chips / machine.accelerators} nodes, got ${nodeCount}`);
  }
}

function checkFabric(fail: Fail, { machine, zone, fabric }: NodePoolProps): void {
  if ((machine.fabric === undefined) !== (fabric === undefined)) {
    const problem =
      machine.fabric === undefined ? 'the machine joins no fabric, got one' : 'the machine needs a fabric';
    fail('FabricMismatch', problem);
  }
  if (fabric === undefined) return;
  if (fabric.zone !== zone && ![fabric.zone, zone].some((one) => Token.isUnresolved(one))) {
    fail('FabricMismatch', `fabric is in zone ${fabric.zone}, the pool in ${zone}`);
  }
  if (fabric.layout.name !== machine.fabric?.name) {
    fail('FabricMismatch', `fabric has layout ${fabric.layout.name}, the machine needs ${machine.fabric?.name}`);
  }
}
