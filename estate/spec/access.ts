import type { Cloud } from '../catalog';
import { compareKeys } from '../units';
import { lookup } from './lookup';
import type { Path } from './positions';
import type { Account, Cluster, Estate, Site } from './schema';

/** What reaches a cluster: what account, site and cluster say, sorted and each once. */
export interface Access {
  readonly administrators: readonly string[];
  readonly viewers: readonly string[];
  /** Blocks. */
  readonly ranges: readonly string[];
}

/** Where applies come from. */
export interface Runner {
  readonly ranges: readonly string[];
  readonly subnets: readonly string[];
}

/** What one level of an estate says of access, with the cloud that it stands at. */
export interface AccessEntry {
  /** Path of its `access`. */
  readonly path: Path;
  readonly access: NonNullable<Site['access'] | Cluster['access']>;
  readonly cloud: Cloud;
  /** Region of the site; of an account that of its first site. @default the account has no site */
  readonly region?: string;
}

/** Everything that an estate says of access where the cloud is known. */
export function accessEntries(estate: Estate): readonly AccessEntry[] {
  const accounts = Object.entries(estate.accounts).flatMap(([key, { access, cloud }]): AccessEntry[] => {
    const region = Object.values(estate.sites).find(({ account }) => account === key)?.region;
    return access === undefined
      ? []
      : [{ path: ['accounts', key, 'access'], access, cloud, ...(region && { region }) }];
  });
  const at = (site: Site | undefined) => site && lookup(estate.accounts, site.account)?.cloud;
  const sites = Object.entries(estate.sites).flatMap(([key, site]): AccessEntry[] => {
    const cloud = at(site);
    if (site.access === undefined || cloud === undefined) return [];
    return [{ path: ['sites', key, 'access'], access: site.access, cloud, region: site.region }];
  });
  const clusters = Object.entries(estate.clusters).flatMap(([key, { access, site: name }]): AccessEntry[] => {
    const site = lookup(estate.sites, name);
    const cloud = at(site);
    if (access === undefined || site === undefined || cloud === undefined) return [];
    return [{ path: ['clusters', key, 'access'], access, cloud, region: site.region }];
  });
  return [...accounts, ...sites, ...clusters];
}

/** A range with its place. */
export interface PlacedRange {
  readonly path: Path;
  readonly text: string;
}

/** The ranges of an entry that reach API servers. */
export function rangesOf({ path, access }: AccessEntry): readonly PlacedRange[] {
  return access.ranges.map((range, index) => {
    const at = [...path, 'ranges', index];
    return typeof range === 'string' ? { path: at, text: range } : { path: [...at, 'cidr'], text: range.cidr };
  });
}

/** The ranges of an entry that applies come from. */
export function runnerRangesOf({ path, access }: AccessEntry): readonly PlacedRange[] {
  const ranges = ('runner' in access && access.runner?.ranges) || [];
  return ranges.map((text, index) => ({ path: [...path, 'runner', 'ranges', index], text }));
}

/** The block of a range, with a note or without. */
export function blockOf(range: string | { readonly cidr: string }): string {
  return typeof range === 'string' ? range : range.cidr;
}

/** Who reaches a cluster, and from where: the levels add up. */
export function accessOf(account: Account, site: Site | undefined, cluster: Cluster): Access {
  const levels = [account.access, site?.access, cluster.access].flatMap((level) => level ?? []);
  return {
    administrators: sorted([...account.clusterAdmins, ...levels.flatMap(({ administrators }) => administrators)]),
    viewers: sorted(levels.flatMap(({ viewers }) => viewers)),
    ranges: sorted(levels.flatMap(({ ranges }) => ranges.map(blockOf))),
  };
}

/** Where the applies of a site come from; undefined where it does not say. */
export function runnerOf(account: Account, site: Site): Runner | undefined {
  const levels = [account.access?.runner, site.access?.runner].flatMap((level) => level ?? []);
  if (levels.length === 0) return undefined;
  return {
    ranges: sorted(levels.flatMap(({ ranges }) => ranges)),
    subnets: sorted(levels.flatMap(({ subnets }) => subnets)),
  };
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compareKeys);
}
