import { pendingLinks } from '../../../estate/plan/links/pending';
import { findingRows } from '../../../estate/report/findings';
import { applyCommand, pendingReport } from '../../../estate/report/pending';
import { parseEstate, readEstateText } from '../../../estate/spec/load';
import { FINDINGS } from '../../../page/sections/findings';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const HOSTILE = '</td><script>alert(1)</script>"&';

test.each(['frontier', 'queue', 'existing'])('has every acknowledged warning of %s with its reason', (example) => {
  const page = pageOf(example);
  const { rows } = tableOf(bodyOf(FINDINGS, page), 'Each acknowledged warning');
  const texts = page.acknowledged.map(({ warning: { code, path, message }, reason }) => [code, path, message, reason]);
  expect(texts.length).toBeGreaterThan(0);
  expect([...rows].sort()).toEqual(texts.sort());
});

test('groups acknowledged warnings by rule and reason', () => {
  const { rows } = tableOf(bodyOf(FINDINGS, pageOf('frontier')), 'Reasons by rule');
  const brief = rows.map(([code, , reason, count]) => [code, reason, count]);
  expect(brief).toEqual([
    ['MountZone', 'Dallas checkpoints to the bucket', '1'],
    ['PodAddresses', 'a node runs sixteen pods at most', '1'],
    ['RegionIndicative', 'the region is agreed with the provider', '9'],
    ['RestrictedMachine', 'bought under the contract', '10'],
    ['RestrictedMachine', 'the project is allow-listed', '4'],
    ['RestrictedMachine', 'the tenancy has dedicated capacity', '2'],
  ]);
});

test('says what is open, what to change, and the line that it is written in', () => {
  const text = readEstateText('examples/queue.yaml').replace(/\nacknowledge:.*$/s, '\n');
  const { estate, warnings } = parseEstate(text, 'folder/queue.yaml');
  const html = bodyOf(FINDINGS, { ...pageFrom(estate), warnings });
  const { rows } = tableOf(html, 'Warnings that nobody has acknowledged');
  expect(warnings).toHaveLength(3);
  expect(rows).toEqual(
    warnings.map(({ code, path, message, hint = '', at }) => [
      code,
      `queue.yaml, line ${at?.line}`,
      path,
      message,
      hint,
    ]),
  );
  expect(textOf(html)).toContain('3 warnings are open, none is acknowledged');
});

test('says in one sentence that there is nothing', () => {
  const html = bodyOf(FINDINGS, pageOf('minimal'));
  expect(textOf(html)).toMatch(/^The estate has no warnings, so that none had to be acknowledged, and nothing waits\./);
  expect(readTables(html).map(({ title }) => title)).toEqual(['Findings of scanners']);
});

test('tells what waits and which stacks come next', () => {
  const page = pageOf('queue');
  const links = pendingLinks(page.plan);
  const { halves = [] } = pendingReport(links) ?? {};
  const html = bodyOf(FINDINGS, page);
  expect(halves).toHaveLength(6);
  expect(tableOf(html, 'What waits for other stacks').rows).toEqual(
    halves.map(({ link, site, missing, from }) => [link, 'half of a link', site, missing.join(', '), from.join(', ')]),
  );
  expect(tableOf(html, 'Stacks that come next').rows).toEqual(
    links.next.map((row) => [row.stack, row.cloud, row.layer, applyCommand(row)]),
  );
});

test('takes what the exchange file has told as told', () => {
  const html = bodyOf(FINDINGS, pageOf('linked'));
  expect(html).not.toContain('What waits');
});

test('tells of grants and replications that wait where nothing was told', () => {
  const { estate } = pageOf('linked');
  const { rows } = tableOf(bodyOf(FINDINGS, pageFrom(estate)), 'What waits for other stacks');
  const kinds = ['half of a link', 'grant', 'replication of eastus-data', 'replication of virginia-data'];
  expect(new Set(rows.map(([, what]) => what))).toEqual(new Set(kinds));
});

test.each(['frontier', 'aws'])('has the findings of scanners of the clouds of %s', (example) => {
  const page = pageOf(example);
  const table = tableOf(bodyOf(FINDINGS, page), 'Findings of scanners');
  expect(table.view).toBe('findings');
  expect(keyedRows(table)).toEqual(asCells(findingRows(page.plan.clouds)));
});

test('takes reasons, messages and hints as text, whatever they say', () => {
  const page = pageOf('queue');
  const [first] = page.acknowledged;
  if (first === undefined) throw new Error('the example acknowledges warnings');
  const warning = { ...first.warning, message: HOSTILE, hint: HOSTILE };
  const html = bodyOf(FINDINGS, { ...page, warnings: [warning], acknowledged: [{ warning, reason: HOSTILE }] }) ?? '';
  expect(html).not.toContain('<script');
  expect(html.split('&lt;/td>&lt;script>alert(1)&lt;/script>&quot;&amp;').length).toBeGreaterThan(4);
});
