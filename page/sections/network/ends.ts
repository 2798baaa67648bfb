import type { EstatePage, Facets } from '../../model';

/** What ends have in common, so that what joins two clouds stays whatever of them is chosen. */
export function facetsOfEnds({ facets }: EstatePage, sites: readonly string[]): Facets {
  const clouds = new Set(sites.map((site) => facets(`sites.${site}`).cloud));
  const [cloud] = clouds;
  return clouds.size === 1 && cloud !== undefined ? { cloud } : {};
}
