import { chromiumForTests } from '../../helpers/browser';
import { faintTexts } from '../../helpers/page-checks';

const chromium = chromiumForTests();

const STYLE = `<style>body{color:#222;background:#fff}
  @media (prefers-color-scheme: dark){body{color:#eee;background:#111} .dark-faint{color:#444}}</style>`;
const picture = (shapes: string) => `<svg width="200" height="100">${shapes}</svg>`;
const MARK = '<rect width="80" height="40" fill="#0b5cad"/>';

async function found(body: string, colorScheme: 'light' | 'dark' = 'light'): Promise<readonly string[] | undefined> {
  const page = await chromium()?.show(`<!doctype html>${STYLE}${body}`, { colorScheme });
  return page && faintTexts(page);
}

test.each([
  [
    'a text is grey',
    '<p style="color:#888">soft</p>',
    ['p "soft" has a contrast of 3.54, below 4.5: #888888 on #ffffff'],
  ],
  [
    'a large text is lighter still',
    '<p style="color:#999;font-size:24px">soft</p>',
    ['p "soft" has a contrast of 2.85, below 3: #999999 on #ffffff'],
  ],
  [
    'a text is thinned by what it lies in',
    '<div style="opacity:.5"><p style="color:#000">soft</p></div>',
    ['p "soft" has a contrast of 3.98, below 4.5: #808080 on #ffffff'],
  ],
  [
    'a ground is dark below a dark text',
    '<td style="background:#333"><p style="background:#333">dark</p>',
    ['p "dark" has a contrast of 1.26, below 4.5: #222222 on #333333'],
  ],
  [
    'a hint of a field is grey',
    '<style>::placeholder{color:#999}</style><input placeholder="Search" style="background:#fff">',
    ['input has a contrast of 2.85, below 4.5: #999999 on #ffffff'],
  ],
  [
    'a text before another is grey',
    '<style>p::before{content:"new";color:#999}</style><p>site</p>',
    ['p "site" has a contrast of 2.85, below 4.5: #999999 on #ffffff'],
  ],
  [
    'a text of a picture is dark on its mark',
    picture(`${MARK}<text x="10" y="25">Ohio</text>`),
    ['text "Ohio" has a contrast of 3.15, below 4.5: #000000 on #0b5cad'],
  ],
  [
    'a text of a picture ends beside its mark',
    picture(`${MARK}<text x="60" y="25" fill="#fff">Ohio and Oregon</text>`),
    ['text "Ohio and Oregon" has a contrast of 1.00, below 4.5: #ffffff on #ffffff'],
  ],
  [
    'a part of a text is faint',
    picture('<text x="10" y="25">Ohio <tspan fill="#999">8</tspan></text>'),
    ['tspan "8" has a contrast of 2.85, below 4.5: #999999 on #ffffff'],
  ],
  [
    'a mark is striped in a colour near that of its text',
    picture(`<defs><pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 0h2v4h-2z" fill="#444"/>
      </pattern></defs><rect width="90" height="40" fill="url(#p)"/><text x="10" y="25">Ohio</text>`),
    ['text "Ohio" has a contrast of 2.16, below 4.5: #000000 on #444444'],
  ],
])('fails when %s', async (_case, body, expected) => {
  expect((await found(body)) ?? expected).toEqual(expected);
});

test.each([
  ['a text that is hidden', '<p style="color:#888;visibility:hidden">soft</p>'],
  ['a control that cannot be used', '<button disabled style="color:#888">soft</button>'],
  ['a light text on its mark', picture(`${MARK}<text x="10" y="25" fill="#fff">Ohio</text>`)],
  ['a dark text before a mark', picture(`<text x="10" y="25">Ohio</text>${MARK}`)],
  ['a text beside a round mark', picture('<circle cx="40" cy="40" r="40"/><text x="70" y="95">Ohio</text>')],
  [
    'a text with an edge of the ground',
    picture(`${MARK}<text x="10" y="25" stroke="#fff" stroke-width="3" style="paint-order:stroke">Ohio</text>`),
  ],
])('takes %s', async (_case, body) => {
  expect((await found(body)) ?? []).toEqual([]);
});

test('judges each ground by its own colours', async () => {
  const body = '<p class="dark-faint">soft</p>';
  expect((await found(body)) ?? []).toEqual([]);
  const expected = ['p.dark-faint "soft" has a contrast of 1.94, below 4.5: #444444 on #111111'];
  expect((await found(body, 'dark')) ?? expected).toEqual(expected);
});

test('fails when a ground is a picture, whose colours are not known', async () => {
  const faults = found('<p style="background-image:linear-gradient(#fff,#000)">text</p>');
  if (chromium() !== undefined) await expect(faults).rejects.toThrow(/has a picture as its ground/);
});
