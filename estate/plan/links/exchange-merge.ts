import { CLOUDS } from '../../catalog';
import { type Exchange, type ExchangeFragment, exchangeFrom } from '../../spec/exchange';
import { compareKeys } from '../../units';
import { type ExchangePlaces, unknownPlace } from './exchange-places';

/** One value of an exchange, with the keys that lead to it. */
export interface ExchangeEntry {
  readonly path: readonly string[];
  readonly value: string | readonly string[];
}

/** A value that was another one before. */
export interface ReplacedEntry {
  /** Its place in the exchange file. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** Stacks made from it, which have to be applied again. */
  readonly again: readonly string[];
}

/** Something that a stack says and that the plan has no place for. */
export interface IgnoredEntry {
  readonly path: string;
  readonly why: string;
}

/** An exchange after an import, and what that has changed. */
export interface ExchangeMerge {
  readonly exchange: Exchange;
  /** Places that had nothing before. */
  readonly added: readonly string[];
  readonly replaced: readonly ReplacedEntry[];
  /** Places that have what they had. */
  readonly unchanged: number;
  readonly ignored: readonly IgnoredEntry[];
  /** Places at which two of the fragments say something different, with what they say. */
  readonly contradictions: readonly { readonly path: string; readonly values: readonly [string, string] }[];
}

/**
 * Puts what stacks say into an exchange.
 *
 * The order of the fragments never matters: two that contradict each other are told, and none of them wins. Tunnels are
 * matched by the range inside of them, whatever order a cloud lists them in.
 */
export function mergeExchange(
  before: Exchange,
  fragments: readonly ExchangeFragment[],
  plan: ExchangePlaces,
): ExchangeMerge {
  const told = new Map<string, ExchangeEntry>();
  const ignored = new Map<string, IgnoredEntry>();
  const contradictions = new Map<string, readonly [string, string]>();
  for (const entry of fragments.flatMap(fragmentEntries)) {
    const path = entry.path.join('.');
    const why = unknownPlace(plan, entry.path);
    if (why !== undefined) {
      ignored.set(path, { path, why });
      continue;
    }
    const other = told.get(path);
    if (other !== undefined && said(other) !== said(entry)) {
      const [one = '', two = ''] = [said(other), said(entry)].sort();
      contradictions.set(path, [one, two]);
    }
    told.set(path, entry);
  }
  const known = new Map(exchangeEntries(before).map((entry) => [entry.path.join('.'), entry]));
  const added: string[] = [];
  let unchanged = 0;
  const replaced: ReplacedEntry[] = [];
  for (const [path, entry] of told) {
    const old = known.get(path);
    known.set(path, entry);
    if (old === undefined) added.push(path);
    else if (said(old) !== said(entry)) {
      replaced.push({ path, from: said(old), to: said(entry), again: readersOf(entry.path, plan) });
    } else unchanged += 1;
  }
  const byPath = <T extends { readonly path: string }>(rows: Iterable<T>) =>
    [...rows].sort((one, other) => compareKeys(one.path, other.path));
  return {
    exchange: exchangeOf(before, [...known.values()]),
    added: added.sort(compareKeys),
    unchanged,
    replaced: byPath(replaced),
    ignored: byPath(ignored.values()),
    contradictions: byPath([...contradictions].map(([path, values]) => ({ path, values }))),
  };
}

function said({ value }: ExchangeEntry): string {
  return typeof value === 'string' ? value : value.join(', ');
}

/** Every value of an exchange with its place. */
export function exchangeEntries({
  version: _version,
  estate: _estate,
  ...sections
}: Exchange): readonly ExchangeEntry[] {
  return Object.entries(sections).flatMap(([section, entries]) => entriesOf(entries, [section]));
}

function entriesOf(value: unknown, path: readonly string[]): readonly ExchangeEntry[] {
  if (typeof value === 'string') return [{ path, value }];
  if (Array.isArray(value)) return [{ path, value: value.map(String) }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => entriesOf(member, [...path, key]));
}

/** What a stack says as entries of the exchange. */
export function fragmentEntries({ estate: _estate, tunnels, ...sections }: ExchangeFragment): readonly ExchangeEntry[] {
  return [
    ...Object.entries(sections).flatMap(([section, entries]) => entriesOf(entries, [section])),
    ...Object.entries(tunnels).flatMap(([link, sites]) =>
      Object.entries(sites).flatMap(([site, list]) =>
        list.map(({ inside, address }): ExchangeEntry => ({ path: ['tunnels', link, site, inside], value: address })),
      ),
    ),
  ];
}

/** Stacks that are applied again once something is told at a place: halves that it completes, and copies that waited for it. */
export function completedBy(place: string, before: ExchangePlaces, after: ExchangePlaces): readonly string[] {
  const halves = before.links.flatMap(({ sides }) =>
    sides.flatMap(({ stack, completes }) =>
      stack !== undefined && completes.some(({ path }) => path === place) ? [stack] : [],
    ),
  );
  return [...halves, ...copiesOpened(place, before, after), ...grantReaders(place, after)];
}

/** Stacks of stores that replications are parts of which waited for a place, and wait no more. */
function copiesOpened(place: string, before: ExchangePlaces, after: ExchangePlaces): readonly string[] {
  const waited = before.replications.filter(({ pending }) =>
    pending.some(({ path }) => `${place}.`.startsWith(`${path}.`)),
  );
  const keys = new Set(waited.map(({ key }) => key));
  return CLOUDS.flatMap((cloud) => after.sites(cloud)).flatMap(({ replications = [], storageStacks }) =>
    replications.flatMap(({ key, stack }) => (keys.has(key) ? (storageStacks[stack - 1]?.stack ?? []) : [])),
  );
}

/** Stacks that let somebody in by what is told at a place, unless more is missing; what trusts an issuer wants that alone. */
export function grantReaders(place: string, { grants }: Pick<ExchangePlaces, 'grants'>): readonly string[] {
  const edges = grants.flatMap((grant) => grant.edges.filter(({ reads }) => reads.includes(place)));
  return edges.flatMap(({ targets, targetStack, pending }) =>
    targets.filter((stack) => pending.length === 0 || stack !== targetStack),
  );
}

/** Stacks that are made from a value. */
function readersOf(path: readonly string[], plan: ExchangePlaces): readonly string[] {
  const [section, key, site] = path;
  const stacks = plan.links.flatMap(({ key: link, sides }) =>
    sides.flatMap(({ stack }, at) => {
      const far = sides[at === 0 ? 1 : 0];
      if (stack === undefined || far.peer === 'on-premises') return [];
      const isRead = section === 'gateways' ? far.site === key : link === key && far.site === site;
      return isRead ? [stack] : [];
    }),
  );
  return [...new Set([...stacks, ...grantReaders(path.join('.'), plan)])].sort(compareKeys);
}

/** The exchange that has some entries and nothing else. */
export function exchangeOf(
  { version, estate }: Pick<Exchange, 'version' | 'estate'>,
  entries: readonly ExchangeEntry[],
): Exchange {
  const made: Record<string, unknown> = {};
  for (const { path, value } of entries) {
    let map: Record<string, unknown> = made;
    for (const step of path.slice(0, -1)) {
      const next = map[step];
      const below: Record<string, unknown> = typeof next === 'object' && next !== null ? { ...next } : {};
      map[step] = below;
      map = below;
    }
    map[path.at(-1) ?? ''] = value;
  }
  return exchangeFrom({ version, estate, ...made });
}
