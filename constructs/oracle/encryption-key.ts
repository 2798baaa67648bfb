import { Construct, type IConstruct } from 'constructs';
import { KmsKey } from '../../.gen/providers/oci/kms-key';
import { KmsVault, type KmsVaultConfig } from '../../.gen/providers/oci/kms-vault';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { Grant } from '../grant';
import type { RemovalPolicy } from '../removal-policy';
import { checkId, checkName, checkTags } from './checks';
import type { IIdentity } from './identity';
import { type TagOptions, tagArguments } from './names';
import type { IVault, VaultType } from './vault';

/** A key that things are encrypted with, made here or elsewhere. */
export interface IEncryptionKey extends IConstruct {
  /** OCID of the key. */
  readonly keyId: string;
  /** Gives workloads access to it. */
  readonly grants: EncryptionKeyGrants;
  /** What has to exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];
}

/** What is known of a key that exists already. */
export interface EncryptionKeyAttributes {
  /** OCID of the key. */
  readonly keyId: string;
  /** Compartment that it lies in. @default - not known: nobody is given access to it here */
  readonly compartmentId?: string;
}

/** Options of an {@link EncryptionKey}. */
export interface EncryptionKeyProps extends TagOptions {
  /** Name of the key, and of a vault of its own. */
  readonly name: string;
  /** Compartment of the key, and of a vault of its own. */
  readonly compartmentId: string;
  /**
   * Vault of the key, which never leaves it.
   *
   * @default - one of its own; its address is found a while after it was made, so the first apply may have to be repeated
   */
  readonly vault?: IVault;
  /** Kind of a vault of its own. `VIRTUAL_PRIVATE` has hardware of its own, at a price. @default 'DEFAULT' */
  readonly vaultType?: VaultType;
  /** Days between automatic rotations, 60 to 365; only keys of virtual private vaults rotate. @default - no rotation */
  readonly rotationDays?: number;
  /** What becomes of key and vault when they leave the program; either is deleted after a month. @default 'retain' */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Gives workloads access to a key.
 *
 * Services that encrypt with it (volumes, buckets, file systems, clusters) are let in by the policies of whoever owns
 * the compartment of the key; for the account of an estate that is its foundation.
 */
export class EncryptionKeyGrants {
  /** @param key the key, and where policies find it */
  constructor(private readonly key: { readonly keyId: string; readonly compartmentId?: string } & IConstruct) {}

  /**
   * Lets a workload encrypt and decrypt with the key.
   *
   * @throws ConstructError with `KeyUnsuitable` when the compartment of the key is not known
   */
  use(grantee: IIdentity): Grant {
    const { keyId, compartmentId } = this.key;
    if (compartmentId === undefined) {
      const way = 'import it by fromEncryptionKeyAttributes with its compartmentId';
      throw new ConstructError(this.key, 'KeyUnsuitable', `a grant names the compartment of the key; ${way}`);
    }
    return grantee.allow('use keys', compartmentId, [`target.key.id = '${keyId}'`]);
  }
}

/**
 * A 256-bit AES key in a hardware security module.
 *
 * Protected against destroy unless it is told otherwise: what it encrypts is lost with it.
 */
export class EncryptionKey extends Construct implements IEncryptionKey {
  /**
   * A key that exists already, such as one of a security team in another compartment or tenancy; nothing is made.
   *
   * Its owner lets the services in that encrypt with it.
   *
   * @throws ConstructError with `IdInvalid` when the id is not that of a key
   */
  static fromEncryptionKeyAttributes(
    scope: Construct,
    id: string,
    attributes: EncryptionKeyAttributes,
  ): IEncryptionKey {
    return new ImportedEncryptionKey(scope, id, attributes);
  }

  /**
   * A key that exists already, by its OCID alone.
   *
   * @throws ConstructError with `IdInvalid` when the id is not that of a key
   */
  static fromKeyId(scope: Construct, id: string, keyId: string): IEncryptionKey {
    return new ImportedEncryptionKey(scope, id, { keyId });
  }

  /** OCID of the key. */
  readonly keyId: string;
  /** OCID of its vault. */
  readonly vaultId: string;
  /** Compartment of both. */
  readonly compartmentId: string;
  /** Gives workloads access to it. */
  readonly grants = new EncryptionKeyGrants(this);
  /** What has to exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `KeyUnsuitable`, `NameInvalid`, `RetentionInvalid` or `TagInvalid` when the vault would
   * refuse it
   */
  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    check(this, props);
    const common = {
      compartmentId: props.compartmentId,
      displayName: props.name,
      ...tagArguments(props),
      ...(props.removalPolicy !== 'destroy' && { lifecycle: { preventDestroy: true } }),
    };
    const vault = props.vault ?? this.addVault(common, props.vaultType);
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
    this.vaultId = vault.vaultId;
    this.compartmentId = props.compartmentId;
    this.dependables = [key];
  }

  private addVault(common: Omit<KmsVaultConfig, 'vaultType'>, vaultType: VaultType = 'DEFAULT') {
    const { id: vaultId, managementEndpoint } = new KmsVault(this, 'vault', { ...common, vaultType });
    return { vaultId, managementEndpoint };
  }
}

class ImportedEncryptionKey extends Construct implements IEncryptionKey {
  readonly keyId: string;
  readonly compartmentId?: string;
  readonly grants = new EncryptionKeyGrants(this);
  readonly dependables: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { keyId, compartmentId }: EncryptionKeyAttributes) {
    super(scope, id);
    checkId(this, keyId, 'key');
    this.keyId = keyId;
    this.compartmentId = compartmentId;
  }
}

function check(scope: Construct, props: EncryptionKeyProps): void {
  const { name, rotationDays: days, vault } = props;
  const { vaultType = vault?.vaultType } = props;
  checkName(scope, name);
  checkTags(scope, props);
  if (vault !== undefined && props.vaultType !== undefined) {
    const way = 'leave one of them out';
    throw new ConstructError(
      scope,
      'KeyUnsuitable',
      `vaultType is that of a vault of its own, and vault is given; ${way}`,
    );
  }
  if (days === undefined) return;
  if (vaultType !== 'VIRTUAL_PRIVATE') {
    const way = "give vaultType: 'VIRTUAL_PRIVATE' or such a vault, or leave it out";
    throw new ConstructError(scope, 'KeyUnsuitable', `rotationDays needs a virtual private vault; ${way}`);
  }
  if (Token.isUnresolved(days) || (Number.isInteger(days) && days >= 60 && days <= 365)) return;
  throw new ConstructError(
    scope,
    'RetentionInvalid',
    `rotationDays must be a whole number from 60 to 365, got ${days}`,
  );
}
