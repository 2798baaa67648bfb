import { CATALOG, type Cloud, NETWORK_RANGES, type SubnetAllocation, type SubnetRow } from '../catalog';
import { type Cidr, cidr, cidrContains, formatCidr } from '../cidr';
import type { Diagnostic } from '../diagnostics';
import type { Estate } from '../spec/schema';
import { compareKeys, groupBy } from '../units';
import {
  claimedBlocks,
  type Held,
  isBlockKey,
  networkKey,
  type SiteBlocks,
  Supernet,
  siteOfKey,
  soundBlocks,
} from './blocks';
import { Buddy } from './buddy';
import type { Lock } from './lock';

/** What the address planner must know of a site. */
export interface SiteDemand {
  readonly cloud: Cloud;
  /** Identity of the site. */
  readonly key: string;
  /** Path of the site in the estate file, for diagnostics. */
  readonly path: string;
  readonly zones: readonly string[];
  /** Most blocks that its network may have. @default the limit of the built-in catalog */
  readonly maxBlocks?: number;
  /** Block that the estate file pins its network to. */
  readonly pin?: string;
  /** Blocks that are kept for its network to grow into, a power of two. @default none */
  readonly reserveBlocks?: number;
  /** Keys of its shards. */
  readonly shards: readonly string[];
  /** Keys of its file systems. */
  readonly fileSystems: readonly string[];
}

/** The addresses of one site. */
export interface SiteAddresses {
  readonly cidrs: readonly string[];
  readonly subnets: readonly SubnetAllocation[];
}

/** The addresses of the estate. */
export interface AddressPlan {
  readonly sites: ReadonlyMap<string, SiteAddresses>;
  /** Every allocated block by its key in the lock file. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly released: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** One range that a site asks for. */
interface Request {
  readonly key: string;
  readonly row: SubnetRow;
  readonly subnet: Omit<SubnetAllocation, 'cidr'>;
}

/**
 * Gives every site its blocks and every subnet its range.
 *
 * What the lock holds is kept as long as it is still valid; the rest is allocated in the order of size and key, so the
 * result depends on the estate and the lock only, never on the order in which things are written.
 */
export function planAddresses(
  demands: readonly SiteDemand[],
  addressing: Estate['addressing'],
  lock: Lock,
): AddressPlan {
  const sorted = [...demands].sort((one, other) => compareKeys(one.key, other.key));
  const held = soundBlocks({ ...lock.released, ...lock.addresses }, new Set(sorted.map(({ key }) => key)));
  const heldBySite = groupBy(Object.keys(held), siteOfKey);
  const allocated: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [...claimedBlocks(sorted, addressing, held)];
  const sites = new Map<string, SiteAddresses>();
  for (const supernet of Supernet.open(sorted, addressing, held)) {
    const here = sorted.filter((demand) => demand.cloud === supernet.cloud);
    // First blocks go first: a site that grows never takes the place of a new one.
    const admitted = here.map((demand) => ({ demand, blocks: supernet.admit(demand, allocated) }));
    for (const { demand, blocks } of admitted) {
      if (blocks.first === undefined) diagnostics.push(supernetFull(demand, supernet));
      const task = { demand, supernet, blocks, held, heldKeys: heldBySite.get(demand.key) ?? [] };
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
}

/** Where the ranges of a site are cut from. */
type Spaces = { readonly [S in SubnetRow['space']]: Buddy[] };

const PLURAL = { zone: 'zones', shard: 'shards', 'file-system': 'stores' } as const;

function planSite(task: SiteTask, allocated: Record<string, string>, diagnostics: Diagnostic[]): SiteAddresses {
  const { demand, blocks, held } = task;
  const spaces: Spaces = {
    routable: networkBlocks(task, allocated).map((block) => new Buddy(cidr(block))),
    pods: [new Buddy(cidr(NETWORK_RANGES.pods.cidr))],
    services: [new Buddy(cidr(NETWORK_RANGES.servicesPool.cidr))],
  };
  const requests = requestsOf(demand);
  reserveReleased(task, requests, spaces);
  const open = requests.filter(({ key, row }) => {
    const kept = held[key];
    const valid = kept !== undefined && cidr(kept).prefix === row.prefix && reserveIn(spaces[row.space], cidr(kept));
    if (valid) allocated[key] = kept;
    return !valid;
  });
  open.sort((one, other) => one.row.prefix - other.row.prefix || compareKeys(one.key, other.key));
  const homeless: Request[] = [];
  for (const request of open) {
    const { key, row } = request;
    const range = takeFrom(spaces[row.space], row.prefix) ?? grow(demand, row, blocks, spaces, allocated);
    if (range === undefined) homeless.push(request);
    else allocated[key] = range;
  }
  const [first] = homeless;
  if (first !== undefined && blocks.first !== undefined)
    diagnostics.push(siteFull(task, first, homeless.length, spaces));
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

/** The ranges that the cloud's catalog wants for a site. */
function requestsOf(demand: SiteDemand): Request[] {
  const owners = { zone: demand.zones, shard: demand.shards, 'file-system': demand.fileSystems };
  const site = `sites.${demand.key}`;
  return CATALOG[demand.cloud].subnets.flatMap((row): Request[] => {
    const { role, per } = row;
    if (per === 'site') return [{ key: `${site}.${role}`, row, subnet: { key: role, role } }];
    return owners[per].map((owner) => ({
      key: `${site}.${PLURAL[per]}.${owner}.${role}`,
      row,
      subnet: { key: `${role}-${owner}`, role, ...(per === 'zone' ? { zone: owner } : { owner }) },
    }));
  });
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
  demand: SiteDemand,
  row: SubnetRow,
  blocks: SiteBlocks,
  spaces: Spaces,
  allocated: Record<string, string>,
): string | undefined {
  if (row.space !== 'routable' || spaces.routable.length >= maxBlocksOf(demand)) return undefined;
  const block = blocks.more(row.prefix);
  if (block === undefined) return undefined;
  spaces.routable.push(new Buddy(cidr(block)));
  allocated[networkKey(demand.key, spaces.routable.length)] = block;
  return takeFrom(spaces.routable, row.prefix);
}

function maxBlocksOf({ cloud, maxBlocks }: SiteDemand): number {
  return maxBlocks ?? CATALOG[cloud].limits.blocksPerNetwork.value;
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

function siteFull({ demand, supernet }: SiteTask, { key, row }: Request, count: number, spaces: Spaces): Diagnostic {
  const others = count === 1 ? '' : ` and ${count - 1} more`;
  const blocks = spaces.routable.length;
  const most = maxBlocksOf(demand);
  const found = { code: 'AddressSpaceFull', severity: 'error', path: demand.path, value: key } as const;
  const missing = `no /${row.prefix} is left for "${key}"${others}`;
  if (row.space !== 'routable') {
    const shared = spaces[row.space].map(({ pool }) => formatCidr(pool)).join(', ');
    return {
      ...found,
      message: `${missing} in ${shared}, the ${row.space} of one site`,
      hint: 'move clusters to another site',
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

function supernetName({ cloud, pool }: Supernet): string {
  return `${formatCidr(pool)}, the supernet of ${cloud}`;
}

function largerSupernet({ cloud }: Supernet): string {
  return `set addressing.supernets.${cloud} to a larger block, or free blocks with "npx estate lock --prune"`;
}
