import { CLOUDS } from '../../estate/catalog';
import { isNetworkKey } from '../../estate/plan/blocks';
import type { LinkPlan, LinkSide } from '../../estate/plan/links/types';
import type { Plan, SitePlan } from '../../estate/plan/types';
import { type LinkRow, linksReport } from '../../estate/report/links';
import { type AddressRow, addressRows } from '../../estate/report/views';
import { counted } from '../../estate/spec/words';
import { groupBy } from '../../estate/units';
import type { EstatePage } from '../model';
import { sortedEdges } from './edges';
import { cloudGroups, orNote } from './groups';
import type { Graph, GraphEdge, GraphNode } from './types';

/** What stands in the columns, each left out where the estate has none of it. */
const COLUMNS = ['supernet', 'network', 'gateway', 'link', 'company'] as const;

type Column = (typeof COLUMNS)[number];

type ColumnNode = GraphNode & { readonly column: Column };

/**
 * The networks of an estate: what they are cut from, how full they are, and the links between them.
 *
 * @param facets who answers for an entry; where it lies is known anyway
 */
export function networkGraph(plan: Plan, facets: EstatePage['facets'] = () => ({})): Graph {
  const networks = networksOf(plan);
  const byKey = new Map(plan.links.map((link) => [link.key, link]));
  const links = linksReport(plan).rows.flatMap((row): ShownLink[] => {
    const link = byKey.get(row.link);
    return link === undefined ? [] : [{ row, link }];
  });
  const all = [
    ...supernetNodes(networks),
    ...networks.map(networkNode),
    ...networks.flatMap(gatewayNode),
    ...links.map(linkNode),
    ...companyNodes(plan.links),
  ];
  const columns = COLUMNS.filter((column) => all.some((node) => node.column === column));
  const nodes = all.map(({ column, ...node }): GraphNode => {
    return { ...(node.site !== undefined && facets(`sites.${node.site}`)), ...node, rank: columns.indexOf(column) };
  });
  const edges = [...networks.flatMap(networkEdges), ...links.flatMap((link) => linkEdges(link, networks))];
  const graph: Graph = {
    title: 'Networks and links',
    description: describe(networks, links),
    direction: 'right',
    columns,
    groups: cloudGroups(nodes),
    nodes,
    edges: sortedEdges(edges, nodes),
  };
  return orNote(graph, 'the estate has no sites');
}

/** The network of a site with its blocks. */
interface Network {
  readonly site: SitePlan;
  readonly rows: readonly AddressRow[];
}

function networksOf(plan: Plan): readonly Network[] {
  const rows = groupBy(
    addressRows(plan).filter(({ key }) => isNetworkKey(key)),
    ({ key }) => key.split('.')[1] ?? '',
  );
  return CLOUDS.flatMap((cloud): readonly SitePlan[] => plan.sites(cloud)).map((site) => {
    return { site, rows: rows.get(site.key) ?? [] };
  });
}

/** What networks are cut from; none where all of a cloud exist already. */
function supernetNodes(networks: readonly Network[]): readonly ColumnNode[] {
  const cut = networks.flatMap(({ site: { cloud }, rows }) => rows.map((row) => ({ cloud, ...row })));
  const found = new Map(cut.filter(({ supernet }) => supernet !== undefined).map((row) => [row.cloud, row]));
  return [...found.values()].map(({ cloud, supernet = '', supernetUsedPercent }) => ({
    id: `supernet/${cloud}`,
    title: supernet,
    lines: [usedText(supernetUsedPercent)],
    tone: cloud,
    group: `cloud/${cloud}`,
    column: 'supernet',
    cloud,
  }));
}

function networkNode({ site: { key, cloud, region }, rows }: Network): ColumnNode {
  return {
    id: `site/${key}`,
    title: key === region ? key : `${key} · ${region}`,
    lines: rows.map(({ cidr, usedPercent, existing }) =>
      existing === undefined ? `${cidr}, ${usedText(usedPercent)}` : `${cidr}, exists as ${existing}`,
    ),
    tone: cloud,
    group: `cloud/${cloud}`,
    column: 'network',
    cloud,
    site: key,
  };
}

function usedText(percent = 0): string {
  return `${percent.toFixed(1)}% used`;
}

function gatewayNode({ site: { key, cloud, gateway } }: Network): readonly ColumnNode[] {
  if (gateway === undefined) return [];
  return [
    {
      id: `gateway/${key}`,
      title: 'gateway',
      lines: [`AS ${gateway.asn}`, gateway.kinds.join(', ')],
      tone: cloud,
      group: `cloud/${cloud}`,
      column: 'gateway',
      cloud,
      site: key,
    },
  ];
}

interface ShownLink {
  readonly row: LinkRow;
  readonly link: LinkPlan;
}

/** What is said of a link that carries nothing yet. */
const STATES: Readonly<Record<LinkRow['state'], readonly string[]>> = {
  ready: [],
  incomplete: ['carries nothing yet'],
  pending: ['waits for outputs of stacks'],
};

function linkNode({ row: { link, kind, gbps, tunnels, circuits, via, state } }: ShownLink): ColumnNode {
  const parts = [
    ...(tunnels.length > 0 ? [counted(tunnels.length, 'tunnel')] : []),
    ...(circuits.length > 0 ? [counted(circuits.length, 'circuit')] : []),
    ...(via === undefined ? [] : [`via ${via}`]),
  ];
  return {
    id: `link/${link}`,
    title: link,
    lines: [[kind, ...parts].join(', '), `${gbps} Gbit/s`, ...STATES[state]],
    tone: state === 'ready' ? 'other' : 'warn',
    column: 'link',
    ...(state !== 'ready' && { line: 'dashed' }),
  };
}

/** Places of the company, each once. */
function companyNodes(links: readonly LinkPlan[]): readonly ColumnNode[] {
  const sides = links.flatMap((link) => link.sides).filter(isCompany);
  return [...new Map(sides.map((side) => [side.site, side])).values()].map(({ site, asn, prefixes }) => ({
    id: `place/${site}`,
    title: site,
    lines: [...(asn === undefined ? [] : [`AS ${asn}`]), ...prefixes],
    tone: 'other',
    column: 'company',
  }));
}

function isCompany({ peer }: LinkSide): boolean {
  return peer === 'on-premises';
}

/** From what a network is cut from to it, and from it to its gateway. */
function networkEdges({ site: { key, cloud, gateway }, rows }: Network): readonly GraphEdge[] {
  const to = `site/${key}`;
  return [
    ...(rows.some(({ supernet }) => supernet !== undefined) ? [{ from: `supernet/${cloud}`, to }] : []),
    ...(gateway === undefined ? [] : [{ from: to, to: `gateway/${key}`, heads: 'none' as const }]),
  ];
}

/** From both ends of a link to it, and from the site that it leads through. */
function linkEdges({ row, link }: ShownLink, networks: readonly Network[]): readonly GraphEdge[] {
  const line = row.state === 'ready' ? 'solid' : 'dashed';
  const id = `link/${row.link}`;
  const places = link.sides.filter(isCompany).map(({ site }): GraphEdge => {
    return { from: id, to: `place/${site}`, line, heads: 'none' };
  });
  const ends = networks.flatMap(({ site: { key, gateway } }): GraphEdge[] => {
    const isEnd = link.sides.some((side) => !isCompany(side) && side.site === key);
    if (!isEnd && link.via !== key) return [];
    // One that leads through a site is carried by what serves the links to that site.
    const isServed = gateway !== undefined && (link.via !== undefined || gateway.kinds.includes(link.kind));
    return [{ from: `${isServed ? 'gateway' : 'site'}/${key}`, to: id, line: isEnd ? line : 'dotted', heads: 'none' }];
  });
  return [...ends, ...places];
}

function describe(networks: readonly Network[], links: readonly ShownLink[]): string {
  const waiting = links.filter(({ row }) => row.state !== 'ready').length;
  const known = `${counted(networks.length, 'network')} with how much of each block subnets take`;
  return [
    links.length === 0 ? `${known}.` : `${known}, and ${counted(links.length, 'link')}.`,
    ...(waiting > 0 ? [`Dashed: ${counted(waiting, 'link')} that cannot carry anything yet.`] : []),
    ...(links.some(({ link }) => link.via !== undefined) ? ['Dotted: the site that a link leads through.'] : []),
  ].join(' ');
}
