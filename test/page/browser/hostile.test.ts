import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CLOUDS } from '../../../estate/catalog';
import { EstateError } from '../../../estate/diagnostics';
import { parseEstate } from '../../../estate/spec/load';
import { estateHtml } from '../../../page/estate-page';
import { chromiumForTests } from '../../helpers/browser';
import { ROOT } from '../../helpers/cli';
import { allFree, type FreeText, freeTexts, markupOf, withMarkup } from '../../helpers/hostile';
import { inPage, outside } from '../../helpers/page-checks';
import { pageFrom } from '../../helpers/pages';

const chromium = chromiumForTests();

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));

/** Estates that have, between them, every text that the schema leaves free. */
const ESTATES = [
  'test/helpers/free-texts.yaml',
  'examples/existing.yaml',
  'examples/linked.yaml',
  'examples/circuits.yaml',
];

const read = (file: string): unknown => parse(readFileSync(join(ROOT, file), 'utf8'));

function pageOf(value: unknown): string {
  const { estate, warnings, acknowledged } = parseEstate(JSON.stringify(value), 'estate.yaml');
  return estateHtml({ ...pageFrom(estate), warnings, acknowledged });
}

/** Kinds of texts that pages have to show. */
const SHOWN = [
  '.acknowledge[].reason',
  '.acknowledge[].rule',
  '.catalog.accelerators.*.title',
  '.catalog.limits.*.nodesPerShard.source',
  ...CLOUDS.flatMap((cloud) =>
    ['(key)', '*.source', '*.unverified'].map((part) => `.catalog.machines.${cloud}.${part}`),
  ),
  '.catalog.quotas.*.source',
  '.catalog.regions.*.source',
  '.policy.confine[].reason',
  '.policy.confine[].source',
  '.policy.residency[].reason',
  '.policy.waivers[].reason',
  '.prices.exchange.*.source',
  '.prices.rows[].source',
];

/** As many texts as the rules let be markup at the same time: halves of a part that they refuse are tried apart. */
function accepted(estate: unknown, texts: readonly (readonly [number, FreeText])[]): ReadonlyMap<number, FreeText> {
  let taken: readonly (readonly [number, FreeText])[] = [];
  const isTaken = (part: typeof taken) => {
    try {
      parseEstate(JSON.stringify(withMarkup(estate, new Map([...taken, ...part]))), 'estate.yaml');
      return true;
    } catch (error) {
      if (error instanceof EstateError) return false;
      throw error;
    }
  };
  const take = (part: typeof taken) => {
    if (part.length === 0) return;
    if (isTaken(part)) taken = [...taken, ...part];
    else if (part.length > 1) {
      take(part.slice(0, part.length / 2));
      take(part.slice(part.length / 2));
    }
  };
  take(texts);
  return new Map(taken);
}

/** What none of them has: files, sums, ranges, ids and keys, which rules hold to forms of their own, and where states lie. */
const ELSEWHERE =
  /\.(amount|prices|targets\[\]|ranges\[\]|subnets\[\]|ids\[\]\.id|\(key\)|supernets\.\*|fabrics\.\w+)$|^\.state\.\w+$/;

/** Kinds of texts, by where the schema describes them, that some page has shown. */
const shown = new Set<string>();

test.each(ESTATES)(
  'the page of %s shows markup in its texts as it is written, and nothing comes of it',
  async (file) => {
    const estate = read(file);
    const texts = accepted(estate, [...freeTexts(estate).entries()]);
    expect(texts.size).toBeGreaterThan(0);
    const path = join(folder, 'page.html');
    writeFileSync(path, pageOf(withMarkup(estate, texts)));
    const visit = await chromium()?.visit(path, { viewport: { width: 360, height: 900 } });
    if (visit === undefined) return;
    const found = await inPage<readonly string[]>(visit.page, `textsWith('hostile')`);
    for (const [index, { described }] of texts)
      if (found.some((text) => text.includes(markupOf(index)))) shown.add(described);
    expect(found.map((text) => withoutMarkup(text, [...texts.keys()])).filter((rest) => /hostile/.test(rest))).toEqual(
      [],
    );
    expect(await inPage(visit.page, 'cameAlive()')).toEqual([]);
    expect(await visit.page.evaluate('window.hostile')).toBeUndefined();
    expect(await outside(visit.page)).toEqual([]);
    expect(visit.faults).toEqual([]);
    await visit.close();
  },
);

/** What is left of a text without the markup in it that is whole, in quotes of JSON too, or cut off at its end for want of room. */
function withoutMarkup(text: string, indices: readonly number[]): string {
  return indices
    .flatMap((index) => [markupOf(index), JSON.stringify(markupOf(index)).slice(1, -1)])
    .reduce((rest, markup) => rest.replaceAll(markup, ''), text)
    .replace(/[<"].*…$/s, '');
}

test('texts of every part of an estate are among those that were shown', () => {
  expect(chromium() === undefined ? SHOWN : [...shown]).toEqual(expect.arrayContaining(SHOWN));
});

test('every text that the schema leaves free stands in one of the estates, or could', () => {
  const reached = new Set(ESTATES.flatMap((file) => freeTexts(read(file)).map(({ described }) => described)));
  expect(allFree().filter((described) => !reached.has(described) && !ELSEWHERE.test(described))).toEqual([]);
});
