import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EncryptionKey, FileSystem, type IEncryptionKey, type INetwork, ObjectStore } from '../../constructs/aws';
import { awsOutputs, ids, names } from '../../estate/plan/ids';
import type { FileSystemPlan, ObjectStorePlan, SitePlan } from '../../estate/plan/types';
import { alarmsTo } from './alarms';
import { keyOf, networkOf } from './existing';
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
 * Stores of one site and their key: data that outlives clusters.
 *
 * A site has as many of these stacks as its stores need; none depends on another.
 *
 * What clusters may use of it is exported whether one does or not. An export in use cannot go, and this stack is
 * deployed before the one that unmounts a store.
 */
export class StorageStack extends Stack {
  /** Encrypts its stores: one of its own, or the one that exists already for the site. */
  readonly encryptionKey: IEncryptionKey;
  /** By the key of the store. */
  readonly fileSystems = new Map<string, FileSystem>();
  /** By the key of the store. */
  readonly objectStores = new Map<string, ObjectStore>();

  constructor(scope: Construct, id: string, { site, network, ordinal = 1 }: StorageStackProps) {
    super(scope, id, { ...siteStackProps(site), terminationProtection: true });
    this.encryptionKey = keyOf(this, site, { name: names.storesKey('aws', site, ordinal), tags: site.tags });
    if (this.encryptionKey instanceof EncryptionKey) this.exportValue(this.encryptionKey.keyArn);
    const place = networkOf(this, site, network);
    for (const store of site.stores.filter(({ stack = 1 }) => stack === ordinal)) {
      if (store.kind === 'lustre') this.addFileSystem(store, place, site);
      else this.addObjectStore(store);
    }
  }

  private addFileSystem(store: FileSystemPlan<'aws'>, network: INetwork, site: SitePlan<'aws'>): void {
    const { key, name, zone, size, tier, tags } = store;
    const fileSystem = new FileSystem(this, ids.store(key), {
      name,
      network,
      zone,
      capacityGiB: size,
      tier,
      encryptionKey: this.encryptionKey,
      alarms: alarmsTo(this, store.alarms, {
        name: (owner) => names.storeAlarms(site, owner),
        encryptionKey: this.encryptionKey,
        tags: site.tags,
      }),
      tags,
    });
    this.fileSystems.set(key, fileSystem);
    this.exportValue(fileSystem.securityGroup.securityGroupId);
    new CfnOutput(fileSystem, awsOutputs.mount, { value: fileSystem.mountPoint });
  }

  private addObjectStore({ key, name, retainDays, accessLogRetentionDays, tags }: ObjectStorePlan): void {
    const { encryptionKey } = this;
    const props = { name, encryptionKey, retainDays, accessLogRetentionDays, tags };
    const store = new ObjectStore(this, ids.store(key), props);
    this.objectStores.set(key, store);
    this.exportValue(store.bucketArn);
    new CfnOutput(store, awsOutputs.bucket, { value: store.bucketName });
  }
}
