import { EstateError } from '../../../../estate/diagnostics';
import { writtenPath } from '../../../../estate/plan/identity';
import { planLayout } from '../../../../estate/plan/layout';
import { EMPTY_LOCK } from '../../../../estate/plan/lock';
import { linkedEstate } from '../../../helpers/linked';

const home = (place: object = {}) => ({
  home: {
    between: ['ohio'],
    to: {
      onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['10.64.0.0/16'], ...place },
    },
  },
});

const blockOf = (links: object) => planLayout(linkedEstate(links)).addresses.sites.get('ohio')?.cidrs;

test('new networks keep clear of what the company has at the other end of a link', () => {
  expect(blockOf({})).toEqual(['10.64.0.0/16']);
  expect(blockOf(home())).toEqual(['10.65.0.0/16']);
  expect(blockOf(home({ prefixes: ['10.64.0.0/14'] }))).toEqual(['10.68.0.0/16']);
});

test('a network that the lock file holds and the company has too is told', () => {
  const { lock } = planLayout(linkedEstate({}));
  expect(() => planLayout(linkedEstate(home()), lock)).toThrow(
    'links.home.to.onPremises.prefixes.0: 10.64.0.0/16 of "sites.ohio.network" overlaps 10.64.0.0/16, which "dublin" has at the end of a link',
  );
});

/** What planning says of the numbers of gateways. */
function numbersFound(estate: Parameters<typeof planLayout>[0], asns: Record<string, number>) {
  try {
    const layout = planLayout(estate, { ...EMPTY_LOCK, ...planLayout(linkedEstate({})).lock, asns });
    return layout.addresses.diagnostics.map(({ code, path }) => [code, path]);
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return error.diagnostics.map(({ code, path }) => [code, path]);
  }
}

test('a number that the company has is given to no gateway, and told where a gateway has it', () => {
  const estate = linkedEstate(home({ asn: 64512, prefixes: ['10.240.0.0/16'] }));
  expect(planLayout(estate).lock.asns).toEqual({ ohio: 64513 });
  expect(numbersFound(estate, { ohio: 64512 })).toContainEqual(['LinkAsn', 'links.home.to.onPremises.asn']);
});

test('a number that the lock file holds for another gateway cannot be pinned', () => {
  const estate = linkedEstate({ a: { between: ['ohio', 'eastus2'] } });
  const pinned = { ...estate, sites: { ...estate.sites, ohio: { ...estate.sites.ohio, gateway: { asn: 64512 } } } };
  expect(numbersFound(pinned as typeof estate, { eastus2: 64512 })).toContainEqual([
    'LinkAsn',
    'sites.ohio.gateway.asn',
  ]);
});

test('circuits are numbered clear of what is in use', () => {
  const estate = linkedEstate({});
  const linked = {
    ...estate,
    sites: {
      ...estate.sites,
      west: { ...estate.sites.eastus2, region: 'westus3' },
    },
    links: linkedEstate({ a: { between: ['west', 'phoenix'], kind: 'interconnect' } }).links,
    addressing: { ...estate.addressing, used: [{ cidr: '10.255.248.0/24', note: 'laboratory' }] },
  } as typeof estate;
  expect(planLayout(linked).lock.insideRanges).toEqual({
    'links.a.circuit-1-1': '10.255.249.0/30',
    'links.a.circuit-1-2': '10.255.249.4/30',
  });
});

test('what is planned of a renamed link is told under the key that it has now', () => {
  const estate = linkedEstate({ now: { between: ['ohio', 'eastus2'], renamedFrom: 'then' } });
  expect(writtenPath(estate, 'links.then.gbps')).toBe('links.now.gbps');
});
