import { CREATED, keyOf } from './azure-ids';
import { fillIn, type JsonObject, objectAt, textOf } from './json';

/** What the storage service fills in; its four services are things of their own. */
export function fillStorageAccount(account: JsonObject, properties: JsonObject, things: JsonObject): void {
  const [id, name] = [textOf(account.id), textOf(account.name)];
  const endpoints = Object.fromEntries(
    ['blob', 'dfs', 'file', 'queue', 'table'].map((kind) => [kind, `https://${name}.${kind}.core.windows.net/`]),
  );
  Object.assign(properties, {
    creationTime: CREATED,
    primaryLocation: account.location,
    statusOfPrimary: 'available',
    primaryEndpoints: { ...endpoints, web: `https://${name}.z20.web.core.windows.net/` },
    keyCreationTime: { key1: CREATED, key2: CREATED },
  });
  fillIn(account, { kind: 'StorageV2' });
  objectAt(account, 'sku').tier = 'Standard';
  fillIn(properties, {
    accessTier: 'Hot',
    supportsHttpsTrafficOnly: true,
    privateEndpointConnections: [],
    encryption: { keySource: 'Microsoft.Storage' },
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
  });
  for (const kind of ['blob', 'file']) {
    Object.assign(objectAt(properties, 'encryption', 'services', kind), {
      enabled: true,
      keyType: 'Account',
      lastEnabledTime: CREATED,
    });
  }
  fillIn(objectAt(properties, 'networkAcls'), { ipRules: [], virtualNetworkRules: [], resourceAccessRules: [] });
  const services: Readonly<Record<string, JsonObject>> = {
    blob: { deleteRetentionPolicy: { enabled: false, allowPermanentDelete: false } },
    file: { shareDeleteRetentionPolicy: { enabled: true, days: 7 }, protocolSettings: { smb: {} } },
    queue: {},
    table: {},
  };
  for (const [kind, more] of Object.entries(services)) {
    const path = `${id}/${kind}Services/default`;
    things[keyOf(path)] ??= {
      id: path,
      name: 'default',
      type: `Microsoft.Storage/storageAccounts/${kind}Services`,
      properties: { cors: { corsRules: [] }, ...more },
    };
  }
}
