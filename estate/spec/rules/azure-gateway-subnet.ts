import { AZURE_GATEWAY_SUBNET } from '../../catalog/azure-links';
import { quote } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

/** The subnet of the gateway of a network that exists on Azure has the one name that gateways are made in. */
export const azureGatewaySubnet: Rule = {
  code: 'AzureGatewaySubnet',
  severity: 'error',
  summary: 'the subnet for the gateway of a network that exists on Azure is GatewaySubnet',
  why: 'Azure makes gateways in a subnet of that name and in no other one',
  source: AZURE_GATEWAY_SUBNET.source,
  check(estate, report) {
    for (const { path, site, cloud } of sitesOf(estate)) {
      if (cloud !== 'azure') continue;
      for (const [key, { role, id }] of Object.entries(site.network.existing?.subnets ?? {})) {
        if (role !== 'gateway' || id === undefined || id === AZURE_GATEWAY_SUBNET.name) continue;
        report({
          path: [...path, 'network', 'existing', 'subnets', key, 'id'],
          value: id,
          message: `gateways are made in the subnet ${quote(AZURE_GATEWAY_SUBNET.name)}, not in ${quote(id)}`,
          hint: `name ${AZURE_GATEWAY_SUBNET.name}, of /27 or larger, which its owner makes if there is none yet`,
        });
      }
    }
  },
};
