import {
  azure,
  azureLustreSubnets,
  azureLustreTiers,
  azurePrivateDns,
  azureReservedClusterRanges,
  azureReservedNetworkRanges,
} from '../../../estate/catalog/azure';
import { NETWORK_RANGES } from '../../../estate/catalog/ranges';
import { cidr, cidrsOverlap } from '../../../estate/cidr';

const machines = Object.values(azure.machines);

describe('catalog of Azure', () => {
  test('knows that regions have three zones or none, and says where it does not know', () => {
    const { names, rows } = azure.regions;
    expect(Object.keys(rows).filter((name) => !names.includes(name))).toEqual([]);
    const none = names.filter((name) => rows[name]?.zones?.length === 0);
    expect(none).toHaveLength(21);
    for (const region of ['australiacentral', 'australiacentral2', 'australiasoutheast', 'northcentralus', 'westus']) {
      expect([region, rows[region]?.zones]).toEqual([region, []]);
    }
    for (const region of ['eastus2', 'southcentralus', 'japanwest', 'australiaeast']) {
      expect([region, rows[region]?.zones]).toEqual([region, ['1', '2', '3']]);
    }
    const doubtful = names.filter((name) => rows[name]?.unverified !== undefined);
    expect(doubtful).toEqual(['swedensouth', 'taiwannorth']);
    expect(rows.taiwannorth?.zones).toBeUndefined();
  });

  test('prefers exactly one machine for each accelerator', () => {
    const accelerators = new Set(machines.flatMap(({ accelerator }) => accelerator ?? []));
    for (const accelerator of accelerators) {
      const preferred = machines.filter((row) => row.accelerator === accelerator && row.preferred);
      expect([accelerator, preferred.length]).toEqual([accelerator, 1]);
    }
    expect(accelerators.size).toBeGreaterThan(5);
  });

  test('provisions racks as 18 machines and InfiniBand domains as at most 100', () => {
    for (const { type, scaleUpNodes, groupNodes } of machines) {
      expect([type, groupNodes]).toEqual([type, scaleUpNodes === 18 ? 18 : 100]);
    }
  });

  test('lets CPU machines and single A100s have on-demand capacity reservations, and no other', () => {
    const reserved = machines.filter(({ capacity }) => capacity.includes('reservation'));
    expect(reserved.filter(({ capacityReservations }) => capacityReservations !== true)).toEqual([]);
    expect(reserved.filter(({ accelerator }) => accelerator !== undefined).map(({ type }) => type)).toEqual([
      'Standard_NC24ads_A100_v4',
      'Standard_NC48ads_A100_v4',
      'Standard_NC96ads_A100_v4',
    ]);
    expect(machines.filter((row) => row.capacityReservations && !reserved.includes(row))).toEqual([]);
  });

  test('knows the InfiniBand feature of every machine with InfiniBand, and of no other', () => {
    for (const { type, infinibandFeature, infinibandAdapters, scaleOutGbps } of machines) {
      expect([type, infinibandFeature !== undefined]).toEqual([type, scaleOutGbps > 0]);
      expect([type, infinibandAdapters > 0]).toEqual([type, scaleOutGbps > 0]);
    }
  });

  test('never leaves the GPU driver to chance', () => {
    for (const { type, accelerator, gpuDriver } of machines) {
      expect([type, gpuDriver]).toEqual([type, accelerator === undefined ? undefined : 'None']);
    }
  });

  test('steps Lustre sizes by the smallest one, as its service does', () => {
    expect(azureLustreTiers.map(({ throughputMBpsPerTiB, min }) => [throughputMBpsPerTiB, min])).toEqual([
      [40, 48],
      [125, 16],
      [250, 8],
      [500, 4],
    ]);
    for (const { min, max, steps } of azureLustreTiers) expect(steps).toEqual([{ upTo: max, step: min }]);
  });

  test('plans subnets for file systems that are large enough for every size', () => {
    const planned = azure.subnets.find(({ per }) => per === 'file-system')?.prefix;
    const needed = Math.min(...azureLustreSubnets.map(({ prefix }) => prefix));
    expect(planned).toBeLessThanOrEqual(needed);
  });

  test('keeps the ranges of pods and services out of those that Azure uses', () => {
    const used = [NETWORK_RANGES.pods, NETWORK_RANGES.services, NETWORK_RANGES.supernets.azure];
    for (const range of [...azureReservedClusterRanges, ...azureReservedNetworkRanges]) {
      for (const own of used) expect(cidrsOverlap(cidr(own.cidr), cidr(range.cidr))).toBe(false);
    }
  });

  test('says where its own rows come from', () => {
    const rows = [azureLustreTiers, azureLustreSubnets, azurePrivateDns, azureReservedClusterRanges].flat();
    for (const row of [...rows, ...azureReservedNetworkRanges]) {
      expect(row.source).not.toBe('');
      expect(row.checked).toMatch(/^\d{4}-\d{2}$/);
    }
  });
});
