import fc from 'fast-check';
import { CATALOG, CLOUDS, NETWORK_RANGES } from '../../../estate/catalog';
import { cidr, cidrContains, cidrSize, cidrsOverlap } from '../../../estate/cidr';
import { EstateError } from '../../../estate/diagnostics';
import { planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK, type Lock } from '../../../estate/plan/lock';
import { blueprints, estateOf, inputOf, lockAndResolve } from '../../helpers/estates';

const RUNS = { numRuns: 60 };

function blocks(lock: Lock, test: (key: string) => boolean): string[] {
  return Object.entries(lock.addresses)
    .filter(([key]) => test(key))
    .map(([, block]) => block);
}

function overlapping(all: readonly string[]): string[] {
  const sorted = all.map((text) => ({ text, ...cidr(text) })).sort((one, other) => one.base - other.base);
  return sorted
    .filter((block, index) => {
      const next = sorted[index + 1];
      return next !== undefined && block.base + cidrSize(block) > next.base;
    })
    .map(({ text }) => text);
}

const isNetwork = (key: string) => /^sites\.[^.]+\.network/.test(key);
const isRoutable = (key: string) => !isNetwork(key) && !/\.(pods|services)$/.test(key);

describe('addresses', () => {
  test('gives sites disjoint blocks inside the supernet of their cloud', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        const { plan, lock } = lockAndResolve(estateOf(inputOf(sites)));
        expect(overlapping(blocks(lock, isNetwork))).toEqual([]);
        for (const cloud of CLOUDS) {
          const supernet = cidr(NETWORK_RANGES.supernets[cloud].cidr);
          for (const site of plan.sites(cloud)) {
            expect(site.network.cidrs.every((block) => cidrContains(supernet, cidr(block)))).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  test('gives subnets disjoint ranges inside the blocks of their site', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        const { plan, lock } = lockAndResolve(estateOf(inputOf(sites)));
        expect(overlapping(blocks(lock, isRoutable))).toEqual([]);
        for (const site of CLOUDS.flatMap((cloud) => plan.sites(cloud))) {
          const own = site.network.cidrs.map(cidr);
          const routable = site.network.subnets.filter(({ role }) => role !== 'pods' && role !== 'services');
          expect(routable.every((subnet) => own.some((block) => cidrContains(block, cidr(subnet.cidr))))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('gives every site the ranges that the catalog of its cloud asks for', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        const { plan } = lockAndResolve(estateOf(inputOf(sites)));
        for (const cloud of CLOUDS) {
          for (const site of plan.sites(cloud)) {
            const counts = {
              site: 1,
              zone: site.zones.length,
              shard: site.shards.length,
              'file-system': site.stores.filter(({ kind }) => kind === 'lustre').length,
              gateway: 0,
            };
            const wanted = CATALOG[cloud].subnets.reduce((sum, row) => sum + counts[row.per], 0);
            expect(site.network.subnets).toHaveLength(wanted);
          }
        }
      }),
      RUNS,
    );
  });

  test('keeps every address when sites are added', () => {
    fc.assert(
      fc.property(blueprints(4), blueprints(4), (sites, more) => {
        const before = planLayout(estateOf(inputOf(sites))).lock;
        const known = new Set(sites.map(({ name }) => name));
        const grown = [...sites, ...more.filter(({ name }) => !known.has(name))];
        const after = planLayout(estateOf(inputOf(grown)), before).lock;
        expect(after.addresses).toMatchObject(before.addresses);
      }),
      RUNS,
    );
  });

  test('keeps the addresses of what stays when a site is removed, and gives it its block back when it returns', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        const before = planLayout(estateOf(inputOf(sites))).lock;
        const rest = sites.slice(1);
        const between = planLayout(estateOf(inputOf(rest)), before).lock;
        expect(before.addresses).toMatchObject(between.addresses);
        expect({ ...between.addresses, ...between.released }).toEqual(before.addresses);
        const after = planLayout(estateOf(inputOf(sites)), between).lock;
        expect(after.addresses).toEqual(before.addresses);
        expect(after.released).toEqual({});
      }),
      RUNS,
    );
  });

  test('does not depend on the order in which the estate is written', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        const one = planLayout(estateOf(inputOf(sites))).lock;
        const other = planLayout(estateOf(inputOf([...sites].reverse()))).lock;
        expect(other).toEqual(one);
      }),
      RUNS,
    );
  });

  test('appends a block to a site whose first block is full', () => {
    const clusters = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`c${index}`, { pools: {} }]));
    const site = { name: 'east', account: 'azure-gb', clusters, stores: 0 } as const;
    const { plan } = lockAndResolve(estateOf(inputOf([site])));
    const [network] = plan.sites('azure').map((found) => found.network);
    expect(network?.cidrs).toEqual(['10.128.0.0/16', '10.129.0.0/16']);
    expect(network?.subnets.filter(({ role }) => role === 'nodes')).toHaveLength(12);
  });

  test('honours a pinned block and an excluded one', () => {
    const input = inputOf([
      { name: 'one', account: 'aws-main', clusters: {}, stores: 0 },
      { name: 'two', account: 'aws-main', clusters: {}, stores: 0 },
    ]);
    const estate = estateOf(input);
    const [one] = [estate.sites.one];
    if (one === undefined) throw new Error('the site is missing');
    const pinned: typeof estate = {
      ...estate,
      sites: { ...estate.sites, one: { ...one, cidr: '10.80.0.0/16' } },
      addressing: { supernets: {}, exclude: ['10.64.0.0/12'], used: [] },
    };
    const { addresses } = planLayout(pinned).lock;
    expect(addresses['sites.one.network']).toBe('10.80.0.0/16');
    expect(addresses['sites.two.network']).toBe('10.81.0.0/16');
    const nodes = Object.entries(addresses).filter(([key]) => /^sites\.one\.zones\..*\.nodes$/.test(key));
    expect(nodes.every(([, block]) => cidrsOverlap(cidr('10.80.0.0/16'), cidr(block)))).toBe(true);
  });

  test('fails when the supernet of a cloud is full', () => {
    const estate = estateOf(
      inputOf(
        ['one', 'two', 'three'].map((name) => ({ name, account: 'google-main', clusters: {}, stores: 0 }) as const),
      ),
    );
    const small = { ...estate, addressing: { supernets: { google: '10.160.0.0/15' }, exclude: [], used: [] } };
    expect(() => planLayout(small, EMPTY_LOCK)).toThrow(EstateError);
    expect(() => planLayout(small, EMPTY_LOCK)).toThrow(/no \/16 is left in 10\.160\.0\.0\/15/);
  });
});
