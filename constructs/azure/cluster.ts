import { DiskEncryptionSet } from '@cdktf/provider-azurerm/lib/disk-encryption-set';
import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct, type IConstruct } from 'constructs';
import { AZURE_POD_BLOCK } from '../../estate/catalog/azure';
import { parseCidr } from '../../estate/cidr';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { Grant } from '../grant';
import { setNewer } from '../newer-arguments';
import { addAlarm, NODES_NOT_READY } from './alarms';
import { ApiServerZone } from './api-server-zone';
import { type Capacity, ReservationAccess } from './capacity';
import { checkId } from './checks';
import { addClusterRules } from './cluster-rules';
import { type ClusterProps, checkCluster, clusterSettings, systemPoolSettings } from './cluster-settings';
import { Identity } from './identity';
import { CONTROL_PLANE_LOGS, ResourceLogs } from './logs';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import type { INetwork, NetworkSubnet } from './network-attributes';
import { type ICluster, NodePool, type NodePoolOptions } from './node-pool';
import { assignRole, type IIdentity } from './role-assignment';

/** What a {@link Cluster} that is there already is known by. */
export interface ClusterAttributes {
  /** Id of the cluster, `/subscriptions/…/providers/Microsoft.ContainerService/managedClusters/NAME`. */
  readonly clusterId: string;
  /**
   * Name of the cluster.
   * @default - the last part of `clusterId`
   */
  readonly clusterName?: string;
  /** Issuer of the tokens of its service accounts (`oidcIssuerProfile.issuerUrl`). */
  readonly oidcIssuerUrl: string;
  /** Network that its nodes are in. */
  readonly network: INetwork;
  /**
   * Owner of the subnet of its nodes, where the network has those of several clusters.
   * @default - the network has one subnet for nodes
   */
  readonly subnetOwner?: string;
  /**
   * Minor version of Kubernetes.
   * @default - pools take the version that the cluster has when they are made
   */
  readonly version?: string;
  /**
   * Object id of the identity of its control plane, which is then given its role on reservations.
   * @default - whoever owns the reservations gives the role
   */
  readonly principalId?: string;
  /**
   * Identity that its nodes act as.
   * @default - not known
   */
  readonly kubeletIdentity?: IIdentity;
}

/**
 * A private AKS cluster: its API server inside the network, Cilium on overlay addresses, Entra identities only.
 *
 * Nodes come from the pools that are added to it; its own pool runs nothing but critical add-ons. All of them are
 * encrypted at the host, for which the subscription must have registered `EncryptionAtHost` of `Microsoft.Compute`.
 */
export class Cluster extends Construct implements ICluster {
  /**
   * A cluster that is there already: pools, identities and mounts may be added to it. Nothing is made or looked up.
   *
   * @throws ConstructError with `IdInvalid` when the id is none, `SubnetMissing` when the network has no subnet for nodes
   */
  static fromClusterAttributes(scope: Construct, id: string, attributes: ClusterAttributes): ICluster {
    return new ImportedCluster(scope, id, attributes);
  }

  /** Name of the cluster. */
  readonly clusterName: string;
  /** Id of the cluster. */
  readonly clusterId: string;
  /** Minor version of Kubernetes. */
  readonly version: string;
  /** Issuer of the tokens of its service accounts, which identities trust. */
  readonly oidcIssuerUrl: string;
  /** Network that its nodes are in. */
  readonly network: INetwork;
  /** Subnet of its nodes. */
  readonly nodesSubnet: NetworkSubnet;
  /** Identity that its nodes act as, such as when they pull images. */
  readonly kubeletIdentity: IIdentity;
  /** What must exist before anything is added to it. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly podCidr: string;
  private nodeCount = 0;
  private readonly reservations: ReservationAccess;
  private readonly principalId: string;
  private readonly tags: Record<string, string>;
  private readonly place: { readonly resourceGroupName: string; readonly location: string };

  /**
   * @throws ConstructError with `KeyUnsuitable`, `SubnetMissing`, `RangeInvalid`, `CountInvalid`,
   * `TooMany`, `MaintenanceInvalid`, `NameInvalid` or `TagInvalid` when Azure would refuse the cluster, or never patch it
   */
  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    checkCluster(this, props);
    const { network } = props;
    this.network = network;
    this.version = props.version;
    this.podCidr = props.podCidr;
    this.admitNodes(this, props.systemPool.nodeCount);
    this.clusterName = physicalName([props.name], LIMITS.cluster);
    this.nodesSubnet = network.subnetFor('nodes', props.subnetOwner);
    this.tags = resourceTags(props.tags);
    this.place = { resourceGroupName: network.resourceGroupName, location: network.region };
    const lifecycle = props.deletionProtection === false ? undefined : { preventDestroy: true };
    const controlPlane = this.identityFor('control-plane', [props.name, 'cluster'], props.identity);
    this.principalId = controlPlane.principalId;
    this.reservations = new ReservationAccess(this, this.principalId);
    const disks = this.addDiskEncryption(props, lifecycle);
    const kubelet = this.addKubeletIdentity(props);
    const zone = props.apiServerZone === 'own' ? this.addZone(props) : undefined;
    const cluster = new KubernetesCluster(this, 'Resource', {
      name: this.clusterName,
      ...this.place,
      ...clusterSettings(props, zone?.zoneId),
      tags: this.tags,
      defaultNodePool: { ...systemPoolSettings(props), tags: this.tags },
      diskEncryptionSetId: disks.id,
      identity: { type: 'UserAssigned', identityIds: [controlPlane.id] },
      kubeletIdentity: kubelet?.settings,
      lifecycle: {
        ...lifecycle,
        ignoreChanges: [
          // Another zone at the site must not rebuild the pool that is there.
          'default_node_pool[0].zones',
          // Azure may answer with another spelling of these ids than it was given (`/resourcegroups/`), which would ask
          // for another cluster, or rotate the pool. A real change of them is none that a cluster could take.
          'default_node_pool[0].vnet_subnet_id',
          'private_dns_zone_id',
          'disk_encryption_set_id',
          // A registry of AKS's own is none that is said here.
          ...(props.bootstrapRegistryId === undefined && network.egress === 'none'
            ? ['bootstrap_profile[0].container_registry_id']
            : []),
        ],
      },
      timeouts: { create: '2h', update: '6h', delete: '2h' },
      dependsOn: [
        ...this.nodesSubnet.dependables,
        ...network.dependables,
        ...this.addRoles(props, zone),
        ...this.closeSubnets(props),
        ...disks.dependables,
        ...(kubelet?.dependables ?? []),
      ],
    });
    // What AKS does when nothing is said, and the next major of the provider wants it.
    setNewer(cluster, 'azurerm_kubernetes_cluster', { node_provisioning_profile: { mode: 'Manual' } });
    this.clusterId = cluster.id;
    this.oidcIssuerUrl = cluster.oidcIssuerUrl;
    this.kubeletIdentity = Identity.fromIdentityAttributes(this, 'kubelet-identity', {
      identityId: cluster.kubeletIdentity.userAssignedIdentityId,
      clientId: cluster.kubeletIdentity.clientId,
      principalId: cluster.kubeletIdentity.objectId,
    });
    this.dependables = [cluster];
    this.admitPeople(props);
    this.addMonitoring(props);
  }

  /** Adds machines; the id becomes part of the identity of the pool. */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  /**
   * Counts nodes of a pool that is being added.
   *
   * @throws ConstructError with `TooMany` when the pods' range has no /24 for each of them
   */
  admitNodes(pool: IConstruct, nodeCount: number): void {
    const prefix = parseCidr(this.podCidr)?.prefix;
    if (prefix === undefined || Token.isUnresolved(nodeCount)) return;
    this.nodeCount += nodeCount;
    const most = Math.floor(2 ** (AZURE_POD_BLOCK.prefix - prefix));
    if (this.nodeCount <= most) return;
    throw new ConstructError(
      pool,
      'TooMany',
      `cluster ${this.clusterName} has ${this.nodeCount} nodes: ${this.podCidr} holds the pods of ${most}, a ` +
        `/${AZURE_POD_BLOCK.prefix} for each; the range is fixed at creation, put the pool into another cluster`,
    );
  }

  /**
   * Access of the cluster to the reservations of a capacity, made when first asked for: `Contributor` on the resource
   * group that holds them. Pools wait for it; Azure may take up to an hour until it honours the role.
   */
  reservationAccess(capacity: Capacity): Grant {
    return this.reservations.to(capacity);
  }

  /** A managed identity with an id that is known before it exists; none is made where one is given. */
  private identityFor(id: string, nameParts: readonly string[], given?: IIdentity) {
    if (given !== undefined) {
      return { id: given.identityId, principalId: given.principalId, dependables: given.dependables };
    }
    const { id: identityId, principalId, identity } = this.addIdentity(id, nameParts);
    return { id: identityId, principalId, dependables: [identity] };
  }

  private addIdentity(id: string, nameParts: readonly string[]) {
    const name = physicalName(nameParts, LIMITS.identity);
    const identity = new UserAssignedIdentity(this, id, { name, ...this.place, tags: this.tags });
    return {
      id: resourceId(this.network, 'Microsoft.ManagedIdentity/userAssignedIdentities', name),
      principalId: identity.principalId,
      identity,
    };
  }

  private addDiskEncryption(
    { name: first, encryptionKey, identity }: ClusterProps,
    lifecycle: { readonly preventDestroy: boolean } | undefined,
  ) {
    const owner = this.identityFor('disks-identity', [first, 'disks'], identity);
    const use = encryptionKey.grants.encryptData(this, 'disks-use-key', owner.principalId);
    const name = physicalName([first, 'disks'], LIMITS.networkResource);
    const set = new DiskEncryptionSet(this, 'disks', {
      name,
      ...this.place,
      keyVaultKeyId: encryptionKey.versionlessKeyId,
      autoKeyRotationEnabled: true,
      identity: { type: 'UserAssigned', identityIds: [owner.id] },
      tags: this.tags,
      dependsOn: [...use.dependables, ...owner.dependables],
      // Disks of a running cluster cannot be read without it.
      lifecycle,
    });
    // A change of this id would replace the cluster, so it is made of names and never unknown.
    const id = resourceId(this.network, 'Microsoft.Compute/diskEncryptionSets', name);
    const reader = assignRole(this, 'reads-disks', {
      role: 'Reader',
      on: id,
      principalId: this.principalId,
      dependsOn: [set],
    });
    return { id, dependables: [set, reader] };
  }

  private addZone({ name, network, deletionProtection = true, tags }: ClusterProps): ApiServerZone {
    return new ApiServerZone(this, 'api-server-zone', { name, network, deletionProtection, tags });
  }

  /** Nodes without a way out start from the registry: who pulls for them must exist, and be allowed to, before them. */
  private addKubeletIdentity({ name, network, bootstrapRegistryId }: ClusterProps) {
    if (network.egress !== 'none' || bootstrapRegistryId === undefined) return undefined;
    const { id, principalId, identity } = this.addIdentity('kubelet', [name, 'kubelet']);
    const pull = assignRole(this, 'pulls-images', { role: 'AcrPull', on: bootstrapRegistryId, principalId });
    const assign = assignRole(this, 'assigns-kubelet', {
      role: 'Managed Identity Operator',
      on: id,
      principalId: this.principalId,
      dependsOn: [identity],
    });
    const settings = { userAssignedIdentityId: id, clientId: identity.clientId, objectId: principalId };
    return { settings, dependables: [pull, assign] };
  }

  /** Lets in whom the cluster needs, and nobody else. */
  private closeSubnets({ subnetOwner, podCidr, apiAccessCidrs = [] }: ClusterProps): readonly ITerraformDependable[] {
    return addClusterRules(this, {
      clusterName: this.clusterName,
      nodes: this.nodesSubnet,
      controlPlane: this.network.subnetFor('control-plane', subnetOwner),
      podCidr,
      clients: apiAccessCidrs,
    });
  }

  /** What the cluster must be allowed before it is created. */
  private addRoles({ encryptionKey: key, subnetOwner }: ClusterProps, zone?: ApiServerZone): ITerraformDependable[] {
    const { network, principalId, nodesSubnet } = this;
    const grants = [
      network.grants.join(this, 'joins-nodes', principalId, nodesSubnet),
      network.grants.join(this, 'joins-control-plane', principalId, network.subnetFor('control-plane', subnetOwner)),
      network.grants.linkNames(this, 'links-dns', principalId, nodesSubnet),
      (zone ?? network.grants).writeNames(this, 'writes-dns', principalId),
      key.grants.encryptSecrets(this, 'uses-key', principalId),
      key.grants.connect(this, 'connects-vault', principalId),
    ];
    return grants.flatMap(({ dependables }) => dependables);
  }

  /** What it logs, and who is told of its nodes: both are billed, and off until they are asked for. */
  private addMonitoring({ name, logRetentionDays, alarms, deletionProtection = true, tags }: ClusterProps): void {
    const { clusterId: resourceId, place } = this;
    if (logRetentionDays !== undefined) {
      new ResourceLogs(this, 'logs', {
        name,
        ...place,
        resourceId,
        logs: CONTROL_PLANE_LOGS,
        retentionDays: logRetentionDays,
        deletionProtection,
        tags,
      });
    }
    if (alarms === undefined) return;
    const { resourceGroupName } = place;
    addAlarm(this, NODES_NOT_READY, { name, resourceGroupName, resourceId, threshold: 0, ...alarms, tags });
  }

  /**
   * Lets groups fetch the address and certificate of the API server. Administrators are known to the cluster itself;
   * viewers are given what Azure lets them read there, which excludes secrets and roles.
   */
  private admitPeople({ clusterAdmins = [], clusterViewers = [] }: ClusterProps): void {
    const admit = (id: string, role: string, principalId: string) =>
      assignRole(this, id, { role, on: this.clusterId, principalId, principalType: 'Group' });
    // Azure refuses a role that a group has already, so a viewer who becomes an administrator keeps this assignment.
    const user = 'Azure Kubernetes Service Cluster User Role';
    for (const groupId of new Set([...clusterAdmins, ...clusterViewers])) admit(`enters-${groupId}`, user, groupId);
    // Who administers sees everything.
    for (const groupId of clusterViewers.filter((id) => !clusterAdmins.includes(id)))
      admit(`views-${groupId}`, 'Azure Kubernetes Service RBAC Reader', groupId);
  }
}

/** A cluster that is there already. Its pods' addresses are not counted: nobody says here how many nodes it has. */
class ImportedCluster extends Construct implements ICluster {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Id of the cluster. */
  readonly clusterId: string;
  /** Minor version of Kubernetes. */
  readonly version?: string;
  /** Issuer of the tokens of its service accounts, which identities trust. */
  readonly oidcIssuerUrl: string;
  /** Network that its nodes are in. */
  readonly network: INetwork;
  /** Subnet of its nodes. */
  readonly nodesSubnet: NetworkSubnet;
  /** Identity that its nodes act as, such as when they pull images. */
  readonly kubeletIdentity?: IIdentity;
  /** What must exist before anything is added to it. */
  readonly dependables: readonly ITerraformDependable[] = [];
  private readonly reservations: ReservationAccess;

  constructor(scope: Construct, id: string, attributes: ClusterAttributes) {
    super(scope, id);
    const { clusterId, network } = attributes;
    const parsed = checkId(this, 'an AKS cluster', 'Microsoft.ContainerService/managedClusters', clusterId);
    const clusterName = attributes.clusterName ?? parsed?.names[0];
    if (clusterName === undefined) {
      const what = 'the id of the cluster is known only when it is applied: name its clusterName too';
      throw new ConstructError(this, 'IdInvalid', what);
    }
    this.clusterName = clusterName;
    this.clusterId = clusterId;
    this.version = attributes.version;
    this.oidcIssuerUrl = attributes.oidcIssuerUrl;
    this.network = network;
    this.nodesSubnet = network.subnetFor('nodes', attributes.subnetOwner);
    this.kubeletIdentity = attributes.kubeletIdentity;
    this.reservations = new ReservationAccess(this, attributes.principalId);
  }

  /** Adds machines; the id becomes part of the identity of the pool. */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  /** Counts nothing: nobody says here how many nodes it has. */
  admitNodes(): void {}

  /** Access of the cluster to the reservation of a capacity, which pools of it wait for. */
  reservationAccess(capacity: Capacity): Grant {
    return this.reservations.to(capacity);
  }
}
