import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { AZURE_API_SERVER_SUBNET, AZURE_MAINTENANCE, azureReservedClusterRanges } from '../../estate/catalog/azure';
import type { MaintenanceExclusion, Weekday } from '../../estate/catalog/types';
import { cidrHost, cidrsOverlap, parseCidr } from '../../estate/cidr';
import type { ClusterProps } from './cluster';
import { LIMITS, physicalName } from './names';

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

/** What a cluster is told of itself, apart from its identities and keys. */
export function clusterSettings(props: ClusterProps) {
  const { network } = props;
  const isolated = network.egress === 'none';
  const patched = props.automaticUpgrades !== 'none';
  return {
    nodeResourceGroup: physicalName([props.name, 'nodes'], LIMITS.nodeResourceGroup),
    skuTier: 'Standard',
    kubernetesVersion: props.version,
    automaticUpgradeChannel: patched ? 'patch' : undefined,
    // Images come with the patches above; a window for images alone would have nothing to open for.
    nodeOsUpgradeChannel: 'None',
    maintenanceWindowAutoUpgrade: patched ? upgradeWindow(props) : undefined,
    dnsPrefixPrivateCluster: physicalName([props.name], LIMITS.dnsPrefix),
    privateClusterEnabled: true,
    privateClusterPublicFqdnEnabled: false,
    privateDnsZoneId: network.privateDnsZoneId('kubernetes'),
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
    azurePolicyEnabled: true,
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
      outboundType: isolated ? 'none' : 'userAssignedNATGateway',
    },
  } satisfies Partial<KubernetesClusterConfig>;
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
export function refuseMisuse(props: ClusterProps): void {
  const { name, network, podCidr, serviceCidr, encryptionKey } = props;
  if (encryptionKey.access !== 'private') {
    throw new Error(
      `cluster ${name}: the API server reaches only a vault with private access, that of its key has ` +
        `${encryptionKey.access}; give the cluster a key of its own with access 'private'`,
    );
  }
  refuseWindow(props);
  const api = network.subnetFor('control-plane', props.subnetOwner);
  if ((parseCidr(api.cidr)?.prefix ?? 0) > AZURE_API_SERVER_SUBNET.longestPrefix) {
    throw new Error(
      `subnet ${api.key} is ${api.cidr}: the API server needs a /${AZURE_API_SERVER_SUBNET.longestPrefix} or larger`,
    );
  }
  for (const [what, text] of [
    ['nodes', network.subnetFor('nodes', props.subnetOwner).cidr],
    ['pods', podCidr],
    ['services', serviceCidr],
  ] as const) {
    const range = parseCidr(text);
    const reserved = azureReservedClusterRanges.find(({ cidr }) => {
      const other = parseCidr(cidr);
      return range !== undefined && other !== undefined && cidrsOverlap(range, other);
    });
    if (reserved === undefined) continue;
    throw new Error(`the range of the ${what}, ${text}, overlaps ${reserved.cidr}, which AKS keeps for itself`);
  }
  const services = parseCidr(serviceCidr);
  if (services !== undefined && services.prefix <= 12) {
    throw new Error(`the range of the services, ${serviceCidr}, is too large: AKS takes a /13 or smaller`);
  }
  if (network.egress === 'none' && props.bootstrapRegistryId === undefined) {
    throw new Error(
      `network ${network.name} has no way out: name the registry that its nodes start from (bootstrapRegistryId), ` +
        "or give the network egress 'nat'",
    );
  }
}

function refuseWindow({ name, maintenanceWindow, maintenanceExclusions = [] }: ClusterProps): void {
  const { mostDays, fewestHours, mostHours, window } = AZURE_MAINTENANCE;
  const { days, hours } = maintenanceWindow ?? window;
  if (days.length !== mostDays) {
    throw new Error(
      `cluster ${name}: its maintenance window opens on ${days.length} days of the week; AKS takes exactly ${mostDays}`,
    );
  }
  if (!(Number.isInteger(hours) && hours >= fewestHours && hours <= mostHours)) {
    throw new Error(
      `cluster ${name}: its maintenance window lasts ${hours} hours; Azure takes ${fewestHours} to ${mostHours} whole hours`,
    );
  }
  const open = maintenanceExclusions.find(({ endTime }) => endTime === undefined);
  if (open !== undefined) {
    throw new Error(`cluster ${name}: maintenance exclusion ${open.name} has no end; AKS wants one, name endTime`);
  }
}
