import { TerraformElement } from '../../../constructs/cdktf';
import { EncryptionKey } from '../../../constructs/oracle/encryption-key';
import { Vault, type VaultProps } from '../../../constructs/oracle/vault';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newStack } from './scene';

const EXISTING = {
  vaultId: 'ocid1.vault.oc1.phx.shared',
  managementEndpoint: 'https://shared-management.kms.us-phoenix-1.oraclecloud.com',
};

function vaultOf(props: Partial<VaultProps> = {}) {
  const stack = newStack();
  const vault = new Vault(stack, 'vault', { name: 'atlas', compartmentId: COMPARTMENT, ...props });
  return { stack, vault };
}

describe('oracle Vault', () => {
  test('has the vault as its default child', () => {
    expect(vaultOf().vault.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('is of the kind that costs nothing, and protected', () => {
    const { stack, vault } = vaultOf({ tags: { team: 'training' } });
    expect(vault.vaultType).toBe('DEFAULT');
    expect(onlyResource(synthStack(stack), 'oci_kms_vault')).toMatchObject({
      compartment_id: COMPARTMENT,
      display_name: 'atlas',
      vault_type: 'DEFAULT',
      freeform_tags: { team: 'training' },
      lifecycle: { prevent_destroy: true },
    });
  });

  test('may have hardware of its own and be destroyed, when it is told so', () => {
    const { stack } = vaultOf({ vaultType: 'VIRTUAL_PRIVATE', removalPolicy: 'destroy' });
    const vault = onlyResource(synthStack(stack), 'oci_kms_vault');
    expect(vault.vault_type).toBe('VIRTUAL_PRIVATE');
    expect(vault).not.toHaveProperty('lifecycle');
  });

  test('holds keys, which then have no vault of their own', () => {
    const { stack, vault } = vaultOf();
    const key = new EncryptionKey(stack, 'key', { name: 'atlas', compartmentId: COMPARTMENT, vault });
    expect(key.vaultId).toBe(vault.vaultId);
    const json = synthStack(stack);
    expect(Object.keys(resourcesOf(json, 'oci_kms_vault'))).toHaveLength(1);
    expect(onlyResource(json, 'oci_kms_key').management_endpoint).toMatch(
      /^\$\{oci_kms_vault\.vault_\w+\.management_endpoint\}$/,
    );
  });

  test('may exist already', () => {
    const stack = newStack();
    const vault = Vault.fromVaultAttributes(stack, 'vault', EXISTING);
    new EncryptionKey(stack, 'key', { name: 'atlas', compartmentId: COMPARTMENT, vault });
    const json = synthStack(stack);
    expect(resourcesOf(json, 'oci_kms_vault')).toEqual({});
    expect(onlyResource(json, 'oci_kms_key').management_endpoint).toBe(EXISTING.managementEndpoint);
  });

  test('lets keys rotate where it has hardware of its own', () => {
    const key = (vaultType?: 'VIRTUAL_PRIVATE') => () => {
      const stack = newStack();
      const vault = Vault.fromVaultAttributes(stack, 'vault', { ...EXISTING, vaultType });
      new EncryptionKey(stack, 'key', { name: 'atlas', compartmentId: COMPARTMENT, vault, rotationDays: 90 });
    };
    expect(key('VIRTUAL_PRIVATE')).not.toThrow();
    expect(key()).toThrow(/rotationDays needs a virtual private vault; .* \[KeyUnsuitable\]/);
  });

  test('fails when a key is to have a kind of vault and a vault', () => {
    const { stack, vault } = vaultOf();
    const make = () =>
      new EncryptionKey(stack, 'key', { name: 'k', compartmentId: COMPARTMENT, vault, vaultType: 'DEFAULT' });
    expect(make).toThrow(
      'vaultType is that of a vault of its own, and vault is given; leave one of them out [KeyUnsuitable]',
    );
  });

  test.each([
    [{ ...EXISTING, vaultId: 'ocid1.key.oc1.phx.k' }, 'id "ocid1.key.oc1.phx.k" is none of ocid1.vault.… [IdInvalid]'],
    [
      { ...EXISTING, managementEndpoint: 'shared-management' },
      'managementEndpoint is "shared-management"; use an address such as https://…-management.kms.… [IdInvalid]',
    ],
  ])('fails when %j exists', (attributes, message) => {
    expect(() => Vault.fromVaultAttributes(newStack(), 'vault', attributes)).toThrow(message);
  });
});
