/** A table of a page, read back from its HTML. */
export interface ReadTable {
  readonly title: string;
  /** @default it is of no view */
  readonly view?: string;
  readonly columns: readonly { readonly title: string; readonly key?: string }[];
  /** Of each row the values of its cells: `data-value` where a cell has one, else its text. */
  readonly rows: readonly (readonly string[])[];
}

/** The tables of HTML, in their order. */
export function readTables(html = ''): readonly ReadTable[] {
  return [...html.matchAll(/<table(?: data-view="([^"]*)")?>(.*?)<\/table>/gs)].map(([, view, inside = '']) => {
    const [, title = ''] = /<caption>(.*?)<\/caption>/s.exec(inside) ?? [];
    const [, head = '', body = ''] = /<thead>(.*?)<\/thead><tbody>(.*?)<\/tbody>/s.exec(inside) ?? [];
    return {
      title: textOf(title),
      ...(view !== undefined && { view }),
      columns: [...head.matchAll(/<th([^>]*)>(.*?)<\/th>/gs)].map(([, attributes = '', text = '']) => {
        const key = attributeOf(attributes, 'data-key');
        return { title: textOf(text), ...(key !== undefined && { key }) };
      }),
      rows: [...body.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
        [...row.matchAll(/<t[hd]([^>]*)>(.*?)<\/t[hd]>/gs)].map(
          ([, attributes = '', text = '']) => attributeOf(attributes, 'data-value') ?? textOf(text),
        ),
      ),
    };
  });
}

/** The rows of a table as a view has them: by keys, without those whose cells are empty. */
export function keyedRows({ columns, rows }: ReadTable): readonly Readonly<Record<string, string>>[] {
  return rows.map((row) =>
    Object.fromEntries(columns.flatMap(({ key }, at) => (key !== undefined && row[at] ? [[key, row[at]]] : []))),
  );
}

/** Rows of a view as cells have them: numbers as texts, lists with commas, and nothing for what is empty. */
export function asCells(rows: readonly object[]): readonly Readonly<Record<string, string>>[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([key, value]: [string, unknown]) => {
        const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
        return text === '' ? [] : [[key, text]];
      }),
    ),
  );
}

/** The table of HTML that has a title; throws where none has. */
export function tableOf(html: string | undefined, title: string): ReadTable {
  const found = readTables(html).find((table) => table.title === title);
  if (found === undefined) throw new Error(`no table is called ${title}`);
  return found;
}

function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(` ${name}(?:="([^"]*)")?(?= |$)`).exec(attributes);
  return found === null ? undefined : textOf(found[1]);
}

/** The text of HTML, as somebody reads it. */
export function textOf(html = ''): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}
