import { Construct, type IConstruct } from 'constructs';
import { KmsVault } from '../../.gen/providers/oci/kms-vault';
import { exportAttribute, type TerraformProvider, Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { RemovalPolicy } from '../removal-policy';
import { checkId, checkName, checkTags } from './checks';
import { type TagOptions, tagArguments } from './names';

/** Kinds of vaults: with hardware that tenancies share, or with hardware of its own. */
export type VaultType = 'DEFAULT' | 'VIRTUAL_PRIVATE';

/** A vault that keys are made in, made here or elsewhere. */
export interface IVault extends IConstruct {
  /** OCID of the vault. */
  readonly vaultId: string;
  /** Address at which keys are made in it. */
  readonly managementEndpoint: string;
  /** Kind of the vault. */
  readonly vaultType: VaultType;
}

/** What is known of a vault that exists already. */
export interface VaultAttributes {
  /** OCID of the vault. */
  readonly vaultId: string;
  /** Address at which keys are made in it, such as `https://…-management.kms.us-phoenix-1.oraclecloud.com`. */
  readonly managementEndpoint: string;
  /** Kind of the vault. @default 'DEFAULT' */
  readonly vaultType?: VaultType;
}

/** Options of a {@link Vault}. */
export interface VaultProps extends TagOptions {
  /** Name of the vault. */
  readonly name: string;
  /** Compartment that it lies in. */
  readonly compartmentId: string;
  /** Kind of the vault. `VIRTUAL_PRIVATE` has hardware of its own, at a price. @default 'DEFAULT' */
  readonly vaultType?: VaultType;
  /** Provider of its region. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
  /** What becomes of it when it leaves the program; it is deleted after a month, with its keys. @default 'retain' */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A vault, which keys of many things are made in. One without keys costs nothing.
 *
 * Its address is found some time after it was made, so it belongs into a stack before those of its keys: the provider
 * does not wait for it.
 */
export class Vault extends Construct implements IVault {
  /**
   * A vault that exists already; nothing is made.
   *
   * @throws ConstructError with `IdInvalid` when the id is not that of a vault, or the address none
   */
  static fromVaultAttributes(scope: Construct, id: string, attributes: VaultAttributes): IVault {
    return new ImportedVault(scope, id, attributes);
  }

  /** OCID of the vault. */
  readonly vaultId: string;
  /** Address at which keys are made in it. */
  readonly managementEndpoint: string;
  /** Kind of the vault. */
  readonly vaultType: VaultType;

  private readonly resource: KmsVault;

  /** @throws ConstructError with `NameInvalid` or `TagInvalid` when it could not be made */
  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    checkName(this, props.name);
    checkTags(this, props);
    this.vaultType = props.vaultType ?? 'DEFAULT';
    const vault = new KmsVault(this, 'Resource', {
      provider: props.provider,
      compartmentId: props.compartmentId,
      displayName: props.name,
      vaultType: this.vaultType,
      ...tagArguments(props),
      ...(props.removalPolicy !== 'destroy' && { lifecycle: { preventDestroy: true } }),
    });
    this.vaultId = vault.id;
    this.managementEndpoint = vault.managementEndpoint;
    this.resource = vault;
  }

  /** Makes its address an output, for keys in other stacks: these need not be in the same program. */
  exportAddress(): void {
    exportAttribute(this.resource, 'management_endpoint');
  }
}

class ImportedVault extends Construct implements IVault {
  readonly vaultId: string;
  readonly managementEndpoint: string;
  readonly vaultType: VaultType;

  constructor(scope: Construct, id: string, { vaultId, managementEndpoint, vaultType = 'DEFAULT' }: VaultAttributes) {
    super(scope, id);
    checkId(this, vaultId, 'vault');
    if (!Token.isUnresolved(managementEndpoint) && !/^https:\/\/\S+$/.test(managementEndpoint)) {
      const what = `managementEndpoint is "${managementEndpoint}"; use an address such as https://…-management.kms.…`;
      throw new ConstructError(this, 'IdInvalid', what);
    }
    this.vaultId = vaultId;
    this.managementEndpoint = managementEndpoint;
    this.vaultType = vaultType;
  }
}
