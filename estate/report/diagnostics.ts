import type { Diagnostic, Position } from '../diagnostics';
import type { AcceptedWarning } from '../spec/acknowledge';
import { counted } from '../spec/words';
import { compareKeys, formatCount, groupBy } from '../units';
import { excerpt, wrap } from './excerpt';

/** How diagnostics are printed. */
export interface FormatOptions {
  /** Colour for terminals. */
  readonly color: boolean;
  /** Columns that lines should fit. @default 120 */
  readonly width?: number;
  /** Findings that are shown; the rest is counted. @default 200 */
  readonly limit?: number;
}

/** A diagnostic without its source line, which is in the file. */
export type PlainDiagnostic = Omit<Diagnostic, 'at'> & { readonly at?: Omit<Position, 'text'> };

/** Diagnostics as the `--json` form of commands prints them. */
export interface DiagnosticsDocument {
  /** False when one of them is an error, or a warning where warnings fail. */
  readonly ok: boolean;
  readonly diagnostics: readonly PlainDiagnostic[];
  /** Warnings that the estate accepts, each with its reason. */
  readonly acknowledged: readonly (PlainDiagnostic & { readonly reason: string })[];
}

type Paint = (text: string, style: keyof typeof STYLES) => string;

/** Columns before a message or hint that stands on its own line. */
const INDENT = 8;
const STYLES = { error: '1;31', warning: '1;33', dim: '2', bold: '1' } as const;

/** Prints diagnostics by file with the source line and a caret under each, and counts them at the end. */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  { color, width = 120, limit = 200 }: FormatOptions,
): string {
  if (diagnostics.length === 0) return '';
  const paint: Paint = (text, style) => (color ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text);
  const files = groupBy(diagnostics, ({ at }) => at?.file ?? '');
  const found = [...files.values()].flat();
  const blocks = found.slice(0, limit).map((one) => formatOne(one, width, paint));
  if (found.length > limit) blocks.push(wrap(moreLine(found.slice(limit)), width).join('\n'));
  return [...blocks, countLine(diagnostics)].join('\n\n');
}

/** `… and 12 more, which --json lists: 10 StoreSize, 2 ZoneForm`. */
function moreLine(diagnostics: readonly Diagnostic[]): string {
  const codes = [...groupBy(diagnostics, ({ code }) => code)]
    .sort(([one, own], [other, others]) => others.length - own.length || compareKeys(one, other))
    .map(([code, own]) => `${formatCount(own.length)} ${code}`);
  return `… and ${formatCount(diagnostics.length)} more, which --json lists: ${codes.join(', ')}`;
}

/** `3 errors, 1 warning`. */
export function countLine(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']): string | undefined => {
    const found = diagnostics.filter((one) => one.severity === severity).length;
    return found === 0 ? undefined : `${formatCount(found)} ${severity}${found === 1 ? '' : 's'}`;
  };
  return [count('error'), count('warning')].filter((part) => part !== undefined).join(', ') || 'no findings';
}

/** The document that `estate validate --json` prints; with `strict` a warning is as bad as an error. */
export function diagnosticsJson(
  diagnostics: readonly Diagnostic[],
  acknowledged: readonly AcceptedWarning[] = [],
  strict = false,
): DiagnosticsDocument {
  return {
    ok: diagnostics.every(({ severity }) => severity !== 'error' && !strict),
    diagnostics: diagnostics.map(plain),
    acknowledged: acknowledged.map(({ warning, reason }) => ({ ...plain(warning), reason })),
  };
}

/** The warnings that an estate accepts, as lines of text; empty when there are none. */
export function formatAcknowledged(acknowledged: readonly AcceptedWarning[], width = 120): string {
  if (acknowledged.length === 0) return '';
  // One reason may cover a whole estate.
  const byReason = groupBy(acknowledged, ({ warning, reason }) => `${warning.code} ${reason}`);
  const rows = [...byReason.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { code, path } = first.warning;
    const more = others.length === 0 ? '' : `  and ${formatCount(others.length)} more`;
    return [`  ${code}  ${path}${more}`, ...wrap(first.reason, width - 6).map((line) => `      ${line}`)];
  });
  return [`${counted(acknowledged.length, 'warning')} acknowledged:`, ...rows].join('\n');
}

function plain({ at, ...found }: Diagnostic): PlainDiagnostic {
  if (at === undefined) return found;
  const { file, line, column, length } = at;
  return { ...found, at: { file, line, column, length } };
}

function formatOne({ code, severity, path, message, hint, at }: Diagnostic, width: number, paint: Paint): string {
  const where = at === undefined ? undefined : paint(`${at.file}:${at.line}:${at.column}`, 'bold');
  const label = paint(severity === 'warning' ? `warning ${code}` : code, severity);
  const place = at === undefined ? '' : `${at.file}:${at.line}:${at.column}`;
  const isWide = [place, severity === 'warning' ? `warning ${code}` : code, path].join('  ').length > width;
  const head = [where, label, path].filter((part) => part !== undefined && part !== '').join(isWide ? '\n  ' : '  ');
  const margin = at === undefined ? '' : ' '.repeat(Math.max(5, String(at.line).length));
  const body =
    at === undefined ? indented(message, '  ', '  ', width) : withSource(at, message, margin, severity, width, paint);
  const hints = hint === undefined ? [] : indented(hint, `${margin} ${paint('=', 'dim')} `, `${margin}   `, width);
  return [head, ...body, ...hints].join('\n');
}

function withSource(
  at: Position,
  message: string,
  margin: string,
  severity: Diagnostic['severity'],
  width: number,
  paint: Paint,
): readonly string[] {
  const bar = paint('|', 'dim');
  const room = Math.max(20, width - margin.length - 3);
  const shown = excerpt(at.text, at.column - 1, at.length, room);
  const carets = paint('^'.repeat(shown.length), severity);
  const numbered = String(at.line).padStart(margin.length);
  const source = `${numbered} ${bar} ${shown.text}`.trimEnd();
  const left = ' '.repeat(shown.start);
  const used = shown.start + shown.length + 1;
  const lines = wrap(message, room - used);
  if (room - used >= 30 && lines.length <= 3) {
    const [first = '', ...more] = lines;
    const rest = more.map((line) => `${margin} ${bar} ${' '.repeat(used)}${line}`);
    return [source, `${margin} ${bar} ${left}${carets} ${first}`, ...rest];
  }
  return [
    source,
    `${margin} ${bar} ${left}${carets}`,
    ...indented(message, `${margin} ${bar} `, `${margin} ${bar} `, width),
  ];
}

/** Text in lines that fit, the first and the others behind their prefixes. */
function indented(text: string, first: string, rest: string, width: number): readonly string[] {
  return wrap(text, Math.max(20, width - INDENT)).map((line, index) => `${index === 0 ? first : rest}${line}`);
}
