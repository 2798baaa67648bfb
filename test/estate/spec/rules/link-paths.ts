import type { RuleTable } from './table';

const place = (...addresses: readonly string[]) => ({
  onPremises: { name: 'dublin', asn: 65010, addresses, prefixes: ['172.20.0.0/16'] },
});
const LEGS = { one: { between: ['ohio', 'east'] }, other: { between: ['east', 'iowa'] } };
const AROUND = { between: ['ohio', 'iowa'], via: 'east' };

const TO_PHOENIX = { hq: { between: ['phoenix'], to: place('198.51.100.10', '198.51.100.11') } };
/** The account in a realm of its own. */
const GOVERNMENT = { 'accounts.oracle-main.tenancyId': 'ocid1.tenancy.oc2..aaaa' };
const OWN_GATEWAY = { 'sites.phoenix.network': { egress: { via: 'ocid1.drg.oc1.phx.hub' } } };

const vpc = (id: string, projectId = 'corp-host') => ({
  existing: { id, projectId, cidrs: ['10.8.0.0/16'], subnets: {} },
});
const LOW = { between: ['iowa', 'delft'] };
/** Two sites in one shared VPC, in two regions. */
const TWO_IN_VPC = {
  'sites.iowa.network': vpc('corp-vpc'),
  'sites.delft': { account: 'google-main', region: 'europe-west4', zones: ['europe-west4-a'] },
  'sites.delft.network': vpc('corp-vpc'),
};

/** Rules on what links stand on. */
export const LINK_PATH_RULES: Readonly<Record<string, RuleTable>> = {
  LinkOracleGateway: {
    holds: [
      { links: TO_PHOENIX },
      { links: TO_PHOENIX, 'sites.phoenix.gateway': { asn: 31898 } },
      { links: TO_PHOENIX, ...GOVERNMENT, 'sites.phoenix.gateway': { asn: 6142 } },
      { links: TO_PHOENIX, 'sites.phoenix.network': { egress: { via: 'ocid1.privateip.oc1.phx.firewall' } } },
      // Without links nothing of it matters.
      { ...GOVERNMENT },
      { ...OWN_GATEWAY },
    ],
    fails: [
      [
        { 'sites.phoenix.gateway': { asn: 64520 } },
        'sites.phoenix.gateway.asn',
        'gateways of Oracle Cloud have number 31898 in realm "oc1"',
      ],
      [{ links: TO_PHOENIX, ...GOVERNMENT }, 'sites.phoenix', 'the number of its gateway in realm "oc2" is not known'],
      [{ links: TO_PHOENIX, ...OWN_GATEWAY }, 'sites.phoenix.network.egress.via', 'its links would need a second one'],
    ],
  },
  LinkSameNetwork: {
    holds: [
      { ...TWO_IN_VPC, links: { low: { between: ['iowa', 'ohio'] } } },
      { ...TWO_IN_VPC, 'sites.delft.network': vpc('corp-vpc', 'other-host'), links: { low: LOW } },
      { ...TWO_IN_VPC, 'sites.delft.network': vpc('corp-vpc-2'), links: { low: LOW } },
    ],
    fails: [
      [
        { ...TWO_IN_VPC, links: { low: LOW } },
        'links.low.between',
        '"iowa" and "delft" lie in network "corp-vpc", which joins them already',
      ],
      [{ ...TWO_IN_VPC, links: { low: { ...LOW, kind: 'vpn' } } }, 'links.low.between', 'joins them already'],
    ],
  },
  LinkSinglePath: {
    holds: [
      { links: { ...LEGS, direct: { between: ['ohio', 'iowa'] } } },
      { links: { ...LEGS, around: { ...AROUND, availability: 1 } } },
      { links: { hq: { between: ['ohio'], to: place('198.51.100.10', '198.51.100.11') } } },
      { links: { hq: { between: ['ohio'], to: place('198.51.100.10'), availability: 1 } } },
      // The other device is reached through Azure, whose gateway leads on.
      {
        links: {
          ...LEGS,
          hq: { between: ['ohio'], to: place('198.51.100.10') },
          'hq-east': { between: ['east'], to: place('198.51.100.11') },
        },
      },
      // Of a site that is not there nothing can be said.
      { links: { around: { between: ['ohio', 'ohioo'], via: 'east' }, other: { ...AROUND, via: 'nowhere' } } },
    ],
    fails: [
      [
        { links: { ...LEGS, around: AROUND } },
        'links.around.via',
        'site "east" is all that joins "ohio" and "iowa", and its loss cuts them',
      ],
      [
        { links: { hq: { between: ['ohio'], to: place('198.51.100.10') } } },
        'links.hq.to.onPremises.addresses',
        '"dublin" has one public address for "ohio", and the loss of its device cuts them',
      ],
    ],
  },
};
