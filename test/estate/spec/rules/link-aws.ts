import { AWS_NETWORK } from '../../../helpers/existing';
import type { RuleTable } from './table';

const NETWORK = 'sites.ohio.network.existing';
const LINKS = { links: { cross: { between: ['ohio', 'east'] } } };
/** A VPC of the account of the site itself. */
const { accountId: _owner, ...OWN } = AWS_NETWORK;
const CIRCUIT = { kind: 'interconnect', between: ['ohio', 'phoenix'] };

/** Rules on links of sites of AWS. */
export const LINK_AWS_RULES: Readonly<Record<string, RuleTable>> = {
  LinkAwsGateway: {
    holds: [
      { ...LINKS, [NETWORK]: OWN },
      { ...LINKS, [NETWORK]: { ...AWS_NETWORK, accountId: '111122223333' } },
      { ...LINKS, 'sites.ohio.gateway': { asn: 4200000000 } },
      // Without links nothing is attached, and what leads through another site attaches nothing.
      { [NETWORK]: AWS_NETWORK },
      { 'sites.ohio.gateway': { asn: 65010 } },
      { [NETWORK]: AWS_NETWORK, links: { around: { between: ['ohio', 'iowa'], via: 'east' } } },
    ],
    fails: [
      [{ ...LINKS, [NETWORK]: AWS_NETWORK }, `${NETWORK}.accountId`, 'the network is shared by another account'],
      [{ ...LINKS, 'sites.ohio.gateway': { asn: 65535 } }, 'sites.ohio.gateway.asn', 'from 64512 to 65534'],
    ],
  },
  LinkAwsPlace: {
    holds: [
      { links: { circuit: { ...CIRCUIT, location: 'mce-0123' } } },
      { links: { circuit: { ...CIRCUIT, between: ['ohio', 'iowa'] } } },
      { links: { circuit: { ...CIRCUIT, kind: 'vpn' } } },
      { links: { circuit: { ...CIRCUIT, via: 'east' } } },
    ],
    fails: [[{ links: { circuit: CIRCUIT } }, 'links.circuit', 'aws interconnect list-environments']],
  },
  LinkAwsRoutes: {
    holds: [{ ...LINKS, [NETWORK]: { ...OWN, routeTables: ['rtb-0a1b2c3d4e5f60718'] } }, { [NETWORK]: OWN }, LINKS],
    fails: [[{ ...LINKS, [NETWORK]: OWN }, NETWORK, 'the network has links, and no route in it leads to them']],
  },
};
