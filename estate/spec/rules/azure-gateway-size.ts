import { AZURE_CIRCUIT_SKUS, AZURE_VPN_SKUS, azureGatewaySku } from '../../catalog/azure-links';
import { quote } from '../words';
import { azureLinks, azureTunnels } from './azure-links';
import type { Rule } from './rule';

/** Bandwidth of a link that says none, Gbit/s. */
const DEFAULT_GBPS = 1;

/** What links of a site on Azure carry fits the largest of its gateways. */
export const azureGatewaySize: Rule = {
  code: 'AzureGatewaySize',
  severity: 'error',
  summary:
    'what the links of a site on Azure carry together fits the largest gateway for tunnels, or that for circuits',
  why: 'a virtual network has one gateway of each kind, which all its links share',
  source: AZURE_VPN_SKUS[0]?.source,
  check(estate, report) {
    for (const { at, links } of azureLinks(estate)) {
      for (const [kind, rows, noun] of KINDS) {
        const own = links.filter((each) => each.kind === kind);
        const gbps = own.reduce((sum, { link }) => sum + (link.gbps ?? DEFAULT_GBPS), 0);
        const connections = own.reduce((sum, each) => sum + (kind === 'vpn' ? azureTunnels(each) : 1), 0);
        const largest = rows.at(-1);
        if (largest === undefined || azureGatewaySku(rows, gbps, connections) !== undefined) continue;
        report({
          path: at.path,
          on: 'key',
          message: `links of site ${quote(at.key)} carry ${gbps} Gbit/s in ${connections} ${noun}, and its largest gateway ${largest.gbps} in ${largest.connections}`,
          hint: `lower gbps of ${own.map(({ key }) => quote(key)).join(' or ')}, or lead some of them through another site${kind === 'vpn' ? ' or a circuit (kind: interconnect)' : ''}`,
        });
      }
    }
  },
};

const KINDS = [
  ['vpn', AZURE_VPN_SKUS, 'tunnels'],
  ['interconnect', AZURE_CIRCUIT_SKUS, 'circuits'],
] as const;
