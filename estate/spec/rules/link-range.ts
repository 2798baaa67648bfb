import { CATALOG, NETWORK_RANGES } from '../../catalog';
import { INSIDE_RANGES, PEERINGS } from '../../catalog/links';
import { isPrivateRange, SPECIAL_RANGES } from '../../catalog/ranges';
import { type Cidr, cidr, cidrContains, cidrsOverlap, formatCidr, parseCidr } from '../../cidr';
import { canonicalHint } from '../canonical';
import { existingBlocks } from '../excluded';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { quote } from '../words';
import { interconnectRow, type LinkEntry, linksOf, pairOf } from './link-walk';
import type { Finding, Rule } from './rule';
import { clustersOf, sitesOf } from './walk';

/** Blocks at both ends of a link are told apart. */
export const linkRange: Rule = {
  code: 'LinkRange',
  severity: 'error',
  summary: 'blocks at both ends of a link are told apart',
  why: 'an address that is at two places is reached at one of them, or at none',
  check(estate, report) {
    const links = linksOf(estate);
    const isNumbered = links.some(
      ({ ends, kind, link }) => kind === 'interconnect' && link.via === undefined && interconnectRow(ends)?.numbered,
    );
    const taken = [
      ...existingBlocks(estate),
      ...(isNumbered ? INSIDE_RANGES.circuits.blocks : []).map((block) => {
        return { block: cidr(block), why: 'which circuits are numbered from' };
      }),
    ];
    const supernets = supernetsOf(estate);
    const seen: { readonly block: Cidr; readonly name: string }[] = [];
    for (const [key, { to }] of Object.entries(estate.links)) {
      const { name = '', prefixes = [] } = to?.onPremises ?? {};
      for (const [index, text] of prefixes.entries()) {
        const path = ['links', key, 'to', 'onPremises', 'prefixes', index];
        const finding = prefixProblem(path, text, name, { taken, supernets, seen });
        if (finding !== undefined) report(finding);
        const block = parseCidr(text);
        if (block !== undefined) seen.push({ block, name });
      }
    }
    for (const entry of links) {
      const finding = samePods(entry, estate);
      if (finding !== undefined) report(finding);
    }
  },
};

interface Known {
  readonly taken: readonly { readonly block: Cidr; readonly why: string }[];
  readonly supernets: readonly { readonly block: Cidr; readonly title: string }[];
  readonly seen: readonly { readonly block: Cidr; readonly name: string }[];
}

function prefixProblem(path: Path, text: string, name: string, { taken, supernets, seen }: Known): Finding | undefined {
  const wrong = (message: string, hint: string): Finding => ({ path, value: text, message, hint });
  const block = parseCidr(text);
  if (block === undefined) return wrong(`${quote(text)} is not a canonical IPv4 block`, canonicalHint(text));
  const special = SPECIAL_RANGES.find((row) => cidrsOverlap(cidr(row.cidr), block));
  const whole = supernets.find((each) => cidrContains(block, each.block));
  if (whole !== undefined) {
    const message = `${text} has all of ${formatCidr(whole.block)} in it, where networks on ${whole.title} lie`;
    return wrong(message, 'name the blocks that are really there, or set addressing.supernets');
  }
  if (special !== undefined && !isPrivateRange(block)) {
    return wrong(`${text} overlaps ${special.cidr}, which no network can use`, 'name the blocks that are really there');
  }
  const clash = taken.find((each) => cidrsOverlap(each.block, block));
  if (clash !== undefined)
    return wrong(`${text} overlaps ${formatCidr(clash.block)}, ${clash.why}`, 'name smaller blocks, without it');
  const other = seen.find((each) => each.name !== name && cidrsOverlap(each.block, block));
  if (other === undefined) return undefined;
  return wrong(
    `${text} overlaps ${formatCidr(other.block)} of ${quote(other.name)}`,
    'name what is at one of the two only',
  );
}

/** Blocks that networks of the clouds of an estate are cut from. */
function supernetsOf(estate: Estate): Known['supernets'] {
  const clouds = new Set(sitesOf(estate).map(({ cloud }) => cloud));
  return [...clouds].flatMap((cloud) => {
    const block = parseCidr(estate.addressing.supernets[cloud] ?? NETWORK_RANGES.supernets[cloud].cidr);
    return block === undefined ? [] : [{ block, title: CATALOG[cloud].title }];
  });
}

/** Sites reuse the range of pods, so that where a peering joins all ranges two with clusters cannot be peered. */
function samePods({ path, link, ends, kind }: LinkEntry, estate: Estate): Finding | undefined {
  const [one, other] = ends;
  if (kind !== 'peering' || one.peer !== other.peer || one.peer === 'on-premises') return undefined;
  const row = PEERINGS[one.peer];
  const made = (key: string) =>
    clustersOf(estate).some(
      ({ cluster, at }) => at.key === key && at.site.network.existing === undefined && cluster.existing === undefined,
    );
  if (row.distinctRanges !== true || link.via !== undefined || !made(one.key) || !made(other.key)) return undefined;
  const message = `pods of ${pairOf(ends)} share one range, and a ${row.title} joins all ranges`;
  const hint = `write kind: vpn, which joins only what the plan makes routable (${row.source})`;
  const place = link.kind === undefined ? { path, on: 'key' as const } : { path: [...path, 'kind'] };
  return { ...place, message, hint };
}
