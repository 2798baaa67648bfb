import type { Construct } from 'constructs';
import { EncryptionKey, FileSystem, type IEncryptionKey, type INetwork, ObjectStore } from '../../constructs/azure';
import { TerraformStack } from '../../constructs/cdktf';
import { ids, names, outputs } from '../../estate/plan/ids';
import type { FileSystemPlan, ObjectStorePlan, ShardPlan, SitePlan, StorePlan } from '../../estate/plan/types';
import { groupBy } from '../../estate/units';
import { keepUnmanaged, tell, tellExchange } from '../terraform';
import { alarmsTo } from './alarms';
import { type AzureStackProps, useAzure } from './azure-stack';
import { existingKey, securityProvider } from './existing';
import { addGrant } from './grants';
import { applyAfterNetwork, importNetwork } from './network';
import { formerAccessLogs, formerKey, storeResources, storesKeyUsers } from './retired';

/** Options of a {@link StorageStack}. */
export interface StorageStackProps extends AzureStackProps {
  /** The site. */
  readonly site: SitePlan<'azure'>;
  /** Shards at the site; those that mount a file system may connect to it. */
  readonly shards: readonly ShardPlan<'azure'>[];
}

/** Where stores lie, and who may mount them. */
type Place = Pick<StorageStackProps, 'site' | 'shards'>;

/**
 * The stores of a site and the key that encrypts them, for as long as there are stores: also such as left the estate. And
 * who of elsewhere uses them, or such as exist already.
 */
export class StorageStack extends TerraformStack {
  /** The network of the site. */
  readonly network: INetwork;
  /** Key of its stores. Absent where all of them exist already. */
  readonly encryptionKey?: IEncryptionKey;
  /** File systems by their keys. */
  readonly fileSystems = new Map<string, FileSystem>();
  /** Object stores by their keys. */
  readonly objectStores = new Map<string, ObjectStore>();

  constructor(scope: Construct, id: string, { site, shards, state }: StorageStackProps) {
    super(scope, id);
    useAzure(this, site.account, state);
    applyAfterNetwork(this, site);
    this.network = importNetwork(this, site, securityProvider(this, site));
    if (site.stores.length + site.retired.length > 0) {
      const encryptionKey = this.keyOf(site);
      this.encryptionKey = encryptionKey;
      for (const store of site.stores) this.addStore(store, encryptionKey, { site, shards });
    }
    this.addGrants(site);
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

  /** Lets in who is granted a store here, and tells what he has to know of the identity that he acts as. */
  private addGrants(site: SitePlan<'azure'>): void {
    const { grants = [] } = site;
    const told = grants.flatMap((half): [string, string, string][] => {
      const made = this.objectStores.get(half.store);
      const identity = addGrant(this, half, { site, network: this.network, ...(made && { made }) });
      return half.tells === undefined || identity === undefined ? [] : [[half.grant, half.tells, identity.clientId]];
    });
    const byGrant = groupBy(told, ([grant]) => grant);
    if (byGrant.size === 0) return;
    const names = [...byGrant].map(([grant, facts]) => [
      grant,
      Object.fromEntries(facts.map(([, name, clientId]) => [name, clientId])),
    ]);
    tellExchange(this, site, { grants: Object.fromEntries(names) });
  }

  private addStore(store: StorePlan<'azure'>, encryptionKey: IEncryptionKey, at: Place): void {
    if (store.kind === 'object') this.addObjectStore(store, encryptionKey);
    else this.addFileSystem(store, encryptionKey, at);
  }

  private addObjectStore(store: ObjectStorePlan, encryptionKey: IEncryptionKey): void {
    const objectStore = new ObjectStore(this, ids.store(store.key), {
      name: store.name,
      network: this.network,
      encryptionKey,
      retainDays: store.retainDays,
      accessLogRetentionDays: store.accessLogRetentionDays,
      tags: store.tags,
    });
    this.objectStores.set(store.key, objectStore);
  }

  private addFileSystem(store: FileSystemPlan<'azure'>, encryptionKey: IEncryptionKey, { site, shards }: Place): void {
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
      encryptionKey,
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
