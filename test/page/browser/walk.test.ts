import { chromiumForTests } from '../../helpers/browser';
import { walk } from '../../helpers/walk';

const chromium = chromiumForTests();

const page = (body: string, style = '') => `<!doctype html><style>.skip{position:absolute;top:-9rem}.skip:focus{top:0}
  ${style}</style><a class="skip" href="#content">Skip</a><nav><a href="#x">Sites</a></nav>
  <main id="content" tabindex="-1"><button>one</button>${body}</main>`;

const SORTS = `<script>for (const button of document.querySelectorAll('th button')) button.addEventListener('click', () => {
  const head = button.closest('th');
  head.ariaSort = head.ariaSort === 'ascending' ? 'descending' : 'ascending';
});</script>`;
const TABLE = '<table><thead><tr><th><button>Site</button></th></tr></thead><tr><td>Ohio</table>';

async function found(html: string): Promise<readonly string[] | undefined> {
  const shown = await chromium()?.show(html);
  return shown && walk(shown);
}

test('takes a page that keys go through', async () => {
  const body = `<details><summary>More</summary><a href="#y">inside</a></details>
    <div style="overflow:auto;width:50px"><p style="width:90px">scrolls</p></div><input><select><option>a</select>
    <input type="radio" name="r"><input type="radio" name="r"><button disabled>off</button>
    <svg width="9" height="9"><a href="#z"><rect width="9" height="9"/></a></svg>${TABLE}${SORTS}`;
  expect((await found(page(body))) ?? []).toEqual([]);
});

test.each([
  [
    'the order is another',
    page('<button tabindex="2">two</button>'),
    [
      'Tab reaches nothing after main#content button "one", not main#content button "two"',
      'Shift+Tab reaches nothing after a "Sites", not a.skip "Skip"',
    ],
  ],
  [
    'a text is clicked that keys do not reach',
    page('<span role="button" onclick="0">open</span>'),
    ['main#content span "open" is clicked, and Tab does not reach it'],
  ],
  [
    'the focus does not show',
    page('<button>two</button>', 'button:focus{outline:none}'),
    ['main#content button "one" does not show its focus', 'main#content button "two" does not show its focus'],
  ],
  [
    'something covers what has the focus',
    page('<div style="position:fixed;inset:0;background:#fff"></div>', '.skip:focus{z-index:1}'),
    [
      'a "Sites" is covered or out of sight when it has the focus',
      'main#content button "one" is covered or out of sight when it has the focus',
    ],
  ],
  [
    'the focus is kept',
    page(`<input id="trap"><button>two</button><script>document.getElementById('trap').addEventListener('keydown', (event) => {
      if (event.key === 'Tab') event.preventDefault();
    })</script>`),
    [
      'Tab reaches nothing after main#content input#trap, not main#content button "two"',
      'Shift+Tab reaches nothing after main#content input#trap, not main#content button "one"',
    ],
  ],
  [
    'nothing leads over the frame',
    '<!doctype html><main id="content"><button>one</button></main>',
    ['the first that Tab reaches is no link to the content'],
  ],
  [
    'the link over the frame leads elsewhere',
    page('').replace('#content', '#x').replace('<nav>', '<nav id="x">'),
    ['the first that Tab reaches is no link to the content'],
  ],
  [
    'headers do not sort by keys',
    page(TABLE),
    ['Enter does nothing to main#content button "Site"', 'Space does nothing to main#content button "Site"'],
  ],
])('fails when %s', async (_case, html, expected) => {
  expect((await found(html)) ?? expected).toEqual(expected);
});
