import { GRANT_DIRECTIONS, type GrantAnchor } from '../catalog/grants';
import { lookup } from './lookup';
import type { Account, Cluster, Estate, Grant, Site, Store } from './schema';

/** A place that one end of a grant lies at. */
export interface GrantPlace {
  /** Key of the site. */
  readonly key: string;
  readonly site: Site;
  readonly account: Account;
}

/** The two ends of a grant, as they are written. */
export interface GrantEnds {
  /** Key of the cluster. */
  readonly clusterKey: string;
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Whether it is the workload of the cluster. */
  readonly isWorkload: boolean;
  readonly store: Store;
  readonly from: GrantPlace;
  readonly to: GrantPlace;
}

/** Key of the cluster that a grant begins at. */
export function grantedCluster({ from }: Pick<Grant, 'from'>): string {
  return typeof from === 'string' ? from : from.cluster;
}

/** The ends of a grant; undefined where one of them, or what it lies at, does not exist. */
export function grantEnds(estate: Estate, grant: Grant): GrantEnds | undefined {
  const clusterKey = grantedCluster(grant);
  const cluster = lookup(estate.clusters, clusterKey);
  const store = lookup(estate.stores, grant.to);
  const from = cluster && placeOf(estate, cluster.site);
  const to = store && placeOf(estate, store.site);
  if (cluster === undefined || store === undefined || from === undefined || to === undefined) return undefined;
  const own = cluster.workload;
  const { namespace = own.namespace, serviceAccount = own.serviceAccount } =
    typeof grant.from === 'string' ? {} : grant.from;
  const isWorkload = namespace === own.namespace && serviceAccount === own.serviceAccount;
  return { clusterKey, cluster, namespace, serviceAccount, isWorkload, store, from, to };
}

function placeOf(estate: Estate, key: string): GrantPlace | undefined {
  const site = lookup(estate.sites, key);
  const account = site && lookup(estate.accounts, site.account);
  return site === undefined || account === undefined ? undefined : { key, site, account };
}

/** Ways of a grant in the order in which they are preferred; none where its two clouds leave none. */
export function anchorsOf({ from, to }: Pick<GrantEnds, 'from' | 'to'>): readonly GrantAnchor[] {
  const [source, target] = [from.account, to.account];
  const { anchors = [] } = GRANT_DIRECTIONS.find((row) => row.from === source.cloud && row.to === target.cloud) ?? {};
  return source.cloud === target.cloud && !isOneDirectory(source, target)
    ? anchors.filter((anchor) => anchor !== 'native')
    : anchors;
}

/** The way of a grant: the first that there is, or the one that it names. */
export function anchorOf(grant: Pick<Grant, 'anchor'>, ends: Pick<GrantEnds, 'from' | 'to'>): GrantAnchor | undefined {
  const anchors = anchorsOf(ends);
  return grant.anchor === undefined ? anchors[0] : anchors.find((anchor) => anchor === grant.anchor);
}

/** Whether two accounts of one cloud know each other's identities. */
function isOneDirectory(one: Account, other: Account): boolean {
  if (one.cloud === 'azure' && other.cloud === 'azure') return one.tenantId === other.tenantId;
  if (one.cloud === 'oracle' && other.cloud === 'oracle') return one.tenancyId === other.tenancyId;
  return one.cloud === other.cloud;
}

/** Whether a cluster and a store are so near each other that the cluster could mount it. */
export function isDirect({ from, to }: Pick<GrantEnds, 'from' | 'to'>): boolean {
  return from.key === to.key;
}

/** Whether somebody at another cloud is let in by a token, not as an identity of the cloud itself. */
export function isFederated(anchor: GrantAnchor): boolean {
  return anchor !== 'native';
}
