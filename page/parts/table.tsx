import type { VNode } from 'preact';
import { isDay } from '../../estate/days';
import { formatCount } from '../../estate/units';
import type { Facets } from '../model';
import { facetAttributes } from './facets';
import { LinkedText } from './linked-text';

/** What a cell holds, as `--json` of the view has it. */
export type CellValue = string | number | boolean | null | undefined | readonly string[];

/** A column of a table of the page. */
export interface PageColumn<Row> {
  readonly title: string;
  /** Property of a row of the view in `estate show --json`, such as `usedPercent`. @default the view has no such property */
  readonly key?: string;
  readonly value: (row: Row) => CellValue;
  /** The text that is read. @default the value, whole numbers with separators, lists with commas */
  readonly shown?: (row: Row) => string | VNode;
  /** Whether it is an address or an id that somebody may want to copy. @default false */
  readonly copies?: boolean;
  /** Whether its texts are numbers, such as sums of money, which are kept to the coin. @default where all that it has are numbers */
  readonly isNumeric?: boolean;
  /** Whether its texts want room. @default one of them is long, and none is to be copied */
  readonly isLong?: boolean;
  /** Whether addresses of the web in its texts lead there. @default they are text as all else */
  readonly hasLinks?: boolean;
}

/** What a table of the page is made from. */
export interface TableProps<Row> {
  /** What the table tells; the caption of it. */
  readonly title: string;
  /** View of `estate show` whose rows these are, all of them and in its order. @default it is of no view */
  readonly view?: string;
  readonly rows: readonly Row[];
  readonly columns: readonly PageColumn<Row>[];
  /** What a row can be filtered by. @default it stays whatever is chosen */
  readonly facets?: (row: Row) => Facets;
}

/**
 * A table that can be sorted, filtered and searched where scripts run.
 *
 * The first column names the row. Cells whose text is not the value itself carry that as `data-value`; headers carry the
 * property of the view as `data-key`.
 */
export function DataTable<Row>({ title, view, rows, columns, facets = () => ({}) }: TableProps<Row>) {
  const kinds = columns.map((column) => kindOf(column, rows));
  return (
    <div class="scroll" role="region" aria-label={title} tabIndex={0}>
      <table data-view={view}>
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map(({ title: name, key }, index) => (
              <th scope="col" data-key={key} class={kinds[index]}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr {...facetAttributes(facets(row))}>
              {columns.map((column, index) => (
                <Cell row={row} column={column} isHead={index === 0} kind={kinds[index]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Classes of cells. */
type ColumnKind = 'num' | 'long' | 'day';

interface CellProps<Row> {
  readonly row: Row;
  readonly column: PageColumn<Row>;
  readonly isHead: boolean;
  /** How its column is set. @default as short texts are */
  readonly kind?: ColumnKind;
}

function Cell<Row>({ row, column, isHead, kind }: CellProps<Row>) {
  const value = column.value(row);
  const plain = plainText(value);
  const shown = column.shown?.(row) ?? (isNumber(value) && Number.isInteger(value) ? formatCount(value) : plain);
  const attributes = {
    class: kind,
    'data-value': shown === plain ? undefined : plain,
  };
  const content = contentOf(column, value, shown);
  return isHead ? (
    <th scope="row" {...attributes}>
      {content}
    </th>
  ) : (
    <td {...attributes}>{content}</td>
  );
}

function contentOf<Row>({ copies, hasLinks }: PageColumn<Row>, value: CellValue, shown: string | VNode) {
  if (copies && plainText(value) !== '') return <Copied value={value} shown={shown} />;
  return hasLinks && typeof shown === 'string' ? <LinkedText text={shown} /> : shown;
}

interface CopiedProps {
  readonly value: CellValue;
  readonly shown: string | VNode;
}

/** What can be copied: of a list each by itself. */
function Copied({ value, shown }: CopiedProps) {
  if (typeof value !== 'object' || value === null || value.length < 2) return <code class="copy">{shown}</code>;
  return (
    <>
      {value.map((one, index) => (
        <>
          {index > 0 && ', '}
          <code class="copy">{one}</code>
        </>
      ))}
    </>
  );
}

/** Whether a column has numbers, and nothing else where it has something. */
function areNumbers(values: readonly CellValue[]): boolean {
  return values.some(isNumber) && values.every((value) => isNumber(value) || value === undefined || value === null);
}

/** Whether a column has days, and nothing else where it has something. */
function areDays(values: readonly CellValue[]): boolean {
  const texts = values.map(plainText).filter((text) => text !== '');
  return texts.length > 0 && texts.every(isDay);
}

function isNumber(value: CellValue): value is number {
  return typeof value === 'number';
}

/** Texts longer than this would otherwise become narrow and high columns. */
const LONG = 48;

/** Numbers stand at the right, days are not broken, and long texts have room. */
function kindOf<Row>(column: PageColumn<Row>, rows: readonly Row[]): ColumnKind | undefined {
  const values = rows.map(column.value);
  const { isNumeric = areNumbers(values), copies = false } = column;
  if (isNumeric) return 'num';
  if (areDays(values)) return 'day';
  const { isLong = !copies && values.some((value) => plainText(value).length > LONG) } = column;
  return isLong ? 'long' : undefined;
}

/** A value as text: nothing for what is not there, and lists with commas. */
export function plainText(value: CellValue): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
