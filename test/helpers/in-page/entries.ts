import { isShown } from './shown';

/** A row of a table, or a mark of a picture, with what it can be filtered by. */
export interface Entry {
  readonly cloud?: string;
  readonly site?: string;
  readonly owner?: string;
  /** Whether it is left out, or dimmed, by what was chosen. */
  readonly isOut: boolean;
  /** Whether it lies in a fold that is closed. */
  readonly isFolded: boolean;
}

/** All rows or marks of a page, as they are now. */
export function entries(selector: string): Entry[] {
  return [...document.querySelectorAll<HTMLElement | SVGElement>(selector)].map((element) => {
    const { cloud, site, owner } = element.dataset;
    const isOut = element instanceof HTMLElement ? element.hasAttribute('hidden') : element.classList.contains('dim');
    return {
      ...(cloud !== undefined && { cloud }),
      ...(site !== undefined && { site }),
      ...(owner !== undefined && { owner }),
      isOut,
      isFolded: element.closest('details:not([open])') !== null,
    };
  });
}

/** What each row says, in small letters, with single spaces between its words. */
export function rowTexts(): string[] {
  return [...document.querySelectorAll('tbody tr')].map(wordsOf);
}

/** What a row says, without the buttons in it. */
function wordsOf(element: Element): string {
  const copy = element.cloneNode(true);
  if (!(copy instanceof Element)) return '';
  for (const button of copy.querySelectorAll('button')) button.remove();
  const cells = [...copy.children].map(({ textContent }) => textContent ?? '');
  return cells.join(' ').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Id of something in a fold that is closed; none where no page has one. */
export function foldedId(): string | null {
  return [...document.querySelectorAll('details:not([open]) [id]')].find((element) => !isShown(element))?.id ?? null;
}

/** Columns that are in no order after their header was pressed, once for up and once for down. */
export function unsorted(): string[] {
  return [...document.querySelectorAll('table')].flatMap((table) =>
    [...table.querySelectorAll('thead th')].flatMap((head, index) => {
      const button = head.querySelector('button');
      return (['ascending', 'descending'] as const).flatMap((order) => {
        button?.click();
        const name = `${table.caption?.textContent}, ${head.textContent}`;
        const others = table.querySelectorAll('[aria-sort]').length;
        const said = head.ariaSort === order && others === 1 ? [] : [`${name}: says ${head.ariaSort}, not ${order}`];
        const values = [...(table.tBodies[0]?.rows ?? [])].map(({ cells }) => valueIn(cells[index]));
        return [
          ...said,
          ...(isOrdered(order === 'ascending' ? values : values.reverse()) ? [] : [`${name}: is not ${order}`]),
        ];
      });
    }),
  );
}

function valueIn(cell: HTMLTableCellElement | undefined): string | number {
  const text = cell?.dataset.value ?? cell?.querySelector('code')?.textContent ?? cell?.textContent ?? '';
  return text === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

/** What is not there first, then numbers by value, then texts. */
function isOrdered(values: readonly (string | number)[]): boolean {
  return values.every((value, index) => {
    const before = values[index - 1];
    if (before === undefined || before === '') return true;
    if (typeof before === 'number' && typeof value === 'number') return before <= value;
    return value !== '' && String(before).localeCompare(String(value), 'en', { numeric: true }) <= 0;
  });
}
