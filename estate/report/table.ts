/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number;
  /** @default 'left' for text, 'right' for numbers */
  readonly align?: 'left' | 'right';
}

/** Widest line that a report prints, in characters. */
export const REPORT_WIDTH = 120;

/** Prints rows as columns of text, the widest texts cut so that a line fits the report. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) => columns.map((column) => column.value(row)));
  const texts = [columns.map(({ title }) => title), ...cells.map((line) => line.map(String))];
  const right = columns.map(({ align }, index) => (align ?? (isNumeric(cells, index) ? 'right' : 'left')) === 'right');
  const widths = shrink(columns.map((_, index) => Math.max(...texts.map((line) => line[index]?.length ?? 0))));
  return texts.map((line) => printLine(line, widths, right)).join('\n');
}

function isNumeric(cells: readonly (readonly (string | number)[])[], index: number): boolean {
  return cells.length > 0 && cells.every((line) => typeof line[index] === 'number');
}

function printLine(line: readonly string[], widths: readonly number[], right: readonly boolean[]): string {
  return line
    .map((text, index) => {
      const width = widths[index] ?? text.length;
      const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text;
      return right[index] ? cut.padStart(width) : cut.padEnd(width);
    })
    .join('  ')
    .trimEnd();
}

/** Takes width from the widest column until a line fits. */
function shrink(widths: number[]): number[] {
  const total = () => widths.reduce((sum, width) => sum + width, 0) + 2 * (widths.length - 1);
  while (total() > REPORT_WIDTH) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
