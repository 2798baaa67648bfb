import { type LinkedPair, type LinkPart, linkedPairs, lossOfPair, partId, singlePointsOf } from '../plan/links/loss';
import type { LinkKind, LinkPlan, PendingFact } from '../plan/links/types';
import type { Plan } from '../plan/types';
import { counted } from '../spec/words';
import { compareKeys, groupBy } from '../units';
import { wrap } from './excerpt';
import { type DeviceSheet, deviceSheetOf, formatDevices } from './link-devices';
import { formatTable, REPORT_WIDTH } from './table';

/** One tunnel in the view of links, with both its ends in the order of the sites of its link. */
export interface TunnelRow {
  readonly tunnel: string;
  readonly insideCidr: string;
  /** Address of each end inside of the tunnel. */
  readonly inside: readonly string[];
  /** Public address of each end; null until it is known. */
  readonly outside: readonly (string | null)[];
}

/** What half of a link waits for. */
export interface PendingRow extends PendingFact {
  /** Stack of the half. */
  readonly stack: string;
}

/** One link in the view of links. */
export interface LinkRow {
  readonly link: string;
  readonly kind: LinkKind;
  /** Both ends: sites, or one and the place of the company, which comes last. */
  readonly sites: readonly string[];
  readonly gbps: number;
  /** Paths that have to be left one short. */
  readonly availability: 1 | 2;
  /** Site that it leads through, making nothing of its own. */
  readonly via?: string;
  /** Numbers of the autonomous systems of its ends, where both have one. */
  readonly asns: readonly number[];
  readonly tunnels: readonly TunnelRow[];
  readonly circuits: readonly string[];
  /** What is missing that is known only after an apply: `incomplete` where its halves can be made, and carry nothing yet. */
  readonly state: 'ready' | 'incomplete' | 'pending';
  readonly pending: readonly PendingRow[];
  /** What halves that are made are applied again for, and carry nothing without. */
  readonly completes: readonly PendingRow[];
  /** Parts whose loss alone cuts its ends from each other. */
  readonly singlePoints: readonly string[];
  /** What the company has to set up. @default none: both ends are sites */
  readonly devices?: DeviceSheet;
}

/** Two ends that links join, with what a loss leaves. */
export interface PairRow {
  readonly ends: readonly string[];
  readonly links: readonly string[];
  readonly paths: readonly string[];
  readonly left: readonly string[];
  readonly lost: readonly string[];
  /** Whether an end itself is lost, so that nothing is left to be reached. */
  readonly endLost: boolean;
  readonly singlePoints: readonly string[];
}

/** What `estate show links` tells. */
export interface LinksReport {
  readonly rows: readonly LinkRow[];
  readonly pairs: readonly PairRow[];
  /** Parts that are lost; none where nothing is asked. */
  readonly lose: readonly string[];
}

/** The links of a plan, sorted by key, and the pairs that they join, with what is left of them without some parts. */
export function linksReport({ links }: Pick<Plan, 'links'>, lose: readonly LinkPart[] = []): LinksReport {
  const pairs = linkedPairs(links);
  const namesOf = new Map(pairs.map((pair) => [pair, singlePointsOf(pair).map(({ name }) => name)]));
  const points = new Map(pairs.flatMap((pair) => pair.links.map((key) => [key, namesOf.get(pair) ?? []] as const)));
  return {
    rows: links.map((link) => linkRow(link, links, points.get(link.key) ?? [])),
    pairs: pairs.map((pair) => pairRow(pair, lose, namesOf.get(pair) ?? [])),
    lose: lose.map(({ name }) => name),
  };
}

function linkRow(link: LinkPlan, links: readonly LinkPlan[], singlePoints: readonly string[]): LinkRow {
  const { key, kind, gbps, availability, via, sides, tunnels, circuits } = link;
  const pending = missingOf(link, links, 'pending');
  const completes = missingOf(link, links, 'completes');
  const asns = kind === 'vpn' && via === undefined ? sides.flatMap(({ asn }) => asn ?? []) : [];
  const devices = deviceSheetOf(link, links);
  return {
    link: key,
    kind,
    sites: sides.map(({ site }) => site),
    gbps,
    availability,
    ...(via !== undefined && { via }),
    asns,
    tunnels: tunnels.map(({ key: tunnel, insideCidr, ends }) => ({
      tunnel,
      insideCidr,
      inside: ends.map(({ inside }) => inside),
      outside: ends.map(({ outside }) => outside ?? null),
    })),
    circuits: circuits.map((circuit) => circuit.key),
    state: pending.length > 0 ? 'pending' : completes.length > 0 ? 'incomplete' : 'ready',
    pending,
    completes,
    singlePoints,
    ...(devices && { devices }),
  };
}

/** What is missing of the halves of a link; of one that leads through a site those of the links with it. */
function missingOf(
  { via, sides }: LinkPlan,
  links: readonly LinkPlan[],
  kind: 'pending' | 'completes',
): readonly PendingRow[] {
  if (via === undefined) {
    return sides.flatMap(({ stack, [kind]: facts }) =>
      stack === undefined ? [] : facts.map((fact) => ({ stack, ...fact })),
    );
  }
  const legs = sides.flatMap(({ site }) =>
    links.filter((leg) => leg.via === undefined && joins(leg, site) && joins(leg, via)),
  );
  return legs.flatMap((leg) => missingOf(leg, links, kind));
}

function joins({ sides }: LinkPlan, site: string): boolean {
  return sides.some((side) => side.site === site);
}

function pairRow(pair: LinkedPair, lose: readonly LinkPart[], singlePoints: readonly string[]): PairRow {
  const lost = new Set(lose.map(partId));
  const isLost = pair.ends.some(({ peer, site }) =>
    [`cloud:${peer}`, `${peer === 'on-premises' ? 'place' : 'site'}:${site}`].some((id) => lost.has(id)),
  );
  return {
    ends: pair.ends.map(({ site }) => site),
    links: pair.links,
    paths: pair.paths.map(({ name }) => name),
    ...lossOfPair(pair, lose),
    endLost: isLost,
    singlePoints,
  };
}

/** The view of links as text: a table of them, then what each is made of and waits for; or what a loss leaves. */
export function formatLinks(report: LinksReport): string {
  if (report.rows.length === 0) return 'the estate has no links';
  if (report.lose.length > 0) return formatLost(report);
  const table = formatTable(report.rows, [
    { title: 'link', value: ({ link }) => link },
    { title: 'kind', value: ({ kind }) => kind },
    { title: 'between', value: ({ sites }) => sites.join(' - ') },
    { title: 'Gbit/s', value: ({ gbps }) => gbps },
    { title: 'made of', value: madeOf },
    { title: 'ASNs', value: ({ asns }) => asns.join(' - ') },
    { title: 'state', value: stateOf },
    { title: 'single points of failure', value: ({ singlePoints }) => singlePoints.join(', ') || 'none' },
  ]);
  return [table, ...report.rows.flatMap(formatLink)].join('\n\n');
}

function stateOf({ state, pending, completes }: LinkRow): string {
  if (state === 'pending') return `${counted(pending.length, 'fact')} pending`;
  return state === 'incomplete' ? `${counted(completes.length, 'fact')} to come` : state;
}

function madeOf({ via, tunnels, circuits }: LinkRow): string {
  if (via !== undefined) return `via ${via}`;
  if (tunnels.length > 0) return counted(tunnels.length, 'tunnel');
  return circuits.length > 0 ? counted(circuits.length, 'circuit') : '';
}

/** What a link waits for and what it is made of, under its name; nothing where there is neither. */
function formatLink(row: LinkRow): readonly string[] {
  const { link, sites, tunnels, pending, completes, devices, singlePoints, via } = row;
  const waits = via === undefined ? [...waitsOf(pending), ...comesOf(completes)] : [];
  const points = singlePoints.length > 0 ? [`single points of failure: ${singlePoints.join(', ')}`] : [];
  const notes = [...waits, ...points].flatMap((note) => indented(note));
  const table = formatTable(tunnels, [
    { title: '  tunnel', value: ({ tunnel }) => `  ${tunnel}` },
    { title: 'inside range', value: ({ insideCidr }) => insideCidr },
    ...([0, 1] as const).map((at) => ({
      title: `inside ${sites[at]}`,
      value: ({ inside }: TunnelRow) => inside[at] ?? '',
    })),
    ...([0, 1] as const).map((at) => ({
      title: `public ${sites[at]}`,
      value: ({ outside }: TunnelRow) => outside[at] ?? 'pending',
    })),
  ]);
  const made = devices ? formatDevices(devices) : tunnels.length > 0 ? [table] : [];
  const parts = [...notes, ...made];
  return parts.length === 0 ? [] : [[`${link}: ${sites.join(' - ')}`, ...parts].join('\n')];
}

/** What halves wait for, facts of one stack in one sentence. */
function waitsOf(pending: readonly PendingRow[]): readonly string[] {
  return [...groupBy(pending, ({ stack, from }) => `${stack} ${from}`).values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return [`pending: ${first.stack} waits for ${first.path}${others}, which ${first.from} tells once it is applied`];
  });
}

/** What halves are completed by. */
function comesOf(completes: readonly PendingRow[]): readonly string[] {
  return completes.map(
    ({ stack, path, from }) =>
      `to come: nothing goes through ${stack} until it is applied again with ${path}, which ${from} tells`,
  );
}

/** A note below a name, broken between words. */
function indented(note: string): readonly string[] {
  return wrap(note, REPORT_WIDTH - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
}

function formatLost({ pairs, lose }: LinksReport): string {
  const table = formatTable(pairs, [
    { title: `without ${lose.join(' and ')}`, value: ({ ends }) => ends.join(' - ') },
    { title: 'paths', value: ({ paths }) => paths.length },
    { title: 'left', value: ({ left }) => left.length },
    { title: 'what that means', value: meaningOf },
    { title: 'through', value: ({ left }) => left.join(', ') },
  ]);
  const cut = pairs.filter((pair) => isCut(pair) && !pair.endLost).map(({ ends }) => ends.join(' - '));
  const sum = cut.length === 0 ? 'no pair is cut whose ends are left' : `cut: ${cut.sort(compareKeys).join(', ')}`;
  return `${table}\n\n${wrap(sum, REPORT_WIDTH).join('\n')}`;
}

function isCut({ left, lost }: PairRow): boolean {
  return left.length === 0 && lost.length > 0;
}

function meaningOf(pair: PairRow): string {
  if (pair.endLost) return 'an end is lost';
  if (isCut(pair)) return 'cut';
  if (pair.paths.length === 0) return 'has no path';
  return pair.lost.length === 0 ? 'nothing is lost' : `${counted(pair.lost.length, 'path')} lost`;
}

/** Rows of CSV: what each link is in one line, or what is left of each pair where something is lost. */
export function linksCsv({ rows, pairs, lose }: LinksReport): readonly object[] {
  if (lose.length > 0) return pairs;
  return rows.map(({ tunnels, circuits, pending, completes, devices: _, ...row }) => ({
    ...row,
    tunnels: tunnels.map(({ insideCidr }) => insideCidr),
    circuits,
    pending: pending.map(({ path }) => path),
    completes: completes.map(({ path }) => path),
  }));
}
