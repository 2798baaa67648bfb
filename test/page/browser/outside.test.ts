import { chromiumForTests } from '../../helpers/browser';
import { outside, tinyTexts } from '../../helpers/page-checks';

const chromium = chromiumForTests();

const STYLE = '<style>body{margin:0;font:16px/1.5 sans-serif}svg{display:block}</style>';
const picture = (shapes: string, size = 'width="200" height="100"') => `<svg ${size}>${shapes}</svg>`;

async function found(check: typeof outside, body: string): Promise<readonly string[] | undefined> {
  const page = await chromium()?.show(`<!doctype html>${STYLE}${body}`);
  return page && check(page);
}

test.each([
  [
    'a page is wider than its window',
    '<main style="width:400px">text</main>',
    ['the page is 400 px wide in a window of 360', 'main "text" sticks out of body "text" by 40 px at the right'],
  ],
  [
    'a box is wider than the one it lies in',
    '<div id="card" style="width:100px"><p style="width:120px">wide</p></div>',
    ['div#card p "wide" sticks out of div#card "wide" by 20 px at the right'],
  ],
  [
    'a box is cut at the bottom',
    '<div id="card" style="height:20px;overflow:hidden"><p style="margin:0;height:50px">high</p></div>',
    ['div#card p "high" sticks out of div#card "high" by 30 px at the bottom'],
  ],
  [
    'a word is longer than its cell',
    '<div class="cell" style="width:50px">incomprehensibilities</div>',
    [expect.stringMatching(/^text of div\.cell "incompre.*" sticks out of div\.cell ".*" by \d+ px at the right$/)],
  ],
  [
    'a shape leaves its picture',
    picture('<rect id="rack" x="190" width="30" height="20"/>'),
    ['rect#rack sticks out of svg by 20 px'],
  ],
  [
    'a text leaves its picture',
    picture('<text x="-20" y="50">Ohio</text>'),
    [expect.stringMatching(/^text "Ohio" sticks out of svg "Ohio" by 20 px$/)],
  ],
  [
    'two texts of a picture lie on each other',
    picture('<text x="10" y="50">Ohio</text><text x="20" y="54">Oregon</text>'),
    ['text "Ohio" and text "Oregon" overlap'],
  ],
  [
    'a turned text lies on another',
    picture('<text x="40" y="50">Ohio</text><text transform="translate(50 60) rotate(-45)">Oregon</text>'),
    ['text "Ohio" and text "Oregon" overlap'],
  ],
  [
    'a text is wider than the mark that it is drawn on',
    picture('<g><rect x="50" width="40" height="30"/><text x="70" y="20" text-anchor="middle">us-east-2</text></g>'),
    [expect.stringMatching(/^text "us-east-2" is wider than its mark by \d+ px$/)],
  ],
  [
    'a text is wider than the mark that it names',
    picture('<rect id="mark" x="50" width="40" height="30"/><text x="50" y="50" data-label-of="mark">us-east-2</text>'),
    [expect.stringMatching(/^text "us-east-2" is wider than its mark by \d+ px$/)],
  ],
])('fails when %s', async (_case, body, expected) => {
  expect((await found(outside, body)) ?? expected).toEqual(expected);
});

test.each([
  [
    'a box that scrolls',
    '<div style="overflow-x:auto"><table style="width:900px"><tr><td>wide</td></tr></table></div>',
  ],
  ['what only screen readers get', '<p style="position:absolute;width:1px;height:1px;overflow:hidden">for readers</p>'],
  ['a link that comes with the focus', '<a href="#x" style="position:absolute;top:-99px">Skip</a>'],
  [
    'what is in closed details',
    '<details style="width:50px"><summary>More</summary><p style="width:90px">x</p></details>',
  ],
  ['code that is higher than its line', '<p style="line-height:1"><code style="padding:4px">x</code></p>'],
  ['a table with a caption', '<table><caption>Sites</caption><thead><tr><th>a<tbody><tr><td>b</table>'],
  ['a label beside its mark', picture('<g><rect width="20" height="20"/><text x="25" y="15">us-east-2</text></g>')],
  ['lines that follow each other', picture('<text x="9" y="50">Ohio</text><text x="9" y="66">Oregon</text>')],
  [
    'turned texts side by side',
    picture(
      [40, 60].map((x) => `<text font-size="14" transform="translate(${x} 90) rotate(-45)">Oregon</text>`).join(''),
    ),
  ],
  [
    'what a clip cuts on purpose',
    picture('<clipPath id="c"><path d="M0 0h9v9z"/></clipPath><g clip-path="url(#c)"><path d="M-90 0h300v9z"/></g>'),
  ],
])('takes %s', async (_case, body) => {
  expect((await found(outside, body)) ?? []).toEqual([]);
});

test('fails when letters are too small to read, in a picture that shrinks too', async () => {
  const body = `<p style="font-size:7px">fine print</p><p style="font-size:8px">print</p>
    ${picture('<text x="100" y="50" font-size="20">Ohio</text>', 'viewBox="0 0 1000 500" width="360"')}`;
  const expected = ['p "fine print" is 7.0 px small', 'text "Ohio" is 7.2 px small'];
  expect((await found(tinyTexts, body)) ?? expected).toEqual(expected);
});
