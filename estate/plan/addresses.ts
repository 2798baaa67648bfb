import { CATALOG, type Cloud, NETWORK_RANGES, type SubnetAllocation, type SubnetRow } from '../catalog';
import { type Cidr, cidr, cidrContains, formatCidr, parseCidr } from '../cidr';
import type { Diagnostic } from '../diagnostics';
import type { Estate } from '../spec/schema';
import { compareKeys, groupBy } from '../units';
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
  const held: Held = { ...lock.released, ...lock.addresses };
  const heldBySite = groupBy(Object.keys(held), siteOf);
  const allocated: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [];
  const sites = new Map<string, SiteAddresses>();
  const sorted = [...demands].sort((one, other) => compareKeys(one.key, other.key));
  const supernets = openSupernets(sorted, addressing, held);
  for (const [cloud, supernet] of supernets) {
    const here = sorted.filter((demand) => demand.cloud === cloud);
    // First blocks go first: a site that grows never takes the place of a new one.
    for (const demand of here) {
      const network = firstBlock(demand, supernet, held, allocated);
      if (network === undefined) diagnostics.push(supernetFull(demand, supernet));
    }
    for (const demand of here) {
      const site = planSite(
        { demand, supernet, held, heldKeys: heldBySite.get(demand.key) ?? [] },
        allocated,
        diagnostics,
      );
      sites.set(demand.key, site);
    }
  }
  const released = Object.fromEntries(Object.entries(held).filter(([key]) => allocated[key] === undefined));
  return { sites, addresses: allocated, released, diagnostics };
}

/** Blocks by lock key, those of keys that left the estate among them. */
type Held = Readonly<Record<string, string>>;

/** A site on the way to its addresses. */
interface SiteTask {
  readonly demand: SiteDemand;
  readonly supernet: Buddy;
  readonly held: Held;
  /** Lock keys of the site. */
  readonly heldKeys: readonly string[];
}

/** Where the ranges of a site are cut from. */
type Spaces = { readonly [S in SubnetRow['space']]: Buddy[] };

const PLURAL = { zone: 'zones', shard: 'shards', 'file-system': 'stores' } as const;

const NETWORK_KEY = /^sites\.[^.]+\.network(\.\d+)?$/;

/** True for the lock key of a block that is cut from a supernet: a network of a site. */
export function isNetworkKey(key: string): boolean {
  return NETWORK_KEY.test(key);
}

/** The site that a lock key belongs to. */
function siteOf(key: string): string {
  return key.split('.')[1] ?? '';
}

/** Lock key of the n-th block of a site's network. */
function networkKey(site: string, ordinal: number): string {
  return ordinal === 1 ? `sites.${site}.network` : `sites.${site}.network.${ordinal}`;
}

/** The supernet of each cloud with everything taken out that is held, pinned or excluded. */
function openSupernets(
  demands: readonly SiteDemand[],
  addressing: Estate['addressing'],
  held: Held,
): Map<Cloud, Buddy> {
  const clouds = [...new Set(demands.map(({ cloud }) => cloud))];
  const taken = [
    ...Object.entries(held).filter(([key]) => isNetworkKey(key)),
    ...demands.flatMap(({ key, pin }) => (pin === undefined ? [] : [[key, pin] as const])),
  ].map(([, block]) => cidr(block));
  const excluded = addressing.exclude.flatMap((text) => parseCidr(text) ?? []);
  return new Map(
    clouds.map((cloud) => {
      const buddy = new Buddy(cidr(addressing.supernets[cloud] ?? NETWORK_RANGES.supernets[cloud].cidr));
      for (const block of [...taken, ...excluded]) buddy.exclude(block);
      return [cloud, buddy];
    }),
  );
}

/** The first block of a site's network: its pin, else what the lock holds, else a new one. */
function firstBlock(
  demand: SiteDemand,
  supernet: Buddy,
  held: Held,
  allocated: Record<string, string>,
): string | undefined {
  const key = networkKey(demand.key, 1);
  const kept = held[key];
  const inSupernet = kept !== undefined && cidrContains(supernet.pool, cidr(kept));
  const block = demand.pin ?? (inSupernet ? kept : take(supernet, NETWORK_RANGES.siteBlockPrefix));
  if (block !== undefined) allocated[key] = block;
  return block;
}

function planSite(task: SiteTask, allocated: Record<string, string>, diagnostics: Diagnostic[]): SiteAddresses {
  const { demand, supernet, held } = task;
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
  for (const { key, row } of open) {
    const range = takeFrom(spaces[row.space], row.prefix) ?? grow(demand, row, supernet, spaces, allocated);
    if (range === undefined) diagnostics.push(siteFull(demand, key, row));
    else allocated[key] = range;
  }
  const subnets = requests.flatMap(({ key, subnet }) => {
    const range = allocated[key];
    return range === undefined ? [] : [{ ...subnet, cidr: range }];
  });
  subnets.sort((one, other) => compareKeys(one.key, other.key));
  return { cidrs: spaces.routable.map(({ pool }) => formatCidr(pool)), subnets };
}

/** The blocks that the network of a site has already, first block first. */
function networkBlocks({ demand, supernet, held }: SiteTask, allocated: Record<string, string>): string[] {
  const first = allocated[networkKey(demand.key, 1)];
  if (first === undefined) return [];
  const blocks = [first];
  for (;;) {
    const key = networkKey(demand.key, blocks.length + 1);
    const block = held[key];
    if (block === undefined || !cidrContains(supernet.pool, cidr(block))) return blocks;
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
    if (block === undefined || wanted.has(key) || isNetworkKey(key)) continue;
    reserveIn([...spaces.routable, ...spaces.pods, ...spaces.services], cidr(block));
  }
}

/** Adds a block to a site whose blocks are full. */
function grow(
  demand: SiteDemand,
  row: SubnetRow,
  supernet: Buddy,
  spaces: Spaces,
  allocated: Record<string, string>,
): string | undefined {
  if (row.space !== 'routable' || spaces.routable.length >= maxBlocksOf(demand)) return undefined;
  const block = take(supernet, Math.min(NETWORK_RANGES.siteBlockPrefix, row.prefix));
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

function supernetFull(demand: SiteDemand, supernet: Buddy): Diagnostic {
  return {
    code: 'AddressSpaceFull',
    severity: 'error',
    path: demand.path,
    message: `no /${NETWORK_RANGES.siteBlockPrefix} is left in ${formatCidr(supernet.pool)}, the supernet of ${demand.cloud}`,
    hint: `set addressing.supernets.${demand.cloud} to a larger block, or free blocks with "npx estate lock --prune"`,
  };
}

function siteFull(demand: SiteDemand, key: string, row: SubnetRow): Diagnostic {
  return {
    code: 'AddressSpaceFull',
    severity: 'error',
    path: demand.path,
    value: key,
    message: `no /${row.prefix} is left for "${key}" in the network of the site, which may have ${maxBlocksOf(demand)} blocks`,
    hint: 'move clusters to another site, or pin a larger block with "cidr:"',
  };
}
