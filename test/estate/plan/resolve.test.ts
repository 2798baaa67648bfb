import fc from 'fast-check';
import { CLOUDS, type Cloud } from '../../../estate/catalog';
import { type Diagnostic, EstateError } from '../../../estate/diagnostics';
import { planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK, type Lock } from '../../../estate/plan/lock';
import { resolve } from '../../../estate/plan/resolve';
import type { GroupPlan, Plan, ShardPlan } from '../../../estate/plan/types';
import type { Estate } from '../../../estate/spec/schema';
import {
  blueprints,
  type EstateInput,
  estateOf,
  inputOf,
  lockAndResolve,
  type SiteBlueprint,
} from '../../helpers/estates';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };
const SITE: SiteBlueprint = {
  name: 'east',
  account: 'azure-gb',
  clusters: { train: { pools: { gb: { accelerator: 'gb300', racks: 3 } } } },
  stores: 1,
};

/** Everything of a plan that has an identity, by its path, so that two plans can be compared. */
function identities(plan: Plan): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const cloud of CLOUDS) {
    for (const site of plan.sites(cloud)) {
      all[`site ${site.key}`] = [site.name, site.network.cidrs, site.stacks];
      for (const subnet of site.network.subnets) all[`subnet ${site.key} ${subnet.key}`] = subnet;
      for (const store of site.stores) all[`store ${store.key}`] = store;
    }
    for (const shard of plan.shards(cloud)) {
      const { key, name, podCidr, serviceCidr, stacks } = shard;
      all[`shard ${key}`] = { name, podCidr, serviceCidr, stacks };
      for (const pool of shard.pools) for (const group of pool.groups) all[`group ${key} ${group.id}`] = group;
    }
  }
  return all;
}

function planOf(sites: readonly SiteBlueprint[], lock: Lock = EMPTY_LOCK) {
  return lockAndResolve(estateOf(inputOf(sites)), lock);
}

function groupsOf(plan: Plan, cloud: Cloud): readonly GroupPlan[] {
  return plan.shards(cloud).flatMap(({ pools }) => pools.flatMap(({ groups }) => groups));
}

describe('resolve', () => {
  test('places things without a zone where the region has none, on Azure only', () => {
    const input = inputOf([SITE]);
    const east = { account: 'azure-gb', region: 'westus' };
    const stores = { scratch: { kind: 'lustre', site: 'east', capacityTiB: 48, throughputMBpsPerTiB: 40 } };
    const { plan } = lockAndResolve(estateOf({ ...input, sites: { east }, stores }));
    const [site] = plan.sites('azure');
    expect(site?.zones).toEqual([]);
    expect(site?.stores.map((store) => store.kind === 'lustre' && store.zone)).toEqual([undefined]);
    expect(plan.shards('azure').flatMap(({ pools }) => pools.map(({ zone }) => zone))).toEqual([undefined]);
    const elsewhere = inputOf([
      { ...SITE, account: 'aws-main', clusters: { train: { pools: { p: { accelerator: 'h200', nodes: 1 } } } } },
    ]);
    const ohio = { account: 'aws-main', region: 'us-east-2', zones: [] };
    expect(() => lockAndResolve(estateOf({ ...elsewhere, sites: { east: ohio } }))).toThrow('a site has no zone');
  });

  test('changes nothing that exists when a site with clusters is added', () => {
    fc.assert(
      fc.property(blueprints(4), blueprints(2), (sites, more) => {
        const before = planOf(sites);
        const known = new Set(sites.map(({ name }) => name));
        const after = planOf([...sites, ...more.filter(({ name }) => !known.has(name))], before.lock);
        expect(identities(after.plan)).toMatchObject(identities(before.plan));
      }),
      { numRuns: 40 },
    );
  });

  test('changes nothing but the new group when a rack is added to a pool', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), blueprints(3), (racks, others) => {
        const sized = (count: number): SiteBlueprint => ({
          ...SITE,
          clusters: {
            train: { pools: { gb: { accelerator: 'gb300', racks: count }, h: { accelerator: 'gb200', racks: 2 } } },
          },
        });
        const rest = others.filter(({ name }) => name !== SITE.name);
        const before = planOf([sized(racks), ...rest]);
        const after = planOf([sized(racks + 1), ...rest], before.lock);
        const [one, other] = [identities(before.plan), identities(after.plan)];
        expect(other).toMatchObject(one);
        expect(Object.keys(other).filter((key) => one[key] === undefined)).toEqual([
          `group east-xtrain gb-${racks + 1}`,
        ]);
      }),
      { numRuns: 30 },
    );
  });

  test('keeps every identity when entries are renamed with renamedFrom', () => {
    const before = planOf([SITE]);
    const input = inputOf([SITE]);
    const estate = estateOf({
      ...input,
      sites: { west: { ...(input.sites as Record<string, object>).east, renamedFrom: 'east' } },
      clusters: {
        big: {
          site: 'west',
          renamedFrom: 'east-xtrain',
          pools: { main: { accelerator: 'gb300', racks: 3, renamedFrom: 'gb' } },
        },
      },
      stores: {
        scratch: { ...(input.stores as Record<string, object>)['east-fs0'], site: 'west', renamedFrom: 'east-fs0' },
      },
    });
    const after = lockAndResolve(estate, before.lock);
    expect(after.lock).toEqual(before.lock);
    expect(identities(after.plan)).toEqual(identities(before.plan));
  });

  test('keeps every identity when the owner changes', () => {
    const input = inputOf([SITE]);
    const before = lockAndResolve(estateOf(input));
    const owner = { team: 'another-team', email: 'another@example.com', costCenter: 'cc-1' };
    const after = lockAndResolve(estateOf({ ...input, owner }), before.lock);
    expect(after.lock).toEqual(before.lock);
    expect(after.plan.tags).toEqual({
      estate: 'atlas',
      team: 'another-team',
      'cost-center': 'cc-1',
      'managed-by': 'training-estate',
    });
    expect(Object.keys(identities(after.plan))).toEqual(Object.keys(identities(before.plan)));
  });

  test('splits a cluster over the limit of its cloud and appends shards', () => {
    const sized = (racks: number): SiteBlueprint => ({
      ...SITE,
      clusters: { train: { pools: { gb: { accelerator: 'gb300', racks } } } },
    });
    const before = planOf([sized(90)]);
    const after = planOf([sized(250)], before.lock);
    expect(before.plan.shards('azure').map(({ key }) => key)).toEqual(['east-xtrain']);
    expect(after.plan.shards('azure').map(({ key }) => key)).toEqual(['east-xtrain', 'east-xtrain-2', 'east-xtrain-3']);
    expect(groupsOf(after.plan, 'azure')).toHaveLength(250);
    expect(identities(after.plan)).toMatchObject(identities(before.plan));
  });

  test('lists the machines and sites of an account and the clouds in use', () => {
    const { plan } = planOf([SITE]);
    expect(plan.clouds).toEqual(['azure']);
    const [account] = plan.accounts('azure');
    expect(account?.sites).toEqual([{ key: 'east', name: 'atlas-east', region: 'eastus2' }]);
    expect(account?.machines.map(({ type }) => type)).toEqual(['Standard_ND128isr_GB300_v6']);
    expect(account?.stacks).toEqual({ foundation: 'atlas-azure-gb-foundation' });
    expect(plan.accounts('aws')).toEqual([]);
  });

  test('counts system nodes in each zone on Google Cloud, so that a zone that is added takes none away', () => {
    const systemPool = (
      account: SiteBlueprint['account'],
      zones: readonly string[],
      { nodes = 3, before }: { nodes?: number; before?: Lock } = {},
    ) => {
      const input = inputOf([{ ...SITE, account, clusters: { train: { pools: {} } }, stores: 0 }]);
      const [[cluster = '', entry] = []] = Object.entries(input.clusters as Record<string, object>);
      const clusters = { [cluster]: { ...entry, systemPool: { nodes } } };
      const sites = input.sites as Record<string, object>;
      const { plan, lock } = lockAndResolve(
        estateOf({ ...input, clusters, sites: { east: { ...sites.east, zones } } } as EstateInput),
        before,
      );
      const [shard] = CLOUDS.flatMap((cloud) => plan.shards(cloud).map((one): ShardPlan => one));
      return { lock, counts: [shard?.systemPool.nodesPerZone, shard?.systemPool.nodes] };
    };
    const zones = ['a', 'b', 'c'].map((letter) => `us-central1-${letter}`);
    const one = systemPool('google-main', zones.slice(0, 1));
    expect(one.counts).toEqual([3, 3]);
    expect(systemPool('google-main', zones.slice(0, 2)).counts).toEqual([2, 4]);
    expect(systemPool('google-main', zones).counts).toEqual([1, 3]);
    expect(systemPool('google-main', zones.slice(0, 2), { before: one.lock }).counts).toEqual([3, 6]);
    expect(systemPool('google-main', zones, { before: one.lock, nodes: 5 }).counts).toEqual([2, 6]);
    expect(systemPool('aws-main', ['us-west-2a', 'us-west-2b']).counts).toEqual([undefined, 3]);
  });

  test('is frozen all the way down', () => {
    const { plan } = planOf([SITE]);
    const [shard] = plan.shards('azure');
    expect(Object.isFrozen(plan)).toBe(true);
    expect(Object.isFrozen(shard?.pools[0]?.groups[0])).toBe(true);
  });

  test('plans half and whole UltraServers of one machine in one estate', () => {
    const block = (id: string) => ({
      kind: 'capacity-block',
      ids: [id],
      window: { start: '2026-12-01', end: '2027-05-31' },
    });
    const gb200 = { accelerator: 'gb200', racks: 1, zone: 'us-west-2a' };
    const pools = {
      whole: { ...gb200, capacity: block('cr-0123456789abcdef0') },
      half: { ...gb200, ultraServer: 'u-p6e-gb200x36', capacity: block('cr-0123456789abcdef1') },
    };
    const { plan } = lockAndResolve(
      estateOf(inputOf([{ name: 'west', account: 'aws-main', clusters: { c: { pools } }, stores: 0 }])),
    );
    const [shard] = plan.shards('aws');
    expect(
      shard?.pools.map(({ key, machine, groups }) => [key, machine.type, machine.groupNodes, groups[0]?.accelerators]),
    ).toEqual([
      ['half', 'p6e-gb200.36xlarge', 9, 36],
      ['whole', 'p6e-gb200.36xlarge', 18, 72],
    ]);
  });

  describe('without a lock that fits', () => {
    const estate: Estate = estateOf(inputOf([SITE]));
    const codes = (lock: Lock | undefined) => {
      try {
        resolve(estate, lock, FILES);
      } catch (error) {
        if (error instanceof EstateError) return error.diagnostics.map(({ code, hint }) => [code, hint]);
        throw error;
      }
      return [];
    };
    const hint = 'run "npx estate lock" and commit the result';

    test('fails when there is no lock, with the command to run', () => {
      expect(codes(undefined)).toEqual([['LockMissing', hint]]);
    });

    test('fails when the lock lacks a range', () => {
      const { lock } = planLayout(estate);
      const { 'sites.east.endpoints': _gone, ...rest } = lock.addresses;
      expect(codes({ ...lock, addresses: rest })).toEqual([['LockStale', hint]]);
    });

    test('fails when what the lock holds is no longer possible', () => {
      const { lock } = planLayout(estate);
      const moved = { ...lock, addresses: { ...lock.addresses, 'sites.east.endpoints': '10.200.0.0/24' } };
      expect(codes(moved)).toEqual([['LockStale', hint]]);
    });

    test('fails when a pool has outgrown its shards, with the pool before what follows from it', () => {
      const { lock } = planLayout(estate);
      const grown = estateOf(
        inputOf([{ ...SITE, clusters: { train: { pools: { gb: { accelerator: 'gb300', racks: 400 } } } } }]),
      );
      let found: readonly Diagnostic[] = [];
      try {
        resolve(grown, lock, FILES);
      } catch (error) {
        if (error instanceof EstateError) found = error.diagnostics;
      }
      const [first, ...more] = found.map(({ code, message }) => `${code}: ${message}`);
      expect(first).toMatch(
        /^LockStale: pool "gb" of "east-xtrain" has [\d,]+ groups of [\d,]+ nodes in all that the lock file does not know: the pool has grown$/,
      );
      expect(more.length).toBeGreaterThan(0);
      for (const message of more) expect(message).toMatch(/has no addresses yet$/);
    });

    test('needs no new lock for a rack that fits the only shard', () => {
      const { lock } = planLayout(estate);
      const grown = estateOf(
        inputOf([{ ...SITE, clusters: { train: { pools: { gb: { accelerator: 'gb300', racks: 4 } } } } }]),
      );
      expect(resolve(grown, lock, FILES).shards('azure')[0]?.pools[0]?.groups).toHaveLength(4);
    });
  });
});
