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

/** More jobs in one file are a mistake. */
const MOST_DOCUMENTS = 1000;

/**
 * Reads every document of a manifest; what is wrong with one does not keep the others from being read.
 *
 * @param namespace where jobs are that name none; `default` by default
 */
export function readManifest(text: string, file: string, namespace?: string): readonly ManifestObject[] {
  const body = text.replace(/^\uFEFF/, '');
  const documents = documentsOf(body);
  const at = () => parseSource('', file).positions.locate([]);
  if (documents.length === 0) {
    return [nothing('the file is empty; the manifest of a job begins with "apiVersion" and "kind"', file, at())];
  }
  if (documents.length > MOST_DOCUMENTS) {
    const count = counted(documents.length, 'document');
    return [nothing(`the file has ${count}; at most ${MOST_DOCUMENTS} are checked at once`, file, at())];
  }
  return documents.flatMap(({ line, text: own }, document): readonly ManifestObject[] => {
    // Empty lines above it keep places true.
    const { value, positions, diagnostics } = parseSource(`${'\n'.repeat(line)}${own}`, file);
    if (diagnostics.length > 0) return [{ document, positions, path: [], value, diagnostics }];
    const place = { document, positions, ...(namespace !== undefined && { namespace }) };
    return isList(value) ? itemsOf(value, place) : [objectOf(value, place, [])];
  });
}

/** A document of a file. */
export interface DocumentText {
  /** Lines above it. */
  readonly line: number;
  readonly text: string;
}

/** The texts of the documents of a file that hold anything. */
export function documentsOf(body: string): readonly DocumentText[] {
  const documents: { line: number; lines: string[] }[] = [{ line: 0, lines: [] }];
  body.split('\n').forEach((line, index) => {
    if (/^---(?=\s|$)/.test(line)) documents.push({ line: index, lines: [`   ${line.slice(3)}`] });
    else if (/^\.\.\.\s*$/.test(line)) documents.push({ line: index, lines: [''] });
    else documents.at(-1)?.lines.push(line);
  });
  return documents
    .filter(({ lines }) => lines.some((line) => !/^\s*(#.*|%.*)?$/.test(line)))
    .map(({ line, lines }) => ({ line, text: lines.join('\n') }));
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

/** What is in a List, each as if it were a document. */
function itemsOf(list: object, place: DocumentPlace): readonly ManifestObject[] {
  const items = 'items' in list && Array.isArray(list.items) ? list.items : [];
  if (items.length > 0) return items.map((value: unknown, index) => objectOf(value, place, ['items', index]));
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
