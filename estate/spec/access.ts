import { compareKeys } from '../units';
import type { Account, Cluster, Site } from './schema';

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
