import { join } from 'node:path';
import { isJsonDocument, jsonDocumentSchema } from '../../cli/json';
import { type Synthesis, showReport } from '../../cli/show';
import { stackRows } from '../../estate/report/views';
import { ROOT } from './cli';
import type { ShownTable } from './in-page/tables';
import { PAGE_DAY, pageOf } from './pages';

/** A row of `estate show … --json`. */
type Row = Readonly<Record<string, unknown>>;

/** Views that pages show as of their day. */
const OF_A_DAY: readonly string[] = ['commitments'];

/** Everything that a view of an example tells as JSON; what stacks hold only a synthesis tells, which no page waits for. */
export async function viewDocument(example: string, view: string): Promise<unknown> {
  if (view === 'stacks') return stackRows(pageOf(example).plan);
  const flags = { json: true, ...(OF_A_DAY.includes(view) && { at: PAGE_DAY }) };
  return JSON.parse(await showReport(view, join(ROOT, 'examples', `${example}.yaml`), flags, UNUSED));
}

const UNUSED: Synthesis = () => Promise.reject(new Error('only the view of stacks has a synthesis'));

/** The rows of a view that a table shows: `capacity`, or a list in a view that is more than one, such as `links.tunnels`. */
export function rowsOf(document: unknown, path: readonly string[]): readonly Row[] {
  const found = path.reduce<readonly unknown[]>(
    (all, name) => all.flatMap((value) => (isRow(value) ? value[name] : undefined)),
    Array.isArray(document) ? document : [document],
  );
  const lists =
    Array.isArray(document) || path.length > 0 ? found : found.flatMap((value) => (isRow(value) ? value.rows : []));
  return lists.flat().filter(isRow);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a table shows that its view does not tell, or the other way around. */
export function differences({ view, rows }: ShownTable, told: readonly Row[]): string[] {
  const count = rows.length === told.length ? [] : [`${view}: ${rows.length} rows of ${told.length}`];
  const cells = rows.flatMap((row, index) =>
    Object.entries(row).flatMap(([key, shown]) => {
      const value = plain(
        key.split('.').reduce<unknown>((at, name) => (isRow(at) ? at[name] : undefined), told[index]),
      );
      return value === shown ? [] : [`${view}, row ${index + 1}, ${key}: ${shown}, not ${value}`];
    }),
  );
  return [...count, ...cells];
}

/** A value as pages write it: nothing for what is not there, and lists with commas. */
function plain(value: unknown): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** More groups are shown in runs of equal ones. */
const MOST_GROUPS = 500;

/** Whether a view tells enough to be shown: an estate without accelerators draws nothing, and groups beyond some are shown in runs. */
export function isWorthATable(view: string, rows: readonly Row[]): boolean {
  // What stacks hold only a synthesis tells.
  if (view === 'stacks') return false;
  if (view === 'power') return rows.some(({ accelerators }) => accelerators !== 0);
  return rows.length > 0 && (view !== 'groups' || rows.length <= MOST_GROUPS);
}

/** What is wrong with what a table names: a view that `estate show` lacks, or a property that no row of it can have. */
export function unknownNames({ view, rows }: ShownTable): string[] {
  const [name = ''] = view.split('.');
  const document = `show-${name}`;
  if (!isJsonDocument(document)) return [`there is no view ${name}`];
  const properties = propertiesIn(jsonDocumentSchema(document));
  const keys = [...new Set(rows.flatMap(Object.keys))];
  return keys
    .filter((key) => !key.split('.').every((part) => properties.has(part)))
    .map((key) => `${view} has no property ${key}`);
}

function propertiesIn(schema: unknown): ReadonlySet<string> {
  if (Array.isArray(schema)) return new Set(schema.flatMap((part) => [...propertiesIn(part)]));
  if (!isRow(schema)) return new Set();
  const own = isRow(schema.properties) ? Object.keys(schema.properties) : [];
  return new Set([...own, ...Object.values(schema).flatMap((part) => [...propertiesIn(part)])]);
}
