import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planTexts, reportOf } from '../../../cli/diff';
import { type DiffReport, diffJson, type ResourceChange } from '../../../diff';
import { planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK, type Lock } from '../../../estate/plan/lock';
import { parseEstate } from '../../../estate/spec/load';
import type { ChangeSource } from '../../../page/change/model';
import { changeHtml } from '../../../page/change-page';
import { resourceChange } from '../../helpers/changes';
import { ROOT } from '../../helpers/cli';
import { keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';

const TEXT = readFileSync(join(ROOT, 'examples/azure.yaml'), 'utf8');

function planned(text: string, lock: Lock) {
  const layout = planLayout(parseEstate(text, 'estate.yaml').estate, lock).lock;
  const resolved = planTexts({
    name: 'estate.yaml',
    text,
    lock: JSON.stringify(layout),
    lockName: 'estate.lock.json',
    isPast: false,
  });
  return { resolved, layout };
}

const change = (more: Partial<ResourceChange> & Pick<ResourceChange, 'address' | 'action'>): ResourceChange =>
  resourceChange({ type: 'azurerm_kubernetes_cluster_node_pool', path: `cluster/${more.address}/Resource`, ...more });

/** The page of an edit of the example, with what becomes of resources of one of its stacks. */
function pageOf(
  edit: (text: string) => string,
  changes: readonly ResourceChange[],
  stack: string,
  accept: string[] = [],
) {
  const old = planned(TEXT, EMPTY_LOCK);
  const now = planned(edit(TEXT), old.layout);
  const given = { stack, changes, outputs: [], dependsOn: [], isLeft: false, refused: [] };
  const report = reportOf(old.resolved, now.resolved, changes.length === 0 ? [] : [given], {
    accept,
    base: 'base.yaml',
  });
  const side = ({ resolved: { loaded, plan } }: typeof old) => ({ estate: loaded.estate, plan });
  const source: ChangeSource = {
    report,
    base: 'base.yaml',
    file: 'estate.yaml',
    before: side(old),
    after: side(now),
    version: '0.0.0',
  };
  return { report, html: changeHtml(source), source };
}

const CLUSTER = planned(TEXT, EMPTY_LOCK).resolved.plan.shards('azure')[0]?.stacks.cluster ?? '';
const chapters = (html: string) => [...html.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);
const document = (report: DiffReport) =>
  diffJson(report) as { edits: object[]; stacks: { resources: Record<string, unknown>[] }[]; lost: object[] };
const texts = (row: object, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, String((row as Record<string, unknown>)[key])]));

describe('the page of a change', () => {
  test('says that two estates are the same, and nothing else', () => {
    const { html } = pageOf((text) => text, [], CLUSTER);
    expect(chapters(html)).toEqual(['verdict', 'stake']);
    expect(textOf(html)).toContain('The two estates say the same.');
  });

  test('says what is edited, created and changed, as the JSON document does', () => {
    const { report, html } = pageOf(
      (text) => text.replace('racks: 2', 'racks: 3'),
      [
        change({ address: 'pool-train-2', path: 'pool-train-2/Resource', action: 'created' }),
        change({
          address: 'cluster',
          type: 'azurerm_kubernetes_cluster',
          action: 'updated',
          attributes: ['tags', 'sku'],
        }),
      ],
      CLUSTER,
    );
    const json = document(report);
    expect(keyedRows(tableOf(html, 'Entries that say something else'))).toEqual(json.edits);
    const resources = json.stacks.flatMap((stack) => stack.resources);
    expect(keyedRows(tableOf(html, 'Resources that change'))).toEqual(
      resources.map((row) => texts(row, ['address', 'type', 'action', 'estate'])),
    );
    expect(textOf(html)).toContain('It can be applied.');
    expect(textOf(html)).toContain('Resources created1');
    expect(textOf(html)).toContain('Resources updated1');
  });

  test('says what is lost, that it is protected, and whether somebody accepted it', () => {
    const less = (text: string) => text.replace('racks: 2', 'racks: 1');
    const gone = [
      change({
        address: 'pool-train-2',
        path: 'pool-train-2/Resource',
        action: 'destroyed',
        isGuarded: true,
        isProtected: true,
      }),
    ];
    const { report, html } = pageOf(less, gone, CLUSTER);
    expect(keyedRows(tableOf(html, 'Lost, by entry'))).toEqual(
      document(report).lost.map((row) =>
        texts(row, ['path', 'accelerators', 'nodes', 'tebibytes', 'days', 'protected']),
      ),
    );
    expect(report.lost[0]?.accelerators).toBe(72);
    expect(textOf(html)).toContain('what is protected would be lost, of clusters.eastus2.pools.train.');
    expect(html).toContain('<code class="copy">--accept clusters.eastus2.pools.train</code>');
    expect(tableOf(html, 'Protected, and lost, smaller, or out of the estate').rows.map((row) => row.at(-1))).toEqual([
      'no',
    ]);
    const accepted = pageOf(less, gone, CLUSTER, ['clusters.eastus2']).html;
    expect(textOf(accepted)).toContain('It can be applied. It takes away 72 GB300');
    expect(
      tableOf(accepted, 'Protected, and lost, smaller, or out of the estate').rows.map((row) => row.at(-1)),
    ).toEqual(['yes']);
  });

  test('says who refuses what, and what works instead', () => {
    const refused = { attributes: ['sku'], who: 'AKS', why: 'it is fixed', way: 'make another one', source: 'a page' };
    const { html } = pageOf(
      (text) => text,
      [change({ address: 'cluster', type: 'azurerm_kubernetes_cluster', action: 'updated', refused: [refused] })],
      CLUSTER,
    );
    expect(textOf(html)).toContain('It cannot be applied as it is: 1 change would be refused.');
    expect(keyedRows(tableOf(html, 'Refused when it is applied'))).toEqual([
      {
        estate: 'clusters.eastus2',
        address: 'cluster',
        who: 'AKS',
        why: 'it is fixed',
        attributes: 'sku',
        way: 'make another one',
        source: 'a page',
      },
    ]);
  });

  test('can be filtered by where what goes has been', () => {
    const { html } = pageOf(
      (text) => text.replace('racks: 2', 'racks: 1'),
      [change({ address: 'pool-train-2', path: 'pool-train-2/Resource', action: 'destroyed' })],
      CLUSTER,
    );
    expect(html).toMatch(
      /<tr data-cloud="azure" data-site="eastus2" data-owner="[^"]+"><th scope="row"><code class="copy">pool-train-2/,
    );
  });

  test('tells of two output folders what resources tell', () => {
    const { source } = pageOf((text) => text, [change({ address: 'x', action: 'created' })], CLUSTER);
    const { edits: _edits, ...report } = source.report;
    const html = changeHtml({ report, base: 'a', file: 'b', version: '0.0.0' });
    expect(html).toContain('<h1>Change of stacks</h1>');
    expect(readTables(html).map(({ title }) => title)).toContain('Resources that change');
  });

  test('reads what looks like markup as text', () => {
    const name = '<b onclick="x">"\'&';
    const { html } = pageOf((text) => text, [change({ address: name, action: 'created', notes: [name] })], CLUSTER);
    expect(html).not.toContain('<b ');
    const [row] = tableOf(html, 'Resources that change').rows;
    expect([row?.[0], row?.at(-1)]).toEqual([name, name]);
  });
});

describe('racks on the page of a change', () => {
  test('are those of clusters in which some appear or vanish, with a table of these', () => {
    const { html } = pageOf((text) => text.replace('racks: 2', 'racks: 4'), [], CLUSTER);
    expect(chapters(html)).toContain('racks');
    const table = tableOf(html, 'Groups that change');
    expect(table.rows.map((row) => row.slice(0, 3))).toEqual([
      ['train-3', 'appears', 'eastus2'],
      ['train-4', 'appears', 'eastus2'],
    ]);
    expect(textOf(html)).toContain('2 groups with 144 accelerators appear');
  });

  test('leave the estate with the size that they had, where they are kept', () => {
    const held = (racks: number) => (text: string) => text.replace('racks: 2', `racks: ${racks}`);
    const { html } = pageOf(held(1), [], CLUSTER);
    const [row] = tableOf(html, 'Groups that change').rows;
    expect(row?.slice(0, 2)).toEqual(['train-2', 'leaves the estate and goes on existing']);
    expect(row).toContain('72');
    expect(textOf(html)).toContain('1 group with 72 accelerators leaves the estate and goes on existing');
  });

  test('are made anew where the node pool of a group is replaced', () => {
    const replaced = change({ address: 'pool-train-1', path: 'pool-train-1/Resource', action: 'replaced' });
    const { html } = pageOf((text) => text, [replaced], CLUSTER);
    expect(tableOf(html, 'Groups that change').rows.map((row) => row.slice(0, 2))).toEqual([
      ['train-1', 'is made anew'],
    ]);
  });

  test('have no chapter where none changes', () => {
    const { html } = pageOf((text) => text.replace('capacityTiB: 64', 'capacityTiB: 96'), [], CLUSTER);
    expect(chapters(html)).not.toContain('racks');
  });
});
