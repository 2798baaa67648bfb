import { type Cidr, cidrContains, cidrsOverlap, formatCidr, parseCidr } from '../../cidr';
import { canonicalHint } from '../canonical';
import type { Path } from '../positions';
import { quote } from '../words';
import type { Finding, Rule } from './rule';
import { type SiteEntry, sitesOf, storesOf } from './walk';

/** A block with the place where it is written. */
interface Range {
  readonly path: Path;
  readonly block: Cidr;
  /** What has it, as part of a sentence. */
  readonly owner: string;
}

/** A subnet of a network that exists. */
interface SubnetRange extends Range {
  /** Which network it is part of: sites may share one. */
  readonly network: string;
  /** The network and the id of the subnet: what is one subnet may have two roles. */
  readonly subnet: string;
  /** The blocks that it has to lie in. @default any: pods and services lie outside those of the network */
  readonly within?: readonly Cidr[];
}

/** Ranges of networks that exist are blocks that touch nothing else, and their subnets lie in them. */
export const existingRange: Rule = {
  code: 'ExistingRange',
  severity: 'error',
  summary: 'ranges of networks that exist are blocks that touch nothing else, and their subnets lie in them',
  why: 'two networks with one block cannot be joined, and addresses are counted by what is written',
  check(estate, report) {
    const networks: (Range & { readonly network: string })[] = [];
    const subnets: SubnetRange[] = [];
    for (const at of sitesOf(estate)) {
      const network = identity(at);
      const path = [...at.path, 'network', 'existing'];
      const blocks: Cidr[] = [];
      for (const [index, text] of (at.site.network.existing?.cidrs ?? []).entries()) {
        const place = [...path, 'cidrs', index];
        const block = read(text, place, report);
        if (block === undefined) continue;
        blocks.push(block);
        networks.push({ path: place, block, owner: `the network of ${quote(at.key)}`, network });
      }
      for (const [key, { id, cidr, role }] of Object.entries(at.site.network.existing?.subnets ?? {})) {
        const place = [...path, 'subnets', key, 'cidr'];
        const block = read(cidr, place, report);
        const row = at.catalog.subnets.find((one) => one.role === role);
        if (block === undefined) continue;
        const owner = `subnet ${quote(key)} of ${quote(at.key)}`;
        const within = row?.space === 'routable' ? { within: blocks } : {};
        subnets.push({ path: place, block, owner, network, subnet: `${network}/${id}`, ...within });
      }
    }
    for (const { path, store } of storesOf(estate)) {
      if (store.kind === 'lustre' && store.existing?.cidr !== undefined) {
        read(store.existing.cidr, [...path, 'existing', 'cidr'], report);
      }
    }
    const pinned = sitesOf(estate).flatMap((at): Range[] => {
      const block = at.site.network.existing === undefined ? parseCidr(at.site.cidr ?? '') : undefined;
      return block === undefined ? [] : [{ path: at.path, block, owner: `the pinned block of ${quote(at.key)}` }];
    });
    for (const [index, one] of networks.entries()) {
      const others = [...pinned, ...networks.slice(0, index).filter(({ network }) => network !== one.network)];
      const other = others.find(({ block }) => cidrsOverlap(block, one.block));
      if (other !== undefined) report(overlap(one, other, 'networks that share addresses cannot be joined'));
    }
    for (const [index, one] of subnets.entries()) {
      if (one.within !== undefined && !one.within.some((block) => cidrContains(block, one.block))) {
        const message = `${formatCidr(one.block)} lies outside the blocks of its network`;
        report({ path: one.path, message, hint: 'add its block to "cidrs", or correct it' });
        continue;
      }
      const other = subnets.slice(0, index).find(({ network, subnet, block }) => {
        return network === one.network && subnet !== one.subnet && cidrsOverlap(block, one.block);
      });
      if (other !== undefined) report(overlap(one, other, 'correct one of the two'));
    }
  },
};

/** Which network a site has: the same for sites that share one. */
function identity({ key, site, account }: SiteEntry): string {
  const { existing } = site.network;
  if (existing === undefined) return `site ${key}`;
  const { id, subscriptionId, resourceGroup, projectId } = existing;
  // Ids of AWS and Oracle Cloud are unique; names of the others are in what they lie in.
  if (account.cloud === 'azure') return [subscriptionId ?? account.subscriptionId, resourceGroup, id].join('/');
  return account.cloud === 'google' ? [projectId ?? account.projectId, id].join('/') : id;
}

function read(text: string, path: Path, report: (finding: Finding) => void): Cidr | undefined {
  const block = parseCidr(text);
  if (block === undefined) {
    report({ path, value: text, message: `${quote(text)} is not a canonical IPv4 block`, hint: canonicalHint(text) });
  }
  return block;
}

function overlap({ path, block }: Range, other: Range, hint: string): Finding {
  const message = `${formatCidr(block)} overlaps ${formatCidr(other.block)} of ${other.owner}`;
  return { path, value: formatCidr(block), message, hint };
}
