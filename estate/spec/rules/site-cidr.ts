import { CATALOG, NETWORK_RANGES } from '../../catalog';
import { type Cidr, cidrContains, cidrsOverlap, formatCidr, parseCidr } from '../../cidr';
import { canonicalHint } from '../canonical';
import { companyBlocks, excludedBlocks } from '../excluded';
import { quote } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

/** Pinned address blocks are canonical, lie in the supernet of their cloud and touch nothing else. */
export const siteCidr: Rule = {
  code: 'SiteCidr',
  severity: 'error',
  summary: 'pinned address blocks are canonical, lie in the supernet of their cloud and touch nothing else',
  why: 'only supernets are routed between clouds, and two networks with one block cannot be joined',
  check(estate, report) {
    const excluded = [...excludedBlocks(estate.addressing), ...companyBlocks(estate)];
    const pinned: { readonly key: string; readonly block: Cidr }[] = [];
    for (const { key, path, site, cloud } of sitesOf(estate)) {
      if (site.cidr === undefined) continue;
      const place = { path: [...path, 'cidr'], value: site.cidr };
      const block = parseCidr(site.cidr);
      if (block === undefined) {
        report({
          ...place,
          message: `${quote(site.cidr)} is not a canonical IPv4 block`,
          hint: canonicalHint(site.cidr),
        });
        continue;
      }
      const supernet = parseCidr(estate.addressing.supernets[cloud] ?? NETWORK_RANGES.supernets[cloud].cidr);
      const other = pinned.find((one) => cidrsOverlap(one.block, block));
      const taken = excluded.find((one) => cidrsOverlap(one.block, block));
      pinned.push({ key, block });
      if (block.prefix < NETWORK_RANGES.siteBlockPrefix) {
        const largest = formatCidr({ ...block, prefix: NETWORK_RANGES.siteBlockPrefix });
        const message = `${site.cidr} is larger than a network can be; /${NETWORK_RANGES.siteBlockPrefix} is the largest`;
        report({ ...place, message, hint: `pin ${largest}; further blocks are added when the site grows` });
      } else if (supernet !== undefined && !cidrContains(supernet, block)) {
        const message = `${site.cidr} lies outside ${formatCidr(supernet)}, the supernet of ${CATALOG[cloud].title}`;
        report({ ...place, message, hint: `pin a block inside it, or set addressing.supernets.${cloud}` });
      } else if (taken !== undefined) {
        const message = `${site.cidr} overlaps ${formatCidr(taken.block)}, ${taken.why}`;
        report({ ...place, message, hint: 'pin another block' });
      } else if (other !== undefined) {
        const message = `${site.cidr} overlaps ${formatCidr(other.block)} of site ${quote(other.key)}`;
        report({ ...place, message, hint: 'pin another block' });
      }
    }
  },
};
