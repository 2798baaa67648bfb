import { ObjectStore } from '../../../constructs/azure';
import { onlyResource, resourcesOf } from '../../helpers/terraform';
import { cluster, key, network, SUBSCRIPTION, stack, synth } from './setup';

function store(props: Partial<ConstructorParameters<typeof ObjectStore>[2]> = {}) {
  const scope = stack();
  const at = network(scope);
  const encryptionKey = key(scope, at);
  return new ObjectStore(scope, 'store', { name: 'lab', network: at, encryptionKey, retainDays: 30, ...props });
}

const LOGS = ['azurerm_log_analytics_workspace', 'azurerm_monitor_diagnostic_setting'] as const;

describe('logs', () => {
  const json = synth(cluster(stack(), { logRetentionDays: 365, tags: { team: 'lab' } }));

  test('are kept of nothing until they are asked for, since they are billed', () => {
    for (const made of [synth(cluster(stack())), synth(store())]) {
      for (const type of LOGS) expect(resourcesOf(made, type)).toEqual({});
    }
  });

  test('of a control plane say who changed something, who was let in and what its parts do', () => {
    expect(onlyResource(json, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      name: 'lab-logs',
      target_resource_id: expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\.cluster_[0-9A-F]{8}\.id\}$/),
      log_analytics_workspace_id: expect.stringMatching(/^\$\{azurerm_log_analytics_workspace\./),
      log_analytics_destination_type: 'Dedicated',
      enabled_log: [
        { category: 'cloud-controller-manager' },
        { category: 'cluster-autoscaler' },
        { category: 'guard' },
        { category: 'kube-apiserver' },
        { category: 'kube-audit-admin' },
        { category: 'kube-controller-manager' },
        { category: 'kube-scheduler' },
      ],
    });
  });

  test('are kept for as long as is said, in a workspace that nobody writes to from the internet', () => {
    expect(onlyResource(json, 'azurerm_log_analytics_workspace')).toEqual(
      expect.objectContaining({
        name: 'lab-logs',
        resource_group_name: 'lab',
        location: 'eastus2',
        sku: 'PerGB2018',
        retention_in_days: 365,
        internet_ingestion_enabled: false,
        local_authentication_enabled: false,
        tags: { team: 'lab' },
        lifecycle: { prevent_destroy: true },
      }),
    );
  });

  test('of an object store say who read, wrote and deleted', () => {
    const made = store({ accessLogRetentionDays: 90 });
    const own = synth(made);
    expect(onlyResource(own, 'azurerm_monitor_diagnostic_setting')).toMatchObject({
      name: 'lab-access-logs',
      target_resource_id: `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab/providers/Microsoft.Storage/storageAccounts/${made.accountName}/blobServices/default`,
      enabled_log: [{ category: 'StorageDelete' }, { category: 'StorageRead' }, { category: 'StorageWrite' }],
      depends_on: [expect.stringMatching(/^azurerm_storage_account\./)],
    });
    expect(onlyResource(own, 'azurerm_monitor_diagnostic_setting')).not.toHaveProperty(
      'log_analytics_destination_type',
    );
    expect(onlyResource(own, 'azurerm_log_analytics_workspace')).toMatchObject({ retention_in_days: 90 });
  });

  test('go with what they are of, where that may go', () => {
    for (const made of [
      synth(cluster(stack(), { logRetentionDays: 30, deletionProtection: false })),
      synth(store({ accessLogRetentionDays: 30, removalPolicy: 'destroy' })),
    ]) {
      expect(onlyResource(made, 'azurerm_log_analytics_workspace')).not.toHaveProperty('lifecycle');
    }
  });

  test.each([0, 29, 731, 45.5])('fails when they are kept for %d days', (days) => {
    const message = new RegExp(`logs are kept for ${days} days: Log Analytics takes 30 to 730.*\\[RetentionInvalid\\]`);
    expect(() => cluster(stack(), { logRetentionDays: days })).toThrow(message);
    expect(() => store({ accessLogRetentionDays: days })).toThrow(message);
  });
});
