import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { PALETTE, toneDeclarations } from '../palette';
import { layoutOf } from './layout';
import { GraphPicture } from './picture';
import type { Graph } from './types';

/** A graph as an SVG file of its own, which shows in a README: light or dark, as the system of its reader is. */
export function svgText(graph: Graph): string {
  return standalone(<GraphPicture placed={layoutOf(graph)} id="graph" />);
}

/**
 * A picture as a file of its own: with its colours, its size and a ground.
 *
 * Colours stand in it as those of light ground, so that programs which know no properties of CSS show them too.
 *
 * @param picture an `svg` element with a `viewBox` that begins at nothing, whose colours are properties of CSS
 */
export function standalone(picture: VNode): string {
  const svg = xmlOf(render(picture));
  const end = svg.indexOf('>');
  const head = svg.slice(0, end);
  const [, width = '', height = ''] = / viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(head) ?? [];
  const size = `xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"`;
  const ground = `<rect width="${width}" height="${height}" fill="var(--ground)"></rect>`;
  const body = coloured(`${ground}${svg.slice(end + 1)}`);
  return `${head.replace('<svg', `<svg ${size}`)}><style>${styleOf(body)}</style>${body}`;
}

/** What HTML takes and XML does not: characters that it has not, of which no program would open the file, and an end of a section. */
function xmlOf(html: string): string {
  return html
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll(']]>', ']]&gt;');
}

/** Colours by the names that {@link coloured} leaves, and the fonts of pages. */
function styleOf(body: string): string {
  const used = (property: string) =>
    Object.keys(PALETTE)
      .filter((name) => body.includes(` data-${property}="${name}"`))
      .map((name) => `[data-${property}=${name}]{${property}:var(--${name})}`);
  return [
    `:root{color-scheme:light dark;${toneDeclarations('light')}}`,
    `@media (prefers-color-scheme:dark){:root{${toneDeclarations('dark')}}}`,
    'svg{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}',
    'text{fill:var(--ink)}text.soft{fill:var(--soft)}text.on-mark{fill:var(--on-mark)}',
    ...used('fill'),
    ...used('stroke'),
  ].join('');
}

/** Colours of attributes as they are on light ground, with their names beside them. */
function coloured(svg: string): string {
  return svg
    .replace(/style="fill:(var\(--[a-z-]+\))"/g, 'fill="$1"')
    .replace(/ (fill|stroke)="var\(--([a-z-]+)\)"/g, (whole, property: string, name: string) => {
      const found = Object.entries(PALETTE).find(([each]) => each === name);
      return found === undefined ? whole : ` ${property}="${found[1].light}" data-${property}="${name}"`;
    });
}
