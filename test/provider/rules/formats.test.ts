import { FORMATS, hasIdShape } from '../../../provider/rules/formats';

test.each([
  ['uuid', '12345678-1234-1234-1234-123456789abc', '12345678'],
  ['cidr', '10.0.0.0/16', '10.0.0.0'],
  ['cidr', 'fd00::/8', 'fd00::/129'],
  ['ip', 'fd00::1', '10.0.0.256'],
  ['ipv4', '10.0.0.1', 'fd00::1'],
  ['url', 'https://example.com/a?b', 'example.com'],
  ['json', '{"a":[1]}', '{a:1}'],
  ['base64', 'b2ZmbGluZQ==', 'b2ZmbGlu*'],
  ['rfc3339', '2030-01-31T12:00:00Z', '2030-01-31'],
  ['rfc3339', '2030-01-31T12:00:00.5+02:00', '2030-13-31T12:00:00Z'],
  ['time', '2030-01-31', '::1'],
  ['time', '2030-01-31T12:00:00Z', 'https://v.vault.azure.net/keys/k/1'],
  ['bool', 'true', 'yes'],
  ['duration', '1h30m', '90'],
  ['iso8601-duration', 'PT30M', '30M'],
  ['iso8601-duration', 'P1DT12H', 'P'],
  ['integer', '18', '18.5'],
  ['azure-resource-id', '/subscriptions/s/resourceGroups/r/providers/Microsoft.Test/a/b', 'resourceGroups/r'],
  ['key-vault-item-id', 'https://v.vault.azure.net/keys/k/1', 'https://v.vault.azure.net/'],
  ['key-vault-version-id', 'https://v.vault.azure.net/keys/k/1', 'https://v.vault.azure.net/keys/k'],
  ['ip-or-cidr', '10.0.0.1', '10.0.0.0/33'],
  ['hh:mm:ss', '1.02:03:04', '12:34'],
])('%s takes %s and refuses %s', (name, good, bad) => {
  expect(FORMATS[name]?.accepts(good, 'azurerm', 'attribute')).toBe(true);
  expect(FORMATS[name]?.accepts(bad, 'azurerm', 'attribute')).toBe(false);
});

test('a time is a whole one at Google', () => {
  expect(FORMATS.time?.accepts('2030-01-31T12:00:00Z', 'google', 'end_time')).toBe(true);
  expect(FORMATS.time?.accepts('2030-01-31', 'google', 'end_time')).toBe(false);
});

test('a policy is JSON of a structure', () => {
  expect(FORMATS.json?.accepts('{"bindings":[]}', 'google', 'policy_data')).toBe(true);
  expect(FORMATS.json?.accepts('42', 'google', 'policy_data')).toBe(false);
  expect(FORMATS.json?.accepts('42', 'google', 'value')).toBe(true);
});

test('rfc3339 is a time of the day at Google too', () => {
  expect(FORMATS.rfc3339?.accepts('03:00', 'google', 'start_time')).toBe(true);
  expect(FORMATS.rfc3339?.accepts('03:00', 'azurerm', 'start_time')).toBe(false);
});

test('ipv4 takes ranges where an argument is about ranges', () => {
  expect(FORMATS.ipv4?.accepts('10.0.0.0/8', 'azurerm', 'authorized_ip_ranges[]')).toBe(true);
  expect(FORMATS.ipv4?.accepts('10.0.0.0/8', 'azurerm', 'dns_service_ip')).toBe(false);
});

test('an id has the shape of its kind, with any names', () => {
  const shape = '/subscriptions/*/resourceGroups/*/providers/Microsoft.KeyVault/vaults/*';
  expect(hasIdShape('/subscriptions/s/resourceGroups/r/providers/Microsoft.KeyVault/vaults/v', shape)).toBe(true);
  expect(hasIdShape('/subscriptions/s/resourceGroups/r/providers/Microsoft.KeyVault/vaults/', shape)).toBe(false);
  expect(hasIdShape('/subscriptions/s/resourceGroups/r/providers/Microsoft.KeyVault/keys/v', shape)).toBe(false);
});
