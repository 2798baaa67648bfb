import { CLOUDS, type Cloud } from '../catalog';
import type { Day } from '../days';
import { parseSum, sumText, timesDecimal } from '../money';
import { formatCount } from '../units';
import {
  acceleratorsOn,
  changeDays,
  type Holding,
  holdingsOf,
  type MachineHolding,
  megawattsOn,
  nodesOn,
} from './holdings';
import { lookup } from './lookup';
import { millionths } from './policy';
import type { Path } from './positions';
import type { Finding } from './rules/rule';
import type { Estate } from './schema';
import { costsOf, priceDays } from './spend';
import { counted, joined } from './words';

/** What an estate has, or what is left of it, on a day. */
export interface Stock {
  readonly estate: Estate;
  readonly holdings: readonly Holding[];
  /** @default everything stands */
  readonly day?: Day;
}

/** All that an estate has. */
export function stockOf(estate: Estate, day?: Day): Stock {
  return { estate, holdings: holdingsOf(estate), ...(day !== undefined && { day }) };
}

/** Before everything that an estate says of days. */
const BEGINNING = '0000-01-01';

/**
 * An estate from the beginning and on each day on which what stands of it, or what that costs, changes; once, where
 * nothing ever does.
 */
export function stocksOf(estate: Estate): readonly Stock[] {
  const days = [...changeDays(holdingsOf(estate)), ...priceDays(estate.prices)];
  if (days.length === 0) return [stockOf(estate)];
  return [...new Set([BEGINNING, ...days])].sort().map((day) => stockOf(estate, day));
}

/** Something that adds to a sum: whole numbers, so that sums compare exactly. */
export interface Part {
  readonly holding: Holding;
  readonly size: bigint;
}

/** What sums are of: with the noun and how a sum is printed. */
export interface Measure {
  readonly noun: string;
  readonly parts: (stock: Stock) => readonly Part[];
  readonly print: (size: bigint, estate: Estate) => string;
}

const machinesIn = ({ holdings }: Stock): readonly MachineHolding[] =>
  holdings.filter((each) => each.kind === 'machines');

/** What can be added up of an estate. */
export const MEASURES = {
  accelerators: {
    noun: 'accelerators',
    parts: (stock) =>
      machinesIn(stock).map((holding) => ({ holding, size: BigInt(acceleratorsOn(holding, stock.day)) })),
    print: (size) => formatCount(Number(size)),
  },
  power: {
    noun: 'power',
    // To the watt.
    parts: (stock) =>
      machinesIn(stock).map((holding) => ({
        holding,
        size: BigInt(Math.round(megawattsOn(holding, stock.day) * 1e6)),
      })),
    print: (size) => `${(Number(size) / 1e6).toFixed(3)} MW`,
  },
  spend: {
    noun: 'spend',
    parts: ({ estate, holdings, day }) => {
      const own = new Set(holdings.map(({ path }) => path));
      const { costs } = costsOf(estate, day);
      return costs.flatMap(({ holding, perHour }) => (own.has(holding.path) ? [{ holding, size: perHour * 24n }] : []));
    },
    print: (size, { prices }) => `${sumText({ currency: prices?.currency ?? '', parts: size })} a day`,
  },
  stores: {
    noun: 'stores',
    parts: ({ holdings }) => holdings.filter(({ kind }) => kind === 'stores').map((holding) => ({ holding, size: 1n })),
    print: (size) => formatCount(Number(size)),
  },
} as const satisfies Readonly<Record<string, Measure>>;

/** The sum of parts. */
export function sumOf(parts: readonly Part[]): bigint {
  return parts.reduce((sum, { size }) => sum + size, 0n);
}

/** The largest of what adds to a sum, for a hint. */
function largest(parts: readonly Part[], print: (size: bigint) => string): string {
  const sorted = [...parts].sort((one, other) => (one.size < other.size ? 1 : -1)).slice(0, 3);
  return `largest: ${joined(
    sorted.map(({ holding, size }) => `${holding.path} (${print(size)})`),
    'and',
  )}`;
}

/** A share in percent with one decimal. */
export function percentOf(size: bigint, whole: bigint): string {
  if (whole === 0n) return '0.0%';
  const tenths = (size * 2000n + whole) / (2n * whole);
  return `${tenths / 10n}.${tenths % 10n}%`;
}

/** Clouds that have more of something than one may have. */
export function shareFindings(stock: Stock): readonly Finding[] {
  const { estate } = stock;
  return (['accelerators', 'power', 'spend'] as const).flatMap((key): Finding[] => {
    const limit = estate.policy.maxProviderShare?.[key];
    if (limit === undefined) return [];
    const { noun, parts, print }: Measure = MEASURES[key];
    const all = parts(stock);
    const whole = sumOf(all);
    return CLOUDS.flatMap((cloud): Finding[] => {
      const own = all.filter(({ holding }) => holding.cloud === cloud);
      const size = sumOf(own);
      if (size * 1_000_000n <= BigInt(millionths(limit)) * whole) return [];
      const shown = (value: bigint) => print(value, estate);
      const message = `${cloud} has ${percentOf(size, whole)} of ${noun}, ${shown(size)} of ${shown(whole)}: ${limit} at most`;
      return [{ path: ['policy', 'maxProviderShare', key], value: limit, message, hint: largest(own, shown) }];
    });
  });
}

/** Sites, accounts and clouds, or the whole, whose facilities draw more than they may. */
export function powerFindings(stock: Stock): readonly Finding[] {
  const { estate } = stock;
  const { maxMegawatts } = estate.policy;
  if (maxMegawatts === undefined) return [];
  const all = MEASURES.power.parts(stock);
  const look = (limit: number, path: Path, what: string, own: readonly Part[]): readonly Finding[] => {
    const size = sumOf(own);
    if (size <= BigInt(Math.round(limit * 1e6))) return [];
    const message = `${what} draws ${MEASURES.power.print(size)}${onDay(stock)}: ${limit} MW at most`;
    const hint = largest(own, MEASURES.power.print);
    return [{ path: ['policy', 'maxMegawatts', ...path], value: limit, message, hint }];
  };
  const by = (section: 'clouds' | 'accounts' | 'sites', key: 'cloud' | 'account' | 'site') =>
    Object.entries(maxMegawatts[section] ?? {}).flatMap(([name, limit]) =>
      look(
        limit,
        [section, name],
        name,
        all.filter(({ holding }) => holding[key] === name),
      ),
    );
  return [
    ...(maxMegawatts.estate === undefined ? [] : look(maxMegawatts.estate, ['estate'], 'the estate', all)),
    ...by('clouds', 'cloud'),
    ...by('accounts', 'account'),
    ...by('sites', 'site'),
  ];
}

/** Whether the estate costs more in a day than it may. */
export function spendFindings(stock: Stock): readonly Finding[] {
  const { estate } = stock;
  const { maxSpendPerDay } = estate.policy;
  const limit = maxSpendPerDay === undefined ? undefined : inPrices(estate, maxSpendPerDay);
  if (limit === undefined) return [];
  const parts = MEASURES.spend.parts(stock);
  const size = sumOf(parts);
  if (size <= limit) return [];
  const shown = (value: bigint) => MEASURES.spend.print(value, estate);
  const message = `the estate costs ${shown(size)}${onDay(stock)}: ${maxSpendPerDay} at most`;
  return [{ path: ['policy', 'maxSpendPerDay'], value: maxSpendPerDay, message, hint: largest(parts, shown) }];
}

/** A sum in the currency of the prices; undefined for one that has no exchange. */
export function inPrices({ prices }: Estate, text: string): bigint | undefined {
  const sum = parseSum(text);
  if (sum === undefined || prices === undefined) return undefined;
  if (sum.currency === prices.currency) return sum.parts;
  const rate = lookup(prices.exchange, sum.currency)?.rate;
  return rate === undefined ? undefined : timesDecimal(sum.parts, rate);
}

/** Clouds on which nodes with an accelerator stand. */
export function cloudsWith(stock: Stock, accelerator: string): readonly Cloud[] {
  const pools = machinesIn(stock).filter(
    (each) => each.machine.accelerator === accelerator && nodesOn(each, stock.day) > 0,
  );
  return CLOUDS.filter((cloud) => pools.some((pool) => pool.cloud === cloud));
}

/** Accelerators that fewer clouds have than it takes. */
export function cloudFindings(stock: Stock): readonly Finding[] {
  return Object.entries(stock.estate.policy.minClouds ?? {}).flatMap(([accelerator, least]): Finding[] => {
    const clouds = cloudsWith(stock, accelerator);
    if (clouds.length >= least) return [];
    const message = `${accelerator} is on ${counted(clouds.length, 'cloud')}, where it has to be on ${least}`;
    const hint = clouds.length === 0 ? 'no pool has it' : `it is on ${joined(clouds, 'and')}`;
    return [{ path: ['policy', 'minClouds', accelerator], value: least, message, hint }];
  });
}

/** Every limit that is a sum, so that a loss or a day can break it. */
export const SUMS: Readonly<Record<string, (stock: Stock) => readonly Finding[]>> = {
  PolicyClouds: cloudFindings,
  PolicyPower: powerFindings,
  PolicyShare: shareFindings,
  PolicySpend: spendFindings,
};

function onDay({ day }: Stock): string {
  return day === undefined || day === BEGINNING ? '' : ` from ${day} on`;
}

/** The findings of the worst of some days, one for each place: the first day on which it is broken. */
export function onFirstDay(stocks: readonly Stock[], find: (stock: Stock) => readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of stocks.flatMap(find)) {
    const key = finding.path.join('.');
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()];
}
