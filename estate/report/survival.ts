import type { Cloud } from '../catalog';
import type { LinkPlan } from '../plan/links/types';
import { MEASURES, type Measure, type Part, percentOf, type Stock, stockOf, sumOf } from '../spec/limits';
import { isLost, type Loss, lossOf } from '../spec/loss';
import { type LostThing, thingsOf } from '../spec/policy';
import type { Estate } from '../spec/schema';
import { compareKeys } from '../units';
import { isSiteOf, type LinkLoss, linkLossOf } from './link-loss';

/** What is left of a sum after a loss. */
export interface Left {
  /** As it is printed. */
  readonly left: string;
  readonly all: string;
  readonly leftPercent: number;
}

/** What the loss of one cloud, region or site takes, and what is left of all. */
export interface SurvivalRow {
  readonly kind: 'cloud' | 'region' | 'site';
  readonly key: string;
  /** The cloud that it is or lies in. @default a region of that name is on several */
  readonly cloud?: Cloud;
  /** The same as `estate simulate --lose` tells. */
  readonly loss: Loss;
  /** @default the estate has no links */
  readonly links?: LinkLoss;
  readonly accelerators: Left;
  readonly power: Left;
  /** Of a day. @default the estate has no prices */
  readonly spend?: Left;
}

/** What of an estate can be lost, from the whole to its parts. */
const KINDS = ['cloud', 'region', 'site'] as const;

/**
 * What the loss of each cloud takes, of each region with several sites, and of each site: of everything that is planned, the
 * worst first. Where there is one of a kind, nothing would be left, and none is told.
 */
export function survivalRows(estate: Estate, links: readonly LinkPlan[]): readonly SurvivalRow[] {
  const leftOf = leftIn(stockOf(estate));
  return KINDS.flatMap((kind) => {
    const keys = thingsOf(kind, estate);
    const told =
      keys.length < 2 ? [] : keys.filter((key) => kind !== 'region' || sitesOf(estate, kind, key).length > 1);
    return told
      .map((key): SurvivalRow => {
        const thing = { kind, key };
        const [cloud, ...others] = new Set(sitesOf(estate, kind, key).map((site) => site.cloud));
        const lostLinks = linkLossOf(links, estate, [thing]);
        return {
          ...thing,
          ...(cloud !== undefined && others.length === 0 && { cloud }),
          loss: lossOf(estate, [thing]),
          ...(lostLinks && { links: lostLinks }),
          accelerators: leftOf('accelerators', thing),
          power: leftOf('power', thing),
          ...(estate.prices && { spend: leftOf('spend', thing) }),
        };
      })
      .sort(
        (one, other) =>
          one.accelerators.leftPercent - other.accelerators.leftPercent ||
          one.power.leftPercent - other.power.leftPercent ||
          compareKeys(one.key, other.key),
      );
  });
}

/** The sites that go with a thing, with their clouds. */
function sitesOf(estate: Estate, kind: SurvivalRow['kind'], key: string) {
  return Object.entries(estate.sites).flatMap(([name, site]) => {
    const cloud = estate.accounts[site.account]?.cloud;
    return cloud !== undefined && isSiteOf(name, site, { kind, key }, estate) ? [{ name, cloud }] : [];
  });
}

/** What is left of a sum without a thing: what adds to it is reckoned once. */
function leftIn(stock: Stock): (key: keyof typeof MEASURES, thing: LostThing) => Left {
  const { estate } = stock;
  const known = new Map<keyof typeof MEASURES, readonly Part[]>();
  return (key, thing) => {
    const { parts, print }: Measure = MEASURES[key];
    const all = known.get(key) ?? parts(stock);
    known.set(key, all);
    const [whole, left] = [sumOf(all), sumOf(all.filter(({ holding }) => !isLost(holding, thing, estate)))];
    return {
      left: print(left, estate),
      all: print(whole, estate),
      leftPercent: Number.parseFloat(whole === 0n ? '100' : percentOf(left, whole)),
    };
  };
}
