import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ACCELERATORS, CATALOG, CLOUDS, type MachineBase, NETWORK_RANGES, WITHHELD } from '../../../estate/catalog';
import { cidr, cidrContains } from '../../../estate/cidr';

const FOLDER = join(__dirname, '../../../estate/catalog');
/** Names and settings of the catalog itself, which are no facts about a provider. */
const OWN = [
  'cloud',
  'title',
  'systemMachine',
  'unit',
  'siteBlockPrefix',
  'CLOUDS',
  'OWN_TAGS',
  'ENGINES',
  'FINDINGS',
  'LOGGED',
  'ALARM_TEXTS',
  'SCANNERS',
  'CAPACITY_KINDS',
  'SUBNET_ROLES',
  'STEP_PLACES',
  'words',
  'things',
  'WEEKDAYS',
  'AZURE_STORE_CONTAINER',
  'GRANT_ACCESS',
  'GRANT_ANCHORS',
  'LINK_THINGS',
  'REPLICATION_ENGINES',
  'REPLICATION_MODES',
  'CAPABILITIES',
  'ADDED_TO',
  'POOL_CHAPTERS',
  'GITOPS_TOOLS',
  'BUNDLE_THINGS',
  'WRITE_AGAIN',
];

/** Paths of values that stand in no row with a source and a month. */
function unsourced(value: unknown, path: string, sourced: boolean): string[] {
  if (typeof value === 'function') return [];
  if (typeof value !== 'object' || value === null) return sourced ? [] : [path];
  const { source, checked } = value as { source?: unknown; checked?: unknown };
  const here = typeof source === 'string' && /\S{6}/.test(source) && /^20\d\d-(0[1-9]|1[0-2])$/.test(String(checked));
  return Object.entries(value)
    .filter(([key]) => !OWN.includes(key))
    .flatMap(([key, member]) => unsourced(member, `${path}.${key}`, sourced || here));
}

const machines: readonly MachineBase[] = CLOUDS.flatMap((cloud) => Object.values<MachineBase>(CATALOG[cloud].machines));

describe('catalog', () => {
  test.each(readdirSync(FOLDER).filter((name) => name.endsWith('.ts')))(
    'every fact in %s has a source and a month',
    (name) => {
      const rows: Record<string, unknown> = require(join(FOLDER, name));
      expect(
        Object.entries(rows).flatMap(([key, value]) => (OWN.includes(key) ? [] : unsourced(value, key, false))),
      ).toEqual([]);
    },
  );

  test('a row without a source is found', () => {
    expect(
      unsourced({ a: { value: 1 }, b: { value: 2, source: 'https://example.com', checked: '2026-11' } }, 'x', false),
    ).toEqual(['x.a.value']);
    expect(unsourced({ a: { value: 1, source: 'https://example.com', checked: 'today' } }, 'x', false)).toHaveLength(3);
  });

  test.each(CLOUDS)('machines of %s are listed under their own name and cloud', (cloud) => {
    for (const [name, machine] of Object.entries<MachineBase>(CATALOG[cloud].machines)) {
      expect([machine.type, machine.cloud]).toEqual([name, cloud]);
    }
  });

  test('machines carry known accelerators, or none of both', () => {
    for (const { accelerator, accelerators } of machines) {
      if (accelerator === undefined) expect(accelerators).toBe(0);
      else {
        expect(Object.keys(ACCELERATORS)).toContain(accelerator);
        expect(accelerators).toBeGreaterThan(0);
      }
    }
  });

  test('a machine states its size and the memory of its accelerators, or says that they are not published', () => {
    for (const { type, accelerator, acceleratorMemoryGiB, vcpus, memoryGiB, unpublished = [] } of machines) {
      const stated = { vcpus, memoryGiB, ...(accelerator !== undefined && { acceleratorMemoryGiB }) };
      const absent = Object.entries(stated).flatMap(([name, value]) => (value === undefined ? [name] : []));
      expect([type, absent]).toEqual([type, unpublished.filter((name) => Object.hasOwn(stated, name))]);
    }
  });

  test('every accelerator is carried by a machine or withheld with a reason', () => {
    const carried = new Set(machines.flatMap(({ accelerator }) => accelerator ?? []));
    for (const name of Object.keys(ACCELERATORS)) {
      expect([name, carried.has(name) !== WITHHELD.some(({ accelerator }) => accelerator === name)]).toEqual([
        name,
        true,
      ]);
    }
    for (const { reason } of WITHHELD) expect(reason.length).toBeGreaterThan(20);
  });

  test('one machine is preferred where several of a cloud carry an accelerator', () => {
    for (const cloud of CLOUDS) {
      const rows = Object.values<MachineBase>(CATALOG[cloud].machines);
      for (const name of new Set(rows.flatMap(({ accelerator }) => accelerator ?? []))) {
        const carrying = rows.filter(({ accelerator }) => accelerator === name);
        const preferred = carrying.filter((row) => row.preferred === true);
        expect([cloud, name, carrying.length === 1 || preferred.length === 1]).toEqual([cloud, name, true]);
      }
    }
  });

  test('a rack is one group: its nodes are those of its scale-up domain', () => {
    const racks = machines.filter(({ scaleUpNodes }) => scaleUpNodes > 1);
    expect(racks.length).toBeGreaterThan(4);
    for (const { type, scaleUpNodes, groupNodes } of racks) expect([type, groupNodes]).toEqual([type, scaleUpNodes]);
  });

  test('NVL72 machines have 72 accelerators a rack and are arm64', () => {
    for (const row of machines.filter(({ accelerator }) => accelerator === 'gb200' || accelerator === 'gb300')) {
      expect([row.type, row.scaleUpNodes * row.accelerators, row.architecture]).toEqual([row.type, 72, 'arm64']);
    }
  });

  test.each(CLOUDS)('%s has a CPU machine for system pools and a preferred Kubernetes version', (cloud) => {
    const { machines: rows, systemMachine, kubernetes } = CATALOG[cloud];
    expect(rows[systemMachine]?.accelerators).toBe(0);
    expect(kubernetes.offered).toContain(kubernetes.preferred);
  });

  test.each(CLOUDS)('every Lustre tier of %s starts at a size that its steps allow', (cloud) => {
    for (const tier of CATALOG[cloud].lustre.tiers) {
      expect(tier.min).toBeLessThanOrEqual(tier.max);
      expect(
        tier.steps.every(
          ({ step }, index) => step > 0 && (tier.steps[index - 1]?.upTo ?? 0) < (tier.steps[index]?.upTo ?? 0),
        ),
      ).toBe(true);
      expect(tier.steps.at(-1)?.upTo).toBeGreaterThanOrEqual(tier.max);
    }
  });

  test('the supernets of the clouds do not touch, and lie outside the ranges of pods and services', () => {
    const blocks = [...Object.values(NETWORK_RANGES.supernets), NETWORK_RANGES.pods, NETWORK_RANGES.servicesPool].map(
      (row) => cidr(row.cidr),
    );
    for (const [index, block] of blocks.entries()) {
      expect(blocks.slice(0, index).some((other) => cidrContains(block, other) || cidrContains(other, block))).toBe(
        false,
      );
    }
    expect(cidrContains(cidr(NETWORK_RANGES.servicesPool.cidr), cidr(NETWORK_RANGES.services.cidr))).toBe(true);
  });

  test.each(CLOUDS)('the subnets of a site of %s with one shard and a file system fit its first block', (cloud) => {
    const routable = CATALOG[cloud].subnets.filter(({ space }) => space === 'routable');
    const addresses = routable.reduce((sum, { prefix }) => sum + 2 ** (32 - prefix), 0);
    expect(addresses).toBeLessThanOrEqual(2 ** (32 - NETWORK_RANGES.siteBlockPrefix));
  });
});
