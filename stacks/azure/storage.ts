import type { Construct } from 'constructs';
import { EncryptionKey, FileSystem, type IEncryptionKey, type INetwork, ObjectStore } from '../../constructs/azure';
import { TerraformStack } from '../../constructs/cdktf';
import { ids, names, outputs } from '../../estate/plan/ids';
import type { FileSystemPlan, ObjectStorePlan, ShardPlan, SitePlan, StorePlan } from '../../estate/plan/types';
import { keepUnmanaged, tell } from '../terraform';
import { alarmsTo } from './alarms';
import { type AzureStackProps, useAzure } from './azure-stack';
import { existingKey, securityProvider } from './existing';
import { applyAfterNetwork, importNetwork } from './network';
import { formerAccessLogs, formerKey, storeResources, storesKeyUsers } from './retired';

/** Options of a {@link StorageStack}. */
export interface StorageStackProps extends AzureStackProps {
  /** The site. */
  readonly site: SitePlan<'azure'>;
  /** Shards at the site; those that mount a file system may connect to it. */
  readonly shards: readonly ShardPlan<'azure'>[];
}

/** The stores of a site and the key that encrypts them, for as long as there are stores: also such as left the estate. */
export class StorageStack extends TerraformStack {
  /** The network of the site. */
  readonly network: INetwork;
  /** Key of its stores. */
  readonly encryptionKey: IEncryptionKey;
  /** File systems by their keys. */
  readonly fileSystems = new Map<string, FileSystem>();
  /** Object stores by their keys. */
  readonly objectStores = new Map<string, ObjectStore>();

  constructor(scope: Construct, id: string, { site, shards, state }: StorageStackProps) {
    super(scope, id);
    useAzure(this, site.account, state);
    applyAfterNetwork(this, site);
    this.network = importNetwork(this, site, securityProvider(this, site));
    this.encryptionKey = this.keyOf(site);
    for (const store of site.stores) this.addStore(store, site, shards);
    keepUnmanaged(this, [
      ...site.retired.flatMap(storeResources),
      ...formerAccessLogs(site),
      ...formerKey(site, storesKeyUsers(site)),
    ]);
  }

  /** Managed Lustre sets the terms. The vault closes for other stores, the kind of the key stays: it would be another key. */
  private keyOf(site: SitePlan<'azure'>): IEncryptionKey {
    const kinds = [...site.stores, ...site.retired].map(({ kind }) => kind);
    const access = kinds.includes('lustre') ? 'trusted-services' : 'private';
    const existing = existingKey(this, ids.key, site, { access, keyType: 'RSA' });
    return (
      existing ??
      new EncryptionKey(this, ids.key, {
        name: names.storesKey('azure', site),
        network: this.network,
        tenantId: site.account.ids.tenantId,
        access,
        keyType: 'RSA',
        runner: site.runner,
        tags: site.tags,
      })
    );
  }

  private addStore(store: StorePlan<'azure'>, site: SitePlan<'azure'>, shards: readonly ShardPlan<'azure'>[]): void {
    if (store.kind === 'object') this.addObjectStore(store);
    else this.addFileSystem(store, site, shards);
  }

  private addObjectStore(store: ObjectStorePlan): void {
    const objectStore = new ObjectStore(this, ids.store(store.key), {
      name: store.name,
      network: this.network,
      encryptionKey: this.encryptionKey,
      retainDays: store.retainDays,
      accessLogRetentionDays: store.accessLogRetentionDays,
      tags: store.tags,
    });
    this.objectStores.set(store.key, objectStore);
  }

  private addFileSystem(
    store: FileSystemPlan<'azure'>,
    site: SitePlan<'azure'>,
    shards: readonly ShardPlan<'azure'>[],
  ): void {
    const clients = shards.filter(({ mounts }) => mounts.some(({ key }) => key === store.key));
    const fileSystem = new FileSystem(this, ids.store(store.key), {
      name: store.name,
      network: this.network,
      subnetOwner: store.key,
      isSubnetChecked: true,
      zone: store.zone,
      tier: store.tier,
      capacityTiB: store.size,
      // Clusters may share the subnet of a network that exists.
      clients: [...new Set(clients.map((shard) => this.network.subnetFor('nodes', shard.key).cidr))],
      encryptionKey: this.encryptionKey,
      alarms: alarmsTo(this, store.alarms, {
        name: (owner) => names.storeAlarms(site, owner),
        resourceGroupName: names.siteGroup(site),
        tags: site.tags,
      }),
      tags: store.tags,
    });
    this.fileSystems.set(store.key, fileSystem);
    tell(fileSystem, {
      name: outputs.store(store.key, 'mount-address'),
      value: fileSystem.mountAddress,
      description: `Address of the Lustre file system ${store.name}`,
    });
  }
}
