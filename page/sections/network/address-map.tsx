import { CLOUDS, type Cloud } from '../../../estate/catalog';
import { cidrContains, cidrSize, parseCidr } from '../../../estate/cidr';
import { isNetworkKey } from '../../../estate/plan/blocks';
import type { SitePlan } from '../../../estate/plan/types';
import { type AddressRow, addressRows, type SupernetRow, supernetRows } from '../../../estate/report/views';
import { formatCount, groupBy } from '../../../estate/units';
import type { EstatePage } from '../../model';
import { cloudTitle } from '../../parts/cloud-title';
import type { LegendEntry } from '../../parts/figure';
import { type StripPart, Tile, type TileProps } from '../../pictures/tiles';

/** Lines of a tile: more would make it longer than what lies beside it, and all are in the table. */
const MOST_LINES = 40;

/** Sites of each cloud with their blocks and ranges, behind what their networks are cut from. */
export function AddressMap({ page }: { readonly page: EstatePage }) {
  const rows = groupBy(addressRows(page.plan), siteOf);
  const supernets = supernetRows(page.plan.supernets);
  return (
    <>
      {CLOUDS.filter((cloud) => page.plan.sites(cloud).length > 0).map((cloud) => (
        <div class="tiles">
          {supernets
            .filter((row) => row.cloud === cloud)
            .map((row) => (
              <Tile {...supernetTile(row)} />
            ))}
          {page.plan.sites(cloud).map((site: SitePlan) => (
            <Tile {...siteTile(site, rows.get(site.key) ?? [], page)} />
          ))}
        </div>
      ))}
    </>
  );
}

/** What the colours of the map mean. */
export function addressLegend({ plan }: EstatePage): readonly LegendEntry[] {
  const [released, excluded] = [
    plan.supernets.some((row) => row.released > 0),
    plan.supernets.some((row) => row.excluded > 0),
  ];
  return [
    ...plan.clouds.map((cloud): LegendEntry => ({ tone: cloud, text: `${cloudTitle(cloud)}: taken` })),
    ...(released ? [{ tone: 'warn', text: 'kept for what left the estate' } as const] : []),
    ...(excluded ? [{ tone: 'spare', text: 'excluded' } as const] : []),
    { tone: 'land', text: 'free' },
  ];
}

/** Key of the site that a range lies at. */
export function siteOf({ key }: AddressRow): string {
  return key.split('.')[1] ?? '';
}

function supernetTile({ supernet, cloud, usedPercent, ...row }: SupernetRow): TileProps {
  const taken = [
    { tone: cloud, count: row.allocated },
    { tone: 'warn', count: row.released },
    { tone: 'spare', count: row.excluded },
  ] as const;
  let end = 0;
  const parts = taken.map(({ tone, count }): StripPart => {
    const from = end;
    end += count / row.size;
    return { from, to: end, tone };
  });
  return {
    title: cloudTitle(cloud),
    note: 'supernet',
    tone: cloud,
    facets: { cloud },
    strips: [{ name: supernet, figure: usedText(usedPercent), parts: parts.filter(({ from, to }) => to > from) }],
    lines: [
      ['networks', `${formatCount(row.allocated)} addresses`],
      ...(row.released > 0 ? [['left the estate', formatCount(row.released)] as const] : []),
      ...(row.excluded > 0 ? [['excluded', formatCount(row.excluded)] as const] : []),
      ['free', formatCount(row.free)],
      ['free /16', formatCount(row.freeBlocks)],
    ],
  };
}

function siteTile({ key, cloud, region }: SitePlan, rows: readonly AddressRow[], page: EstatePage): TileProps {
  const blocks = rows.filter((row) => isNetworkKey(row.key));
  const ranges = rows.filter((row) => !isNetworkKey(row.key));
  const shown = ranges.length > MOST_LINES ? ranges.slice(0, MOST_LINES - 1) : ranges;
  const lines = shown.map((row) => [nameOf(row), row.cidr] as const);
  return {
    title: key,
    note: region,
    tone: cloud,
    facets: page.facets(`sites.${key}`),
    strips: blocks.map(({ cidr, usedPercent, existing }) => ({
      name: cidr,
      figure: existing === undefined ? usedText(usedPercent) : `exists as ${existing}`,
      ...(usedPercent !== undefined && { parts: partsOf(cidr, ranges, cloud) }),
    })),
    lines:
      shown.length < ranges.length
        ? [...lines, ['more, in the table', formatCount(ranges.length - shown.length)] as const]
        : lines,
  };
}

/** A range without what its tile says: `shards.ohio-2.nodes` is `ohio-2 nodes`. */
function nameOf({ key }: AddressRow): string {
  const [, , ...rest] = key.split('.');
  return (rest.length > 2 ? rest.slice(1) : rest).join(' ');
}

function usedText(percent = 0): string {
  return `${percent.toFixed(1)}% used`;
}

/** Where ranges lie in a block. */
function partsOf(block: string, ranges: readonly AddressRow[], tone: Cloud): readonly StripPart[] {
  const outer = parseCidr(block);
  if (outer === undefined) return [];
  const share = (address: number) => (address - outer.base) / cidrSize(outer);
  return ranges
    .flatMap(({ cidr }) => parseCidr(cidr) ?? [])
    .filter((range) => cidrContains(outer, range))
    .sort((one, other) => one.base - other.base)
    .map((range) => ({ from: share(range.base), to: share(range.base + cidrSize(range)), tone }));
}
