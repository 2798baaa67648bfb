import { DiskEncryptionSet } from '@cdktf/provider-azurerm/lib/disk-encryption-set';
import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { AZURE_POD_BLOCK, type AzureMachine } from '../../estate/catalog/azure';
import type { MaintenanceExclusion, MaintenanceWindow } from '../../estate/catalog/types';
import { parseCidr } from '../../estate/cidr';
import { hash8 } from '../../estate/name';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { setNewer } from '../newer-arguments';
import type { Capacity } from './capacity';
import { clusterSettings, refuseMisuse, systemPoolSettings } from './cluster-settings';
import type { EncryptionKey } from './encryption-key';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import type { INetwork, NetworkSubnet } from './network';
import { NodePool, type NodePoolOptions } from './node-pool';
import { assignRole } from './role-assignment';

/** CPU nodes that run what the cluster itself needs. */
export interface SystemPoolOptions {
  readonly machine: AzureMachine;
  readonly nodeCount: number;
}

/** Properties of Cluster. */
export interface ClusterProps {
  /** First part of every physical name. */
  readonly name: string;
  readonly network: INetwork;
  /**
   * Owner of the subnets that it uses, where the network has those of several clusters.
   * @default the network has one subnet for nodes and one for the API server
   */
  readonly subnetOwner?: string;
  /** Microsoft Entra tenant of the subscription. */
  readonly tenantId: string;
  /** Minor version, such as `1.36`; Azure chooses and patches the release. */
  readonly version: string;
  /** Range of the pods, a /24 for each node; other clusters may have the same. A change replaces the cluster. */
  readonly podCidr: string;
  /** Range of the services; a change replaces the cluster. */
  readonly serviceCidr: string;
  readonly systemPool: SystemPoolOptions;
  /** Encrypts secrets and disks; in a vault with private access, the only kind that the API server reaches. */
  readonly encryptionKey: EncryptionKey;
  /**
   * Object ids of Entra groups whose members administer the cluster.
   * @default nobody but holders of Azure roles
   */
  readonly clusterAdmins?: readonly string[];
  /**
   * Whether Azure patches Kubernetes by itself, inside the maintenance window. A patch comes with a new image for the
   * nodes of every pool and restarts them a few at a time; a job keeps its nodes only with a pod disruption budget.
   * `none` leaves control plane and nodes alone until `version` changes.
   * @default 'patch'
   */
  readonly automaticUpgrades?: 'patch' | 'none';
  /**
   * When patches may start, on one day of the week.
   * @default Sundays from 02:00 for 4 hours, UTC
   */
  readonly maintenanceWindow?: MaintenanceWindow;
  /**
   * Days without patches, each time with an end.
   * @default none
   */
  readonly maintenanceExclusions?: readonly MaintenanceExclusion[];
  /**
   * Id of the container registry that keeps what nodes need to start, for networks without a way out: of tier Premium,
   * with a cache rule for `mcr.microsoft.com/*` and a private endpoint in the network.
   * @default none; needed where the network's egress is `none`
   */
  readonly bootstrapRegistryId?: string;
  /** @default none */
  readonly tags?: Tags;
}

/**
 * A private AKS cluster: its API server inside the network, Cilium on overlay addresses, Entra identities only.
 *
 * Nodes come from the pools that are added to it; its own pool runs nothing but critical add-ons. All of them are
 * encrypted at the host, for which the subscription must have registered `EncryptionAtHost` of `Microsoft.Compute`.
 */
export class Cluster extends Construct {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly version: string;
  readonly oidcIssuerUrl: string;
  readonly network: INetwork;
  readonly nodesSubnet: NetworkSubnet;
  private readonly podCidr: string;
  private nodeCount = 0;
  private readonly reservationRoles = new Map<string, ITerraformDependable>();
  private readonly principalId: string;
  private readonly identityId: string;
  private readonly tags: Record<string, string>;
  private readonly place: { readonly resourceGroupName: string; readonly location: string };

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    refuseMisuse(props);
    const { network, encryptionKey } = props;
    this.network = network;
    this.version = props.version;
    this.podCidr = props.podCidr;
    this.admitNodes(props.systemPool.nodeCount);
    this.clusterName = physicalName([props.name], LIMITS.cluster);
    this.nodesSubnet = network.subnetFor('nodes', props.subnetOwner);
    this.tags = resourceTags(props.tags);
    this.place = { resourceGroupName: network.resourceGroupName, location: network.region };
    const controlPlane = this.addIdentity('control-plane', [props.name, 'cluster']);
    this.identityId = controlPlane.id;
    this.principalId = controlPlane.principalId;
    const disks = this.addDiskEncryption(props);
    const kubelet = this.addKubeletIdentity(props);
    const cluster = new KubernetesCluster(this, 'Resource', {
      name: this.clusterName,
      ...this.place,
      ...clusterSettings(props),
      tags: this.tags,
      defaultNodePool: { ...systemPoolSettings(props), tags: this.tags },
      diskEncryptionSetId: disks.id,
      identity: { type: 'UserAssigned', identityIds: [this.identityId] },
      kubeletIdentity: kubelet?.settings,
      lifecycle: {
        preventDestroy: true,
        ignoreChanges: [
          // Another zone at the site must not rebuild the pool that is there.
          'default_node_pool[0].zones',
          // Azure may answer with another spelling of these ids than it was given (`/resourcegroups/`), which would ask
          // for another cluster, or rotate the pool. A real change of them is none that a cluster could take.
          'default_node_pool[0].vnet_subnet_id',
          'private_dns_zone_id',
          'disk_encryption_set_id',
        ],
      },
      timeouts: { create: '2h', update: '6h', delete: '2h' },
      dependsOn: [
        ...this.nodesSubnet.ready,
        ...network.dnsReady,
        ...this.addRoles(encryptionKey),
        ...disks.ready,
        ...(kubelet?.ready ?? []),
      ],
    });
    // What AKS does when nothing is said, and the next major of the provider wants it.
    setNewer(cluster, 'azurerm_kubernetes_cluster', { node_provisioning_profile: { mode: 'Manual' } });
    this.clusterId = cluster.id;
    this.oidcIssuerUrl = cluster.oidcIssuerUrl;
    for (const groupId of props.clusterAdmins ?? []) this.admit(groupId);
  }

  /** Adds machines; the id becomes part of the identity of the pool. */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  /** Counts nodes of a pool that is being added; fails when the pods' range has no /24 for each of them. */
  admitNodes(nodeCount: number): void {
    const prefix = parseCidr(this.podCidr)?.prefix;
    if (prefix === undefined || Token.isUnresolved(nodeCount)) return;
    this.nodeCount += nodeCount;
    const most = Math.floor(2 ** (AZURE_POD_BLOCK.prefix - prefix));
    if (this.nodeCount <= most) return;
    throw new Error(
      `cluster ${this.clusterName} has ${this.nodeCount} nodes: ${this.podCidr} holds the pods of ${most}, a ` +
        `/${AZURE_POD_BLOCK.prefix} for each; the range is fixed at creation, put the pool into another cluster`,
    );
  }

  /**
   * Access of the cluster to the reservations of a capacity, made when first asked for: `Contributor` on the resource
   * group that holds them. Pools depend on what is returned; Azure may take up to an hour until it honours the role.
   */
  reservationAccess({ capacityReservationGroupId }: Capacity): ITerraformDependable[] {
    const resourceGroupId = capacityReservationGroupId?.split('/providers/')[0];
    if (resourceGroupId === undefined) return [];
    const found = this.reservationRoles.get(resourceGroupId);
    const role =
      found ??
      assignRole(this, `reservations-${hash8(resourceGroupId)}`, {
        role: 'Contributor',
        on: resourceGroupId,
        principalId: this.principalId,
      });
    this.reservationRoles.set(resourceGroupId, role);
    return [role];
  }

  /** A managed identity with an id that is known before it exists. */
  private addIdentity(id: string, nameParts: readonly string[]) {
    const name = physicalName(nameParts, LIMITS.identity);
    const identity = new UserAssignedIdentity(this, id, { name, ...this.place, tags: this.tags });
    return {
      id: resourceId(this.network, 'Microsoft.ManagedIdentity/userAssignedIdentities', name),
      principalId: identity.principalId,
      identity,
    };
  }

  private addDiskEncryption({ name: first, encryptionKey }: ClusterProps) {
    const owner = this.addIdentity('disks-identity', [first, 'disks']);
    const use = encryptionKey.grants.encryptData(this, 'disks-use-key', owner.principalId);
    const name = physicalName([first, 'disks'], LIMITS.networkResource);
    const set = new DiskEncryptionSet(this, 'disks', {
      name,
      ...this.place,
      keyVaultKeyId: encryptionKey.versionlessKeyId,
      autoKeyRotationEnabled: true,
      identity: { type: 'UserAssigned', identityIds: [owner.id] },
      tags: this.tags,
      dependsOn: [use, owner.identity],
      // Disks of a running cluster cannot be read without it.
      lifecycle: { preventDestroy: true },
    });
    // A change of this id would replace the cluster, so it is made of names and never unknown.
    const id = resourceId(this.network, 'Microsoft.Compute/diskEncryptionSets', name);
    const reader = assignRole(this, 'reads-disks', {
      role: 'Reader',
      on: id,
      principalId: this.principalId,
      dependsOn: [set],
    });
    return { id, ready: [set, reader] };
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
    return { settings, ready: [pull, assign] };
  }

  /** What the cluster must be allowed before it is created. */
  private addRoles(key: EncryptionKey): ITerraformDependable[] {
    const { network, principalId } = this;
    return [
      assignRole(this, 'joins-network', {
        role: 'Network Contributor',
        on: network.networkId,
        principalId,
        dependsOn: this.nodesSubnet.ready,
      }),
      assignRole(this, 'writes-dns', {
        role: 'Private DNS Zone Contributor',
        on: network.privateDnsZoneId('kubernetes'),
        principalId,
        dependsOn: network.dnsReady,
      }),
      key.grants.encryptSecrets(this, 'uses-key', principalId),
      key.grants.connect(this, 'connects-vault', principalId),
    ];
  }

  /** Lets a group fetch the address and certificate of the API server; what it may do there is Kubernetes' own. */
  private admit(groupId: string): void {
    assignRole(this, `admin-${groupId}`, {
      role: 'Azure Kubernetes Service Cluster User Role',
      on: this.clusterId,
      principalId: groupId,
      principalType: 'Group',
    });
  }
}
