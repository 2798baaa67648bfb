import { checkAccepted } from '../../../provider/rules/accepted';
import { completedValues } from '../../../provider/rules/completed';
import recorded from '../../../provider/rules/names.json';
import { attributesOf, loadProvider } from '../../../provider/schema';

const azurerm = loadProvider('azurerm');

function severities(type: string, name: string): string[] {
  const block = azurerm.resource_schemas[type]?.block ?? {};
  const values = completedValues('azurerm', type, azurerm.values[type]);
  return checkAccepted('azurerm', type, block, values, { name }).map(({ severity, path }) => `${severity} ${path}`);
}

test('every row is of a type with a name, says its file, and is a pattern that can be read', () => {
  const rows = Object.entries<{ pattern?: string; source: string }>(recorded.azurerm);
  expect(rows.length).toBeGreaterThan(450);
  for (const [type, { pattern, source }] of rows) {
    expect([type, attributesOf(azurerm.resource_schemas[type]?.block ?? {}).name?.required]).toEqual([type, true]);
    expect([type, source]).toEqual([type, expect.stringMatching(/^(internal|vendor)\/.+\.go$/)]);
    expect(() => new RegExp(pattern ?? '')).not.toThrow();
  }
});

/** Types of the estate's own stacks and other common ones: a name that the provider takes, and one that it does not. */
test.each([
  ['azurerm_resource_group', 'rg-1_(a)', 'group.'],
  ['azurerm_disk_encryption_set', 'set-1', '-set'],
  ['azurerm_key_vault', 'vault-1', 'vault_1'],
  ['azurerm_key_vault_key', 'key-1', 'key_1'],
  ['azurerm_key_vault_secret', 'secret', 'a secret'],
  ['azurerm_kubernetes_cluster_node_pool', 'pool1', 'pool-1'],
  ['azurerm_managed_lustre_file_system', 'fast_1', 'fast!'],
  ['azurerm_nat_gateway', 'nat.1', 'nat!'],
  ['azurerm_network_security_rule', 'ssh in', 'ssh/in'],
  ['azurerm_private_endpoint', 'endpoint', 'end point'],
  ['azurerm_storage_account', 'account1', 'Account1'],
  ['azurerm_storage_container', 'data', '-data'],
  ['azurerm_storage_container', '$web', 'a_b'],
  ['azurerm_storage_share', 'share', 'Share'],
  ['azurerm_linux_virtual_machine', 'machine-1', '1234'],
  ['azurerm_container_registry', 'registry1', 'registry-1'],
  ['azurerm_lb_rule', 'rule', 'rule!'],
  ['azurerm_log_analytics_workspace', 'logs-1', 'logs_1'],
  ['azurerm_cosmosdb_account', 'account', 'Account'],
  ['azurerm_mssql_server', 'server-1', 'Server-'],
  ['azurerm_eventhub_namespace', 'events-1', 'events_1'],
  ['azurerm_servicebus_namespace', 'bus-one', 'bus_one'],
  ['azurerm_snapshot', 'snapshot', 'snap shot'],
])('a %s may be called %j, not %j', (type, good, bad) => {
  expect(severities(type, good)).toEqual([]);
  expect(severities(type, bad)).toEqual(['error name']);
});

test('names that are only known from behaviour are still only warned of', () => {
  const learned = Object.keys(azurerm.values).filter(
    (type) => azurerm.values[type]?.name?.learned === true && !(type in recorded.azurerm),
  );
  expect(learned.length).toBeGreaterThan(0);
  expect(learned.length).toBeLessThan(80);
});
