import { NETWORK_RANGES } from '../../../estate/catalog';
import {
  ORACLE_KUBERNETES_RELEASES,
  ORACLE_RDMA_RANGE,
  type OracleMachine,
  oracle,
  oracleLustreAddresses,
  oracleLustrePrefix,
} from '../../../estate/catalog/oracle';
import { cidr, cidrsOverlap } from '../../../estate/cidr';

const machines: readonly OracleMachine[] = Object.values(oracle.machines);

describe('what the catalog knows of Oracle Cloud', () => {
  test('prefers one machine for each accelerator that several carry', () => {
    const accelerators = new Set(machines.flatMap(({ accelerator }) => accelerator ?? []));
    expect(accelerators.size).toBeGreaterThan(7);
    for (const name of accelerators) {
      const carrying = machines.filter(({ accelerator }) => accelerator === name);
      const preferred = carrying.filter((machine) => machine.preferred);
      expect([name, carrying.length === 1 || preferred.length === 1]).toEqual([name, true]);
    }
  });

  test('makes racks of 18 hosts with 4 accelerators, by contract only', () => {
    for (const machine of machines.filter(({ attachment }) => attachment === 'gpu-memory-cluster')) {
      expect(machine).toMatchObject({
        accelerators: 4,
        scaleUpNodes: 18,
        groupNodes: 18,
        architecture: 'arm64',
        availability: 'restricted',
        capacity: ['dedicated'],
      });
    }
  });

  test('has an RDMA network on every machine for training, as fast as its ports together', () => {
    for (const { accelerator, attachment, rdma, scaleOutGbps } of machines) {
      expect(attachment === 'none').toBe(accelerator === undefined || accelerator === 'rtx-pro-6000');
      expect(rdma.ports * rdma.portGbps).toBe(scaleOutGbps);
    }
  });

  test('names a full release for every minor version that is offered', () => {
    for (const minor of oracle.kubernetes.offered) {
      expect(ORACLE_KUBERNETES_RELEASES.releases[minor]).toMatch(new RegExp(`^v${minor.replace('.', '\\.')}\\.\\d+$`));
    }
    expect(oracle.kubernetes.offered).toContain(oracle.kubernetes.preferred);
  });

  test('keeps every default range away from the addresses of RDMA interfaces', () => {
    const rdma = cidr(ORACLE_RDMA_RANGE.cidr);
    for (const range of [NETWORK_RANGES.supernets.oracle, NETWORK_RANGES.pods, NETWORK_RANGES.services]) {
      expect(cidrsOverlap(cidr(range.cidr), rdma)).toBe(false);
    }
  });

  test('grows file systems by steps that meet where they change', () => {
    for (const { min, max, steps } of oracle.lustre.tiers) {
      expect(min % (steps[0]?.step ?? 0)).toBe(0);
      for (const { upTo } of steps) for (const { step } of steps) expect(upTo % step).toBe(0);
      expect(steps.at(-1)?.upTo).toBe(max);
    }
  });

  test.each([
    [31_200, 60, 26],
    [93_600, 60, 26],
    [104_000, 120, 25],
    [124_800, 120, 25],
    [166_400, 120, 25],
    [208_000, 180, 24],
    [416_000, 300, 23],
    [19_968_000, 12_000, 18],
  ])('knows how many addresses a file system of %d GB takes, and the smallest subnet', (sizeGB, addresses, prefix) => {
    expect(oracleLustreAddresses(sizeGB)).toBe(addresses);
    expect(oracleLustrePrefix(sizeGB)).toBe(prefix);
  });

  test.each([
    ['us-phoenix-1', 'phx', ['PHX-AD-1', 'PHX-AD-2', 'PHX-AD-3']],
    ['us-ashburn-1', 'iad', ['US-ASHBURN-AD-1', 'US-ASHBURN-AD-2', 'US-ASHBURN-AD-3']],
    ['eu-frankfurt-1', 'fra', ['EU-FRANKFURT-1-AD-1', 'EU-FRANKFURT-1-AD-2', 'EU-FRANKFURT-1-AD-3']],
    ['us-chicago-1', 'ord', ['US-CHICAGO-1-AD-1']],
    ['ap-kulai-2', 'jbp', ['AP-KULAI-2-AD-1']],
  ])('names the domains of %s, and its short name', (region, key, zones) => {
    expect(oracle.regions.rows[region]).toMatchObject({ key, zones, realm: 'oc1' });
  });

  test('knows every region by a short name of its own', () => {
    const keys = oracle.regions.names.map((region) => oracle.regions.rows[region]?.key);
    expect(new Set(keys).size).toBe(46);
    for (const key of keys) expect(key).toMatch(/^[a-z]{3}$/);
  });

  test('gives a shard room for its nodes', () => {
    const nodes = oracle.subnets.find(({ role }) => role === 'nodes');
    expect(2 ** (32 - (nodes?.prefix ?? 32))).toBeGreaterThan(oracle.limits.nodesPerShard.value);
  });
});
