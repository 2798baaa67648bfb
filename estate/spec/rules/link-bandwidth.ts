import { VPN_GATEWAYS } from '../../catalog/links';
import { counted, joined } from '../words';
import { interconnectRow, joinsRegions, type LinkEntry, linksOf } from './link-walk';
import type { Rule } from './rule';

/** Links carry what they have to: as many tunnels as there are, or a circuit that can be ordered. */
export const linkBandwidth: Rule = {
  code: 'LinkBandwidth',
  severity: 'error',
  summary: 'links carry what they have to: as many tunnels as there are, or a circuit that can be ordered',
  why: 'one flow takes one tunnel, and circuits are sold in some sizes only',
  source: VPN_GATEWAYS.aws.source,
  check(estate, report) {
    for (const entry of linksOf(estate)) {
      const { path, link, ends, kind } = entry;
      const { gbps } = link;
      if (gbps === undefined || link.via !== undefined) continue;
      const place = { path: [...path, 'gbps'], value: gbps };
      const row = interconnectRow(ends);
      if (kind === 'interconnect' && row !== undefined && joinsRegions(row, ends) && !row.gbps.includes(gbps)) {
        const message = `no circuit of ${gbps} Gbit/s can be ordered`;
        report({ ...place, message, hint: `write ${joined(row.gbps.map(String), 'or')}` });
      }
      if (kind !== 'vpn') continue;
      const tunnels = tunnelCount(entry);
      const each = Math.min(...ends.map(({ peer }) => VPN_GATEWAYS[peer].tunnelGbps));
      const most = Math.round(tunnels * each * 10) / 10;
      if (tunnels === 0 || gbps <= most) continue;
      const hasCircuits = row !== undefined && joinsRegions(row, ends);
      const message = `${counted(tunnels, 'tunnel')} of ${each} Gbit/s carry ${most} Gbit/s, and not ${gbps}`;
      report({
        ...place,
        message,
        hint: `write ${most} or less${hasCircuits ? `, or kind: interconnect with ${joined(row.gbps.map(String), 'or')}` : ''}`,
      });
    }
  },
};

/** Tunnels of a link: a taker has two for each address of the other end, two givers one for each address. */
function tunnelCount({ link, ends }: LinkEntry): number {
  const counts = ends.map(({ peer }) =>
    peer === 'on-premises' ? (link.to?.onPremises.addresses.length ?? 1) : VPN_GATEWAYS[peer].interfaces,
  );
  const takers = ends.filter(({ peer }) => VPN_GATEWAYS[peer].role === 'taker').length;
  if (takers === 2) return 0;
  const [one = 1, other = 1] = counts;
  return takers === 1 ? one * other : Math.max(one, other);
}
