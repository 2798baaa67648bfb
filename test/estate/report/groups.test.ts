import { join } from 'node:path';
import { resolveEstate } from '../../../cli/app';
import { formatGroups, type GroupRow, groupRows, groupRuns } from '../../../estate/report/groups';
import { REPORT_WIDTH } from '../../../estate/report/table';
import { capacityRows } from '../../../estate/report/views';
import { groupedPlan } from '../../helpers/grouped';
import { EXAMPLES } from '../../helpers/releases';

const ROOT = join(__dirname, '../../..');
const FILES = ['estate.yaml', ...EXAMPLES.filter((name) => name.endsWith('.yaml')).map((name) => `examples/${name}`)];
const planOf = (file: string) => resolveEstate(join(ROOT, file)).plan;

const plan = groupedPlan();
const rows = groupRows(plan);
const rowOf = (group: string) => rows.find((row) => row.group === group);

function sum(own: readonly GroupRow[], key: 'accelerators' | 'nodes' | 'minNodes'): number {
  return own.reduce((all, row) => all + (row[key] ?? 0), 0);
}

describe('groups', () => {
  test.each(FILES)('add up to the pools of %s', (file) => {
    const own = planOf(file);
    const groups = groupRows(own);
    const pools = capacityRows(own);
    for (const { cluster, pool, accelerators, nodes, minNodes, groups: count, shards } of pools) {
      const members = groups.filter((row) => row.cluster === cluster && row.pool === pool && !row.retired);
      expect([cluster, pool, members.length]).toEqual([cluster, pool, count]);
      expect(sum(members, 'accelerators')).toBe(accelerators);
      expect(sum(members, 'nodes')).toBe(nodes);
      if (minNodes !== undefined) expect(sum(members, 'minNodes')).toBe(minNodes);
      expect(new Set(members.map(({ shard }) => shard)).size).toBe(shards);
    }
    expect(groups.filter(({ retired }) => !retired)).toHaveLength(pools.reduce((all, row) => all + row.groups, 0));
  });

  test('of racks have their spares, and no more nodes in service than trays', () => {
    expect(rowOf('gb-1')).toEqual({
      group: 'gb-1',
      cluster: 'east-xtrain',
      shard: 'east-xtrain',
      pool: 'gb',
      cloud: 'azure',
      site: 'east',
      zone: '1',
      machine: 'Standard_ND128isr_GB300_v6',
      accelerator: 'gb300',
      kind: 'rack',
      accelerators: 68,
      nodes: 17,
      trays: 18,
      spares: 1,
      capacity: 'dedicated',
    });
    expect(rowOf('gb-100')).toMatchObject({ cluster: 'east-xtrain', shard: 'east-xtrain-2' });
  });

  test('of UltraServers have the trays of their own size', () => {
    const half = rows.filter(({ pool }) => pool === 'half');
    expect(half.map(({ kind, trays, accelerators }) => [kind, trays, accelerators])).toEqual([
      ['rack', 9, 36],
      ['rack', 9, 36],
    ]);
  });

  test('say what they are bound to, their range and their topology', () => {
    const [block] = rows.filter(({ pool }) => pool === 'block');
    expect(block).toMatchObject({ kind: 'nodes', nodes: 30, capacity: 'reservation', boundTo: 'cr-0123456789abcdef0' });
    expect(rowOf('burst-1')).toMatchObject({ kind: 'nodes', minNodes: 2, nodes: 40, accelerator: '', accelerators: 0 });
    const slices = rows.filter(({ pool }) => pool === 't');
    expect(slices.map(({ kind, topology, nodes }) => [kind, topology, nodes])).toEqual([
      ['slice', '4x4x4', 16],
      ['slice', '4x4x4', 16],
    ]);
  });

  test('that left the estate file and are kept say so, without a size', () => {
    expect(rowOf('gb-101')).toEqual({
      group: 'gb-101',
      cluster: 'east-xtrain',
      shard: 'east-xtrain-2',
      pool: 'gb',
      cloud: 'azure',
      site: 'east',
      zone: '1',
      machine: 'Standard_ND128isr_GB300_v6',
      accelerator: 'gb300',
      kind: 'rack',
      capacity: 'dedicated',
      retired: true,
    });
  });

  test('print as a table that fits, with every id in full and what they come to', () => {
    for (const file of FILES) {
      const lines = formatGroups(planOf(file)).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(REPORT_WIDTH);
      const printed = new Set(lines.map((line) => line.split(' ')[0]));
      for (const { group } of groupRows(planOf(file))) expect(printed).toContain(group);
    }
    const text = formatGroups(plan);
    expect(text).toMatch(/\nburst-1 .* 2-40 /);
    expect(text).toMatch(/\ngb-101 .* \? .*dedicated, leaving/);
    expect(text).toContain('\n102 racks, 2 slices, 2 groups of nodes; 100 spare trays; 2 groups leaving\n');
  });
});

describe('runs of groups', () => {
  const runs = groupRuns(rows);
  const named = (own: readonly GroupRow[]) =>
    groupRuns(own).map((run) => [run.first.group, run.last.group, run.groups]);

  test('have every group once, and what all of them have together', () => {
    expect(runs.reduce((all, run) => all + run.groups, 0)).toBe(rows.length);
    const racks = runs.filter(({ first }) => first.cluster === 'east-xtrain');
    expect(racks.map(({ first, last, groups }) => [first.group, last.group, first.shard, groups])).toEqual([
      ['gb-1', 'gb-99', 'east-xtrain', 99],
      ['gb-100', 'gb-100', 'east-xtrain-2', 1],
      ['gb-101', 'gb-102', 'east-xtrain-2', 2],
    ]);
    expect(racks[0]?.sums).toEqual({ accelerators: 99 * 68, nodes: 99 * 17, trays: 99 * 18, spares: 99 });
    expect(racks[2]?.sums).toEqual({});
  });

  test('end where a key is left out', () => {
    expect(named(rows.filter(({ group }) => group !== 'gb-50' && /^gb-\d\d?$/.test(group)))).toEqual([
      ['gb-1', 'gb-49', 49],
      ['gb-51', 'gb-99', 49],
    ]);
  });

  test('go on over groups of one reservation, and not over another one', () => {
    const bound = { ...(rowOf('gb-1') ?? fail('the estate has racks')), boundTo: 'one' };
    const groups = ['gb-r1a', 'gb-r1a-2', 'gb-r1a-3'].map((group) => ({ ...bound, group }));
    expect(named([...groups, { ...bound, group: 'gb-r1a-4', boundTo: 'other' }])).toEqual([
      ['gb-r1a', 'gb-r1a-3', 3],
      ['gb-r1a-4', 'gb-r1a-4', 1],
    ]);
  });
});

function fail(reason: string): never {
  throw new Error(reason);
}
