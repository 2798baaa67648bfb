import { posix } from 'node:path';
import { type Diagnostic, EstateError } from '../diagnostics';
import {
  type EstateFiles,
  type EstatePart,
  estateFileNames,
  fileNameOf,
  NO_FILES,
  type Opened,
  pathFrom,
  pathProblem,
} from './files';
import { schemaFindings } from './issues';
import { ComposedPlaces, isPlainMap, memberOf, type Origin, type Piece } from './origin';
import { overlay } from './overlay';
import type { Path, Places } from './positions';
import { readPrices } from './price-file';
import { type Header, headerSchema } from './schema-file';
import { parseSource, type Source } from './source';
import { mapOf, unite } from './unite';
import { formatPath, quote } from './words';

/** An estate put together from its files: plain values, and where each of them was written. */
export interface Composed {
  /** The estate as if it stood in one file; undefined when the file is empty or not YAML. */
  readonly value: unknown;
  readonly positions: Places;
  readonly diagnostics: readonly Diagnostic[];
  /** False where a file could not be read, so that what is missing may stand there. */
  readonly isComplete: boolean;
  /** What the main file says of other files. */
  readonly header: Header;
  /** The files that were read beside the main one, in their order. */
  readonly parts: readonly EstatePart[];
  /** How many of the first acknowledgements come from the estate that this one is a variant of. */
  readonly inherited: number;
}

/** A file that other files can belong to. */
interface MainFile extends Source {
  readonly path: string;
  readonly header: Header;
}

const HEADER: readonly string[] = Object.keys(headerSchema.shape);

/** Puts an estate together from the text of its main file and the files that this one names. */
export function composeEstate(text: string, file: string, files: EstateFiles = NO_FILES): Composed {
  const source = parseSource(text, file);
  const isDivided = HEADER.some((key) => Object.hasOwn(Object(source.value), key)) || namesPrices(source.value);
  if (isPlainMap(source.value) && isDivided) {
    return new Composer(files).compose(source, fileNameOf(file));
  }
  const isComplete = source.value !== undefined || source.diagnostics.length === 0;
  return { ...source, isComplete, header: {}, parts: [], inherited: 0 };
}

/** Reads the files of one estate and gathers what is wrong with them. */
class Composer {
  private readonly diagnostics: Diagnostic[] = [];
  private readonly parts = new Map<string, EstatePart>();
  private isComplete = true;

  constructor(private readonly files: EstateFiles) {}

  compose(source: Source, path: string): Composed {
    const main = this.mainFile(source, path);
    const own = this.withIncluded(main);
    const base = main.header.extends === undefined ? undefined : this.base(main, main.header.extends);
    const { piece, inherited } = base === undefined ? { piece: own, inherited: 0 } : this.variant(base, own, main);
    const header = HEADER.map((key): [string, Origin] => [key, { places: source.positions, path: [key] }]);
    const members = new Map([...(piece.origin.members ?? []), ...header]);
    return {
      value: piece.value,
      positions: new ComposedPlaces({ ...piece.origin, members }),
      diagnostics: this.diagnostics,
      isComplete: this.isComplete,
      header: main.header,
      parts: [...this.parts.values()],
      inherited,
    };
  }

  private mainFile(source: Source, path: string): MainFile {
    this.diagnostics.push(...source.diagnostics);
    const given = HEADER.map((key) => [key, Object(source.value)[key]]);
    const parsed = headerSchema.safeParse(Object.fromEntries(given));
    if (parsed.success) return { ...source, path, header: parsed.data };
    const { value, positions } = source;
    const found = schemaFindings(parsed.error.issues, { schema: headerSchema, value, positions });
    this.diagnostics.push(...found.map(({ diagnostic }) => diagnostic));
    this.isComplete = false;
    return { ...source, path, header: {} };
  }

  /** What a file says, with what the files say that it includes. */
  private withIncluded(main: MainFile): Piece {
    const seen = new Set<string>();
    const included = (main.header.include ?? []).flatMap((named, index) =>
      this.included(main, named, ['include', index], seen),
    );
    return [this.pieceOf(main, main.path), ...included].reduce((one, other) =>
      unite(one, other, (path, first, second) => this.conflict(path, first, second)),
    );
  }

  /** What is said in a file, or in the files of a folder, that another one includes. */
  private included(main: MainFile, named: string, at: Path, seen: Set<string>): readonly Piece[] {
    const opened = this.open(main, named, at);
    if (opened === undefined) return [];
    const path = pathFrom(main.path, named);
    if (opened.kind === 'file') return this.part(main, path, at, seen, opened);
    const names = estateFileNames(opened.names);
    if (names.length === 0) {
      const hint = 'the .yaml, .yml and .json files in it count, not those of its folders';
      return this.fail(main, at, 'FolderEmpty', `${quote(named)} has no estate file in it`, hint);
    }
    return names.flatMap((name) => this.part(main, posix.join(path, name), at, seen));
  }

  /** What an included file says. */
  private part(main: MainFile, path: string, at: Path, seen: Set<string>, found?: Opened): readonly Piece[] {
    if (seen.has(path)) return this.fail(main, at, 'FileRepeated', `${quote(path)} is included twice`, 'name it once');
    seen.add(path);
    const opened = found ?? this.opened(main, path, at);
    if (opened?.kind !== 'file') return [];
    const source = this.read({ path, name: opened.name, text: opened.text });
    if (source.value === undefined) return [];
    if (!isPlainMap(source.value)) return this.notAMap(source);
    for (const key of HEADER.filter((name) => Object.hasOwn(Object(source.value), name))) {
      const message = `${quote(key)} stands only in the file that a command is given`;
      const hint = `name the files in ${main.positions.locate([]).file} instead`;
      this.fail(source, [key], 'FileNested', message, hint, 'key');
    }
    return [this.pieceOf(source, path)];
  }

  /** The estate that a file is a variant of. */
  private base(main: MainFile, named: string): Piece | undefined {
    const at = ['extends'];
    const opened = this.open(main, named, at);
    if (opened === undefined) return undefined;
    const path = pathFrom(main.path, named);
    if (opened.kind === 'folder') {
      this.fail(main, at, 'FileUnreadable', `${quote(named)} is a folder, not a file`, 'name an estate file');
      return undefined;
    }
    const source = this.read({ path, name: opened.name, text: opened.text });
    if (source.value === undefined && source.diagnostics.length > 0) return undefined;
    if (!isPlainMap(source.value)) {
      this.notAMap(source);
      return undefined;
    }
    const base = this.mainFile({ ...source, diagnostics: [] }, path);
    if (base.header.extends !== undefined) {
      const message = `${quote(base.header.extends)} is extended by a file that is extended itself`;
      this.fail(base, at, 'FileNested', message, 'let every variant extend the same estate');
    }
    return this.withIncluded(base);
  }

  private variant(base: Piece, own: Piece, main: MainFile): { readonly piece: Piece; readonly inherited: number } {
    const { piece, diagnostics, inherited } = overlay(base, own);
    this.diagnostics.push(...diagnostics);
    const name = sharedName(piece, base);
    if (name !== undefined) {
      const message = `the variant is called ${quote(name)}, as the estate that it extends is: each would take the other's stacks, states and names for its own`;
      const hint = `write a name of its own, such as name: ${name.slice(0, 12)}-dev; or take the name out of ${main.header.extends}, where nothing is made from that file itself`;
      const written = Object.hasOwn(Object(own.value), 'name');
      const at = written ? main.positions.locate(['name']) : main.positions.locate(['extends'], 'key');
      this.diagnostics.push({ code: 'VariantName', severity: 'error', path: 'name', value: name, message, hint, at });
    }
    return { piece, inherited };
  }

  /** What is at a path that a file names; undefined, and told, where nothing can be read. */
  private open(main: MainFile, named: string, at: Path): Opened | undefined {
    const problem = pathProblem(named);
    if (problem === undefined) return this.opened(main, pathFrom(main.path, named), at);
    this.fail(main, at, 'FilePath', `${quote(named)} ${problem.message}`, problem.hint);
    return undefined;
  }

  private opened(main: MainFile, path: string, at: Path): Opened | undefined {
    if (path === main.path) {
      this.fail(main, at, 'FileRepeated', `${quote(path)} is this file itself`, 'name other files only');
      return undefined;
    }
    try {
      const opened = this.files.open(path);
      const hint = 'a path is as seen from the file that names it';
      if (opened === undefined) this.fail(main, at, 'FileMissing', `${quote(path)} does not exist`, hint);
      return opened;
    } catch (error) {
      if (!(error instanceof EstateError)) throw error;
      for (const { code, message, hint } of error.diagnostics) this.fail(main, at, code, message, hint);
      return undefined;
    }
  }

  private read(part: EstatePart): Source {
    this.parts.set(part.path, part);
    const source = parseSource(part.text, part.name);
    this.diagnostics.push(...source.diagnostics);
    if (source.value === undefined && source.diagnostics.length > 0) this.isComplete = false;
    return source;
  }

  /** What a file says of the estate. */
  private pieceOf(source: Source, path: string): Piece {
    const { value, positions } = source;
    const origin = { places: positions, path: [] };
    if (!isPlainMap(value)) return { value: {}, origin };
    const entries = Object.entries(value).filter(([key]) => !HEADER.includes(key));
    const members = entries.map(([key, member]): [string, Piece] => {
      const piece = { value: member, origin: { places: positions, path: [key] } };
      return [key, key === 'prices' && namesPrices(value) ? this.prices(source, path, piece) : piece];
    });
    return mapOf(origin, new Map(members));
  }

  /** What a file says of prices, with what the file says that it names. */
  private prices(source: Source, path: string, written: Piece): Piece {
    const isName = typeof written.value === 'string';
    const named = isName ? written : memberOf(written, 'file');
    const own = isName ? { value: {}, origin: written.origin } : withoutMember(written, 'file');
    const at = isName ? ['prices'] : ['prices', 'file'];
    const opened = this.open({ ...source, path, header: {} }, String(named.value), at);
    if (opened === undefined) return own;
    if (opened.kind === 'folder') {
      this.fail(source, at, 'FileUnreadable', `${quote(named.value)} is a folder, not a file`, 'name a file');
      return own;
    }
    const part = { path: pathFrom(path, String(named.value)), name: opened.name, text: opened.text };
    this.parts.set(part.path, part);
    const read = readPrices(part, memberOf(own, 'currency').value !== undefined);
    this.diagnostics.push(...read.diagnostics);
    if (read.piece === undefined) {
      this.isComplete = false;
      return own;
    }
    return unite(own, read.piece, (inner, first, second) => this.conflict(inner, first, second), ['prices']);
  }

  private conflict(path: Path, first: Origin, second: Origin): void {
    const { file, line } = first.places.locate(first.path, 'key');
    this.diagnostics.push({
      code: 'DuplicateKey',
      severity: 'error',
      path: formatPath(path),
      message: `${quote(path.at(-1))} is already given in ${file}:${line}`,
      hint: 'keep one; an entry stands in one file, whole',
      at: second.places.locate(second.path, 'key'),
    });
  }

  private notAMap({ positions }: Source): readonly Piece[] {
    const message = 'the file holds no map; it says a part of an estate, under the same keys';
    this.isComplete = false;
    this.diagnostics.push({ code: 'NotAnEstate', severity: 'error', path: '', message, at: positions.locate([]) });
    return [];
  }

  /** Says what is wrong with a file that is named, so that nothing is asked about what may stand there. */
  private fail(
    { positions }: Source,
    path: Path,
    code: string,
    message: string,
    hint?: string,
    on?: 'key',
  ): readonly Piece[] {
    this.isComplete = false;
    const at = positions.locate(path, on);
    this.diagnostics.push({ code, severity: 'error', path: formatPath(path), message, ...(hint && { hint }), at });
    return [];
  }
}

/** Whether a file says that its prices are in another one. */
function namesPrices(value: unknown): boolean {
  const prices: unknown = Object(value).prices;
  return (typeof prices === 'string' && prices !== '') || typeof Object(prices).file === 'string';
}

/** A map without one of its members. */
function withoutMember(piece: Piece, key: string): Piece {
  const keys = Object.keys(Object(piece.value)).filter((name) => name !== key);
  return mapOf(piece.origin, new Map(keys.map((name) => [name, memberOf(piece, name)])));
}

/** A name that two estates share: what they are called now, or what names of things begin with. */
function sharedName(one: Piece, other: Piece): string | undefined {
  const [own, theirs] = [one, other].map(({ value }) => {
    const { name, renamedFrom = name }: { readonly name?: unknown; readonly renamedFrom?: unknown } = Object(value);
    return [renamedFrom, name];
  });
  return own?.find((name, index): name is string => typeof name === 'string' && name === theirs?.[index]);
}
