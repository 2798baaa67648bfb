import { onlyResource } from '../../helpers/terraform';
import { defaultType, key, network, stack, synth } from './setup';

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
    const { data, resource } = synth(made);
    const [address = ''] = Object.keys(resource?.azurerm_key_vault_key ?? {});
    expect(Object.values(data?.azurerm_key_vault_key ?? {})).toEqual([
      expect.objectContaining({
        name: `\${azurerm_key_vault_key.${address}.name}`,
        // A key that is made or changed in the same apply is asked for afterwards.
        depends_on: [`azurerm_key_vault_key.${address}`],
      }),
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

  test('fails when it would rotate more often than Key Vault can', () => {
    const scope = stack();
    expect(() => key(scope, network(scope), { rotationDays: 1 })).toThrow(/rotationDays is 1/);
  });
});
