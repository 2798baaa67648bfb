import { CATALOG, NETWORK_RANGES, type SubnetRow } from '../catalog';
import { type Cidr, cidr, cidrContains, cidrSize, formatCidr } from '../cidr';
import type { Diagnostic } from '../diagnostics';
import { type ExcludedBlock, excludedBlocks } from '../spec/excluded';
import type { Estate } from '../spec/schema';
import { type SharedRanges, sharedRanges } from '../spec/shared-ranges';
import { counted } from '../spec/words';
import { compareKeys, formatCount, groupBy } from '../units';
import type { AddressPlan, SiteAddresses } from './address-types';
import {
  claimedBlocks,
  clashWith,
  type Held,
  inUse,
  isBlockKey,
  networkKey,
  type SiteBlocks,
  Supernet,
  siteOfKey,
  soundBlocks,
} from './blocks';
import { broughtBlocks, planBrought } from './brought';
import { Buddy } from './buddy';
import type { Lock } from './lock';
import { leastAddresses, prefixOf, type RangeNeed } from './range-size';
import { type Request, requestsOf, type SiteDemand } from './requests';

/**
 * Gives every site its blocks and every subnet its range.
 *
 * What the lock holds is kept as long as it is still valid; the rest is allocated in the order of size and key, so the
 * result depends on the estate and the lock only, never on the order in which things are written.
 *
 * @param company blocks at the other ends of links; none by default
 */
export function planAddresses(
  demands: readonly SiteDemand[],
  addressing: Estate['addressing'],
  lock: Lock,
  company: readonly ExcludedBlock[] = [],
): AddressPlan {
  const sorted = [...demands].sort((one, other) => compareKeys(one.key, other.key));
  const held = soundBlocks({ ...lock.released, ...lock.addresses }, new Set(sorted.map(({ key }) => key)));
  const heldBySite = groupBy(Object.keys(held), siteOfKey);
  const shared = sharedRanges({ addressing });
  const made = sorted.filter(({ brought }) => brought === undefined);
  const excluded = [...excludedBlocks(addressing), ...company, ...broughtBlocks(sorted)];
  const allocated: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [...claimedBlocks(made, excluded, held)];
  const sites = new Map<string, SiteAddresses>();
  for (const demand of sorted) {
    if (demand.brought !== undefined) sites.set(demand.key, planBrought(demand, demand.brought, diagnostics));
  }
  for (const supernet of Supernet.open(made, addressing.supernets, excluded, held)) {
    const here = made.filter((demand) => demand.cloud === supernet.cloud);
    // First blocks go first: a site that grows never takes the place of a new one.
    const admitted = here.map((demand) => ({ demand, blocks: supernet.admit(demand, allocated) }));
    for (const { demand, blocks } of admitted) {
      if (blocks.first === undefined) diagnostics.push(supernetFull(demand, supernet));
      const heldKeys = heldBySite.get(demand.key) ?? [];
      const task = { demand, supernet, blocks, held, heldKeys, shared, excluded };
      sites.set(demand.key, planSite(task, allocated, diagnostics));
    }
  }
  const released = Object.fromEntries(Object.entries(held).filter(([key]) => allocated[key] === undefined));
  return { sites, addresses: allocated, released, diagnostics };
}

/** A site on the way to its addresses. */
interface SiteTask {
  readonly demand: SiteDemand;
  readonly supernet: Supernet;
  readonly blocks: SiteBlocks;
  readonly held: Held;
  /** Lock keys of the site. */
  readonly heldKeys: readonly string[];
  readonly shared: SharedRanges;
  /** What something else uses. */
  readonly excluded: readonly ExcludedBlock[];
}

/** Where the ranges of a site are cut from. */
type Spaces = { readonly [S in SubnetRow['space']]: Buddy[] };

function planSite(task: SiteTask, allocated: Record<string, string>, diagnostics: Diagnostic[]): SiteAddresses {
  const { demand, blocks, held, shared, excluded } = task;
  const spaces: Spaces = {
    routable: networkBlocks(task, allocated).map((block) => new Buddy(cidr(block))),
    pods: [without(shared.pods, excluded)],
    services: [without(shared.services, excluded)],
  };
  const requests = requestsOf(demand);
  reserveReleased(task, requests, spaces);
  const open = requests.filter((request) => {
    const { key, row } = request;
    const kept = held[key];
    if (kept === undefined) return true;
    const clash = row.space === 'routable' ? undefined : clashWith(cidr(kept), excluded);
    if (clash !== undefined) diagnostics.push(inUse(demand.path, key, kept, clash, key));
    else if (!reserveIn(spaces[row.space], cidr(kept))) return true;
    allocated[key] = kept;
    if (prefixOf(leastAddresses(row, request.need)) < cidr(kept).prefix) {
      diagnostics.push(rangeTooSmall(demand, request, kept));
    }
    return false;
  });
  open.sort((one, other) => one.prefix - other.prefix || compareKeys(one.key, other.key));
  const homeless: Request[] = [];
  for (const request of open) {
    const { key } = request;
    const { shortestPrefix = 0 } = request.row;
    if (prefixOf(leastAddresses(request.row, request.need)) < shortestPrefix) {
      diagnostics.push(rangeTooLarge(demand, request, 2 ** (32 - shortestPrefix)));
      continue;
    }
    const range = takeFrom(spaces[request.row.space], request.prefix) ?? grow(task, request, spaces, allocated);
    if (range === undefined) homeless.push(request);
    else allocated[key] = range;
  }
  const [first] = homeless;
  if (spaces.routable.length + podBlocksOf(demand) > allBlocksOf(demand)) {
    diagnostics.push(tooManyBlocks(demand, spaces.routable.length));
  } else if (first !== undefined && blocks.first !== undefined) {
    diagnostics.push(siteFull(task, first, homeless.length, spaces));
  }
  const subnets = requests.flatMap(({ key, subnet }) => {
    const range = allocated[key];
    return range === undefined ? [] : [{ ...subnet, cidr: range }];
  });
  subnets.sort((one, other) => compareKeys(one.key, other.key));
  return { cidrs: spaces.routable.map(({ pool }) => formatCidr(pool)), subnets };
}

/** The blocks that the network of a site has already, first block first. */
function networkBlocks({ demand, supernet, blocks: { first } }: SiteTask, allocated: Record<string, string>): string[] {
  if (first === undefined) return [];
  const blocks = [first];
  for (;;) {
    const key = networkKey(demand.key, blocks.length + 1);
    const block = supernet.heldHere(key);
    if (block === undefined) return blocks;
    allocated[key] = block;
    blocks.push(block);
  }
}

/** Keeps the ranges of keys that left the site out of reach until they are pruned. */
function reserveReleased({ held, heldKeys }: SiteTask, requests: readonly Request[], spaces: Spaces): void {
  const wanted = new Set(requests.map(({ key }) => key));
  for (const key of heldKeys) {
    const block = held[key];
    if (block === undefined || wanted.has(key) || isBlockKey(key)) continue;
    reserveIn([...spaces.routable, ...spaces.pods, ...spaces.services], cidr(block));
  }
}

/** Adds a block to a site whose blocks are full. */
function grow(
  { demand, blocks }: SiteTask,
  { row, prefix }: Request,
  spaces: Spaces,
  allocated: Record<string, string>,
): string | undefined {
  if (row.space !== 'routable' || spaces.routable.length >= maxBlocksOf(demand)) return undefined;
  const block = blocks.more(prefix);
  if (block === undefined) return undefined;
  spaces.routable.push(new Buddy(cidr(block)));
  allocated[networkKey(demand.key, spaces.routable.length)] = block;
  return takeFrom(spaces.routable, prefix);
}

/** Routable blocks that a network may have: pods that lie in blocks of the network take theirs first. */
function maxBlocksOf(demand: SiteDemand): number {
  return allBlocksOf(demand) - podBlocksOf(demand);
}

function allBlocksOf({ cloud, maxBlocks }: SiteDemand): number {
  return maxBlocks ?? CATALOG[cloud].limits.blocksPerNetwork.value;
}

/** Blocks of a network that hold the pods of its zones. */
function podBlocksOf({ cloud, zones, needs }: SiteDemand): number {
  const rows = CATALOG[cloud].subnets.filter(({ per, space }) => per === 'zone' && space !== 'routable').length;
  return rows * zones.reduce((total, zone) => total + Math.max(1, needs?.zones.get(zone)?.length ?? 1), 0);
}

function take(buddy: Buddy, prefix: number): string | undefined {
  const block = buddy.allocate(prefix);
  return block && formatCidr(block);
}

function takeFrom(buddies: readonly Buddy[], prefix: number): string | undefined {
  for (const buddy of buddies) {
    const block = take(buddy, prefix);
    if (block !== undefined) return block;
  }
  return undefined;
}

/** A space without what something else uses. */
function without(space: string, excluded: readonly ExcludedBlock[]): Buddy {
  const buddy = new Buddy(cidr(space));
  for (const { block } of excluded) buddy.exclude(block);
  return buddy;
}

function reserveIn(buddies: readonly Buddy[], block: Cidr): boolean {
  return buddies.some((buddy) => cidrContains(buddy.pool, block) && buddy.reserve(block));
}

function supernetFull({ path, reserveBlocks }: SiteDemand, supernet: Supernet): Diagnostic {
  const kept = reserveBlocks === undefined ? '' : `, and none of the ${reserveBlocks} blocks that the site reserves`;
  return {
    code: 'AddressSpaceFull',
    severity: 'error',
    path,
    message: `no /${NETWORK_RANGES.siteBlockPrefix} is left in ${supernetName(supernet)}${kept}`,
    hint: largerSupernet(supernet),
  };
}

function siteFull(
  { demand, supernet }: SiteTask,
  { key, row, prefix }: Request,
  count: number,
  spaces: Spaces,
): Diagnostic {
  const others = count === 1 ? '' : ` and ${count - 1} more`;
  const blocks = spaces.routable.length;
  const most = maxBlocksOf(demand);
  const found = { code: 'AddressSpaceFull', severity: 'error', path: demand.path, value: key } as const;
  const missing = `no /${prefix} is left for "${key}"${others}`;
  if (row.space !== 'routable') {
    const shared = spaces[row.space].map(({ pool }) => formatCidr(pool)).join(', ');
    return {
      ...found,
      message: `${missing} in ${shared}, the ${row.space} of one site`,
      hint: `move clusters to another site, or set addressing.${row.space} to a larger block`,
    };
  }
  if (blocks < most) {
    return {
      ...found,
      message: `${missing}: the site has ${blocks} of at most ${most} blocks, but ${supernetName(supernet)}, is full`,
      hint: largerSupernet(supernet),
    };
  }
  return {
    ...found,
    message: `${missing} in the network of the site, which may have ${most} blocks`,
    hint: 'move clusters to another site, or pin a larger block with "cidr:"',
  };
}

/** More nodes than the blocks of a network hold the pods of. */
function tooManyBlocks(demand: SiteDemand, routable: number): Diagnostic {
  const pods = podBlocksOf(demand);
  const { cloud, path } = demand;
  return {
    code: 'AddressSpaceFull',
    severity: 'error',
    path,
    message: `the network needs ${routable + pods} blocks, ${pods} of them for pods, and may have ${allBlocksOf(demand)}`,
    hint: `spread the pools over zones or sites, or have the quota raised and state it as catalog.limits.${cloud}.blocksPerNetwork`,
  };
}

/** A range that was given before what is in it grew; it can be neither enlarged nor moved. */
function rangeTooSmall(demand: SiteDemand, { key, row, need }: Request, range: string): Diagnostic {
  const { path = demand.path } = need;
  const needed = formatCount(leastAddresses(row, need));
  const isFileSystem = row.per === 'file-system';
  return {
    code: 'AddressRangeSmall',
    severity: 'error',
    path,
    value: key,
    message: `${range} of "${key}" has ${counted(cidrSize(cidr(range)), 'address', 'addresses')}, and ${needed} are needed for ${holdersOf(need)}`,
    hint: `a range that is in use cannot be enlarged: put ${isFileSystem ? 'the growth into a file system' : 'what was added into a cluster'} of its own, or have everything in the range replaced with "npx estate lock --accept ${key}"`,
  };
}

/** What a new range would have to hold is more than the largest that the service takes. */
function rangeTooLarge({ cloud, path: site }: SiteDemand, { key, row, need }: Request, most: number): Diagnostic {
  const { path = site } = need;
  return {
    code: 'AddressRangeSmall',
    severity: 'error',
    path,
    value: key,
    message: `"${key}" has ${formatCount(most)} addresses at most on ${CATALOG[cloud].title}, and ${formatCount(leastAddresses(row, need))} are needed for ${holdersOf(need)}`,
    hint: 'spread what lies in it over zones or sites',
  };
}

function holdersOf({ nodes, fileSystems }: RangeNeed): string {
  const count = nodes.reduce((total, member) => total + member.nodes, 0);
  const holders = [
    ...(count > 0 ? [counted(count, 'node')] : []),
    ...(fileSystems.length > 0 ? [counted(fileSystems.length, 'file system')] : []),
  ];
  return holders.join(' and ');
}

function supernetName({ cloud, pool }: Supernet): string {
  return `${formatCidr(pool)}, the supernet of ${cloud}`;
}

function largerSupernet({ cloud }: Supernet): string {
  return `set addressing.supernets.${cloud} to a larger block, or free blocks with "npx estate lock --prune"`;
}
