import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Construct, type IConstruct } from 'constructs';
import { GOOGLE_OLDEST_KUBERNETES, GOOGLE_RELEASE, type GoogleMachine } from '../../estate/catalog/google';
import type { MaintenanceExclusion, MaintenanceWindow } from '../../estate/catalog/types';
import { compareKeys, type Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { setNewer } from '../newer-arguments';
import { checkCount } from '../terraform-checks';
import { type AlarmOptions, watchNodes } from './alarms';
import { Capacity } from './capacity';
import { checkName } from './checks';
import { type AdminGrant, addAdministrators, addViewers, type DnsEndpoint, endpoints } from './cluster-access';
import { keepLogs } from './cluster-logs';
import { ClusterPools } from './cluster-pools';
import { addons, admission, HARDENING } from './cluster-settings';
import { checkKeyRegion, type IEncryptionKey } from './encryption-key';
import { type ClusterAttributes, clusterIdOf, ImportedCluster } from './imported-cluster';
import { exclusionBlocks, recurringWindow } from './maintenance';
import { LIMITS, physicalName, resourceTags } from './names';
import type { INetwork } from './network-attributes';
import { type ICluster, NodePool, type NodePoolOptions, type WorkloadPolicy } from './node-pool';
import { protect, unprotect } from './protection';

/** The CPU nodes that run the services of a cluster. */
export interface SystemPoolOptions {
  /** Machine of the nodes. */
  readonly machine: GoogleMachine;
  /**
   * Nodes in each zone of the network: a zone that is added takes as many more, and no node has to go first, which GKE
   * would take away before it opens the zone.
   */
  readonly nodesPerZone: number;
}

/** Options of a {@link Cluster}. */
export interface ClusterProps {
  /** Name of the cluster; first part of the names of what belongs to it. */
  readonly name: string;
  /** Network that it is put into; may be that of another project, and exist already. */
  readonly network: INetwork;
  /** Owner of the node range that the cluster takes. @default - the only one in the network */
  readonly subnetOwner?: string;
  /** Project of the cluster. @default - that of `network` */
  readonly projectId?: string;
  /** Number of the project of the cluster. */
  readonly projectNumber: string;
  /**
   * Kubernetes version: a minor one (`1.35`), or a whole release (`1.35.3-gke.1389000`).
   *
   * A newer one upgrades the control plane; patches are the release channel's. Nodes are kept at a whole release; of a
   * minor version they get what GKE chooses at creation, and later what the release channel chooses.
   */
  readonly version: string;
  /** Range of the pods: a secondary range of the node range. Fixed at creation, so it bounds the nodes. */
  readonly podCidr: string;
  /** Range of the services: a secondary range of the node range. */
  readonly serviceCidr: string;
  /** CPU nodes that run the services of the cluster. */
  readonly systemPool: SystemPoolOptions;
  /** Encrypts the secrets of the cluster and the boot disks of its nodes. */
  readonly encryptionKey: IEncryptionKey;
  /**
   * Google groups (`group@example.com`) or IAM members (`user:…`) that administer what runs in this cluster, but neither
   * change nor delete it; spelled in any case and listed twice or not, each is one.
   *
   * @default - nobody
   */
  readonly clusterAdmins?: readonly string[];
  /**
   * Google groups or IAM members that may look at what runs in this cluster, secrets excepted, and change nothing.
   *
   * @default - nobody
   */
  readonly clusterViewers?: readonly string[];
  /**
   * Ranges that reach the API server by an address, besides its DNS name: by a private one from anywhere in the network
   * and what is connected to it, and by a public one where one of the ranges is public.
   *
   * @default - it has no address
   */
  readonly apiAccessCidrs?: readonly string[];
  /**
   * Whether the DNS name of the API server answers people, wherever they are and as far as IAM lets them. Closed, which
   * needs `apiAccessCidrs`, it answers services of Google only.
   *
   * @default 'open'
   */
  readonly dnsEndpoint?: DnsEndpoint;
  /**
   * Google group whose members, which are groups themselves, may be named in role bindings:
   * `gke-security-groups@example.com`. Once given, Google keeps it until another one is.
   *
   * @default - role bindings name no groups
   */
  readonly securityGroup?: string;
  /**
   * Whether the policy of the project (`gcloud container binauthz policy`) decides which images run; its API has to be
   * enabled. A new policy lets all of them.
   *
   * @default false
   */
  readonly binaryAuthorization?: boolean;
  /**
   * Days for which logs of the control plane and audit logs are kept in a log bucket of the cluster, encrypted by
   * `encryptionKey`. The bucket is kept as the cluster is.
   *
   * @default - as long as the project keeps them: it bills
   */
  readonly logRetentionDays?: number;
  /** Where alarms on nodes go that are not ready, or were interrupted. @default - no alarms */
  readonly alarms?: AlarmOptions;
  /** When Google may patch the cluster. @default - Saturday and Sunday, 04:00 to 12:00 UTC */
  readonly maintenanceWindow?: MaintenanceWindow;
  /** Times without upgrades of minor versions and nodes. @default - always, until the end of support of the version */
  readonly maintenanceExclusions?: readonly MaintenanceExclusion[];
  /** Whether Google, Terraform and its provider refuse to destroy the cluster. @default true */
  readonly deletionProtection?: boolean;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * A private regional GKE cluster whose control plane is reached by its DNS name and IAM only: no address, no bastion.
 * Dataplane V2, workload identity, own keys, monitoring of GPUs and jobs; no pools inside.
 */
export class Cluster extends Construct implements ICluster {
  /**
   * A cluster that exists already: pools and identities are added to it, and nothing of it is changed.
   *
   * @throws ConstructError with `NameInvalid` when it has no name
   */
  static fromClusterAttributes(scope: Construct, id: string, attributes: ClusterAttributes): ICluster {
    return new ImportedCluster(scope, id, attributes);
  }

  /** Name of the cluster. */
  readonly clusterName: string;
  /** `projects/…/locations/…/clusters/…`. */
  readonly clusterId: string;
  /** Project of the cluster. */
  readonly projectId: string;
  /** Number of the project. */
  readonly projectNumber: string;
  /** Region of the cluster. */
  readonly region: string;
  /** Zones that its nodes may be in: those of its network. */
  readonly zones: readonly string[];
  /** Address of the service account that nodes run as. */
  readonly nodeServiceAccount: string;
  /** DNS name of the control plane; known after the cluster exists. */
  readonly endpoint: string;
  /** Who signs the tokens of its service accounts; follows from its id, and is said once the cluster exists. */
  readonly oidcIssuerUrl: string;
  /** Key of secrets and boot disks. */
  readonly encryptionKey: IEncryptionKey;
  /** What has to exist before a node pool. */
  readonly dependables: readonly ITerraformDependable[];
  /** The CPU nodes that run its services. */
  readonly systemPool: NodePool;
  /** Grants of its administrators. */
  readonly adminGrants: readonly AdminGrant[];
  private readonly resource: ContainerCluster;
  private readonly props: ClusterProps;
  private readonly pools: ClusterPools;

  /**
   * @throws ConstructError with `AccessMissing`, `CountInvalid`, `IdInvalid`, `KeyUnsuitable`, `NameInvalid`,
   * `RangeInvalid`, `RetentionInvalid`, `SubnetMissing`, `TooMany`, `VersionInvalid` or `ZoneUnknown` when GKE makes no
   * such cluster
   */
  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    check(this, props);
    const { network } = props;
    this.props = props;
    this.clusterName = physicalName([props.name], LIMITS.cluster);
    this.projectId = props.projectId ?? network.projectId;
    this.projectNumber = props.projectNumber;
    this.region = network.region;
    this.zones = network.zones;
    this.clusterId = clusterIdOf(this);
    this.encryptionKey = props.encryptionKey;
    const accountId = physicalName([props.name, 'nodes'], LIMITS.serviceAccount);
    this.nodeServiceAccount = `${accountId}@${this.projectId}.iam.gserviceaccount.com`;
    this.pools = new ClusterPools(this, {
      clusterName: this.clusterName,
      projectId: this.projectId,
      region: this.region,
      podCidr: props.podCidr,
    });
    const roles = this.addNodeServiceAccount(accountId);
    const keyUse = (['container', 'compute'] as const).flatMap(
      (agent) => props.encryptionKey.grants.serviceAgent(agent).dependables,
    );
    const nodes = network.subnetFor('nodes', props.subnetOwner);
    const networkUse = network.grants.join(this, 'network-user', this, nodes).dependables;
    this.resource = this.addCluster([...network.dependables, ...roles, ...keyUse, ...networkUse]);
    this.endpoint = this.resource.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint;
    this.oidcIssuerUrl = `https://container.googleapis.com/v1/${this.resource.id}`;
    this.dependables = [this.resource, ...roles, ...keyUse];
    this.adminGrants = addAdministrators(this, this, props.clusterAdmins ?? []);
    addViewers(this, this, props.clusterViewers ?? []);
    this.watch();
    this.systemPool = this.addSystemPool(props.systemPool);
  }

  /**
   * Adds a pool of nodes.
   *
   * @throws ConstructError as {@link NodePool} does
   */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  /** Policy by which nodes stand as one domain of a topology; pools of the same one share it. */
  workloadPolicy(topology: string): WorkloadPolicy {
    return this.pools.workloadPolicy(topology);
  }

  /**
   * Takes note of a pool: what its machine asks of the whole cluster, and the pod addresses that it uses up.
   *
   * @throws ConstructError with `MachineUnsuitable` or `RangeInvalid` when it has no room for the pool
   */
  admit(machine: GoogleMachine, nodeCount: number): void {
    this.pools.admit(machine, nodeCount);
    if (machine.fabric?.podInterfaces === 'multi-network') this.resource.enableMultiNetworking = true;
    if (machine.shieldedNodes === 'off') this.resource.enableShieldedNodes = false;
  }

  private watch(): void {
    const { encryptionKey, logRetentionDays, alarms, deletionProtection = true, tags } = this.props;
    if (logRetentionDays !== undefined) {
      keepLogs(this, { cluster: this, encryptionKey, retentionDays: logRetentionDays, deletionProtection });
    }
    if (alarms !== undefined) watchNodes(this, this, { projectId: this.projectId, tags, ...alarms });
  }

  private addCluster(dependsOn: ITerraformDependable[]): ContainerCluster {
    const { network, subnetOwner, systemPool, encryptionKey, tags } = this.props;
    const { maintenanceWindow, maintenanceExclusions, deletionProtection = true } = this.props;
    const subnet = (role: 'nodes' | 'pods' | 'services') => network.subnetName(network.subnetFor(role, subnetOwner));
    const cluster = new ContainerCluster(this, 'Resource', {
      name: this.clusterName,
      project: this.projectId,
      location: this.region,
      nodeLocations: [...network.zones],
      minMasterVersion: this.props.version,
      releaseChannel: { channel: 'REGULAR' },
      deletionProtection,
      // Pools are resources of their own; the one that Google insists on is removed at once.
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      nodeConfig: {
        machineType: systemPool.machine.type,
        serviceAccount: this.nodeServiceAccount,
        oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
        bootDiskKmsKey: encryptionKey.keyId,
        workloadMetadataConfig: { mode: 'GKE_METADATA' },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      },

      network: network.networkId,
      subnetwork: `projects/${network.projectId}/regions/${this.region}/subnetworks/${subnet('nodes')}`,
      networkingMode: 'VPC_NATIVE',
      ipAllocationPolicy: {
        clusterSecondaryRangeName: subnet('pods'),
        servicesSecondaryRangeName: subnet('services'),
      },
      datapathProvider: 'ADVANCED_DATAPATH',
      enableIntranodeVisibility: true,
      networkPolicy: { enabled: false, provider: 'PROVIDER_UNSPECIFIED' },
      ...endpoints(this, this.props),
      ...admission(this, this.props),

      enableShieldedNodes: true,
      databaseEncryption: { state: 'ENCRYPTED', keyName: encryptionKey.keyId },
      workloadIdentityConfig: { workloadPool: `${this.projectId}.svc.id.goog` },
      ...HARDENING,
      ...addons(),
      fleet: { project: this.projectId },
      maintenancePolicy: { recurringWindow: recurringWindow(this, maintenanceWindow) },
      resourceLabels: resourceTags(this, tags),

      timeouts: { create: '120m', update: '120m', delete: '120m' },
      lifecycle: {
        // The default pool is gone, the API reports a finer state of encryption, and lists of components in its order.
        ignoreChanges: [
          'node_config',
          'database_encryption[0].state',
          'logging_config[0].enable_components',
          'monitoring_config[0].enable_components',
        ],
      },
      dependsOn,
    });
    if (deletionProtection) protect(cluster);
    else unprotect(cluster);
    setNewer(cluster, 'google_container_cluster', {
      // Otherwise every refresh reads each pool here and once more as the resource that it is.
      skip_node_pool_refresh: true,
      'maintenance_policy.maintenance_exclusion': exclusionBlocks(this, maintenanceExclusions),
    });
    return cluster;
  }

  private addNodeServiceAccount(accountId: string): ITerraformDependable[] {
    const account = new ServiceAccount(this, 'node-account', {
      accountId,
      project: this.projectId,
      displayName: 'Nodes of a training cluster',
    });
    return ['roles/container.defaultNodeServiceAccount', 'roles/artifactregistry.reader'].map(
      (role) =>
        new ProjectIamMember(this, `node-account-${role.slice('roles/'.length).replace('.', '-')}`, {
          project: this.projectId,
          role,
          member: `serviceAccount:${this.nodeServiceAccount}`,
          dependsOn: [account],
        }),
    );
  }

  private addSystemPool({ machine, nodesPerZone }: SystemPoolOptions): NodePool {
    const [zone = '', ...furtherZones] = this.zones;
    return this.addNodePool('system', {
      name: 'system',
      machine,
      nodeCount: nodesPerZone * this.zones.length,
      zone,
      furtherZones,
      version: GOOGLE_RELEASE.pattern.test(this.props.version) ? this.props.version : undefined,
      capacity: Capacity.onDemand(this, 'system-capacity'),
      deletionProtection: this.props.deletionProtection === false ? false : undefined,
      tags: this.props.tags,
    });
  }
}

function check(scope: IConstruct, props: ClusterProps): void {
  const { name, network, systemPool, version, encryptionKey } = props;
  checkName(scope, 'name of the cluster', name);
  checkCount(scope, `nodesPerZone of the system pool of cluster "${name}"`, systemPool.nodesPerZone);
  if (!Token.isUnresolved(version) && compareKeys(version, GOOGLE_OLDEST_KUBERNETES.version) < 0) {
    const problem = `version "${version}" lacks the stable claims API: use ${GOOGLE_OLDEST_KUBERNETES.version} or newer`;
    throw new ConstructError(scope, 'VersionInvalid', problem);
  }
  if (network.zones.length === 0) {
    throw new ConstructError(scope, 'ZoneUnknown', `network "${network.networkName}" has no zone: give it one`);
  }
  checkRanges(scope, props);
  checkKeyRegion(scope, `cluster "${name}"`, encryptionKey, network.region);
}

/** Pods and services get the ranges that the node subnet carries; another one here would be a wish nobody hears. */
function checkRanges(scope: IConstruct, { name, network, subnetOwner, podCidr, serviceCidr }: ClusterProps): void {
  const wanted = { pods: podCidr, services: serviceCidr };
  for (const role of ['pods', 'services'] as const) {
    const { cidr: given } = network.subnetFor(role, subnetOwner);
    if (given === wanted[role] || Token.isUnresolved(given) || Token.isUnresolved(wanted[role])) continue;
    const problem = `range of ${role} of cluster "${name}" is ${wanted[role]}, its subnet has ${given}: give it that`;
    throw new ConstructError(scope, 'RangeInvalid', problem);
  }
}
