import { survivalRows } from '../../../estate/report/survival';
import { parseEstate } from '../../../estate/spec/load';
import { POLICY } from '../../../page/sections/policy';
import { type Changes, estateText } from '../../estate/spec/fixtures';
import { readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const HOSTILE = '<b onclick=alert(1)>"&';

/** The page of an estate with a policy, with what its waivers let pass. */
function pageWith(policy: Changes[string]) {
  const { estate, acknowledged } = parseEstate(estateText({ policy }), 'estate.yaml');
  return { ...pageFrom(estate), acknowledged };
}

test('shows every limit with what is reached of it', () => {
  const html = bodyOf(POLICY, pageOf('portfolio'));
  const { rows } = tableOf(html, 'Limits of policy with what is reached of each');
  expect(rows).toHaveLength(16);
  expect(rows[1]).toEqual(['policy.maxProviderShare.accelerators', 'azure', '55%', '50.2%', '91.4', '', '0.0%', '']);
  expect(textOf(html)).toContain('The file sets 13 limits of policy; all are kept.');
  expect(html).toContain('>50.2% of 55%</text>');
});

test('shows promises of survival beside their worst cases', () => {
  const { rows } = tableOf(bodyOf(POLICY, pageOf('portfolio')), 'Promises of survival with their worst cases');
  expect(rows[1]).toEqual([
    'policy.survive.1',
    'any 2 sites',
    '80% of accelerators',
    '83.8',
    'site:iowa, site:carolina',
  ]);
});

test('shows rules of places, export, residency and duties with what the estate has, and why', () => {
  const html = bodyOf(
    POLICY,
    pageWith({
      countries: { allow: ['US', 'GB', 'DE'], deny: ['QA'] },
      regions: { deny: ['me-south-1'] },
      confine: [{ accelerators: ['gb300'], countries: ['US'], reason: 'class 3A090', source: 'memo of 2026-06' }],
      residency: [{ stores: ['checkpoints'], countries: ['US'], reason: 'contract' }],
      minClouds: { gb300: 2 },
      noticeDays: { dedicated: 180 },
      enforce: { 'aws-main': { mode: 'dry-run' } },
    }),
  );
  const { rows } = tableOf(html, 'What policy asks for without a sum');
  expect(rows.map(([path, asks]) => [path, asks])).toEqual([
    ['policy.regions.deny', 'no site in me-south-1'],
    ['policy.countries.allow', 'sites in US, GB, DE only'],
    ['policy.countries.deny', 'no site in QA'],
    ['policy.confine.0', 'gb300 in US only'],
    ['policy.residency.0', 'checkpoints in US only'],
    ['policy.minClouds.gb300', 'gb300 on 2 clouds at least'],
    ['policy.noticeDays.dedicated', '180 days of notice before it begins'],
    ['policy.enforce.aws-main', "limits of places in the provider's own form: only reported"],
  ]);
  expect(rows[3]?.slice(2)).toEqual(['US', 'class 3A090', 'memo of 2026-06']);
  expect(rows[5]?.[2]).toBe('azure, oracle');
});

test('shows waivers with their reason, their end as of the day, and what they let pass', () => {
  const page = pageWith({
    maxProviderShare: { accelerators: '1%' },
    waivers: [
      { rule: 'PolicyShare', path: 'policy.maxProviderShare.accelerators', reason: HOSTILE, until: '2027-01-09' },
    ],
  });
  const html = bodyOf(POLICY, page) ?? '';
  const [row] = tableOf(html, 'Limits that may be broken, as of 2026-11-30').rows;
  expect(row?.slice(0, 5)).toEqual([
    'PolicyShare',
    'policy.maxProviderShare.accelerators',
    HOSTILE,
    '2027-01-09',
    '40',
  ]);
  expect(row?.[5]).toContain('aws has');
  expect(html).toContain('40 days');
  expect(html).not.toContain('<b onclick');
  expect(html).toContain('of 1%, waived</text>');
  expect(textOf(html)).toContain('The file sets 1 limit of policy; all are kept, but for 1 waiver.');
});

test.each(['frontier', 'portfolio', 'linked', 'queue'])('shows of %s what is left after each loss', (example) => {
  const page = pageOf(example);
  const rows = survivalRows(page.estate, page.plan.links);
  const tables = readTables(bodyOf(POLICY, page));
  const shown = tables.filter(({ title }) => title.startsWith('Accelerators, power and spend left'));
  const sum = (amounts: Readonly<Record<string, number>>) => Object.values(amounts).reduce((all, one) => all + one, 0);
  expect(shown.flatMap((table) => table.rows.map((row) => row.slice(0, 6)))).toEqual(
    rows.map(({ loss, accelerators }) => [
      loss.lose[0],
      String(sum(loss.lost.accelerators)),
      String(sum(loss.left.accelerators)),
      String(accelerators.leftPercent),
      String(loss.lost.megawatts),
      String(loss.left.megawatts),
    ]),
  );
  const besides = tables.filter(({ title }) => title.startsWith('What else goes'));
  expect(besides.flatMap((table) => table.rows.map((row) => row.slice(0, 3)))).toEqual(
    rows.map(({ loss: { lose, lost } }) => [lose[0], String(lost.pools.length), lost.stores.join(', ')]),
  );
});

test('shows which links go and who is cut off, of an estate without accelerators too', () => {
  const page = pageOf('circuits');
  const html = bodyOf(POLICY, page) ?? '';
  expect(html).not.toContain('<svg');
  const { columns, rows } = tableOf(html, 'What else goes with each cloud, and limits that are broken then');
  expect(columns.map(({ title }) => title)).toContain('Cut from each other');
  expect(rows[0]?.[0]).toBe('cloud:aws');
  expect(rows[0]?.[3]).toContain('aws-google');
});

test('says that there is no policy where something can be lost all the same', () => {
  const html = bodyOf(POLICY, pageOf('frontier'));
  expect(textOf(html)).toMatch(/^The file sets no limits of policy\./);
  expect(html).not.toContain('<h3>Limits</h3>');
  expect(html).not.toContain('<h3>Waivers</h3>');
});

test('is left out where there is neither a limit nor anything that survives', () => {
  expect(bodyOf(POLICY, pageOf('azure'))).toBeUndefined();
});
