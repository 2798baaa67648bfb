import { CLOUDS, type Cloud } from '../catalog';
import { planFrom } from './data';
import { foundationNeeds } from './foundation-needs';
import type { CloudPlan, PlanData, StacksPlan } from './types';

/** Stacks that are made together, and the part of a plan that they are made from, whatever else the plan has. */
export interface PlanSlice {
  readonly cloud: Cloud;
  /** Names of the stacks, in the order in which they are made. */
  readonly stacks: readonly string[];
  /** A plan that has this part alone; programs make more stacks of it, which are not those of the whole plan. */
  readonly data: PlanData;
}

const NOTHING = { accounts: [], sites: [], shards: [] } as const;

/**
 * Cuts a plan: the foundation of each account, and the stacks of each site with those of its clusters and of its halves of links.
 *
 * A foundation is made from its account and what it needs to know of the sites; a site from its account, itself and its
 * clusters. Stacks of two slices never read each other's constructs, except those of a site that of its account, which is
 * made the same from the account alone.
 */
export function slicesOf(data: PlanData): PlanSlice[] {
  const plan = planFrom(data);
  return data.clouds.flatMap((cloud) => slicesOfCloud(cloud, data, plan));
}

function slicesOfCloud<C extends Cloud>(cloud: C, data: PlanData, plan: StacksPlan): PlanSlice[] {
  const foundations = plan.accounts(cloud).map((account): PlanSlice => {
    const needs = { [cloud]: { [account.key]: foundationNeeds(cloud, account, plan) } };
    const part = { accounts: [account], sites: [], shards: [] };
    return { cloud, stacks: [account.stacks.foundation], data: { ...only(data, cloud, part), needs } };
  });
  const sites = plan.sites(cloud).map((site): PlanSlice => {
    const shards = plan.shards(cloud).filter((shard) => shard.site.key === site.key);
    const accounts = plan.accounts(cloud).filter(({ key }) => key === site.account.key);
    const stacks = [
      ...(site.hasNetwork ? [site.stacks.network] : []),
      ...site.storageStacks.map(({ stack }) => stack),
      ...shards.map(({ stacks: { cluster } }) => cluster),
      ...(site.gateway === undefined ? [] : [site.gateway.stack]),
      ...(site.links ?? []).map(({ stack }) => stack),
    ];
    return { cloud, stacks, data: only(data, cloud, { accounts, sites: [site], shards }) };
  });
  return [...foundations, ...sites].filter(({ stacks }) => stacks.length > 0);
}

function only<C extends Cloud>(data: PlanData, cloud: C, part: CloudPlan<C>): PlanData {
  const byCloud = { aws: NOTHING, azure: NOTHING, google: NOTHING, oracle: NOTHING, [cloud]: part };
  return { ...data, clouds: [cloud], byCloud };
}

/** The plan that has some slices of a plan and nothing else, in the plan's own order. */
export function joinSlices(data: PlanData, slices: readonly PlanSlice[]): PlanData {
  const join = <C extends Cloud>(cloud: C): CloudPlan<C> => {
    const parts = slices.map((slice): CloudPlan<C> => slice.data.byCloud[cloud]);
    const all = data.byCloud[cloud];
    const has = (of: (part: CloudPlan<C>) => readonly { readonly key: string }[]) => {
      const keys = new Set(parts.flatMap((part) => of(part).map(({ key }) => key)));
      return ({ key }: { readonly key: string }) => keys.has(key);
    };
    return {
      accounts: all.accounts.filter(has(({ accounts }) => accounts)),
      sites: all.sites.filter(has(({ sites }) => sites)),
      shards: all.shards.filter(has(({ shards }) => shards)),
    };
  };
  const clouds = data.clouds.filter((cloud) => slices.some((slice) => slice.cloud === cloud));
  const needs = Object.fromEntries(
    CLOUDS.map((cloud) => [cloud, Object.assign({}, ...slices.map((slice) => slice.data.needs?.[cloud]))]),
  );
  const byCloud = { aws: join('aws'), azure: join('azure'), google: join('google'), oracle: join('oracle') };
  return { ...data, clouds, byCloud, needs };
}
