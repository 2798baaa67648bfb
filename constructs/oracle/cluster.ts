import { Construct } from 'constructs';
import { ContainerengineAddon } from '../../.gen/providers/oci/containerengine-addon';
import { ContainerengineCluster } from '../../.gen/providers/oci/containerengine-cluster';
import { DataOciContainerengineClusterKubeConfig } from '../../.gen/providers/oci/data-oci-containerengine-cluster-kube-config';
import type { OracleMachine } from '../../estate/catalog/oracle';
import { Fn, type ITerraformDependable, type TerraformProvider, Token } from '../cdktf';
import { type AlarmOptions, type AlarmRow, addAlarms } from './alarms';
import { Capacity } from './capacity';
import { addClusterAccess } from './cluster-access';
import { type ClusterAttributes, type ICluster, ImportedCluster, NodeRoom, nodeSubnets } from './cluster-attributes';
import { checkCluster, checkOverlaps, checkPodBlocks } from './cluster-checks';
import { clusterRules } from './cluster-rules';
import type { IEncryptionKey } from './encryption-key';
import { KeptValue } from './kept-value';
import { resourceTags, type TagOptions, tagArguments } from './names';
import type { INetwork, NetworkSubnet } from './network';
import { NodePool, type NodePoolOptions } from './node-pool';
import { releaseOf } from './node-settings';
import { SecurityGroup } from './security-group';
import { LOG_SOURCES, ServiceLogs } from './service-logs';

/** CPU nodes that run the services of the cluster, spread over the zones of its network. */
export interface SystemPoolOptions {
  /** Machine type of the nodes. */
  readonly machine: OracleMachine;
  /** Nodes in all zones together. */
  readonly nodeCount: number;
  /** Image OCID. */
  readonly image: string;
}

/** Options of a {@link Cluster}. */
export interface ClusterProps extends TagOptions {
  /** Name of the cluster, and first part of the names of what belongs to it. */
  readonly name: string;
  /** Network of API server and nodes. */
  readonly network: INetwork;
  /** Compartment of the cluster and its nodes. @default - that of the network */
  readonly compartmentId?: string;
  /** Tenancy OCID; nodes of racks tell it when they join. */
  readonly tenancyId: string;
  /** Kubernetes minor version, such as `1.35`, or a release of it that the catalog does not name, such as `1.35.4`. */
  readonly version: string;
  /** Addresses of pods: an overlay, so clusters may share them. Each node takes a /25 of it: a /16 holds 512 nodes. */
  readonly podCidr: string;
  /** Addresses of services: part of the overlay. */
  readonly serviceCidr: string;
  /** Range that the images of nodes give RDMA interfaces. @default - 192.168.0.0/16 */
  readonly rdmaCidr?: string;
  /** CPU nodes that run the services of the cluster. */
  readonly systemPool: SystemPoolOptions;
  /** Encrypts secrets and boot volumes; secrets cannot change to another key later. @default - keys of Oracle Cloud */
  readonly encryptionKey?: IEncryptionKey;
  /**
   * IAM groups that may do anything in Kubernetes, `group` or `domain/group`; the cluster itself they cannot change.
   *
   * @default - only who may manage the compartment
   */
  readonly clusterAdmins?: readonly string[];
  /**
   * IAM groups that get credentials of the cluster, and see of it in Kubernetes what a binding of its OCID to a role such as
   * `view` says.
   *
   * @default - nobody
   */
  readonly clusterViewers?: readonly string[];
  /** Addresses from which the API server is reached besides those of the nodes. @default - none */
  readonly apiAccessCidrs?: readonly string[];
  /** Blocks that nodes reach by links, where they have no other way out of the network. @default - none */
  readonly linkedCidrs?: readonly string[];
  /**
   * Days for which the logs of its control plane are kept, in steps of 30 up to 180. What was asked of its API server is in
   * Audit for a year in any case.
   *
   * @default - no logs, since they are billed by their size
   */
  readonly logRetentionDays?: number;
  /** Where alarms on its nodes go. @default - no alarms */
  readonly alarms?: AlarmOptions;
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
  /** Owner of its subnets among those with roles `control-plane` and `nodes`. @default - the only ones */
  readonly subnetOwner?: string;
  /** Whether Terraform refuses to destroy it. @default true */
  readonly deletionProtection?: boolean;
}

/** What goes wrong with nodes of a cluster, as OKE sees it. */
const NODE_ALARMS: readonly AlarmRow[] = [
  {
    id: 'failed-nodes',
    namespace: 'oci_oke',
    query: 'NodeState[5m]{DIMENSIONS, nodeState = "FAILED"}.sum() > 0',
    pending: 'PT15M',
    severity: 'CRITICAL',
    body: 'A node of the cluster has failed: look at the work requests of its pool.',
    source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Reference/contengmetrics.htm',
    checked: '2026-11',
  },
];

/**
 * An enhanced OKE cluster with a private API server and pods on an overlay.
 *
 * The overlay keeps pods out of the VCN, whose 64,000 addresses would otherwise hold about 1,000 nodes.
 */
export class Cluster extends Construct implements ICluster {
  /**
   * A cluster that exists already; nothing is made. Pools are added by `new NodePool(…)`; its add-ons, such as the
   * device plugin of AMD, are its owner's.
   *
   * @throws ConstructError with `IdInvalid`, `SubnetMissing` or `VersionInvalid` when no pool could be added to it
   */
  static fromClusterAttributes(scope: Construct, id: string, attributes: ClusterAttributes): ICluster {
    return new ImportedCluster(scope, id, attributes);
  }

  /** Name of the cluster. */
  readonly clusterName: string;
  /** OCID of the cluster. */
  readonly clusterId: string;
  /** Compartment of the cluster and its nodes. */
  readonly compartmentId: string;
  /** OCID of the tenancy. */
  readonly tenancyId: string;
  /** Kubernetes release, such as `v1.35.2`. */
  readonly release: string;
  /** Availability domains that its network is used in. */
  readonly zones: readonly string[];
  /** First subnet of its nodes. */
  readonly nodesSubnet: NetworkSubnet;
  /** Security group of all nodes. */
  readonly nodesGroup: SecurityGroup;
  /** Ranges of all nodes. */
  readonly nodesCidrs: readonly string[];
  /** Security group that load balancers of services join to reach the nodes; absent where its network has no subnet for them. */
  readonly loadBalancersGroup?: SecurityGroup;
  /** Key of secrets and boot volumes; absent where keys of Oracle Cloud encrypt them. */
  readonly encryptionKey?: IEncryptionKey;
  /** Provider of the home region; absent where it is that of the stack. */
  readonly homeProvider?: TerraformProvider;
  /** Private address and port of the API server. */
  readonly privateEndpoint: string;
  /** Who signs the tokens of its service accounts (`iss`), which others trust. */
  readonly oidcIssuerUrl: string;
  /** CPU nodes that run the services of the cluster. */
  readonly systemPool: NodePool;
  /** What has to exist before something is installed in the cluster: itself and nodes that run it. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly podCidr: string;
  private readonly room: NodeRoom;
  private nodeCount = 0;
  private certificate?: KeptValue;

  /**
   * @throws ConstructError with `CountInvalid`, `NameInvalid`, `RangeInvalid`, `RetentionInvalid`, `SubnetMissing`,
   * `TagInvalid`, `VersionInvalid` or `ZoneUnknown` when OKE would refuse it, or its nodes have no place
   */
  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { network, name } = props;
    const [zone, ...furtherZones] = checkCluster(this, props);
    const subnets = nodeSubnets(network, props.subnetOwner);
    for (const subnet of subnets) checkOverlaps(this, props, subnet.cidr);
    this.clusterName = name;
    this.compartmentId = props.compartmentId ?? network.compartmentId;
    this.tenancyId = props.tenancyId;
    this.release = releaseOf(this, props.version);
    this.zones = network.zones;
    this.encryptionKey = props.encryptionKey;
    this.homeProvider = props.homeProvider;
    this.podCidr = props.podCidr;
    [this.nodesSubnet] = subnets;
    this.nodesCidrs = subnets.map((subnet) => subnet.cidr);
    this.room = new NodeRoom(subnets);
    const controlPlaneGroup = this.addGroup('control-plane', props);
    this.nodesGroup = this.addGroup('nodes', props);
    const [loadBalancers] = network.subnetsFor('load-balancers', { owner: props.subnetOwner });
    if (loadBalancers !== undefined) this.loadBalancersGroup = this.addGroup('load-balancers', props);
    const rules = clusterRules({
      controlPlane: controlPlaneGroup.groupId,
      nodes: this.nodesGroup.groupId,
      loadBalancers: this.loadBalancersGroup?.groupId,
      egress: network.egress,
      serviceCidrLabel: network.serviceCidrLabel,
      apiAccessCidrs: props.apiAccessCidrs ?? [],
      linkedCidrs: props.linkedCidrs,
    });
    for (const [key, rule] of Object.entries(rules.controlPlane)) controlPlaneGroup.addRule(key, rule);
    for (const [key, rule] of Object.entries(rules.nodes)) this.nodesGroup.addRule(key, rule);
    for (const [key, rule] of Object.entries(rules.loadBalancers)) this.loadBalancersGroup?.addRule(key, rule);

    const cluster = new ContainerengineCluster(this, 'Resource', {
      compartmentId: this.compartmentId,
      vcnId: network.networkId,
      name,
      type: 'ENHANCED_CLUSTER',
      kubernetesVersion: this.release,
      kmsKeyId: props.encryptionKey?.keyId,
      clusterPodNetworkOptions: [{ cniType: 'FLANNEL_OVERLAY' }],
      endpointConfig: {
        isPublicIpEnabled: false,
        subnetId: network.subnetFor('control-plane', props.subnetOwner).subnetId,
        nsgIds: [controlPlaneGroup.groupId],
      },
      options: {
        kubernetesNetworkConfig: { podsCidr: props.podCidr, servicesCidr: props.serviceCidr },
        openIdConnectDiscovery: { isOpenIdConnectDiscoveryEnabled: true },
        persistentVolumeConfig: { freeformTags: resourceTags(props.tags) },
        ...(loadBalancers && { serviceLbSubnetIds: [loadBalancers.subnetId] }),
      },
      ...tagArguments(props),
      timeouts: { create: '1h', update: '3h', delete: '1h' },
      lifecycle: {
        ...(props.deletionProtection !== false && { preventDestroy: true }),
        // Another subnet would replace the cluster: those of earlier releases have none, and name it by each service.
        ignoreChanges: ['options[0].service_lb_subnet_ids'],
      },
    });
    this.clusterId = cluster.id;
    this.privateEndpoint = cluster.endpoints.get(0).privateEndpoint;
    // Nothing says whether the document is a part of the address.
    this.oidcIssuerUrl = Fn.trimsuffix(cluster.openIdConnectDiscoveryEndpoint, '/.well-known/openid-configuration');
    addClusterAccess(this, {
      name,
      clusterId: this.clusterId,
      compartmentId: this.compartmentId,
      groups: { admins: props.clusterAdmins ?? [], viewers: props.clusterViewers ?? [] },
      homeProvider: props.homeProvider,
      tags: props.tags,
      costTags: props.costTags,
    });
    this.addMonitoring(props);
    this.systemPool = this.addNodePool('system', {
      ...props.systemPool,
      zone,
      furtherZones,
      name: `${name}-system`,
      capacity: Capacity.onDemand(this, 'system-capacity'),
      tags: props.tags,
      costTags: props.costTags,
    });
    this.dependables = [cluster, ...this.systemPool.dependables];
  }

  /** Private address of the API server. */
  get apiServerHost(): string {
    return Fn.element(Fn.split(':', this.privateEndpoint), 0);
  }

  /**
   * Certificate authority of the API server (base64), which is known only when the cluster exists.
   *
   * Kept from then on, or every edit of the cluster would replace what starts nodes. A rotated one is read anew by
   * `terraform apply -replace=…` of the `terraform_data` of the stack.
   */
  get certificateAuthority(): string {
    this.certificate ??= this.keepCertificate();
    return this.certificate.value;
  }

  /**
   * Adds nodes, as `new NodePool(…)` does.
   *
   * @throws ConstructError with what a {@link NodePool} or {@link Cluster.admit} throws
   */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  /**
   * Counts nodes of a pool that is being added, and adds what Kubernetes needs to count their accelerators.
   *
   * @throws ConstructError with `RangeInvalid` when the pods of so many nodes have no addresses
   */
  admit(machine: OracleMachine, nodeCount: number): void {
    this.nodeCount += Token.isUnresolved(nodeCount) ? 0 : nodeCount;
    checkPodBlocks(this, this.podCidr, this.nodeCount);
    this.addDevicePlugin(machine);
  }

  /** The subnet that further nodes lie in: the first with room for them, so that those that are there keep theirs. */
  subnetFor(nodeCount: number): NetworkSubnet {
    return this.room.take(nodeCount);
  }

  /** Lets Kubernetes count the accelerators of a machine; for nodes that are made elsewhere. */
  addDevicePlugin({ vendor }: OracleMachine): void {
    // NVIDIA's device plugin is there by default.
    if (vendor === 'amd') this.addAddon('AmdGpuPlugin');
  }

  /**
   * Installs an add-on of OKE once, when the system nodes are there to run it.
   *
   * Without a version Oracle Cloud chooses it and moves on by itself.
   */
  addAddon(name: string, configurations: Readonly<Record<string, string>> = {}, version?: string): void {
    const id = `addon-${name}`;
    if (this.node.tryFindChild(id) !== undefined) return;
    new ContainerengineAddon(this, id, {
      clusterId: this.clusterId,
      addonName: name,
      version,
      removeAddonResourcesOnDelete: true,
      // OKE may have installed it already, which would end the first apply.
      overrideExisting: true,
      configurations: Object.entries(configurations).map(([key, value]) => ({ key, value })),
      dependsOn: [...this.systemPool.dependables],
      // What Oracle Cloud chooses it may also tell, which is no difference.
      ...(version === undefined && { lifecycle: { ignoreChanges: ['version'] } }),
    });
  }

  private keepCertificate(): KeptValue {
    const { content } = new DataOciContainerengineClusterKubeConfig(this, 'kube-config', {
      clusterId: this.clusterId,
      endpoint: 'PRIVATE_ENDPOINT',
      tokenVersion: '2.0.0',
    });
    const path = ['clusters', 0, 'cluster', 'certificate-authority-data'];
    return new KeptValue(this, 'certificate-authority', {
      value: Fn.lookupNested(Fn.yamldecode(content), path),
      of: this.clusterId,
    });
  }

  private addMonitoring(props: ClusterProps): void {
    const { name, logRetentionDays, alarms, deletionProtection = true, tags, costTags } = props;
    const common = { name, compartmentId: this.compartmentId, tags, costTags };
    if (logRetentionDays !== undefined) {
      new ServiceLogs(this, 'logs', {
        ...common,
        source: LOG_SOURCES.cluster,
        resource: this.clusterId,
        retentionDays: logRetentionDays,
        deletionProtection,
      });
    }
    const dimensions = { clusterId: this.clusterId };
    if (alarms !== undefined) addAlarms(this, NODE_ALARMS, { ...common, ...alarms, dimensions });
  }

  private addGroup(role: string, { name, network, tags, costTags }: ClusterProps): SecurityGroup {
    return new SecurityGroup(this, `${role}-group`, {
      name: `${name}-${role}`,
      compartmentId: this.compartmentId,
      networkId: network.networkId,
      tags,
      costTags,
    });
  }
}
