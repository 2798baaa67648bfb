import type { Construct } from 'constructs';
import type { TerraformProvider } from '../../constructs/cdktf';
import { GrantIdentity, type ObjectStore, Replication } from '../../constructs/oracle';
import { ids } from '../../estate/plan/ids';
import type { ReplicationHalf } from '../../estate/plan/replication/types';
import type { SitePlan } from '../../estate/plan/types';
import { costTags } from './cost-tags';

/** What the halves of replications at a site are made in. */
export interface ReplicationSite {
  /** The site. */
  readonly site: SitePlan<'oracle'>;
  /** Object stores that the stack makes, by their keys. */
  readonly objectStores: Readonly<Record<string, ObjectStore>>;
  /** Provider of the home region, where policies are written; made where one is. */
  readonly homeProvider: () => TerraformProvider;
}

/** What Object Storage copies by itself: a policy on each bucket that is read, and one that lets it write elsewhere. */
export function addReplications(
  scope: Construct,
  halves: readonly ReplicationHalf[],
  { site, objectStores, homeProvider }: ReplicationSite,
): void {
  for (const { key, name, engine, end, store: own, peer } of halves) {
    if (engine !== 'native') continue;
    const store = objectStores[own];
    const { bucket: bucketName, region } = peer;
    if (store === undefined || bucketName === undefined)
      throw new Error(`a store of replication "${key}" is not known`);
    if (end === 'source') {
      const dependables = peer.site === site.key ? objectStores[peer.store]?.dependables : undefined;
      const destination = { bucketName, region, dependables };
      new Replication(scope, ids.replication(key), { name, store, destination });
    } else if (!site.account.regions.includes(region)) {
      // The foundation of the account lets in Object Storage of its own regions, which also keeps the rules of objects.
      const identity = new GrantIdentity(scope, ids.replication(key), {
        // No key has two hyphens, so that no grant has this name.
        name: `${name}--replication`,
        compartmentId: store.compartmentId,
        callers: [{ kind: 'service', region }],
        homeProvider: homeProvider(),
        tags: site.tags,
        costTags: costTags(site.account),
      });
      store.grants.replicas(identity);
    }
  }
}
