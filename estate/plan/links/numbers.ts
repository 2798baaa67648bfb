import { GATEWAY_ASNS, INSIDE_RANGES, PEERINGS, VPN_GATEWAYS } from '../../catalog/links';
import { cidr, cidrSize, cidrSubnet, cidrsOverlap } from '../../cidr';
import type { Diagnostic } from '../../diagnostics';
import { companyBlocks, excludedBlocks, existingBlocks } from '../../spec/excluded';
import type { Estate, Link } from '../../spec/schema';
import { compareKeys, sortedEntries } from '../../units';
import { identityOf } from '../identity';
import type { Lock } from '../lock';
import { circuitsOf, endsOf, interconnectOf, kindOf, type LinkEnd, tunnelsOf } from './topology';

/** Numbers of links: of autonomous systems by site, and inside ranges by link and tunnel. */
export interface LinkNumbers {
  readonly asns: Readonly<Record<string, number>>;
  readonly insideRanges: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Prefix length of the range inside of a tunnel: two hosts. */
const INSIDE_PREFIX = 30;

/** Key of the inside range of a tunnel in the lock file. */
export function tunnelKey(link: string, tunnel: string): string {
  return `links.${link}.${tunnel}`;
}

/** Keys of both ranges of a circuit in the lock file. */
export function circuitKeys(link: string, circuit: string): readonly [string, string] {
  return [`links.${link}.circuit-${circuit}-1`, `links.${link}.circuit-${circuit}-2`];
}

/** Whether a link needs a gateway at an end of it. */
export function needsGateway(link: Link, ends: readonly [LinkEnd, LinkEnd], { peer }: LinkEnd): boolean {
  if (peer === 'on-premises' || link.via !== undefined) return false;
  return kindOf(link, ends) !== 'peering' || PEERINGS[peer].gateway;
}

/** Sites whose links need a gateway there, by their identity. */
export function gatewaySites(estate: Estate): ReadonlyMap<string, LinkEnd> {
  const found = Object.values(estate.links).flatMap((link) => {
    const ends = endsOf(estate, link);
    if (ends === undefined) return [];
    return ends.filter((end) => needsGateway(link, ends, end)).map((end) => [end.site, end] as const);
  });
  return new Map(found);
}

/**
 * Gives every gateway the number of its autonomous system and every tunnel its inside range.
 *
 * What the lock holds stays, also of what left the estate until it is pruned; the rest takes the lowest free number in the
 * order of keys. Inside ranges are unique in the estate for as long as there are any, then among links that share a site.
 */
export function planNumbers(estate: Estate, lock: Pick<Lock, 'asns' | 'insideRanges'>): LinkNumbers {
  const links = sortedEntries(estate.links).flatMap(([key, link]) => {
    const ends = endsOf(estate, link);
    return ends === undefined ? [] : [{ id: identityOf(key, link), path: `links.${key}`, link, ends }];
  });
  const diagnostics: Diagnostic[] = [];
  const sites = gatewaySites(estate);
  const asns: Record<string, number> = { ...lock.asns };
  const pinned = new Map(
    sortedEntries(estate.sites).flatMap(([key, site]) => {
      return site.gateway?.asn === undefined ? [] : [[identityOf(key, site), site.gateway.asn] as const];
    }),
  );
  const foreign = Object.values(estate.links).flatMap(({ to }) => to?.onPremises.asn ?? []);
  const taken = new Set([...Object.values(asns), ...pinned.values(), ...foreign]);
  for (const [site, { peer, key }] of [...sites].sort(([one], [other]) => compareKeys(one, other))) {
    const pin = pinned.get(site);
    if (peer === 'on-premises' || VPN_GATEWAYS[peer].asn !== undefined) continue;
    if (pin !== undefined) {
      const other = Object.keys(asns).find((each) => each !== site && !pinned.has(each) && asns[each] === pin);
      if (other !== undefined) diagnostics.push(pinTaken(`sites.${key}`, pin, other));
      asns[site] = pin;
      continue;
    }
    if (asns[site] !== undefined) {
      diagnostics.push(...companyHas(estate, asns[site]));
      continue;
    }
    let next: number = GATEWAY_ASNS.first;
    while (taken.has(next)) next += 1;
    if (next > GATEWAY_ASNS.last) diagnostics.push(numbersFull(`sites.${key}`));
    taken.add(next);
    asns[site] = next;
  }
  const insideRanges: Record<string, string> = { ...lock.insideRanges };
  const blocked = [...excludedBlocks(estate.addressing), ...existingBlocks(estate), ...companyBlocks(estate)].map(
    ({ block }) => block,
  );
  const sitesOfLink = new Map(links.map(({ id, ends }) => [id, ends.map(({ site }) => site)]));
  for (const { id, path, link, ends } of links) {
    for (const { key, pool } of rangesOf(id, link, ends)) {
      if (insideRanges[key] !== undefined && poolsOf(pool).includes(insideRanges[key])) continue;
      const used = new Set(Object.values(insideRanges));
      const near = new Set(
        Object.entries(insideRanges).flatMap(([other, range]) => {
          const [, owner = ''] = other.split('.');
          const shared = (sitesOfLink.get(owner) ?? []).some((site) => sitesOfLink.get(id)?.includes(site));
          return shared || owner === id || !sitesOfLink.has(owner) ? [range] : [];
        }),
      );
      const pooled = poolsOf(pool).filter((range) => !blocked.some((block) => cidrsOverlap(block, cidr(range))));
      const free = pooled.find((range) => !used.has(range)) ?? pooled.find((range) => !near.has(range));
      if (free === undefined) diagnostics.push(rangesFull(path, pool, pooled.length));
      else insideRanges[key] = free;
    }
  }
  return { asns, insideRanges, diagnostics };
}

type InsidePool = keyof typeof INSIDE_RANGES;

/** Ranges that a link needs, with the blocks that they are cut from. */
function rangesOf(
  id: string,
  link: Link,
  ends: readonly [LinkEnd, LinkEnd],
): readonly { key: string; pool: InsidePool }[] {
  const pool: InsidePool = ends.some(({ peer }) => peer === 'azure') ? 'azure' : 'others';
  const tunnels = tunnelsOf(link, ends).map(({ key }) => ({ key: tunnelKey(id, key), pool }));
  if (interconnectOf(ends)?.numbered !== true) return tunnels;
  const circuits = circuitsOf(link, ends).flatMap((circuit) => circuitKeys(id, circuit));
  return [...tunnels, ...circuits.map((key) => ({ key, pool: 'circuits' as const }))];
}

const pools = new Map<InsidePool, readonly string[]>();

/** Every range of a pool, ascending. */
function poolsOf(pool: InsidePool): readonly string[] {
  const known = pools.get(pool);
  if (known !== undefined) return known;
  const ranges = INSIDE_RANGES[pool].blocks.flatMap((block) =>
    Array.from({ length: cidrSize(cidr(block)) / 2 ** (32 - INSIDE_PREFIX) }, (_, index) =>
      cidrSubnet(block, INSIDE_PREFIX, index),
    ),
  );
  pools.set(pool, ranges);
  return ranges;
}

/** The lock file holds the number that is pinned for another gateway, which would have to be made anew. */
function pinTaken(path: string, asn: number, other: string): Diagnostic {
  return {
    code: 'LinkAsn',
    severity: 'error',
    path: `${path}.gateway.asn`,
    value: asn,
    message: `${asn} is the number that the lock file holds for site "${other}"`,
    hint: 'pin another one, or give up those of sites that left with "npx estate lock --prune"',
  };
}

/** The company has the number that the lock file holds for a gateway, which would have to be made anew for another one. */
function companyHas(estate: Estate, asn: number): readonly Diagnostic[] {
  return sortedEntries(estate.links).flatMap(([key, { to }]): Diagnostic[] => {
    if (to?.onPremises.asn !== asn) return [];
    return [
      {
        code: 'LinkAsn',
        severity: 'error',
        path: `links.${key}.to.onPremises.asn`,
        value: asn,
        message: `${asn} is the number that the lock file holds for a gateway of the estate`,
        hint: 'pin another one for the gateway, as sites.KEY.gateway.asn: it is made anew; or number the devices of the company anew',
      },
    ];
  });
}

function numbersFull(path: string): Diagnostic {
  const { first, last } = GATEWAY_ASNS;
  return {
    code: 'LinkNumbersFull',
    severity: 'error',
    path,
    message: `no number of an autonomous system is left for its gateway: there are those from ${first} to ${last}`,
    hint: 'give up those of sites that left with "npx estate lock --prune"',
  };
}

function rangesFull(path: string, pool: InsidePool, size: number): Diagnostic {
  return {
    code: 'LinkRangesFull',
    severity: 'error',
    path,
    message: `no inside range is left for a tunnel of it: its sites use all ${size} of ${INSIDE_RANGES[pool].blocks.join(' and ')} that are not in use elsewhere`,
    hint: 'give up those of links that left with "npx estate lock --prune", or lead some of its links through another site',
  };
}

/** Numbers of what the estate still has, out of those that were recorded. */
export function livingNumbers(estate: Estate, recorded: Pick<Lock, 'asns' | 'insideRanges'>): LockedNumbers {
  const needed = planNumbers(estate, {});
  const keep = <T>(all: Readonly<Record<string, T>> = {}, wanted: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(wanted, key)));
  return lockedNumbers({
    asns: keep(recorded.asns, needed.asns),
    insideRanges: keep(recorded.insideRanges, needed.insideRanges),
  });
}

/** Numbers as a lock file holds them: a section with nothing in it is left out. */
export type LockedNumbers = Pick<Lock, 'asns' | 'insideRanges'>;

/** The sections of a lock file that have something in them. */
export function lockedNumbers({ asns, insideRanges }: Pick<LinkNumbers, 'asns' | 'insideRanges'>): LockedNumbers {
  const has = (section: object) => Object.keys(section).length > 0;
  return { ...(has(asns) && { asns }), ...(has(insideRanges) && { insideRanges }) };
}

/** Joins the numbers of two locks: what `first` says stays, then what ours says, then theirs where it is free. */
export function mergeNumbers(ours: Lock, theirs: Lock, first: Lock): LockedNumbers {
  const join = <T extends string | number>(section: (lock: Lock) => Readonly<Record<string, T>> | undefined) => {
    const taken = new Set<T>();
    const joined: Record<string, T> = {};
    for (const lock of [first, ours, theirs]) {
      for (const [key, value] of sortedEntries(section(lock) ?? {})) {
        if (Object.hasOwn(joined, key) || taken.has(value)) continue;
        taken.add(value);
        joined[key] = value;
      }
    }
    return joined;
  };
  return lockedNumbers({
    asns: join<number>(({ asns }) => asns),
    insideRanges: join<string>(({ insideRanges }) => insideRanges),
  });
}
