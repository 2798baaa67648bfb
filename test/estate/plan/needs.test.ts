import fc from 'fast-check';
import { CATALOG, CLOUDS, type Cloud } from '../../../estate/catalog';
import { cidr, cidrSize, cidrsOverlap } from '../../../estate/cidr';
import { type Diagnostic, EstateError } from '../../../estate/diagnostics';
import { rangesIn } from '../../../estate/plan/homes';
import { type Layout, planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK, formatLock, type Lock, parseLock } from '../../../estate/plan/lock';
import { mergeLocks } from '../../../estate/plan/merge-lock';
import { movesBetween } from '../../../estate/plan/moves';
import { planNeeds, type SiteNeeds } from '../../../estate/plan/needs';
import { leastAddresses, type RangeNeed } from '../../../estate/plan/range-size';
import { resolve } from '../../../estate/plan/resolve';
import type { Estate } from '../../../estate/spec/schema';
import { estateOf, inputOf, lockAndResolve, type SiteBlueprint } from '../../helpers/estates';

const ACCOUNTS = { aws: 'aws-main', azure: 'azure-gb', google: 'google-main', oracle: 'oracle-main' } as const;
const ZONES: Readonly<Record<Cloud, readonly string[]>> = {
  aws: ['us-west-2a', 'us-west-2b'],
  azure: ['1'],
  google: ['us-central1-a'],
  oracle: ['Uocm:PHX-AD-1'],
};
const MACHINE = { aws: 'h200', azure: 'h200', google: 'b200', oracle: 'h200' } as const;

interface Pool {
  readonly nodes: number;
  readonly zone?: string;
}

interface Site {
  readonly cloud: Cloud;
  readonly clusters: Readonly<Record<string, Readonly<Record<string, Pool>>>>;
  /** Sizes of file systems, TiB. */
  readonly stores: Readonly<Record<string, number>>;
}

/** An estate with one site, `here`, whose network may have as many blocks as it needs. */
function estateWith({ cloud, clusters, stores }: Site, blocks = 50, nodesPerShard?: number): Estate {
  const account = ACCOUNTS[cloud];
  const blueprint: SiteBlueprint = {
    name: 'here',
    account,
    stores: 0,
    clusters: Object.fromEntries(
      Object.entries(clusters).map(([key, pools]) => {
        const own = Object.entries(pools).map(([name, { nodes, zone = ZONES[cloud][0] }]) => {
          return [name, { accelerator: MACHINE[cloud], nodes, zone }] as const;
        });
        return [key, { pools: Object.fromEntries(own) }];
      }),
    ),
  };
  const stated = (value: number) => ({ value, source: 'CASE-1', checked: '2026-11' });
  return estateOf({
    ...inputOf([blueprint]),
    stores: Object.fromEntries(
      Object.entries(stores).map(([key, capacityTiB]) => {
        return [key, { kind: 'lustre', site: 'here', zone: ZONES[cloud][0], capacityTiB, throughputMBpsPerTiB: 500 }];
      }),
    ),
    catalog: {
      limits: {
        [cloud]: {
          blocksPerNetwork: stated(blocks),
          ...(nodesPerShard !== undefined && { nodesPerShard: stated(nodesPerShard) }),
        },
      },
    },
  } as Parameters<typeof estateOf>[0]);
}

const aws = (pools: Readonly<Record<string, Pool>>, stores: Site['stores'] = {}): Site => {
  return { cloud: 'aws', clusters: { one: pools }, stores };
};

function findingsOf(run: () => unknown): readonly Diagnostic[] {
  try {
    run();
  } catch (error) {
    if (error instanceof EstateError) return error.diagnostics;
    throw error;
  }
  return [];
}

function ranges({ lock }: Layout, role: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(lock.addresses)
      .filter(([key]) => new RegExp(`\\.${role}(\\.\\d+)?$`).test(key))
      .map(([key, block]) => [key.replace('sites.here.', ''), block]),
  );
}

describe('the nodes of a zone', () => {
  const before = planLayout(estateWith(aws({ train: { nodes: 1800 } })));

  test('lie in one range as long as their pods find addresses', () => {
    expect(Object.keys(ranges(before, 'nodes'))).toEqual(['zones.us-west-2a.nodes', 'zones.us-west-2b.nodes']);
    expect(before.lock.chosen['clusters.here-xone.pools.train']?.ranges).toBeUndefined();
  });

  test('get further ranges, which the lock keeps with the groups that lie in them', () => {
    const grown = estateWith(aws({ train: { nodes: 5000 }, data: { nodes: 100, zone: 'us-west-2b' } }));
    const { plan, lock } = lockAndResolve(grown, before.lock);
    expect(lock.addresses).toMatchObject(before.lock.addresses);
    expect(Object.keys(ranges({ lock } as Layout, 'nodes'))).toEqual([
      'zones.us-west-2a.nodes',
      'zones.us-west-2b.nodes',
      'zones.us-west-2a.nodes.2',
      'zones.us-west-2a.nodes.3',
    ]);
    expect(Object.keys(ranges({ lock } as Layout, 'pods'))).toEqual([
      'zones.us-west-2a.pods',
      'zones.us-west-2b.pods',
      'zones.us-west-2a.pods.2',
      'zones.us-west-2a.pods.3',
    ]);
    expect(lock.chosen['clusters.here-xone.pools.train']?.ranges).toEqual({ '2': ['5-8'], '3': ['9-11'] });
    const groups = plan.shards('aws').flatMap(({ pools }) => pools.flatMap((pool) => pool.groups));
    expect(groups.filter(({ range }) => range === 2).map(({ id }) => id)).toEqual([
      'train-5',
      'train-6',
      'train-7',
      'train-8',
    ]);
    expect(groups.filter(({ range }) => range === undefined).map(({ id }) => id)).toContain('data-1');
    const [site] = plan.sites('aws');
    expect(site?.network.subnets.filter(({ zone, role }) => zone === 'us-west-2a' && role === 'nodes')).toMatchObject([
      { key: 'nodes-us-west-2a' },
      { key: 'nodes-us-west-2a-2', ordinal: 2 },
      { key: 'nodes-us-west-2a-3', ordinal: 3 },
    ]);
    expect(parseLock(formatLock(lock), 'estate.lock.json')).toEqual(lock);
  });

  test('stay where an older lock has put them, which knew one range only', () => {
    const pool = { train: { nodes: 3000 } };
    const { lock } = planLayout(estateWith(aws(pool)));
    const older: Lock = {
      ...lock,
      chosen: {},
      addresses: Object.fromEntries(Object.entries(lock.addresses).filter(([key]) => !key.endsWith('.2'))),
    };
    const after = planLayout(estateWith(aws(pool)), older).lock;
    expect(after.addresses).toEqual(older.addresses);
    expect(movesBetween([older], after)).toEqual([]);
    const most = findingsOf(() => planLayout(estateWith(aws({ train: { nodes: 4050 } })), withAll(older, 9)));
    expect(most).toMatchObject([
      {
        code: 'AddressRangeSmall',
        path: 'sites.here',
        value: 'sites.here.zones.us-west-2a.pods',
        message: expect.stringMatching(
          /^100\.64\.0\.0\/16 of .* has 65,536 addresses, and 68,9\d\d are needed for 4,053/,
        ),
      },
    ]);
  });

  test('fail where their pods need more blocks than a network may have, with the numbers', () => {
    const [found, ...more] = findingsOf(() => planLayout(estateWith(aws({ train: { nodes: 20_000 } }), 5)));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      code: 'AddressSpaceFull',
      path: 'sites.here',
      message: expect.stringMatching(/^the network needs 1[34] blocks, 12 of them for pods, and may have 5$/),
    });
    expect(found?.hint).toContain('catalog.limits.aws.blocksPerNetwork');
  });

  test('are no larger than AWS makes a subnet: what fits into one gets it, what does not is refused', () => {
    const largest = planLayout(estateWith(aws({ train: { nodes: 8 } }, { scratch: 150_000 })));
    expect(ranges(largest, 'nodes')['zones.us-west-2a.nodes']).toMatch(/\/16$/);
    const [found, ...more] = findingsOf(() =>
      planLayout(estateWith(aws({ train: { nodes: 8 } }, { scratch: 165_000 }))),
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      code: 'AddressRangeSmall',
      value: 'sites.here.zones.us-west-2a.nodes',
      message: expect.stringMatching(
        /^"sites.here.zones.us-west-2a.nodes" has 65,536 addresses at most on AWS, and 70,609 are needed for 3 nodes and 1 file system$/,
      ),
      hint: 'spread what lies in it over zones or sites',
    });
  });

  test('leave room for the servers of file systems', () => {
    const small = planLayout(estateWith(aws({ train: { nodes: 1800 } }, { scratch: 48 })));
    expect(Object.keys(ranges(small, 'nodes'))).toHaveLength(2);
    const huge = estateWith(aws({ train: { nodes: 1800 } }, { scratch: 20_000 }));
    expect(ranges(planLayout(huge), 'nodes')['zones.us-west-2a.nodes']).toMatch(/\/18$/);
    expect(findingsOf(() => planLayout(huge, before.lock))).toMatchObject([
      { code: 'AddressRangeSmall', value: 'sites.here.zones.us-west-2a.nodes' },
    ]);
  });

  test('keep a range as long as a group of held capacity that left the file is kept in it', () => {
    const held = (ids: Readonly<Record<string, number>>) => {
      const estate = estateWith(aws({ train: { nodes: 4 } }));
      const cluster = estate.clusters['here-xone'];
      const pool = cluster?.pools.train;
      if (cluster === undefined || pool === undefined) throw new Error('the pool is missing');
      const nodes = Object.values(ids).reduce((sum, count) => sum + count, 0);
      const capacity = {
        kind: 'reservation' as const,
        ids: Object.entries(ids).map(([id, count]) => ({ id, nodes: count })),
      };
      return {
        ...estate,
        clusters: { 'here-xone': { ...cluster, pools: { train: { ...pool, nodes, capacity } } } },
      } satisfies Estate;
    };
    const reservations = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [`cr-${id}`, 400]));
    const { lock } = planLayout(held(reservations));
    const [[ordinal, own] = []] = Object.entries(lock.chosen['clusters.here-xone.pools.train']?.ranges ?? {});
    expect([ordinal, own]).toEqual(['2', [expect.stringMatching(/^r/)]]);
    const gone = `clusters.here-xone.pools.train.${own?.[0]}`;
    const left = Object.entries(reservations).find(([id]) => {
      const without = Object.fromEntries(Object.entries(reservations).filter(([other]) => other !== id));
      return planLayout(held(without), lock).lock.retired[gone] !== undefined;
    });
    if (left === undefined) throw new Error('no reservation is in the second range');
    const without = Object.fromEntries(Object.entries(reservations).filter(([id]) => id !== left[0]));
    const after = planLayout(held(without), lock).lock;
    expect(after.addresses).toEqual(lock.addresses);
    expect(after.chosen['clusters.here-xone.pools.train']?.ranges).toEqual({ '2': own });
    const given = planLayout(held(without), lock, ['*']).lock;
    expect(given.addresses['sites.here.zones.us-west-2a.nodes.2']).toBeUndefined();
  });

  test('keep their ranges when two branches have added to one pool', () => {
    const estateOf = (nodes: number, more: Readonly<Record<string, Pool>>) =>
      estateWith({ cloud: 'aws', clusters: { one: { train: { nodes } }, two: more }, stores: {} });
    const start = planLayout(estateOf(1800, {})).lock;
    const one = planLayout(estateOf(3600, {}), start).lock;
    const other = planLayout(estateOf(1800, { more: { nodes: 900 } }), start).lock;
    const merged = mergeLocks(one, other, other).lock;
    expect(rangesIn(merged).get('here-xtwo/more/1')).toBe(2);
    expect(rangesIn(merged).get('here-xone/train/8')).toBe(2);
    const after = planLayout(estateOf(3600, { more: { nodes: 900 } }), merged).lock;
    expect(movesBetween([one, other], after)).toEqual([]);
  });
});

/** A lock that has placed so many groups of the pool in the first shard. */
function withAll(lock: Lock, groups: number): Lock {
  return {
    ...lock,
    shards: { 'here-xone': { '1': { train: ['1-4'] }, '2': { train: ['5-8'] }, '3': { train: [String(groups)] } } },
  };
}

describe('the nodes of a shard', () => {
  const azure = (nodes: number): Site => ({ cloud: 'azure', clusters: { one: { train: { nodes } } }, stores: {} });

  test('get a larger range where their number needs one', () => {
    expect(ranges(planLayout(estateWith(azure(4000), 2)), 'nodes')).toEqual({
      'shards.here-xone.nodes': '10.128.0.0/19',
    });
    const { lock } = planLayout(estateWith(azure(9000), 2, 9500));
    expect(lock.addresses['sites.here.shards.here-xone.nodes']).toBe('10.128.0.0/18');
  });

  test('fail where they grow over the range that they have', () => {
    const { lock } = planLayout(estateWith(azure(4000), 2, 9500));
    const [found] = findingsOf(() => planLayout(estateWith(azure(9000), 2, 9500), lock));
    expect(found).toMatchObject({ code: 'AddressRangeSmall', path: 'clusters.here-xone' });
    expect(found?.message).toContain('has 8,192 addresses, and 9,108 are needed for 9,003 nodes');
    expect(found?.hint).toContain('npx estate lock --accept sites.here.shards.here-xone.nodes');
  });
});

describe('a file system', () => {
  const store = (cloud: Cloud, size: number): Site => ({ cloud, clusters: {}, stores: { scratch: size } });

  test.each([
    ['oracle', 30, 25],
    ['oracle', 48, 24],
    ['oracle', 114, 23],
    ['oracle', 400, 21],
    ['azure', 4, 23],
    ['azure', 700, 23],
  ] as const)('of %s with %d TiB gets a /%d', (cloud, size, prefix) => {
    const { lock } = planLayout(estateWith(store(cloud, size)));
    expect(cidr(lock.addresses['sites.here.stores.scratch.storage'] ?? '').prefix).toBe(prefix);
  });

  test('of Oracle grows in its range, and fails where it would outgrow it', () => {
    const { lock } = planLayout(estateWith(store('oracle', 30)));
    expect(planLayout(estateWith(store('oracle', 110)), lock).lock.addresses).toEqual(lock.addresses);
    expect(findingsOf(() => planLayout(estateWith(store('oracle', 400)), lock))).toMatchObject([
      {
        code: 'AddressRangeSmall',
        path: 'stores.scratch',
        value: 'sites.here.stores.scratch.storage',
        message: expect.stringContaining('has 128 addresses, and 303 are needed for 1 file system'),
        hint: expect.stringContaining('put the growth into a file system of its own'),
      },
    ]);
  });

  test('that has outgrown its range is no error in an estate that another is compared with', () => {
    const { lock } = planLayout(estateWith(store('oracle', 30)));
    const estate = estateWith(store('oracle', 400));
    expect(planLayout(estate, lock, [], true).lock.addresses).toEqual(lock.addresses);
    const files = { estate: 'estate.yaml', lock: 'estate.lock.json' };
    const { chosen: _, ...older } = lock;
    expect(resolve(estate, { ...older, chosen: {} }, { ...files, isPast: true }).addresses).toEqual(lock.addresses);
    expect(() => resolve(estate, lock, files)).toThrow(EstateError);
  });

  test('of Google Cloud shares ranges with others, and a ninth one gets the next', () => {
    const stores = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, 32]));
    const before = planLayout(estateWith({ cloud: 'google', clusters: {}, stores: stores(8) }));
    expect(ranges(before, 'storage')).toEqual({ storage: '10.160.0.0/20' });
    const after = planLayout(estateWith({ cloud: 'google', clusters: {}, stores: stores(9) }), before.lock);
    expect(ranges(after, 'storage')).toEqual({ storage: '10.160.0.0/20', 'storage.2': '10.160.16.0/20' });
  });
});

const pools = (cloud: Cloud) =>
  fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.record({ nodes: fc.integer({ min: 1, max: 2500 }), zone: fc.constantFrom(...ZONES[cloud]) }),
    { minKeys: 1 },
  );
const sites = fc.constantFrom(...CLOUDS).chain((cloud) =>
  fc.record({
    cloud: fc.constant(cloud),
    clusters: fc.dictionary(fc.constantFrom('one', 'two'), pools(cloud), { minKeys: 1 }),
    stores: fc.dictionary(fc.constantFrom('s', 't', 'u'), fc.integer({ min: 4, max: 300 })),
  }),
);

/** Every range of the only site with what it has to hold. */
function held(
  { lock }: Layout,
  estate: Estate,
  needs: SiteNeeds | undefined,
): { need: RangeNeed; size: number; least: number }[] {
  return CATALOG[siteCloud(estate)].subnets.flatMap((row) => {
    const at = (key: string, all: readonly RangeNeed[]) =>
      all.map((need, index) => {
        const block = lock.addresses[`sites.here.${key}${index === 0 ? '' : `.${index + 1}`}`];
        return { need, size: block === undefined ? 0 : cidrSize(cidr(block)), least: leastAddresses(row, need) };
      });
    const each = (name: string, map: ReadonlyMap<string, RangeNeed | readonly RangeNeed[]> = new Map()) =>
      [...map].flatMap(([owner, need]) => at(`${name}.${owner}.${row.role}`, [need].flat()));
    if (row.per === 'zone') return each('zones', needs?.zones);
    if (row.per === 'shard') return each('shards', needs?.shards);
    return row.per === 'site' ? at(row.role, needs?.site ?? []) : each('stores', needs?.fileSystems);
  });
}

function siteCloud(estate: Estate): Cloud {
  return estate.accounts[estate.sites.here?.account ?? '']?.cloud ?? 'aws';
}

describe('every number that is handed out', () => {
  test('is large enough for what the plan holds, on every cloud', () => {
    fc.assert(
      fc.property(sites, (site) => {
        const estate = estateWith(site);
        const layout = planLayout(estate);
        const needs = planNeeds(estate, layout.placements, layout.lock).get('here');
        const all = held(layout, estate, needs);
        expect(all.filter(({ size, least }) => size < least)).toEqual([]);
        const nodes = all.flatMap(({ need }) => need.nodes);
        expect(nodes.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  test('stays when nodes, zones, stores and clusters are added, and so does every group', () => {
    fc.assert(
      fc.property(sites, fc.array(sites, { minLength: 1, maxLength: 3 }), (start, steps) => {
        let site: Site = start;
        let lock = EMPTY_LOCK;
        for (const step of [undefined, ...steps.filter(({ cloud }) => cloud === start.cloud)]) {
          if (step !== undefined) site = grown(site, step);
          const refused = findingsOf(() => planLayout(estateWith(site), lock));
          // The rest of a pool may grow into a full group where there is no room for one: that is refused, and moves nothing.
          if (refused.length > 0) {
            const codes = refused.map(({ code }) => code);
            expect(codes.filter((code) => code !== 'ShardFull' && code !== 'AddressRangeSmall')).toEqual([]);
            return;
          }
          const layout = planLayout(estateWith(site), lock);
          expect(movesBetween([lock], layout.lock)).toEqual([]);
          expect(layout.lock.addresses).toMatchObject(lock.addresses);
          const known = rangesIn(layout.lock);
          for (const [group, range] of rangesIn(lock)) expect([group, known.get(group)]).toEqual([group, range]);
          lock = parseLock(formatLock(layout.lock), 'estate.lock.json');
          const blocks = Object.entries(lock.addresses).filter(([key]) => /\.(nodes|storage)(\.\d+)?$/.test(key));
          for (const [index, [, one]] of blocks.entries()) {
            expect(blocks.slice(index + 1).some(([, other]) => cidrsOverlap(cidr(one), cidr(other)))).toBe(false);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('no zone that a site gets or loses moves a cluster, unless its control plane lies in it: then that is told', () => {
  const all = ['us-west-2a', 'us-west-2b', 'us-west-2c', 'us-west-2d'] as const;
  const zones = fc.subarray([...all], { minLength: 2 });
  fc.assert(
    fc.property(fc.array(zones, { minLength: 2, maxLength: 6 }), (steps) => {
      let lock = EMPTY_LOCK;
      for (const step of steps) {
        const estate = estateWith({ cloud: 'aws', clusters: { one: {} }, stores: {} });
        const here = estate.sites.here;
        if (here === undefined) throw new Error('the site is missing');
        const next = planLayout({ ...estate, sites: { here: { ...here, zones: [...step].reverse() } } }, lock).lock;
        const path = 'clusters.here-xone';
        const before = lock.chosen[path]?.zones;
        const after = next.chosen[path]?.zones;
        const stays = before?.every((zone) => step.some((other) => other === zone)) ?? true;
        if (before !== undefined && stays) expect(after).toEqual(before);
        expect(movesBetween([lock], next)).toEqual(
          stays ? [] : [{ key: `${path}.zones`, from: before?.join(', '), to: after?.join(', ') }],
        );
        lock = parseLock(formatLock(next), 'estate.lock.json');
      }
    }),
    { numRuns: 60 },
  );
});

/** A site with the clusters, pools and stores of another; a pool of both is as large as the larger one, and stays. */
function grown(site: Site, more: Site): Site {
  const clusters = { ...site.clusters };
  for (const [key, added] of Object.entries(more.clusters)) {
    const own = { ...clusters[key] };
    for (const [name, pool] of Object.entries(added)) {
      const before = own[name];
      own[name] = before === undefined ? pool : { ...before, nodes: Math.max(before.nodes, pool.nodes) };
    }
    clusters[key] = own;
  }
  return { ...site, clusters, stores: { ...more.stores, ...site.stores } };
}
