import { CLOUDS, type Cloud } from '../catalog';
import { OWN_TAGS } from '../catalog/tags';
import type { AccountPlan, Plan, PoolPlan, ShardPlan, SitePlan } from '../plan/types';
import type { Tags } from '../units';
import { formatTable } from './table';

/** One entry of an estate in the view of owners. */
export interface OwnerRow {
  /** Its path, such as `clusters.ohio.pools.train`. */
  readonly entry: string;
  readonly cloud: Cloud;
  readonly team: string;
  readonly costCenter?: string;
  /** Tags that are written for it or for what it lies in, as `key=value`. */
  readonly tags: readonly string[];
}

/** Who answers for what stacks make, and what it is tagged with; in the order of clouds and paths. */
export function ownerRows(plan: Plan): OwnerRow[] {
  return CLOUDS.flatMap((cloud) => {
    const accounts = plan.accounts(cloud).map(({ key, tags }: AccountPlan) => rowOf(`accounts.${key}`, cloud, tags));
    const sites = plan.sites(cloud).map(({ key, tags }: SitePlan) => rowOf(`sites.${key}`, cloud, tags));
    const clusters = plan
      .shards(cloud)
      .flatMap(({ cluster, tags, pools }: ShardPlan) => [
        rowOf(`clusters.${cluster}`, cloud, tags),
        ...pools.map((pool: PoolPlan) => rowOf(`clusters.${cluster}.pools.${pool.key}`, cloud, pool.tags)),
      ]);
    const stores = plan
      .sites(cloud)
      .flatMap((site: SitePlan) => site.stores.map(({ key, tags }) => rowOf(`stores.${key}`, cloud, tags)));
    // A cluster in several shards is one entry.
    const rows = [...accounts, ...sites, ...clusters, ...stores];
    return [...new Map(rows.map((row) => [row.entry, row])).values()];
  });
}

function rowOf(entry: string, cloud: Cloud, tags: Tags): OwnerRow {
  const { team = '', 'cost-center': costCenter } = tags;
  const written = Object.entries(tags).filter(([key]) => !OWN_TAGS.includes(key));
  return {
    entry,
    cloud,
    team,
    ...(costCenter !== undefined && { costCenter }),
    tags: written.map(([key, value]) => `${key}=${value}`),
  };
}

/** The view of owners as a table. */
export function formatOwners(plan: Plan): string {
  return formatTable(ownerRows(plan), [
    { title: 'entry', value: (row) => row.entry },
    { title: 'cloud', value: (row) => row.cloud },
    { title: 'team', value: (row) => row.team },
    { title: 'cost center', value: (row) => row.costCenter ?? '' },
    { title: 'tags', value: ({ tags }) => tags.join(', ') },
  ]);
}
