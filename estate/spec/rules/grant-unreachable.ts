import { CATALOG } from '../../catalog';
import type { GrantEnds } from '../grants';
import type { Estate } from '../schema';
import { quote } from '../words';
import { grantsOf } from './grants';
import type { Rule } from './rule';

/** Workloads reach the stores that they are granted. */
export const grantUnreachable: Rule = {
  code: 'GrantUnreachable',
  severity: 'warning',
  summary: 'workloads reach the stores that they are granted',
  why: 'a right opens no way: stores on Azure have private endpoints only, and others want a way to the internet',
  source: 'https://learn.microsoft.com/azure/storage/common/storage-private-endpoints',
  checked: '2026-11',
  check(estate, report) {
    for (const { path, grant, ends } of grantsOf(estate)) {
      const { from, to, store } = ends;
      const place = { path: [...path, 'to'], value: grant.to };
      if (from.key === to.key) continue;
      const far = from.site.network.egress === 'none' ? farFrom(ends, grant.to) : undefined;
      if (far !== undefined) {
        report({
          ...place,
          message: `workloads at site ${quote(from.key)} have no way out, and ${far}`,
          hint: `write sites.${from.key}.network.egress: nat, or have the store replicated to ${from.key}`,
        });
      } else if (to.account.cloud === 'azure' && store.existing === undefined && !isLinked(estate, from.key, to.key)) {
        report({
          ...place,
          message: `${quote(grant.to)} is reached through a private endpoint of site ${quote(to.key)}, and no link leads there from ${quote(from.key)}`,
          hint: `add a link between ${from.key} and ${to.key}, and have the name of its account resolved there ("npx estate show identity --json" says which), or acknowledge it`,
        });
      }
    }
  },
};

/** Why a store is not reached without a way to the internet; undefined where it is. */
function farFrom({ from, to }: GrantEnds, store: string): string | undefined {
  const { cloud } = to.account;
  if (from.account.cloud !== cloud) {
    return `${CATALOG[cloud].title} lets them into ${quote(store)} by an address on the internet`;
  }
  if (cloud !== 'aws' || from.site.region === to.site.region) return undefined;
  return `an endpoint of S3 leads to buckets of its own region only, not to ${to.site.region}`;
}

function isLinked(estate: Estate, one: string, other: string): boolean {
  return Object.values(estate.links).some(({ between }) => between.includes(one) && between.includes(other));
}
