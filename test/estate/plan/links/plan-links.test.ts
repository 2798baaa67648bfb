import { planLayout } from '../../../../estate/plan/layout';
import type { Exchange } from '../../../../estate/spec/exchange';
import { estateSchema } from '../../../../estate/spec/schema';
import { linkedEstate, planOf } from '../../../helpers/linked';

const pairs = (links: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(links).map(([key, between]) => [key, { between }]));

describe('links', () => {
  test('join each address of a giver with both tunnels of a connection of a taker', () => {
    const [link] = planOf(linkedEstate(pairs({ a: ['eastus2', 'ohio'] }))).links;
    expect(link?.sides.map(({ site, asn }) => [site, asn])).toEqual([
      ['ohio', 64513],
      ['eastus2', 64512],
    ]);
    expect(link?.tunnels.map(({ insideCidr, ends }) => [insideCidr, ...ends.map((end) => end.interface)])).toEqual([
      ['169.254.21.0/30', 0, 0],
      ['169.254.21.4/30', 1, 0],
      ['169.254.21.8/30', 2, 1],
      ['169.254.21.12/30', 3, 1],
    ]);
    expect(link?.tunnels[2]?.ends).toEqual([
      { inside: '169.254.21.9', asn: 64513, interface: 2, connection: 1, outside: undefined },
      { inside: '169.254.21.10', asn: 64512, interface: 1, outside: undefined },
    ]);
  });

  test('have the number of Oracle at every site of Oracle Cloud, or the one that is written for its realm', () => {
    const estate = linkedEstate(pairs({ a: ['eastus2', 'phoenix'] }));
    const { phoenix } = estate.sites;
    const written = estateSchema.parse({
      ...estate,
      sites: { ...estate.sites, phoenix: { ...phoenix, gateway: { asn: 6142 } } },
    });
    for (const [each, asn] of [
      [estate, 31898],
      [written, 6142],
    ] as const) {
      const plan = planOf(each);
      expect(plan.sites('oracle').map(({ gateway }) => gateway?.asn)).toEqual([asn]);
      expect(plan.links[0]?.sides.map((side) => side.asn)).toEqual([asn, 64512]);
      expect(planLayout(each).lock.asns).toEqual({ eastus2: 64512 });
    }
  });

  test('lead from Azure to one device of the company once, and from Google Cloud from both of its addresses', () => {
    const to = {
      onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['10.240.0.0/16'] },
    };
    const { links } = planOf(linkedEstate({ a: { between: ['eastus2'], to }, b: { between: ['iowa'], to } }));
    expect(links.map(({ tunnels }) => tunnels.map(({ ends }) => ends.map((end) => end.interface)))).toEqual([
      [[0, 0]],
      [
        [0, 0],
        [1, 0],
      ],
    ]);
  });

  test('wait for what the other side tells, and for nothing else', () => {
    const estate = linkedEstate(pairs({ a: ['eastus2', 'ohio'], b: ['iowa', 'eastus2'] }));
    const pending = (exchange: Partial<Exchange>) =>
      planOf(estate, exchange).links.map(({ sides }) => sides.map((side) => side.pending.length));
    const gateways = { eastus2: { addresses: ['20.1.1.1', '20.1.1.2'] } };
    expect(pending({})).toEqual([
      [1, 4],
      [1, 1],
    ]);
    expect(pending({ gateways })).toEqual([
      [0, 4],
      [1, 0],
    ]);
  });

  test('are incomplete where a half is made before the other one has told what completes it', () => {
    const { links: _links, ...estate } = linkedEstate({});
    const sites = {
      ...estate.sites,
      eastus2: { ...estate.sites.eastus2, region: 'eastus' },
      phoenix: { ...estate.sites.phoenix, region: 'us-ashburn-1' },
    };
    const links = {
      express: {
        between: ['eastus2', 'phoenix'],
        kind: 'interconnect',
        providerServiceId: 'ocid1.providerservice.oc1.iad.aaaaazure',
      },
      west: { between: ['ohio', 'oregon'] },
    };
    const linked = estateSchema.parse({ ...estate, sites, links });
    const missing = (exchange: Partial<Exchange>) =>
      planOf(linked, exchange).links.flatMap(({ sides }) =>
        sides.map(({ site, pending, completes }) => [
          site,
          pending.map(({ path }) => path),
          completes.map(({ path }) => path),
        ]),
      );
    expect(missing({})).toEqual([
      ['phoenix', ['circuits.express.eastus2'], []],
      ['eastus2', [], ['circuits.express.phoenix']],
      ['ohio', ['gateways.oregon.id'], ['peerings.west.oregon']],
      ['oregon', ['peerings.west.ohio'], []],
    ]);
    const told = missing({
      peerings: { west: { oregon: 'tgw-attach-0a1b2c3d4e5f60718' } },
      circuits: { express: { phoenix: ['ocid1.virtualcircuit.oc1.iad.aaaavc'] } },
    });
    expect(told.map(([, , completes]) => completes)).toEqual([[], [], [], []]);
  });

  test('gives sites halves that nothing is missing for', () => {
    const estate = linkedEstate(pairs({ a: ['eastus2', 'ohio'], west: ['ohio', 'oregon'] }));
    const plan = planOf(estate, { gateways: { eastus2: { addresses: ['20.1.1.1', '20.1.1.2'] } } });
    const ohio = plan.sites('aws').find(({ key }) => key === 'ohio');
    expect(ohio?.links?.map(({ stack }) => stack)).toEqual(['atlas-a-ohio-link']);
    expect(ohio?.gateway?.reached).toEqual(['10.65.0.0/16', '10.128.0.0/16']);
    expect(plan.sites('azure')[0]?.gateway?.insideAddresses).toEqual([
      ['169.254.21.2', '169.254.21.6'],
      ['169.254.21.10', '169.254.21.14'],
    ]);
  });
});
