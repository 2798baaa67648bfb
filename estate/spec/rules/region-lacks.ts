import type { Cloud } from '../../catalog';
import { lookup } from '../lookup';
import type { Path } from '../positions';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, type SiteEntry, storesOf } from './walk';

/** What an entry of the estate is made of where its region offers that, by the provider's name of the type. */
const NEEDS: Readonly<Record<'cluster' | 'lustre', Partial<Record<Cloud, string>>>> = {
  cluster: { aws: 'AWS::EKS::Cluster' },
  lustre: { aws: 'AWS::FSx::FileSystem' },
};

/** Clusters and file systems lie in regions that offer what they are made of. */
export const regionLacks: Rule = {
  code: 'RegionLacks',
  severity: 'error',
  summary: 'clusters and file systems lie in regions that offer what they are made of',
  why: 'the provider refuses them only when they are created, and the network is there by then',
  check(estate, report) {
    const check = (path: Path, { site, cloud, catalog }: SiteEntry, entry: keyof typeof NEEDS): void => {
      const row = lookup(catalog.regions.rows, site.region);
      const type = NEEDS[entry][cloud];
      if (type === undefined || !row?.lacks?.includes(type)) return;
      report({
        path: [...path, 'site'],
        message: `${catalog.title} has no ${type} in ${quote(site.region)} (${row.source}, ${row.checked})`,
        hint: `choose a site in another region; once it is to be had there, name the region under catalog.regions.${cloud}.names`,
      });
    };
    for (const { path, at } of clustersOf(estate)) check(path, at, 'cluster');
    for (const { path, store, at } of storesOf(estate)) if (store.kind === 'lustre') check(path, at, 'lustre');
  },
};
