import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import { checkId, checkKeyRegion, ROLE_ARN, SECURITY_GROUP } from './checks';
import type { IEncryptionKey } from './encryption-key';
import type { INetwork } from './network-attributes';
import { type AddonOptions, type ICluster, NodePool, type NodePoolOptions } from './node-pool';

/** What is known of a cluster that was made elsewhere. */
export interface ClusterAttributes {
  /** Its name. */
  readonly clusterName: string;
  /** Network of its nodes and pods, such as {@link Network.fromNetworkAttributes}. */
  readonly network: INetwork;
  /** Owner of the subnets that its nodes may lie in. @default - any */
  readonly subnetOwner?: string;
  /** The group that EKS made for it, which joins control plane and nodes. */
  readonly clusterSecurityGroupId: string;
  /** What its nodes act as: a role that the cluster has an access entry for, as those of managed node groups do. */
  readonly nodeRoleArn: string;
  /** Encrypts the disks of nodes. @default - the key that EBS uses in this account */
  readonly encryptionKey?: IEncryptionKey;
}

/** A cluster that was made elsewhere; {@link Cluster.fromClusterAttributes} makes it known. */
export class ImportedCluster extends Construct implements ICluster {
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
  /** What may connect: to the API server by default, on port 443. */
  readonly connections: ec2.Connections;
  /** What its nodes act as. */
  readonly nodeRole: iam.IRole;
  /** Its CNI is its owner's: nodes wait for nothing here. */
  readonly nodePrerequisites: readonly IDependable[] = [];

  /** @throws ConstructError with IdInvalid or KeyUnsuitable when an id is that of something else */
  constructor(scope: Construct, id: string, attributes: ClusterAttributes) {
    super(scope, id);
    const { clusterName, clusterSecurityGroupId, nodeRoleArn } = attributes;
    checkId(this, 'name of a cluster', clusterName, /^[0-9A-Za-z][\w-]{0,99}$/, 'atlas-ohio');
    checkId(this, 'security group', clusterSecurityGroupId, SECURITY_GROUP, 'sg-0123456789abcdef0');
    checkId(this, 'ARN of a role', nodeRoleArn, ROLE_ARN, 'arn:aws:iam::111122223333:role/nodes');
    this.clusterName = clusterName;
    this.clusterArn = Stack.of(this).formatArn({ service: 'eks', resource: 'cluster', resourceName: clusterName });
    this.network = attributes.network;
    this.subnetOwner = attributes.subnetOwner;
    checkKeyRegion(this, attributes.encryptionKey);
    this.encryptionKey = attributes.encryptionKey;
    // Launch templates name the key for disks that Auto Scaling creates.
    this.encryptionKey?.grants.throughService('ec2');
    this.clusterSecurityGroupId = clusterSecurityGroupId;
    this.securityGroup = ec2.SecurityGroup.fromSecurityGroupId(this, 'security-group', clusterSecurityGroupId);
    this.connections = apiConnections(this.securityGroup);
    this.nodeRole = iam.Role.fromRoleArn(this, 'node-role', nodeRoleArn, { mutable: false });
  }

  /** Adds a group of nodes. */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  /** Installs an EKS add-on by its name. */
  addAddon(name: string, options: AddonOptions = {}): eks.CfnAddon {
    return addAddon(this, name, options);
  }
}

/** The group that EKS made stands on the interfaces of the control plane too. */
export function apiConnections(securityGroup: ec2.ISecurityGroup): ec2.Connections {
  return new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.HTTPS });
}

/** Installs an EKS add-on by its name. */
export function addAddon(cluster: ICluster, name: string, options: AddonOptions): eks.CfnAddon {
  return new eks.CfnAddon(cluster, `addon-${name}`, {
    addonName: name,
    addonVersion: options.version,
    clusterName: cluster.clusterName,
    configurationValues: options.configuration && Stack.of(cluster).toJsonString(options.configuration),
    podIdentityAssociations: options.podIdentities && [...options.podIdentities],
    resolveConflicts: 'OVERWRITE',
  });
}
