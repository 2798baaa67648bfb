import type { Construct } from 'constructs';
import { type TerraformProvider, TerraformStack } from '../../constructs/cdktf';
import {
  EncryptionKey,
  FileSystem,
  type IEncryptionKey,
  type INetwork,
  type IVault,
  ObjectStore,
} from '../../constructs/oracle';
import { byKind } from '../../estate/by-kind';
import { ids, names, outputs } from '../../estate/plan/ids';
import type { FileSystemPlan, ObjectStorePlan, ShardPlan, SitePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { formerlyCalled, formerStoreIds, keepUnmanaged, tell, useBackend } from '../terraform';
import { alarmsTo } from './alarms';
import { costTags } from './cost-tags';
import { existingKey, existingNetwork, objectStoresOf, vaultFor } from './existing';
import { addGrantHalves } from './grants';
import { useHomeProvider, useProvider } from './provider';
import { addReplications } from './replication';
import { FORMER_KEY_ID, formerAccessLogs, formerKey, storeResources } from './retired';

/** Options of a {@link StorageStack}. */
export interface StorageStackProps {
  /** The site. */
  readonly site: SitePlan<'oracle'>;
  /** Network of the site. @default - one that exists already, as the plan says */
  readonly network?: INetwork;
  /** Vault of the key of its stores. @default - one of its own, as in earlier releases */
  readonly vault?: IVault;
  /** Clusters of the site: those that mount a file system may connect to it. */
  readonly shards: readonly ShardPlan<'oracle'>[];
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/**
 * The stores of a site and the key that encrypts them, for as long as there are stores: also such as left the estate. With
 * them is who is let in from elsewhere, also at stores that exist already.
 */
export class StorageStack extends TerraformStack {
  /** Network of the site, made by its stack or there already. */
  readonly network: INetwork;
  /** Key of all stores of the site; absent where there are none but such as exist already. */
  readonly encryptionKey?: IEncryptionKey;
  /** File systems by the key of their store. */
  readonly fileSystems: Readonly<Record<string, FileSystem>>;
  /** Object stores by the key of their store. */
  readonly objectStores: Readonly<Record<string, ObjectStore>>;

  constructor(scope: Construct, id: string, props: StorageStackProps) {
    super(scope, id);
    const { site } = props;
    useProvider(this, site.account, site.region);
    useBackend(this, props.state);
    this.network = props.network ?? existingNetwork(this, ids.network, site);
    const fileSystems: Record<string, FileSystem> = {};
    const objectStores: Record<string, ObjectStore> = {};
    if (site.stores.length > 0 || site.retired.length > 0) {
      const encryptionKey = existingKey(this, ids.key, site) ?? this.addKey(props);
      this.encryptionKey = encryptionKey;
      for (const each of site.stores) {
        byKind(each, {
          lustre: (store) => {
            fileSystems[store.key] = this.addFileSystem(store, encryptionKey, props);
          },
          object: (store) => {
            objectStores[store.key] = this.addObjectStore(store, encryptionKey, site);
          },
        });
      }
    }
    this.fileSystems = fileSystems;
    this.objectStores = objectStores;
    for (const store of site.stores) {
      const made = this.fileSystems[store.key] ?? this.objectStores[store.key];
      for (const id of formerStoreIds(store, site)) if (made !== undefined) formerlyCalled(made, id);
    }
    this.addForeign(site);
    const gone = site.retired.flatMap((store) => storeResources(store, site));
    keepUnmanaged(this, [...gone, ...formerAccessLogs(site), ...formerKey(site)]);
  }

  private addKey({ site, vault }: StorageStackProps): EncryptionKey {
    const key = new EncryptionKey(this, ids.key, {
      name: names.storesKey('oracle', site),
      compartmentId: site.account.ids.compartmentId,
      vault: vaultFor(site, vault),
      tags: site.tags,
      costTags: costTags(site.account),
    });
    formerlyCalled(key, FORMER_KEY_ID);
    return key;
  }

  /** Who is let in from elsewhere, and what is copied to and fro. */
  private addForeign(site: SitePlan<'oracle'>): void {
    const { grants = [], replications = [] } = site;
    const { objectStores } = this;
    let provider: TerraformProvider | undefined;
    const homeProvider = () => {
      provider ??= useHomeProvider(this, site.account);
      return provider;
    };
    if (grants.length > 0) {
      const storeOf = objectStoresOf(this, objectStores, site.existingStores);
      addGrantHalves(this, grants, { site, storeOf, homeProvider: homeProvider() });
    }
    addReplications(this, replications, { site, objectStores, homeProvider });
  }

  private addFileSystem(
    store: FileSystemPlan<'oracle'>,
    encryptionKey: IEncryptionKey,
    { site, shards }: StorageStackProps,
  ): FileSystem {
    const clients = shards.filter(({ mounts }) => mounts.some(({ key }) => key === store.key));
    const fileSystem = new FileSystem(this, ids.store(store.key), {
      name: store.name,
      network: this.network,
      compartmentId: site.account.ids.compartmentId,
      zone: store.zone,
      subnetOwner: store.key,
      isSubnetChecked: true,
      tier: store.tier,
      capacityGB: store.size,
      encryptionKey,
      clients: distinct(clients.flatMap(({ key }) => nodeRanges(this.network, key))),
      alarms: alarmsTo(this, store.alarms, {
        name: (owner) => names.storeAlarms(site, owner),
        compartmentId: site.account.ids.compartmentId,
        tags: site.tags,
        costTags: costTags(site.account, site.tags),
      }),
      tags: store.tags,
      costTags: costTags(site.account),
    });
    tell(fileSystem, { name: outputs.store(store.key, 'mount'), value: fileSystem.mountPoint });
    return fileSystem;
  }

  private addObjectStore(
    store: ObjectStorePlan,
    encryptionKey: IEncryptionKey,
    { account }: SitePlan<'oracle'>,
  ): ObjectStore {
    const objectStore = new ObjectStore(this, ids.store(store.key), {
      name: store.name,
      compartmentId: account.ids.compartmentId,
      namespace: account.ids.objectStorageNamespace,
      encryptionKey,
      retainDays: store.retainDays,
      isCopy: store.isCopy,
      accessLogRetentionDays: store.accessLogRetentionDays,
      tags: store.tags,
      costTags: costTags(account),
    });
    tell(objectStore, { name: outputs.store(store.key, 'bucket'), value: objectStore.bucketName });
    return objectStore;
  }
}

/** Address blocks of the nodes of a shard, by a key each; keys of shards have no dots. */
function nodeRanges(network: INetwork, shard: string): [string, string][] {
  const subnets = network.subnetsFor('nodes', { owner: shard });
  return subnets.map(({ cidr }, index) => [index === 0 ? shard : `${shard}.${index + 1}`, cidr]);
}

/** Clusters may share the subnet of a network that exists: one rule for each range. */
function distinct(ranges: readonly [string, string][]): Record<string, string> {
  const first = new Map([...ranges].reverse().map(([key, range]) => [range, key]));
  return Object.fromEntries(ranges.filter(([key, range]) => first.get(range) === key));
}
