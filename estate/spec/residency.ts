import { RESIDENCY_AREAS } from '../catalog/replication';
import { countryIn } from './holdings';
import { lookup } from './lookup';
import type { Estate, Store } from './schema';

/** The countries that data of a store may not leave; undefined where there is no limit. */
export function countriesOf(store: Store): readonly string[] | undefined {
  const residency = store.kind === 'object' ? store.residency : undefined;
  return residency?.flatMap((area) => RESIDENCY_AREAS[area]?.countries ?? [area]);
}

/** Why data of a store may not be at a site, as part of a sentence; undefined where it may. */
export function leavesResidency(estate: Estate, store: Store, siteKey: string): string | undefined {
  const countries = countriesOf(store);
  const site = lookup(estate.sites, siteKey);
  const account = site && lookup(estate.accounts, site.account);
  if (countries === undefined || site === undefined || account === undefined) return undefined;
  const country = countryIn(estate, account.cloud, site.region);
  if (country !== undefined && countries.includes(country)) return undefined;
  const where =
    country === undefined ? `${site.region}, of which nobody has said the country` : `${country} (${site.region})`;
  const limits = store.kind === 'object' ? (store.residency ?? []).join(', ') : '';
  return `in ${where}, and its data may only lie in ${limits}`;
}
