import { planQueue } from '../../../estate/plan/queue/plan-queue';
import { queueReport } from '../../../estate/report/queue';
import { softwareReport } from '../../../estate/report/software';
import { QUEUE } from '../../../page/sections/queue';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, EXAMPLES, pageFrom, pageOf } from '../../helpers/pages';

const HOSTILE = '<svg onload=alert(1)>"&';

test.each(EXAMPLES)('has the rows of the view of the queue of %s', (example) => {
  const page = pageOf(example);
  const { rows } = queueReport(planQueue(page.estate, page.plan));
  const found = readTables(bodyOf(QUEUE, page)).filter(({ view }) => view === 'queue');
  expect(found.map(keyedRows)).toEqual(rows.length === 0 ? [] : [asCells(rows)]);
});

describe('the example of the queue', () => {
  const page = pageOf('queue');
  const html = bodyOf(QUEUE, page);
  const report = queueReport(planQueue(page.estate, page.plan));

  test('adds up by owner and accelerator what each has of its own, never lends, and has at most', () => {
    const { rows } = tableOf(html, 'Accelerators by owner, of all pools');
    expect(rows.find(([owner, , accelerator]) => owner === 'product' && accelerator === 'gb300')).toEqual([
      'product',
      'team',
      'gb300',
      '2',
      '116',
      '36',
      '116',
    ]);
    expect(html).toContain('>196, 356 at most</text>');
    expect(html).toMatch(
      /fill="none" stroke="var\(--other\)"[^>]*><title>research: gb300: 160 accelerators may be borrowed/,
    );
    expect(rows.every(([, , accelerator]) => accelerator !== 'cpu')).toBe(true);
    expect(tableOf(html, 'Cores of pools without accelerators by owner, of all pools').rows).toHaveLength(3);
  });

  test('says who holds the queue and what goes without the manager', () => {
    expect(textOf(html)).toContain('Cluster hub holds the one queue over all others, and runs no jobs.');
    expect(textOf(html)).toContain('3 teams and 2 services share it');
    expect(textOf(html)).toContain('Without hub no job starts until it is back');
  });

  test('has what is for all to borrow, the largest jobs and what losses leave', () => {
    expect(tableOf(html, "What is nobody's own, for all to borrow").rows).toEqual(
      report.common.map((row) =>
        [row.accelerator, row.cluster, row.pool, row.nodes, row.all, row.common].map((value) => String(value)),
      ),
    );
    expect(tableOf(html, 'The largest job in one place').rows).toEqual(
      report.largest.map(({ pool, shard, accelerator, level, nodes, accelerators, label }) =>
        [pool, shard, accelerator, level, nodes, accelerators, label].map((value) => String(value ?? '')),
      ),
    );
    expect(tableOf(html, 'What is left to whom without a cluster').rows).toEqual(
      report.losses.map(({ lost, owner, accelerator, own, left, most }) =>
        [lost.join(', '), owner, accelerator, own, left, most].map((value) => String(value)),
      ),
    );
  });

  test('has teams with how they end jobs, services with their replicas, and priorities', () => {
    expect(tableOf(html, 'Teams').rows).toEqual([
      ['product', 'product', '', '', 'of lower priority', 'any', 'never'],
      ['research', 'training', 'labs', '2', 'of lower priority', 'any', 'never'],
      ['robotics', 'robotics', 'labs', '', 'of lower priority', 'any', 'never'],
    ]);
    expect(tableOf(html, 'Services that answer requests').rows).toEqual([
      ['chat', 'virginia', 'serve', '2', '1', '4'],
      ['embed', 'ashburn', 'train', '1', '2', '6'],
    ]);
    expect(tableOf(html, 'Priorities, lowest first').rows.map(([name]) => name)).toEqual([
      'low',
      'normal',
      'high',
      'serving',
    ]);
  });

  test('has every component with its version, and who brings what', () => {
    const { components, bringers } = softwareReport(page.estate, page.plan);
    expect(tableOf(html, 'Components that bundles install').rows.map(([name, , version]) => [name, version])).toEqual(
      components.map(({ name, version }) => [name, version]),
    );
    expect(tableOf(html, 'Who brings what to which pools').rows).toHaveLength(bringers.length);
    const [, ...driver] = tableOf(html, 'Who brings what nodes need').rows[0] ?? [];
    expect(driver).toEqual(['the cloud', 'gpu-operator', 'the cloud', 'the cloud']);
    expect(textOf(html)).toContain('Nobody brings object-driver on oracle: OKE has no driver of buckets');
  });
});

test('draws nothing of a queue that the file does not speak of', () => {
  const html = bodyOf(QUEUE, pageOf('frontier')) ?? '';
  expect(textOf(html)).toContain(
    'The file says nothing of a queue: each cluster has its own, and jobs of namespace training have all of it.',
  );
  expect(html).not.toContain('<svg');
  const titles = readTables(html).map(({ title }) => title);
  expect(titles).not.toContain('Teams');
  expect(titles).not.toContain('What is left to whom without a cluster');
});

test('is left out where there is no cluster', () => {
  expect(bodyOf(QUEUE, pageOf('circuits'))).toBeUndefined();
});

test('takes names of teams as text, whatever they say', () => {
  const { estate } = pageOf('queue');
  const queue = estate.queue && { ...estate.queue, teams: { [HOSTILE]: { shares: 10, borrow: 'any' as const } } };
  const html = bodyOf(QUEUE, pageFrom({ ...estate, queue })) ?? '';
  expect(html).not.toContain('<svg onload');
  expect(tableOf(html, 'Teams').rows[0]?.[0]).toBe(HOSTILE);
});
