import type { Facets } from '../model';

/** The attributes by which the page's script filters a row of a table or a mark of a picture. */
export function facetAttributes({ cloud, site, owner }: Facets): Readonly<Record<string, string>> {
  return {
    ...(cloud !== undefined && { 'data-cloud': cloud }),
    ...(site !== undefined && { 'data-site': site }),
    ...(owner !== undefined && { 'data-owner': owner }),
  };
}
