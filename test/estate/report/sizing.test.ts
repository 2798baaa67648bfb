import { formatCsv } from '../../../estate/report/csv';
import { formatPower, powerRows } from '../../../estate/report/power';
import { formatQuotas, quotaRows } from '../../../estate/report/quotas';
import { REPORT_WIDTH } from '../../../estate/report/table';
import {
  addressRows,
  capacityRows,
  formatAddresses,
  formatCapacity,
  formatCommitments,
} from '../../../estate/report/views';
import { estateOf, inputOf, lockAndResolve } from '../../helpers/estates';

const SOURCED = { source: 'case 4711', checked: '2026-11' };
const { plan } = lockAndResolve(
  estateOf({
    ...inputOf([
      {
        name: 'west',
        account: 'aws-main',
        clusters: { dev: { pools: { b: { accelerator: 'b300', nodes: 400, zone: 'us-west-2a' } } } },
        stores: 1,
      },
      {
        name: 'east',
        account: 'azure-gb',
        clusters: { train: { pools: { gb: { accelerator: 'gb300', racks: 120, spareTraysPerRack: 1 } } } },
        stores: 1,
      },
      {
        name: 'iowa',
        account: 'google-main',
        clusters: { tpu: { pools: { t: { accelerator: 'tpu-v7x', accelerators: 64, topology: '4x4x4' } } } },
        stores: 0,
      },
    ]),
    addressing: { exclude: ['10.64.0.0/11'] },
    catalog: { machines: { aws: { 'p6-b300.48xlarge': { memoryGiB: 8192, ...SOURCED } } } },
    commitments: { a: { cloud: 'aws', amount: '38B USD' }, b: { cloud: 'azure', amount: 'undisclosed' } },
  }),
);

describe('sizing reports', () => {
  test.each([
    ['capacity', formatCapacity],
    ['addresses', formatAddresses],
    ['quotas', formatQuotas],
    ['power', formatPower],
    ['commitments', formatCommitments],
  ])('%s fits the width of a report', (_, format) => {
    expect(
      Math.max(
        ...format(plan)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(REPORT_WIDTH);
    expect(format(plan)).not.toMatch(/NaN|undefined/);
  });

  test('counts accelerators by kind and cloud, and in all', () => {
    const text = formatCapacity(plan);
    expect(text).toMatch(/^accelerators +aws +azure +google +all +nodes$/m);
    expect(text).toMatch(/^B300 +3,200 +0 +0 +3,200 +400$/m);
    expect(text).toMatch(/^all +3,200 +8,160 +64 +11,424 +2,456$/m);
  });

  test('marks machines whose row is the estate’s', () => {
    const rows = capacityRows(plan);
    expect(rows.map(({ machine, overridden }) => [machine, overridden])).toContainEqual([
      'p6-b300.48xlarge',
      'case 4711, 2026-11',
    ]);
    expect(rows.filter(({ overridden }) => overridden !== undefined)).toHaveLength(1);
    expect(formatCapacity(plan)).toContain("* p6-b300.48xlarge: row of the estate's catalog (case 4711, 2026-11)");
  });

  test('says how full each network and each supernet is', () => {
    const west = addressRows(plan).find(({ key }) => key === 'sites.west.network');
    expect(west).toMatchObject({ supernet: '10.64.0.0/10', supernetUsedPercent: 51.6 });
    expect(west?.usedPercent).toBeGreaterThan(0);
    expect(west?.usedPercent).toBeLessThanOrEqual(100);
    expect(formatAddresses(plan)).toMatch(/^10\.64\.0\.0\/10 +aws +51\.6% +65,536 +0 +2,097,152 +2,031,616 +31$/m);
    for (const row of addressRows(plan)) expect(row.supernet !== undefined).toBe(/\.network(\.\d+)?$/.test(row.key));
  });

  test('keeps the numbers of a supernet together', () => {
    for (const { size, allocated, released, excluded, free } of plan.supernets) {
      expect(allocated + released + excluded + free).toBe(size);
    }
  });

  test('shows what is over the default of an account, with the reason below', () => {
    const text = formatQuotas(plan);
    expect(text).toMatch(/^ *! 7,2\d\d +network interface +5,000 +Network interfaces per Region ~ +L-DF5E4CA3/m);
    expect(text).toContain('    west-xdev/b: 400 nodes x 18');
    expect(text).toMatch(/\d+ quotas in \d+ places: \d+ over what an account has \(!\), \d+ without a known default/);
    expect(quotaRows(plan)).toContainEqual(expect.objectContaining({ code: 'L-DF5E4CA3', default: 5000 }));
  });

  test('leaves out what an account has ten times as much of as needed, and says how much that is', () => {
    const rows = quotaRows(plan);
    const ample = rows.filter((row) => row.default !== undefined && row.needed * 10 <= row.default);
    expect(ample.length).toBeGreaterThan(10);
    const text = formatQuotas(plan);
    expect(text).toContain(`\n${ample.length} more are 10 times as large as needed, or larger; --json lists them\n`);
    for (const { quota } of ample) expect([quota, text.includes(quota)]).toEqual([quota, false]);
    // Names are cut to the width of the table.
    const seen = ({ quota }: (typeof rows)[number]) => text.includes(quota.slice(0, 40));
    for (const row of rows) expect([row.quota, seen(row)]).toEqual([row.quota, !ample.includes(row)]);
  });

  test('adds power up by cloud and in all, and leaves out what is unknown', () => {
    const text = formatPower(plan);
    expect(text).toMatch(/^iowa +google +64 +unknown +1\.10 +unknown +64$/m);
    expect(text).toMatch(/^all +11,904 +22\.600 +26\.\d+ +64$/m);
    expect(text).toContain('TPU v7x: unknown, Google publishes no power figure');
    expect(powerRows(plan).map(({ site, megawatts }) => [site, megawatts === null])).toEqual([
      ['west', false],
      ['east', false],
      ['iowa', true],
    ]);
  });

  test('adds up what is promised', () => {
    expect(formatCommitments(plan)).toMatch(/\n\n38B USD in all, 1 undisclosed sum$/);
  });

  test('gives every view as CSV with one line for each row', () => {
    for (const rows of [capacityRows(plan), addressRows(plan), quotaRows(plan), powerRows(plan), plan.commitments]) {
      expect(formatCsv(rows).split('\r\n')).toHaveLength(rows.length + 1);
    }
  });
});
