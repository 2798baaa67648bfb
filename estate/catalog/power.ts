import type { Cloud, Sourced } from './types';

/** How much more a data center draws than its machines: power usage effectiveness. */
export interface PueRow extends Sourced {
  readonly pue: number;
}

/** Average PUE of each provider's data centers: what a site is counted with unless the estate says better. */
export const PUE: Readonly<Record<Cloud, PueRow>> = {
  aws: { pue: 1.14, source: 'https://sustainability.aboutamazon.com/products-services/aws-cloud', checked: '2026-11' },
  azure: {
    pue: 1.17,
    source: 'https://datacenters.microsoft.com/sustainability/efficiency/',
    checked: '2026-11',
    unverified: 'fiscal year 2025, read in a report about the page',
  },
  google: {
    pue: 1.1,
    source: 'https://www.datacenterdynamics.com/en/news/aws-global-data-centers-achieved-pue-of-115-in-2023/',
    checked: '2026-11',
    unverified: 'read in a report that compares providers, not with Google itself',
  },
  oracle: {
    pue: 1.25,
    source: 'https://sustainability.aboutamazon.com/products-services/aws-cloud (IDC, average of public clouds)',
    checked: '2026-11',
    unverified: 'Oracle publishes no average, only "as low as 1.15"',
  },
};
