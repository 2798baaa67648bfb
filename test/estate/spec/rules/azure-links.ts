import { BASE } from '../fixtures';
import type { RuleTable } from './table';

const LONDON = { account: 'azure-gb', region: 'uksouth', zones: ['1'] };
const OTHER = { ...BASE.accounts['azure-gb'], tenantId: '11111111-1d4e-4f6a-8b0c-2e5d7f9a1b03' };
const place = (asn: number) => ({
  onPremises: { name: 'dublin', asn, addresses: ['198.51.100.10', '198.51.100.11'], prefixes: ['172.20.0.0/16'] },
});
const hub = (id: string) => ({
  existing: {
    id: 'hub',
    resourceGroup: 'hub-network',
    cidrs: ['10.20.0.0/16'],
    privateDns: { resourceGroup: 'hub-dns' },
    subnets: { gateway: { role: 'gateway', id, cidr: '10.20.1.0/26' } },
  },
});

/** Rules on links of sites on Azure. */
export const AZURE_LINK_RULES: Readonly<Record<string, RuleTable>> = {
  AzureGatewayAsn: {
    holds: [
      { 'sites.east.gateway': { asn: 64600 } },
      { 'sites.ohio.gateway': { asn: 65515 }, links: { a: { between: ['ohio', 'iowa'] } } },
      { links: { hq: { between: ['ohio'], to: place(65515) } } },
      { links: { hq: { between: ['east'], to: place(65010) } } },
    ],
    fails: [
      [{ 'sites.east.gateway': { asn: 65516 } }, 'sites.east.gateway.asn', 'from 65515 to 65520, nor a peer of it'],
      [{ links: { hq: { between: ['east'], to: place(8075) } } }, 'links.hq.to.onPremises.asn', 'from 8074 to 8075'],
    ],
  },
  AzureGatewaySize: {
    holds: [
      { links: { a: { between: ['east', 'ohio'], gbps: 6 }, b: { between: ['east', 'iowa'], gbps: 4 } } },
      { links: { a: { between: ['iowa', 'ohio'], gbps: 40 } } },
      // Peered networks have no gateway, and a way through another site none of its own.
      { 'sites.london': LONDON, links: { a: { between: ['east', 'london'], gbps: 40 } } },
      { links: { a: { between: ['east', 'ohio'] }, b: { between: ['ohio', 'iowa'], via: 'east', gbps: 40 } } },
      { links: { a: { between: ['east', 'nowhere'], gbps: 40 } } },
    ],
    fails: [
      [
        { links: { a: { between: ['east', 'ohio'], gbps: 6 }, b: { between: ['east', 'iowa'], gbps: 5 } } },
        'sites.east',
        'links of site "east" carry 11 Gbit/s in 6 tunnels, and its largest gateway 10 in 100',
      ],
      [
        { links: { a: { between: ['east', 'phoenix'], kind: 'interconnect', gbps: 20 } } },
        'sites.east',
        'carry 20 Gbit/s in 1 circuits, and its largest gateway 10 in 16',
      ],
    ],
  },
  AzureGatewaySubnet: {
    holds: [{ 'sites.east.network': hub('GatewaySubnet') }],
    fails: [
      [
        { 'sites.east.network': hub('gateways') },
        'sites.east.network.existing.subnets.gateway.id',
        'gateways are made in the subnet "GatewaySubnet", not in "gateways"',
      ],
    ],
  },
  AzurePeeringTenant: {
    holds: [
      { 'sites.london': LONDON, links: { a: { between: ['east', 'london'] } } },
      {
        'accounts.other': OTHER,
        'sites.london': { ...LONDON, account: 'other' },
        links: { a: { between: ['east', 'london'], kind: 'vpn' } },
      },
    ],
    fails: [
      [
        {
          'accounts.other': OTHER,
          'sites.london': { ...LONDON, account: 'other' },
          links: { a: { between: ['east', 'london'] } },
        },
        'links.a.between',
        'join them by tunnels (kind: vpn)',
      ],
    ],
  },
};
