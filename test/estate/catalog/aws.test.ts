import { RegionInfo } from 'aws-cdk-lib/region-info';
import { ACCELERATORS, CATALOG } from '../../../estate/catalog';
import { partitionOf } from '../../../estate/catalog/aws-regions';

const { aws } = CATALOG;
const machines = Object.values(aws.machines);

/** Cards that carry an EFA-only interface. */
function efaCards(type: string): number[] {
  const layout = aws.machines[type]?.efa;
  if (layout === undefined) return [];
  const { first, last, step } = layout.efaOnlyCards;
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}

describe('the AWS catalog', () => {
  test("knows the partition of each region as CDK's own table does", () => {
    for (const region of aws.regions.names) {
      expect([region, partitionOf(region)]).toEqual([region, RegionInfo.get(region).partition]);
    }
  });

  test('splits clusters by the quota of EKS for managed node groups, one of which is the system pool', () => {
    const managedNodeGroups = 30; // L-6D54EA21
    expect(aws.limits.poolsPerShard.value).toBe(managedNodeGroups - 1);
    expect(aws.limits.nodesPerShard.value).toBe(2000);
  });

  test('names each machine by its type and says where its facts come from', () => {
    for (const [type, row] of Object.entries(aws.machines)) {
      expect(row.type).toBe(type);
      expect(row.source).toMatch(/^https:|^aws-cdk-lib/);
      expect(row.checked).toMatch(/^\d{4}-\d{2}$/);
    }
  });

  test('prefers exactly one machine for each accelerator', () => {
    const accelerators = new Set(machines.flatMap(({ accelerator }) => accelerator ?? []));
    expect(accelerators.size).toBeGreaterThan(10);
    for (const name of accelerators) {
      expect(ACCELERATORS[name]).toBeDefined();
      expect(machines.filter((row) => row.accelerator === name && row.preferred)).toHaveLength(1);
    }
  });

  test.each([
    ['p4d.24xlarge', 'interface', 4],
    ['p4de.24xlarge', 'interface', 4],
    ['g6e.48xlarge', 'interface', 4],
    ['g7.48xlarge', 'interface', 2],
    ['g7e.48xlarge', 'interface', 4],
    ['trn1.32xlarge', 'efa', 7],
    ['trn1n.32xlarge', 'efa', 15],
    ['p5.4xlarge', 'interface', 1],
    ['p5.48xlarge', 'efa', 31],
    ['p5e.48xlarge', 'efa', 31],
    ['p5en.48xlarge', 'interface', 16],
    ['p6-b200.48xlarge', 'interface', 8],
    ['p6-b300.48xlarge', 'interface', 16],
    ['trn2.48xlarge', 'efa', 15],
  ])('gives %s a primary interface of type %s and %i EFA-only ones', (type, primary, count) => {
    expect(aws.machines[type]?.efa?.primary).toBe(primary);
    expect(efaCards(type)).toHaveLength(count);
  });

  test('leaves card 0 of a B300 without EFA', () => {
    expect(efaCards('p6-b300.48xlarge')).not.toContain(0);
  });

  test('gives a GB200 one EFA interface for each group of cards', () => {
    expect(efaCards('p6e-gb200.36xlarge')).toEqual([1, 5, 9, 13]);
  });

  test('sells racks as capacity blocks only, eighteen nodes of four', () => {
    for (const type of ['p6e-gb200.36xlarge', 'p6e-gb300.36xlarge']) {
      expect(aws.machines[type]).toMatchObject({
        capacity: ['capacity-block'],
        scaleUpNodes: 18,
        groupNodes: 18,
        accelerators: 4,
        architecture: 'arm64',
        amiType: 'AL2023_ARM_64_NVIDIA',
      });
    }
  });

  test('states nothing of GB300 UltraServers that AWS does not publish', () => {
    const row = aws.machines['p6e-gb300.36xlarge'];
    expect(row?.unpublished).toEqual(['vcpus', 'memoryGiB', 'scaleOutGbps', 'localNvmeGB', 'efa']);
    expect([row?.vcpus, row?.memoryGiB, row?.scaleOutGbps, row?.localNvmeGB, row?.efa]).toEqual([
      undefined,
      undefined,
      0,
      0,
      undefined,
    ]);
  });

  test('marks what AWS sells only on request', () => {
    expect(machines.filter(({ availability }) => availability === 'restricted').map(({ type }) => type)).toEqual([
      'p6e-gb300.36xlarge',
    ]);
  });

  test('sizes file systems in the steps that allow EFA', () => {
    expect(
      aws.lustre.tiers.map(({ throughputMBpsPerTiB, min, steps }) => [throughputMBpsPerTiB, min, steps[0]?.step]),
    ).toEqual([
      [125, 38400, 38400],
      [250, 19200, 19200],
      [500, 9600, 9600],
      [1000, 4800, 4800],
    ]);
  });

  test('runs system pools on a machine without accelerators', () => {
    expect(aws.machines[aws.systemMachine]).toMatchObject({ accelerators: 0, architecture: 'x86_64' });
  });
});
