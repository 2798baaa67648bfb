import { chromiumForTests } from '../../helpers/browser';
import { violations } from '../../helpers/violations';

const chromium = chromiumForTests();

const page = (body: string) =>
  `<!doctype html><html lang="en"><title>Estate</title><main><h1>Estate</h1>${body}</main>`;

async function found(html: string): Promise<readonly string[] | undefined> {
  const shown = await chromium()?.show(html);
  return shown && violations(shown);
}

test('takes a page that everybody can use', async () => {
  expect((await found(page('<label>Search <input></label>'))) ?? []).toEqual([]);
});

test('fails when a page has no language, a picture no name, a field no label and a chapter no level between', async () => {
  const body =
    '<svg role="img"></svg><input><h4>Deep</h4><p style="color:#999">soft</p><p style="color:#999">softer</p>';
  const expected = [
    expect.stringMatching(/^color-contrast: .*: p:nth-child\(5\) and 1 more$/),
    expect.stringMatching(/^heading-order: /),
    expect.stringMatching(/^html-has-lang: /),
    expect.stringMatching(/^label: /),
    expect.stringMatching(/^svg-img-alt: /),
  ];
  const faults = await found(page(body).replace(' lang="en"', ''));
  expect(faults === undefined ? expected : [...faults].sort()).toEqual(expected);
});
