import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { compareKeys } from '../estate/units';
import { readAssets } from './assets';
import { toneDeclarations } from './palette';
import type { Section } from './parts/section';

/** What readers may choose from, in any order. */
export interface Filtered {
  readonly clouds: readonly string[];
  readonly sites: readonly string[];
  readonly owners: readonly string[];
}

/** What stands around the chapters of a page. */
export interface ShellProps<Page> {
  /** Heading of the page and title of the document. */
  readonly title: string;
  /** What the page is, under its heading. */
  readonly subtitle: string;
  readonly page: Page;
  readonly sections: readonly Section<Page>[];
  /** What can be chosen from. */
  readonly filters: Filtered;
  /** Last line of the page. */
  readonly footer: string;
}

/** A whole HTML document in one text: it asks for nothing and runs no script but its own. */
export function htmlDocument<Page>({ title, subtitle, page, sections, filters, footer }: ShellProps<Page>): string {
  const { style, script, scriptHash } = readAssets();
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`;
  const chapters = sections.flatMap(({ body, ...section }) => {
    const content = body(page);
    return content === undefined ? [] : [{ ...section, content }];
  });
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <Raw tag="style" text={`${grounds()}\n${style}`} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header>
          <h1>{title}</h1>
          <p>{subtitle}</p>
          <Filters {...filters} />
        </header>
        <nav aria-label="Contents">
          <ol>
            {chapters.map(({ id, title: name }) => (
              <li>
                <a href={`#${id}`}>{name}</a>
              </li>
            ))}
          </ol>
        </nav>
        <main id="content" tabIndex={-1}>
          {chapters.map(({ id, title: name, content }) => (
            <Chapter id={id} title={name}>
              {content}
            </Chapter>
          ))}
        </main>
        <footer>
          <p>{footer}</p>
        </footer>
        <Raw tag="script" text={script} />
      </body>
    </html>
  );
  return `<!doctype html>\n${render(document)}\n`;
}

interface ChapterProps {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

function Chapter({ id, title, children }: ChapterProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** Text that HTML does not escape: files of this package only, never anything of an estate. */
function Raw({ tag: Tag, text }: { readonly tag: 'style' | 'script'; readonly text: string }) {
  return <Tag dangerouslySetInnerHTML={{ __html: text }} />;
}

/** The colours of both grounds: the reader's choice wins over that of the system, and paper is light. */
function grounds(): string {
  const [light, dark] = [toneDeclarations('light'), toneDeclarations('dark')];
  return [
    `:root{color-scheme:light;${light}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}`,
    `@media screen{:root[data-theme=dark]{color-scheme:dark;${dark}}}`,
  ].join('\n');
}

/** What only a script can do; it shows the form. */
function Filters({ clouds, sites, owners }: Filtered) {
  return (
    <form class="filters" role="search" aria-label="Filter the page" hidden>
      <label>
        Search
        <input type="search" name="text" autoComplete="off" />
      </label>
      <Choice name="cloud" title="Cloud" all="all clouds" values={[...clouds].sort(compareKeys)} />
      <Choice name="site" title="Site" all="all sites" values={[...sites].sort(compareKeys)} />
      <Choice name="owner" title="Owner" all="all owners" values={[...owners].sort(compareKeys)} />
      <label>
        Colours
        <select name="theme">
          <option value="">as the system</option>
          <option value="light">light</option>
          <option value="dark">dark</option>
        </select>
      </label>
      <button type="reset">Show everything</button>
      <output aria-live="polite" />
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly title: string;
  readonly all: string;
  readonly values: readonly string[];
}

function Choice({ name, title, all, values }: ChoiceProps) {
  if (values.length < 2) return null;
  return (
    <label>
      {title}
      <select name={name}>
        <option value="">{all}</option>
        {values.map((value) => (
          <option value={value}>{value}</option>
        ))}
      </select>
    </label>
  );
}
