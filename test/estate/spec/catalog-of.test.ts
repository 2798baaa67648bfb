import fc from 'fast-check';
import { BUILT_IN_CATALOG, CATALOG, CLOUDS, type MachineBase } from '../../../estate/catalog';
import { catalogOf } from '../../../estate/spec/catalog-of';
import type { Estate } from '../../../estate/spec/schema';
import { MACHINE_ROWS } from '../../../estate/spec/schema-machines';
import { blueprints, estateOf, inputOf, lockAndResolve } from '../../helpers/estates';

const SOURCED = { source: 'offer of 2026-10-02', checked: '2026-11' };
const SITE = { name: 'west', account: 'aws-main', clusters: {}, stores: 0 } as const;
const OVERRIDES = {
  machines: {
    aws: {
      'p5en.48xlarge': { memoryGiB: 4096, ...SOURCED },
      'p9.48xlarge': { like: 'p6-b300.48xlarge', vcpus: 256, ...SOURCED },
    },
  },
};

function withCatalog(catalog: unknown, more: object = {}): Estate {
  return estateOf({ ...inputOf([SITE]), ...more, catalog });
}

const rows = CLOUDS.flatMap((cloud) =>
  Object.values<MachineBase>(CATALOG[cloud].machines).map((row) => [cloud, row.type, row] as const),
);

describe('the catalog of an estate', () => {
  test.each(rows)('the built-in row of %s %s is one that an estate could write', (cloud, _, row) => {
    const parsed = MACHINE_ROWS[cloud].safeParse(row);
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(parsed.data).toEqual(row);
  });

  test('is the built-in one itself where the estate says nothing', () => {
    expect(catalogOf(withCatalog(undefined))).toBe(BUILT_IN_CATALOG);
  });

  test('changes neither the plan nor the lock of an estate whose machines it does not touch', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        const without = lockAndResolve(estateOf(inputOf(sites)));
        for (const catalog of [{}, { machines: { aws: { mine: { like: 'g6e.48xlarge', ...SOURCED } } } }]) {
          const { plan, lock } = lockAndResolve(estateOf({ ...inputOf(sites), catalog }));
          expect(lock).toEqual(without.lock);
          for (const cloud of CLOUDS) {
            expect(plan.shards(cloud)).toEqual(without.plan.shards(cloud));
            expect(plan.sites(cloud)).toEqual(without.plan.sites(cloud));
            expect(plan.accounts(cloud)).toEqual(without.plan.accounts(cloud));
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('corrects a row in the fields that the estate states, and no other row', () => {
    const { clouds, overridden } = catalogOf(withCatalog(OVERRIDES));
    const before = CATALOG.aws.machines['p5en.48xlarge'];
    expect(clouds.aws.machines['p5en.48xlarge']).toEqual({ ...before, memoryGiB: 4096, ...SOURCED });
    expect(clouds.aws.machines['p5.48xlarge']).toBe(CATALOG.aws.machines['p5.48xlarge']);
    expect(clouds.azure).toBe(CATALOG.azure);
    expect(overridden).toEqual({ aws: ['p5en.48xlarge', 'p9.48xlarge'], azure: [], google: [], oracle: [] });
  });

  test('adds a machine that resembles another, without what is true of that one alone', () => {
    const added = catalogOf(withCatalog(OVERRIDES)).clouds.aws.machines['p9.48xlarge'];
    expect(added).toMatchObject({ type: 'p9.48xlarge', accelerator: 'b300', vcpus: 256, memoryGiB: 4096 });
    expect(added?.efa).toEqual(CATALOG.aws.machines['p6-b300.48xlarge']?.efa);
    expect([added?.preferred, added?.regions]).toEqual([undefined, undefined]);
    expect(added?.unverified).toBe('what the estate does not state is that of p6-b300.48xlarge');
  });

  test('leaves out rows that are not whole, which a rule reports', () => {
    const { clouds } = catalogOf(withCatalog({ machines: { aws: { p9: { vcpus: 8, ...SOURCED } } } }));
    expect(clouds.aws.machines.p9).toBeUndefined();
  });

  test('keeps one preferred machine of an accelerator', () => {
    const preferredOf = (estate: Estate, accelerator: string) =>
      Object.values<MachineBase>(catalogOf(estate).clouds.aws.machines)
        .filter((row) => row.accelerator === accelerator && row.preferred === true)
        .map(({ type }) => type);
    expect(preferredOf(withCatalog(OVERRIDES), 'b300')).toEqual(['p6-b300.48xlarge']);
    const mine = { 'p9.48xlarge': { like: 'p6-b300.48xlarge', preferred: true, ...SOURCED } };
    expect(preferredOf(withCatalog({ machines: { aws: mine } }), 'b300')).toEqual(['p9.48xlarge']);
  });

  test('goes on preferring the only built-in machine when the estate adds another', () => {
    const mine = { machines: { google: { 'a5-highgpu-8g': { like: 'a4-highgpu-8g', ...SOURCED } } } };
    const { machines } = catalogOf(withCatalog(mine)).clouds.google;
    expect([machines['a4-highgpu-8g']?.preferred, machines['a5-highgpu-8g']?.preferred]).toEqual([true, undefined]);
  });

  test('takes facts that the provider does not publish, one by one', () => {
    const type = 'p6e-gb300.36xlarge';
    const row = (facts: object) =>
      catalogOf(withCatalog({ machines: { aws: { [type]: { ...facts, ...SOURCED } } } })).clouds.aws.machines[type];
    expect(row({ vcpus: 144 })?.unpublished).toEqual(['memoryGiB', 'scaleOutGbps', 'localNvmeGB', 'efa']);
    const efa = { primary: 'interface', efaOnlyCards: { first: 1, last: 13, step: 4 } };
    const all = { vcpus: 144, memoryGiB: 960, scaleOutGbps: 3200, localNvmeGB: 22500, efa };
    expect(row(all)).toMatchObject({ ...all, unpublished: undefined, ...SOURCED });
  });

  test('splits clusters by the limits that the estate states', () => {
    const pools = { h: { accelerator: 'h200', nodes: 3000, zone: 'us-west-2a' } };
    const input = inputOf([{ ...SITE, clusters: { big: { pools } } }]);
    const limit = { value: 5000, ...SOURCED };
    const shards = (catalog: unknown) => lockAndResolve(estateOf({ ...input, catalog })).plan.shards('aws').length;
    expect(shards(undefined)).toBe(2);
    expect(shards({ limits: { aws: { nodesPerShard: limit } } })).toBe(1);
  });

  test('lets a network grow to the blocks that the estate states', () => {
    const clusters = Object.fromEntries(Array.from({ length: 22 }, (_, index) => [`c${index}`, { pools: {} }]));
    const input = inputOf([{ ...SITE, account: 'azure-gb', clusters }]);
    const blocks = { limits: { azure: { blocksPerNetwork: { value: 8, ...SOURCED } } } };
    expect(() => lockAndResolve(estateOf(input))).toThrow(/may have 2 blocks/);
    const [site] = lockAndResolve(estateOf({ ...input, catalog: blocks })).plan.sites('azure');
    expect(site?.network.cidrs).toHaveLength(3);
  });

  test('knows the file systems and regions that the provider has granted beyond its default', () => {
    const { lustre, regions } = catalogOf(
      withCatalog({
        limits: { azure: { largestLustre: { 250: { value: 512, ...SOURCED } } } },
        regions: { azure: { names: ['westus9', 'eastus'], ...SOURCED } },
      }),
    ).clouds.azure;
    const [before, after] = [CATALOG.azure.lustre, lustre].map(({ tiers }) =>
      tiers.map(({ throughputMBpsPerTiB, max, steps }) => [throughputMBpsPerTiB, max, steps.at(-1)?.upTo]),
    );
    expect(after).toEqual(before?.map((tier) => (tier[0] === 250 ? [250, 512, 512] : tier)));
    expect(regions.names).toEqual([...CATALOG.azure.regions.names, 'westus9']);
  });

  test('knows the zones that the estate adds, and with them the region', () => {
    const zones = { 'us-east-9': [], 'us-west-1': ['us-west-1d', 'us-west-1a'] };
    const { regions } = catalogOf(withCatalog({ regions: { aws: { zones, ...SOURCED } } })).clouds.aws;
    const before = CATALOG.aws.regions;
    expect(regions.names).toEqual([...before.names, 'us-east-9']);
    expect(regions.rows['us-east-9']).toEqual({ zones: [], ...SOURCED });
    expect(before.rows['us-west-1']?.zones).toEqual(['us-west-1a', 'us-west-1b', 'us-west-1c']);
    expect(regions.rows['us-west-1']).toEqual({
      zones: ['us-west-1a', 'us-west-1b', 'us-west-1c', 'us-west-1d'],
      ...SOURCED,
    });
    expect(regions.rows['us-west-2']).toBe(before.rows['us-west-2']);
  });

  test('offers Kubernetes versions that are newer than the built-in catalog, and goes on preferring its own', () => {
    const kubernetes = { oracle: { versions: ['1.99.1'], ...SOURCED } };
    expect(catalogOf(withCatalog({ kubernetes })).clouds.oracle.kubernetes).toEqual({
      ...CATALOG.oracle.kubernetes,
      offered: [...CATALOG.oracle.kubernetes.offered, '1.99.1'],
    });
  });

  test('plans a file system of a size that the provider has granted', () => {
    const input = inputOf([{ ...SITE, account: 'azure-gb', stores: 1 }]);
    const granted = { limits: { azure: { largestLustre: { 500: { value: 1024, ...SOURCED } } } } };
    const sizes = (catalog: unknown) =>
      lockAndResolve(estateOf({ ...input, catalog }))
        .plan.sites('azure')
        .flatMap(({ stores }) => stores.map((store) => store.kind === 'lustre' && [store.size, store.tier.max]));
    expect([sizes(undefined), sizes(granted)]).toEqual([[[48, 128]], [[48, 1024]]]);
  });

  test('plans silicon of the estate’s own, which Kubernetes counts under its own name', () => {
    const catalog = {
      accelerators: { npu: { title: 'NPU', vendor: 'own', resourceName: 'example.com/npu', ...SOURCED } },
      machines: { aws: { 'npu1.48xlarge': { like: 'p5en.48xlarge', accelerator: 'npu', ...SOURCED } } },
    };
    const pools = { n: { accelerator: 'npu', nodes: 4, zone: 'us-west-2a' } };
    const { plan } = lockAndResolve(estateOf({ ...inputOf([{ ...SITE, clusters: { x: { pools } } }]), catalog }));
    const [pool] = plan.shards('aws')[0]?.pools ?? [];
    expect(pool?.machine.type).toBe('npu1.48xlarge');
    expect(pool?.machine.resourceName).toBe('example.com/npu');
    expect(plan.catalog.accelerators.npu?.title).toBe('NPU');
  });

  test('knows the maker of a machine by its accelerator, also where that is the estate’s own', () => {
    const catalog = {
      accelerators: { mi455x: { title: 'MI455X', vendor: 'amd', resourceName: 'amd.com/gpu', ...SOURCED } },
      machines: {
        oracle: {
          'BM.GPU.MI455X.8': { like: 'BM.GPU.B200.8', accelerator: 'mi455x', ...SOURCED },
          'BM.GPU.B400.8': { like: 'BM.GPU.MI355X.8', accelerator: 'b200', ...SOURCED },
          'BM.CPU': { like: 'VM.Standard.E5.Flex', ...SOURCED },
        },
      },
    };
    const { machines } = catalogOf(withCatalog(catalog)).clouds.oracle;
    const makers = ['BM.GPU.MI455X.8', 'BM.GPU.B400.8', 'BM.CPU', 'BM.GPU.MI355X.8', 'VM.Standard.E5.Flex'];
    expect(makers.map((type) => machines[type]?.vendor)).toEqual(['amd', 'nvidia', undefined, 'amd', undefined]);
  });

  test('is the same object for the same estate, and frozen', () => {
    const estate = withCatalog(OVERRIDES);
    expect(catalogOf(estate)).toBe(catalogOf(estate));
    expect(Object.isFrozen(catalogOf(estate).clouds.aws.machines)).toBe(true);
  });

  test.each([
    ['a row without a source', { machines: { aws: { x: { like: 'p5.48xlarge', checked: '2026-11' } } } }],
    ['a row without a month', { machines: { aws: { x: { like: 'p5.48xlarge', source: 'offer' } } } }],
    ['a key that no row has', { machines: { aws: { x: { like: 'p5.48xlarge', colour: 'red', ...SOURCED } } } }],
    ['a field of another cloud', { machines: { aws: { x: { ocpus: 8, ...SOURCED } } } }],
    ['a quota that the catalog does not have', { quotas: { 'aws-cats': { value: 9, ...SOURCED } } }],
    [
      'a file system granted without a tier',
      { limits: { azure: { largestLustre: { all: { value: 9, ...SOURCED } } } } },
    ],
    ['a region without a source', { regions: { azure: { names: ['westus9'] } } }],
    ['a limit of zero', { limits: { aws: { nodesPerShard: { value: 0, ...SOURCED } } } }],
  ])('fails when there is %s', (_, catalog) => {
    expect(() => withCatalog(catalog)).toThrow();
  });
});
