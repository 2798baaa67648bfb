import type { Cloud, RangeUser } from '../catalog';
import { catalogOf } from '../spec/catalog-of';
import type { Cluster, Estate, Site, Store } from '../spec/schema';
import { compareKeys, groupBy, sortedEntries } from '../units';
import type { BroughtNetwork, BroughtSubnet } from './address-types';
import { existingKey } from './existing';
import { accountOf, identityOf } from './identity';
import { gatewaySites } from './links/numbers';
import type { Lock } from './lock';
import { shardKey } from './names';
import type { SiteNeeds } from './needs';
import type { SiteDemand } from './requests';
import type { Placement } from './shards';

/** What the address planner must know of each site. */
export function demandsOf(
  estate: Estate,
  placements: ReadonlyMap<string, Placement>,
  needs: ReadonlyMap<string, SiteNeeds>,
  retired: Lock['retired'],
): SiteDemand[] {
  const keptBySite = groupBy(
    Object.entries(retired).flatMap(([path, entry]) =>
      entry.kind === 'lustre' ? [{ site: entry.site, key: path.slice(path.lastIndexOf('.') + 1) }] : [],
    ),
    ({ site }) => site,
  );
  const clusters = groupBy(Object.entries(estate.clusters), ([, { site }]) => site);
  const stores = groupBy(Object.entries(estate.stores), ([, { site }]) => site);
  const gateways = gatewaySites(estate);
  return sortedEntries(estate.sites).map(([key, site]): SiteDemand => {
    const cloud: Cloud = accountOf(estate, key).cloud;
    const shards = (clusters.get(key) ?? []).flatMap(([name, cluster]) => {
      const id = identityOf(name, cluster);
      return (placements.get(id)?.shards ?? []).map(({ ordinal }) => shardKey(id, ordinal));
    });
    const fileSystems = (stores.get(key) ?? []).flatMap(([name, store]) =>
      store.kind === 'lustre' && store.existing === undefined ? [identityOf(name, store)] : [],
    );
    const written = site.network.existing;
    const id = identityOf(key, site);
    const hasGateway = gateways.has(id);
    // The ranges of file systems that are kept stay as long as those do.
    const kept = (keptBySite.get(id) ?? []).map((store) => store.key).filter((store) => !fileSystems.includes(store));
    return {
      cloud,
      key: id,
      path: `sites.${key}`,
      zones: [...site.zones].sort(compareKeys),
      maxBlocks: catalogOf(estate).clouds[cloud].limits.blocksPerNetwork.value,
      ...(site.cidr && { pin: site.cidr }),
      ...(site.reserveBlocks && { reserveBlocks: site.reserveBlocks }),
      shards: shards.sort(compareKeys),
      fileSystems: [...fileSystems, ...kept].sort(compareKeys),
      needs: needs.get(id),
      ...(hasGateway && { hasGateway }),
      ...(written && {
        brought: broughtTo(
          estate,
          key,
          written,
          clusters.get(key) ?? [],
          stores.get(key) ?? [],
          placements,
          hasGateway,
        ),
      }),
    };
  });
}

type Written = NonNullable<Site['network']['existing']>;

/** A network that exists, with what is made at its site. */
function broughtTo(
  estate: Estate,
  key: string,
  written: Written,
  clusters: readonly (readonly [string, Cluster])[],
  stores: readonly (readonly [string, Store])[],
  placements: ReadonlyMap<string, Placement>,
  hasGateway: boolean,
): BroughtNetwork {
  const site = estate.sites[key];
  const made = clusters.filter(([, { existing }]) => existing === undefined);
  const own = stores.filter(([, { existing }]) => existing === undefined).map(([, { kind }]) => kind);
  const hasKey = site !== undefined && existingKey(site, accountOf(estate, key)) !== undefined;
  const users: RangeUser[] = [
    ...(made.length > 0 ? (['cluster'] as const) : []),
    ...(clusters.some(([, { pools }]) => Object.keys(pools).length > 0) ? (['pool'] as const) : []),
    ...(own.includes('lustre') ? (['file-system'] as const) : []),
    ...(own.includes('object') ? (['object-store'] as const) : []),
    ...(!hasKey && made.length + own.length > 0 ? (['key'] as const) : []),
    ...(hasGateway ? (['gateway'] as const) : []),
  ];
  const joined = clusters.flatMap(([name, cluster]) => {
    if (cluster.existing === undefined) return [];
    const id = identityOf(name, cluster);
    return (placements.get(id)?.shards ?? []).map(({ ordinal }) => shardKey(id, ordinal));
  });
  const subnets = Object.entries(written.subnets).map(([name, subnet]) => [name, broughtSubnet(estate, subnet)]);
  return { cidrs: written.cidrs, subnets: Object.fromEntries(subnets), users, joined };
}

function broughtSubnet(estate: Estate, subnet: Written['subnets'][string]): BroughtSubnet {
  const { id, role, cidr, zone, cluster, shard = 1, store, range = 1, securityGroup } = subnet;
  const owner =
    cluster !== undefined
      ? shardKey(identityOf(cluster, estate.clusters[cluster] ?? {}), shard)
      : store !== undefined
        ? identityOf(store, estate.stores[store] ?? {})
        : undefined;
  return {
    id,
    role,
    cidr,
    ordinal: range,
    ...(zone !== undefined && { zone }),
    ...(owner !== undefined && { owner }),
    ...(securityGroup !== undefined && { securityGroup }),
  };
}
