import type { Day } from '../days';
import { compareKeys } from '../units';
import { acceleratorsOn, type Holding, holdingsOf, type MachineHolding, megawattsOn } from './holdings';
import { MEASURES, type Measure, type Part, percentOf, type Stock, SUMS, stockOf, sumOf } from './limits';
import { KEPT, type Keep, type Losable, type LostThing, parseKeep, parseLose, thingsOf } from './policy';
import type { Finding } from './rules/rule';
import type { Estate } from './schema';
import { covers } from './waivers';
import { formatPath } from './words';

/** What is there of machines and power. */
export interface Amounts {
  /** Accelerators in service by their kind. */
  readonly accelerators: Readonly<Record<string, number>>;
  /** Of the facilities, to the watt; machines without a figure are left out. */
  readonly megawatts: number;
}

/** What the loss of some things takes away, and what is left. */
export interface Loss {
  /** The things, as `--lose` names them. */
  readonly lose: readonly string[];
  readonly lost: Amounts & {
    /** Keys of stores that go; nothing says yet where a second copy of one would be. */
    readonly stores: readonly string[];
    /** Paths of pools that go. */
    readonly pools: readonly string[];
  };
  readonly left: Amounts;
  /** Limits of policy that are broken then. */
  readonly broken: readonly { readonly code: string; readonly path: string; readonly message: string }[];
}

/** Whether a thing is lost with another one. */
export function isLost(holding: Holding, { kind, key }: LostThing, estate: Estate): boolean {
  switch (kind) {
    case 'cloud':
    case 'account':
    case 'region':
    case 'site':
      return holding[kind] === key;
    case 'cluster':
      return holding.kind === 'machines' && holding.cluster === key;
    case 'machine':
      return holding.kind === 'machines' && (holding.machine.type === key || holding.machine.accelerator === key);
    case 'commitment': {
      const commitment = estate.commitments[key];
      return (
        holding.cloud === commitment?.cloud &&
        (commitment.accounts === undefined || commitment.accounts.includes(holding.account))
      );
    }
  }
}

/** What goes with some things, what is left, and which limits are broken then. */
export function lossOf(estate: Estate, things: readonly LostThing[], day?: Day): Loss {
  const all = stockOf(estate, day);
  const isGone = (holding: Holding) => things.some((thing) => isLost(holding, thing, estate));
  const gone = all.holdings.filter(isGone);
  const rest: Stock = { ...all, holdings: all.holdings.filter((holding) => !isGone(holding)) };
  const broken = [
    ...Object.entries(SUMS).flatMap(([code, find]) => find(rest).map((finding) => ({ code, finding }))),
    ...survivalFindings(all, things).map((finding) => ({ code: 'PolicySurvival', finding })),
  ];
  return {
    lose: things.map(({ kind, key }) => `${kind}:${key}`),
    lost: {
      ...amountsOf(gone, day),
      stores: gone.flatMap((holding) => (holding.kind === 'stores' ? [holding.store] : [])).sort(compareKeys),
      pools: gone.flatMap(({ kind, path }) => (kind === 'machines' ? [path] : [])).sort(compareKeys),
    },
    left: amountsOf(rest.holdings, day),
    broken: broken
      .map(({ code, finding: { path, message } }) => ({ code, path: formatPath(path), message }))
      .filter(({ code, path }) => !(estate.policy.waivers ?? []).some((waiver) => covers(waiver, code, path))),
  };
}

function amountsOf(holdings: readonly Holding[], day?: Day): Amounts {
  const machines = holdings.filter((each): each is MachineHolding => each.kind === 'machines');
  const accelerators: Record<string, number> = {};
  for (const pool of machines) {
    const { accelerator } = pool.machine;
    const count = acceleratorsOn(pool, day);
    if (accelerator !== undefined && count > 0) accelerators[accelerator] = (accelerators[accelerator] ?? 0) + count;
  }
  const watts = machines.reduce((sum, pool) => sum + Math.round(megawattsOn(pool, day) * 1e6), 0);
  return { accelerators, megawatts: watts / 1e6 };
}

/** What a promise of survival counts. */
function measureOf({ of }: Keep): Measure {
  const known = KEPT.find((name) => name === of);
  if (known !== undefined) return MEASURES[known];
  const { parts, print } = MEASURES.accelerators;
  const isKind = ({ holding }: Part) => holding.kind === 'machines' && holding.machine.accelerator === of;
  return { noun: of, parts: (stock) => parts(stock).filter(isKind), print };
}

/** Promises of survival that a loss breaks: those of the things themselves, and those of any of their kind. */
function survivalFindings(stock: Stock, things: readonly LostThing[]): readonly Finding[] {
  const { estate } = stock;
  return (estate.policy.survive ?? []).flatMap(({ lose, keep }, index): Finding[] => {
    const promised = parseLose(lose, estate);
    if (typeof promised === 'string') return [];
    const isMeant =
      'anyOf' in promised
        ? things.length <= promised.count && things.every(({ kind }) => kind === promised.anyOf)
        : things.length === 1 && things.every(({ kind, key }) => kind === promised.kind && key === promised.key);
    return isMeant ? keepFinding(stock, things, keep, ['policy', 'survive', index, 'keep']) : [];
  });
}

/** Whether what is left of something is less than what was promised. */
function keepFinding(stock: Stock, things: readonly LostThing[], text: string, path: Finding['path']): Finding[] {
  const keep = parseKeep(text, stock.estate);
  if (keep === undefined) return [];
  const { noun, parts, print } = measureOf(keep);
  const all = parts(stock);
  const whole = sumOf(all);
  const left = sumOf(all.filter(({ holding }) => !things.some((thing) => isLost(holding, thing, stock.estate))));
  if (left * 1_000_000n >= BigInt(keep.share) * whole) return [];
  const names = things.map(({ kind, key }) => `${kind}:${key}`).join(' and ');
  const shown = (size: bigint) => print(size, stock.estate);
  const message = `without ${names} ${percentOf(left, whole)} of ${noun} are left, ${shown(left)} of ${shown(whole)}`;
  return [{ path, value: text, message, hint: `estate simulate --lose ${names.replace(' and ', ' --lose ')}` }];
}

/** What is left of something in the worst case of a loss. */
export interface WorstCase {
  /** What it is left of, such as `accelerators`. */
  readonly noun: string;
  readonly percent: string;
  /** The things that are lost then. */
  readonly things: readonly LostThing[];
}

/** What is left of something in the worst case of a loss; undefined where nothing goes by the names, or there is none. */
export function leftOf(stock: Stock, lose: string, keep: string): WorstCase | undefined {
  const { estate } = stock;
  const [promised, kept] = [parseLose(lose, estate), parseKeep(keep, estate)];
  if (typeof promised === 'string' || kept === undefined) return undefined;
  const measure = measureOf(kept);
  const things = 'anyOf' in promised ? worstOf(stock, promised.anyOf, promised.count, measure) : [promised];
  const all = measure.parts(stock);
  const whole = sumOf(all);
  if (whole === 0n) return undefined;
  const left = sumOf(all.filter(({ holding }) => !things.some((thing) => isLost(holding, thing, estate))));
  return { noun: measure.noun, percent: percentOf(left, whole), things };
}

/** Promises of survival that an estate breaks, each with the worst of what can be lost. */
export function brokenPromises(stock: Stock): readonly Finding[] {
  const { estate } = stock;
  return (estate.policy.survive ?? []).flatMap(({ lose, keep }, index): readonly Finding[] => {
    const promised = parseLose(lose, estate);
    const kept = parseKeep(keep, estate);
    if (typeof promised === 'string' || kept === undefined) return [];
    const things = 'anyOf' in promised ? worstOf(stock, promised.anyOf, promised.count, measureOf(kept)) : [promised];
    return keepFinding(stock, things, keep, ['policy', 'survive', index, 'keep']);
  });
}

/**
 * The things of a kind whose loss together takes most of something.
 *
 * Everything lies in one cloud, account, region, site and cluster, so that nothing is lost twice: those that take most
 * together are those that take most alone, of any number, and no combination has to be tried.
 */
export function worstOf(stock: Stock, kind: Losable, count: number, measure: Measure): readonly LostThing[] {
  const parts = measure.parts(stock);
  return thingsOf(kind, stock.estate)
    .map((key) => ({ kind, key }))
    .map((thing) => ({ thing, size: sumOf(parts.filter(({ holding }) => isLost(holding, thing, stock.estate))) }))
    .sort((one, other) => (one.size === other.size ? 0 : one.size < other.size ? 1 : -1))
    .slice(0, count)
    .map(({ thing }) => thing);
}

/** Everything of an estate. */
export function everythingOf(estate: Estate): readonly LostThing[] {
  return [...new Set(holdingsOf(estate).map(({ site }) => site))].map((key) => ({ kind: 'site', key }));
}
