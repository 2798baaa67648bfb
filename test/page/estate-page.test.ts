import { estateHtml } from '../../page/estate-page';
import { SECTIONS } from '../../page/sections';
import { EXAMPLES, pageOf } from '../helpers/pages';

const pages = new Map(EXAMPLES.map((example) => [example, estateHtml(pageOf(example))]));
const htmlOf = (example: string) => pages.get(example) ?? '';
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, found = '']) => found);

describe.each(EXAMPLES)('the page of %s', (example) => {
  const html = htmlOf(example);

  test('has chapters in their order, each with a heading and something in it', () => {
    const ids = all(html, /<section id="([\w-]+)"/g);
    const order = SECTIONS.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(8);
    expect(ids).toEqual(order.filter((id) => ids.includes(id)));
    for (const content of all(html, /<section[^>]*>(.*?)<\/section>/gs)) {
      expect(content.replace(/<h2.*?<\/h2>/s, '').replace(/<[^>]*>/g, '').length).toBeGreaterThan(20);
    }
  });

  test('leads nowhere but into itself and to sources', () => {
    const ids = all(html, / id="([^"]+)"/g);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const links = all(html, /<a[^>]* href="([^"]*)"/g);
    expect(links.filter((link) => !link.startsWith('https://') && !ids.includes(link.replace(/^#/, '')))).toEqual([]);
    const used = [...all(html, /<use href="#([^"]+)"/g), ...all(html, /url\(#([^)]+)\)/g)];
    expect(used.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('has a table for each of its pictures, and none that is painted', () => {
    expect(html).not.toContain('<canvas');
    const figures = all(html, /<figure>(.*?)<\/figure>/gs);
    expect(figures.length).toBeGreaterThan(2);
    for (const figure of figures) expect(figure).toMatch(/<table|<a href="#[\w-]+"/);
    const outside = html.replace(/<figure>.*?<\/figure>/gs, '');
    expect(outside).not.toMatch(/<svg[^>]* role="img"/);
  });

  test('says nothing that is missing', () => {
    const text = html.replace(/<(script|style)>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' ');
    expect(text).not.toMatch(/\b(undefined|null|NaN|Infinity|\[object \w+\])\b/);
  });
});

test('the page of the largest example is below 2 MB', () => {
  const sizes = [...pages.values()].map((html) => Buffer.byteLength(html));
  expect(Math.max(...sizes)).toBeLessThan(2_000_000);
});
