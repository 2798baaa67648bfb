import type { Diagnostic, Position } from '../diagnostics';
import type { EstatePart } from './files';
import { isPlainMap, type Piece } from './origin';
import { type AliasUse, type Path, type Places, Positions } from './positions';
import { parseSource } from './source';

/** What a file of prices says, as if it stood below `prices:`. */
export interface PricesRead {
  /** Undefined where the file could not be read. */
  readonly piece?: Piece;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a file of prices: CSV by its name, else YAML or JSON.
 *
 * @param hasCurrency whether the estate says which currency spend is told in; else it is that of all lines of CSV
 */
export function readPrices(part: EstatePart, hasCurrency: boolean): PricesRead {
  if (/\.csv$/i.test(part.path)) return readCsv(part, hasCurrency);
  const { value, positions, diagnostics } = parseSource(part.text, part.name);
  if (diagnostics.length > 0) return { diagnostics };
  if (isPlainMap(value)) return { piece: { value, origin: { places: positions, path: [] } }, diagnostics };
  const message = 'the file holds no map; it says what may stand below "prices:"';
  return { diagnostics: [mistake(message, positions.locate([]))] };
}

/** A cell of a CSV file with where it stands. */
interface Cell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** One price a line, under the names of the keys of `rows`. */
function readCsv({ name, text }: EstatePart, hasCurrency: boolean): PricesRead {
  const body = text.replace(/^\uFEFF/, '');
  const positions = new Positions(name, body);
  const at = ({ start, end }: Cell) => positions.at(start, Math.max(end, start + 1));
  const [head, ...lines] = cellsOf(body).filter((cells) => cells.some((cell) => cell.text !== ''));
  if (head === undefined) return { diagnostics: [mistake('the file is empty', positions.at(0, 1))] };
  const keys = head.map((cell) => cell.text);
  const long = lines.find((cells) => cells.length > keys.length);
  const extra = long?.[keys.length];
  if (extra !== undefined) {
    const message = `the line has more cells than the ${keys.length} of the first line`;
    return { diagnostics: [{ ...mistake(message, at(extra)), hint: 'put a cell with a comma in double quotes' }] };
  }
  const rows = lines.map((cells) =>
    Object.fromEntries(keys.flatMap((key, index) => (cells[index]?.text ? [[key, cells[index].text]] : []))),
  );
  const currencies = [...new Set(rows.flatMap(({ price = '' }) => /[A-Z]{3}$/.exec(price)?.[0] ?? []))];
  const places = new CsvPlaces(positions, keys, lines, at);
  const value = { ...(!hasCurrency && currencies.length === 1 && { currency: currencies[0] }), rows };
  return { piece: { value, origin: { places, path: [] } }, diagnostics: [] };
}

function mistake(message: string, at: Position): Diagnostic {
  return { code: 'PricesUnreadable', severity: 'error', path: 'prices', message, at };
}

/** The cells of each line of a CSV text (RFC 4180), in quotes or not. */
function cellsOf(text: string): readonly (readonly Cell[])[] {
  const lines: Cell[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\r|$)/gy;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) break;
    const [all, quoted, plain = '', mark = ''] = match;
    const cell = quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"');
    lines.at(-1)?.push({ text: cell, start, end: start + all.length - mark.length });
    if (mark !== ',' && pattern.lastIndex < text.length) lines.push([]);
  }
  return lines;
}

/** Where each value of a CSV file was written: row and key lead to a cell. */
class CsvPlaces implements Places {
  constructor(
    private readonly positions: Positions,
    private readonly keys: readonly string[],
    private readonly lines: readonly (readonly Cell[])[],
    private readonly at: (cell: Cell) => Position,
  ) {}

  locate(path: Path): Position {
    const cell = this.cell(path) ?? this.lines[Number(path[1] ?? -1)]?.[0];
    return cell === undefined ? this.positions.at(0, 1) : this.at(cell);
  }

  holds(path: Path): boolean {
    return path.length < 3 || this.cell(path) !== undefined;
  }

  written(path: Path): string | undefined {
    return this.cell(path)?.text;
  }

  aliasOn(): AliasUse | undefined {
    return undefined;
  }

  private cell(path: Path): Cell | undefined {
    return this.lines[Number(path[1] ?? -1)]?.[this.keys.indexOf(String(path[2]))];
  }
}
