import { onlyResource, resourcesOf } from '../../helpers/terraform';
import { defaultType, key, network, SUBSCRIPTION, stack, synth } from './setup';

describe('EncryptionKey', () => {
  test('is mainly a key', () => {
    const scope = stack();
    expect(defaultType(key(scope, network(scope)))).toBe('azurerm_key_vault_key');
  });

  test('keeps its vault private, unpurgeable and governed by roles', () => {
    const scope = stack();
    expect(onlyResource(synth(key(scope, network(scope))), 'azurerm_key_vault')).toMatchObject({
      sku_name: 'premium',
      rbac_authorization_enabled: true,
      purge_protection_enabled: true,
      soft_delete_retention_days: 90,
      public_network_access_enabled: false,
      network_acls: { default_action: 'Deny', bypass: 'AzureServices' },
      lifecycle: { prevent_destroy: true },
    });
  });

  test('rotates and never expires, so that no data becomes unreadable', () => {
    const scope = stack();
    const made = onlyResource(synth(key(scope, network(scope))), 'azurerm_key_vault_key');
    expect(made).toMatchObject({
      key_type: 'RSA-HSM',
      key_size: 2048,
      rotation_policy: { automatic: { time_after_creation: 'P365D' } },
      lifecycle: { prevent_destroy: true },
    });
    expect(made).not.toHaveProperty('expiration_date');
  });

  test('asks the vault for its newest version, once and only where somebody must be told of it', () => {
    const scope = stack();
    const made = key(scope, network(scope));
    expect(synth(made).data).toBeUndefined();
    const asked = [made.keyId, made.keyId];
    expect(asked).toHaveLength(2);
    const { data, resource, locals } = synth(made);
    const [address = ''] = Object.keys(resource?.azurerm_key_vault_key ?? {});
    const [[local, value] = []] = Object.entries(locals ?? {});
    // Not before there is a key, and at once where only labels of it or the firewall of its vault change.
    expect(value).toBe(`\${element(split("/", azurerm_key_vault_key.${address}.versionless_id), 4)}`);
    expect(Object.values(data?.azurerm_key_vault_key ?? {})).toEqual([
      { key_vault_id: made.vaultId, name: `\${local.${local}}` },
    ]);
  });

  test('is made after the endpoint through which the vault is reached', () => {
    const scope = stack();
    const json = synth(key(scope, network(scope)));
    const made = onlyResource(json, 'azurerm_key_vault_key');
    expect(made.depends_on).toEqual([expect.stringMatching(/^azurerm_private_endpoint\./)]);
  });

  test('lets trusted services in where Lustre needs them, and nobody else', () => {
    const scope = stack();
    const made = key(scope, network(scope), { access: 'trusted-services', keyType: 'RSA', rotationDays: 90 });
    const json = synth(made);
    expect(onlyResource(json, 'azurerm_key_vault')).toMatchObject({
      public_network_access_enabled: true,
      network_acls: { default_action: 'Deny', bypass: 'AzureServices' },
    });
    expect(onlyResource(json, 'azurerm_key_vault_key')).toMatchObject({
      key_type: 'RSA',
      rotation_policy: { automatic: { time_after_creation: 'P90D' } },
    });
  });

  const SUBNET = `/subscriptions/${SUBSCRIPTION}/resourceGroups/ci/providers/Microsoft.Network/virtualNetworks/ci/subnets/runners`;

  test.each([
    [{ ranges: ['203.0.113.7', '198.51.100.0/28'] }, { ip_rules: ['203.0.113.7', '198.51.100.0/28'] }],
    [{ subnets: [SUBNET] }, { virtual_network_subnet_ids: [SUBNET] }],
    [
      { ranges: ['203.0.113.7/32'], subnets: [SUBNET] },
      { ip_rules: ['203.0.113.7/32'], virtual_network_subnet_ids: [SUBNET] },
    ],
  ])('lets applies from %j in by the firewall, and still nobody else', (runner, rules) => {
    const scope = stack();
    const made = key(scope, network(scope), { runner });
    expect(made.access).toBe('private');
    expect(onlyResource(synth(made), 'azurerm_key_vault')).toMatchObject({ public_network_access_enabled: true });
    expect(onlyResource(synth(made), 'azurerm_key_vault').network_acls).toEqual({
      default_action: 'Deny',
      bypass: 'AzureServices',
      ...rules,
    });
  });

  test('has no public address for applies that come from nowhere', () => {
    const scope = stack();
    const vault = onlyResource(synth(key(scope, network(scope), { runner: {} })), 'azurerm_key_vault');
    expect(vault).toMatchObject({ public_network_access_enabled: false });
    expect(vault.network_acls).toEqual({ default_action: 'Deny', bypass: 'AzureServices' });
  });

  test.each([
    [{ ranges: ['10.8.0.0/16'] }, /where applies come from is 10\.8\.0\.0\/16, which no firewall.*\[RangeInvalid\]/],
    [{ ranges: ['10.8.0.5'] }, /where applies come from is 10\.8\.0\.5, which no firewall.*\[RangeInvalid\]/],
    [{ ranges: ['office'] }, /where applies come from is "office\/32".*\[RangeInvalid\]/],
    [{ subnets: ['runners'] }, /"runners" is not the id of a subnet that applies come from.*\[IdInvalid\]/],
  ])('fails when applies come from %j', (runner, message) => {
    const scope = stack();
    expect(() => key(scope, network(scope), { runner })).toThrow(message);
  });

  test('may do what encryption of data and of secrets takes, and nothing else', () => {
    const scope = stack();
    const made = onlyResource(synth(key(scope, network(scope))), 'azurerm_key_vault_key');
    expect(made.key_opts).toEqual(['decrypt', 'encrypt', 'unwrapKey', 'wrapKey']);
    expect(made.name).toBe('lab');
  });

  test('is private where nothing else is asked for, and reached by its endpoint under a name of its own', () => {
    const scope = stack();
    const made = key(scope, network(scope));
    expect(made.access).toBe('private');
    const json = synth(made);
    const vault = onlyResource(json, 'azurerm_key_vault');
    expect(vault.name).toMatch(/^lab-[0-9a-f]{8}$/);
    expect(made.vaultId).toBe(
      `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab/providers/Microsoft.KeyVault/vaults/${vault.name}`,
    );
    const endpoint = Object.values(resourcesOf(json, 'azurerm_private_endpoint')).find(
      ({ name }) => name === 'lab-vault',
    );
    expect(endpoint).toMatchObject({
      resource_group_name: 'lab',
      location: 'eastus2',
      private_service_connection: {
        name: 'vault',
        private_connection_resource_id: made.vaultId,
        subresource_names: ['vault'],
        is_manual_connection: false,
      },
      private_dns_zone_group: {
        name: 'vault',
        private_dns_zone_ids: [expect.stringMatching(/privateDnsZones\/privatelink\.vaultcore\.azure\.net$/)],
      },
    });
    expect(endpoint?.depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^azurerm_key_vault\./), expect.stringMatching(/dns/)]),
    );
  });

  test.each([
    ['encryptData', 'Key Vault Crypto Service Encryption User'],
    ['encryptSecrets', 'Key Vault Crypto User'],
    ['connect', 'Key Vault Contributor'],
  ] as const)('lets identities in by %s as %s of its vault, once there is one', (grant, role) => {
    const scope = stack();
    const made = key(scope, network(scope));
    made.grants[grant](scope, 'grant', 'principal');
    const json = synth(made);
    expect(Object.values(resourcesOf(json, 'azurerm_role_assignment'))).toEqual([
      expect.objectContaining({
        role_definition_name: role,
        scope: made.vaultId,
        principal_id: 'principal',
        depends_on: [expect.stringMatching(/^azurerm_key_vault\./)],
      }),
    ]);
  });

  test('rotates every seventh day at most', () => {
    const scope = stack();
    const made = key(scope, network(scope), { rotationDays: 7 });
    expect(onlyResource(synth(made), 'azurerm_key_vault_key')).toMatchObject({
      rotation_policy: { automatic: { time_after_creation: 'P7D' } },
    });
  });

  test('goes with its vault where it is told to', () => {
    const scope = stack();
    const json = synth(key(scope, network(scope), { removalPolicy: 'destroy' }));
    expect(onlyResource(json, 'azurerm_key_vault')).not.toHaveProperty('lifecycle');
    expect(onlyResource(json, 'azurerm_key_vault_key')).not.toHaveProperty('lifecycle');
  });

  test('fails when it has more tags than a vault takes', () => {
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x']));
    const make = (count: number) => {
      const scope = stack();
      return key(scope, network(scope), { tags: tags(count) });
    };
    expect(() => make(15)).not.toThrow();
    expect(() => make(16)).toThrow(/encryption key lab has 16 tags: Azure takes 15.*\[TagInvalid\]/);
  });

  test('fails when it would rotate more often than Key Vault can', () => {
    const scope = stack();
    expect(() => key(scope, network(scope), { rotationDays: 1 })).toThrow(/rotationDays is 1.*\[RetentionInvalid\]/);
  });
});
