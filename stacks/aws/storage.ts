import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import {
  EncryptionKey,
  FileSystem,
  type IEncryptionKey,
  type INetwork,
  type IObjectStore,
  ObjectStore,
} from '../../constructs/aws';
import type { GrantHalfPlan } from '../../estate/plan/grants/types';
import { awsOutputs, ids, names } from '../../estate/plan/ids';
import type { FileSystemPlan, ObjectStorePlan, SitePlan } from '../../estate/plan/types';
import { alarmsTo } from './alarms';
import { existingObjectStore, keyOf, networkOf } from './existing';
import { addGrantHalf } from './grants';
import { addReplications, tellStores } from './replication';
import { siteStackProps } from './site-stack-props';

/** Options of a {@link StorageStack}. */
export interface StorageStackProps {
  /** The site, whose stores are to be made. */
  readonly site: SitePlan<'aws'>;
  /** The network that a stack has made. @default - the one of the site that exists already */
  readonly network?: INetwork;
  /** Which of the stacks of the site's stores it is. @default 1 */
  readonly ordinal?: number;
}

/**
 * Stores of one site and their key: data that outlives clusters. With them is who is let in from elsewhere, and what copies.
 *
 * A site has as many of these stacks as its stores need; none depends on another.
 *
 * What clusters may use of it is exported whether one does or not. An export in use cannot go, and this stack is
 * deployed before the one that unmounts a store.
 */
export class StorageStack extends Stack {
  /** Encrypts its stores: one of its own, or the one that exists already for the site; none where it makes no store. */
  readonly encryptionKey?: IEncryptionKey;
  /** By the key of the store. */
  readonly fileSystems = new Map<string, FileSystem>();
  /** By the key of the store. */
  readonly objectStores = new Map<string, ObjectStore>();

  constructor(scope: Construct, id: string, { site, network, ordinal = 1 }: StorageStackProps) {
    super(scope, id, { ...siteStackProps(site), terminationProtection: true });
    const isHere = ({ stack = 1 }: { readonly stack?: number }) => stack === ordinal;
    if ([...site.stores, ...site.retired].some(isHere)) {
      const encryptionKey = keyOf(this, site, { name: names.storesKey('aws', site, ordinal), tags: site.tags });
      if (encryptionKey instanceof EncryptionKey) this.exportValue(encryptionKey.keyArn);
      this.encryptionKey = encryptionKey;
      const place = networkOf(this, site, network);
      for (const store of site.stores.filter(isHere)) {
        if (store.kind === 'lustre') this.addFileSystem(store, { network: place, site, encryptionKey });
        else this.addObjectStore(store, encryptionKey);
      }
    }
    this.addGrants(site, (site.grants ?? []).filter(isHere));
    addReplications(this, site, (site.replications ?? []).filter(isHere));
    tellStores(this, site);
  }

  private addGrants(site: SitePlan<'aws'>, halves: readonly GrantHalfPlan[]): void {
    const existing = new Map<string, IObjectStore>();
    for (const store of site.existingStores) {
      if (store.kind !== 'object' || !halves.some((half) => half.store === store.key)) continue;
      existing.set(store.key, existingObjectStore(this, store));
    }
    for (const half of halves) {
      const store = this.objectStores.get(half.store) ?? existing.get(half.store);
      if (store === undefined) throw new Error(`store "${half.store}" of grant "${half.grant}" is not at the site`);
      addGrantHalf(this, half, store, site.tags);
    }
  }

  private addFileSystem(
    store: FileSystemPlan<'aws'>,
    {
      network,
      site,
      encryptionKey,
    }: { readonly network: INetwork; readonly site: SitePlan<'aws'>; readonly encryptionKey: IEncryptionKey },
  ): void {
    const { key, name, zone, size, tier, tags } = store;
    const fileSystem = new FileSystem(this, ids.store(key), {
      name,
      network,
      zone,
      capacityGiB: size,
      tier,
      encryptionKey,
      alarms: alarmsTo(this, store.alarms, {
        name: (owner) => names.storeAlarms(site, owner),
        encryptionKey,
        tags: site.tags,
      }),
      tags,
    });
    this.fileSystems.set(key, fileSystem);
    this.exportValue(fileSystem.securityGroup.securityGroupId);
    new CfnOutput(fileSystem, awsOutputs.mount, { value: fileSystem.mountPoint });
  }

  private addObjectStore(
    { key, name, retainDays, accessLogRetentionDays, tags }: ObjectStorePlan,
    encryptionKey: IEncryptionKey,
  ): void {
    const props = { name, encryptionKey, retainDays, accessLogRetentionDays, tags };
    const store = new ObjectStore(this, ids.store(key), props);
    this.objectStores.set(key, store);
    this.exportValue(store.bucketArn);
    new CfnOutput(store, awsOutputs.bucket, { value: store.bucketName });
  }
}
