import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { AwsMachine } from '../../estate/catalog/aws-machines';
import { hash8 } from '../../estate/name';
import type { Tags } from '../../estate/units';
import { Capacity } from './capacity';
import type { EncryptionKey } from './encryption-key';
import { podIdentityPrincipal } from './identity';
import { addTags } from './names';
import type { INetwork } from './network';
import { NodePool, type NodePoolOptions, podConfigName } from './node-pool';

/** CPU nodes that run the services of a cluster. */
export interface SystemPool {
  readonly machine: AwsMachine;
  readonly nodeCount: number;
  /** Zones of its nodes; a change replaces the node group. @default - those of the control plane */
  readonly zones?: readonly string[];
  /** As {@link NodePoolOptions.releaseVersion}. @default - the latest of the cluster's version */
  readonly releaseVersion?: string;
}

/** Options of a {@link Cluster}. */
export interface ClusterProps {
  /** First part of the Name tags of its nodes. */
  readonly name: string;
  readonly network: INetwork;
  /** Kubernetes minor version, such as `1.35`. */
  readonly version: string;
  /** Range of the Kubernetes services; fixed at creation. */
  readonly serviceCidr: string;
  readonly systemPool: SystemPool;
  /**
   * Zones of the region that the control plane is reached in, two at least; a change replaces the cluster, so name them
   * where the network may get further ones.
   *
   * @default - every zone of the region that the network has
   */
  readonly zones?: readonly string[];
  /** Encrypts Kubernetes secrets and the disks of the nodes. */
  readonly encryptionKey: EncryptionKey;
  /** ARNs of IAM principals that administer it. @default - nobody: access entries can be added later */
  readonly clusterAdmins?: readonly string[];
  /** Size of the control plane; larger ones cost more. `TIER_XL` is advised above 1,000 nodes. @default STANDARD */
  readonly controlPlaneTier?: eks.ControlPlaneScalingTier;
  /**
   * Versions of add-ons by their names, such as `v1.20.4-eksbuild.2`. EKS does not move them with the cluster's version.
   *
   * @default - the default of the Kubernetes version when each is created
   */
  readonly addonVersions?: Readonly<Record<string, string>>;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** Options of an EKS add-on. */
export interface AddonOptions {
  /** Version such as `v1.20.4-eksbuild.2`. @default - that of the cluster's `addonVersions`, if it has one */
  readonly version?: string;
  /** Values of the add-on's configuration schema. @default - its own defaults */
  readonly configuration?: object;
  /** Roles of its service accounts. @default - none */
  readonly podIdentities?: readonly eks.CfnAddon.PodIdentityAssociationProperty[];
}

/**
 * A private EKS cluster with its add-ons and system pool.
 *
 * Pods take addresses of the network's `pods` subnets (custom networking), /28 prefixes at a time. Nothing in it needs
 * kubectl, a Lambda or an asset.
 */
export class Cluster extends Construct {
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly network: INetwork;
  readonly encryptionKey: EncryptionKey;
  /** The group that EKS made: it joins control plane and nodes, and lets them reach everything. */
  readonly securityGroup: ISecurityGroup;
  /** The id of that group. */
  readonly clusterSecurityGroupId: string;
  readonly nodeRole: iam.Role;
  readonly systemPool: NodePool;

  private readonly resource: eks.Cluster;
  private readonly tags: Tags;
  private readonly addonVersions: Readonly<Record<string, string>>;
  private readonly nodePrerequisites: Construct[] = [];

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    this.network = props.network;
    this.encryptionKey = props.encryptionKey;
    this.tags = props.tags ?? {};
    this.addonVersions = props.addonVersions ?? {};
    const zones = props.zones?.toSorted() ?? props.network.regionalZones;
    // Launch templates name the key for disks that Auto Scaling creates.
    this.encryptionKey.allowThroughService('ec2');
    this.resource = new eks.Cluster(this, 'Resource', {
      version: eks.KubernetesVersion.of(props.version),
      vpc: props.network.vpc,
      vpcSubnets: [{ subnets: [...controlPlaneSubnets(props.network, zones)] }],
      endpointAccess: eks.EndpointAccess.PRIVATE,
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
    if (this.resource.node.defaultChild instanceof eks.CfnCluster) {
      this.resource.node.defaultChild.deletionProtection = true;
    }
    this.clusterName = this.resource.clusterName;
    this.clusterArn = this.resource.clusterArn;
    this.securityGroup = this.resource.clusterSecurityGroup;
    this.clusterSecurityGroupId = this.resource.clusterSecurityGroupId;
    this.nodeRole = new iam.Role(this, 'node-role', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: NODE_POLICIES.map((policy) => iam.ManagedPolicy.fromAwsManagedPolicyName(policy)),
    });
    for (const admin of props.clusterAdmins ?? []) this.addAdmin(admin);
    this.addNodeAddons();
    this.systemPool = this.addNodePool('system', {
      name: `${props.name}-system`,
      machine: props.systemPool.machine,
      nodeCount: props.systemPool.nodeCount,
      zones: props.systemPool.zones ?? zones,
      capacity: new Capacity(this, 'system-capacity', { kind: 'on-demand' }),
      version: props.version,
      releaseVersion: props.systemPool.releaseVersion,
      tags: this.tags,
    });
    this.addAddon('coredns').node.addDependency(this.systemPool);
    this.acknowledgeFindings();
    addTags(this, this.tags);
  }

  /** Adds a group of nodes. */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    const pool = new NodePool(this, id, { ...options, cluster: this });
    // Nodes that start before the CNI is configured put their pods into the wrong subnet, and stay so.
    pool.node.addDependency(...this.nodePrerequisites);
    return pool;
  }

  /** Installs an EKS add-on by its name. */
  addAddon(name: string, options: AddonOptions = {}): eks.CfnAddon {
    return new eks.CfnAddon(this, `addon-${name}`, {
      addonName: name,
      addonVersion: options.version ?? this.addonVersions[name],
      clusterName: this.clusterName,
      configurationValues: options.configuration && Stack.of(this).toJsonString(options.configuration),
      podIdentityAssociations: options.podIdentities && [...options.podIdentities],
      resolveConflicts: 'OVERWRITE',
    });
  }

  private addAdmin(principal: string): void {
    new eks.AccessEntry(this, `admin-${hash8(principal)}`, {
      cluster: this.resource,
      principal,
      accessPolicies: [
        eks.AccessPolicy.fromAccessPolicyName('AmazonEKSClusterAdminPolicy', {
          accessScopeType: eks.AccessScopeType.CLUSTER,
        }),
      ],
    });
  }

  /** What every node runs; installed before the first one starts. */
  private addNodeAddons(): void {
    const role = new iam.Role(this, 'cni-role', {
      assumedBy: podIdentityPrincipal({
        clusterName: this.clusterName,
        namespace: 'kube-system',
        serviceAccount: 'aws-node',
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(CNI_POLICY)],
    });
    this.nodePrerequisites.push(
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
    );
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
    const zones = [...new Set(this.network.subnetsFor('pods').map(({ availabilityZone }) => availabilityZone))];
    return zones.flatMap((zone) => {
      const ranges: (readonly [string, object])[] = [];
      for (let ordinal = 1; ; ordinal++) {
        const [subnet] = this.network.subnetsFor('pods', { zone, ordinal });
        if (subnet === undefined) return ranges;
        const config = { id: subnet.subnetId, securityGroups: [this.clusterSecurityGroupId] };
        ranges.push([podConfigName(zone, ordinal), config]);
      }
    });
  }

  private acknowledgeFindings(): void {
    const reason = 'AWS maintains this policy for what EKS itself needs and changes it with EKS.';
    Validations.of(this).acknowledge(
      {
        id: 'CloudFormation-Validate::W9009',
        reason: 'EncryptionConfig.Resources, deprecated in the schema, is what aws-eks-v2 writes and EKS still needs.',
      },
      ...['AmazonEKSClusterPolicy', ...NODE_POLICIES, CNI_POLICY].map((policy) => ({
        id: `AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
        reason,
      })),
    );
  }
}

const NODE_POLICIES = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly'];
const CNI_POLICY = 'AmazonEKS_CNI_Policy';

/** Control planes take subnets of at least two zones, none of them a Local Zone. */
function controlPlaneSubnets(network: INetwork, zones: readonly string[]) {
  const subnets = zones.flatMap((zone) => network.subnetsFor('control-plane', { zone }));
  if (new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size < 2) {
    throw new Error(
      `EKS needs control-plane subnets in two zones of the region, the network has ${subnets.length} in ${zones.join(', ')}; add a zone to it`,
    );
  }
  return subnets;
}
