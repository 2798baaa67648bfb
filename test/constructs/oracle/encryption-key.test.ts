import { Fn, TerraformElement, Token } from '../../../constructs/cdktf';
import { EncryptionKey, type EncryptionKeyProps } from '../../../constructs/oracle/encryption-key';
import { onlyResource, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newStack } from './scene';

function keyOf(props: Partial<EncryptionKeyProps> = {}) {
  const stack = newStack();
  const key = new EncryptionKey(stack, 'key', { name: 'atlas', compartmentId: COMPARTMENT, ...props });
  return { key, json: synthStack(stack) };
}

describe('oracle EncryptionKey', () => {
  test('has the key as its default child', () => {
    expect(keyOf().key.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('is a protected 256-bit AES key of a hardware module, in a vault that costs nothing by existing', () => {
    const { json } = keyOf();
    expect(onlyResource(json, 'oci_kms_key')).toMatchObject({
      key_shape: { algorithm: 'AES', length: 32 },
      protection_mode: 'HSM',
      lifecycle: { prevent_destroy: true },
    });
    expect(onlyResource(json, 'oci_kms_vault')).toMatchObject({
      vault_type: 'DEFAULT',
      lifecycle: { prevent_destroy: true },
    });
    expect(onlyResource(json, 'oci_kms_key')).not.toHaveProperty('is_auto_rotation_enabled');
  });

  test('may be destroyed with its vault when it is told so', () => {
    const { json } = keyOf({ removalPolicy: 'destroy' });
    for (const type of ['oci_kms_key', 'oci_kms_vault']) {
      expect(onlyResource(json, type)).not.toHaveProperty('lifecycle');
    }
  });

  test('rotates in a virtual private vault', () => {
    const { json } = keyOf({ vaultType: 'VIRTUAL_PRIVATE', rotationDays: 90 });
    expect(onlyResource(json, 'oci_kms_key')).toMatchObject({
      is_auto_rotation_enabled: true,
      auto_key_rotation_details: { rotation_interval_in_days: 90 },
    });
  });

  test.each([60, 365, Token.asNumber(Fn.parseint('90', 10))])(
    'takes %d days, also those that are known only later',
    (rotationDays) => {
      expect(() => keyOf({ vaultType: 'VIRTUAL_PRIVATE', rotationDays })).not.toThrow();
    },
  );

  test.each([
    [{ rotationDays: 90 }, /needs a virtual private vault/],
    [{ rotationDays: 30, vaultType: 'VIRTUAL_PRIVATE' as const }, /from 60 to 365, got 30/],
    [{ rotationDays: 59, vaultType: 'VIRTUAL_PRIVATE' as const }, /from 60 to 365, got 59/],
    [{ rotationDays: 366, vaultType: 'VIRTUAL_PRIVATE' as const }, /from 60 to 365, got 366/],
    [{ rotationDays: 90.5, vaultType: 'VIRTUAL_PRIVATE' as const }, /from 60 to 365, got 90\.5/],
  ])('fails when given %j', (props, message) => {
    expect(() => keyOf(props)).toThrow(message);
  });
});
