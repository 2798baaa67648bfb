import type { SubnetRow } from '../../catalog';
import { lookup } from '../lookup';
import type { Path } from '../positions';
import type { Estate, Site } from '../schema';
import { didYouMean } from '../suggest';
import { orList, quote } from '../words';
import type { Finding, Rule } from './rule';
import { type SiteEntry, sitesOf } from './walk';

type Subnet = NonNullable<Site['network']['existing']>['subnets'][string];
type PlaceKey = 'zone' | 'range' | 'cluster' | 'shard' | 'store';

/** Keys that say which of several things a subnet is for, by what its role has one for each of. */
const KEYS_OF: Readonly<Record<SubnetRow['per'], readonly PlaceKey[]>> = {
  zone: ['zone', 'range'],
  shard: ['cluster', 'shard'],
  'file-system': ['store'],
  site: [],
  gateway: [],
};
const PLACE_KEYS: readonly PlaceKey[] = ['zone', 'range', 'cluster', 'shard', 'store'];

/** Subnets that exist have a role of their cloud, and each is for something that its site has. */
export const subnetPlace: Rule = {
  code: 'SubnetPlace',
  severity: 'error',
  summary: 'subnets that exist have a role of their cloud, and each is for something else that its site has',
  why: 'a subnet that is for nothing is a slip, and something would be put into another one in its place',
  check(estate, report) {
    for (const at of sitesOf(estate)) {
      const taken = new Map<string, string>();
      for (const [key, subnet] of Object.entries(at.site.network.existing?.subnets ?? {})) {
        const path = [...at.path, 'network', 'existing', 'subnets', key];
        const row = at.catalog.subnets.find(({ role }) => role === subnet.role);
        if (row === undefined) {
          const roles = [...new Set(at.catalog.subnets.map(({ role }) => role))];
          const message = `${at.catalog.title} has no subnets of role ${quote(subnet.role)}`;
          report({ path: [...path, 'role'], value: subnet.role, message, hint: `roles there: ${orList(roles)}` });
          continue;
        }
        const found = [...misplaced(path, subnet, row), ...unknownPlace(estate, path, subnet, row, at)];
        for (const finding of found) report(finding);
        const place = JSON.stringify([subnet.role, ...KEYS_OF[row.per].map((name) => subnet[name] ?? 1)]);
        const other = taken.get(place);
        if (other === undefined) taken.set(place, key);
        else if (found.length === 0) {
          const further = row.per === 'zone' ? 'give it "range: 2", or remove it' : 'say what it is for, or remove it';
          report({ path, on: 'key', message: `${quote(other)} has this role and place already`, hint: further });
        }
      }
    }
  },
};

/** Keys that have no meaning for the role, and a zone that is missing. */
function misplaced(path: Path, subnet: Subnet, { role, per }: SubnetRow): readonly Finding[] {
  const known = KEYS_OF[per];
  const foreign = PLACE_KEYS.filter((key) => subnet[key] !== undefined && !known.includes(key)).map((key): Finding => {
    const hint = known.length === 0 ? 'remove it' : `remove it; known there: ${orList(known)}`;
    const message = `${quote(key)} has no meaning for role ${quote(role)}, which is one for each ${per}`;
    return { path: [...path, key], on: 'key', message, hint };
  });
  if (per === 'zone' && subnet.zone === undefined) {
    const message = `a subnet of role ${quote(role)} lies in a zone, and none is said`;
    return [...foreign, { path, on: 'key', message, hint: 'write zone: …, one of those of the site' }];
  }
  if (per === 'shard' && subnet.shard !== undefined && subnet.cluster === undefined) {
    const message = '"shard" counts the Kubernetes clusters of one cluster, and none is said';
    return [...foreign, { path: [...path, 'shard'], on: 'key', message, hint: 'write cluster: …' }];
  }
  return foreign;
}

/** What a subnet is for and its site does not have. */
function unknownPlace(
  estate: Estate,
  path: Path,
  { zone, cluster, store }: Subnet,
  { per }: SubnetRow,
  at: SiteEntry,
): readonly Finding[] {
  const site = quote(at.key);
  if (per === 'zone' && zone !== undefined && !at.site.zones.includes(zone)) {
    const message = `site ${site} has no zone ${quote(zone)}`;
    return [{ path: [...path, 'zone'], value: zone, message, hint: `zones: ${orList(at.site.zones)}` }];
  }
  if (per === 'shard' && cluster !== undefined && lookup(estate.clusters, cluster)?.site !== at.key) {
    const clusters = Object.keys(estate.clusters).filter((key) => estate.clusters[key]?.site === at.key);
    const message = `site ${site} has no cluster ${quote(cluster)}${didYouMean(cluster, clusters)}`;
    return [{ path: [...path, 'cluster'], value: cluster, message, hint: `clusters: ${orList(clusters)}` }];
  }
  if (per !== 'file-system' || store === undefined) return [];
  const stores = Object.entries(estate.stores).flatMap(([key, { kind, site: lies, existing }]) =>
    kind === 'lustre' && lies === at.key && existing === undefined ? [key] : [],
  );
  if (stores.includes(store)) return [];
  const message = `site ${site} makes no file system ${quote(store)}${didYouMean(store, stores)}`;
  return [{ path: [...path, 'store'], value: store, message, hint: `file systems: ${orList(stores)}` }];
}
