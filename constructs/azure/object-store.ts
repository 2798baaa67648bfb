import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import type { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct, type IConstruct } from 'constructs';
import { AZURE_STORE_CONTAINER } from '../../estate/catalog/azure-names';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import type { RemovalPolicy } from '../removal-policy';
import { checkId, checkName, checkTags } from './checks';
import { checkVault, type IEncryptionKey } from './encryption-key';
import { OBJECT_ACCESS_LOGS, ResourceLogs } from './logs';
import { LIMITS, physicalName, type ResourceScope, resourceId, resourceTags } from './names';
import type { INetwork } from './network-attributes';
import { assignRole, type IIdentity, type IPrincipal } from './role-assignment';
import type { WriterRole } from './writer-role';

/** Options of an {@link ObjectStore}. */
export interface ObjectStoreProps {
  /** First part of every physical name; a change makes a new store. */
  readonly name: string;
  /** Network from which it is reached. */
  readonly network: INetwork;
  /** Key that encrypts it. */
  readonly encryptionKey: IEncryptionKey;
  /**
   * Identity that it uses the key as, such as one that the owner of the key has let in.
   * @default - one is made
   */
  readonly identity?: IIdentity;
  /**
   * Days for which deleted objects can be restored, 0 to 365; 0 keeps nothing. What was deleted before a change stays for as
   * long as it was promised then.
   */
  readonly retainDays: number;
  /**
   * Days for which is kept who read, wrote and deleted objects, 30 to 730.
   * @default - nothing is kept: logs are billed by their size
   */
  readonly accessLogRetentionDays?: number;
  /**
   * Copies: three in the region's zones, or three in one place. A change between the two makes a new store.
   * @default 'ZRS'; 'LRS' where the network has no zones, as in regions without
   */
  readonly replication?: 'ZRS' | 'LRS';
  /**
   * What becomes of account and container when they leave the program.
   * @default 'retain'
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Tags of account, identity and endpoints.
   * @default - none
   */
  readonly tags?: Tags;
}

/** What an {@link ObjectStore} that is there already is known by. */
export interface ObjectStoreAttributes extends ResourceScope {
  /** Subscription of the storage account. */
  readonly subscriptionId: string;
  /** Resource group of the storage account. */
  readonly resourceGroupName: string;
  /** Name of the storage account. */
  readonly accountName: string;
  /**
   * Name of its container.
   * @default 'data', as in an account that an {@link ObjectStore} made
   */
  readonly containerName?: string;
}

/** A store that can be given access to. */
export interface IObjectStore extends IConstruct {
  /** Name of the storage account. */
  readonly accountName: string;
  /** Name of its container. */
  readonly containerName: string;
  /** Gives identities access to it. */
  readonly grants: ObjectStoreGrants;
  /** What must exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];
}

const CONTAINER = AZURE_STORE_CONTAINER;

const CONTAINER_TYPE = 'Microsoft.Storage/storageAccounts/blobServices/containers';

/** Gives identities access to an object store. */
export class ObjectStoreGrants {
  /**
   * @param accountName name of the storage account
   * @param containerId id of its container
   * @param dependables what a role on the container waits for
   */
  constructor(
    private readonly accountName: string,
    private readonly containerId: string,
    private readonly dependables: readonly ITerraformDependable[],
  ) {}

  /** Read, write and delete objects (`Storage Blob Data Contributor`). */
  readWrite(grantee: IPrincipal): Grant {
    return this.assign(grantee, 'read-write', 'Storage Blob Data Contributor');
  }

  /** Read objects (`Storage Blob Data Reader`). */
  read(grantee: IPrincipal): Grant {
    return this.assign(grantee, 'read', 'Storage Blob Data Reader');
  }

  /**
   * Add objects, and neither list, read nor delete any. No built-in role does: those that write also delete, the container
   * among what they delete.
   */
  write(grantee: IPrincipal, role: WriterRole): Grant {
    return this.assign(grantee, 'write', role.definition);
  }

  /** The assignment belongs to the grantee: it goes when the identity goes. */
  private assign(grantee: IPrincipal, verb: string, role: string | RoleDefinition): Grant {
    const { accountName, containerId, dependables } = this;
    const assignment = assignRole(grantee, `${verb}-${accountName}`, {
      role,
      on: containerId,
      principalId: grantee.principalId,
      dependsOn: dependables,
    });
    return new Grant([assignment]);
  }
}

/**
 * A storage account with one container, for datasets and checkpoints.
 *
 * Reached through private endpoints and with Entra identities only; it has no keys. Hierarchical, so that frameworks
 * can rename folders at once. It refuses to be destroyed unless told otherwise.
 */
export class ObjectStore extends Construct implements IObjectStore {
  /**
   * A store that is there already, made by another stack or by somebody else; nothing is made or looked up.
   *
   * What an {@link ObjectStore} made is `physicalName([name], LIMITS.storageAccount, subscriptionId)`.
   */
  static fromObjectStoreAttributes(scope: Construct, id: string, attributes: ObjectStoreAttributes): IObjectStore {
    const { accountName, containerName = CONTAINER } = attributes;
    const containerId = resourceId(attributes, CONTAINER_TYPE, accountName, 'default', containerName);
    const grants = new ObjectStoreGrants(accountName, containerId, []);
    return Object.assign(new Construct(scope, id), { accountName, containerName, grants, dependables: [] });
  }

  /**
   * A store that is there already, by the id of its container
   * (`/subscriptions/…/storageAccounts/ACCOUNT/blobServices/default/containers/CONTAINER`).
   *
   * @throws ConstructError with `IdInvalid` when the id is none, or not known when the program runs
   */
  static fromContainerId(scope: Construct, id: string, containerId: string): IObjectStore {
    const parsed = checkId(scope, 'a container of a storage account', CONTAINER_TYPE, containerId);
    const [accountName, , containerName] = parsed?.names ?? [];
    if (parsed !== undefined && accountName !== undefined) {
      return ObjectStore.fromObjectStoreAttributes(scope, id, { ...parsed, accountName, containerName });
    }
    const what = 'the id of the container is known only when it is applied: name account and container';
    throw new ConstructError(scope, 'IdInvalid', what);
  }

  /** Name of the storage account. */
  readonly accountName: string;
  /** Name of its container. */
  readonly containerName: string;
  /** Gives identities access to it. */
  readonly grants: ObjectStoreGrants;
  /** What must exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];

  /** @throws ConstructError with `RetentionInvalid`, `KeyUnsuitable`, `SubnetMissing`, `NameInvalid` or `TagInvalid` */
  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id);
    check(this, props);
    const { network, retainDays } = props;
    const lifecycle = props.removalPolicy === 'destroy' ? undefined : { preventDestroy: true };
    const place = { resourceGroupName: network.resourceGroupName, location: network.region };
    this.accountName = physicalName([props.name], LIMITS.storageAccount, network.subscriptionId);
    this.containerName = CONTAINER;
    const tags = resourceTags(props.tags);
    const retention = retainDays === 0 ? undefined : { days: retainDays };
    const identity = props.identity ?? this.addIdentity(props);
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
        identityIds: [identity.identityId],
      },
      customerManagedKey: {
        keyVaultKeyId: props.encryptionKey.versionlessKeyId,
        userAssignedIdentityId: 'reference' in identity ? identity.reference : identity.identityId,
      },
      tags,
      lifecycle,
      dependsOn: [...use.dependables],
    });
    const container = new StorageContainer(this, 'container', {
      name: CONTAINER,
      storageAccountId: account.id,
      containerAccessType: 'private',
      lifecycle,
    });
    const containerId = resourceId(network, CONTAINER_TYPE, this.accountName, 'default', CONTAINER);
    this.grants = new ObjectStoreGrants(this.accountName, containerId, [container]);
    this.dependables = [container];
    this.addEndpoint('blob', props, account);
    this.addEndpoint('dfs', props, account);
    this.addAccessLogs(props, account);
  }

  private addAccessLogs(
    { name, network, accessLogRetentionDays, removalPolicy, tags }: ObjectStoreProps,
    account: StorageAccount,
  ) {
    if (accessLogRetentionDays === undefined) return;
    new ResourceLogs(this, 'access-logs', {
      name: `${name}-access`,
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      resourceId: resourceId(network, 'Microsoft.Storage/storageAccounts/blobServices', this.accountName, 'default'),
      logs: OBJECT_ACCESS_LOGS,
      retentionDays: accessLogRetentionDays,
      deletionProtection: removalPolicy !== 'destroy',
      dependsOn: [account],
      tags,
    });
  }

  private addIdentity({ name: first, network, tags }: ObjectStoreProps) {
    const name = physicalName([first, 'store'], LIMITS.identity);
    const identity = new UserAssignedIdentity(this, 'identity', {
      name,
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      tags: resourceTags(tags),
    });
    const identityId = resourceId(network, 'Microsoft.ManagedIdentity/userAssignedIdentities', name);
    return { identityId, reference: identity.id, principalId: identity.principalId };
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
      dependsOn: [account, ...network.dependables],
    });
  }
}

function check(scope: Construct, { name, retainDays, tags, encryptionKey, network }: ObjectStoreProps): void {
  checkName(scope, 'an object store', name);
  checkTags(scope, `object store ${name}`, tags);
  checkVault(scope, `object store ${name}`, encryptionKey, network);
  if (Token.isUnresolved(retainDays)) return;
  if (Number.isInteger(retainDays) && retainDays >= 0 && retainDays <= 365) return;
  const what = `object store ${name} retains ${retainDays} days: Azure takes 0 to 365 whole days`;
  throw new ConstructError(scope, 'RetentionInvalid', what);
}
