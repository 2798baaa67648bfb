import { AZURE_RESERVED_ASNS } from '../../catalog/azure-links';
import { quote } from '../words';
import { azureLinks } from './azure-links';
import type { Rule } from './rule';

/** Gateways on Azure and their peers have none of the numbers that Azure keeps. */
export const azureGatewayAsn: Rule = {
  code: 'AzureGatewayAsn',
  severity: 'error',
  summary:
    'gateways on Azure and the devices of the company that they lead to have no number that Azure keeps for itself',
  why: 'Azure refuses such a number of an autonomous system, for its own gateway and for a peer',
  source: AZURE_RESERVED_ASNS.source,
  check(estate, report) {
    for (const { at, links } of azureLinks(estate)) {
      const own = { path: [...at.path, 'gateway', 'asn'], asn: at.site.gateway?.asn };
      const peers = links.map(({ key, link }) => {
        return { path: ['links', key, 'to', 'onPremises', 'asn'], asn: link.to?.onPremises.asn };
      });
      for (const { path, asn } of [own, ...peers]) {
        const kept = AZURE_RESERVED_ASNS.ranges.find(([from, to]) => asn !== undefined && asn >= from && asn <= to);
        if (kept === undefined) continue;
        report({
          path,
          value: asn,
          message: `no gateway at site ${quote(at.key)} may have a number from ${kept[0]} to ${kept[1]}, nor a peer of it`,
          hint: 'use a private one such as 64512, or leave that of the site out: the lock file chooses it',
        });
      }
    }
  },
};
