import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type CfnAddon, CfnNodegroup } from 'aws-cdk-lib/aws-eks-v2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Fn } from 'aws-cdk-lib/core';
import { Construct, type IConstruct, type IDependable } from 'constructs';
import { AWS_NODE_UPDATE } from '../../estate/catalog/aws-limits';
import { rootVolumeGiBOf } from '../../estate/catalog/aws-machines';
import type { Tags } from '../../estate/units';
import { ConstructError, type ConstructErrorCode } from '../errors';
import type { Taint } from '../kubernetes';
import { checkName, checkZone } from './checks';
import type { IEncryptionKey } from './encryption-key';
import type { IFabric } from './fabric';
import { addTags, identityTags } from './names';
import type { INetwork } from './network-attributes';
import { networkInterfaces } from './network-interfaces';
import { type ScalingOptions, scalingConfig, scalingProblem, scalingTags } from './node-scaling';
import { retainAll } from './retain';

/** A cluster that pools, add-ons and identities may be added to. */
export interface ICluster extends IConstruct, ec2.IConnectable {
  /** Its name. */
  readonly clusterName: string;
  /** Its ARN. */
  readonly clusterArn: string;
  /** Network of its nodes and pods. */
  readonly network: INetwork;
  /** Owner of the subnets that its nodes may lie in; any where it is absent. */
  readonly subnetOwner?: string;
  /** Encrypts the disks of nodes; the key of EBS does where it is absent. */
  readonly encryptionKey?: IEncryptionKey;
  /** The group that EKS made: it joins control plane and nodes. */
  readonly securityGroup: ec2.ISecurityGroup;
  /** The id of that group. */
  readonly clusterSecurityGroupId: string;
  /** What nodes act as. */
  readonly nodeRole: iam.IRole;
  /** What nodes wait for: the add-ons that configure their network. */
  readonly nodePrerequisites: readonly IDependable[];
  /** Adds a group of nodes, which waits for the {@link ICluster.nodePrerequisites}. */
  addNodePool(id: string, options: NodePoolOptions): NodePool;
  /** Installs an EKS add-on by its name. */
  addAddon(name: string, options?: AddonOptions): CfnAddon;
}

/** Options of an EKS add-on. */
export interface AddonOptions {
  /** Version such as `v1.20.4-eksbuild.2`. @default - that of the cluster's `addonVersions`, if it has one */
  readonly version?: string;
  /** Values of the add-on's configuration schema. @default - its own defaults */
  readonly configuration?: object;
  /** Roles of its service accounts. @default - none */
  readonly podIdentities?: readonly CfnAddon.PodIdentityAssociationProperty[];
}

/** Options of a {@link NodePool} that a cluster adds. */
export interface NodePoolOptions extends ScalingOptions {
  /** Value of the Name tag of its nodes. */
  readonly name: string;
  /**
   * Zone of the nodes, or the first of several; a change replaces the node group.
   *
   * @default - that of the fabric; without one, every zone of the region that has a nodes subnet
   */
  readonly zone?: string;
  /** The other zones of nodes that need not be near each other; a change replaces the node group. @default - none */
  readonly furtherZones?: readonly string[];
  /**
   * Which of the ranges of a zone the nodes and their pods lie in, for networks that have several. It is never derived:
   * a change replaces the node group.
   *
   * @default 1
   */
  readonly range?: number;
  /** EFA network that the nodes join. @default - the nodes get no EFA interface */
  readonly fabric?: IFabric;
  /** Kubernetes labels. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Kubernetes taints besides that of the accelerator. @default - none */
  readonly taints?: readonly Taint[];
  /**
   * Kubernetes minor version; a change replaces the nodes one after the other. Groups of capacity blocks take it only
   * while they are empty. EKS moves a cluster on only when every group has the version that it has now.
   *
   * @default - the cluster's at creation, and never another one
   */
  readonly version?: string;
  /**
   * Release of the image, such as `1.35.0-20260120`; a change replaces the nodes like one of the version does.
   *
   * @default - the latest, whenever nodes are made or the group is updated
   */
  readonly releaseVersion?: string;
  /**
   * Version of the launch template that the group runs. Pin it to hold back the roll of all nodes that every change of
   * the template causes, which groups of capacity blocks refuse while they have nodes.
   *
   * @default - the latest
   */
  readonly launchTemplateVersion?: string;
  /**
   * Keeps the group, with what its nodes stand on, when the stack goes or a change would replace it.
   *
   * @default - true for capacity that is held, false for what can be had again
   */
  readonly deletionProtection?: boolean;
  /** Size of the root volume. @default 500 with accelerators, whose images are large, else 100 */
  readonly rootVolumeGiB?: number;
  /** Labels of everything in it; nodes carry those that say what they are (estate, cluster). @default - none */
  readonly tags?: Tags;
}

/** Options of a {@link NodePool}. */
export interface NodePoolProps extends NodePoolOptions {
  /** Cluster that the nodes join. */
  readonly cluster: ICluster;
}

/** A managed node group of one machine type: one rack, or the nodes of one RDMA domain. */
export class NodePool extends Construct {
  /** Name of the node group. */
  readonly nodePoolName: string;
  /** ARN of the node group. */
  readonly nodePoolArn: string;
  /** What its nodes are made from. */
  readonly launchTemplate: ec2.CfnLaunchTemplate;
  /** Id of the launch template. */
  readonly launchTemplateId: string;

  /**
   * @throws ConstructError with CountInvalid, CapacityUnsupported, CapacityIncomplete, FabricMismatch, MachineUnsuitable,
   * ZoneUnknown or SubnetMissing when its nodes could never start
   */
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    this.check(props);
    const { cluster, machine, capacity, deletionProtection = capacity.held } = props;
    const accelerated = machine.accelerators > 0;
    this.launchTemplate = new ec2.CfnLaunchTemplate(this, 'launch-template', {
      launchTemplateData: launchTemplateData(props),
      tagSpecifications: [{ resourceType: 'launch-template', tags: nodeTags(props) }],
    });
    this.launchTemplateId = this.launchTemplate.ref;
    const group = new CfnNodegroup(this, 'Resource', {
      clusterName: cluster.clusterName,
      nodeRole: cluster.nodeRole.roleArn,
      subnets: this.nodeSubnets(props),
      amiType: machine.amiType,
      capacityType: capacity.capacityType,
      // The type stands in the template: node groups refuse it in both places, and blocks want it there.
      launchTemplate: {
        id: this.launchTemplateId,
        version: props.launchTemplateVersion ?? this.launchTemplate.attrLatestVersionNumber,
      },
      scalingConfig: scalingConfig(props),
      // Reserved accelerators have no room for a node more: the old one goes first.
      updateConfig: {
        maxUnavailablePercentage: AWS_NODE_UPDATE.unavailablePercent,
        updateStrategy: accelerated ? 'MINIMAL' : 'DEFAULT',
      },
      nodeRepairConfig: { enabled: true, maxParallelNodesRepairedCount: 1 },
      labels: labels(props),
      taints: taints(props),
      version: props.version,
      releaseVersion: props.releaseVersion,
      tags: scalingTags(props),
    });
    this.node.defaultChild = group;
    this.nodePoolName = group.attrNodegroupName;
    this.nodePoolArn = group.attrArn;
    // Nodes that start before the CNI is configured put their pods into the wrong subnet, and stay so.
    if (cluster.nodePrerequisites.length > 0) this.node.addDependency(...cluster.nodePrerequisites);
    addTags(this, { ...props.tags, Name: props.name });
    if (deletionProtection) {
      // With what its nodes stand on: a kept node without its rules, role or template is lost all the same.
      for (const kept of [this, cluster.nodeRole]) retainAll(kept);
      props.fabric?.retain();
    }
  }

  private check(props: NodePoolProps): void {
    checkName(this, props.name);
    this.checkCount(props);
    this.checkPlace(props);
    this.checkFabric(props);
  }

  private checkCount(props: NodePoolProps): void {
    const problem = scalingProblem(props);
    if (problem !== undefined) this.refuse(...problem);
  }

  private checkPlace({ cluster, machine, capacity, zone, furtherZones = [], fabric }: NodePoolProps): void {
    if (!machine.capacity.includes(capacity.kind)) {
      this.refuse(
        'CapacityUnsupported',
        `${machine.type} is not sold as "${capacity.kind}"; use ${machine.capacity.join(', ')}`,
      );
    }
    if (furtherZones.length > 0 && zone === undefined) {
      this.refuse('ZoneUnknown', `furtherZones names ${furtherZones.join(', ')}; say with zone which the first one is`);
    }
    if (capacity.held && ((zone === undefined && fabric === undefined) || furtherZones.length > 0)) {
      this.refuse(
        'CapacityIncomplete',
        `capacity "${capacity.kind}" is held in one zone; say in which with zone, nodes elsewhere never start`,
      );
    }
    for (const one of [zone ?? [], furtherZones].flat()) checkZone(this, cluster.network.zones, one);
  }

  private checkFabric({ machine, capacity, zone, furtherZones = [], fabric }: NodePoolProps): void {
    if (fabric === undefined) return;
    if (machine.efa === undefined) {
      this.refuse('MachineUnsuitable', `${machine.type} has no EFA and cannot join a fabric; leave the fabric out`);
    }
    const other = [zone ?? fabric.zone, ...furtherZones].find((one) => one !== fabric.zone);
    if (other !== undefined) {
      this.refuse(
        'FabricMismatch',
        `zone "${other}" is not that of the fabric, "${fabric.zone}"; EFA does not leave a zone`,
      );
    }
    if (fabric.placementGroupName === undefined || capacity.kind === 'on-demand') return;
    if (capacity.placement?.groupName === fabric.placementGroupName) return;
    const way =
      capacity.kind === 'reservation'
        ? 'give it a fabric with placement "none", and say with placementGroup of the capacity which one it was made in'
        : 'give it a fabric with placement "none"';
    this.refuse(
      'FabricMismatch',
      `capacity "${capacity.kind}" cannot use a cluster placement group that it was not made in; ${way}`,
    );
  }

  private nodeSubnets({ cluster, zone, furtherZones = [], fabric, range }: NodePoolProps): string[] {
    const { network, subnetOwner: owner } = cluster;
    const first = zone ?? fabric?.zone;
    // Sorted, because a node group is replaced when its subnets change.
    const chosen = first === undefined ? network.regionalZones : [first, ...furtherZones].toSorted();
    const ordinal = range ?? 1;
    const subnets = chosen.flatMap((name) => network.subnetsFor('nodes', { zone: name, owner, ordinal }));
    const which = ordinal === 1 ? '' : ` number ${ordinal}`;
    if (subnets.length === 0) {
      this.refuse('SubnetMissing', `the network has no nodes subnet${which} in ${chosen.join(', ')}; add one`);
    }
    const withPods = network.subnetsFor('pods', { owner, ordinal }).map(({ availabilityZone }) => availabilityZone);
    const without = chosen.find((name) => withPods.length > 0 && !withPods.includes(name));
    if (without !== undefined) {
      this.refuse(
        'SubnetMissing',
        `the network has no pods subnet in ${without}; nodes there would run no pod, add one or choose ${withPods.join(', ')}`,
      );
    }
    return subnets.map(({ subnetId }) => subnetId);
  }

  private refuse(code: ConstructErrorCode, what: string): never {
    throw new ConstructError(this, code, what);
  }
}

/** Name of the CNI's configuration for one of the ranges of a zone: nodes find the first one by the label of their zone. */
export function podConfigName(zone: string, ordinal: number): string {
  return ordinal === 1 ? zone : `${zone}-${ordinal}`;
}

/**
 * The labels, with the one that leads the CNI to the addresses of pods where that is not the first range of the zone: it
 * looks there before it looks at the label of the zone (`pkg/eniconfig` of amazon-vpc-cni-k8s).
 */
function labels({ labels: own, range = 1, zone, fabric }: NodePoolProps): Readonly<Record<string, string>> | undefined {
  const one = zone ?? fabric?.zone;
  if (range === 1 || one === undefined) return own;
  return { ...own, 'vpc.amazonaws.com/externalEniConfig': podConfigName(one, range) };
}

function taints({ machine, taints: further = [] }: NodePoolProps): CfnNodegroup.TaintProperty[] {
  const key = machine.resourceName;
  const own: readonly Taint[] = key === undefined ? [] : [{ key, value: 'present', effect: 'NoSchedule' }];
  return [...own, ...further].map(({ effect, ...taint }) => ({ ...taint, effect: EFFECTS[effect] }));
}

const EFFECTS = {
  NoSchedule: 'NO_SCHEDULE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
} as const;

/** Tags of instances and volumes. They live in the template, so only those that never change: a new version of it
 * replaces every node. */
function nodeTags({ name, tags = {} }: NodePoolProps): { key: string; value: string }[] {
  return Object.entries({ ...identityTags(tags), Name: name })
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => ({ key, value }));
}

function launchTemplateData(props: NodePoolProps): ec2.CfnLaunchTemplate.LaunchTemplateDataProperty {
  const { cluster, machine, fabric, capacity } = props;
  const packed = fabric?.placementGroupName === undefined ? undefined : { groupName: fabric.placementGroupName };
  return {
    instanceType: machine.type,
    instanceMarketOptions: capacity.marketOptions,
    capacityReservationSpecification: capacity.reservationSpecification,
    placement: capacity.placement ?? packed,
    networkInterfaces: networkInterfaces(machine, {
      clusterSecurityGroupId: cluster.clusterSecurityGroupId,
      fabricSecurityGroupId: fabric?.securityGroup.securityGroupId,
    }),
    // Pods have Pod Identity and need no metadata service; one hop keeps it to the node.
    metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1, httpEndpoint: 'enabled' },
    blockDeviceMappings: [
      {
        deviceName: '/dev/xvda',
        ebs: {
          volumeType: 'gp3',
          volumeSize: props.rootVolumeGiB ?? rootVolumeGiBOf(machine),
          encrypted: true,
          kmsKeyId: cluster.encryptionKey?.keyArn,
          deleteOnTermination: true,
        },
      },
    ],
    userData: machine.localNvmeGB > 0 ? Fn.base64(LOCAL_STORAGE) : undefined,
    tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
      resourceType,
      tags: nodeTags(props),
    })),
  };
}

/** Joins the local NVMe disks to one volume for containers and scratch. */
const LOCAL_STORAGE = `MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="//"

--//
Content-Type: application/node.eks.aws

apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  instance:
    localStorage:
      strategy: RAID0

--//--
`;
