import { chromiumForTests } from '../../helpers/browser';
import { printed, sheets } from '../../helpers/printed';

const chromium = chromiumForTests();

const STYLE = `body{background:#fff;color:#111} table{border-collapse:collapse}
  @media print{.filters{display:none} details::details-content{display:block;content-visibility:visible;block-size:auto}}`;
const page = (body: string, style = '') => `<!doctype html><style>${STYLE}${style}</style><body>${body}`;
const FOLD = '<details><summary>More</summary><p>inside</p></details>';

async function found(html: string): Promise<readonly string[] | undefined> {
  const shown = await chromium()?.show(html);
  return shown && printed(shown);
}

test('takes a page that is for paper too', async () => {
  const body = `<form class="filters"><input><button>Reset</button></form>${FOLD}<table><thead><tr><th><button>Site</button></table>`;
  expect((await found(page(body))) ?? []).toEqual([]);
});

test.each([
  ['controls are printed', page('<button>Reset</button>'), ['button "Reset" is of no use on paper']],
  [
    'folds stay closed',
    page(FOLD, '@media print{details::details-content{content-visibility:hidden}}'),
    ['details "Moreinside" stays closed'],
  ],
  [
    'the ground is that of a dark screen',
    page('text', '@media (prefers-color-scheme:dark){body{background:#111;color:#fff}}'),
    ['the page has the ground #111111'],
  ],
  [
    'a text is for a dark screen',
    page('<p>text</p>', '@media (prefers-color-scheme:dark){p{color:#eee}}'),
    ['p "text" has a contrast of 1.16, below 4.5: #eeeeee on #ffffff'],
  ],
  [
    'a table is wider than the paper',
    page('<div style="overflow:visible"><table style="width:1100px"><tr><td>wide</table></div>'),
    ['the page is 1108 px wide in a window of 1031', 'table "wide" sticks out of div "wide" by 85 px at the right'],
  ],
])('fails when %s', async (_case, html, expected) => {
  expect((await found(html)) ?? expected).toEqual(expected);
});

test('counts the sheets', async () => {
  const shown = await chromium()?.show(page('<p style="break-after:page">one</p><p>two</p>'));
  expect(shown === undefined ? 2 : await sheets(shown)).toBe(2);
});
