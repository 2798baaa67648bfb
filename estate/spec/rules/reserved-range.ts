import { CATALOG, CLOUDS, type Cloud } from '../../catalog';
import { azureReservedClusterRanges, azureReservedNetworkRanges } from '../../catalog/azure';
import { NETWORK_RANGES, type RangeRow, SPECIAL_RANGES } from '../../catalog/ranges';
import { type Cidr, cidr, cidrContains, cidrsOverlap, formatCidr, parseCidr } from '../../cidr';
import { excludedBlocks } from '../excluded';
import type { Path } from '../positions';
import { type SharedRanges, sharedRanges } from '../shared-ranges';
import type { Finding, Rule } from './rule';
import { sitesOf } from './walk';

/** What each cloud keeps for its own use inside a network. */
const reservedIn = ({ fabrics }: SharedRanges): Readonly<Record<Cloud, readonly RangeRow[]>> => ({
  aws: [
    {
      cidr: '172.17.0.0/16',
      source: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html',
      checked: '2026-11',
    },
  ],
  azure: [...azureReservedNetworkRanges, ...azureReservedClusterRanges],
  google: [{ ...NETWORK_RANGES.fabrics.google, cidr: fabrics.google }],
  oracle: [{ ...NETWORK_RANGES.fabrics.oracle, cidr: fabrics.oracle }],
});

/** Networks keep clear of the ranges that their cloud, its fabric or its Kubernetes uses itself. */
export const reservedRange: Rule = {
  code: 'ReservedRange',
  severity: 'error',
  summary: 'networks keep clear of the ranges that their cloud, its fabric or its Kubernetes uses itself',
  why: 'traffic to such an address never leaves the node, or the provider refuses the network',
  source: SPECIAL_RANGES[0]?.source,
  check(estate, report) {
    const excluded = excludedBlocks(estate.addressing).map(({ block }) => block);
    const reserved = reservedIn(sharedRanges(estate));
    for (const cloud of CLOUDS) {
      const written = estate.addressing.supernets[cloud];
      const path = ['addressing', 'supernets', cloud];
      const finding =
        written === undefined
          ? undefined
          : clash(cloud, written, path, [...SPECIAL_RANGES, ...reserved[cloud]], excluded);
      if (finding !== undefined) report(finding);
    }
    for (const { path, site, cloud } of sitesOf(estate)) {
      const finding =
        site.cidr === undefined
          ? undefined
          : clash(cloud, site.cidr, [...path, 'cidr'], [...SPECIAL_RANGES, ...reserved[cloud]], []);
      if (finding !== undefined) report(finding);
      for (const [index, text] of (site.network.existing?.cidrs ?? []).entries()) {
        const place = [...path, 'network', 'existing', 'cidrs', index];
        const found = clash(cloud, text, place, [...SPECIAL_RANGES, ...reserved[cloud]], []);
        if (found !== undefined) report(found);
      }
    }
  },
};

/** What is wrong with a block; what `addressing.exclude` takes out of it does not count. */
function clash(
  cloud: Cloud,
  written: string,
  path: Path,
  rows: readonly RangeRow[],
  excluded: readonly Cidr[],
): Finding | undefined {
  const block = parseCidr(written);
  if (block === undefined) return undefined;
  const [taken] = rows
    .map((row) => ({ row, range: cidr(row.cidr) }))
    .filter(({ range }) => cidrsOverlap(range, block))
    .map(({ row, range }) => ({ row, shared: cidrContains(block, range) ? range : block }))
    .filter(({ shared }) => !excluded.some((one) => cidrContains(one, shared)));
  if (taken === undefined) return undefined;
  const { row, shared } = taken;
  const owner = SPECIAL_RANGES.includes(row) ? 'which no network can use' : `which ${CATALOG[cloud].title} uses itself`;
  const isPart = shared.prefix > block.prefix && path[0] === 'addressing';
  return {
    path,
    value: written,
    message: `${written} overlaps ${row.cidr}, ${owner}`,
    hint: `${isPart ? `add ${formatCidr(shared)} to addressing.exclude, or ` : ''}choose another block (${row.source})`,
  };
}
