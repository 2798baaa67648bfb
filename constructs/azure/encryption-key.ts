import { DataAzurermKeyVaultKey } from '@cdktf/provider-azurerm/lib/data-azurerm-key-vault-key';
import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { KeyVaultKey } from '@cdktf/provider-azurerm/lib/key-vault-key';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Construct, type IConstruct } from 'constructs';
import type { Tags } from '../../estate/units';
import { Fn, type ITerraformDependable, TerraformLocal, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import type { RemovalPolicy } from '../removal-policy';
import { checkId, checkName, checkPublic, checkTags, MOST_KEY_TAGS } from './checks';
import { LIMITS, parseResourceId, physicalName, resourceId, resourceTags } from './names';
import type { INetwork } from './network-attributes';
import { assignRole } from './role-assignment';

/** Who reaches a vault: only its network, or also Azure's trusted services past its firewall. */
export type VaultAccess = 'private' | 'trusted-services';

/** Where a key lives: in hardware, or in software that only Managed Lustre asks for. */
export type KeyType = 'RSA-HSM' | 'RSA';

/** What an {@link EncryptionKey} that is there already is known by. */
export interface EncryptionKeyAttributes {
  /** Id of a version of the key, such as `https://NAME.vault.azure.net/keys/KEY/VERSION`; a newer one is told here. */
  readonly keyId: string;
  /**
   * Id without version.
   * @default - `keyId` without its last part
   */
  readonly versionlessKeyId?: string;
  /** Id of its vault, `/subscriptions/…/providers/Microsoft.KeyVault/vaults/NAME`. */
  readonly vaultId: string;
  /**
   * Who reaches the vault.
   * @default 'private'
   */
  readonly access?: VaultAccess;
  /**
   * Where the key lives.
   * @default 'RSA-HSM'
   */
  readonly keyType?: KeyType;
  /**
   * Whether identities are given their roles on the vault. Whoever applies must then be allowed to.
   * @default false: its owner gives them to the identities that the constructs take
   */
  readonly assignsRoles?: boolean;
}

/** A key that services encrypt with. */
export interface IEncryptionKey extends IConstruct {
  /** Id of one version, for services that must be told of every rotation. */
  readonly keyId: string;
  /** Id without version, for services that follow rotations. */
  readonly versionlessKeyId: string;
  /** Id of the vault that keeps it. */
  readonly vaultId: string;
  /** Who reaches its vault. */
  readonly access: VaultAccess;
  /** Where it lives. */
  readonly keyType: KeyType;
  /** Gives identities the use of it. */
  readonly grants: EncryptionKeyGrants;
  /** What must exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];
}

/** Where applies come from that do not run inside the network. */
export interface RunnerAccess {
  /**
   * Public addresses or ranges.
   * @default - none
   */
  readonly ranges?: readonly string[];
  /**
   * Ids of subnets; each has the service endpoint `Microsoft.KeyVault`.
   * @default - none
   */
  readonly subnets?: readonly string[];
}

/** Options of an {@link EncryptionKey}. */
export interface EncryptionKeyProps {
  /** First part of every physical name. */
  readonly name: string;
  /** Network from which the vault is reached. */
  readonly network: INetwork;
  /** Microsoft Entra tenant of the subscription. */
  readonly tenantId: string;
  /**
   * Who reaches the vault: only the network, or also Azure's trusted services past a firewall that denies everybody
   * else. Managed Lustre refuses vaults without the second.
   * @default 'private'
   */
  readonly access?: VaultAccess;
  /**
   * Where applies come from, since each of them reads the key at its vault: the firewall lets these in and nobody else. The
   * vault has a public address only where somebody is named here, or trusted services are let in.
   * @default - applies reach the private endpoint, from inside the network or a peer that resolves its name
   */
  readonly runner?: RunnerAccess;
  /**
   * Where the key lives (`key_type`). Managed Lustre documents only `RSA`. A change makes a new key.
   * @default 'RSA-HSM'
   */
  readonly keyType?: KeyType;
  /**
   * Days after which Key Vault makes a new version of the key.
   * @default 365
   */
  readonly rotationDays?: number;
  /**
   * Moment at which the key stops to work, and with it all data under it (RFC 3339).
   * @default - never: rotation replaces versions, old ones stay readable
   */
  readonly expirationDate?: string;
  /**
   * What becomes of vault and key when they leave the program. Whatever is chosen, a deleted vault can be had back for
   * 90 days, and is never purged before.
   * @default 'retain'
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Tags of vault, key and endpoint.
   * @default - none
   */
  readonly tags?: Tags;
}

/** Gives identities the use of a key. */
export class EncryptionKeyGrants {
  /**
   * @param vaultId id of the vault that keeps the key
   * @param vault what a role on the vault waits for; none where its owner gives the roles
   */
  constructor(
    private readonly vaultId: string,
    private readonly vault: readonly ITerraformDependable[] | undefined,
  ) {}

  /** Wrap and unwrap, for services that encrypt data at rest (`Key Vault Crypto Service Encryption User`). */
  encryptData(scope: Construct, id: string, principalId: string): Grant {
    return this.assign(scope, id, principalId, 'Key Vault Crypto Service Encryption User');
  }

  /** Encrypt and decrypt, for clusters that encrypt their secrets (`Key Vault Crypto User`). */
  encryptSecrets(scope: Construct, id: string, principalId: string): Grant {
    return this.assign(scope, id, principalId, 'Key Vault Crypto User');
  }

  /** Approve a connection to the vault, for clusters that reach a private one (`Key Vault Contributor`). */
  connect(scope: Construct, id: string, principalId: string): Grant {
    return this.assign(scope, id, principalId, 'Key Vault Contributor');
  }

  private assign(scope: Construct, id: string, principalId: string, role: string): Grant {
    if (this.vault === undefined) return new Grant();
    return new Grant([assignRole(scope, id, { role, on: this.vaultId, principalId, dependsOn: this.vault })]);
  }
}

const KEY_ID = /^(https:\/\/[^/]+\/keys\/[^/]+)\/[^/]+$/;

/**
 * A key in a vault of its own, rotated by Key Vault.
 *
 * Creating and reading the key are calls to the vault itself: whoever applies must reach it (`runner`, or the private
 * endpoint) and hold `Key Vault Crypto Officer` on it or on its resource group. The vault can never be purged early.
 */
export class EncryptionKey extends Construct implements IEncryptionKey {
  /**
   * A key that is there already, such as one of a security team; nothing is made or looked up.
   *
   * @throws ConstructError with `IdInvalid` when an id is none
   */
  static fromEncryptionKeyAttributes(
    scope: Construct,
    id: string,
    attributes: EncryptionKeyAttributes,
  ): IEncryptionKey {
    const place = new Construct(scope, id);
    const { keyId, vaultId, access = 'private', keyType = 'RSA-HSM', assignsRoles = false } = attributes;
    checkId(place, 'a key vault', 'Microsoft.KeyVault/vaults', vaultId);
    const versionlessKeyId = attributes.versionlessKeyId ?? KEY_ID.exec(keyId)?.[1];
    if (versionlessKeyId === undefined) {
      const what = `"${keyId}" is not the id of a version of a key: it looks like https://NAME.vault.azure.net/keys/KEY/VERSION`;
      throw new ConstructError(place, 'IdInvalid', what);
    }
    const grants = new EncryptionKeyGrants(vaultId, assignsRoles ? [] : undefined);
    return Object.assign(place, { keyId, versionlessKeyId, vaultId, access, keyType, grants, dependables: [] });
  }

  /** Id of the vault that keeps it. */
  readonly vaultId: string;
  /** Who reaches its vault. */
  readonly access: VaultAccess;
  /** Where it lives. */
  readonly keyType: KeyType;
  /** Id without version, for services that follow rotations. */
  readonly versionlessKeyId: string;
  /** Gives identities the use of it. */
  readonly grants: EncryptionKeyGrants;
  /** What must exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly vault: KeyVault;
  private readonly key: KeyVaultKey;
  private newest?: DataAzurermKeyVaultKey;

  /**
   * @throws ConstructError with `NameInvalid`, `RetentionInvalid`, `RangeInvalid`, `IdInvalid` or `TagInvalid` when a prop
   * cannot be right
   */
  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    check(this, props);
    const { network, runner = {}, rotationDays = DEFAULT_ROTATION_DAYS } = props;
    const { ranges = [], subnets = [] } = runner;
    const lifecycle = props.removalPolicy === 'destroy' ? undefined : { preventDestroy: true };
    this.access = props.access ?? 'private';
    this.keyType = props.keyType ?? 'RSA-HSM';
    const vaultName = physicalName([props.name], LIMITS.keyVault, network.subscriptionId);
    const tags = resourceTags(props.tags);
    this.vaultId = resourceId(network, 'Microsoft.KeyVault/vaults', vaultName);
    this.vault = new KeyVault(this, 'vault', {
      name: vaultName,
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      tenantId: props.tenantId,
      skuName: 'premium',
      rbacAuthorizationEnabled: true,
      purgeProtectionEnabled: true,
      softDeleteRetentionDays: 90,
      publicNetworkAccessEnabled: this.access === 'trusted-services' || ranges.length + subnets.length > 0,
      networkAcls: {
        defaultAction: 'Deny',
        bypass: 'AzureServices',
        ipRules: ranges.length === 0 ? undefined : [...ranges],
        virtualNetworkSubnetIds: subnets.length === 0 ? undefined : [...subnets],
      },
      tags,
      lifecycle,
    });
    const endpoint = new PrivateEndpoint(this, 'endpoint', {
      name: physicalName([props.name, 'vault'], LIMITS.networkResource),
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      subnetId: network.subnetFor('endpoints').id,
      privateServiceConnection: {
        name: 'vault',
        privateConnectionResourceId: this.vaultId,
        subresourceNames: ['vault'],
        isManualConnection: false,
      },
      privateDnsZoneGroup: { name: 'vault', privateDnsZoneIds: [network.privateDnsZoneId('vault')] },
      tags,
      dependsOn: [this.vault, ...network.dependables],
    });
    this.key = new KeyVaultKey(this, 'Resource', {
      name: physicalName([props.name], LIMITS.key),
      keyVaultId: this.vault.id,
      keyType: this.keyType,
      // The one size that every service of the estate accepts.
      keySize: 2048,
      keyOpts: ['decrypt', 'encrypt', 'unwrapKey', 'wrapKey'],
      rotationPolicy: { automatic: { timeAfterCreation: `P${rotationDays}D` } },
      expirationDate: props.expirationDate,
      tags,
      lifecycle,
      dependsOn: [endpoint],
    });
    this.versionlessKeyId = this.key.versionlessId;
    this.grants = new EncryptionKeyGrants(this.vaultId, [this.vault]);
    this.dependables = [this.key];
  }

  /**
   * Id of the newest version, for services that must be told of every rotation: each apply tells them of the one that
   * Key Vault has made by then. What they encrypted before stays under the older version until they write it anew.
   *
   * Asked of the vault, because the key itself goes on naming the version that it was created with. It is asked once
   * the key is there, which a local value sees to: Terraform puts a data source off that names a resource whose labels
   * or firewall change, and would expect another version in all that uses it.
   */
  get keyId(): string {
    this.newest ??= new DataAzurermKeyVaultKey(this, 'newest', {
      name: new TerraformLocal(this, 'name', Fn.element(Fn.split('/', this.key.versionlessId), NAME_IN_KEY_ID))
        .asString,
      keyVaultId: this.vaultId,
    });
    return this.newest.id;
  }
}

/**
 * Fails where a key lies in another subscription than what it encrypts: the provider looks for its vault in that one only,
 * and Managed Lustre takes no other.
 *
 * `KeyVaultIDFromBaseUrl` in `internal/services/keyvault/client/helpers.go` of azurerm 4.81.0.
 */
export function checkVault(
  scope: IConstruct,
  what: string,
  { vaultId }: Pick<IEncryptionKey, 'vaultId'>,
  { subscriptionId }: INetwork,
): void {
  const vault = parseResourceId(vaultId, 'Microsoft.KeyVault/vaults');
  if (vault === undefined || Token.isUnresolved(vault.subscriptionId) || Token.isUnresolved(subscriptionId)) return;
  if (vault.subscriptionId === subscriptionId) return;
  const where = `its key lies in subscription ${vault.subscriptionId}, and it in ${subscriptionId}`;
  throw new ConstructError(scope, 'KeyUnsuitable', `${what}: ${where}; name a key of its own subscription`);
}

const DEFAULT_ROTATION_DAYS = 365;

/** Where the name stands in the id of a key, `https://VAULT.vault.azure.net/keys/NAME`. */
const NAME_IN_KEY_ID = 4;

function check(scope: Construct, props: EncryptionKeyProps): void {
  const { name, runner = {}, rotationDays = DEFAULT_ROTATION_DAYS, tags } = props;
  checkName(scope, 'an encryption key', name);
  checkTags(scope, `encryption key ${name}`, tags, MOST_KEY_TAGS.value);
  for (const range of runner.ranges ?? []) checkPublic(scope, `encryption key ${name}: where applies come from`, range);
  for (const subnet of runner.subnets ?? []) {
    checkId(scope, 'a subnet that applies come from', 'Microsoft.Network/virtualNetworks/subnets', subnet);
  }
  if (Token.isUnresolved(rotationDays) || (Number.isInteger(rotationDays) && rotationDays >= 7)) return;
  const what = `encryption key ${name}: rotationDays is ${rotationDays}; Key Vault rotates after 7 whole days or more`;
  throw new ConstructError(scope, 'RetentionInvalid', what);
}
