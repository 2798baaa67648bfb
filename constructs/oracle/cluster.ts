import { Construct } from 'constructs';
import { ContainerengineAddon } from '../../.gen/providers/oci/containerengine-addon';
import { ContainerengineCluster } from '../../.gen/providers/oci/containerengine-cluster';
import { DataOciContainerengineClusterKubeConfig } from '../../.gen/providers/oci/data-oci-containerengine-cluster-kube-config';
import { IdentityPolicy } from '../../.gen/providers/oci/identity-policy';
import {
  ORACLE_POD_BLOCK,
  ORACLE_RDMA_RANGE,
  ORACLE_SUBNET_RESERVED,
  type OracleMachine,
} from '../../estate/catalog/oracle';
import { cidr, cidrSize, cidrsOverlap } from '../../estate/cidr';
import { Fn, type TerraformProvider, Token } from '../cdktf';
import { Capacity } from './capacity';
import { clusterRules } from './cluster-rules';
import type { IEncryptionKey } from './encryption-key';
import { type IFileSystem, LUSTRE_PORTS } from './file-system';
import { KeptValue } from './kept-value';
import { LIMITS, physicalName, resourceTags, type TagOptions, tagArguments } from './names';
import { firstSubnet, type INetwork, type NetworkSubnet, onlySubnet } from './network';
import { NodePool, type NodePoolOptions } from './node-pool';
import { releaseOf } from './node-settings';
import { SecurityGroup } from './security-group';

/** CPU nodes that run the services of the cluster, spread over the zones of its network. */
export interface SystemPoolOptions {
  readonly machine: OracleMachine;
  readonly nodeCount: number;
  /** Image OCID. */
  readonly image: string;
}

/** Properties of {@link Cluster}. */
export interface ClusterProps extends TagOptions {
  readonly name: string;
  readonly network: INetwork;
  /** Tenancy OCID; nodes of racks tell it when they join. */
  readonly tenancyId: string;
  /** Kubernetes minor version, such as `1.35`, or a release of it that the catalog does not name, such as `1.35.4`. */
  readonly version: string;
  /** Addresses of pods: an overlay, so clusters may share them. Each node takes a /25 of it: a /16 holds 512 nodes. */
  readonly podCidr: string;
  readonly serviceCidr: string;
  /** Range that the images of nodes give RDMA interfaces. @default - 192.168.0.0/16 */
  readonly rdmaCidr?: string;
  readonly systemPool: SystemPoolOptions;
  /** Encrypts secrets and boot volumes; secrets cannot change to another key later. @default - keys of Oracle Cloud */
  readonly encryptionKey?: IEncryptionKey;
  /** IAM groups that administer the cluster, `group` or `domain/group`. @default - only who may manage the compartment */
  readonly clusterAdmins?: readonly string[];
  /** Addresses from which the API server is reached besides those of the nodes. @default - none */
  readonly apiAccessCidrs?: readonly string[];
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
  /** Owner of its subnets among those with roles `control-plane` and `nodes`. @default - the only ones */
  readonly owner?: string;
}

/**
 * An enhanced OKE cluster with a private API server and pods on an overlay.
 *
 * The overlay keeps pods out of the VCN, whose 64,000 addresses would otherwise hold about 1,000 nodes.
 */
export class Cluster extends Construct {
  public readonly name: string;
  public readonly clusterId: string;
  public readonly compartmentId: string;
  public readonly tenancyId: string;
  /** Kubernetes release, such as `v1.35.2`. */
  public readonly release: string;
  /** First subnet of its nodes. */
  public readonly nodesSubnet: NetworkSubnet;
  /** Security group of all nodes. */
  public readonly nodesGroup: SecurityGroup;
  public readonly encryptionKey?: IEncryptionKey;
  public readonly homeProvider?: TerraformProvider;
  /** Private address and port of the API server. */
  public readonly privateEndpoint: string;
  public readonly systemPool: NodePool;
  private readonly podCidr: string;
  private readonly room: { readonly subnet: NetworkSubnet; free: number }[];
  private nodeCount = 0;
  private certificate?: KeptValue;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { network, name } = props;
    this.name = name;
    this.compartmentId = network.compartmentId;
    this.tenancyId = props.tenancyId;
    this.release = releaseOf(props.version);
    this.encryptionKey = props.encryptionKey;
    this.homeProvider = props.homeProvider;
    this.podCidr = props.podCidr;
    this.nodesSubnet = firstSubnet(network, 'nodes', props.owner);
    const further = network
      .subnetsFor('nodes', { owner: props.owner })
      .filter(({ key }) => key !== this.nodesSubnet.key);
    this.room = [this.nodesSubnet, ...further].map((subnet) => ({ subnet, free: roomIn(subnet) }));
    for (const { subnet } of this.room) checkOverlaps(props, subnet.cidr);
    const controlPlaneGroup = this.addGroup('control-plane', props);
    this.nodesGroup = this.addGroup('nodes', props);
    const rules = clusterRules({
      controlPlane: controlPlaneGroup.groupId,
      nodes: this.nodesGroup.groupId,
      egress: network.egress,
      serviceCidrLabel: network.serviceCidrLabel,
      apiAccessCidrs: props.apiAccessCidrs ?? [],
    });
    for (const [key, rule] of Object.entries(rules.controlPlane)) controlPlaneGroup.addRule(key, rule);
    for (const [key, rule] of Object.entries(rules.nodes)) this.nodesGroup.addRule(key, rule);

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
        subnetId: onlySubnet(network, 'control-plane', props.owner).subnetId,
        nsgIds: [controlPlaneGroup.groupId],
      },
      options: {
        kubernetesNetworkConfig: { podsCidr: props.podCidr, servicesCidr: props.serviceCidr },
        openIdConnectDiscovery: { isOpenIdConnectDiscoveryEnabled: true },
        persistentVolumeConfig: { freeformTags: resourceTags(props.tags) },
      },
      ...tagArguments(props),
      timeouts: { create: '1h', update: '3h', delete: '1h' },
      lifecycle: { preventDestroy: true },
    });
    this.clusterId = cluster.id;
    this.privateEndpoint = cluster.endpoints.get(0).privateEndpoint;
    this.addAdmins(props);
    const [zone, ...furtherZones] = network.zones;
    if (zone === undefined) throw new Error('the network names no zones, and the nodes must lie in one; give it zones');
    this.systemPool = this.addNodePool('system', {
      ...props.systemPool,
      zone,
      furtherZones,
      name: `${name}-system`,
      capacity: new Capacity(this, 'system-capacity', { kind: 'on-demand' }),
      tags: props.tags,
      costTags: props.costTags,
    });
  }

  /** Private address of the API server. */
  public get apiServerHost(): string {
    return Fn.element(Fn.split(':', this.privateEndpoint), 0);
  }

  /**
   * Certificate authority of the API server (base64), which is known only when the cluster exists.
   *
   * Kept from then on, or every edit of the cluster would replace what starts nodes. A rotated one is read anew by
   * `terraform apply -replace=…` of the `terraform_data` of the stack.
   */
  public get certificateAuthority(): string {
    this.certificate ??= this.keepCertificate();
    return this.certificate.value;
  }

  /** Adds nodes, and what Kubernetes needs to count their accelerators. */
  public addNodePool(id: string, options: NodePoolOptions): NodePool {
    const pool = new NodePool(this, id, { ...options, cluster: this });
    this.nodeCount += Token.isUnresolved(options.nodeCount) ? 0 : options.nodeCount;
    checkPodBlocks(this.podCidr, this.nodeCount);
    this.addDevicePlugin(options.machine);
    return pool;
  }

  /** The subnet that further nodes lie in: the first with room for them, so that those that are there keep theirs. */
  public subnetFor(nodeCount: number): NetworkSubnet {
    if (Token.isUnresolved(nodeCount)) return this.nodesSubnet;
    const found = this.room.find(({ free }) => free >= nodeCount) ?? this.room.at(-1);
    if (found === undefined) return this.nodesSubnet;
    found.free -= nodeCount;
    return found.subnet;
  }

  /** Lets Kubernetes count the accelerators of a machine; for nodes that are made elsewhere. */
  public addDevicePlugin({ vendor }: OracleMachine): void {
    // NVIDIA's device plugin is there by default.
    if (vendor === 'amd') this.addAddon('AmdGpuPlugin');
  }

  /**
   * Installs an add-on of OKE once, when the system nodes are there to run it.
   *
   * Without a version Oracle Cloud chooses it and moves on by itself.
   */
  public addAddon(name: string, configurations: Readonly<Record<string, string>> = {}, version?: string): void {
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
      dependsOn: [this.systemPool.dependable],
      // What Oracle Cloud chooses it may also tell, which is no difference.
      ...(version === undefined && { lifecycle: { ignoreChanges: ['version'] } }),
    });
  }

  /** Lets the servers of a file system call back to the nodes that mount it. */
  public connectTo(fileSystem: IFileSystem): void {
    const peer = { cidr: fileSystem.cidr };
    this.nodesGroup.addRule(`lustre-from-${fileSystem.name}`, { direction: 'in', peer, ...LUSTRE_PORTS });
    this.nodesGroup.addRule(`lustre-to-${fileSystem.name}`, { direction: 'out', peer, ...LUSTRE_PORTS });
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

  private addGroup(role: string, { name, network, tags, costTags }: ClusterProps): SecurityGroup {
    return new SecurityGroup(this, `${role}-group`, {
      name: `${name}-${role}`,
      compartmentId: network.compartmentId,
      networkId: network.networkId,
      tags,
      costTags,
    });
  }

  private addAdmins({ name, clusterAdmins = [], homeProvider, ...tagging }: ClusterProps): void {
    if (clusterAdmins.length === 0) return;
    const where = `where target.cluster.id = '${this.clusterId}'`;
    new IdentityPolicy(this, 'admins', {
      provider: homeProvider,
      compartmentId: this.compartmentId,
      name: physicalName([name, 'admins'], LIMITS.identity),
      description: 'Who administers a cluster',
      statements: clusterAdmins.map(
        (group) => `Allow group ${quoted(group)} to manage clusters in compartment id ${this.compartmentId} ${where}`,
      ),
      ...tagArguments(tagging),
    });
  }
}

/** Addresses that mean one thing inside the cluster and another outside cannot be reached from pods. */
function checkOverlaps(props: ClusterProps, nodesCidr: string): void {
  const { podCidr, serviceCidr, rdmaCidr = ORACLE_RDMA_RANGE.cidr } = props;
  const taken: Taken[] = [
    [nodesCidr, 'nodes'],
    [rdmaCidr, 'RDMA interfaces'],
  ];
  checkOverlap('serviceCidr', serviceCidr, taken);
  checkOverlap('podCidr', podCidr, [...taken, [serviceCidr, 'services']]);
}

type Taken = readonly [block: string, user: string];

function checkOverlap(prop: string, own: string, taken: readonly Taken[]): void {
  for (const [block, user] of taken) {
    if (Token.isUnresolved(own) || Token.isUnresolved(block) || !cidrsOverlap(cidr(own), cidr(block))) continue;
    throw new Error(`${prop} ${own} overlaps ${block}, which ${user} use; choose another block`);
  }
}

/** Nodes that a subnet takes. */
function roomIn({ cidr: range }: NetworkSubnet): number {
  return Token.isUnresolved(range)
    ? Number.POSITIVE_INFINITY
    : cidrSize(cidr(range)) - ORACLE_SUBNET_RESERVED.addresses;
}

/** Nodes that find no block start and run no pod. */
function checkPodBlocks(podCidr: string, nodeCount: number): void {
  if (Token.isUnresolved(podCidr)) return;
  const most = 2 ** (ORACLE_POD_BLOCK.prefix - cidr(podCidr).prefix);
  if (nodeCount <= most) return;
  throw new Error(
    `podCidr ${podCidr} holds the pods of ${most} nodes, a /${ORACLE_POD_BLOCK.prefix} for each, and the pools have ` +
      `${nodeCount} nodes; give the cluster a larger podCidr`,
  );
}

/** `domain/group` as policies write it: each part in quotes. */
function quoted(group: string): string {
  return group
    .split('/')
    .map((part) => `'${part}'`)
    .join('/');
}
