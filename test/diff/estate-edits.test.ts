import { addressEdits, estateEdits } from '../../diff';
import { type EstateInput, estateOf } from '../helpers/estates';

const BASE = {
  estate: 'v1',
  name: 'atlas',
  owner: { team: 'research', email: 'research@example.com' },
  accounts: { 'aws-main': { cloud: 'aws', accountId: '111122223333' } },
  sites: { ohio: { account: 'aws-main', region: 'us-east-2', zones: ['us-east-2a', 'us-east-2b'] } },
  clusters: {
    ohio: { site: 'ohio', mounts: ['data'], pools: { train: { accelerator: 'b300', nodes: 8, zone: 'us-east-2a' } } },
  },
  stores: { data: { kind: 'object', site: 'ohio' } },
} as const;

function edits(change: object, base: EstateInput = BASE): string[] {
  const after = { ...Object(base), ...change };
  return estateEdits(estateOf(base), estateOf(after)).map(({ path, change: what }) => `${path}: ${what}`);
}

const train = BASE.clusters.ohio.pools.train;
const withPools = (pools: object) => ({ clusters: { ohio: { ...BASE.clusters.ohio, pools } } });

describe('what an edit of the estate says', () => {
  test('is empty where the estates say the same in another order or with a default written out', () => {
    const { zones, ...ohio } = BASE.sites.ohio;
    expect(
      edits({ sites: { ohio: { zones, ...ohio } }, stores: { data: { ...BASE.stores.data, retainDays: 30 } } }),
    ).toEqual([]);
  });

  test.each([
    ['a number', withPools({ train: { ...train, nodes: 16 } }), ['clusters.ohio.pools.train: nodes 8 -> 16']],
    [
      'a field that was not there',
      withPools({ train: { ...train, topology: '4x4' } }),
      ['clusters.ohio.pools.train: topology unset -> 4x4'],
    ],
    [
      'several fields',
      withPools({ train: { ...train, nodes: 16, zone: 'us-east-2b' } }),
      ['clusters.ohio.pools.train: nodes 8 -> 16, zone us-east-2a -> us-east-2b'],
    ],
    [
      'a new pool',
      withPools({ train, test: { accelerator: 'h200', nodes: 2 } }),
      ['clusters.ohio.pools.test: added (h200, 2 nodes)'],
    ],
    [
      'a part that was not there',
      { sites: { ohio: { ...BASE.sites.ohio, access: { viewers: ['arn:aws:iam::111122223333:role/audit'] } } } },
      ['sites.ohio: access.viewers +arn:aws:iam::111122223333:role/audit'],
    ],
    ['a pool that leaves', withPools({}), ['clusters.ohio.pools.train: removed']],
    [
      'a renamed pool',
      withPools({ main: { ...train, renamedFrom: 'train' } }),
      ['clusters.ohio.pools.main: renamed from train'],
    ],
    [
      'a renamed pool that grows',
      withPools({ main: { ...train, nodes: 9, renamedFrom: 'train' } }),
      ['clusters.ohio.pools.main: renamed from train', 'clusters.ohio.pools.main: nodes 8 -> 9'],
    ],
    [
      'a short list',
      {
        clusters: { ohio: { ...BASE.clusters.ohio, mounts: ['logs'] } },
        stores: { data: BASE.stores.data, logs: BASE.stores.data },
      },
      ['clusters.ohio: mounts +logs -data', 'stores.logs: added (object)'],
    ],
    [
      'another order',
      { sites: { ohio: { ...BASE.sites.ohio, zones: ['us-east-2b', 'us-east-2a'] } } },
      ['sites.ohio: zones in another order'],
    ],
    [
      'a map inside an entry',
      withPools({ train: { ...train, labels: { 'example.com/a': 'b' } } }),
      ['clusters.ohio.pools.train: labels.example.com/a unset -> b'],
    ],
    [
      'a new grant',
      { grants: { load: { from: 'ohio', to: 'data', access: 'read' } } },
      ['grants.load: added (read, ohio to data)'],
    ],
    [
      'a new copy',
      { stores: { ...BASE.stores, logs: BASE.stores.data }, replication: { first: { from: 'data', to: 'logs' } } },
      ['replication.first: added (data to logs)', 'stores.logs: added (object)'],
    ],
    ['the owner', { owner: { ...BASE.owner, team: 'other' } }, ['owner: team research -> other']],
    ['the name', { name: 'titan' }, ['name: atlas -> titan']],
    ['a list of objects', { acknowledge: [{ rule: 'A', path: 'p', reason: 'r' }] }, ['acknowledge: 1 added']],
  ])('tells %s', (_, change, expected) => {
    expect(edits(change)).toEqual(expected);
  });

  test('matches entries that were renamed before by the key that names hang on', () => {
    const renamed = { ...BASE, ...withPools({ second: { ...train, renamedFrom: 'first' } }) };
    const again = withPools({ third: { ...train, renamedFrom: 'first' } });
    expect(edits(again, renamed)).toEqual(['clusters.ohio.pools.third: renamed from second']);
  });

  const LINK = { between: ['ohio', 'oregon'] };
  const GRANT = { from: { cluster: 'ohio', serviceAccount: 'loader' }, to: 'data', access: 'write' };
  const LINKED = {
    ...BASE,
    sites: { ...BASE.sites, oregon: { account: 'aws-main', region: 'us-west-2', zones: ['us-west-2a'] } },
    links: { west: LINK },
    grants: { load: GRANT },
  } as const;

  test('tells grants and links that are renamed', () => {
    const renamed = {
      links: { far: { ...LINK, renamedFrom: 'west' } },
      grants: { fill: { ...GRANT, renamedFrom: 'load' } },
    };
    expect(edits(renamed, LINKED)).toEqual(['grants.fill: renamed from load', 'links.far: renamed from west']);
  });

  test('asks for renamedFrom where one that goes and one that comes have the same ends', () => {
    const far = { between: ['oregon', 'ohio'], gbps: 2 };
    expect(edits({ links: { far }, grants: { fill: { ...GRANT, access: 'read' } } }, LINKED)).toEqual([
      'grants.fill: added (read, ohio to data)',
      'grants.load: removed; if it is fill now, say renamedFrom: load there',
      'links.far: added (ohio and oregon)',
      'links.west: removed; if it is far now, say renamedFrom: west there',
    ]);
    const office = {
      between: ['ohio'],
      to: { onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['10.240.0.0/12'] } },
    };
    expect(edits({ links: { office } }, LINKED)).toEqual([
      'links.office: added (ohio and dublin)',
      'links.west: removed',
    ]);
  });

  test('counts ids that are too long to read', () => {
    const ids = (...names: string[]) => ({
      ...train,
      capacity: { kind: 'reservation', ids: names.map((name) => `projects/atlas/reservations/${name.repeat(8)}`) },
    });
    const base = { ...BASE, ...withPools({ train: ids('aaaa', 'bbbb') }) };
    expect(edits(withPools({ train: ids('bbbb', 'cccc', 'dddd') }), base)).toEqual([
      'clusters.ohio.pools.train: capacity.ids 2 added, 1 removed',
    ]);
  });

  test('tells the ranges that move, not those that come and go', () => {
    expect(addressEdits({ a: '10.0.0.0/16', b: '10.1.0.0/16' }, { a: '10.2.0.0/16', c: '10.1.0.0/16' })).toEqual([
      { path: 'addresses.a', change: '10.0.0.0/16 -> 10.2.0.0/16' },
    ]);
  });
});
