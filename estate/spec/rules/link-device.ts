import { isPublicAddress } from '../../catalog/ranges';
import { quote } from '../words';
import type { Rule } from './rule';

/** Devices of the company have public addresses, each its own. */
export const linkDevice: Rule = {
  code: 'LinkDevice',
  severity: 'error',
  summary: 'devices of the company have public addresses, each its own',
  why: 'gateways reach them over the internet, and tell tunnels apart by them',
  check(estate, report) {
    const owners = new Map<string, string>();
    for (const [key, { to }] of Object.entries(estate.links)) {
      const { name = '', addresses = [] } = to?.onPremises ?? {};
      for (const [index, address] of addresses.entries()) {
        const place = { path: ['links', key, 'to', 'onPremises', 'addresses', index], value: address };
        const owner = owners.get(address);
        if (!isPublicAddress(address)) {
          report({
            ...place,
            message: `${address} is no public address`,
            hint: 'write the one that the device has on the internet',
          });
        } else if (addresses.indexOf(address) < index) {
          report({
            ...place,
            message: `${address} is there twice`,
            hint: 'write the address of a second device, or one alone',
          });
        } else if (owner !== undefined && owner !== name) {
          report({
            ...place,
            message: `${address} is a device of ${quote(owner)} too`,
            hint: 'give both places the same name, or correct one of them',
          });
        }
        owners.set(address, name);
      }
    }
  },
};
