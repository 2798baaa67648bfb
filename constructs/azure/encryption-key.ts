import { DataAzurermKeyVaultKey } from '@cdktf/provider-azurerm/lib/data-azurerm-key-vault-key';
import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { KeyVaultKey } from '@cdktf/provider-azurerm/lib/key-vault-key';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import { Token } from '../cdktf';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import type { INetwork } from './network';
import { assignRole } from './role-assignment';

/** Properties of EncryptionKey. */
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
  readonly access?: 'private' | 'trusted-services';
  /**
   * Where the key lives (`key_type`). Managed Lustre documents only `RSA`. A change makes a new key.
   * @default 'RSA-HSM'
   */
  readonly keyType?: 'RSA-HSM' | 'RSA';
  /**
   * Days after which Key Vault makes a new version of the key.
   * @default 365
   */
  readonly rotationDays?: number;
  /**
   * Moment at which the key stops to work, and with it all data under it (RFC 3339).
   * @default never: rotation replaces versions, old ones stay readable
   */
  readonly expirationDate?: string;
  /** @default none */
  readonly tags?: Tags;
}

/** Gives identities the use of a key. */
export class EncryptionKeyGrants {
  constructor(private readonly key: EncryptionKey) {}

  /** Wrap and unwrap, for services that encrypt data at rest (`Key Vault Crypto Service Encryption User`). */
  encryptData(scope: Construct, id: string, principalId: string): RoleAssignment {
    return this.assign(scope, id, principalId, 'Key Vault Crypto Service Encryption User');
  }

  /** Encrypt and decrypt, for clusters that encrypt their secrets (`Key Vault Crypto User`). */
  encryptSecrets(scope: Construct, id: string, principalId: string): RoleAssignment {
    return this.assign(scope, id, principalId, 'Key Vault Crypto User');
  }

  /** Approve a connection to the vault, for clusters that reach a private one (`Key Vault Contributor`). */
  connect(scope: Construct, id: string, principalId: string): RoleAssignment {
    return this.assign(scope, id, principalId, 'Key Vault Contributor');
  }

  private assign(scope: Construct, id: string, principalId: string, role: string): RoleAssignment {
    return assignRole(scope, id, { role, on: this.key.vaultId, principalId, dependsOn: [this.key.vault] });
  }
}

/**
 * A key in a vault of its own, rotated by Key Vault.
 *
 * Creating the key is a call to the vault itself: whoever applies must reach it (the private endpoint, or the network's
 * DNS) and hold `Key Vault Crypto Officer` on it or on its resource group. The vault can never be purged early.
 */
export class EncryptionKey extends Construct {
  readonly vault: KeyVault;
  readonly vaultId: string;
  readonly access: 'private' | 'trusted-services';
  readonly keyType: 'RSA-HSM' | 'RSA';
  /** Id without version, for services that follow rotations. */
  readonly versionlessKeyId: string;
  readonly grants = new EncryptionKeyGrants(this);
  private readonly key: KeyVaultKey;
  private newest?: DataAzurermKeyVaultKey;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { network } = props;
    const { rotationDays = 365 } = props;
    if (!Token.isUnresolved(rotationDays) && !(Number.isInteger(rotationDays) && rotationDays >= 7)) {
      throw new Error(`rotationDays is ${rotationDays}: Key Vault rotates after 7 whole days or more`);
    }
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
      publicNetworkAccessEnabled: this.access === 'trusted-services',
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' },
      tags,
      lifecycle: { preventDestroy: true },
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
      dependsOn: [this.vault, ...network.dnsReady],
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
      lifecycle: { preventDestroy: true },
      dependsOn: [endpoint],
    });
    this.versionlessKeyId = this.key.versionlessId;
  }

  /**
   * Id of the newest version, for services that must be told of every rotation: each apply tells them of the one that
   * Key Vault has made by then. What they encrypted before stays under the older version until they write it anew.
   *
   * Asked of the vault, because the key itself goes on naming the version that it was created with.
   */
  get keyId(): string {
    this.newest ??= new DataAzurermKeyVaultKey(this, 'newest', {
      name: this.key.name,
      keyVaultId: this.vault.id,
      dependsOn: [this.key],
    });
    return this.newest.id;
  }
}
