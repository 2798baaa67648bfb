import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import type { Construct } from 'constructs';
import {
  AZURE_API_SERVER_SUBNET,
  AZURE_MAINTENANCE,
  type AzureMachine,
  azureReservedClusterRanges,
} from '../../estate/catalog/azure';
import type { MaintenanceExclusion, MaintenanceWindow, Weekday } from '../../estate/catalog/types';
import { cidrHost, cidrsOverlap, parseCidr } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkRange } from '../terraform-checks';
import type { AlarmOptions } from './alarms';
import { checkName, checkNodeCount, checkTags } from './checks';
import { checkVault, type IEncryptionKey } from './encryption-key';
import { LIMITS, physicalName } from './names';
import type { INetwork } from './network-attributes';
import type { IIdentity } from './role-assignment';

/** CPU nodes that run what the cluster itself needs. */
export interface SystemPoolOptions {
  /** Machine type of the nodes. */
  readonly machine: AzureMachine;
  /** Number of nodes, spread over the zones of the network. */
  readonly nodeCount: number;
}

/** Options of a {@link Cluster}. */
export interface ClusterProps {
  /** First part of every physical name. */
  readonly name: string;
  /** Network that nodes and API server are in. */
  readonly network: INetwork;
  /**
   * Owner of the subnets that it uses, where the network has those of several clusters.
   * @default - the network has one subnet for nodes and one for the API server
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
  /** The nodes that run what the cluster itself needs. */
  readonly systemPool: SystemPoolOptions;
  /** Encrypts secrets and disks; in a vault with private access, the only kind that the API server reaches. */
  readonly encryptionKey: IEncryptionKey;
  /**
   * Object ids of Entra groups whose members administer the cluster.
   * @default - nobody but holders of Azure roles
   */
  readonly clusterAdmins?: readonly string[];
  /**
   * Object ids of Entra groups whose members may look at what runs in the cluster, and change nothing.
   * @default - nobody
   */
  readonly clusterViewers?: readonly string[];
  /**
   * Ranges that reach the API server besides its nodes, such as those of a hub, a VPN or another subnet. In a network that
   * is somebody else's, its owner lets them in.
   * @default - none
   */
  readonly apiAccessCidrs?: readonly string[];
  /**
   * Whether Azure patches Kubernetes by itself, inside the maintenance window. A patch comes with a new image for the
   * nodes of every pool and restarts them a few at a time; a job keeps its nodes only with a pod disruption budget.
   * `none` leaves control plane and nodes alone until `version` changes.
   * @default 'patch'
   */
  readonly automaticUpgrades?: 'patch' | 'none';
  /**
   * Private DNS zone of the name of its API server: one of its own, which the identity of no other cluster can write, or
   * that of the network, which its clusters share. Azure never changes it: another one is another cluster.
   * @default 'network'
   */
  readonly apiServerZone?: 'own' | 'network';
  /**
   * When patches may start, on one day of the week.
   * @default - Sundays from 02:00 for 4 hours, UTC
   */
  readonly maintenanceWindow?: MaintenanceWindow;
  /**
   * Days without patches, each time with an end.
   * @default - none
   */
  readonly maintenanceExclusions?: readonly MaintenanceExclusion[];
  /**
   * Whether the add-on of Azure Policy runs in it, which audits and enforces what is assigned to the subscription. It has no
   * price of its own.
   * @default true
   */
  readonly policyAddon?: boolean;
  /**
   * Days for which control-plane and audit logs are kept in a workspace of their own, 30 to 730.
   * @default - nothing is kept: logs are billed by their size
   */
  readonly logRetentionDays?: number;
  /**
   * Where alarms on its nodes go.
   * @default - no alarms
   */
  readonly alarms?: AlarmOptions;
  /**
   * Id of the container registry that keeps what nodes need to start, for networks without a way out: of tier Premium,
   * with a cache rule for `mcr.microsoft.com/*` and a private endpoint in the network.
   * @default - where the network's egress is `none`, one that AKS makes beside the nodes and keeps
   */
  readonly bootstrapRegistryId?: string;
  /**
   * Identity that the control plane and the disks act as, such as one that the owner of a key, a network or a DNS zone
   * has let in before the cluster is made.
   * @default - one is made for each
   */
  readonly identity?: IIdentity;
  /**
   * Whether Terraform refuses to destroy the cluster and what encrypts its disks.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Tags of the cluster and what belongs to it; AKS copies them to the resource group of the nodes.
   * @default - none
   */
  readonly tags?: Tags;
}

/** Name of the pool that stands in for the system pool while AKS builds that one anew. */
const SYSTEM_STAND_IN = 'systemtmp';

const DAYS: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/**
 * What a cluster is told of itself, apart from its identities and keys.
 *
 * @param zoneId id of a private DNS zone of its own; AKS takes names that are chosen to the end only in shared zones
 */
export function clusterSettings(props: ClusterProps, zoneId: string | undefined) {
  const { network } = props;
  const isolated = network.egress === 'none';
  const patched = props.automaticUpgrades !== 'none';
  const prefix = physicalName([props.name], LIMITS.dnsPrefix);
  return {
    nodeResourceGroup: physicalName([props.name, 'nodes'], LIMITS.nodeResourceGroup),
    skuTier: 'Standard',
    kubernetesVersion: props.version,
    automaticUpgradeChannel: patched ? 'patch' : undefined,
    // Images come with the patches above; a window for images alone would have nothing to open for.
    nodeOsUpgradeChannel: 'None',
    maintenanceWindowAutoUpgrade: patched ? upgradeWindow(props) : undefined,
    ...(zoneId === undefined ? { dnsPrefixPrivateCluster: prefix } : { dnsPrefix: prefix }),
    privateClusterEnabled: true,
    privateClusterPublicFqdnEnabled: false,
    privateDnsZoneId: zoneId ?? network.privateDnsZoneId('kubernetes'),
    apiServerAccessProfile: {
      virtualNetworkIntegrationEnabled: true,
      subnetId: network.subnetFor('control-plane', props.subnetOwner).id,
    },
    localAccountDisabled: true,
    roleBasedAccessControlEnabled: true,
    azureActiveDirectoryRoleBasedAccessControl: {
      azureRbacEnabled: true,
      tenantId: props.tenantId,
      adminGroupObjectIds: props.clusterAdmins === undefined ? undefined : [...props.clusterAdmins],
    },
    oidcIssuerEnabled: true,
    workloadIdentityEnabled: true,
    runCommandEnabled: false,
    azurePolicyEnabled: props.policyAddon ?? true,
    costAnalysisEnabled: true,
    keyManagementService: {
      keyVaultKeyId: props.encryptionKey.keyId,
      // The API server lives in the network and takes the vault's private endpoint.
      keyVaultNetworkAccess: 'Private',
    },
    keyVaultSecretsProvider: { secretRotationEnabled: true },
    // The provider writes it and never reads it back: a driver that was switched off by hand stays off, and no plan
    // says so. Mounts of object stores need it.
    storageProfile: { blobDriverEnabled: true },
    bootstrapProfile: isolated
      ? { artifactSource: 'Cache', containerRegistryId: props.bootstrapRegistryId }
      : undefined,
    networkProfile: {
      networkPlugin: 'azure',
      networkPluginMode: 'overlay',
      networkDataPlane: 'cilium',
      networkPolicy: 'cilium',
      podCidr: props.podCidr,
      serviceCidr: props.serviceCidr,
      dnsServiceIp: cidrHost(props.serviceCidr, 10),
      loadBalancerSku: 'standard',
      outboundType: outboundType(network),
    },
  } satisfies Partial<KubernetesClusterConfig>;
}

/** Where nodes have an appliance as their way out, the routes of their subnet lead there. */
function outboundType({ egress }: INetwork): string {
  if (egress === 'none') return 'none';
  return egress === 'nat' ? 'userAssignedNATGateway' : 'userDefinedRouting';
}

/** The pool that a cluster is born with. */
export function systemPoolSettings({ network, systemPool, version, subnetOwner }: ClusterProps) {
  const { machine, nodeCount } = systemPool;
  return {
    name: 'system',
    vmSize: machine.type,
    nodeCount,
    zones: network.zones.length === 0 ? undefined : [...network.zones],
    vnetSubnetId: network.subnetFor('nodes', subnetOwner).id,
    orchestratorVersion: version,
    // There is no second system pool to move to, and CPU machines can be had twice: AKS builds it anew beside itself.
    temporaryNameForRotation: SYSTEM_STAND_IN,
    osSku: machine.osSku,
    osDiskType: 'Ephemeral',
    osDiskSizeGb: machine.osDiskGB,
    hostEncryptionEnabled: true,
    onlyCriticalAddonsEnabled: true,
    maxPods: 110,
    // Taking either of the last two out again would replace the cluster, so both are always said.
    upgradeSettings: { maxSurge: '10%', drainTimeoutInMinutes: 30, undrainableNodeBehavior: 'Schedule' },
  };
}

function upgradeWindow(props: ClusterProps) {
  const { maintenanceWindow = AZURE_MAINTENANCE.window, maintenanceExclusions = AZURE_MAINTENANCE.exclusions } = props;
  const { days, startTime, hours } = maintenanceWindow;
  const [day = 'sun'] = days;
  return {
    frequency: 'Weekly',
    interval: 1,
    dayOfWeek: DAYS[day],
    startTime,
    utcOffset: '+00:00',
    duration: hours,
    notAllowed: maintenanceExclusions.length === 0 ? undefined : maintenanceExclusions.map(closedDays),
  };
}

/** AKS takes whole days, and the last one belongs to them; the provider reads both back as midnights. */
function closedDays({ startTime, endTime = startTime }: MaintenanceExclusion) {
  const lastMoment = new Date(Date.parse(endTime) - 1);
  return { start: midnight(new Date(startTime)), end: midnight(lastMoment) };
}

function midnight(moment: Date): string {
  return `${moment.toISOString().slice(0, 10)}T00:00:00Z`;
}

/** Fails where a cluster could not be created, or never patched, as it is described. */
export function checkCluster(scope: Construct, props: ClusterProps): void {
  const { name, encryptionKey } = props;
  checkName(scope, 'a cluster', name);
  checkTags(scope, `cluster ${name}`, props.tags);
  checkNodeCount(scope, `the system pool of cluster ${name}`, props.systemPool.nodeCount, 1);
  if (encryptionKey.access !== 'private') {
    throw new ConstructError(
      scope,
      'KeyUnsuitable',
      `cluster ${name}: the API server reaches only a vault with private access, that of its key has ` +
        `${encryptionKey.access}; give the cluster a key of its own with access 'private'`,
    );
  }
  checkVault(scope, `cluster ${name}`, encryptionKey, props.network);
  checkWindow(scope, props);
  checkRanges(scope, props);
}

function checkRanges(scope: Construct, props: ClusterProps): void {
  const { network, subnetOwner, podCidr, serviceCidr, apiAccessCidrs = [] } = props;
  for (const range of apiAccessCidrs) checkRange(scope, 'a range that reaches the API server', range);
  const api = network.subnetFor('control-plane', subnetOwner);
  if ((parseCidr(api.cidr)?.prefix ?? 0) > AZURE_API_SERVER_SUBNET.longestPrefix) {
    const what = `subnet ${api.key} is ${api.cidr}: the API server needs a /${AZURE_API_SERVER_SUBNET.longestPrefix} or larger`;
    throw new ConstructError(scope, 'RangeInvalid', what);
  }
  for (const [of, text] of [
    ['nodes', network.subnetFor('nodes', subnetOwner).cidr],
    ['pods', podCidr],
    ['services', serviceCidr],
  ] as const) {
    const range = checkRange(scope, `the range of the ${of}`, text);
    const reserved = azureReservedClusterRanges.find(({ cidr }) => {
      const other = parseCidr(cidr);
      return range !== undefined && other !== undefined && cidrsOverlap(range, other);
    });
    if (reserved === undefined) continue;
    const what = `the range of the ${of}, ${text}, overlaps ${reserved.cidr}, which AKS keeps for itself`;
    throw new ConstructError(scope, 'RangeInvalid', `${what}: choose one outside of it`);
  }
  const services = parseCidr(serviceCidr);
  if (services !== undefined && services.prefix <= 12) {
    const what = `the range of the services, ${serviceCidr}, is too large: AKS takes a /13 or smaller`;
    throw new ConstructError(scope, 'RangeInvalid', what);
  }
}

function checkWindow(scope: Construct, { name, maintenanceWindow, maintenanceExclusions = [] }: ClusterProps): void {
  const { mostDays, fewestHours, mostHours, window } = AZURE_MAINTENANCE;
  const { days, hours } = maintenanceWindow ?? window;
  const refuse = (what: string) => {
    throw new ConstructError(scope, 'MaintenanceInvalid', `cluster ${name}: ${what}`);
  };
  if (days.length !== mostDays) {
    refuse(`its maintenance window opens on ${days.length} days of the week; AKS takes exactly ${mostDays}`);
  }
  if (!(Number.isInteger(hours) && hours >= fewestHours && hours <= mostHours)) {
    refuse(`its maintenance window lasts ${hours} hours; Azure takes ${fewestHours} to ${mostHours} whole hours`);
  }
  const open = maintenanceExclusions.find(({ endTime }) => endTime === undefined);
  if (open !== undefined) refuse(`maintenance exclusion ${open.name} has no end; AKS wants one, name endTime`);
}
