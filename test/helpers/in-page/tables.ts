/** A table that shows a view: the value of each cell whose column is a property of the view's rows. */
export interface ShownTable {
  readonly view: string;
  /** By the property, with dots where it lies in others. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** All tables of views. */
export function tables(): ShownTable[] {
  return [...document.querySelectorAll<HTMLTableElement>('table[data-view]')].map((table) => {
    const keys = [...table.querySelectorAll<HTMLElement>('thead th')].map(({ dataset }) => dataset.key);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    return { view: table.dataset.view ?? '', rows: rows.map((row) => rowOf(row, keys)) };
  });
}

function rowOf(row: HTMLTableRowElement, keys: readonly (string | undefined)[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    keys.flatMap((key, index) => {
      const cell = row.cells[index];
      return key === undefined || cell === undefined ? [] : [[key, shownValue(cell)]];
    }),
  );
}

function shownValue(cell: HTMLTableCellElement): string {
  const copied = [...cell.querySelectorAll('code.copy')].map(({ textContent }) => textContent ?? '');
  return cell.dataset.value ?? (copied.length > 0 ? copied.join(', ') : (cell.textContent ?? ''));
}
