import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import type { EncryptionKey } from './encryption-key';
import type { IGrantee } from './identity';
import { LIMITS, physicalName, type ResourceScope, resourceId, resourceTags } from './names';
import type { INetwork } from './network';
import { assignRole } from './role-assignment';

/** Properties of ObjectStore. */
export interface ObjectStoreProps {
  /** First part of every physical name; a change makes a new store. */
  readonly name: string;
  /** Network from which it is reached. */
  readonly network: INetwork;
  readonly encryptionKey: EncryptionKey;
  /** Days for which deleted objects can be restored, 0 to 365; 0 keeps nothing. */
  readonly retainDays: number;
  /**
   * Copies: three in the region's zones, or three in one place. A change between the two makes a new store.
   * @default 'ZRS'; 'LRS' where the network has no zones, as in regions without
   */
  readonly replication?: 'ZRS' | 'LRS';
  /** @default none */
  readonly tags?: Tags;
}

/** What an object store of another stack is known by. */
export interface ObjectStoreAttributes extends ResourceScope {
  readonly name: string;
}

/** A store that can be given access to. */
export interface IObjectStore {
  readonly accountName: string;
  readonly containerName: string;
  readonly grants: ObjectStoreGrants;
}

const CONTAINER = 'data';

/** Gives identities access to an object store. */
export class ObjectStoreGrants {
  constructor(
    private readonly accountName: string,
    private readonly containerId: string,
    private readonly ready: readonly ITerraformDependable[],
  ) {}

  /** Read, write and delete objects (`Storage Blob Data Contributor`). */
  readWrite(grantee: IGrantee): RoleAssignment {
    return this.assign(grantee, 'read-write', 'Storage Blob Data Contributor');
  }

  /** Read objects (`Storage Blob Data Reader`). */
  read(grantee: IGrantee): RoleAssignment {
    return this.assign(grantee, 'read', 'Storage Blob Data Reader');
  }

  /** The assignment belongs to the grantee: it goes when the identity goes. */
  private assign(grantee: IGrantee, verb: string, role: string): RoleAssignment {
    const { accountName, containerId, ready } = this;
    return assignRole(grantee, `${verb}-${accountName}`, {
      role,
      on: containerId,
      principalId: grantee.principalId,
      dependsOn: ready,
    });
  }
}

function describeStore(attributes: ObjectStoreAttributes, ready: readonly ITerraformDependable[]): IObjectStore {
  const accountName = physicalName([attributes.name], LIMITS.storageAccount, attributes.subscriptionId);
  const type = 'Microsoft.Storage/storageAccounts/blobServices/containers';
  const containerId = resourceId(attributes, type, accountName, 'default', CONTAINER);
  return { accountName, containerName: CONTAINER, grants: new ObjectStoreGrants(accountName, containerId, ready) };
}

/**
 * A storage account with one container, for datasets and checkpoints.
 *
 * Reached through private endpoints and with Entra identities only; it has no keys. Hierarchical, so that frameworks
 * can rename folders at once. It refuses to be destroyed.
 */
export class ObjectStore extends Construct implements IObjectStore {
  /** A store that another stack made, found by its name; nothing is looked up. */
  static fromObjectStoreName(scope: Construct, id: string, attributes: ObjectStoreAttributes): IObjectStore {
    return Object.assign(new Construct(scope, id), describeStore(attributes, []));
  }

  readonly accountName: string;
  readonly containerName: string;
  readonly grants: ObjectStoreGrants;

  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    const { network, retainDays } = props;
    if (!Token.isUnresolved(retainDays) && !(Number.isInteger(retainDays) && retainDays >= 0 && retainDays <= 365)) {
      throw new Error(`object store ${props.name} retains ${retainDays} days: Azure takes 0 to 365 whole days`);
    }
    const place = { resourceGroupName: network.resourceGroupName, location: network.region };
    const scopeOf = {
      subscriptionId: network.subscriptionId,
      resourceGroupName: network.resourceGroupName,
      name: props.name,
    };
    this.accountName = describeStore(scopeOf, []).accountName;
    const tags = resourceTags(props.tags);
    const retention = retainDays === 0 ? undefined : { days: retainDays };
    const identityName = physicalName([props.name, 'store'], LIMITS.identity);
    const identity = new UserAssignedIdentity(this, 'identity', { name: identityName, ...place, tags });
    const use = props.encryptionKey.grants.encryptData(this, 'uses-key', identity.principalId);
    const account = new StorageAccount(this, 'Resource', {
      name: this.accountName,
      ...place,
      accountKind: 'StorageV2',
      accountTier: 'Standard',
      accountReplicationType: props.replication ?? (network.zones.length === 0 ? 'LRS' : 'ZRS'),
      isHnsEnabled: true,
      minTlsVersion: 'TLS1_2',
      publicNetworkAccessEnabled: false,
      allowNestedItemsToBePublic: false,
      sharedAccessKeyEnabled: false,
      defaultToOauthAuthentication: true,
      localUserEnabled: false,
      crossTenantReplicationEnabled: false,
      allowedCopyScope: 'AAD',
      infrastructureEncryptionEnabled: true,
      sasPolicy: { expirationPeriod: '00.02:00:00', expirationAction: 'Log' },
      networkRules: { defaultAction: 'Deny', bypass: ['AzureServices'] },
      // Said even when empty: a block that goes leaves its settings behind. Hierarchical accounts have no versions.
      blobProperties: {
        versioningEnabled: false,
        deleteRetentionPolicy: retention,
        containerDeleteRetentionPolicy: retention,
      },
      identity: {
        type: 'UserAssigned',
        identityIds: [resourceId(network, 'Microsoft.ManagedIdentity/userAssignedIdentities', identityName)],
      },
      customerManagedKey: {
        keyVaultKeyId: props.encryptionKey.versionlessKeyId,
        userAssignedIdentityId: identity.id,
      },
      tags,
      lifecycle: { preventDestroy: true },
      dependsOn: [use],
    });
    const container = new StorageContainer(this, 'container', {
      name: CONTAINER,
      storageAccountId: account.id,
      containerAccessType: 'private',
      lifecycle: { preventDestroy: true },
    });
    const described = describeStore(scopeOf, [container]);
    this.containerName = described.containerName;
    this.grants = described.grants;
    this.addEndpoint('blob', props, account);
    this.addEndpoint('dfs', props, account);
  }

  /** One endpoint for each protocol of the account: file operations use both. */
  private addEndpoint(
    service: 'blob' | 'dfs',
    { name, network, tags }: ObjectStoreProps,
    account: StorageAccount,
  ): void {
    new PrivateEndpoint(this, service, {
      name: physicalName([name, service], LIMITS.networkResource),
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      subnetId: network.subnetFor('endpoints').id,
      privateServiceConnection: {
        name: service,
        privateConnectionResourceId: resourceId(network, 'Microsoft.Storage/storageAccounts', this.accountName),
        subresourceNames: [service],
        isManualConnection: false,
      },
      privateDnsZoneGroup: { name: service, privateDnsZoneIds: [network.privateDnsZoneId(service)] },
      tags: resourceTags(tags),
      dependsOn: [account, ...network.dnsReady],
    });
  }
}
