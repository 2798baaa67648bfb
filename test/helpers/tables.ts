/** A table of a page, as its HTML says it. */
export interface ReadTable {
  readonly title: string;
  readonly view?: string;
  /** Headings, and the property of the view that each column prints. */
  readonly heads: readonly { readonly title: string; readonly key?: string }[];
  /** Values of cells: those that rows of `--json` have, as text. */
  readonly rows: readonly (readonly string[])[];
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** The text of HTML without its tags. */
export function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** The tables of a page or of a chapter. */
export function tablesOf(html: string): ReadTable[] {
  return [...html.matchAll(/<table(?: data-view="([^"]*)")?><caption>(.*?)<\/caption>(.*?)<\/table>/gs)].map(
    ([, view, title = '', content = '']) => {
      const [head = '', body = ''] = content.split('<tbody>');
      return {
        title: textOf(title),
        ...(view !== undefined && { view }),
        heads: [...head.matchAll(/<th scope="col"(?: data-key="([^"]*)")?[^>]*>(.*?)<\/th>/gs)].map(
          ([, key, name = '']) => ({ title: textOf(name), ...(key !== undefined && { key }) }),
        ),
        rows: [...body.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
          [...row.matchAll(/<t[hd]([^>]*)>(.*?)<\/t[hd]>/gs)].map(([, attributes = '', cell = '']) => {
            const [, value] = / data-value(?:="([^"]*)")?/.exec(attributes) ?? [];
            return attributes.includes('data-value') ? textOf(value ?? '') : textOf(cell);
          }),
        ),
      };
    },
  );
}

/** The table with a title; throws where there is none. */
export function tableOf(html: string, title: string): ReadTable {
  const all = tablesOf(html);
  const found = all.find((table) => table.title === title);
  if (found === undefined) throw new Error(`no table "${title}" among ${all.map((table) => table.title).join(', ')}`);
  return found;
}
