import { CLOUDS } from '../catalog';
import { MEASURES, type Measure, type Part, percentOf, stockOf, sumOf } from '../spec/limits';
import { leftOf } from '../spec/loss';
import type { Estate } from '../spec/schema';
import { groupBy } from '../units';
import { commitmentRows } from './commitments';

/** What an edit does to one number of the whole estate. */
export interface PortfolioChange {
  /** Such as `accelerators gb300`, `power`, `spend`, `share of aws of accelerators`. */
  readonly what: string;
  /** Empty where there was none. */
  readonly before: string;
  /** Empty where there is none. */
  readonly after: string;
}

/** Whether an estate says anything of money, time or policy, so that whoever reads what an edit does reads numbers too. */
export function isPortfolio({ prices, budgets, policy, clusters }: Estate): boolean {
  const pools = Object.values(clusters).flatMap(({ pools: own }) => Object.values(own));
  return (
    prices !== undefined ||
    Object.keys(budgets).length + Object.keys(policy).length > 0 ||
    pools.some(({ phases }) => phases !== undefined)
  );
}

/** What an edit does to accelerators, power, spend, shares, draw-down and survival: what stays the same is left out. */
export function portfolioChanges(before: Estate, after: Estate): readonly PortfolioChange[] {
  const [old, now] = [numbersOf(before), numbersOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names
    .map((what) => ({ what, before: old.get(what) ?? '', after: now.get(what) ?? '' }))
    .filter((change) => change.before !== change.after);
}

/** The numbers of an estate by what they are, in the order of reports. */
function numbersOf(estate: Estate): ReadonlyMap<string, string> {
  return new Map([...sums(estate), ...shares(estate), ...drawDowns(estate), ...survivals(estate)]);
}

type Numbers = readonly (readonly [string, string])[];

function sums(estate: Estate): Numbers {
  const stock = stockOf(estate);
  const kinds = groupBy(MEASURES.accelerators.parts(stock), kindOf);
  const print = ({ print: shown }: Measure, parts: readonly Part[]) => shown(sumOf(parts), estate);
  const accelerators = [...kinds].flatMap(
    ([kind, parts]): Numbers => (kind === '' ? [] : [[`accelerators ${kind}`, print(MEASURES.accelerators, parts)]]),
  );
  return [
    ...accelerators.sort(([one], [other]) => (one < other ? -1 : 1)),
    ['power', print(MEASURES.power, MEASURES.power.parts(stock))],
    ...(estate.prices === undefined
      ? []
      : ([['spend', print(MEASURES.spend, MEASURES.spend.parts(stock))]] satisfies Numbers)),
  ];
}

function kindOf({ holding }: Part): string {
  return holding.kind === 'machines' ? (holding.machine.accelerator ?? '') : '';
}

/** Shares of clouds: of an estate on one cloud there are none. */
function shares(estate: Estate): Numbers {
  const stock = stockOf(estate);
  const keys = ['accelerators', 'power', ...(estate.prices === undefined ? [] : (['spend'] as const))] as const;
  return keys.flatMap((key): Numbers => {
    const { noun, parts }: Measure = MEASURES[key];
    const all = parts(stock);
    const whole = sumOf(all);
    const clouds = CLOUDS.map((cloud) => [cloud, sumOf(all.filter(({ holding }) => holding.cloud === cloud))] as const);
    if (clouds.filter(([, size]) => size > 0n).length < 2) return [];
    return clouds.flatMap(
      ([cloud, size]): Numbers => (size === 0n ? [] : [[`share of ${cloud} of ${noun}`, percentOf(size, whole)]]),
    );
  });
}

/** When commitments run dry, or what is left of them at their end; the day of asking changes neither. */
function drawDowns(estate: Estate): Numbers {
  return commitmentRows(estate, '2000-01-01').flatMap(({ key, currency, runsDry, shortfall }): Numbers => {
    if (shortfall === null || shortfall === undefined) return [];
    const runs = runsDry === null || runsDry === undefined;
    return [[`draw-down of ${key}`, runs ? `${shortfall} ${currency} short` : `dry on ${runsDry}`]];
  });
}

/** What is left whatever is lost: of what policy promises, and of accelerators without any one cloud. */
function survivals(estate: Estate): Numbers {
  const promises = estate.policy.survive ?? [];
  const usual = { lose: 'any cloud', keep: '0% of accelerators' };
  const isPromised = promises.some(({ lose, keep }) => lose === usual.lose && keep.endsWith(' of accelerators'));
  return [...(isPromised ? [] : [usual]), ...promises].flatMap(({ lose, keep }): Numbers => {
    const left = leftOf(stockOf(estate), lose, keep);
    return left === undefined ? [] : [[`left of ${left.noun} without ${lose}`, left.percent]];
  });
}
