import { join } from 'node:path';
import fc from 'fast-check';
import { resolveEstate } from '../../../cli/app';
import { planQuotas, type QuotaNeed } from '../../../estate/plan/quotas';
import { ROOT } from '../../helpers/cli';
import { blueprints, estateOf, inputOf, lockAndResolve, type SiteBlueprint } from '../../helpers/estates';

const SITE = { name: 'west', account: 'aws-main', clusters: {}, stores: 0 } as const;
type Pools = SiteBlueprint['clusters'][string]['pools'];

/** A pool of accelerators and one of CPU machines, for each account. */
const BESIDE: Readonly<Record<SiteBlueprint['account'], Pools>> = {
  'aws-main': {
    train: { accelerator: 'h200', nodes: 4, zone: 'us-west-2a' },
    data: { machine: 'm7i.8xlarge', nodes: 2, zone: 'us-west-2a' },
  },
  'azure-gb': { train: { accelerator: 'gb300', racks: 1 }, data: { machine: 'Standard_E32ads_v5', nodes: 2 } },
  'google-main': { train: { accelerator: 'h100', nodes: 4 }, data: { machine: 'n4-standard-64', nodes: 2 } },
  'oracle-main': {
    train: { accelerator: 'h200', nodes: 4, image: 'x' },
    data: { machine: 'BM.Standard.E5.192', nodes: 2, image: 'x' },
  },
};

function quotasOf(input: Record<string, unknown>): readonly QuotaNeed[] {
  return planQuotas(lockAndResolve(estateOf(input)).plan);
}

function quotasWith(account: SiteBlueprint['account'], pools: Pools, more: object = {}): readonly QuotaNeed[] {
  return quotasOf({ ...inputOf([{ ...SITE, account, clusters: { x: { pools } } }]), ...more });
}

function need(quotas: readonly QuotaNeed[], name: string | RegExp): QuotaNeed | undefined {
  return quotas.find(({ quota, code }) =>
    typeof name === 'string' ? name === code || name === quota : name.test(quota),
  );
}

describe('quotas', () => {
  test.each([
    ['h100', 'L-417A185B', 10 * 192, 10 * 33],
    ['h200', 'L-417A185B', 10 * 192, 10 * 18],
    ['b200', 'L-417A185B', 10 * 192, 10 * 10],
    ['b300', 'L-417A185B', 10 * 192, 10 * 18],
    ['rtx-pro-6000', 'L-DB2E81BA', 10 * 192, 10 * 6],
    ['trainium1', 'L-2C3B7624', 10 * 128, 10 * 17],
  ])('asks AWS for vCPUs and network interfaces of ten nodes of %s', (accelerator, code, vcpus, interfaces) => {
    const quotas = quotasWith('aws-main', { train: { accelerator, nodes: 10, zone: 'us-west-2a' } });
    expect(need(quotas, code)).toMatchObject({ needed: vcpus, unit: 'vCPU', region: 'us-west-2', account: 'aws-main' });
    expect(need(quotas, 'L-DF5E4CA3')?.because).toContain(`west-xx/train: 10 nodes x ${interfaces / 10}`);
  });

  test('asks for no on-demand vCPUs for capacity blocks', () => {
    const capacity = {
      kind: 'capacity-block',
      ids: ['cr-0123456789abcdef0'],
      window: { start: '2026-12-01', end: '2027-05-31' },
    };
    const quotas = quotasWith('aws-main', { gb: { accelerator: 'gb200', racks: 1, zone: 'us-west-2a', capacity } });
    expect(need(quotas, 'L-417A185B')).toBeUndefined();
    expect(need(quotas, /^Capacity Block/)).toMatchObject({
      needed: 18,
      region: 'global',
      unverified: expect.stringMatching(/not drawn/),
    });
  });

  test.each([
    ['p5en.48xlarge', 'h200', 'L-C4BD4855'],
    ['p6-b200.48xlarge', 'b200', 'L-C4BD4855'],
    ['p4de.24xlarge', 'a100', 'L-7212CCBC'],
    ['trn2.48xlarge', 'trainium2', 'L-6B0D517C'],
  ])('asks for spot vCPUs of %s by its own family', (machine, accelerator, code) => {
    const pool = { machine, accelerator, nodes: 2, zone: 'us-west-2a', capacity: { kind: 'spot' } };
    const quotas = quotasWith('aws-main', { train: pool });
    expect(need(quotas, code)?.because).toContain('west-xx/train: 2 nodes');
    expect(need(quotas, 'L-417A185B')).toBeUndefined();
  });

  test('asks Azure for vCPUs of the family and of the region, the spare trays of racks included', () => {
    const quotas = quotasWith('azure-gb', { gb: { accelerator: 'gb300', racks: 2, spareTraysPerRack: 1 } });
    expect(need(quotas, 'standardNDISRGB300V6Family')).toMatchObject({ needed: 36 * 128, region: 'eastus2' });
    expect(need(quotas, 'cores')?.needed).toBeGreaterThan(36 * 128);
    expect(need(quotas, 'lowPriorityCores')).toBeUndefined();
  });

  test('asks Google for accelerators by family, and for the networks of each fabric', () => {
    const capacity = { kind: 'reservation', ids: ['racks'] };
    const quotas = quotasWith('google-main', { gb: { accelerator: 'gb200', racks: 2, capacity } });
    expect(need(quotas, /^GPUS-PER/)).toMatchObject({
      needed: 144,
      unit: 'GPU',
      dimension: 'gpu_family=NVIDIA_GB200',
      region: 'us-central1',
    });
    expect(need(quotas, 'NETWORKS-per-project')).toMatchObject({ needed: 3, region: 'global' });
    expect(need(quotas, 'SUBNETWORKS-per-project')).toMatchObject({ needed: 1 + 1 + 4 });
    // Both racks share one workload policy.
    expect(need(quotas, 'RESOURCE-POLICIES-per-project-region')).toMatchObject({ needed: 1, region: 'us-central1' });
  });

  test('asks Google for no workload policy where nothing is placed by one', () => {
    const capacity = { kind: 'spot' };
    const pools = {
      single: { accelerator: 'tpu-v7x', accelerators: 4, topology: '2x2x1', capacity },
      v6e: { accelerator: 'tpu-v6e', accelerators: 16, topology: '4x4', capacity },
    };
    expect(need(quotasWith('google-main', pools), 'RESOURCE-POLICIES-per-project-region')).toBeUndefined();
  });

  test.each([
    ['on-demand', 'TPUS-PER-TPU-FAMILY-per-project-region', 'tpu_family=CT6E'],
    ['spot', 'PREEMPTIBLE-TPU-V6E-per-project-region', undefined],
    ['flex-start', 'PREEMPTIBLE-TPU-V6E-per-project-region', undefined],
  ])('asks Google for TPU chips that are %s from their own quota', (kind, quota, dimension) => {
    const pool = { accelerator: 'tpu-v6e', accelerators: 16, topology: '4x4', capacity: { kind } };
    expect(need(quotasWith('google-main', { tpu: pool }), quota)).toMatchObject({
      needed: 16,
      unit: 'TPU chip',
      ...(dimension && { dimension }),
    });
  });

  test('asks Oracle for GPUs by availability domain under the name of the limit', () => {
    const quotas = quotasWith('oracle-main', { h: { accelerator: 'h200', nodes: 4, image: 'x' } });
    expect(need(quotas, 'gpu-h200-count')).toMatchObject({ needed: 32, unit: 'GPU', zone: 'Uocm:PHX-AD-1' });
    expect(need(quotas, 'gpu-h200-count')?.unverified).toBeUndefined();
    const reserved = { kind: 'reservation', ids: ['ocid1.capacityreservation.oc1.phx.a'] };
    const pool = { accelerator: 'h200', nodes: 4, image: 'x', capacity: reserved };
    expect(need(quotasWith('oracle-main', { h: pool }), 'gpu-h200-reserved-count')?.needed).toBe(32);
  });

  test.each([
    ['aws-main', { machine: 'm7i.8xlarge', zone: 'us-west-2a' }, 'L-1216C47A', 'west-xx/data: 4 nodes x 32'],
    [
      'aws-main',
      { machine: 'm8g.24xlarge', zone: 'us-west-2a', capacity: { kind: 'spot' } },
      'L-34B43A08',
      'west-xx/data: 4 nodes x 96',
    ],
    ['azure-gb', { machine: 'Standard_E32ads_v5' }, 'standardEADSv5Family', 'west-xx/data: 4 nodes x 32'],
    [
      'google-main',
      { machine: 'n4-standard-64' },
      'CPUS-PER-VM-FAMILY-per-project-region',
      'west-xx/data: 4 nodes x 64',
    ],
    ['oracle-main', { machine: 'BM.Standard.E5.192', image: 'x' }, 'standard-e5-core-count', 'x 192'],
  ] as const)('asks %s for CPU nodes of %j by their family', (account, pool, quota, because) => {
    const quotas = quotasWith(account, { data: { ...pool, nodes: 4 } });
    expect(need(quotas, quota)?.because).toContain(because);
  });

  test.each([
    ['aws-main', { machine: 'm7i.8xlarge', zone: 'us-west-2a' }, 'L-1216C47A', 'west-xx/data: 40 nodes x 32'],
    ['azure-gb', { machine: 'Standard_E32ads_v5' }, 'standardEADSv5Family', 'west-xx/data: 40 nodes x 32'],
    [
      'google-main',
      { machine: 'n4-standard-64' },
      'CPUS-PER-VM-FAMILY-per-project-region',
      'west-xx/data: 40 nodes x 64',
    ],
    ['oracle-main', { machine: 'BM.Standard.E5.192', image: 'x' }, 'standard-e5-core-count', '40 nodes x 192'],
  ] as const)('asks %s for the most nodes that an autoscaler may run, of %j', (account, pool, quota, because) => {
    const quotas = quotasWith(account, { data: { ...pool, nodes: { min: 0, max: 40 } } });
    expect(need(quotas, quota)?.because).toContain(because);
  });

  test('asks Oracle for the CPU nodes that an upgrade adds for a while, and for no more accelerators', () => {
    const quotas = quotasWith('oracle-main', { h: { accelerator: 'h200', nodes: 4, image: 'x' } });
    // Three system nodes of 8 OCPUs, and one more.
    expect(need(quotas, 'standard-e5-core-count')).toMatchObject({ needed: 32, unit: 'OCPU' });
    expect(need(quotas, 'standard-e5-core-count')?.because).toContain('1 upgrade node');
    expect(need(quotas, 'gpu-h200-count')?.because).not.toContain('upgrade');
  });

  test('asks for what an update adds to node groups of CPU machines on AWS, and to none of accelerators', () => {
    const pools = {
      train: { accelerator: 'h200', nodes: 40, zone: 'us-west-2a' },
      data: { machine: 'm7i.8xlarge', nodes: 40, zone: 'us-west-2a' },
    };
    const quotas = quotasWith('aws-main', pools);
    // Three system nodes in two zones, and two more for each; a tenth of forty is more than two.
    expect(need(quotas, 'L-1216C47A')?.because).toBe(
      'west-xx/data: 40 nodes x 32; west-xx/data: 4 upgrade nodes x 32; west-xx/system: 4 upgrade nodes x 16; ' +
        'west-xx/system: 3 nodes x 16',
    );
    expect(need(quotas, 'L-417A185B')?.because).toBe('west-xx/train: 40 nodes x 192');
    expect(need(quotas, 'L-7A658B76')?.because).toContain('west-xx/data: 4 upgrade nodes x 100');
  });

  test.each([
    ['aws-main', 'L-CDE20ADC', { needed: 3, default: 500, because: 'west-xx: 3 node groups' }],
    ['aws-main', 'L-FB451C26', { needed: 6, because: 'west-xx: 3 node groups; west-xx: 3 EKS templates' }],
    [
      'aws-main',
      'L-FE177D64',
      { needed: 6, region: 'global', because: 'west-xx: 1 cluster x 3; west: 1 network x 2; west-xx: 1 workload role' },
    ],
    [
      'aws-main',
      'L-E79EC296',
      { needed: 4, because: 'west: 1 default group; west-xx: 1 control plane; west-xx: 1 cluster; west-xx: 1 fabric' },
    ],
    ['aws-main', 'L-A4707A72', { needed: 1, default: 5 }],
    ['azure-gb', 'StandardSkuPublicIpAddresses', { needed: 16, because: 'west: 1 cluster gateway x 16' }],
    ['azure-gb', 'NatGateways', { needed: 1 }],
    ['azure-gb', 'Key vaults with private endpoints per subscription', { needed: 1, default: 400, region: 'global' }],
    ['azure-gb', 'Role assignments per subscription', { needed: 8, default: 4000, region: 'global' }],
    ['azure-gb', 'Private endpoints per virtual network', { needed: 1, default: 1000 }],
    [
      'azure-gb',
      'Resource groups per subscription',
      { needed: 3, because: 'azure-gb: 2 resource groups; west-xx: 1 node resource group' },
    ],
    ['azure-gb', 'virtualMachineScaleSets', { needed: 3, because: 'west-xx: 3 node pools' }],
    [
      'google-main',
      'INSTANCES-per-project-region',
      {
        needed: 11,
        because:
          'west-xx/train: 4 nodes; west-xx/system: 3 nodes; west-xx/data: 2 nodes; west-xx/data: 1 upgrade node; west-xx/system: 1 upgrade node',
      },
    ],
    ['google-main', 'INSTANCE-GROUP-MANAGERS-per-project-region', { needed: 3 }],
    [
      'google-main',
      'LOCAL-SSD-TOTAL-GB-PER-VM-FAMILY-per-project-region',
      { needed: 4 * 16 * 375, dimension: 'vm_family=A3' },
    ],
    ['google-main', 'FIREWALLS-per-project', { needed: 14 }],
    ['google-main', 'ServiceAccountsPerProject', { needed: 1, default: 100 }],
    ['oracle-main', 'total-storage-gb', { needed: 4 * 512 + (2 + 1 + 3 + 1) * 128, zone: 'Uocm:PHX-AD-1' }],
    ['oracle-main', 'virtual-vault-count', { needed: 1, because: 'oracle-main: 1 account vault' }],
    ['oracle-main', 'standard-e5-memory-count', { needed: 3 * 2304 + 4 * 64, unit: 'GB' }],
    ['oracle-main', 'compute-cluster-count', { needed: 1, zone: 'Uocm:PHX-AD-1' }],
    ['oracle-main', 'policies-count', { needed: 5, region: 'global', because: 'oracle-main: 5 policies' }],
    ['oracle-main', 'tag defaults per compartment', { needed: 4, default: 20 }],
    ['oracle-main', 'cost-tracking tags per tenancy', { needed: 2, default: 10 }],
  ] as const)('asks %s for %s, which rides along', (account, quota, expected) => {
    expect(need(quotasWith(account, BESIDE[account]), quota)).toMatchObject(expected);
  });

  test('asks for nothing that somebody brings: a network, a key, a cluster', () => {
    const { plan } = resolveEstate(join(ROOT, 'examples/existing.yaml'));
    const keys = new Set(planQuotas(plan).map(({ key }) => key));
    const brought: readonly QuotaNeed['key'][] = [
      ...(['aws-vpcs', 'aws-vpc-blocks', 'aws-subnets', 'aws-nat-gateways', 'aws-elastic-ips'] as const),
      ...(['azure-networks', 'azure-nat-gateways', 'azure-public-addresses'] as const),
      ...(['google-routers', 'google-global-addresses', 'google-addresses'] as const),
      ...(['oracle-networks', 'oracle-subnets', 'oracle-clusters', 'oracle-keys', 'oracle-vaults'] as const),
    ];
    expect(brought.filter((key) => keys.has(key))).toEqual([]);
    expect(keys.size).toBeGreaterThan(30);
  });

  test('takes names and grants from the catalog of the estate', () => {
    const sourced = { source: 'case 4711', checked: '2026-11' };
    const limit = { name: 'gpu-gb300-rack-count', certainty: 'documented' };
    const capacity = { kind: 'dedicated', fabrics: ['ocid1.computegpumemoryfabric.oc1.phx.a'] };
    const quotas = quotasWith(
      'oracle-main',
      { gb: { accelerator: 'gb300', racks: 1, image: 'x', capacity } },
      {
        catalog: {
          machines: { oracle: { 'BM.GPU.GB300.4': { limit, ...sourced } } },
          quotas: { 'oracle-clusters': { value: 40, ...sourced } },
        },
      },
    );
    expect(need(quotas, 'gpu-gb300-rack-count')?.needed).toBe(72);
    expect(need(quotas, 'cluster-count')).toMatchObject({ default: 40, source: 'case 4711' });
  });

  test('adds up file systems in the unit of their provider', () => {
    const quotas = quotasOf(inputOf([{ ...SITE, account: 'azure-gb', stores: 2 }]));
    expect(need(quotas, 'Azure Managed Lustre capacity')).toMatchObject({ needed: 96, unit: 'TiB' });
    expect(need(quotas, 'Azure Managed Lustre file systems')).toMatchObject({ needed: 2, default: 4 });
    expect(need(quotas, 'Azure Managed Lustre capacity')?.because).toContain('west-fs1: 1 file system x 48');
  });

  test('a limit of one cluster is that of the largest, not the sum', () => {
    const pool = (nodes: number) => ({ pools: { h: { accelerator: 'h200', nodes, zone: 'us-west-2a' } } });
    const quotas = quotasOf(inputOf([{ ...SITE, clusters: { one: pool(500), two: pool(20) } }]));
    expect(need(quotas, 'L-BD136A63')).toMatchObject({
      needed: 450,
      because: expect.stringMatching(/^the largest: west-xone\/h\/1/),
    });
    expect(need(quotas, 'L-6D54EA21')).toMatchObject({ needed: 3, because: 'the largest: west-xone: 3 node groups' });
    expect(need(quotas, 'L-1194D53C')?.needed).toBe(2);
  });

  test('names what needs a quota, and counts the rest', () => {
    const pools = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [`p${index}`, { accelerator: 'h200', nodes: 1, zone: 'us-west-2a' }]),
    );
    expect(need(quotasWith('aws-main', pools), 'L-417A185B')?.because).toMatch(/; and 5 more$/);
  });

  test('every need has a reason, a unit, a name and a number above zero', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        for (const row of quotasOf(inputOf(sites))) {
          expect(Number.isFinite(row.needed) && row.needed > 0).toBe(true);
          for (const text of [row.account, row.region, row.quota, row.unit, row.because, row.source, row.key]) {
            expect(text).toMatch(/\S/);
          }
          expect(row.because).not.toMatch(/NaN|undefined/);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('each account, region, zone, quota and dimension is one line', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        const keys = quotasOf(inputOf(sites)).map(({ account, region, zone, quota, dimension }) =>
          JSON.stringify([account, region, zone, quota, dimension]),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['aws-main', 'b300', 'nodes', /P instances/],
    ['azure-gb', 'gb300', 'racks', /GB300V6Family/],
    ['google-main', 'gb200', 'racks', /^GPUS-PER/],
    ['oracle-main', 'h200', 'nodes', /gpu-h200-count/],
  ] as const)('doubling a pool on %s doubles its need', (account, accelerator, unit, quota) => {
    const zone = {
      'aws-main': 'us-west-2a',
      'azure-gb': '1',
      'google-main': 'us-central1-a',
      'oracle-main': 'Uocm:PHX-AD-1',
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (size) => {
        const needed = (count: number) =>
          need(quotasWith(account, { train: { accelerator, [unit]: count, zone: zone[account] } }), quota)?.needed ?? 0;
        expect(needed(2 * size)).toBe(2 * needed(size));
      }),
      { numRuns: 15 },
    );
  });

  test('two pools need what each needs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (one, other) => {
        const pool = (nodes: number) => ({ accelerator: 'h200', nodes, zone: 'us-west-2a' });
        const vcpus = (pools: Pools) => need(quotasWith('aws-main', pools), 'L-417A185B')?.needed ?? 0;
        expect(vcpus({ a: pool(one), b: pool(other) })).toBe(vcpus({ a: pool(one) }) + vcpus({ b: pool(other) }));
      }),
      { numRuns: 15 },
    );
  });

  test('does not depend on the order of writing', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        expect(quotasOf(inputOf([...sites].reverse()))).toEqual(quotasOf(inputOf(sites)));
      }),
      { numRuns: 20 },
    );
  });
});
