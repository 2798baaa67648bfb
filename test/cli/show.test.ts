import { join } from 'node:path';
import { VIEWS } from '../../cli/choices';
import { type Synthesis, showReport } from '../../cli/show';
import { planFrom } from '../../estate/plan/data';
import { REPORT_WIDTH } from '../../estate/report/table';
import { stackRows } from '../../estate/report/views';

const ESTATE = join(__dirname, '../../estate.yaml');

/** Stacks as a synthesis would report them, without one. */
const synthesize: Synthesis = async (plan) =>
  stackRows(planFrom(plan)).map(({ stack, cloud, layer }) => ({
    stack,
    resources: cloud === 'aws' && layer === 'network' ? 80 : 0,
    dependsOn: layer === 'network' ? plan.byCloud.aws.accounts.map(({ stacks }) => stacks.foundation) : [],
  }));

const show = (view: string, flags = {}) => showReport(view, ESTATE, flags, synthesize);

describe('estate show', () => {
  test.each([
    ['capacity', 'cluster pool cloud site machine accelerator accelerators nodes groups shards capacity'],
    ['addresses', 'key cidr'],
    ['access', 'cluster shard cloud administrators viewers ranges'],
    ['owners', 'entry cloud team tags'],
    ['logs', 'entry cloud stack what where key'],
    ['alarms', 'entry cloud stack tells'],
    ['quotas', 'account region quota unit needed because'],
    ['power', 'site megawatts accelerators source'],
    ['commitments', 'key cloud amount'],
    ['calendar', 'date path event'],
    ['stores', 'store cloud site kind state name residency mountedBy grants'],
    ['stacks', 'stack cloud layer resources dependsOn'],
    ['findings', 'name tool rule cloud asks where reason'],
  ])('prints %s as JSON with at least the keys %s', async (view, keys) => {
    const rows: readonly object[] = JSON.parse(await show(view, { json: true }));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(Object.keys(row)).toEqual(expect.arrayContaining(keys.split(' ')));
  });

  test.each(VIEWS)('prints %s as text that fits a report, and as CSV with the same rows', async (view) => {
    const text = await show(view);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(REPORT_WIDTH);
    const document = JSON.parse(await show(view, { json: true }));
    const rows: readonly object[] = document.rows ?? document;
    expect((await show(view, { csv: true })).split('\r\n')).toHaveLength(rows.length + 1);
  });

  test('adds the resources of stacks up by cloud and in all', async () => {
    expect(await show('stacks')).toMatch(
      /\naws: 4 stacks with 80 resources\n[\s\S]*\nall: 20 stacks with 80 resources$/,
    );
  });

  test('fails when a stack of the estate was not made', async () => {
    const some: Synthesis = async (...args) => (await synthesize(...args)).slice(1);
    await expect(showReport('stacks', ESTATE, {}, some)).rejects.toThrow(
      'the synthesis did not write atlas-aws-main-foundation, which the estate has',
    );
  });

  test('lists everything as without a price, where the estate has none', async () => {
    const { currency, rows, unpriced } = JSON.parse(await show('spend', { json: true }));
    expect([currency, rows]).toEqual([null, []]);
    expect(unpriced).toContainEqual({ path: 'clusters.virginia.pools.b300', why: 'the estate has no prices' });
    expect(await show('spend')).toMatch(/^the estate has no prices\n/);
  });

  test('keeps to what it was for commitments, where the estate has no prices', async () => {
    expect(await show('commitments', { at: '2027-01-01' })).toMatch(/ in all(, \d undisclosed sums?)?$/);
    const rows: readonly object[] = JSON.parse(await show('commitments', { json: true }));
    for (const row of rows) expect(Object.keys(row)).not.toContain('spent');
  });

  test.each([
    ['spend', { at: '2027-02-30' }, '--at 2027-02-30 is no day'],
    ['spend', { from: '2027-02-01', to: '2027-01-31' }, 'the time ends on 2027-01-31, before it begins on 2027-02-01'],
    ['spend', { from: '2027-01-01', to: '9999-12-31' }, 'from 2027-01-01 to 9999-12-31 are more than 100 years'],
    ['spend', { by: 'team' }, 'spend is not told by "team"'],
    ['power', { ics: true }, '--ics is no option of show power'],
    ['calendar', { ics: true, json: true }, '--json and --ics exclude each other'],
    ['power', { lose: ['aws'] }, '--lose is no option of show power'],
    ['links', { lose: ['aws'] }, 'no link has a part "aws"'],
    ['queue', { lose: ['aws'] }, 'the queue has no cluster "aws"'],
    ['power', { at: '2027-01-01' }, '--at is no option of show power'],
  ])('fails when %s is asked for with %j', async (view, flags, message) => {
    await expect(show(view, flags)).rejects.toThrow(message);
  });

  test('fails when the view is unknown, and when two forms are asked for', async () => {
    await expect(show('costs')).rejects.toThrow('there is no view "costs"');
    const views = `views: ${VIEWS.join(', ')}`;
    await expect(show('costs')).rejects.toMatchObject({ hint: views });
    const order = '; the view comes before the file: npx estate show capacity dev.yaml';
    await expect(show('dev.yaml')).rejects.toMatchObject({ hint: `${views}${order}` });
    await expect(show('power', { json: true, csv: true })).rejects.toThrow('--json and --csv exclude each other');
  });
});
