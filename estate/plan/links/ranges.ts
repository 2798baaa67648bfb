import { PEERINGS } from '../../catalog/links';
import { cidr, cidrsOverlap } from '../../cidr';
import type { Diagnostic } from '../../diagnostics';
import type { Estate } from '../../spec/schema';
import { quote } from '../../spec/words';
import { sortedEntries } from '../../units';
import type { AddressPlan } from '../address-types';
import { endsOf, kindOf } from './topology';

/**
 * Peerings of networks that tell each other of all their ranges, where one of them overlaps one of the other: those of
 * pods, as a rule, since clusters of different networks have the same.
 */
export function overlappingPeerings(estate: Estate, { sites }: Pick<AddressPlan, 'sites'>): readonly Diagnostic[] {
  return sortedEntries(estate.links).flatMap(([key, link]): Diagnostic[] => {
    const ends = endsOf(estate, link);
    if (ends === undefined || link.via !== undefined || kindOf(link, ends) !== 'peering') return [];
    const [one, other] = ends;
    if (one.peer === 'on-premises' || PEERINGS[one.peer].distinctRanges !== true) return [];
    const [near, far] = [one, other].map(({ site }) => sites.get(site)?.subnets ?? []);
    for (const range of near ?? []) {
      const met = far?.find((candidate) => cidrsOverlap(cidr(range.cidr), cidr(candidate.cidr)));
      if (met === undefined) continue;
      const message =
        `a ${PEERINGS[one.peer].title} shows each network all ranges of the other, and ${range.cidr} of ` +
        `${quote(one.key)} (${range.role}) overlaps ${met.cidr} of ${quote(other.key)} (${met.role})`;
      const hint = 'write kind: vpn, which shows routable blocks only';
      return [{ code: 'LinkRangesOverlap', severity: 'error', path: `links.${key}`, value: met.cidr, message, hint }];
    }
    return [];
  });
}
