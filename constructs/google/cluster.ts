import { ComputeResourcePolicy } from '@cdktf/provider-google/lib/compute-resource-policy';
import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Construct } from 'constructs';
import {
  GOOGLE_OLDEST_KUBERNETES,
  GOOGLE_RELEASE,
  type GoogleMachine,
  googlePodAddresses,
  shareGoogleCluster,
} from '../../estate/catalog/google';
import type { MaintenanceExclusion, MaintenanceWindow, SubnetAllocation } from '../../estate/catalog/types';
import { cidr, cidrSize } from '../../estate/cidr';
import { compareKeys, groupBy, type Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { setNewer } from '../newer-arguments';
import { Capacity } from './capacity';
import { type IEncryptionKey, requireKeyRegion } from './encryption-key';
import { exclusionBlocks, recurringWindow } from './maintenance';
import { LIMITS, physicalName, resourceTags } from './names';
import type { INetwork } from './network';
import { NodePool, type NodePoolOptions } from './node-pool';
import { protect } from './protection';

/** What a node pool says about where its nodes stand. */
export interface WorkloadPolicy {
  readonly policyName: string;
  /** What has to exist before a pool names it. */
  readonly dependables: readonly ITerraformDependable[];
}

/** The grant of an administrator of a cluster. */
export interface AdminGrant {
  readonly grant: ProjectIamMember;
  /** Construct id of the grant. */
  readonly id: string;
  /** Ids that it would have by the spellings that it was asked for in. */
  readonly spelledIds: readonly string[];
}

/** A GKE cluster that node pools and identities belong to. */
export interface ICluster {
  readonly clusterName: string;
  readonly projectId: string;
  /** Identities of workloads are named by it. */
  readonly projectNumber: string;
  readonly region: string;
  /** Address of the service account that nodes run as. */
  readonly nodeServiceAccount: string;
  /** Key of boot disks. */
  readonly encryptionKey: IEncryptionKey;
  /** What has to exist before a node pool. */
  readonly dependables: readonly ITerraformDependable[];
  /** Policy by which nodes stand as one domain of a topology; pools of the same one share it. */
  workloadPolicy(topology: string): WorkloadPolicy;
  /** Takes note of a pool: what its machine asks of the whole cluster, and the pod addresses that it uses up. */
  admit(machine: GoogleMachine, nodeCount: number): void;
}

/** The CPU nodes that run the services of a cluster. */
export interface SystemPoolOptions {
  readonly machine: GoogleMachine;
  /**
   * Nodes in each zone of the network: a zone that is added takes as many more, and no node has to go first, which GKE
   * would take away before it opens the zone.
   */
  readonly nodesPerZone: number;
}

/** Properties of a `Cluster`. */
export interface ClusterProps {
  /** Name of the cluster; first part of the names of what belongs to it. */
  readonly name: string;
  readonly network: INetwork;
  /** Owner of the node range that the cluster takes. @default the only one in the network */
  readonly owner?: string;
  readonly projectNumber: string;
  /**
   * Kubernetes version: a minor one (`1.35`), or a whole release (`1.35.3-gke.1389000`).
   *
   * A newer one upgrades the control plane; patches are the release channel's. Nodes are kept at a whole release; of a
   * minor version they get what GKE chooses at creation, and later what the release channel chooses.
   */
  readonly version: string;
  /** Range of the pods: the secondary range `pods` of the node range. Fixed at creation, so it bounds the nodes. */
  readonly podCidr: string;
  /** Range of the services: the secondary range `services` of the node range. */
  readonly serviceCidr: string;
  readonly systemPool: SystemPoolOptions;
  /** Encrypts the secrets of the cluster and the boot disks of its nodes. */
  readonly encryptionKey: IEncryptionKey;
  /**
   * Google groups (`group@example.com`) or IAM members (`user:…`) that administer this cluster; spelled in any case and
   * listed twice or not, each gets one grant.
   *
   * @default nobody
   */
  readonly clusterAdmins?: readonly string[];
  /** When Google may patch the cluster. @default Saturday and Sunday, 04:00 to 12:00 UTC */
  readonly maintenanceWindow?: MaintenanceWindow;
  /** Times without upgrades of minor versions and nodes. @default always, until the end of support of the version */
  readonly maintenanceExclusions?: readonly MaintenanceExclusion[];
  /** @default no labels */
  readonly tags?: Tags;
}

/**
 * A private regional GKE cluster whose control plane is reached by its DNS name and IAM only: no address, no bastion.
 * Dataplane V2, workload identity, own keys, monitoring of GPUs and jobs; no pools inside.
 */
export class Cluster extends Construct implements ICluster {
  readonly clusterName: string;
  /** `projects/…/locations/…/clusters/…`. */
  readonly clusterPath: string;
  readonly projectId: string;
  readonly projectNumber: string;
  readonly region: string;
  readonly nodeServiceAccount: string;
  /** DNS name of the control plane; known after the cluster exists. */
  readonly endpoint: string;
  readonly encryptionKey: IEncryptionKey;
  readonly dependables: readonly ITerraformDependable[];
  readonly systemPool: NodePool;
  readonly adminGrants: readonly AdminGrant[];
  private readonly resource: ContainerCluster;
  private readonly props: ClusterProps;
  private readonly policies = new Map<string, WorkloadPolicy>();
  private readonly machines: GoogleMachine[] = [];
  private podAddresses = 0;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    this.props = props;
    this.clusterName = physicalName([props.name], LIMITS.cluster);
    this.projectId = props.network.projectId;
    this.projectNumber = props.projectNumber;
    this.region = props.network.region;
    this.clusterPath = `projects/${this.projectId}/locations/${this.region}/clusters/${this.clusterName}`;
    this.encryptionKey = props.encryptionKey;
    if (!Token.isUnresolved(props.version) && compareKeys(props.version, GOOGLE_OLDEST_KUBERNETES.version) < 0) {
      throw new Error(
        `version "${props.version}" lacks the stable claims API: use ${GOOGLE_OLDEST_KUBERNETES.version} or newer`,
      );
    }
    this.checkRanges(props);
    requireKeyRegion(props.encryptionKey, this.region, `cluster "${this.clusterName}"`);
    const accountId = physicalName([props.name, 'nodes'], LIMITS.serviceAccount);
    this.nodeServiceAccount = `${accountId}@${this.projectId}.iam.gserviceaccount.com`;
    const roles = this.addNodeServiceAccount(accountId);
    const keyUse = (['container', 'compute'] as const).flatMap((agent) =>
      props.encryptionKey.grants.serviceAgent(agent),
    );
    this.resource = this.addCluster([...props.network.dependables, ...roles, ...keyUse]);
    this.endpoint = this.resource.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint;
    this.dependables = [this.resource, ...roles, ...keyUse];
    this.adminGrants = this.addAdmins(props.clusterAdmins ?? []);
    this.systemPool = this.addSystemPool(props.systemPool);
  }

  /** Adds a pool of nodes. */
  addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  workloadPolicy(topology: string): WorkloadPolicy {
    const known = this.policies.get(topology);
    if (known !== undefined) return known;
    const policyName = `${physicalName([this.clusterName], LIMITS.policyStem)}-${topology}`;
    const resource = new ComputeResourcePolicy(this, `workload-policy-${topology}`, {
      name: policyName,
      project: this.projectId,
      region: this.region,
      workloadPolicy: { type: 'HIGH_THROUGHPUT', acceleratorTopology: topology },
    });
    const policy = { policyName, dependables: [resource] };
    this.policies.set(topology, policy);
    return policy;
  }

  admit(machine: GoogleMachine, nodeCount: number): void {
    if (nodeCount !== 0) this.refuseMix(machine);
    if (machine.fabric?.podInterfaces === 'multi-network') this.resource.enableMultiNetworking = true;
    if (machine.shieldedNodes === 'off') this.resource.enableShieldedNodes = false;
    if (Token.isUnresolved(nodeCount) || Token.isUnresolved(this.props.podCidr)) return;
    this.podAddresses += nodeCount * googlePodAddresses(machine.podsPerNode);
    const room = cidrSize(cidr(this.props.podCidr));
    if (this.podAddresses > room) {
      throw new Error(
        `pods of cluster "${this.clusterName}" need ${this.podAddresses} addresses, ${this.props.podCidr} has ${room}: ` +
          'the range is fixed at creation, put the pool into another cluster',
      );
    }
  }

  /** Without nodes it is a machine whose nodes run on: they keep what they have, beside whatever else there is. */
  private refuseMix(machine: GoogleMachine): void {
    const other = this.machines.find((known) => !shareGoogleCluster(machine, known));
    if (other !== undefined) {
      throw new Error(
        `cluster "${this.clusterName}" has pools of ${other.type}, which share no cluster with ${machine.type}: bare ` +
          'metal switches shielded nodes off for all of them, put the pool into another cluster',
      );
    }
    this.machines.push(machine);
  }

  /** The range of a role that belongs to the owner of the cluster. */
  private range(role: 'nodes' | 'pods' | 'services'): SubnetAllocation {
    const { network, owner } = this.props;
    const [range, ...others] = network.subnetsFor(role, { owner });
    if (range !== undefined && others.length === 0) return range;
    throw new Error(
      `network "${network.networkName}" has ${range === undefined ? 'no' : 'more than one'} range of ${role}` +
        `${owner === undefined ? '' : ` of "${owner}"`}: name the owner of exactly one`,
    );
  }

  /** Pods and services get the ranges that the node subnet carries; another one here would be a wish nobody hears. */
  private checkRanges({ podCidr, serviceCidr }: ClusterProps): void {
    for (const [role, wanted] of [
      ['pods', podCidr],
      ['services', serviceCidr],
    ] as const) {
      const { cidr: given } = this.range(role);
      if (given === wanted || Token.isUnresolved(given) || Token.isUnresolved(wanted)) continue;
      throw new Error(
        `range of ${role} of cluster "${this.clusterName}" is ${wanted}, its subnet has ${given}: give it that`,
      );
    }
  }

  private addCluster(dependsOn: ITerraformDependable[]): ContainerCluster {
    const { network, systemPool, encryptionKey, tags, maintenanceWindow, maintenanceExclusions } = this.props;
    const cluster = new ContainerCluster(this, 'Resource', {
      name: this.clusterName,
      project: this.projectId,
      location: this.region,
      nodeLocations: [...network.zones],
      minMasterVersion: this.props.version,
      releaseChannel: { channel: 'REGULAR' },
      deletionProtection: true,
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

      network: network.networkPath,
      subnetwork: `projects/${this.projectId}/regions/${this.region}/subnetworks/${network.subnetName(this.range('nodes'))}`,
      networkingMode: 'VPC_NATIVE',
      ipAllocationPolicy: { clusterSecondaryRangeName: 'pods', servicesSecondaryRangeName: 'services' },
      datapathProvider: 'ADVANCED_DATAPATH',
      enableIntranodeVisibility: true,
      networkPolicy: { enabled: false, provider: 'PROVIDER_UNSPECIFIED' },
      // What the API reports of a control plane without addresses; no authorized networks are called for then.
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
      controlPlaneEndpointsConfig: {
        dnsEndpointConfig: { allowExternalTraffic: true },
        ipEndpointsConfig: { enabled: false },
      },

      enableShieldedNodes: true,
      databaseEncryption: { state: 'ENCRYPTED', keyName: encryptionKey.keyId },
      workloadIdentityConfig: { workloadPool: `${this.projectId}.svc.id.goog` },
      masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
      anonymousAuthenticationConfig: { mode: 'LIMITED' },
      rbacBindingConfig: {
        enableInsecureBindingSystemAuthenticated: false,
        enableInsecureBindingSystemUnauthenticated: false,
      },
      securityPostureConfig: { mode: 'BASIC', vulnerabilityMode: 'VULNERABILITY_DISABLED' },
      nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: 'FALSE' } },

      addonsConfig: {
        dnsCacheConfig: { enabled: true },
        gcePersistentDiskCsiDriverConfig: { enabled: true },
        gcsFuseCsiDriverConfig: { enabled: true },
        lustreCsiDriverConfig: { enabled: true },
      },
      loggingConfig: {
        enableComponents: ['SYSTEM_COMPONENTS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER', 'WORKLOADS'],
      },
      monitoringConfig: {
        enableComponents: ['SYSTEM_COMPONENTS', 'DCGM', 'JOBSET'],
        managedPrometheus: { enabled: true },
        advancedDatapathObservabilityConfig: { enableMetrics: true, enableRelay: false },
      },
      costManagementConfig: { enabled: true },
      fleet: { project: this.projectId },
      maintenancePolicy: { recurringWindow: recurringWindow(this.clusterName, maintenanceWindow) },
      resourceLabels: resourceTags(tags),

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
    protect(cluster);
    setNewer(cluster, 'google_container_cluster', {
      // Otherwise every refresh reads each pool here and once more as the resource that it is.
      skip_node_pool_refresh: true,
      'maintenance_policy.maintenance_exclusion': exclusionBlocks(this.clusterName, maintenanceExclusions),
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

  /** The role is one of the project; the condition holds it to this cluster and tells the grants of clusters apart. */
  private addAdmins(admins: readonly string[]): AdminGrant[] {
    return [...groupBy(admins, canonicalMember)].map(([member, spellings]) => {
      const id = `admin-${member.replace(/^group:/, '')}`;
      const grant = new ProjectIamMember(this, id, {
        project: this.projectId,
        role: 'roles/container.admin',
        member,
        condition: {
          title: `cluster ${this.clusterName}`,
          expression: `resource.name == "${this.clusterPath}" || resource.name.startsWith("${this.clusterPath}/")`,
        },
      });
      return { grant, id, spelledIds: [...new Set(spellings.map((admin) => `admin-${admin}`))] };
    });
  }

  private addSystemPool({ machine, nodesPerZone }: SystemPoolOptions): NodePool {
    const [zone, ...alsoZones] = this.props.network.zones;
    if (zone === undefined) throw new Error(`network "${this.props.network.networkName}" has no zone: give it one`);
    return this.addNodePool('system', {
      name: 'system',
      machine,
      nodeCount: nodesPerZone * (1 + alsoZones.length),
      zone,
      alsoZones,
      version: GOOGLE_RELEASE.pattern.test(this.props.version) ? this.props.version : undefined,
      capacity: new Capacity(this, 'system-capacity', { kind: 'on-demand', projectId: this.projectId }),
      tags: this.props.tags,
    });
  }
}

/** Members that IAM knows without regard to case. */
const CASELESS = /^(user|group|serviceAccount|domain):/;

/** One spelling for each member, so that another one is no other grant: a bare address is that of a group. */
function canonicalMember(admin: string): string {
  if (Token.isUnresolved(admin)) return admin;
  const member = admin.includes(':') ? admin : `group:${admin}`;
  return member.replace(CASELESS, '') === member ? member : member.replace(/:.*$/s, (address) => address.toLowerCase());
}
