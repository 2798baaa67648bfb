import { formatTable, REPORT_WIDTH } from '../../../estate/report/table';
import {
  addressRows,
  capacityRows,
  capacityTotals,
  estateSize,
  formatAddresses,
  formatCapacity,
  formatCommitments,
  formatHeadline,
  stackRows,
} from '../../../estate/report/views';
import { estateOf, inputOf, lockAndResolve } from '../../helpers/estates';

const INPUT = {
  ...inputOf([
    {
      name: 'east',
      account: 'azure-gb',
      clusters: { train: { pools: { gb: { accelerator: 'gb300', racks: 120, spareTraysPerRack: 1 } } } },
      stores: 1,
    },
    {
      name: 'west',
      account: 'aws-main',
      clusters: { dev: { pools: { b: { accelerator: 'b300', nodes: 4, zone: 'us-west-2a' } } } },
      stores: 0,
    },
  ]),
  commitments: {
    azure: { cloud: 'azure', amount: '250B USD' },
    google: { cloud: 'google', amount: 'undisclosed', years: 3 },
  },
};
const OBJECT = { kind: 'object', site: 'west' };
const { plan, lock: locked } = lockAndResolve(estateOf(INPUT));

describe('views', () => {
  test('adds a pool up over its shards', () => {
    expect(capacityRows(plan)).toEqual([
      expect.objectContaining({ cluster: 'west-xdev', pool: 'b', accelerators: 32, nodes: 4, groups: 1, shards: 1 }),
      expect.objectContaining({
        cluster: 'east-xtrain',
        site: 'east',
        accelerators: 120 * 68,
        nodes: 120 * 17,
        groups: 120,
        shards: 2,
      }),
    ]);
  });

  test('counts CPU nodes apart from what has accelerators', () => {
    const pools = { b: { accelerator: 'b300', nodes: 4, zone: 'us-west-2a' } };
    const data = { machine: 'm7i.8xlarge', nodes: 12, zone: 'us-west-2a' };
    const sites = [
      { name: 'west', account: 'aws-main' as const, clusters: { dev: { pools: { ...pools, data } } }, stores: 0 },
    ];
    const { plan: mixed } = lockAndResolve(estateOf(inputOf(sites)));
    expect(capacityRows(mixed)).toContainEqual(
      expect.objectContaining({ pool: 'data', machine: 'm7i.8xlarge', accelerator: '', accelerators: 0, nodes: 12 }),
    );
    expect(formatHeadline(mixed)).toContain(' · 32 accelerators (32 B300), 12 CPU nodes · ');
    const lines = formatCapacity(mixed)
      .split('\n')
      .map((line) => line.trim().replace(/ {2,}/g, '  '));
    expect(lines).toContain('west-xdev  data  aws  m7i.8xlarge  CPU nodes  12  1  1  on-demand');
    expect(lines).toContain('CPU nodes  0  0  12');
    expect(lines.indexOf('CPU nodes  0  0  12')).toBeGreaterThan(lines.indexOf('B300  32  32  4'));
  });

  test('counts accelerators by kind, cloud and the way in which they are had, with all of them last', () => {
    expect(capacityTotals(plan)).toEqual([
      {
        accelerator: 'b300',
        title: 'B300',
        byCloud: { aws: 32, azure: 0 },
        byCapacity: { 'on-demand': 32 },
        accelerators: 32,
        nodes: 4,
      },
      {
        accelerator: 'gb300',
        title: 'GB300',
        byCloud: { aws: 0, azure: 8160 },
        byCapacity: { 'on-demand': 8160 },
        accelerators: 8160,
        nodes: 2040,
      },
      expect.objectContaining({ title: 'all', byCloud: { aws: 32, azure: 8160 }, accelerators: 8192, nodes: 2044 }),
    ]);
  });

  test('says how large an estate is', () => {
    expect(estateSize(plan)).toEqual({
      clouds: 2,
      sites: 2,
      clusters: 2,
      shards: 3,
      pools: 2,
      accelerators: 8192,
      nodes: 2044,
      cpuNodes: 0,
      groups: 121,
    });
  });

  test('says the range of pools that an autoscaler sizes, and counts the most of them', () => {
    const burst = { machine: 'm7i.8xlarge', nodes: { min: 2, max: 40 }, zone: 'us-west-2a' };
    const sites = [{ name: 'west', account: 'aws-main' as const, clusters: { dev: { pools: { burst } } }, stores: 0 }];
    const { plan: ranged } = lockAndResolve(estateOf(inputOf(sites)));
    expect(capacityRows(ranged)).toEqual([expect.objectContaining({ pool: 'burst', nodes: 40, minNodes: 2 })]);
    const lines = formatCapacity(ranged)
      .split('\n')
      .map((line) => line.trim().replace(/ {2,}/g, '  '));
    expect(lines).toContain('west-xdev  burst  aws  m7i.8xlarge  CPU nodes  2-40  1  1  on-demand');
    expect(lines).toContain('CPU nodes  0  0  40');
  });

  test('lists every stack of the stores of a site', () => {
    const stores = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`s${100 + index}`, OBJECT]));
    const split = lockAndResolve(estateOf({ ...INPUT, stores })).plan;
    const ofStores = stackRows(split).filter(({ layer }) => layer === 'storage');
    expect(ofStores.map(({ cloud, stack }) => [cloud, stack])).toEqual([
      ['aws', 'atlas-west-storage'],
      ['aws', 'atlas-west-storage-2'],
    ]);
  });

  test('lists stacks by cloud, layer and name; a site without stores has no storage stack', () => {
    expect(stackRows(plan).map(({ cloud, layer, stack }) => `${cloud} ${layer} ${stack}`)).toEqual([
      'aws foundation atlas-aws-main-foundation',
      'aws network atlas-west-network',
      'aws cluster atlas-west-xdev-cluster',
      'azure foundation atlas-azure-gb-foundation',
      'azure network atlas-east-network',
      'azure storage atlas-east-storage',
      'azure cluster atlas-east-xtrain-cluster',
      'azure cluster atlas-east-xtrain-2-cluster',
    ]);
  });

  test('lists the stack of stores that left the file and are kept', () => {
    const rest = { ...INPUT, stores: {} };
    const { plan: emptied } = lockAndResolve(estateOf(rest), locked);
    expect(stackRows(emptied).map(({ stack }) => stack)).toContain('atlas-east-storage');
    const { plan: given } = lockAndResolve(estateOf(rest), { ...locked, guarded: {} });
    expect(stackRows(given).map(({ stack }) => stack)).not.toContain('atlas-east-storage');
  });

  test('says in one line what the estate is', () => {
    expect(formatHeadline(plan)).toBe(
      'estate atlas · 2 clouds, 2 sites, 2 clusters · 8,192 accelerators (8,160 GB300, 32 B300) · lock ok',
    );
  });

  test('lists every range in the order of keys', () => {
    const keys = addressRows(plan).map(({ key }) => key);
    expect(keys).toContain('sites.east.shards.east-xtrain-2.nodes');
    expect(keys.indexOf('sites.east.network')).toBeLessThan(keys.indexOf('sites.west.network'));
  });

  test('prints tables that fit a report', () => {
    for (const text of [formatCapacity(plan), formatAddresses(plan), formatCommitments(plan)]) {
      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(REPORT_WIDTH);
    }
    expect(formatCommitments(plan)).toMatch(/azure +azure +250B USD/);
  });

  test('cuts the widest column of a table that is too wide', () => {
    const rows = [{ name: 'x'.repeat(300), count: 1 }];
    const text = formatTable(rows, [
      { title: 'name', value: (row) => row.name },
      { title: 'count', value: (row) => row.count },
    ]);
    expect(text.split('\n').every((line) => line.length <= REPORT_WIDTH)).toBe(true);
    expect(text).toContain('…');
  });
});
