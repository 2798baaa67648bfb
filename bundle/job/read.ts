import type { Diagnostic, Position } from '../../estate/diagnostics';
import type { Path, Places } from '../../estate/spec/positions';
import { parseSource } from '../../estate/spec/source';
import { counted, formatPath } from '../../estate/spec/words';
import { Field, type Mistake } from './field';
import { readJob } from './kinds';
import type { JobManifest } from './types';

/** An object of a manifest: a document of it, or an item of a List. */
export interface ManifestObject {
  /** Which document of the file it stands in, from 0. */
  readonly document: number;
  readonly positions: Places;
  /** Where it stands in its document. */
  readonly path: Path;
  /** As it is written. */
  readonly value: unknown;
  /** @default none: it is no job, or something is wrong with it */
  readonly job?: JobManifest;
  /** What is wrong with it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** More objects in one file are a mistake. */
const MOST_OBJECTS = 1000;

/**
 * Reads every document of a manifest; what is wrong with one does not keep the others from being read.
 *
 * @param namespace where jobs are that name none; `default` by default
 */
export function readManifest(text: string, file: string, namespace?: string): readonly ManifestObject[] {
  const documents = documentsOf(text);
  const at = () => parseSource('', file).positions.locate([]);
  if (documents.length === 0) {
    return [nothing('the file is empty; the manifest of a job begins with "apiVersion" and "kind"', file, at())];
  }
  const tooMany = (found: string) => [
    nothing(`the file has ${found}; at most ${MOST_OBJECTS.toLocaleString('en-US')} are checked at once`, file, at()),
  ];
  if (documents.length > MOST_OBJECTS) return tooMany(counted(documents.length, 'document'));
  // Empty lines above a document keep places true.
  const sources = documents.map(({ line, text: own }) => parseSource(`${'\n'.repeat(line)}${own}`, file));
  const objects = sources.reduce((sum, { value }) => sum + (isList(value) ? listed(value).length : 1), 0);
  if (objects > MOST_OBJECTS) return tooMany(counted(objects, 'object'));
  return sources.flatMap(({ value, positions, diagnostics }, document): readonly ManifestObject[] => {
    if (diagnostics.length > 0) return [{ document, positions, path: [], value, diagnostics }];
    const place = { document, positions, ...(namespace !== undefined && { namespace }) };
    return isList(value) ? itemsOf(value, place) : [objectOf(value, place, [])];
  });
}

/** A document of a file. */
export interface DocumentText {
  /** Lines above it. */
  readonly line: number;
  /** Its lines, which end with `\n` whatever they end with in the file; columns are those of the file. */
  readonly text: string;
  /** Where each of its lines begins in the file. */
  readonly starts: readonly number[];
  /** What its lines end with in the file. */
  readonly lineEnd: '\n' | '\r\n';
}

/** What a file may begin with, and what is no part of its text. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The texts of the documents of a file that hold anything. */
export function documentsOf(file: string): readonly DocumentText[] {
  const documents: { line: number; lines: string[]; starts: number[] }[] = [{ line: 0, lines: [], starts: [] }];
  let start = file.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  file
    .slice(start)
    .split('\n')
    .forEach((written, index) => {
      const line = written.replace(/\r$/, '');
      const isMark = /^---(?=\s|$)/.test(line);
      const isEnd = /^\.\.\.\s*$/.test(line);
      if (isMark || isEnd) documents.push({ line: index, lines: [], starts: [] });
      documents.at(-1)?.lines.push(isMark ? `   ${line.slice(3)}` : isEnd ? '' : line);
      documents.at(-1)?.starts.push(start);
      start += written.length + 1;
    });
  return documents
    .map(({ line, lines, starts }, index) => {
      const text = `${lines.join('\n')}${index < documents.length - 1 ? '\n' : ''}`;
      const next = file.indexOf('\n', starts[0]);
      return { line, text, starts, lineEnd: next > 0 && file[next - 1] === '\r' ? '\r\n' : '\n' } as const;
    })
    .filter(({ text }) => text.split('\n').some((line) => !/^\s*(#.*|%.*)?$/.test(line)));
}

interface DocumentPlace {
  readonly document: number;
  readonly positions: Places;
  readonly namespace?: string;
}

function objectOf(value: unknown, { document, positions, namespace }: DocumentPlace, path: Path): ManifestObject {
  const mistakes: Mistake[] = [];
  const job = readJob(new Field(value, path, (mistake) => mistakes.push(mistake)), namespace);
  // A value that is read twice is told once.
  const once = new Map(mistakes.map((mistake) => [`${mistake.code} ${mistake.path.join('.')}`, mistake]));
  const diagnostics = [...once.values()].map((mistake) => diagnosticOf(mistake, positions));
  return {
    document,
    positions,
    path,
    value,
    diagnostics,
    ...(job !== undefined && diagnostics.length === 0 && { job }),
  };
}

function isList(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'List';
}

function listed(list: object): readonly unknown[] {
  return 'items' in list && Array.isArray(list.items) ? list.items : [];
}

/** What is in a List, each as if it were a document. */
function itemsOf(list: object, place: DocumentPlace): readonly ManifestObject[] {
  const items = listed(list);
  if (items.length > 0) return items.map((value, index) => objectOf(value, place, ['items', index]));
  const message = 'the List has no items, so that there is no job in it';
  const found = diagnosticOf({ code: 'NotAJob', path: ['kind'], message }, place.positions);
  return [{ document: place.document, positions: place.positions, path: [], value: list, diagnostics: [found] }];
}

function nothing(message: string, file: string, at: Position): ManifestObject {
  const { positions } = parseSource('', file);
  const found: Diagnostic = { code: 'NotAJob', severity: 'error', path: '', message, at };
  return { document: 0, positions, path: [], value: undefined, diagnostics: [found] };
}

function diagnosticOf({ code, path, value, message, hint }: Mistake, positions: Places): Diagnostic {
  const at = positions.locate(path);
  return { code, severity: 'error', path: formatPath(path), value, message, ...(hint !== undefined && { hint }), at };
}
