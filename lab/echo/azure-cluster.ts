import { keyOf, partsOf, TENANT, uuidOf } from './azure-ids';
import { copyOf, fillIn, isObject, type JsonObject, merge, objectAt, objectsOf, textOf } from './json';

/** Patch releases that AKS gives for minor versions. */
export const PATCHES: Readonly<Record<string, string>> = { '1.34': '1.34.9', '1.35': '1.35.5', '1.36': '1.36.2' };

const LATEST = '1.36';

/** A kube config as AKS hands it out. */
export const KUBE_CONFIG = Buffer.from(
  [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    '- name: c',
    '  cluster:',
    '    server: https://10.0.0.1:443',
    '    certificate-authority-data: ZWNobw==',
    'users:',
    '- name: u',
    '  user:',
    '    exec:',
    '      apiVersion: client.authentication.k8s.io/v1beta1',
    '      command: kubelogin',
    'contexts:',
    '- name: c',
    '  context:',
    '    cluster: c',
    '    user: u',
    'current-context: c',
    '',
  ].join('\n'),
).toString('base64');

/** What AKS fills in when a node pool is made or changed. */
export function fillAgentPool(properties: JsonObject): void {
  const version = textOf(properties.orchestratorVersion) || LATEST;
  Object.assign(properties, {
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    currentOrchestratorVersion: PATCHES[version] ?? version,
    nodeImageVersion: 'AKSUbuntu-2404gen2containerd-202611.01.0',
  });
  fillIn(properties, {
    type: 'VirtualMachineScaleSets',
    enableAutoScaling: false,
    scaleDownMode: 'Delete',
    enableFIPS: false,
    enableUltraSSD: false,
    kubeletDiskType: 'OS',
    osSKU: 'Ubuntu',
    osType: 'Linux',
    enableEncryptionAtHost: false,
    enableNodePublicIP: false,
    eTag: 'e',
    mode: 'User',
    securityProfile: { enableVTPM: false, enableSecureBoot: false, sshAccess: 'LocalUser' },
  });
  const upgrade = objectAt(properties, 'upgradeSettings');
  if (properties.scaleSetPriority !== 'Spot') {
    fillIn(upgrade, upgrade.maxUnavailable !== undefined && !upgrade.maxSurge ? {} : { maxSurge: '10%' });
    fillIn(upgrade, { maxSurge: '0', maxUnavailable: '0' });
  }
  if (properties.gpuProfile === null) delete properties.gpuProfile;
}

function identity(subscription: string, group: string, name: string): JsonObject {
  const id = `/subscriptions/${subscription}/resourcegroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  return { resourceId: id, clientId: uuidOf(`c${id}`), objectId: uuidOf(`p${id}`) };
}

const DRIVERS: Readonly<Record<string, boolean>> = {
  diskCSIDriver: true,
  fileCSIDriver: true,
  snapshotController: true,
  blobCSIDriver: false,
};

/** What AKS fills in when a cluster is made or changed; its pools are kept beside it. */
export function fillManagedCluster(cluster: JsonObject, properties: JsonObject, things: JsonObject): void {
  const [id, name] = [textOf(cluster.id), textOf(cluster.name)];
  const [, subscription = ''] = partsOf(id);
  const version = textOf(properties.kubernetesVersion) || LATEST;
  const fqdn = `${textOf(properties.fqdnSubdomain) || textOf(properties.dnsPrefix) || name}-abc.eastus2.azmk8s.io`;
  Object.assign(properties, {
    currentKubernetesVersion: PATCHES[version] ?? version,
    powerState: { code: 'Running' },
    maxAgentPools: 100,
    supportPlan: properties.supportPlan || 'KubernetesOfficial',
    privateFQDN: fqdn,
    azurePortalFQDN: fqdn,
    resourceUID: uuidOf(id).slice(0, 24),
    nodeResourceGroup: properties.nodeResourceGroup || `MC_${name}`,
  });
  const ownIdentity = (kind: string) => identity(subscription, textOf(properties.nodeResourceGroup), kind);
  fillIn(objectAt(properties, 'identityProfile'), { kubeletidentity: ownIdentity(`${name}-agentpool`) });
  const issuer = properties.oidcIssuerProfile;
  if (isObject(issuer) && issuer.enabled === true) {
    issuer.issuerURL = `https://eastus2.oic.prod-aks.azure.com/${TENANT}/${uuidOf(id)}/`;
  }
  const network = objectAt(properties, 'networkProfile');
  fillIn(network, {
    podCidrs: network.podCidr ? [network.podCidr] : null,
    serviceCidrs: network.serviceCidr ? [network.serviceCidr] : null,
    ipFamilies: ['IPv4'],
  });
  network.podLinkLocalAccess = 'IMDS';
  network.loadBalancerProfile ??= { backendPoolType: 'nodeIPConfiguration' };
  for (const [addon, profile] of Object.entries(objectAt(properties, 'addonProfiles'))) {
    if (!isObject(profile) || profile.enabled !== true) continue;
    if (['azureKeyvaultSecretsProvider', 'azurepolicy', 'omsagent'].includes(addon)) {
      profile.identity = ownIdentity(`${addon.toLowerCase()}-${name}`);
    }
    if (addon === 'azureKeyvaultSecretsProvider') fillIn(objectAt(profile, 'config'), { rotationPollInterval: '2m' });
  }
  for (const [driver, enabled] of Object.entries(DRIVERS)) {
    fillIn(objectAt(properties, 'storageProfile', driver), { enabled });
  }
  fillIn(properties, {
    securityProfile: {},
    apiServerAccessProfile: {},
    servicePrincipalProfile: { clientId: 'msi' },
    disableLocalAccounts: false,
    enableRBAC: true,
    nodeProvisioningProfile: { mode: 'Manual', defaultNodePools: 'Auto' },
    bootstrapProfile: { artifactSource: 'Direct' },
    metricsProfile: { costAnalysis: { enabled: false } },
    workloadAutoScalerProfile: {},
  });
  fillIn(objectAt(properties, 'autoUpgradeProfile'), { nodeOSUpgradeChannel: 'NodeImage' });
  if (isObject(properties.aadProfile)) fillIn(properties.aadProfile, { adminGroupObjectIDs: null });
  keepPools(id, properties, things);
}

/** Pools that come with a cluster are things of their own. */
function keepPools(id: string, properties: JsonObject, things: JsonObject): void {
  for (const { name, ...sent } of objectsOf(properties.agentPoolProfiles)) {
    const path = `${id}/agentPools/${textOf(name)}`;
    const before = things[keyOf(path)];
    const pool: JsonObject = isObject(before)
      ? before
      : { id: path, name, type: 'Microsoft.ContainerService/managedClusters/agentPools', properties: {} };
    fillAgentPool(merge(objectAt(pool, 'properties'), copyOf(sent)));
    things[keyOf(path)] = pool;
  }
  delete properties.agentPoolProfiles;
}
