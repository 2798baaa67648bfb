import { checkAccepted } from '../../../provider/rules/accepted';
import { completedValues } from '../../../provider/rules/completed';
import { locate, root, segmentsOf } from '../../../provider/rules/locate';
import { type AcceptedValues, type BlockSchema, loadProvider } from '../../../provider/schema';

describe('what was asked of the providers after their schemas were recorded', () => {
  test('takes nothing from what is recorded', () => {
    const { values } = loadProvider('google');
    const network = values.google_compute_network;
    expect(completedValues('google', 'google_compute_network', network)).toBe(network);
    expect(completedValues('google', 'google_kms_crypto_key', values.google_kms_crypto_key)).toMatchObject({
      ...values.google_kms_crypto_key,
      rotation_period: expect.objectContaining({ pattern: expect.any(String) }),
    });
  });
});

const ORIGIN = '/subscriptions/s/resourceGroups/r/providers/Microsoft.Cdn/profiles/p';

test.each([
  ['google', 'google_project_iam_member', 'member', 'serviceAccount:n@p.iam.gserviceaccount.com', 'nodes'],
  ['google', 'google_storage_bucket_iam_binding', 'members[]', 'allUsers', 'everybody'],
  ['google', 'google_project_iam_member', 'member', 'user:a@example.com', 'deleted:user:a@example.com?uid=1'],
  ['google', 'google_kms_crypto_key', 'rotation_period', '86400s', '86399s'],
  ['google', 'google_kms_crypto_key', 'rotation_period', '7776000s', '90d'],
  ['google', 'google_project_service', 'service', 'container.googleapis.com', 'container'],
  ['azurerm', 'azurerm_cdn_frontdoor_origin', 'cdn_frontdoor_origin_group_id', `${ORIGIN}/originGroups/g`, ORIGIN],
  ['azurerm', 'azurerm_kubernetes_cluster', 'private_dns_zone_id', 'System', 'system'],
  ['azurerm', 'azurerm_key_vault', 'network_acls.ip_rules[]', '10.0.0.0/8', '10.0.0.0/33'],
  ['azurerm', 'azurerm_virtual_network', 'bgp_community', '12076:20000', '12076'],
  ['azurerm', 'azurerm_managed_lustre_file_system', 'maintenance_window.time_of_day_in_utc', '22:00', '24:00'],
] as const)('%s: %s takes in %s %j, but not %j', (provider, type, path, good, bad) => {
  const { resource_schemas, values } = loadProvider(provider);
  const block = resource_schemas[type]?.block ?? {};
  const config = (value: string) =>
    path
      .split('.')
      .reduceRight<unknown>(
        (inner, name) => (name.endsWith('[]') ? { [name.slice(0, -2)]: [inner] } : { [name]: inner }),
        value,
      );
  const found = (value: string) =>
    checkAccepted(provider, type, block, completedValues(provider, type, values[type]), config(value) as never).length;
  expect(locate(block, segmentsOf(path), root(config(good) as never)).map(({ value }) => value)).toEqual([good]);
  expect([found(good), found(bad)]).toEqual([0, 1]);
});

test.each([
  ['google', 'google_compute_forwarding_rule', 'ports', 5, 'at most 5 elements, this has 6'],
  ['google', 'google_compute_health_check', 'source_regions', 3, '3 to 3 elements, this has 4'],
  ['oci', 'oci_core_subnet', 'security_list_ids', 5, 'at most 5 elements, this has 6'],
] as const)('%s: %s takes in %s %i elements, and no more', (provider, type, path, most, allowed) => {
  const { resource_schemas, values } = loadProvider(provider);
  const block = resource_schemas[type]?.block ?? {};
  const found = (count: number) =>
    checkAccepted(provider, type, block, completedValues(provider, type, values[type]), {
      [path]: Array.from({ length: count }, (_, index) => String(index + 1)),
    }).map(({ detail }) => detail);
  expect(found(most)).toEqual([]);
  expect(found(most + 1)).toEqual([`${path} is a list; allowed: ${allowed}`]);
});

test('a pattern refuses, and one that was only inferred warns', () => {
  const block: BlockSchema = { attributes: { name: { type: 'string', optional: true } } };
  const severity = (accepted: AcceptedValues) =>
    checkAccepted('google', 'google_a', block, { name: accepted }, { name: 'a!' }).map((finding) => finding.severity);
  expect(severity({ pattern: '^[a-z]+$' })).toEqual(['error']);
  expect(severity({ pattern: '^[a-z]+$', learned: true })).toEqual(['warning']);
});

test('of a member of objects that only the provider decides, a value is refused', () => {
  const { resource_schemas, values } = loadProvider('azurerm');
  const type = 'azurerm_virtual_network';
  const found = (id: string | null) =>
    checkAccepted(
      'azurerm',
      type,
      resource_schemas[type]?.block ?? {},
      completedValues('azurerm', type, values[type]),
      {
        subnet: [{ id, name: 'a' }],
      },
    ).map(({ detail }) => detail);
  expect(found(null)).toEqual([]);
  expect(found('x')).toEqual(['subnet[0].id is "x"; allowed: no value, the provider alone decides it']);
});

test('elements of maps are not checked, which no provider does', () => {
  const { resource_schemas, values } = loadProvider('azurerm');
  const type = 'azurerm_stream_analytics_output_servicebus_topic';
  const config = { system_property_columns: { a: '' } };
  expect(checkAccepted('azurerm', type, resource_schemas[type]?.block ?? {}, values[type], config)).toEqual([]);
});

test('what several tables say of one argument stands together', () => {
  const { values } = loadProvider('azurerm');
  const type = 'azurerm_private_endpoint';
  const path = 'private_service_connection.subresource_names[]';
  expect(completedValues('azurerm', type, values[type])?.[path]).toMatchObject({
    ...values[type]?.[path],
    learned: false,
    empty_ok: true,
  });
});
