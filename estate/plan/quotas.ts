import { CLOUDS, type Cloud, type QuotaRow } from '../catalog';
import { counted } from '../spec/words';
import { compareKeys, formatCount, groupBy } from '../units';
import type { Ask } from './asks/ask';
import { awsAccountAsks, awsShardAsks, awsSiteAsks } from './asks/aws';
import { azureAccountAsks, azureShardAsks, azureSiteAsks } from './asks/azure';
import { googleShardAsks, googleSiteAsks } from './asks/google';
import { oracleAccountAsks, oracleShardAsks, oracleSiteAsks } from './asks/oracle';
import type { Plan } from './types';

/** What to have of one quota before an estate can be built: one line of what is asked of a provider. */
export interface QuotaNeed {
  readonly cloud: Cloud;
  /** Key of the account. */
  readonly account: string;
  /** Region that it is needed in; `global` for quotas of the whole account. */
  readonly region: string;
  /** Zone that it is needed in, for quotas of zones. */
  readonly zone?: string;
  /** The provider's own name. */
  readonly quota: string;
  /** The provider's code. */
  readonly code?: string;
  /** What tells it from others of the same name besides the region, such as `gpu_family=NVIDIA_GB200`. */
  readonly dimension?: string;
  readonly unit: string;
  /** In the unit, for everything of the estate; what else the account runs comes on top. */
  readonly needed: number;
  /** What an account has without asking, or what the estate says was granted. */
  readonly default?: number;
  /** Pools, sites and stores that need it, and how the number comes about. */
  readonly because: string;
  /** Key under which an estate states what was granted: `catalog.quotas`. */
  readonly key: string;
  readonly source: string;
  /** What is assumed about the quota or the need. */
  readonly unverified?: string;
}

/** Parts that a reason names before it counts the rest. */
const PARTS = 20;

/** What the accounts, sites and shards of each cloud ask for. */
const ASKS: Readonly<Record<Cloud, (plan: Plan) => readonly Ask[]>> = {
  aws: (plan) => [
    ...plan.accounts('aws').flatMap(awsAccountAsks),
    ...plan.sites('aws').flatMap(awsSiteAsks),
    ...plan.shards('aws').flatMap(awsShardAsks),
  ],
  azure: (plan) => [
    ...plan.accounts('azure').flatMap((account) => {
      const sites = plan.sites('azure').filter((site) => site.account.key === account.key);
      return azureAccountAsks(account, sites);
    }),
    ...plan.sites('azure').flatMap(azureSiteAsks),
    ...plan.shards('azure').flatMap(azureShardAsks),
  ],
  google: (plan) => [
    ...plan.sites('google').flatMap(googleSiteAsks),
    ...plan.shards('google').flatMap(googleShardAsks),
  ],
  oracle: (plan) => [
    ...plan.accounts('oracle').flatMap(oracleAccountAsks),
    ...plan.sites('oracle').flatMap(oracleSiteAsks),
    ...plan.shards('oracle').flatMap(oracleShardAsks),
  ],
};

/** Everything that an estate needs of quotas, part by part; some of it may need nothing. */
export function quotaAsks(plan: Plan): readonly Ask[] {
  return CLOUDS.flatMap((cloud) => ASKS[cloud](plan));
}

/** What to ask of each provider, by account, region and quota. */
export function planQuotas(plan: Plan): readonly QuotaNeed[] {
  const needed = quotaAsks(plan).filter(({ count, each }) => count * each > 0);
  return [...groupBy(needed, (ask) => identity(ask, rowOf(ask, plan))).values()]
    .flatMap((members) => needOf(members, plan))
    .sort(
      (one, other) =>
        CLOUDS.indexOf(one.cloud) - CLOUDS.indexOf(other.cloud) ||
        compareKeys(one.account, other.account) ||
        compareKeys(one.region, other.region) ||
        compareKeys(one.zone ?? '', other.zone ?? '') ||
        compareKeys(one.quota, other.quota) ||
        compareKeys(one.dimension ?? '', other.dimension ?? ''),
    );
}

function rowOf({ key }: Ask, { catalog }: Plan): QuotaRow {
  const row = catalog.quotas[key];
  if (row === undefined) throw new Error(`the catalog has no quota "${key}"`);
  return row;
}

/** What is one value at the provider: asks with the same one add up. */
function identity({ site, quota, dimension, zone }: Ask, row: QuotaRow): string {
  const region = row.scope === 'account' ? '' : site.region;
  const where = row.scope === 'zone' ? zone : '';
  return JSON.stringify([site.account.key, region, where, quota ?? row.quota, dimension]);
}

function needOf(members: readonly Ask[], plan: Plan): readonly QuotaNeed[] {
  const [first] = members;
  if (first === undefined) return [];
  const row = rowOf(first, plan);
  const { cloud, combine, scope, code, source } = row;
  const parts = [...groupBy(members, ({ subject, noun, each }) => JSON.stringify([subject, noun, each])).values()].map(
    partOf,
  );
  const bySubject = groupBy(parts, ({ subject }) => subject);
  const amounts = [...bySubject.values()].map((own) => ({ own, amount: total(own) }));
  const largest = amounts.reduce((one, other) => (other.amount > one.amount ? other : one));
  const counted = combine === 'sum' ? parts : largest.own;
  const unverified = [...new Set([row.unverified, ...members.map((ask) => ask.unverified)])].filter(
    (text) => text !== undefined,
  );
  return [
    {
      cloud,
      account: first.site.account.key,
      region: scope === 'account' ? 'global' : first.site.region,
      ...(scope === 'zone' && first.zone && { zone: first.zone }),
      quota: first.quota ?? row.quota ?? '',
      ...(code && { code }),
      ...(first.dimension && { dimension: first.dimension }),
      unit: first.unit ?? row.unit,
      needed: total(counted),
      ...(row.default !== undefined && { default: row.default }),
      because: reasonOf(counted, combine),
      key: first.key,
      source,
      ...(unverified.length > 0 && { unverified: unverified.join('; ') }),
    },
  ];
}

/** What one subject needs of a quota. */
interface Part {
  readonly subject: string;
  readonly text: string;
  readonly amount: number;
}

/** Asks of one subject, such as the parts of a pool in several shards, as one. */
function partOf(asks: readonly Ask[]): Part {
  const { subject, noun, each } = asks[0] ?? { subject: '', noun: '', each: 0 };
  const count = asks.reduce((sum, ask) => sum + ask.count, 0);
  return {
    subject,
    text: `${subject}: ${counted(count, noun)}${each === 1 ? '' : ` x ${formatCount(each)}`}`,
    amount: count * each,
  };
}

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}

function reasonOf(parts: readonly Part[], combine: QuotaRow['combine']): string {
  const sorted = [...parts].sort((one, other) => other.amount - one.amount || compareKeys(one.subject, other.subject));
  const shown = sorted.slice(0, PARTS).map(({ text }) => text);
  const rest = sorted.length > PARTS ? [`and ${formatCount(sorted.length - PARTS)} more`] : [];
  return `${combine === 'max' ? 'the largest: ' : ''}${[...shown, ...rest].join('; ')}`;
}
