import type { Changes } from '../fixtures';
import type { RuleTable } from './table';

/** The company's network at the end of a link of a site. */
const place = (changes: object = {}) => ({
  onPremises: {
    name: 'dublin',
    asn: 65010,
    addresses: ['198.51.100.10', '198.51.100.11'],
    prefixes: ['172.24.0.0/16'],
    ...changes,
  },
});

const home = (changes: object = {}, site = 'ohio') => ({ links: { home: { between: [site], to: place(changes) } } });

const one = (link: object, more: Changes = {}): Changes => ({ links: { a: link }, ...more });

const TWO_AWS: Changes = { 'sites.oregon': { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'] } };
const TWO_GOOGLE: Changes = { 'sites.utah': { account: 'google-main', region: 'us-west3', zones: ['us-west3-a'] } };
const UTAH_POOL = {
  site: 'utah',
  pools: { train: { accelerator: 'b200', nodes: 2, capacity: { kind: 'reservation', ids: ['utah'] } } },
};
const VIRGINIA: Changes = {
  'sites.virginia': { account: 'aws-main', region: 'us-east-1', zones: ['us-east-1a'] },
  'sites.ashburn': { account: 'oracle-main', region: 'us-ashburn-1', zones: ['Uocm:US-ASHBURN-AD-1'] },
};
const LEGS = { one: { between: ['ohio', 'east'] }, other: { between: ['east', 'iowa'] } };
const AROUND = { between: ['ohio', 'iowa'], via: 'east', availability: 1 };

/** Rules on links. */
export const LINK_RULES: Readonly<Record<string, RuleTable>> = {
  LinkAsn: {
    holds: [
      home(),
      { ...home({ asn: 8075 }) },
      { 'sites.ohio.gateway': { asn: 64512 }, 'sites.east.gateway': { asn: 65514 } },
    ],
    fails: [
      [home({ asn: 8075 }, 'east'), 'links.home.to.onPremises.asn', '8075 is one of those of Azure itself'],
      [home({ asn: 64500 }), 'links.home.to.onPremises.asn', 'is kept for documentation'],
      [home({ asn: 23456 }), 'links.home.to.onPremises.asn', 'do not fit 16 bits'],
      [home({ asn: 31898 }, 'phoenix'), 'links.home.to.onPremises.asn', 'the gateway of "phoenix" too'],
      [
        { ...home({ asn: 64520 }), 'sites.east.gateway': { asn: 64520 } },
        'links.home.to.onPremises.asn',
        'the gateway of "east" too',
      ],
      [
        { links: { home: { between: ['ohio'], to: place() }, more: { between: ['iowa'], to: place({ asn: 65011 }) } } },
        'links.more.to.onPremises.asn',
        '"dublin" has number 65010 in link "home"',
      ],
      [{ 'sites.ohio.gateway': { asn: 65000 + 515 } }, 'sites.ohio.gateway.asn', 'from 64512 to 65514'],
      [
        { 'sites.ohio.gateway': { asn: 64512 }, 'sites.iowa.gateway': { asn: 64512 } },
        'sites.iowa.gateway.asn',
        'site "ohio" too',
      ],
    ],
  },
  LinkBandwidth: {
    holds: [
      one({ between: ['ohio', 'iowa'], gbps: 12 }),
      one({ between: ['east', 'iowa'], gbps: 4.6 }),
      one({ between: ['virginia', 'ashburn'], kind: 'interconnect', gbps: 1 }, VIRGINIA),
    ],
    fails: [
      [
        one({ between: ['ohio', 'iowa'], gbps: 13 }),
        'links.a.gbps',
        '4 tunnels of 3 Gbit/s carry 12 Gbit/s, and not 13',
      ],
      [one({ between: ['iowa', 'east'], gbps: 5 }), 'links.a.gbps', '2 tunnels of 2.3 Gbit/s carry 4.6 Gbit/s'],
      [
        one({ between: ['virginia', 'ashburn'], kind: 'interconnect', gbps: 5 }, VIRGINIA),
        'links.a.gbps',
        'no circuit of 5 Gbit/s can be ordered',
      ],
    ],
  },
  LinkCaution: {
    holds: [one({ between: ['ohio', 'iowa'] })],
    fails: [
      [one({ between: ['virginia', 'ashburn'], kind: 'interconnect' }, VIRGINIA), 'links.a', 'not for production'],
    ],
  },
  LinkDevice: {
    holds: [home(), { links: { a: { between: ['ohio'], to: place() }, b: { between: ['iowa'], to: place() } } }],
    fails: [
      [home({ addresses: ['10.1.1.1', '198.51.100.11'] }), 'links.home.to.onPremises.addresses.0', 'no public address'],
      [
        home({ addresses: ['198.51.100.11', '198.51.100.11'] }),
        'links.home.to.onPremises.addresses.1',
        '198.51.100.11 is there twice',
      ],
      [
        { links: { a: { between: ['ohio'], to: place() }, b: { between: ['iowa'], to: place({ name: 'cork' }) } } },
        'links.b.to.onPremises.addresses.0',
        'a device of "dublin" too',
      ],
    ],
  },
  LinkEnds: {
    holds: [home(), one({ between: ['ohio', 'iowa'] })],
    fails: [
      [one({ between: ['ohio'] }), 'links.a.between', '"ohio" alone is no link'],
      [one({ between: ['ohio', 'ohio'] }), 'links.a.between.1', 'from "ohio" to itself'],
      [one({ between: ['ohio', 'iowa'], to: place() }), 'links.a.to', 'three ends'],
      [one({ between: ['ohio', 'iowa'], via: 'iowa' }), 'links.a.via', '"iowa" is one of the ends'],
      [home({ name: 'iowa' }), 'links.home.to.onPremises.name', '"iowa" is a site of the estate'],
    ],
  },
  LinkKind: {
    holds: [
      one({ between: ['ohio', 'iowa'] }),
      one({ between: ['ohio', 'oregon'] }, TWO_AWS),
      one({ between: ['virginia', 'ashburn'], kind: 'interconnect' }, VIRGINIA),
      { links: { ...LEGS, around: AROUND } },
    ],
    fails: [
      [one({ between: ['ohio', 'phoenix'] }), 'links.a', 'write via: east, with a link of both to it'],
      [one({ between: ['ohio', 'phoenix'] }), 'links.a', 'regions of AWS and Oracle Cloud with circuits: us-east-1'],
      [
        one({ between: ['virginia', 'ashburn'] }, VIRGINIA),
        'links.a',
        'write kind: interconnect, or write via: ohio or east',
      ],
      [one({ between: ['ohio', 'oregon'], kind: 'vpn' }, TWO_AWS), 'links.a.kind', 'write kind: peering'],
      [one({ between: ['ohio', 'iowa'], kind: 'peering' }), 'links.a.kind', 'have no peering with each other'],
      [one({ between: ['ohio', 'iowa'], kind: 'interconnect' }), 'links.a.kind', 'us-west-2 and us-west1'],
      [
        one({ between: ['ohio', 'east'], kind: 'interconnect' }),
        'links.a.kind',
        'is a preview that the Terraform provider',
      ],
      [one({ between: ['ohio', 'oregon'], kind: 'interconnect' }, TWO_AWS), 'links.a.kind', 'by peering'],
      [{ links: { a: { between: ['ohio'], to: place(), kind: 'peering' } } }, 'links.a.kind', 'joined by vpn'],
    ],
  },
  LinkRange: {
    holds: [
      home(),
      { ...home(), 'addressing.used': [{ cidr: '172.24.0.0/16', note: 'dublin' }] },
      one({ between: ['iowa', 'utah'] }, TWO_GOOGLE),
      one({ between: ['iowa', 'utah'], kind: 'vpn' }, { ...TWO_GOOGLE, 'clusters.utah': UTAH_POOL }),
    ],
    fails: [
      [home({ prefixes: ['10.240.1.0/12'] }), 'links.home.to.onPremises.prefixes.0', 'is not a canonical IPv4 block'],
      [home({ prefixes: ['10.0.0.0/8'] }), 'links.home.to.onPremises.prefixes.0', 'where networks on AWS lie'],
      [
        {
          ...VIRGINIA,
          'sites.hub': { account: 'azure-gb', region: 'eastus', zones: ['1'] },
          links: {
            a: { between: ['hub', 'ashburn'], kind: 'interconnect' },
            home: { between: ['ohio'], to: place({ prefixes: ['10.240.0.0/12'] }) },
          },
        },
        'links.home.to.onPremises.prefixes.0',
        'overlaps 10.255.248.0/21, which circuits are numbered from',
      ],
      [home({ prefixes: ['169.254.0.0/20'] }), 'links.home.to.onPremises.prefixes.0', 'which no network can use'],
      [
        {
          links: {
            a: { between: ['ohio'], to: place() },
            b: { between: ['iowa'], to: place({ name: 'cork', addresses: ['198.51.100.12'] }) },
          },
        },
        'links.b.to.onPremises.prefixes.0',
        '172.24.0.0/16 of "dublin"',
      ],
      [
        one({ between: ['iowa', 'utah'] }, { ...TWO_GOOGLE, 'clusters.utah': UTAH_POOL }),
        'links.a',
        'pods of "iowa" and "utah" share one range',
      ],
    ],
  },
  LinkTwice: {
    holds: [{ links: { a: { between: ['ohio', 'iowa'] }, b: { between: ['iowa', 'east'] } } }],
    fails: [
      [
        { links: { a: { between: ['ohio', 'iowa'] }, b: { between: ['iowa', 'ohio'] } } },
        'links.b',
        'have link "a" already',
      ],
      [
        { links: { ...LEGS, direct: { between: ['iowa', 'ohio'] }, around: AROUND } },
        'links.around',
        'link "direct" already',
      ],
    ],
  },
  LinkVia: {
    holds: [{ links: { ...LEGS, around: AROUND } }],
    fails: [
      [{ links: { one: LEGS.one, around: AROUND } }, 'links.around.via', '"iowa" has no link with "east"'],
      [{ links: { ...LEGS, around: { ...AROUND, gbps: 2 } } }, 'links.around.gbps', 'makes nothing of its own'],
      [
        { links: { ...LEGS, around: { ...AROUND, between: ['phoenix', 'east'], via: 'iowa' } } },
        'links.around.via',
        'sites whose gateways do: ohio',
      ],
      [
        {
          ...TWO_AWS,
          links: {
            one: { between: ['ohio', 'oregon'] },
            other: { between: ['oregon', 'iowa'] },
            around: { ...AROUND, via: 'oregon' },
          },
        },
        'links.around.via',
        'link "one" is of kind peering, and only tunnels lead on',
      ],
      [
        {
          'sites.ashburn': { account: 'oracle-main', region: 'us-ashburn-1', zones: ['Uocm:US-ASHBURN-AD-1'] },
          links: {
            one: { between: ['phoenix', 'east'] },
            other: { between: ['ashburn', 'east'] },
            around: { ...AROUND, between: ['phoenix', 'ashburn'] },
          },
        },
        'links.around.via',
        'both ends are of autonomous system 31898',
      ],
    ],
  },
};
