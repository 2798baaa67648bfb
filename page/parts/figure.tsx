import type { ComponentChildren, VNode } from 'preact';
import { type ToneName, tone } from '../palette';

/** One entry of the legend of a picture. */
export interface LegendEntry {
  readonly tone: ToneName;
  readonly text: string;
  /** @default 'block' */
  readonly mark?: 'block' | 'line' | 'dashed' | 'hollow';
}

/** What a picture is shown with. */
export interface FigureProps {
  /** What the picture shows; its caption. */
  readonly title: string;
  /** The picture: one `svg` with a `viewBox`, role img, and a name of its own. */
  readonly picture: VNode;
  /** Narrowest width at which its texts can be read, in pixels; on less it scrolls. @default 0 */
  readonly narrowest?: number;
  /** What colours and lines mean. @default they speak for themselves */
  readonly legend?: readonly LegendEntry[];
  /** The same as a table: `DataTable`. */
  readonly table: ComponentChildren;
  /** Heading of the fold that holds the table. @default 'The same as a table' */
  readonly tableTitle?: string;
  /** Whether the table lies open from the beginning. @default it is folded */
  readonly isOpen?: boolean;
}

/** A picture with its legend, and what it shows as a table, folded. */
export function Figure({
  title,
  picture,
  narrowest = 0,
  legend = [],
  table,
  tableTitle = 'The same as a table',
  isOpen = false,
}: FigureProps) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <div class="picture" role="region" aria-label={title} tabIndex={0}>
        <div style={narrowest > 0 ? `--narrowest:${narrowest}px` : undefined}>{picture}</div>
      </div>
      {legend.length > 0 && <Legend entries={legend} />}
      <details open={isOpen}>
        <summary>{tableTitle}</summary>
        {table}
      </details>
    </figure>
  );
}

function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
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
