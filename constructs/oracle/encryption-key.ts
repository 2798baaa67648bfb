import { Construct } from 'constructs';
import { KmsKey } from '../../.gen/providers/oci/kms-key';
import { KmsVault } from '../../.gen/providers/oci/kms-vault';
import { Token } from '../cdktf';
import { type TagOptions, tagArguments } from './names';

/** A key, made here or elsewhere. */
export interface IEncryptionKey {
  readonly keyId: string;
}

/** Properties of {@link EncryptionKey}. */
export interface EncryptionKeyProps extends TagOptions {
  readonly name: string;
  readonly compartmentId: string;
  /** Vault of the key. `VIRTUAL_PRIVATE` has hardware of its own, at a price. @default 'DEFAULT' */
  readonly vaultType?: 'DEFAULT' | 'VIRTUAL_PRIVATE';
  /** Days between automatic rotations, 60 to 365; only keys of virtual private vaults rotate. @default - no rotation */
  readonly rotationDays?: number;
}

/**
 * A 256-bit AES key in a hardware security module, with its vault.
 *
 * Protected against destroy: what it encrypts is lost with it.
 */
export class EncryptionKey extends Construct implements IEncryptionKey {
  public readonly keyId: string;
  public readonly vaultId: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const vaultType = props.vaultType ?? 'DEFAULT';
    checkRotation(props.rotationDays, vaultType);
    const common = {
      compartmentId: props.compartmentId,
      displayName: props.name,
      ...tagArguments(props),
      lifecycle: { preventDestroy: true },
    };
    const vault = new KmsVault(this, 'vault', { ...common, vaultType });
    const key = new KmsKey(this, 'Resource', {
      ...common,
      managementEndpoint: vault.managementEndpoint,
      keyShape: { algorithm: 'AES', length: 32 },
      protectionMode: 'HSM',
      ...(props.rotationDays !== undefined && {
        isAutoRotationEnabled: true,
        autoKeyRotationDetails: { rotationIntervalInDays: props.rotationDays },
      }),
    });
    this.keyId = key.id;
    this.vaultId = vault.id;
  }
}

function checkRotation(days: number | undefined, vaultType: string): void {
  if (days === undefined) return;
  if (vaultType !== 'VIRTUAL_PRIVATE') {
    throw new Error("rotationDays needs a virtual private vault; give vaultType: 'VIRTUAL_PRIVATE', or leave it out");
  }
  if (Token.isUnresolved(days)) return;
  if (!Number.isInteger(days) || days < 60 || days > 365) {
    throw new Error(`rotationDays must be a whole number from 60 to 365, got ${days}`);
  }
}
