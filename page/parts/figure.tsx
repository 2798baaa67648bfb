import type { ComponentChildren, VNode } from 'preact';
import { type ToneName, tone } from '../palette';

/** One entry of the legend of a picture. */
export interface LegendEntry {
  readonly tone: ToneName;
  readonly text: string;
  /** @default 'block' */
  readonly mark?: 'block' | 'line' | 'dashed' | 'hollow' | 'hatched' | 'diamond' | 'arrow';
}

/** What a picture is shown with: its table, or the id of one that serves several pictures. */
export type FigureProps = PictureShown & (OwnTable | SharedTable);

interface PictureShown {
  /** What the picture shows; its caption. */
  readonly title: string;
  /** The picture: one `svg` with a `viewBox`, role img, and a name of its own. */
  readonly picture: VNode;
  /** Narrowest width at which its texts can be read, in pixels; on less it scrolls. @default 0 */
  readonly narrowest?: number;
  /** What colours and lines mean. @default they speak for themselves */
  readonly legend?: readonly LegendEntry[];
}

interface OwnTable {
  readonly tableAt?: undefined;
  /** The same as a table: `DataTable`. */
  readonly table: ComponentChildren;
  /** Heading of the fold that holds the table. @default 'The same as a table' */
  readonly tableTitle?: string;
  /** Whether the table lies open from the beginning. @default it is folded */
  readonly isOpen?: boolean;
}

interface SharedTable {
  /** Id of what holds the table. */
  readonly tableAt: string;
  /** What the link to it says. */
  readonly tableTitle: string;
}

/** A picture with its legend, and what it shows as a table, folded, or a link to that. */
export function Figure({ title, picture, narrowest = 0, legend = [], ...shown }: FigureProps) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <div class="picture" role="region" aria-label={title} tabIndex={0}>
        <div style={narrowest > 0 ? `--narrowest:${narrowest}px` : undefined}>{picture}</div>
      </div>
      {legend.length > 0 && <Legend entries={legend} />}
      {shown.tableAt === undefined ? (
        <details open={shown.isOpen}>
          <summary>{shown.tableTitle ?? 'The same as a table'}</summary>
          {shown.table}
        </details>
      ) : (
        <p>
          <a href={`#${shown.tableAt}`}>{shown.tableTitle}</a>
        </p>
      )}
    </figure>
  );
}

/** What colours and marks of pictures mean. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <ul class="legend">
      {entries.map(({ tone: name, text, mark = 'block' }) => (
        <li>
          <span class={`key ${mark}`} style={`--tone:${tone(name)}`} />
          {text}
        </li>
      ))}
    </ul>
  );
}
