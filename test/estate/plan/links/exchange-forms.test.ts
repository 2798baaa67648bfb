import { wrongForms } from '../../../../estate/plan/links/exchange-forms';
import { EMPTY_EXCHANGE } from '../../../../estate/spec/exchange';
import { linkedEstate, planOf } from '../../../helpers/linked';

const PLAN = planOf(
  linkedEstate({
    a: { between: ['eastus2', 'ohio'] },
    b: { between: ['iowa', 'phoenix'] },
    west: { between: ['ohio', 'oregon'] },
  }),
);
const wrong = (parts: object) => wrongForms({ ...EMPTY_EXCHANGE, estate: 'atlas', ...parts }, PLAN);
const ATTACHMENT = 'tgw-attach-0a1b2c3d4e5f60718';

test.each<[string, object, string, RegExp]>([
  [
    'an OCID of a site on AWS',
    { gateways: { oregon: { id: 'ocid1.drg.oc1.iad.aaaa' } } },
    'gateways.oregon.id',
    /tgw-/,
  ],
  ['digits of one', { gateways: { ohio: { id: '123456' } } }, 'gateways.ohio.id', /a transit gateway of AWS/],
  ['an address of mail', { gateways: { phoenix: { id: 'a@example.com' } } }, 'gateways.phoenix.id', /ocid1\.drg/],
  [
    'a gateway for a peering',
    { peerings: { west: { ohio: 'tgw-0a1b2c3d4e5f60718' } } },
    'peerings.west.ohio',
    /attach/,
  ],
  [
    'an address more than the gateway has',
    { gateways: { iowa: { addresses: ['34.1.1.1', '34.1.1.2', '34.1.1.3'] } } },
    'gateways.iowa.addresses',
    /2 public addresses, and 3 are told/,
  ],
  [
    'addresses of a gateway that has none',
    { gateways: { ohio: { addresses: ['34.1.1.1'] } } },
    'gateways.ohio.addresses',
    /its tunnels have/,
  ],
])('%s is refused with its place, and not shown', (_name, parts, path, message) => {
  const [first, ...more] = wrong(parts);
  expect([first?.code, first?.path, more]).toEqual(['ExchangeInvalid', path, []]);
  expect(first?.message).toMatch(message);
  expect(first?.value).toBeUndefined();
});

test('a UUID is no circuit of Azure: the key of one looks so', () => {
  const { links: _links, ...estate } = linkedEstate({});
  const sites = {
    ...estate.sites,
    eastus2: { ...estate.sites.eastus2, region: 'eastus' },
    phoenix: { ...estate.sites.phoenix, region: 'us-ashburn-1' },
  };
  const { links } = linkedEstate({ express: { between: ['eastus2', 'phoenix'], kind: 'interconnect' } });
  const plan = planOf(Object.assign(estate, { sites, links }) as ReturnType<typeof linkedEstate>);
  const found = (id: string) =>
    wrongForms({ ...EMPTY_EXCHANGE, estate: 'atlas', circuits: { express: { eastus2: [id] } } }, plan).length;
  expect(found('0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9')).toBe(1);
  const circuit = 'resourceGroups/atlas/providers/Microsoft.Network/expressRouteCircuits/atlas-express-circuit-1';
  expect(found(`/subscriptions/11111111-1111-1111-1111-111111111111/${circuit}`)).toBe(0);
});

test('what stacks tell, and what the estate has no place for, is left alone', () => {
  const gateways = {
    oregon: { id: 'tgw-0a1b2c3d4e5f60718' },
    iowa: { addresses: ['34.1.1.1'] },
    gone: { id: '123456' },
  };
  expect(wrong({ gateways, peerings: { west: { ohio: ATTACHMENT, oregon: ATTACHMENT } } })).toEqual([]);
});
