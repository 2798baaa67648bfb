import type { Exchange } from '../../estate/spec/exchange';
import type { Estate } from '../../estate/spec/schema';
import { linkedEstate, planOf } from '../helpers/linked';
import { diffOf, endsOf } from './link-scene';

/** Two sites with a link between them, and the company. */
function pairEstate(asn = 64513): Estate {
  const estate = linkedEstate({
    pair: { between: ['ohio', 'eastus2'] },
    hq: {
      between: ['ohio'],
      to: { onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['10.240.0.0/12'] } },
    },
  });
  const { ohio, eastus2 } = estate.sites;
  if (ohio === undefined || eastus2 === undefined) throw new Error('the estate of the tests has both sites');
  return {
    ...estate,
    sites: { ohio: { ...ohio, gateway: { asn: 64512 } }, eastus2: { ...eastus2, gateway: { asn } } },
  };
}

const tunnels = Object.fromEntries(
  (planOf(pairEstate()).links.find(({ key }) => key === 'pair')?.tunnels ?? []).map(({ insideCidr }, index) => {
    return [insideCidr, `52.1.1.${index + 1}`];
  }),
);
const told = (second: string): Partial<Exchange> => ({
  gateways: { eastus2: { addresses: ['20.1.1.1', second] } },
  tunnels: { pair: { ohio: tunnels } },
});

describe('what is made anew in stacks of links', () => {
  const before = planOf(pairEstate(), told('20.1.1.2'));

  test('is the connection to a peer whose address is another one, which leaves the link fewer paths', async () => {
    const report = await diffOf(before, planOf(pairEstate(), told('20.1.1.3')));
    expect(endsOf(report)).toEqual([
      'replaced customer gateway atlas-pair-ohio-link/link/connection-1/peer',
      'replaced VPN connection atlas-pair-ohio-link/link/connection-1/Resource',
      'replaced transit gateway route table association atlas-pair-ohio-link/link/connection-1/association',
      'replaced transit gateway route table propagation atlas-pair-ohio-link/link/connection-1/propagation',
    ]);
    expect(report.cut).toEqual([
      {
        path: 'links.pair',
        isWhole: false,
        until: 'until atlas-pair-ohio-link is applied, what it tells imported, and atlas-pair-eastus2-link applied',
      },
    ]);
  });

  test('is every connection to a peer whose autonomous system gets another number', async () => {
    const report = await diffOf(before, planOf(pairEstate(64999), told('20.1.1.2')));
    expect(report.edits).toEqual([{ path: 'links.pair', change: 'ASN of eastus2 64513 -> 64999' }]);
    expect(endsOf(report).filter((each) => each.includes('VPN connection'))).toHaveLength(2);
    expect(report.cut.map(({ path, isWhole }) => [path, isWhole])).toEqual([['links.pair', true]]);
    expect(report.ok).toBe(false);
  });
});
