import { azureReservedNetworkRanges } from '../../catalog/azure';
import { cidr, cidrsOverlap, parseCidr } from '../../cidr';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** What something else uses lies outside the ranges that the InfiniBand network of Azure's machines has. */
export const unreachableRange: Rule = {
  code: 'UnreachableRange',
  severity: 'warning',
  summary: "what something else uses lies outside the range of Azure's InfiniBand networks",
  why: 'nodes with InfiniBand cannot reach it: the range is theirs, and nothing moves it',
  source: azureReservedNetworkRanges[0]?.source,
  check(estate, report) {
    const isThere = poolsOf(estate).some(
      ({ machine }) =>
        machine !== undefined && 'infinibandAdapters' in machine && Number(machine.infinibandAdapters) > 0,
    );
    if (!isThere) return;
    for (const [index, { cidr: text, note }] of estate.addressing.used.entries()) {
      const block = parseCidr(text);
      const row = azureReservedNetworkRanges.find((one) => block !== undefined && cidrsOverlap(cidr(one.cidr), block));
      if (row === undefined) continue;
      const message = `${text} (${note}) overlaps ${row.cidr}, which the InfiniBand network of Azure's machines has`;
      const hint = 'acknowledge it if nodes need not reach it, or give what uses it other addresses there';
      report({ path: ['addressing', 'used', index, 'cidr'], value: text, message, hint });
    }
  },
};
