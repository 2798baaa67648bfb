/** Text that was read without the YAML library. */
export interface PlainYaml {
  readonly value: unknown;
}

/** One line with content: where it starts behind its indentation, and where its text ends. */
interface Line {
  indent: number;
  start: number;
  readonly end: number;
}

/** Characters that mean in every place what they look like. */
const ORDINARY = /^[\n\x20-\x7e\u00a1-\u1fff\u2010-\u2027\u20a0-\ud7ff]*$/;
/** What ends a document wherever it stands, inside a list too; one on the first line begins it. */
const DOCUMENT_MARK = /\n(?:---|\.\.\.)/;
const KEY = /(?:([A-Za-z_][A-Za-z0-9_./-]{0,127})|"([^"\\\n]{0,127})"|'([^'\n]{0,127})'):/y;
const QUOTED = /"([^"\\\n]*)"|'([^'\n]*)'/y;
/** A plain scalar in a flow collection: words, with ":" only inside them. */
const FLOW_SCALAR = /(?:[A-Za-z0-9_./+~]|-(?=[^\s,[\]{}#:]))(?:[^\s,[\]{}#:]|:(?![\s,[\]{}]|$)| +(?=[^\s,[\]{}#:]))*/y;
const BLOCK_SCALAR = /^(?:[A-Za-z0-9_./+~(<]|-(?=[^\s]))/;
const NULLS: ReadonlySet<string> = new Set(['~', 'null', 'Null', 'NULL']);
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
/** What the core schema of YAML takes for a number. */
const NUMBER =
  /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const SIMPLE_NUMBER = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/;
const DEEPEST = 50;

/**
 * Reads YAML (or JSON) that uses nothing but maps, lists, comments and scalars on one line.
 *
 * Nearly every estate file is like that, and this is twenty times as fast as the YAML library. It is never unsure:
 * whatever it does not know for certain, mistakes included, is left to the library.
 *
 * @returns undefined for text that the library has to read
 */
export function parsePlainYaml(text: string): PlainYaml | undefined {
  return ORDINARY.test(text) && !DOCUMENT_MARK.test(text) ? new PlainReader(text).read() : undefined;
}

class PlainReader {
  private readonly lines: Line[] = [];
  /** Index of the next line. */
  private line = 0;
  /** Offset inside a flow collection. */
  private at = 0;
  private depth = 0;
  private failed = false;

  constructor(private readonly text: string) {
    let start = text.startsWith('---\n') ? 4 : 0;
    while (start < text.length) {
      const next = text.indexOf('\n', start);
      const stop = next === -1 ? text.length : next;
      let first = start;
      while (first < stop && text[first] === ' ') first++;
      if (first < stop && text[first] !== '#') {
        let end = stop;
        while (text[end - 1] === ' ') end--;
        this.lines.push({ indent: first - start, start: first, end });
      }
      start = stop + 1;
    }
  }

  read(): PlainYaml | undefined {
    const [first] = this.lines;
    if (first === undefined || first.indent > 0) return undefined;
    const value = this.isFlow(first.start) ? this.inline(first.start, -1) : this.block(0);
    return this.failed || this.line < this.lines.length ? undefined : { value };
  }

  /** Gives up: the cursor goes behind the text, so that every loop ends. */
  private fail(): undefined {
    this.failed = true;
    this.line = this.lines.length;
    this.at = this.text.length;
    return undefined;
  }

  /** A map or list whose lines have this indentation. */
  private block(indent: number): unknown {
    if (++this.depth > DEEPEST) return this.fail();
    const line = this.lines[this.line];
    const value = line !== undefined && this.isItem(line) ? this.list(indent) : this.map(indent);
    const next = this.lines[this.line];
    this.depth--;
    return next !== undefined && next.indent >= indent ? this.fail() : value;
  }

  private map(indent: number): unknown {
    const entries = new Map<string, unknown>();
    for (;;) {
      const line = this.lines[this.line];
      if (line === undefined || line.indent < indent) break;
      const key = line.indent > indent || this.isItem(line) ? undefined : this.key(line.start);
      if (key === undefined || entries.has(key.name) || !this.isGap(key.end, line.end)) return this.fail();
      entries.set(key.name, this.member(key.end, indent, true));
    }
    return Object.fromEntries(entries);
  }

  private list(indent: number): unknown {
    const items: unknown[] = [];
    for (;;) {
      const line = this.lines[this.line];
      if (line === undefined || line.indent !== indent || !this.isItem(line)) break;
      let start = line.start + 1;
      while (this.text[start] === ' ') start++;
      const key = this.key(start);
      if (key !== undefined && start < line.end && this.isGap(key.end, line.end)) {
        // A map that begins on the line of its item goes on at the column of its first key.
        line.indent += start - line.start;
        line.start = start;
        items.push(this.block(line.indent));
      } else {
        items.push(this.member(line.start + 1, indent, false));
      }
    }
    return items;
  }

  /** The value behind a key or an item's dash: on the same line, or a block on the lines below. */
  private member(after: number, indent: number, inMap: boolean): unknown {
    const end = this.lines[this.line]?.end ?? after;
    let start = after;
    while (start < end && this.text[start] === ' ') start++;
    if (start < end && this.text[start] !== '#') return this.inline(start, indent);
    this.line++;
    const next = this.lines[this.line];
    if (next === undefined || next.indent < indent) return undefined;
    if (next.indent > indent) return this.block(next.indent);
    return inMap && this.isItem(next) ? this.list(indent) : undefined;
  }

  /** A value that begins on the current line; indentation is that of the entry it belongs to. */
  private inline(start: number, indent: number): unknown {
    if (this.isFlow(start)) return this.flow(start, indent);
    const end = this.lines[this.line]?.end ?? start;
    const quoted = this.quoted(start);
    const next = this.lines[this.line + 1];
    if (next !== undefined && next.indent > indent) return this.fail();
    this.line++;
    if (quoted !== undefined) return this.isRest(quoted.end, end) ? quoted.text : this.fail();
    const whole = this.text.slice(start, end);
    const comment = whole.indexOf(' #');
    const scalar = (comment === -1 ? whole : whole.slice(0, comment)).trimEnd();
    if (!BLOCK_SCALAR.test(scalar) || scalar.includes(': ') || scalar.endsWith(':')) return this.fail();
    return this.scalar(scalar);
  }

  /** A flow collection, which may go on over further lines that are indented more than its entry. */
  private flow(start: number, indent: number): unknown {
    this.at = start;
    const value = this.flowValue();
    const last = this.text.indexOf('\n', this.at);
    if (this.failed || !this.isRest(this.at, last === -1 ? this.text.length : last)) return this.fail();
    this.line++;
    for (; (this.lines[this.line]?.start ?? this.at) < this.at; this.line++) {
      if ((this.lines[this.line]?.indent ?? 0) <= indent) return this.fail();
    }
    return value;
  }

  private flowValue(): unknown {
    if (++this.depth > DEEPEST) return this.fail();
    const first = this.text[this.at];
    let value: unknown;
    if (first === '{') value = this.flowMap();
    else if (first === '[') value = this.flowList();
    else value = this.flowScalar();
    this.depth--;
    return value;
  }

  private flowMap(): unknown {
    const entries = new Map<string, unknown>();
    for (this.enter(); !this.failed && this.text[this.at] !== '}'; this.separate('}')) {
      const isQuoted = this.text[this.at] === '"';
      const key = this.key(this.at);
      if (key === undefined || entries.has(key.name)) return this.fail();
      this.at = key.end;
      if (!isQuoted && !/[ \n]/.test(this.text[this.at] ?? '')) return this.fail();
      this.skip();
      const isEmpty = this.text[this.at] === ',' || this.text[this.at] === '}';
      entries.set(key.name, isEmpty ? undefined : this.flowValue());
    }
    this.at++;
    return Object.fromEntries(entries);
  }

  private flowList(): unknown {
    const items: unknown[] = [];
    for (this.enter(); !this.failed && this.text[this.at] !== ']'; this.separate(']')) items.push(this.flowValue());
    this.at++;
    return items;
  }

  private flowScalar(): unknown {
    const quoted = this.quoted(this.at);
    if (quoted !== undefined) {
      this.at = quoted.end;
      return quoted.text;
    }
    FLOW_SCALAR.lastIndex = this.at;
    const [scalar] = FLOW_SCALAR.exec(this.text) ?? [];
    if (scalar === undefined) return this.fail();
    this.at += scalar.length;
    return this.scalar(scalar);
  }

  private enter(): void {
    this.at++;
    this.skip();
    if (this.at >= this.text.length) this.fail();
  }

  /** Goes over the comma between two entries; the last entry needs none. */
  private separate(close: string): void {
    this.skip();
    if (this.text[this.at] === close) return;
    if (this.text[this.at] === ',') this.enter();
    else this.fail();
  }

  /** Goes over white space and comments. */
  private skip(): void {
    const { text } = this;
    for (;;) {
      while (text[this.at] === ' ' || text[this.at] === '\n') this.at++;
      if (text[this.at] !== '#' || !/[ \n]/.test(text[this.at - 1] ?? '')) return;
      const end = text.indexOf('\n', this.at);
      this.at = end === -1 ? text.length : end;
    }
  }

  private scalar(text: string): unknown {
    if (NULLS.has(text)) return undefined;
    const boolean = BOOLEANS.get(text);
    if (boolean !== undefined) return boolean;
    if (!NUMBER.test(text)) return text;
    return SIMPLE_NUMBER.test(text) ? Number(text) : this.fail();
  }

  private key(at: number): { readonly name: string; readonly end: number } | undefined {
    KEY.lastIndex = at;
    const [whole, plain, double, single] = KEY.exec(this.text) ?? [];
    if (whole === undefined) return undefined;
    const name = plain ?? double ?? single ?? '';
    const isText = plain === undefined || !(NULLS.has(plain) || BOOLEANS.has(plain) || NUMBER.test(plain));
    return isText && name !== '__proto__' ? { name, end: at + whole.length } : undefined;
  }

  private quoted(at: number): { readonly text: string; readonly end: number } | undefined {
    QUOTED.lastIndex = at;
    const [whole, double, single] = QUOTED.exec(this.text) ?? [];
    return whole === undefined ? undefined : { text: double ?? single ?? '', end: at + whole.length };
  }

  private isFlow(at: number): boolean {
    return this.text[at] === '{' || this.text[at] === '[';
  }

  private isItem({ start, end }: Line): boolean {
    return this.text[start] === '-' && this.isGap(start + 1, end);
  }

  /** True at the end of a line's text, and where a space follows. */
  private isGap(at: number, end: number): boolean {
    return at >= end || this.text[at] === ' ';
  }

  /** True when nothing but a comment is left of a line. */
  private isRest(at: number, end: number): boolean {
    const rest = this.text.slice(at, end);
    return rest.trim() === '' || /^ +#/.test(rest);
  }
}
