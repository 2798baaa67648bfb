import { CLOUDS, type Cloud } from '../catalog';
import type { Day } from '../days';
import { cloudsWith, inPrices, MEASURES, type Part, percentOf, stockOf, sumOf } from '../spec/limits';
import { leftOf } from '../spec/loss';
import { millionths } from '../spec/policy';
import type { Estate } from '../spec/schema';
import { mostAtOnce } from './most-at-once';
import { type PowerLimitRow, powerLimitRows } from './power-limits';

/** A limit of policy that is a sum, with what is held against it. */
export interface LimitRow {
  /** Rule that holds it. */
  readonly code: 'PolicyShare' | 'PolicyPower' | 'PolicySpend';
  /** Where the estate file has it. */
  readonly path: string;
  /** What it is of. */
  readonly of: PowerLimitRow['of'];
  /** The cloud, the key of the account or of the site, or the name of the estate. */
  readonly key: string;
  readonly measure: 'accelerators' | 'power' | 'spend';
  /** The limit as it is written, with its unit. */
  readonly limit: string;
  /** What is held against it: of shares those of the whole plan, else the most of any day. */
  readonly held: string;
  /** That in percent of the limit. */
  readonly usedPercent: number;
  /** First day on which it is so much. @default it is from the beginning, or no day is looked at */
  readonly from?: Day;
  /** The same on the day of asking. */
  readonly now: string;
}

/** A promise of survival with what is left in the worst case. */
export interface PromiseRow {
  /** Where the estate file has it. */
  readonly path: string;
  /** What is lost, as it is written. */
  readonly lose: string;
  /** What has to be left, as it is written. */
  readonly keep: string;
  readonly keepPercent: number;
  /** What is left of the whole plan. */
  readonly leftPercent: number;
  /** The things whose loss leaves so little, as `--lose` names them. */
  readonly without: readonly string[];
}

/** An accelerator that has to be on several clouds. */
export interface SpreadRow {
  readonly path: string;
  readonly accelerator: string;
  readonly least: number;
  readonly clouds: readonly Cloud[];
}

/** The limits of policy that are sums, in the order of the file's reference, with what is reached of each. */
export function limitRows(estate: Estate, day: Day): readonly LimitRow[] {
  return [...shareRows(estate, day), ...megawattRows(estate, day), ...spendRows(estate, day)];
}

function shareRows(estate: Estate, day: Day): readonly LimitRow[] {
  return (['accelerators', 'power', 'spend'] as const).flatMap((measure): LimitRow[] => {
    const limit = estate.policy.maxProviderShare?.[measure];
    if (limit === undefined) return [];
    const parts = MEASURES[measure].parts(stockOf(estate));
    const today = MEASURES[measure].parts(stockOf(estate, day));
    const whole = sumOf(parts);
    return CLOUDS.flatMap((cloud): LimitRow[] => {
      const size = sumOf(parts.filter(isOn(cloud)));
      if (size === 0n) return [];
      return [
        {
          code: 'PolicyShare',
          path: `policy.maxProviderShare.${measure}`,
          of: 'cloud',
          key: cloud,
          measure,
          limit,
          held: percentOf(size, whole),
          usedPercent: percent(size * 1_000_000n, BigInt(millionths(limit)) * whole),
          now: percentOf(sumOf(today.filter(isOn(cloud))), sumOf(today)),
        },
      ];
    });
  });
}

function isOn(cloud: Cloud): (part: Part) => boolean {
  return ({ holding }) => holding.cloud === cloud;
}

/** Where limits of megawatts stand in the file. */
const SECTIONS = { cloud: 'clouds.', account: 'accounts.', site: 'sites.' } as const;

function megawattRows(estate: Estate, day: Day): readonly LimitRow[] {
  const parts = MEASURES.power.parts(stockOf(estate, day));
  return powerLimitRows(estate).map(({ of, key, limitMegawatts, mostMegawatts, from }): LimitRow => {
    const own = of === 'estate' ? parts : parts.filter(({ holding }) => holding[of] === key);
    return {
      code: 'PolicyPower',
      path: `policy.maxMegawatts.${of === 'estate' ? of : `${SECTIONS[of]}${key}`}`,
      of,
      key,
      measure: 'power',
      limit: `${limitMegawatts} MW`,
      held: `${mostMegawatts.toFixed(3)} MW`,
      usedPercent: Math.round((1000 * mostMegawatts) / limitMegawatts) / 10,
      ...(from !== undefined && { from }),
      now: MEASURES.power.print(sumOf(own)),
    };
  });
}

function spendRows(estate: Estate, day: Day): readonly LimitRow[] {
  const { maxSpendPerDay } = estate.policy;
  const limit = maxSpendPerDay === undefined ? undefined : inPrices(estate, maxSpendPerDay);
  if (maxSpendPerDay === undefined || limit === undefined) return [];
  const { parts, print } = MEASURES.spend;
  const { size, ...since } = mostAtOnce(estate, (stock) => sumOf(parts(stock)));
  return [
    {
      code: 'PolicySpend',
      path: 'policy.maxSpendPerDay',
      of: 'estate',
      key: estate.name,
      measure: 'spend',
      limit: `${maxSpendPerDay} a day`,
      held: print(size, estate),
      usedPercent: percent(size, limit),
      ...since,
      now: print(sumOf(parts(stockOf(estate, day))), estate),
    },
  ];
}

/** The promises of survival, each with its worst case; one of something that the estate has none of is left out. */
export function promiseRows(estate: Estate): readonly PromiseRow[] {
  const stock = stockOf(estate);
  return (estate.policy.survive ?? []).flatMap(({ lose, keep }, index): PromiseRow[] => {
    const worst = leftOf(stock, lose, keep);
    if (worst === undefined) return [];
    return [
      {
        path: `policy.survive.${index}`,
        lose,
        keep,
        keepPercent: Number.parseFloat(keep),
        leftPercent: Number.parseFloat(worst.percent),
        without: worst.things.map(({ kind, key }) => `${kind}:${key}`),
      },
    ];
  });
}

/** Accelerators that have to be on several clouds, with those that have them. */
export function spreadRows(estate: Estate): readonly SpreadRow[] {
  const stock = stockOf(estate);
  return Object.entries(estate.policy.minClouds ?? {}).map(([accelerator, least]) => {
    const path = `policy.minClouds.${accelerator}`;
    return { path, accelerator, least, clouds: cloudsWith(stock, accelerator) };
  });
}

/** A part of a whole in percent, with one decimal; of nothing none. */
function percent(part: bigint, whole: bigint): number {
  return Number.parseFloat(percentOf(part, whole));
}
