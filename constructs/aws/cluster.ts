import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import { AWS_CONTROL_PLANE_ZONES } from '../../estate/catalog/aws';
import type { AwsMachine } from '../../estate/catalog/aws-machines';
import { FINDINGS } from '../../estate/catalog/findings';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import type { AlarmOptions } from './alarms';
import { Capacity } from './capacity';
import { checkKeyRegion, checkName, checkServiceRange, checkZone } from './checks';
import { addAccessEntries, allowApiRanges, apiRanges, endpointAccess } from './cluster-access';
import { addControlPlaneLogs } from './cluster-logs';
import type { IEncryptionKey } from './encryption-key';
import { acknowledge } from './findings';
import { podIdentityPrincipal } from './identity';
import { addAddon, apiConnections, type ClusterAttributes, ImportedCluster } from './imported-cluster';
import { addTags } from './names';
import type { INetwork } from './network-attributes';
import { watchNodes } from './node-alarms';
import { type AddonOptions, type ICluster, NodePool, type NodePoolOptions, podConfigName } from './node-pool';

/** Options of the system pool of a {@link Cluster}: CPU nodes that run its services. */
export interface SystemPoolOptions {
  /** Row of the machine type. */
  readonly machine: AwsMachine;
  /** Nodes in service. */
  readonly nodeCount: number;
  /** First of the zones of its nodes; a change replaces the node group. @default - those of the control plane */
  readonly zone?: string;
  /** The other zones of its nodes; a change replaces the node group. @default - none beside `zone` */
  readonly furtherZones?: readonly string[];
  /** As {@link NodePoolOptions.releaseVersion}. @default - the latest of the cluster's version */
  readonly releaseVersion?: string;
}

/** Options of a {@link Cluster}. */
export interface ClusterProps {
  /** First part of the Name tags of its nodes. */
  readonly name: string;
  /** Network of its control plane, nodes and pods. */
  readonly network: INetwork;
  /** Owner of the subnets that it may use, for networks whose subnets have owners. @default - any */
  readonly subnetOwner?: string;
  /** Kubernetes minor version, such as `1.35`. */
  readonly version: string;
  /** Range of the Kubernetes services; fixed at creation. */
  readonly serviceCidr: string;
  /** CPU nodes that run its services. */
  readonly systemPool: SystemPoolOptions;
  /**
   * Zones of the region that the control plane is reached in, two at least; a change replaces the cluster, so name them
   * where the network may get further ones.
   *
   * @default - every zone of the region that the network has
   */
  readonly zones?: readonly string[];
  /** Encrypts Kubernetes secrets and the disks of the nodes. */
  readonly encryptionKey: IEncryptionKey;
  /** What its nodes act as. @default - a role with what nodes of EKS need, and nothing else */
  readonly nodeRole?: iam.IRole;
  /** ARNs of IAM principals that administer it. @default - nobody: access entries can be added later */
  readonly clusterAdmins?: readonly string[];
  /**
   * ARNs of IAM principals that may look at what runs in its namespaces, secrets excepted, and change nothing.
   *
   * @default - nobody
   */
  readonly clusterViewers?: readonly string[];
  /**
   * Ranges that reach the API server besides the network: private ones inside it, public ones through its public
   * endpoint, which is closed to everybody else.
   *
   * @default - none
   */
  readonly apiAccessCidrs?: readonly string[];
  /**
   * Its own name, unique in account and region, and fixed at creation: a change would replace the cluster, which
   * CloudFormation refuses to do under one name. With it the log group of its control plane is made before it, and kept,
   * encrypted and ended with it; without, EKS makes a group that nobody owns and that never ends.
   *
   * @default - CloudFormation chooses one
   */
  readonly clusterName?: string;
  /** Days for which the logs of its control plane are kept, with `clusterName` only. @default 365 */
  readonly logRetentionDays?: number;
  /**
   * Where alarms on its nodes go that fail. Container Insights is installed for it, which bills by what it observes.
   *
   * @default - no alarms
   */
  readonly alarms?: AlarmOptions;
  /** Size of the control plane; larger ones cost more. `TIER_XL` is advised above 1,000 nodes. @default STANDARD */
  readonly controlPlaneTier?: eks.ControlPlaneScalingTier;
  /**
   * Versions of add-ons by their names, such as `v1.20.4-eksbuild.2`. EKS does not move them with the cluster's version.
   *
   * @default - the default of the Kubernetes version when each is created
   */
  readonly addonVersions?: Readonly<Record<string, string>>;
  /** Makes EKS refuse to delete it. @default true */
  readonly deletionProtection?: boolean;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * A private EKS cluster with its add-ons and system pool.
 *
 * Pods take addresses of the network's `pods` subnets (custom networking), /28 prefixes at a time. Nothing in it needs
 * kubectl, a Lambda or an asset.
 */
export class Cluster extends Construct implements ICluster {
  /**
   * Imports a cluster that was made elsewhere: pools, add-ons and identities can be added to it. Its CNI, its version and
   * its administrators are its owner's.
   *
   * @throws ConstructError with IdInvalid when an id is that of something else
   */
  static fromClusterAttributes(scope: Construct, id: string, attributes: ClusterAttributes): ICluster {
    return new ImportedCluster(scope, id, attributes);
  }

  /** Its name. */
  readonly clusterName: string;
  /** Its ARN. */
  readonly clusterArn: string;
  /** Network of its control plane, nodes and pods. */
  readonly network: INetwork;
  /** Owner of the subnets that it may use; any where it is absent. */
  readonly subnetOwner?: string;
  /** Encrypts Kubernetes secrets and the disks of the nodes. */
  readonly encryptionKey: IEncryptionKey;
  /** Issuer of the tokens of its service accounts, which other clouds can trust. */
  readonly oidcIssuerUrl: string;
  /** What may connect: to the API server by default, on port 443. */
  readonly connections: ec2.Connections;
  /** The group that EKS made: it joins control plane and nodes, and lets them reach everything. */
  readonly securityGroup: ec2.ISecurityGroup;
  /** The id of that group. */
  readonly clusterSecurityGroupId: string;
  /** What its nodes act as. */
  readonly nodeRole: iam.IRole;
  /** CPU nodes that run its services. */
  readonly systemPool: NodePool;

  private readonly resource: eks.Cluster;
  private readonly tags: Tags;
  private readonly addonVersions: Readonly<Record<string, string>>;
  private readonly nodeAddons: readonly eks.CfnAddon[];

  /**
   * @throws ConstructError with NameInvalid, KeyUnsuitable, VersionInvalid, RetentionInvalid, RangeInvalid, ZoneUnknown or
   * SubnetMissing when EKS would refuse it
   */
  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const zones = this.check(props);
    const ranges = apiRanges(this, props.apiAccessCidrs ?? []);
    this.network = props.network;
    this.subnetOwner = props.subnetOwner;
    this.encryptionKey = props.encryptionKey;
    this.tags = props.tags ?? {};
    this.addonVersions = props.addonVersions ?? {};
    // Launch templates name the key for disks that Auto Scaling creates.
    this.encryptionKey.grants.throughService('ec2');
    const logGroup = addControlPlaneLogs(this, props);
    this.resource = new eks.Cluster(this, 'Resource', {
      clusterName: props.clusterName,
      version: eks.KubernetesVersion.of(props.version),
      vpc: props.network.vpc,
      vpcSubnets: [{ subnets: [...this.controlPlaneSubnets(zones)] }],
      endpointAccess: endpointAccess(ranges),
      serviceIpv4Cidr: props.serviceCidr,
      secretsEncryptionKey: this.encryptionKey.key,
      clusterLogging: Object.values(eks.ClusterLoggingTypes),
      controlPlaneScalingTier: props.controlPlaneTier,
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapClusterCreatorAdminPermissions: false,
      // The add-ons below replace what EKS would install by itself and then never update.
      bootstrapSelfManagedAddons: false,
      outputConfigCommand: false,
    });
    const { defaultChild } = this.resource.node;
    if (defaultChild instanceof eks.CfnCluster) {
      this.node.defaultChild = defaultChild;
      defaultChild.deletionProtection = props.deletionProtection ?? true;
      if (logGroup !== undefined) defaultChild.node.addDependency(logGroup);
    }
    this.clusterName = this.resource.clusterName;
    this.clusterArn = this.resource.clusterArn;
    this.oidcIssuerUrl = this.resource.clusterOpenIdConnectIssuerUrl;
    this.securityGroup = this.resource.clusterSecurityGroup;
    this.clusterSecurityGroupId = this.resource.clusterSecurityGroupId;
    this.connections = apiConnections(this.securityGroup);
    this.nodeRole = props.nodeRole ?? this.addNodeRole();
    const { clusterAdmins: admins = [], clusterViewers: viewers = [] } = props;
    addAccessEntries(this, this.resource, { admins, viewers });
    // The second group is the one of the control plane alone; that of EKS stands on nodes too.
    const [, controlPlane = this.securityGroup] = this.resource.connections.securityGroups;
    allowApiRanges(this, controlPlane, ranges);
    this.nodeAddons = this.addNodeAddons();
    const [zone, ...furtherZones] = zones;
    const { systemPool } = props;
    this.systemPool = this.addNodePool('system', {
      name: `${props.name}-system`,
      machine: systemPool.machine,
      nodeCount: systemPool.nodeCount,
      ...(systemPool.zone === undefined && systemPool.furtherZones === undefined
        ? { zone, furtherZones }
        : { zone: systemPool.zone, furtherZones: systemPool.furtherZones }),
      capacity: new Capacity(this, 'system-capacity', { kind: 'on-demand' }),
      version: props.version,
      releaseVersion: systemPool.releaseVersion,
      tags: this.tags,
    });
    this.addAddon('coredns').node.addDependency(this.systemPool);
    if (props.alarms !== undefined) watchNodes(this, props.alarms).node.addDependency(this.systemPool);
    acknowledge(this, FINDINGS['aws-cluster-encryption']);
    acknowledge(this, FINDINGS['aws-eks-policies']);
    addTags(this, this.tags);
  }

  /** What nodes wait for: the add-ons that configure their network. */
  get nodePrerequisites(): readonly IDependable[] {
    return this.nodeAddons;
  }

  /**
   * Adds a group of nodes, which waits for the {@link Cluster.nodePrerequisites}.
   *
   * @throws ConstructError as {@link NodePool} does
   */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  /** Installs an EKS add-on by its name. */
  addAddon(name: string, options: AddonOptions = {}): eks.CfnAddon {
    return addAddon(this, name, { ...options, version: options.version ?? this.addonVersions[name] });
  }

  private check({ name, version, serviceCidr, network, zones, encryptionKey }: ClusterProps): readonly string[] {
    checkName(this, name);
    checkKeyRegion(this, encryptionKey);
    if (!Token.isUnresolved(version) && !/^1\.\d{1,2}$/.test(version)) {
      throw new ConstructError(
        this,
        'VersionInvalid',
        `version "${version}" is no minor version of Kubernetes; give one such as "1.35"`,
      );
    }
    checkServiceRange(this, serviceCidr);
    for (const zone of zones ?? []) checkZone(this, network.regionalZones, zone);
    return zones?.toSorted() ?? network.regionalZones;
  }

  /** Control planes take subnets of at least two zones, none of them a Local Zone. */
  private controlPlaneSubnets(zones: readonly string[]): readonly ec2.ISubnet[] {
    const { network, subnetOwner: owner } = this;
    const subnets = zones.flatMap((zone) => network.subnetsFor('control-plane', { zone, owner }));
    const least = AWS_CONTROL_PLANE_ZONES.value;
    if (new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size >= least) return subnets;
    throw new ConstructError(
      this,
      'SubnetMissing',
      `EKS needs control-plane subnets in two zones of the region, the network has ${subnets.length} in ${zones.join(', ')}; add a zone to it`,
    );
  }

  private addNodeRole(): iam.Role {
    return new iam.Role(this, 'node-role', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: NODE_POLICIES.map((policy) => iam.ManagedPolicy.fromAwsManagedPolicyName(policy)),
    });
  }

  /** What every node runs; installed before the first one starts. */
  private addNodeAddons(): readonly eks.CfnAddon[] {
    const role = new iam.Role(this, 'cni-role', {
      assumedBy: podIdentityPrincipal(this.clusterName, { namespace: 'kube-system', serviceAccount: 'aws-node' }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(CNI_POLICY)],
    });
    return [
      this.addAddon('vpc-cni', {
        configuration: this.cniConfiguration(),
        podIdentities: [{ serviceAccount: 'aws-node', roleArn: role.roleArn }],
      }),
      this.addAddon('kube-proxy'),
      this.addAddon('eks-pod-identity-agent'),
      // Its GPU server tolerates nothing by itself: tainted nodes would count as broken, and be replaced.
      this.addAddon('eks-node-monitoring-agent', {
        configuration: { dcgmAgent: { tolerations: [{ operator: 'Exists' }] } },
      }),
    ];
  }

  private cniConfiguration(): object {
    // One prefix for a node that starts, a second one when fewer than four addresses are left.
    const prefixes = { ENABLE_PREFIX_DELEGATION: 'true', MINIMUM_IP_TARGET: '16', WARM_IP_TARGET: '4' };
    const subnets = Object.fromEntries(this.podSubnets());
    if (Object.keys(subnets).length === 0) return { env: prefixes };
    return {
      env: {
        ...prefixes,
        AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true',
        ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone',
      },
      eniConfig: {
        create: true,
        region: Stack.of(this).region,
        subnets,
      },
    };
  }

  /** Where pods get their addresses, by the name of the CNI's configuration: the zone, with the ordinal of its range. */
  private podSubnets(): (readonly [string, object])[] {
    const owner = this.subnetOwner;
    const subnets = this.network.subnetsFor('pods', { owner });
    const zones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
    return zones.flatMap((zone) => {
      const ranges: (readonly [string, object])[] = [];
      for (let ordinal = 1; ; ordinal++) {
        const [subnet] = this.network.subnetsFor('pods', { zone, owner, ordinal });
        if (subnet === undefined) return ranges;
        const config = { id: subnet.subnetId, securityGroups: [this.clusterSecurityGroupId] };
        ranges.push([podConfigName(zone, ordinal), config]);
      }
    });
  }
}

const NODE_POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'];
const CNI_POLICY = 'AmazonEKS_CNI_Policy';
