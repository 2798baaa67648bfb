import type { Construct } from 'constructs';
import { TerraformStack } from '../../constructs/cdktf';
import { FileSystem, type IEncryptionKey, type INetwork, ObjectStore } from '../../constructs/google';
import { GOOGLE_SOFT_DELETE } from '../../estate/catalog/google';
import { ids, names, outputs } from '../../estate/plan/ids';
import type { FileSystemPlan, ObjectStorePlan, SitePlan, StorePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { formerlyCalled, formerStoreIds, keepUnmanaged, tell } from '../terraform';
import { alarmsTo } from './alarms';
import { formerAccessLogs, formerKey, formerStoreLogs, keyOf, siteNetwork } from './existing';
import { useGoogle } from './google-stack';
import { addGrantHalf } from './grants';
import { addReplications } from './replication';

/** Types of what stores are, by their kind. */
const TYPES: Readonly<Record<StorePlan['kind'], string>> = {
  lustre: 'google_lustre_instance',
  object: 'google_storage_bucket',
};

/** Options of a {@link StorageStack}. */
export interface StorageStackProps {
  /** The site. */
  readonly site: SitePlan<'google'>;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/** The stores of one site and their key, and who else is let into them: data that outlives clusters. */
export class StorageStack extends TerraformStack {
  /** Key of its buckets, which may exist already; none where it makes no store. */
  readonly encryptionKey?: IEncryptionKey;
  /** By the key of the store. */
  readonly fileSystems = new Map<string, FileSystem>();
  /** By the key of the store. */
  readonly objectStores = new Map<string, ObjectStore>();

  constructor(scope: Construct, id: string, { site, state }: StorageStackProps) {
    super(scope, id);
    const { projectId } = site.account.ids;
    useGoogle(this, { projectId, region: site.region, release: site.account.providerRelease, state });
    if (site.stores.length + site.retired.length > 0) {
      const encryptionKey = keyOf(this, names.storesKey('google', site), site.tags, site);
      this.encryptionKey = encryptionKey;
      this.addStores(site, encryptionKey);
    }
    for (const store of site.stores) {
      const made = this.fileSystems.get(store.key) ?? this.objectStores.get(store.key);
      for (const id of formerStoreIds(store, site)) if (made !== undefined) formerlyCalled(made, id);
    }
    this.keep(site);
    for (const half of site.grants ?? []) addGrantHalf(this, half, site, this.objectStores.get(half.store));
    addReplications(this, site, this.objectStores);
  }

  private addStores(site: SitePlan<'google'>, encryptionKey: IEncryptionKey): void {
    const network = siteNetwork(this, site);
    for (const store of site.stores) {
      if (store.kind === 'lustre') this.addFileSystem(store, network, site);
      else this.addObjectStore(store, site, encryptionKey);
    }
  }

  /** Stores that left the estate, or are said to exist now, stay where they are, and buckets go on using the key. */
  private keep(site: SitePlan<'google'>): void {
    const { retired, existingStores, stores } = site;
    if (retired.some(({ kind }) => kind === 'object')) this.encryptionKey?.grants.serviceAgent('storage');
    const kept = [...retired, ...existingStores].flatMap((store) =>
      [ids.store(store.key), ...formerStoreIds(store, site)].map((id) => ({
        type: TYPES[store.kind],
        path: [id, 'Resource'],
      })),
    );
    const logs = [
      ...stores.filter(isUnlogged).flatMap(({ key }) => formerAccessLogs(key)),
      ...[...retired, ...existingStores].filter(isBucket).flatMap(({ key }) => formerStoreLogs(key)),
    ];
    keepUnmanaged(this, [...kept, ...logs, ...(this.hasOwnKey(site) ? [] : formerKey(['storage']))]);
  }

  private hasOwnKey(site: SitePlan<'google'>): boolean {
    return this.encryptionKey !== undefined && site.encryptionKey === undefined;
  }

  /** Without the site's key: the driver of GKE refuses file systems that have one. */
  private addFileSystem(
    { key, name, zone, size, tier, alarms, tags }: FileSystemPlan<'google'>,
    network: INetwork,
    site: SitePlan<'google'>,
  ): void {
    const { projectId } = site.account.ids;
    const fileSystem = new FileSystem(this, ids.store(key), {
      name,
      network,
      projectId,
      zone,
      tier,
      capacityGiB: size,
      alarms: alarmsTo(this, alarms, {
        name: (owner) => names.storeAlarms(site, owner),
        projectId,
        tags: site.tags,
      }),
      tags,
    });
    this.fileSystems.set(key, fileSystem);
    tell(fileSystem, { name: outputs.store(key, 'mount'), value: fileSystem.mountPoint });
  }

  private addObjectStore(
    { key, name, retainDays, accessLogRetentionDays, tags }: ObjectStorePlan,
    { account, region }: SitePlan<'google'>,
    encryptionKey: IEncryptionKey,
  ): void {
    const store = new ObjectStore(this, ids.store(key), {
      name,
      projectId: account.ids.projectId,
      region,
      encryptionKey,
      retainDays,
      // Folders keep deleted objects for 90 days at most; who asks for more gets versions instead.
      namespace: retainDays > GOOGLE_SOFT_DELETE.maxDays ? 'flat' : 'hierarchical',
      accessLogRetentionDays,
      tags,
    });
    this.objectStores.set(key, store);
    tell(store, { name: outputs.store(key, 'bucket'), value: store.bucketName });
  }
}

/** Whether no list of the requests of a store is made. */
function isUnlogged(store: StorePlan<'google'>): boolean {
  return store.kind === 'object' && store.accessLogRetentionDays === undefined;
}

function isBucket({ kind }: Pick<StorePlan, 'kind'>): boolean {
  return kind === 'object';
}
