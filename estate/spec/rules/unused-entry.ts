import { ownedEntries } from '../ownership';
import type { Rule } from './rule';

/** Accounts have sites, sites have clusters or stores, and owners own something. */
export const unusedEntry: Rule = {
  code: 'UnusedEntry',
  severity: 'warning',
  summary: 'accounts have sites, sites have clusters, stores or links, and owners own something',
  why: 'an entry that nothing refers to is a slip or a leftover; a site without use still has a network that costs money',
  check(estate, report) {
    const { accounts, sites, clusters, stores, owners, links } = estate;
    const usedAccounts = new Set(Object.values(sites).map(({ account }) => account));
    // A network that is joined to others has use without anything at it.
    const hubs = Object.values(links).flatMap(({ between, via }) => [...between, ...(via === undefined ? [] : [via])]);
    const usedSites = new Set(
      [...Object.values(clusters), ...Object.values(stores)].map(({ site }) => site).concat(hubs),
    );
    for (const key of Object.keys(accounts)) {
      if (usedAccounts.has(key)) continue;
      const message = 'no site lies in this account';
      report({ path: ['accounts', key], value: key, on: 'key', message, hint: 'remove it, or acknowledge it' });
    }
    const told = Object.values(estate.budgets).flatMap(({ owner }) => owner ?? []);
    const owning = new Set([...told, ...ownedEntries(estate).flatMap(({ entry }) => entry.owner ?? [])]);
    for (const key of Object.keys(owners)) {
      if (owning.has(key)) continue;
      const message = 'no account, budget, site, cluster, pool or store names this owner';
      report({ path: ['owners', key], value: key, on: 'key', message, hint: 'remove it, or acknowledge it' });
    }
    for (const key of Object.keys(sites)) {
      if (usedSites.has(key)) continue;
      const message = 'no cluster and no store lies at this site';
      report({ path: ['sites', key], value: key, on: 'key', message, hint: 'remove it, or acknowledge it' });
    }
  },
};
