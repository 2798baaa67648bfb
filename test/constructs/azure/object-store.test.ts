import {
  EncryptionKey,
  Identity,
  LIMITS,
  ObjectStore,
  type ObjectStoreProps,
  physicalName,
} from '../../../constructs/azure';
import { onlyResource, resourceCount, resourcesOf } from '../../helpers/terraform';
import { cluster, defaultType, key, network, IDENTITY as READER, SUBSCRIPTION, stack, synth } from './setup';

function objectStore(props: Partial<ObjectStoreProps> = {}) {
  const scope = stack();
  const at = network(scope);
  return new ObjectStore(scope, 'data', {
    name: 'lab-data',
    network: at,
    encryptionKey: key(scope, at),
    retainDays: 30,
    ...props,
  });
}

describe('ObjectStore', () => {
  const account = onlyResource(synth(objectStore()), 'azurerm_storage_account');

  test('is mainly a storage account that stays, as does its container', () => {
    const made = objectStore();
    expect(defaultType(made)).toBe('azurerm_storage_account');
    expect(account.lifecycle).toEqual({ prevent_destroy: true });
    expect(onlyResource(synth(made), 'azurerm_storage_container')).toMatchObject({
      container_access_type: 'private',
      storage_account_id: expect.stringContaining('azurerm_storage_account'),
      lifecycle: { prevent_destroy: true },
    });
  });

  test('has no keys, no anonymous access and no public address', () => {
    expect(account).toMatchObject({
      shared_access_key_enabled: false,
      local_user_enabled: false,
      default_to_oauth_authentication: true,
      allow_nested_items_to_be_public: false,
      public_network_access_enabled: false,
      cross_tenant_replication_enabled: false,
      allowed_copy_scope: 'AAD',
      min_tls_version: 'TLS1_2',
      sas_policy: { expiration_action: 'Log' },
      network_rules: { default_action: 'Deny', bypass: ['AzureServices'] },
    });
  });

  test('is hierarchical, and so without versions, which Azure has only for flat accounts', () => {
    expect(account).toMatchObject({ account_kind: 'StorageV2', account_replication_type: 'ZRS', is_hns_enabled: true });
    expect(account.blob_properties).toEqual({
      versioning_enabled: false,
      delete_retention_policy: { days: 30 },
      container_delete_retention_policy: { days: 30 },
    });
  });

  test('keeps its copies in one place where there are no zones, unless told otherwise', () => {
    const scope = stack();
    const made = objectStore({ network: network(scope, { zones: [] }) });
    expect(onlyResource(synth(made), 'azurerm_storage_account')).toMatchObject({ account_replication_type: 'LRS' });
    expect(onlyResource(synth(objectStore({ replication: 'LRS' })), 'azurerm_storage_account')).toMatchObject({
      account_replication_type: 'LRS',
    });
  });

  test('is encrypted twice, and follows the versions of its own key', () => {
    expect(account).toMatchObject({
      infrastructure_encryption_enabled: true,
      customer_managed_key: { key_vault_key_id: expect.stringContaining('versionless_id') },
    });
  });

  test('is reached through an endpoint for each of its protocols', () => {
    const endpoints = Object.values(resourcesOf(synth(objectStore()), 'azurerm_private_endpoint'));
    const subresources = endpoints.map((endpoint) => JSON.stringify(endpoint.private_service_connection));
    expect(subresources.filter((text) => /\["blob"\]/.test(text))).toHaveLength(1);
    expect(subresources.filter((text) => /\["dfs"\]/.test(text))).toHaveLength(1);
  });

  test('gives access to its container only, as part of whom it is given to', () => {
    const scope = stack();
    const own = cluster(scope);
    const identity = new Identity(scope, 'workload', {
      name: 'lab',
      cluster: own,
      namespace: 'ns',
      serviceAccount: 'sa',
    });
    const attributes = { accountName: 'labdata', subscriptionId: SUBSCRIPTION, resourceGroupName: 'lab' };
    const store = ObjectStore.fromObjectStoreAttributes(scope, 'store', attributes);
    const { dependables } = store.grants.readWrite(identity);
    expect(identity.node.findChild('read-write-labdata')).toBe(dependables[0]);
    const json = synth(scope);
    expect(Object.values(resourcesOf(json, 'azurerm_role_assignment'))).toContainEqual(
      expect.objectContaining({
        role_definition_name: 'Storage Blob Data Contributor',
        scope: expect.stringMatching(
          new RegExp(`^/subscriptions/${SUBSCRIPTION}/.*/${store.accountName}/blobServices/default/containers/data$`),
        ),
      }),
    );
  });

  test('is found by account and container, or by the id of the container, and then makes nothing', () => {
    const scope = stack();
    const place = { subscriptionId: SUBSCRIPTION, resourceGroupName: 'lab' };
    const { accountName } = objectStore();
    expect(accountName).toBe(physicalName(['lab-data'], LIMITS.storageAccount, SUBSCRIPTION));
    const made = ObjectStore.fromObjectStoreAttributes(scope, 'made', { accountName, ...place });
    expect(made).toMatchObject({ accountName, containerName: 'data', dependables: [] });
    const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/corpus`;
    const found = ObjectStore.fromContainerId(scope, 'found', `${id}/blobServices/default/containers/tokens`);
    expect(found).toMatchObject({ accountName: 'corpus', containerName: 'tokens' });
    expect(resourceCount(synth(scope))).toBe(0);
    found.grants.read(Identity.fromIdentityAttributes(scope, 'reader', READER));
    expect(onlyResource(synth(scope), 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Storage Blob Data Reader',
      scope: `${id}/blobServices/default/containers/tokens`,
      principal_id: READER.principalId,
    });
  });

  test('fails when the id is that of an account, without a container', () => {
    const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/corpus`;
    expect(() => ObjectStore.fromContainerId(stack(), 'store', id)).toThrow(
      /is not the id of a container of a storage account: it looks like .*containers\/NAME \[IdInvalid\]/,
    );
  });

  test('lets account and container go where it is told to', () => {
    const json = synth(objectStore({ removalPolicy: 'destroy' }));
    expect(onlyResource(json, 'azurerm_storage_account')).not.toHaveProperty('lifecycle');
    expect(onlyResource(json, 'azurerm_storage_container')).not.toHaveProperty('lifecycle');
  });

  test('acts as an identity that the owner of a key has let in, with a key of somebody else', () => {
    const scope = stack();
    const identity = Identity.fromIdentityAttributes(scope, 'keeper', READER);
    const vaultId = `/subscriptions/${SUBSCRIPTION}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/keys`;
    const encryptionKey = EncryptionKey.fromEncryptionKeyAttributes(scope, 'key', {
      keyId: 'https://keys.vault.azure.net/keys/data/0123456789abcdef',
      vaultId,
    });
    const made = new ObjectStore(scope, 'data', {
      name: 'lab-data',
      network: network(scope),
      encryptionKey,
      identity,
      retainDays: 30,
    });
    const json = synth(made);
    expect(onlyResource(json, 'azurerm_storage_account')).toMatchObject({
      identity: { identity_ids: [READER.identityId] },
      customer_managed_key: {
        key_vault_key_id: 'https://keys.vault.azure.net/keys/data',
        user_assigned_identity_id: READER.identityId,
      },
    });
    for (const type of ['azurerm_role_assignment', 'azurerm_user_assigned_identity', 'azurerm_key_vault']) {
      expect(resourcesOf(json, type)).toEqual({});
    }
  });

  test('keeps nothing that was deleted where it is told to', () => {
    const made = onlyResource(synth(objectStore({ retainDays: 0 })), 'azurerm_storage_account');
    expect(made.blob_properties).toEqual({ versioning_enabled: false });
  });

  test.each([-1, 366, 1.5])('fails when it retains %d days', (retainDays) => {
    expect(() => objectStore({ retainDays })).toThrow(/0 to 365 whole days \[RetentionInvalid\]/);
  });
});
