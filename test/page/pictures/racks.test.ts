import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { type GroupRow, groupRows } from '../../../estate/report/groups';
import { RackSymbols, Racks, type RacksProps, StandaloneRacks } from '../../../page/pictures/racks';
import { racksLegend } from '../../../page/pictures/racks/legend';
import type { DrawnGroup } from '../../../page/pictures/racks/shapes';
import { systemNodes } from '../../../page/pictures/racks/system';
import { clusterText } from '../../../page/pictures/racks/texts';
import { groupedPlan } from '../../helpers/grouped';
import { textOf } from '../../helpers/page-tables';

const HOSTILE = '</title><script>alert(1)</script>"\'&';

const plan = groupedPlan();
const { catalog } = plan;
const rows = groupRows(plan);
const ofPool = (pool: string) => rows.filter((row) => row.pool === pool);

function svgOf(groups: readonly DrawnGroup[], more: Partial<RacksProps> = {}): string {
  return render(h(Racks, { label: 'racks', groups, catalog, prefix: 'racks', ...more }));
}

const symbolsOf = (groups: readonly DrawnGroup[]) => render(h(RackSymbols, { groups, prefix: 'racks' }));
const usesOf = (svg: string) => [...svg.matchAll(/<use href="#([^"]*)"/g)].map(([, id = '']) => id);
const idsOf = (svg: string) => [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text = '']) => textOf(text));

/** The cells that a symbol is drawn with: of full lines and of ranges by their heights, of spares one by one. */
function cellsOf(
  symbols: string,
  id: string,
): { readonly full: number; readonly ranged: number; readonly spare: number } {
  const [, symbol = ''] = new RegExp(`<g id="${id}"[^>]*>(.*?)</g>`).exec(symbols) ?? [];
  const paths = [...symbol.matchAll(/<path d="([^"]*)"([^>]*)>/g)].map(([, d = '', rest = '']) => ({ d, rest }));
  const inColumns = (d = '') =>
    [...d.matchAll(/v([\d.]+)/g)].reduce((sum, [, height]) => sum + Math.round(Number(height) / 4 + 0.25), 0);
  return {
    full: inColumns(paths.find(({ rest }) => !rest.includes('stroke="'))?.d),
    ranged: inColumns(paths.find(({ rest }) => rest.includes('var(--ground)'))?.d),
    spare: [...(paths.find(({ rest }) => rest.includes('var(--spare)'))?.d ?? '').matchAll(/M/g)].length,
  };
}

describe('a picture of racks', () => {
  test('keeps bold titles of any length in its width', () => {
    const wide = 'W'.repeat(300);
    const own = rows.slice(0, 1).map((row) => ({ ...row, accelerator: wide }));
    const [, x = '0', title = ''] = /<text x="(\d+)"[^>]*font-weight="600">(.*?)<\/text>/.exec(svgOf(own)) ?? [];
    expect(title).toMatch(/W…$/);
    // No letter is wider in the bold type of common fonts than 1.11 of its size.
    expect(Number(x) + 1.11 * 13 * [...title].filter((letter) => letter === 'W').length).toBeLessThan(1080);
  });

  test('draws every group once, with its key', () => {
    const svg = svgOf(rows);
    expect(usesOf(svg)).toHaveLength(rows.length);
    const texts = textsOf(svg);
    for (const { pool } of rows) {
      for (const { group, kind, nodes } of ofPool(pool)) {
        const key = group.slice(pool.length + 1);
        expect(texts).toContain(kind === 'nodes' ? `${key}: ${nodes}` : key);
      }
    }
  });

  test('draws groups of one size from one symbol, whose ids are there once', () => {
    const symbols = symbolsOf(rows);
    expect(idsOf(symbols).sort()).toEqual([...new Set(usesOf(svgOf(rows)))].sort());
    expect(idsOf(symbols).sort()).toEqual([
      'racks-b16',
      'racks-b30',
      'racks-b40m2',
      'racks-leavingr0',
      'racks-r18s1',
      'racks-r9',
    ]);
  });

  test('draws a cell for each node in service, each spare tray and each node of a range', () => {
    const symbols = symbolsOf(rows);
    expect(cellsOf(symbols, 'racks-r18s1')).toEqual({ full: 17, ranged: 0, spare: 1 });
    expect(cellsOf(symbols, 'racks-r9')).toEqual({ full: 9, ranged: 0, spare: 0 });
    expect(cellsOf(symbols, 'racks-b30')).toEqual({ full: 30, ranged: 0, spare: 0 });
    expect(cellsOf(symbols, 'racks-b16')).toEqual({ full: 16, ranged: 0, spare: 0 });
    expect(cellsOf(symbols, 'racks-b40m2')).toEqual({ full: 40, ranged: 38, spare: 0 });
  });

  test('draws what is leaving as an outline without nodes', () => {
    const [leaving] = ofPool('gb').filter(({ retired }) => retired);
    if (leaving === undefined) throw new Error('the estate keeps racks');
    expect(cellsOf(symbolsOf([leaving]), 'racks-leavingr0')).toEqual({ full: 0, ranged: 0, spare: 0 });
    expect(symbolsOf([leaving])).toContain('stroke-dasharray="4 3"');
    expect(textsOf(svgOf([leaving]))).toContain('1 group leaving · Standard_ND128isr_GB300_v6 · dedicated');
  });

  test('has one width whatever it shows, so that all are at one scale', () => {
    const boxes = ['block', 'gb', 't'].map((pool) => /viewBox="0 0 (\d+) /.exec(svgOf(ofPool(pool)))?.[1]);
    expect(new Set(boxes).size).toBe(1);
  });

  test('keeps all groups in the picture, none over another one', () => {
    const svg = svgOf(rows);
    const [, width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);
    const places = [...svg.matchAll(/<use href="#racks-[^"]*" x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(new Set(places.map(String)).size).toBe(rows.length);
    for (const [x = 0, y = 0] of places) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThan(width - 20);
      expect(y).toBeLessThan(height - 10);
    }
  });

  test('grows blocks higher that would be wider than the picture', () => {
    const [block] = ofPool('block');
    if (block === undefined) throw new Error('the estate has a block');
    const large = [{ ...block, nodes: 2000, trays: 2000 }];
    const [id = ''] = usesOf(svgOf(large));
    expect(id).toBe('racks-b2000t42');
    expect(cellsOf(symbolsOf(large), id)).toEqual({ full: 2000, ranged: 0, spare: 0 });
  });

  test('writes keys downwards where they are wider than racks and too many to stand beside each other', () => {
    const bound = ofPool('gb')
      .slice(0, 60)
      .map(
        (row, index): GroupRow => ({
          ...row,
          group: `gb-r785ea8b3-${index + 1}`,
          boundTo: 'projects/p/reservations/r',
        }),
      );
    expect(svgOf(bound)).toContain('rotate(90)');
    expect(svgOf(bound.slice(0, 4))).not.toContain('rotate(90)');
    expect(textsOf(svgOf(bound))).toContain('r785ea8b3-60');
  });

  test('says once what groups are bound to, and what is odd in that is text', () => {
    const bound = ofPool('gb')
      .slice(0, 3)
      .map((row) => ({ ...row, boundTo: HOSTILE }));
    const svg = svgOf(bound);
    expect(svg.match(/<title>/g)).toHaveLength(1);
    expect(svg).not.toContain('<script');
    expect(textOf(svg)).toContain(`bound to ${HOSTILE}`);
  });

  test('says by a sign, a colour and a frame what a change does to groups', () => {
    const [same, added, gone, changed] = ofPool('gb');
    if (!same || !added || !gone || !changed) throw new Error('the estate has racks');
    const groups: readonly DrawnGroup[] = [
      same,
      { ...added, state: 'new' },
      { ...gone, state: 'gone' },
      { ...changed, state: 'changed' },
    ];
    const svg = svgOf(groups, { prefix: 'change' });
    expect(usesOf(svg)).toEqual(['change-r18s1', 'change-r18s1-new', 'change-r18s1-gone', 'change-r18s1-changed']);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['1', '+ 2', '− 3', '~ 4']));
    expect(textsOf(svg)).toContain(
      '1 new · 1 gone · 1 changed · 3 racks; 3 spare trays · 51 nodes · Standard_ND128isr_GB300_v6 · dedicated',
    );
    expect(clusterText(groups, catalog)).toBe(
      'east-xtrain: Azure, site east; 3 racks; 3 spare trays; 51 nodes, 204 GB300',
    );
    expect(symbolsOf(groups)).toContain('var(--good)');
    const legend = racksLegend({ groups }).map(({ text }) => text);
    expect(legend).toEqual(['node in service on Azure', 'spare tray', '+ appears', '− vanishes', '~ changes']);
  });

  test('of a whole estate stands by itself: symbols, legend, scale and every cluster are in it', () => {
    const svg = render(
      h(StandaloneRacks, { label: 'racks', groups: rows, catalog, prefix: 'racks', system: systemNodes(plan) }),
    );
    expect(idsOf(svg).sort()).toEqual([...new Set(usesOf(svg))].sort());
    expect(usesOf(svg)).toHaveLength(rows.length);
    const texts = textsOf(svg);
    expect(texts).toContain(
      '102 racks, 2 slices, 2 groups of nodes; 100 spare trays; 2 groups leaving. One cell is one node of 4 or 8 accelerators.',
    );
    expect(texts).toEqual(
      expect.arrayContaining(['node in service on AWS', 'spare tray', 'node of Kubernetes itself']),
    );
    for (const cluster of ['west-xdev: AWS', 'east-xtrain: Azure', 'iowa-xtpu: Google Cloud']) {
      expect(texts).toContainEqual(expect.stringContaining(`${cluster}, site `));
    }
  });

  test('lets the filter dim pools and Kubernetes clusters by where they lie', () => {
    const facets = (path: string) => ({ cloud: 'azure' as const, site: path });
    const svg = svgOf(ofPool('gb'), { facets });
    const sites = [...svg.matchAll(/data-site="([^"]*)"/g)].map(([, site]) => site);
    expect(new Set(sites)).toEqual(new Set(['clusters.east-xtrain', 'clusters.east-xtrain.pools.gb']));
    expect(sites).toHaveLength(4);
  });

  test('draws nodes of Kubernetes itself apart', () => {
    const system = new Map([['east-xtrain', { machine: 'Standard_D16ads_v5', nodes: 7 }]]);
    const svg = svgOf(ofPool('gb'), { system });
    expect(textsOf(svg)).toContain('7 system nodes, Standard_D16ads_v5');
    expect(svg).toContain('stroke="var(--other)"');
  });
});
