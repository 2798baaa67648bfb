import { EstateError } from '../estate/diagnostics';
import { didYouMean } from '../estate/spec/suggest';
import { counted, quote } from '../estate/spec/words';
import { MERMAID_LIMITS } from '../page/graph/mermaid';
import { graphOf, graphText } from '../page/graph/views';
import { resolveEstate, ToolError } from './app';
import { GRAPH_FORMATS, GRAPH_VIEWS } from './choices';
import { requireWritable, writeOut } from './write';

/** Flags of `estate graph`. */
export interface GraphFlags {
  /** What is drawn. @default 'network' */
  readonly view?: string;
  /** What it is written as. @default 'svg' */
  readonly format?: string;
  /** File that it is written to. @default it is printed */
  readonly out?: string;
}

type Format = (typeof GRAPH_FORMATS)[number];

/** Ends of names of files by what is in them: nobody writes a picture over an estate file. */
const ENDS: Readonly<Record<Format, readonly string[]>> = {
  svg: ['.svg'],
  mermaid: ['.mmd', '.mermaid'],
  dot: ['.dot', '.gv'],
};

/** Draws an estate as a graph; gives what is printed. */
export function graphReport(file: string, flags: GraphFlags): string {
  const view = chosen('view', flags.view, GRAPH_VIEWS);
  const format = chosen('format', flags.format, GRAPH_FORMATS);
  const { out } = flags;
  if (out !== undefined) requireName(out, format);
  const { plan } = resolveEstate(file);
  const text = graphText(view, format, plan);
  if (format === 'mermaid') requireSmall(text, graphOf(view, plan).edges.length);
  if (out === undefined) return text;
  writeOut(out, `${text}\n`);
  return `wrote ${out}: ${view} of estate ${plan.name}`;
}

function chosen<Name extends string>(flag: string, name: string | undefined, names: readonly [Name, ...Name[]]): Name {
  if (name === undefined) return names[0];
  const found = names.find((one) => one === name);
  if (found !== undefined) return found;
  throw new ToolError(
    `there is no ${flag} ${quote(name)} of graphs${didYouMean(name, names)}`,
    `--${flag} ${names.join(', ')}`,
  );
}

/** Refuses a file whose name says that something else is in it, or that cannot be written, before any work is done. */
function requireName(out: string, format: Format): void {
  const ends = ENDS[format];
  const told = GRAPH_FORMATS.find((each) => ENDS[each].some((end) => out.toLowerCase().endsWith(end)));
  if (told !== format) {
    const message = `${out} would hold ${format} and does not end in ${ends.join(' or ')}`;
    const named = `--out graph${ends[0]}`;
    const hint = told === undefined ? `name it so: ${named}` : `write --format ${told}, or ${named}`;
    throw new EstateError([{ code: 'OutName', severity: 'error', path: '--out', value: out, message, hint }]);
  }
  requireWritable(out);
}

/** Refuses what no site draws that shows Mermaid as it comes. */
function requireSmall(text: string, edges: number): void {
  const { edges: mostEdges, characters } = MERMAID_LIMITS;
  if (edges <= mostEdges && text.length <= characters) return;
  const [size, most] = [
    `${counted(edges, 'edge')} in ${counted(text.length, 'character')}`,
    `${counted(mostEdges, 'edge')} and ${counted(characters, 'character')}`,
  ];
  throw new ToolError(`the graph has ${size}, and Mermaid draws at most ${most}`, 'write it as --format svg or dot');
}
