import { CLOUDS } from '../../estate/catalog';
import { quotaAsks } from '../../estate/plan/quotas';
import type { Plan } from '../../estate/plan/types';
import { BOUNDED, type Body, UNBOUNDED } from './quota-types';
import { readTree, synthesizePlan, withFolder } from './synth';

/** A resource of any tool, as far as the counts look at it. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly stack: string;
  readonly body: Body;
}

/** Every resource of what was synthesized, from the text of its files by their path. */
export function resourcesIn(files: Readonly<Record<string, string>>): Resource[] {
  return Object.entries(files).flatMap(([path, text]) => {
    if (path.endsWith('.template.json')) return ofTemplate(path.split('/').at(-1) ?? '', text);
    return path.endsWith('cdk.tf.json') ? ofConfiguration(path.split('/').at(-2) ?? '', text) : [];
  });
}

function ofTemplate(name: string, text: string): Resource[] {
  const { Resources = {} } = JSON.parse(text) as {
    readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: Body }>>;
  };
  const stack = name.replace(/\.template\.json$/, '');
  return Object.entries(Resources).map(([id, { Type: type, Properties: body = {} }]) => ({ type, id, stack, body }));
}

function ofConfiguration(stack: string, text: string): Resource[] {
  const { resource = {} } = JSON.parse(text) as {
    readonly resource?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  };
  return Object.entries(resource).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, body]) => ({ type, id, stack, body })),
  );
}

/** Every resource of the stacks of a plan. */
export function resourcesOf(plan: Plan): Promise<Resource[]> {
  return withFolder((folder) => {
    synthesizePlan(plan, folder);
    return resourcesIn(readTree(folder));
  });
}

/** Types that are neither asked for nor said to need no asking. */
export function unknownTypes(types: Iterable<string>): string[] {
  return [...new Set(types)].filter((type) => !(type in BOUNDED) && !(type in UNBOUNDED)).sort();
}

/** What links of Google Cloud are made of. */
const OF_LINKS = /^google_compute_(ha_vpn|external_vpn|vpn|router|interconnect)/;

/** What stacks make, by account and by the quotas that bound it. */
export function madeBy(plan: Plan, resources: readonly Resource[]): Record<string, number> {
  const accounts = accountsOf(plan);
  const projects = new Map(plan.accounts('google').map(({ key, ids }) => [key, ids.projectId]));
  return totals(
    resources.flatMap(({ type, stack, body, id }) => {
      const account = accounts.get(stack) ?? '';
      const project = projects.get(account);
      // In the project of a shared network they count against quotas of its owner.
      if (project !== undefined && OF_LINKS.test(type) && (body.project ?? project) !== project) return [];
      return (BOUNDED[type] ?? []).map(({ key, of = () => 1 }) => [`${account} ${key}`, of(body, id)] as const);
    }),
  );
}

/** What an estate asks for of what its stacks make, by account and quota. */
export function askedBy(plan: Plan): Record<string, number> {
  const held = new Set(Object.values(BOUNDED).flatMap((bounds) => bounds.map(({ key }) => key)));
  return totals(
    quotaAsks(plan)
      .filter(({ key, byService }) => held.has(key) && !byService)
      .map(({ site, key, count, each }) => [`${site.account.key} ${key}`, count * each] as const),
  );
}

/** The account of each stack. */
function accountsOf(plan: Plan): Map<string, string> {
  return new Map(
    CLOUDS.flatMap((cloud) => [
      ...plan.accounts(cloud).map(({ key, stacks }) => [stacks.foundation, key] as const),
      ...plan.sites(cloud).flatMap(({ account, stacks, storageStacks, gateway, links = [] }) => {
        const further = [...storageStacks, ...(gateway === undefined ? [] : [gateway]), ...links];
        const names = [stacks.network, stacks.storage, ...further.map(({ stack }) => stack)];
        return names.map((name) => [name, account.key] as const);
      }),
      ...plan.shards(cloud).map(({ site, stacks }) => [stacks.cluster, site.account.key] as const),
    ]),
  );
}

function totals(counts: readonly (readonly [name: string, count: number])[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count] of counts) if (count !== 0) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
