/** A value that a cell of a CSV file holds; lists are joined, maps are not shown. */
type Cell = unknown;

/**
 * Prints rows as CSV (RFC 4180): one column for each key that any row has, in the order of first appearance.
 *
 * Lists become one cell with semicolons between their members. Cells that a spreadsheet would run as a formula get an
 * apostrophe in front.
 */
export function formatCsv(rows: readonly object[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => {
    const cells = new Map<string, Cell>(Object.entries(row));
    return columns.map((column) => csvCell(cells.get(column)));
  });
  return [columns.map(csvCell), ...lines].map((line) => line.join(',')).join('\r\n');
}

function csvCell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  const text = textOf(value);
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function textOf(value: Cell): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join('; ');
  return typeof value === 'object' ? '' : String(value);
}
