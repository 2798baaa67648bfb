import { fillAgentPool, fillManagedCluster } from './azure-cluster';
import { CREATED, keyOf, partsOf, TENANT, typeOf, uuidOf } from './azure-ids';
import { fillStorageAccount } from './azure-storage';
import { newestVersion } from './azure-vault';
import { fillIn, isObject, type JsonObject, objectAt, objectsOf, textOf } from './json';

/** Things and keys that the fillers may look at, and add to. */
export interface Kept {
  readonly things: JsonObject;
  readonly keys: JsonObject;
}

type Filler = (properties: JsonObject, thing: JsonObject, kept: Kept) => void;

/** Who made the role assignments. */
const CALLER = '00000000-0000-0000-0000-000000000002';

function fillEndpoint(properties: JsonObject, endpoint: JsonObject, { things }: Kept): void {
  const id = textOf(endpoint.id);
  const group = id.split('/').slice(0, 5).join('/');
  const interfaceName = `${textOf(endpoint.name)}.nic.${uuidOf(id)}`;
  const networkInterface = `${group}/providers/Microsoft.Network/networkInterfaces/${interfaceName}`;
  properties.networkInterfaces = [{ id: networkInterface }];
  fillIn(properties, {
    customDnsConfigs: [],
    manualPrivateLinkServiceConnections: [],
    ipConfigurations: [],
    customNetworkInterfaceName: '',
    applicationSecurityGroups: [],
  });
  for (const connection of objectsOf(properties.privateLinkServiceConnections)) {
    connection.id = `${id}/privateLinkServiceConnections/${textOf(connection.name)}`;
    Object.assign(objectAt(connection, 'properties'), {
      provisioningState: 'Succeeded',
      privateLinkServiceConnectionState: { status: 'Approved', description: 'Auto-Approved', actionsRequired: 'None' },
    });
  }
  const address = {
    privateIPAddress: '10.128.34.4',
    privateIPAllocationMethod: 'Dynamic',
    primary: true,
    privateIPAddressVersion: 'IPv4',
    subnet: properties.subnet,
  };
  things[keyOf(networkInterface)] = {
    id: networkInterface,
    name: interfaceName,
    type: 'Microsoft.Network/networkInterfaces',
    location: endpoint.location,
    properties: {
      provisioningState: 'Succeeded',
      ipConfigurations: [{ name: 'ip', id: `${networkInterface}/ipConfigurations/ip`, properties: address }],
      networkSecurityGroup: null,
    },
  };
}

function fillLustre(properties: JsonObject, fileSystem: JsonObject): void {
  const throughput = Number(/(\d+)$/.exec(textOf(objectAt(fileSystem, 'sku').name))?.[1] ?? 0);
  Object.assign(properties, {
    throughputProvisionedMBps: Math.trunc(Number(properties.storageCapacityTiB ?? 0) * throughput),
    health: { state: 'Available', statusCode: '', statusDescription: '' },
    clientInfo: {
      mgsAddress: '10.128.32.4',
      mountCommand: 'mount -t lustre',
      lustreVersion: '2.15.5',
      containerStorageInterface: { persistentVolume: '', persistentVolumeClaim: '', storageClass: '' },
    },
  });
  fillIn(properties, { rootSquashSettings: { mode: 'None', status: '' } });
}

/** What each service adds, by type in lower case. */
const FILLERS: Readonly<Record<string, Filler>> = {
  'microsoft.managedidentity/userassignedidentities': (properties, { id }) => {
    const clientId = uuidOf(`c${textOf(id)}`);
    Object.assign(properties, { principalId: uuidOf(`p${textOf(id)}`), clientId, tenantId: TENANT });
  },
  'microsoft.network/virtualnetworks': (properties, { id }) => {
    delete properties.subnets;
    fillIn(properties, { enableDdosProtection: false, virtualNetworkPeerings: [] });
    properties.resourceGuid = uuidOf(textOf(id));
  },
  'microsoft.network/virtualnetworks/subnets': (properties, { id }) => {
    fillIn(properties, {
      delegations: [],
      privateEndpointNetworkPolicies: 'Disabled',
      privateLinkServiceNetworkPolicies: 'Enabled',
    });
    for (const delegation of objectsOf(properties.delegations)) {
      delegation.id = `${textOf(id)}/delegations/${textOf(delegation.name)}`;
      const own = objectAt(delegation, 'properties');
      own.provisioningState = 'Succeeded';
      fillIn(own, { actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'] });
    }
  },
  'microsoft.network/networksecuritygroups': (properties) => {
    delete properties.securityRules;
    fillIn(properties, { defaultSecurityRules: [] });
  },
  'microsoft.network/publicipprefixes': (properties, { id }) => {
    Object.assign(properties, {
      ipPrefix: `192.0.2.0/${properties.prefixLength ?? 31}`,
      resourceGuid: uuidOf(textOf(id)),
      publicIPAddresses: [],
    });
    fillIn(properties, { ipTags: [] });
  },
  'microsoft.network/natgateways': (properties, { id }) => {
    fillIn(properties, { idleTimeoutInMinutes: 4 });
    properties.resourceGuid = uuidOf(textOf(id));
  },
  'microsoft.network/privatednszones': (properties, zone) => {
    Object.assign(properties, {
      maxNumberOfRecordSets: 25_000,
      numberOfRecordSets: 1,
      maxNumberOfVirtualNetworkLinks: 1000,
      numberOfVirtualNetworkLinks: 0,
      maxNumberOfVirtualNetworkLinksWithRegistration: 100,
      numberOfVirtualNetworkLinksWithRegistration: 0,
    });
    zone.location = 'global';
  },
  'microsoft.network/privatednszones/virtualnetworklinks': (properties, link) => {
    properties.virtualNetworkLinkState = 'Completed';
    link.location = 'global';
    fillIn(properties, { resolutionPolicy: 'Default' });
  },
  'microsoft.network/privateendpoints': fillEndpoint,
  'microsoft.network/privateendpoints/privatednszonegroups': (properties, { id }) => {
    for (const config of objectsOf(properties.privateDnsZoneConfigs)) {
      config.id = `${textOf(id)}/privateDnsZoneConfigs/${textOf(config.name)}`;
      Object.assign(objectAt(config, 'properties'), { provisioningState: 'Succeeded', recordSets: [] });
    }
  },
  'microsoft.keyvault/vaults': (properties, { name }) => {
    properties.vaultUri = `https://${textOf(name).toLowerCase()}.vault.azure.net/`;
    fillIn(properties, {
      softDeleteRetentionInDays: 90,
      enableSoftDelete: true,
      accessPolicies: [],
      networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
    });
    properties.hsmPoolResourceId = 'x';
    fillIn(objectAt(properties, 'networkAcls'), { ipRules: [], virtualNetworkRules: [] });
  },
  'microsoft.compute/diskencryptionsets': (properties, _, { keys }) => {
    Object.assign(properties, { lastKeyRotationTimestamp: CREATED, previousKeys: [] });
    const active = objectAt(properties, 'activeKey');
    if (properties.rotationToLatestKeyVersionEnabled === true) {
      active.keyUrl = newestVersion(keys, textOf(active.keyUrl));
    }
  },
  'microsoft.storage/storageaccounts': (properties, account, { things, keys }) => {
    fillStorageAccount(account, properties, things);
    const encryption = objectAt(properties, 'encryption');
    if (!isObject(encryption.keyvaultproperties)) return;
    const { keyvaulturi: vault, keyname: key } = encryption.keyvaultproperties;
    const url = `${textOf(vault).replace(/\/$/, '')}/keys/${textOf(key)}`;
    encryption.keyvaultproperties.currentVersionedKeyIdentifier = newestVersion(keys, url);
    encryption.keyvaultproperties.lastKeyRotationTimestamp = CREATED;
  },
  'microsoft.storage/storageaccounts/blobservices/containers': (properties) => {
    Object.assign(properties, {
      lastModifiedTime: CREATED,
      leaseStatus: 'Unlocked',
      leaseState: 'Available',
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
      deleted: false,
      remainingRetentionDays: 0,
      defaultEncryptionScope: '$account-encryption-key',
      denyEncryptionScopeOverride: false,
      immutableStorageWithVersioning: { enabled: false },
    });
    fillIn(properties, { publicAccess: 'None' });
  },
  'microsoft.storagecache/amlfilesystems': fillLustre,
  'microsoft.authorization/roleassignments': (properties, { id }) => {
    Object.assign(properties, {
      scope: `/${partsOf(textOf(id)).slice(0, -4).join('/')}`,
      createdOn: CREATED,
      updatedOn: CREATED,
      createdBy: CALLER,
      updatedBy: CALLER,
      condition: properties.condition ?? null,
      delegatedManagedIdentityResourceId: null,
    });
  },
  'microsoft.containerservice/managedclusters': (properties, cluster, { things }) =>
    fillManagedCluster(cluster, properties, things),
  'microsoft.containerservice/managedclusters/agentpools': (properties) => fillAgentPool(properties),
};

/** What the services add when something is made or changed. */
export function fillAzure(path: string, thing: JsonObject, kept: Kept): JsonObject {
  const parts = partsOf(path);
  const type = typeOf(path);
  const properties = objectAt(thing, 'properties');
  Object.assign(thing, { id: `/${parts.join('/')}`, name: parts.at(-1), type });
  properties.provisioningState = 'Succeeded';
  fillIn(thing, { etag: 'W/"1"' });
  if (isObject(thing.identity) && isObject(thing.identity.userAssignedIdentities)) {
    const ids = Object.keys(thing.identity.userAssignedIdentities);
    thing.identity.userAssignedIdentities = Object.fromEntries(
      ids.map((id) => [id, { principalId: uuidOf(`p${id}`), clientId: uuidOf(`c${id}`) }]),
    );
  }
  FILLERS[type.toLowerCase()]?.(properties, thing, kept);
  return thing;
}
