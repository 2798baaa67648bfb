import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, EstateError } from '../diagnostics';
import { deepFreeze } from '../units';
import type { AcceptedWarning } from './acknowledge';
import { aliasNote, checkRules, exitCodeOf, sortDiagnostics } from './check';
import { composeEstate } from './compose';
import { type ExchangeFile, exchangePathOf, parseExchangeFile } from './exchange';
import type { EstateFiles, EstatePart } from './files';
import { type SchemaFinding, schemaFindings } from './issues';
import type { Places } from './positions';
import { salvage } from './salvage';
import { type Estate, estateSchema } from './schema';
import { fileSchema, type Header } from './schema-file';

/** A valid estate, with the place of every value in its files. */
export interface LoadedEstate {
  readonly file: string;
  readonly estate: Estate;
  readonly positions: Places;
  /** What the file says of other files, and those files. */
  readonly header: Header;
  readonly parts: readonly EstatePart[];
  /** What is allowed but should be looked at, without what the estate acknowledges. */
  readonly warnings: readonly Diagnostic[];
  /** Warnings that the estate accepts, with their reasons. */
  readonly acknowledged: readonly AcceptedWarning[];
}

/** Estate files are written by people; a larger one is something else. */
const MAX_FILE_BYTES = 8 * 2 ** 20;

/** Reads, parses and validates an estate file; throws EstateError with every finding at once. */
export function loadEstate(file: string): LoadedEstate {
  return parseEstate(readEstateText(file), file, filesBeside(file));
}

/**
 * The same on text that is already in memory; `file` is the name used in diagnostics.
 *
 * @param files where the files come from that the text names; none by default
 * @param isPast whether it is one to compare with, which may break limits that its policy sets; false by default
 */
export function parseEstate(text: string, file: string, files?: EstateFiles, isPast = false): LoadedEstate {
  const composed = composeEstate(text, file, files);
  const { value, positions, header, parts, inherited, diagnostics: syntax } = composed;
  const order = [file, ...parts.map(({ name }) => name)];
  if (!composed.isComplete) throw new EstateError(sortDiagnostics(syntax, order));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new EstateError([notAnEstate(value, positions)]);
  }
  const parsed = estateSchema.safeParse(value);
  const found: Diagnostic[] = [...syntax];
  let acknowledged: LoadedEstate['acknowledged'] = [];
  if (parsed.success) {
    const checked = checkRules(parsed.data, positions, inherited, isPast);
    // What the file says where it could not be read is unknown, so nothing is asked about the rest.
    found.push(...checked.diagnostics.filter(({ severity }) => severity === 'error' || syntax.length === 0));
    acknowledged = checked.acknowledged;
  } else {
    const told = new Set(syntax.map(({ path }) => path));
    const findings = schemaFindings(parsed.error.issues, { schema: fileSchema, value, positions });
    // What is missing because its text could not be read has been told already.
    const untold = findings.filter(({ diagnostic }) => !told.has(diagnostic.path));
    found.push(...untold.map((finding) => withAliasNote(finding, positions)));
    const rest = salvage(
      value,
      findings.map(({ path }) => path),
    );
    if (rest !== undefined) found.push(...checkRules(rest.estate, positions).diagnostics.flatMap(rest.refine));
  }
  const diagnostics = sortDiagnostics(found, order);
  if (!parsed.success || diagnostics.some(({ severity }) => severity === 'error')) {
    throw new EstateError(diagnostics, exitCodeOf(diagnostics));
  }
  return { file, estate: deepFreeze(parsed.data), positions, header, parts, warnings: diagnostics, acknowledged };
}

/** The text of an estate file; throws EstateError where it cannot be read. */
export function readEstateText(file: string): string {
  return readText(file);
}

/** The lock file beside an estate file: `estate.yaml` -> `estate.lock.json`. */
export function lockPathOf(file: string): string {
  return `${file.replace(/\.(ya?ml|json)$/i, '')}.lock.json`;
}

/** The text of the lock file beside an estate file; undefined when it was never written. */
export function readLockText(file: string): string | undefined {
  const path = lockPathOf(file);
  return statSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readText(path);
}

/** The text of the exchange file beside an estate file; undefined where nothing was imported yet. */
export function readExchangeText(file: string): string | undefined {
  const path = exchangePathOf(file);
  return statSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readText(path);
}

/**
 * The exchange beside an estate file with the places of its values; undefined where nothing was imported yet.
 *
 * @throws EstateError with every mistake in it
 */
export function readExchange(file: string): ExchangeFile | undefined {
  const text = readExchangeText(file);
  return text === undefined ? undefined : parseExchangeFile(text, exchangePathOf(file));
}

/** The text of a file that a stock tool wrote; throws EstateError where it cannot be read. */
export function readOutputsText(file: string): string {
  return readText(file);
}

/** Stands for what is written to the command, in the place of a file. */
export const STANDARD_INPUT = '-';

/** The text of a manifest of jobs, of a file or of what is written to the command; throws EstateError where it cannot be read. */
export function readJobText(file: string): string {
  const hint = 'name the file of the job as the first argument, and the estate file as the second';
  return readText(file, { missing: hint, folder: 'name a file in it' }, file === STANDARD_INPUT ? 0 : file);
}

/** The files on the disk that an estate file can name. */
export function filesBeside(file: string): EstateFiles {
  const folder = dirname(file);
  return {
    open: (path) => {
      const name = join(folder, path);
      const names = readFolder(name);
      if (names !== undefined) return { kind: 'folder', names };
      const found = statSync(name, { throwIfNoEntry: false });
      // What is read from a device or a pipe may never end.
      if (found !== undefined && !found.isFile()) throw new EstateError([unreadable(name, { code: 'not a file' })]);
      return found && { kind: 'file', name, text: readText(name) };
    },
  };
}

/** The names in a folder; undefined where there is none. */
function readFolder(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new EstateError([unreadable(folder, error)]);
  }
}

/** What a file has, up to more than any may have: devices are refused, and what is piped may never end. */
function readBytes(source: string | number): Buffer {
  const handle = typeof source === 'number' ? source : openSync(source, 'r');
  try {
    const place = fstatSync(handle);
    if (place.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    if (typeof source === 'string' && !place.isFile() && !place.isFIFO())
      throw Object.assign(new Error('a device'), { code: 'not a file' });
    const bytes = Buffer.allocUnsafe(MAX_FILE_BYTES + 1);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(handle, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    if (handle !== source) closeSync(handle);
  }
}

function readText(file: string, hints = ESTATE_HINTS, source: string | number = file): string {
  let bytes: Buffer;
  try {
    bytes = readBytes(source);
  } catch (error) {
    throw new EstateError([unreadable(file, error, hints)]);
  }
  if (bytes.length > MAX_FILE_BYTES) {
    const message = `is larger than ${MAX_FILE_BYTES / 2 ** 20} MiB`;
    throw new EstateError([fileFinding('FileUnreadable', file, message)]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new EstateError([fileFinding('FileUnreadable', file, 'is not UTF-8 text', 'save it as UTF-8')]);
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

/** What to do about a file that is not there or a folder. */
const ESTATE_HINTS = {
  missing: 'name the file as an argument or with ESTATE=FILE; without that it is estate.yaml in this folder',
  folder: 'name the estate file in it',
};

function unreadable(file: string, error: unknown, { missing, folder } = ESTATE_HINTS): Diagnostic {
  const code = codeOf(error);
  if (isMissing(error)) return fileFinding('FileMissing', file, 'does not exist', missing);
  if (code === 'EISDIR') return fileFinding('FileUnreadable', file, 'is a folder, not a file', folder);
  if (code === 'EACCES' || code === 'EPERM') return fileFinding('FileUnreadable', file, 'may not be read by this user');
  return fileFinding('FileUnreadable', file, `cannot be read (${String(code ?? error)})`);
}

function fileFinding(code: string, file: string, message: string, hint?: string): Diagnostic {
  return { code, severity: 'error', path: '', value: file, message: `${file} ${message}`, ...(hint && { hint }) };
}

function notAnEstate(value: unknown, positions: Places): Diagnostic {
  const what = value === undefined ? 'is empty' : Array.isArray(value) ? 'holds a list' : 'holds a single value';
  return {
    code: 'NotAnEstate',
    severity: 'error',
    path: '',
    message: `the file ${what}; an estate is a map that begins with "estate: v1"`,
    hint: '"npx estate init FILE" writes one to start from',
    at: positions.locate([]),
  };
}

function withAliasNote({ path, diagnostic }: SchemaFinding, positions: Places): Diagnostic {
  const note = aliasNote(path, positions);
  if (note === undefined) return diagnostic;
  return { ...diagnostic, hint: diagnostic.hint === undefined ? note : `${diagnostic.hint}; ${note}` };
}
