import { CATALOG, type Cloud, type SubnetAllocation, type SubnetRow } from '../catalog';
import type { BroughtNetwork } from './address-types';
import type { SiteNeeds } from './needs';
import { NO_NEED, plannedPrefix, type RangeNeed } from './range-size';

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
  /** What its ranges have to hold. @default nothing is counted */
  readonly needs?: SiteNeeds | undefined;
  /** Whether it has a gateway for links, which on some clouds lies in a range of its own. @default false */
  readonly hasGateway?: boolean;
  /** The network that the site has already. @default none: it is allocated */
  readonly brought?: BroughtNetwork;
}

/** One range that a site asks for. */
export interface Request {
  readonly key: string;
  readonly row: SubnetRow;
  readonly subnet: Omit<SubnetAllocation, 'cidr'>;
  readonly need: RangeNeed;
  /** Prefix length of a new range. */
  readonly prefix: number;
}

const PLURAL = { zone: 'zones', shard: 'shards', 'file-system': 'stores' } as const;

/** The ranges that the cloud's catalog wants for a site. */
export function requestsOf(demand: SiteDemand): Request[] {
  const { needs } = demand;
  const site = `sites.${demand.key}`;
  return CATALOG[demand.cloud].subnets.flatMap((row): Request[] => {
    const { role, per } = row;
    if (per === 'gateway' && demand.hasGateway !== true) return [];
    if (per === 'gateway') return inTurn(row, `${site}.${role}`, { key: role, role });
    if (per === 'site') return inTurn(row, `${site}.${role}`, { key: role, role }, needs?.site);
    return ownersOf(demand, per).flatMap(({ owner, need }) => {
      const subnet = { key: `${role}-${owner}`, role, ...(per === 'zone' ? { zone: owner } : { owner }) };
      return inTurn(row, `${site}.${PLURAL[per]}.${owner}.${role}`, subnet, need);
    });
  });
}

/** What a site has ranges for, and what those have to hold. */
function ownersOf(
  { zones, shards, fileSystems, needs }: SiteDemand,
  per: 'zone' | 'shard' | 'file-system',
): readonly { readonly owner: string; readonly need: readonly RangeNeed[] }[] {
  if (per === 'zone') return zones.map((owner) => ({ owner, need: needs?.zones.get(owner) ?? [] }));
  const counted = per === 'shard' ? needs?.shards : needs?.fileSystems;
  return (per === 'shard' ? shards : fileSystems).map((owner) => ({ owner, need: [counted?.get(owner) ?? NO_NEED] }));
}

/** One request, or one for each of the ranges that something needs in turn: the second is `<key>.2`. */
function inTurn(row: SubnetRow, key: string, subnet: Request['subnet'], needs: readonly RangeNeed[] = []): Request[] {
  const [first = NO_NEED, ...more] = needs;
  const request = { key, row, subnet, need: first, prefix: plannedPrefix(row, first) };
  if (row.appends !== true) return [request];
  const further = more.map((need, index): Request => {
    const ordinal = index + 2;
    const named = { ...subnet, key: `${subnet.key}-${ordinal}`, ordinal };
    return { key: `${key}.${ordinal}`, row, subnet: named, need, prefix: plannedPrefix(row, need) };
  });
  return [request, ...further];
}
