import { GOOGLE_SERVICES_ACCESS, google, googleFabricRanges } from '../../../estate/catalog/google';
import { cidr, cidrSize } from '../../../estate/cidr';

const machines = Object.values(google.machines);

describe('catalog of Google Cloud', () => {
  test('sells racks of NVL72 in reservations only, 18 nodes of 4', () => {
    const racks = machines.filter(({ placement }) => placement?.kind === 'rack');
    expect(racks.map(({ type }) => type)).toEqual(['a4x-highgpu-4g', 'a4x-maxgpu-4g-metal']);
    for (const rack of racks) {
      expect(rack).toMatchObject({ scaleUpNodes: 18, groupNodes: 18, accelerators: 4, capacity: ['reservation'] });
      expect(rack.architecture).toBe('arm64');
    }
  });

  test('sells no AMD accelerators', () => {
    expect(machines.filter(({ accelerator }) => accelerator?.startsWith('mi'))).toEqual([]);
  });

  test.each(machines.filter(({ topologies }) => topologies !== undefined).map((row) => [row.type, row] as const))(
    'every slice of %s is a whole number of hosts within its largest group',
    (_, row) => {
      for (const topology of row.topologies ?? []) {
        const hosts = topology.split('x').reduce((product, side) => product * Number(side), 1) / row.accelerators;
        expect(Number.isInteger(hosts)).toBe(true);
        expect(hosts).toBeLessThanOrEqual(row.groupNodes);
      }
      expect(new Set(row.topologies).size).toBe(row.topologies?.length);
    },
  );

  test('a group fits into one shard, and a shard into its pod range with the largest system pool', () => {
    const { value } = google.limits.nodesPerShard;
    for (const { groupNodes } of machines) expect(groupNodes).toBeLessThanOrEqual(value);
    const pods = google.subnets.find(({ role }) => role === 'pods');
    const systemNodes = 100;
    expect((value - systemNodes) * 64 + systemNodes * 128).toBeLessThanOrEqual(2 ** (32 - (pods?.prefix ?? 32)));
  });

  test('every rail of an RDMA network has an address for every node of a shard', () => {
    const rails = Math.max(...machines.map(({ fabric }) => fabric?.rdmaInterfaces ?? 0));
    const { value } = google.limits.nodesPerShard;
    expect(cidrSize(cidr(googleFabricRanges().rdma)) / rails - 4).toBeGreaterThanOrEqual(value);
  });

  test('the ranges of data networks do not overlap', () => {
    const { gvnic, rdma } = googleFabricRanges();
    expect([gvnic, rdma]).toEqual(['192.168.0.0/17', '192.168.128.0/17']);
    expect(googleFabricRanges('10.0.0.0/15').rdma).toBe('10.1.0.0/16');
  });

  test('the storage range is large enough for private services access', () => {
    const storage = google.subnets.find(({ role }) => role === 'storage');
    expect(storage?.prefix).toBeLessThanOrEqual(GOOGLE_SERVICES_ACCESS.longestPrefix);
  });

  test.each(google.lustre.tiers.map((tier) => [tier.throughputMBpsPerTiB, tier] as const))(
    'the largest file system of %i MB/s per TiB is a whole number of its last steps',
    (_, tier) => {
      const last = tier.steps.at(-1);
      expect(last?.upTo).toBe(tier.max);
      expect(tier.max % (last?.step ?? 0)).toBe(0);
      expect(tier.min % (tier.steps[0]?.step ?? 0)).toBe(0);
    },
  );
});
