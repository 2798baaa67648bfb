import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { replicationRows } from '../../../estate/report/replication';
import { storeRows } from '../../../estate/report/stores';
import { type Estate, estateSchema } from '../../../estate/spec/schema';
import { STORES } from '../../../page/sections/stores';
import { ROOT } from '../../helpers/cli';
import { asCells, keyedRows, readTables, tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';
import { replicatedEstate } from '../../helpers/replicated';
import { storedEstate } from '../../helpers/stored';

const EXAMPLES = readdirSync(join(ROOT, 'examples')).flatMap((name) =>
  name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : [],
);
const HOSTILE = '"><img src=x onerror=alert(1)>&';

/** An estate with the entries of a map in the other order. */
function reversed(estate: Estate): Estate {
  const text = JSON.parse(JSON.stringify(estate));
  for (const map of ['sites', 'stores', 'clusters', 'replication'])
    text[map] = Object.fromEntries(Object.entries(text[map]).reverse());
  return estateSchema.parse(text);
}

describe.each(EXAMPLES)('the stores of %s', (example) => {
  const page = pageOf(example);
  const html = bodyOf(STORES, page);
  const rows = storeRows(page.estate, page.plan);

  test('are all rows of the views of stores and of replications, or no chapter', () => {
    const copies = replicationRows(page.plan);
    const of = (view: string) => readTables(html).filter((table) => table.view === view);
    expect(of('stores').map(keyedRows)).toEqual(rows.length === 0 ? [] : [asCells(rows)]);
    expect(of('replication').map(keyedRows)).toEqual(copies.length === 0 ? [] : [asCells(copies)]);
    expect(html === undefined).toBe(rows.length === 0);
  });

  test('have one bar for each that has a size, as long as it is large', () => {
    const sized = rows.flatMap(({ store, sizeTiB }) => (sizeTiB === undefined ? [] : [{ store, sizeTiB }]));
    const bars = barsOf(html);
    expect(bars.map(({ name }) => name)).toEqual(sized.map(({ store }) => store));
    const scale = (bars[0]?.width ?? 0) / (sized[0]?.sizeTiB ?? 1);
    for (const [index, { sizeTiB }] of sized.entries()) expect(bars[index]?.width).toBeCloseTo(sizeTiB * scale, 0);
  });
});

/** The bars of a picture by their names, with their widths. */
function barsOf(html = '') {
  return [...html.matchAll(/<title>([^<]*)<\/title><\/text><rect [^>]*width="([\d.]+)"/g)].map(
    ([, name = '', width]) => ({ name: textOf(name), width: Number(width) }),
  );
}

test('draws every replication once between its stores, with what copies how much and how often', () => {
  const [picture = ''] =
    /<svg[^>]*aria-labelledby="stores-replications-title".*?<\/svg>/s.exec(bodyOf(STORES, pageOf('linked')) ?? '') ??
    [];
  const texts = [...picture.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, text]) => textOf(text));
  for (const { replication, from, to } of replicationRows(pageOf('linked').plan))
    for (const name of [replication, from, to]) expect(texts.filter((text) => text === name)).toHaveLength(1);
  expect(texts).toContain('datasync at virginia, every 6 h');
  expect(texts).toContain('400 TiB, then 3 TiB a day');
});

test('says in a sentence what there is', () => {
  expect(textOf(bodyOf(STORES, pageOf('frontier')))).toContain(
    '34 stores: 18 file systems of 5,313.26 TiB, 16 object stores; tiers have 2,792,724 MB/s in all.',
  );
  expect(textOf(bodyOf(STORES, pageOf('existing')))).toContain('2 of them exist already');
  expect(textOf(bodyOf(STORES, pageOf('linked')))).toContain('3 replications. 120 TiB a month leave');
});

test('says which stack tells what replications wait for', () => {
  const html = bodyOf(STORES, pageFrom(replicatedEstate(['ohio-west'])));
  expect(textOf(html)).toContain('1 replication. 1 of them waits for what other stacks tell.');
  const waiting = readTables(html).find(({ title }) => title.startsWith('Replications that wait'));
  expect(waiting?.rows).toEqual([['ohio-west', 'ohio', 'west', 'stores.west', 'atlas-oregon-storage']]);
});

test('says nothing of sizes and copies where there are none', () => {
  const html = bodyOf(STORES, pageFrom(replicatedEstate([]))) ?? '';
  expect(html).not.toContain('Sizes of file systems');
  expect(html).not.toContain('Data that exists twice');
  expect(tableOf(html, 'Stores').columns.map(({ title }) => title)).not.toContain('Size');
});

test('takes names as text, whatever they say', () => {
  const text = JSON.parse(JSON.stringify(storedEstate()));
  const stores = { ...text.stores, theirs: { kind: 'object', site: 'ohio', existing: { id: HOSTILE } } };
  const html = bodyOf(STORES, pageFrom(estateSchema.parse({ ...text, stores }))) ?? '';
  expect(html).not.toContain('<img');
  expect(textOf(html)).toContain(HOSTILE);
});

test('is the same whatever the order of entries in the file', () => {
  for (const estate of [storedEstate(), replicatedEstate()])
    expect(bodyOf(STORES, pageFrom(reversed(estate)))).toBe(bodyOf(STORES, pageFrom(estate)));
});
