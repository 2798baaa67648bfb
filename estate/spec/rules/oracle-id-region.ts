import { capacityIds } from '../capacity-ids';
import { lookup } from '../lookup';
import type { Path } from '../positions';
import type { Account, Estate } from '../schema';
import { orList, quote } from '../words';
import { existingThings } from './existing-things';
import type { Finding, Rule } from './rule';
import { clustersOf, isRegionKnown, poolsIn, type SiteEntry, sitesOf } from './walk';

/** An OCID with the site whose region it has to name. */
interface PlacedId {
  readonly path: Path;
  readonly id: string | undefined;
  readonly at: SiteEntry;
}

/** OCIDs name the region of their site and the realm of its tenancy. */
export const oracleIdRegion: Rule = {
  code: 'OracleIdRegion',
  severity: 'error',
  summary: 'OCIDs name the region of their site and the realm of its tenancy',
  why: 'images, fabrics, reservations and services exist in one region; the provider takes any when it plans',
  source: 'https://docs.oracle.com/en-us/iaas/Content/General/Concepts/identifiers.htm',
  checked: '2026-11',
  check(estate, report) {
    const sites = sitesOf(estate).filter(({ cloud }) => cloud === 'oracle');
    for (const { path, id, at } of placedIds(estate, sites)) {
      const found = id === undefined ? undefined : (wrongRealm(id, at.account) ?? wrongRegion(id, at));
      if (found !== undefined) report({ path, value: id, ...found });
    }
    for (const at of sites) {
      const finding = foreignRealm(at) ?? foreignLabel(at);
      if (finding !== undefined) report(finding);
    }
  },
};

function placedIds(estate: Estate, sites: readonly SiteEntry[]): readonly PlacedId[] {
  const services = sites.map((at): PlacedId => {
    return { path: [...at.path, 'serviceGateway', 'serviceId'], id: at.site.serviceGateway?.serviceId, at };
  });
  const circuits = Object.entries(estate.links).flatMap(([key, { between, providerServiceId: id }]): PlacedId[] =>
    sites
      .filter(({ key: site }) => between.includes(site))
      .map((at) => ({ path: ['links', key, 'providerServiceId'], id, at })),
  );
  const clusters = clustersOf(estate).filter(({ at }) => at.cloud === 'oracle');
  const images = clusters.flatMap((entry): PlacedId[] => [
    { path: [...entry.path, 'systemPool', 'image'], id: entry.cluster.systemPool.image, at: entry.at },
    ...poolsIn(entry).flatMap(({ path, pool, at }) => [
      { path: [...path, 'image'], id: pool.image, at },
      ...capacityIds(pool.capacity).map(({ id, path: below }) => ({ path: [...path, 'capacity', ...below], id, at })),
    ]),
  ]);
  const existing = existingThings(estate)
    .filter(({ at }) => at.cloud === 'oracle')
    .flatMap(({ path, written, at }) =>
      Object.entries(written).flatMap(([key, id]): PlacedId[] =>
        typeof id === 'string' ? [{ path: [...path, key], id, at }] : [],
      ),
    );
  return [...services, ...circuits, ...images, ...existing];
}

type Wrong = Pick<Finding, 'message' | 'hint'>;

/** The third part of an OCID: what lies in another realm can be reached from nowhere in this one. */
function wrongRealm(id: string, account: Account): Wrong | undefined {
  const [realm, tenancy] = [partOf(id, 2), account.cloud === 'oracle' ? partOf(account.tenancyId, 2) : undefined];
  if (realm === undefined || tenancy === undefined || realm === tenancy) return undefined;
  return {
    message: `${quote(id)} lies in realm ${quote(realm)}, and the tenancy of the site in ${quote(tenancy)}`,
    hint: `name one of ${tenancy}`,
  };
}

/** The fourth part of an OCID: the short name of the region in the oldest regions, its full name in the others. */
function wrongRegion(id: string, at: SiteEntry): Wrong | undefined {
  const region = partOf(id, 3);
  if (region === undefined || region === '' || !isRegionKnown(at)) return undefined;
  const names = [keyOf(at), at.site.region].flatMap((name) => name ?? []);
  if (names.includes(region)) return undefined;
  return {
    message: `${quote(id)} lies in region ${quote(region)}, and the site in ${quote(at.site.region)}`,
    hint: `name one whose fourth part is ${orList(names)}`,
  };
}

function foreignRealm({ path, site, account, catalog }: SiteEntry): Finding | undefined {
  const realm = lookup(catalog.regions.rows, site.region)?.realm;
  const tenancy = account.cloud === 'oracle' ? partOf(account.tenancyId, 2) : undefined;
  if (realm === undefined || tenancy === undefined || realm === tenancy) return undefined;
  return {
    path: [...path, 'region'],
    value: site.region,
    message: `region ${quote(site.region)} belongs to realm ${quote(realm)}, and the tenancy to ${quote(tenancy)}`,
    hint: 'use a region of the tenancy ("oci iam region-subscription list")',
  };
}

/** The service gateway's label is made of the short name of the region. */
function foreignLabel(at: SiteEntry): Finding | undefined {
  const label = at.site.serviceGateway?.cidrLabel;
  const named = /^all-([a-z0-9-]+)-services-in-oracle-services-network$/.exec(label ?? '')?.[1];
  const key = keyOf(at);
  if (named === undefined || key === undefined || named === key) return undefined;
  return {
    path: [...at.path, 'serviceGateway', 'cidrLabel'],
    value: label,
    message: `${quote(label)} is the label of another region than ${quote(at.site.region)}`,
    hint: `write all-${key}-services-in-oracle-services-network`,
  };
}

function keyOf({ site, catalog }: SiteEntry): string | undefined {
  return lookup(catalog.regions.rows, site.region)?.key;
}

/** One part of an OCID; undefined when it is none. */
function partOf(id: string, index: number): string | undefined {
  const parts = id.split('.');
  return parts[0] === 'ocid1' ? parts[index] : undefined;
}
