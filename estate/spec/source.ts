import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  Parser,
} from 'yaml';
import type { Diagnostic, Position } from '../diagnostics';
import { parsePlainYaml } from './plain-yaml';
import { isMergeKey, mergedNodes, type Path, Positions } from './positions';
import { formatPath, quote } from './words';

/** The text of an estate file, read: plain values, and where each of them was written. */
export interface Source {
  /** The value of the document; undefined when the text is empty or not YAML. */
  readonly value: unknown;
  readonly positions: Positions;
  readonly diagnostics: readonly Diagnostic[];
}

/** Deeper nesting than any estate has; the YAML composer is recursive, so it must not meet more. */
const MAX_DEPTH = 100;
/** Values that aliases may add to those that were written. */
const MAX_ALIASED_VALUES = 200_000;
/** One slip breaks much of what follows; more of it would hide the place to look at. */
const MAX_SYNTAX_ERRORS = 5;

/** How the composer says that a flow collection is open. */
const OPEN_COLLECTION = /^Flow (map|sequence) /;

const COMPOSE = {
  schema: 'core',
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Reads YAML (or JSON, which is YAML) and keeps the place of every value. */
export function parseSource(text: string, file: string): Source {
  const body = text.replace(/^\uFEFF/, '');
  const plain = parsePlainYaml(body);
  if (plain === undefined) return parseAnySource(body, file);
  return { ...plain, positions: new Positions(file, body, () => treeOf(body)), diagnostics: [] };
}

/** Reads any text, also such as is no YAML at all. */
export function parseAnySource(body: string, file: string): Source {
  const positions = new Positions(file, body);
  const mark = /^(?:<{7}|>{7})(?= |\r?$)/m.exec(body);
  if (mark !== null) {
    const line = body.slice(0, mark.index).split('\n').length;
    const at = positions.at(mark.index, mark.index + mark[0].length);
    const message = `the file holds the marks of a merge conflict, the first in line ${line}`;
    const hint = 'choose between the two sides, and remove the lines that start with <<<<<<<, ======= and >>>>>>>';
    return { value: undefined, positions, diagnostics: [syntaxError(message, at, hint)] };
  }
  const { tokens, tooDeep } = tokensOf(body);
  if (tooDeep !== undefined) {
    const message = `is nested more than ${MAX_DEPTH} levels deep`;
    return { value: undefined, positions, diagnostics: [syntaxError(message, positions.at(tooDeep, tooDeep + 1))] };
  }
  const [document, second] = firstTwo(new Composer(COMPOSE).compose(tokens, true, body.length));
  if (document === undefined) return { value: undefined, positions, diagnostics: [] };
  const diagnostics = [...document.errors, ...document.warnings]
    .slice(0, MAX_SYNTAX_ERRORS)
    .map(({ code, message, pos }) => {
      const start = openingOf(code, message, pos[0], tokens);
      return syntaxError(houseStyle(code, message), positions.at(start ?? pos[0], pos[1]));
    });
  if (second !== undefined) {
    const start = second.range[0];
    const message = 'a second document starts here; an estate file holds one';
    diagnostics.push(syntaxError(message, positions.at(start, start + 3), 'remove the "---" line'));
  }
  if (diagnostics.length > 0) return { value: undefined, positions, diagnostics };
  return new Reader(file, body, document).read();
}

/** The tokens of a text, read until it nests too deep: what comes back from there would be read by recursion. */
function tokensOf(text: string): { readonly tokens: readonly CST.Token[]; readonly tooDeep?: number } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    const { offset } = parser;
    for (const token of parser.next(lexeme)) tokens.push(token);
    // The document itself is the first of the stack.
    if (parser.stack.length > MAX_DEPTH + 1) return { tokens, tooDeep: offset };
  }
  tokens.push(...parser.end());
  return { tokens, tooDeep: deepestOffset(tokens) };
}

/** The nodes of a text that has been read already; needed only once something in it has to be placed. */
function treeOf(text: string): Node | null {
  const [document] = firstTwo(new Composer(COMPOSE).compose(new Parser().parse(text), true, text.length));
  return document?.contents ?? null;
}

/** Turns the nodes of a document into plain values, in one pass whatever the aliases do. */
class Reader {
  private readonly anchors = new Map<string, { readonly node: Node; readonly value: () => unknown; size: number }>();
  private readonly open = new Set<Node>();
  private readonly targets = new Map<Alias, Node>();
  private readonly positions: Positions;
  private readonly diagnostics: Diagnostic[] = [];
  private aliased = 0;
  private size = 0;

  constructor(
    file: string,
    text: string,
    private readonly document: Document.Parsed,
  ) {
    this.positions = new Positions(file, text, () => document.contents, this.targets);
  }

  read(): Source {
    const value = this.convert(this.document.contents, []);
    return { value, positions: this.positions, diagnostics: this.diagnostics };
  }

  private convert(node: unknown, path: Path): unknown {
    this.size++;
    if (isAlias(node)) return this.follow(node, path);
    if (!isNode(node)) return undefined;
    const before = this.size;
    let value: unknown;
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) {
      this.open.add(node);
      this.anchors.set(anchor, { node, value: () => value, size: 0 });
    }
    if (isMap(node)) value = this.convertMap(node.items, path);
    else if (isSeq(node)) value = node.items.map((item, index) => this.convert(item, [...path, index]));
    else if (isScalar(node)) value = node.value === null ? undefined : node.value;
    if (anchor !== undefined) {
      this.open.delete(node);
      const known = this.anchors.get(anchor);
      if (known?.node === node) known.size = this.size - before + 1;
    }
    return value;
  }

  private convertMap(items: readonly { readonly key: unknown; readonly value: unknown }[], path: Path): unknown {
    const own = new Map<string, unknown>();
    const merged = new Map<string, unknown>();
    for (const { key, value } of items) {
      if (isMergeKey(key)) {
        for (const [name, inherited] of this.mergedEntries(value, path)) {
          if (!merged.has(name)) merged.set(name, inherited);
        }
        continue;
      }
      const name = this.keyName(key, path);
      if (name === undefined) continue;
      if (own.has(name)) this.reportDuplicate(key, name, path);
      else own.set(name, this.convert(value, [...path, name]));
    }
    // Own keys first, then what is merged in: an entry that is written beats one that is inherited.
    const entries = [...own, ...[...merged].filter(([name]) => !own.has(name))];
    return Object.fromEntries(entries);
  }

  private mergedEntries(value: unknown, path: Path): [string, unknown][] {
    return mergedNodes(value).flatMap((source) => {
      const map = this.convert(source, path);
      if (typeof map === 'object' && map !== null && !Array.isArray(map)) return Object.entries(map);
      if (map !== undefined) this.report('YamlSyntax', path, 'what "<<" merges in must be a map', source);
      return [];
    });
  }

  private keyName(key: unknown, path: Path): string | undefined {
    if (!isScalar(key)) {
      this.report('InvalidKey', path, 'a key must be plain text', key);
      return undefined;
    }
    const name = key.value === null ? '' : String(key.value);
    if (name !== '__proto__') return name;
    this.report('InvalidKey', [...path, name], `${quote(name)} cannot be used as a key`, key);
    return undefined;
  }

  private reportDuplicate(key: unknown, name: string, path: Path): void {
    const first = this.positions.locate([...path, name], 'key').line;
    this.report('DuplicateKey', [...path, name], `${quote(name)} is already given on line ${first}`, key, 'keep one');
  }

  private follow(alias: Alias, path: Path): unknown {
    const anchor = this.anchors.get(alias.source);
    if (anchor === undefined) {
      this.report('YamlSyntax', path, `there is no anchor "&${alias.source}" above`, alias);
      return undefined;
    }
    if (this.open.has(anchor.node)) {
      this.report('YamlSyntax', path, `"*${alias.source}" stands for something that it is part of`, alias);
      return undefined;
    }
    this.size += anchor.size;
    this.aliased += anchor.size;
    if (this.aliased > MAX_ALIASED_VALUES) {
      if (this.aliased - anchor.size <= MAX_ALIASED_VALUES) {
        const message = `aliases repeat more than ${MAX_ALIASED_VALUES} values`;
        this.report('YamlSyntax', path, message, alias, 'write fewer values, or split the estate');
      }
      return undefined;
    }
    this.targets.set(alias, anchor.node);
    return anchor.value();
  }

  private report(code: string, path: Path, message: string, node: unknown, hint?: string): void {
    const range = isNode(node) ? node.range : undefined;
    const at = range ? this.positions.at(range[0], range[1]) : this.positions.locate(path, 'key');
    this.diagnostics.push({ code, severity: 'error', path: formatPath(path), message, ...(hint && { hint }), at });
  }
}

/** Where the text nests too deep. */
function deepestOffset(tokens: readonly unknown[]): number | undefined {
  return findToken(tokens, (_, depth) => depth > MAX_DEPTH);
}

/** Where something begins that an error finds open at its end: there it is to be closed. */
function openingOf(code: string, message: string, end: number, tokens: readonly unknown[]): number | undefined {
  const open = OPEN_COLLECTION.exec(message)?.[1];
  if (open !== undefined) return open === 'map' ? openCollection(tokens, '{', '}') : openCollection(tokens, '[', ']');
  return code === 'MISSING_CHAR' ? openQuote(tokens, end) : undefined;
}

/** Where the last map or list begins that is not closed with its own bracket. */
function openCollection(tokens: readonly unknown[], opening: string, closing: string): number | undefined {
  let last: number | undefined;
  findToken(tokens, ({ type, start, end }) => {
    if (type !== 'flow-collection' || fieldOf(start, 'source') !== opening) return false;
    const offset = fieldOf(start, 'offset');
    const isClosed = Array.isArray(end) && end.some((token) => fieldOf(token, 'source') === closing);
    if (!isClosed && typeof offset === 'number') last = Math.max(offset, last ?? 0);
    return false;
  });
  return last;
}

function fieldOf(token: unknown, field: 'source' | 'offset'): unknown {
  return typeof token === 'object' && token !== null ? Reflect.get(token, field) : undefined;
}

/** Where the quoted text begins that is still open at an offset. */
function openQuote(tokens: readonly unknown[], end: number): number | undefined {
  return findToken(tokens, (token) => {
    const { type, offset, source } = token;
    const quoted = type === 'double-quoted-scalar' || type === 'single-quoted-scalar';
    return quoted && typeof offset === 'number' && offset < end && offset + String(source).length >= end;
  });
}

type TokenFields = { readonly [field in 'type' | 'offset' | 'source' | 'items' | 'value' | 'start' | 'end']?: unknown };

/** The offset of a token; walks them with its own stack, for they can nest deeper than calls. */
function findToken(
  tokens: readonly unknown[],
  wanted: (token: TokenFields, depth: number) => boolean,
): number | undefined {
  const stack = tokens.map((token) => ({ token, depth: 0 }));
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { depth } = top;
    if (typeof top.token !== 'object' || top.token === null) continue;
    const token: TokenFields = top.token;
    if (wanted(token, depth)) return typeof token.offset === 'number' ? token.offset : 0;
    if (Array.isArray(token.items)) {
      for (const { key, value } of token.items) {
        stack.push({ token: key, depth: depth + 1 }, { token: value, depth: depth + 1 });
      }
    }
    stack.push({ token: token.value, depth: depth + 1 });
  }
  return undefined;
}

function firstTwo<T>(items: Iterable<T>): readonly T[] {
  const found: T[] = [];
  for (const item of items) {
    found.push(item);
    if (found.length === 2) break;
  }
  return found;
}

function syntaxError(message: string, at: Position, hint?: string): Diagnostic {
  return { code: 'YamlSyntax', severity: 'error', path: '', message, ...(hint && { hint }), at };
}

/** The composer's messages, as a lower-case sentence; the common slips say what to do. */
function houseStyle(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'tabs cannot indent YAML; use spaces';
  if (code === 'TAG_RESOLVE_FAILED') return 'tags ("!") have no meaning in an estate file';
  const open = OPEN_COLLECTION.exec(message)?.[1];
  if (open !== undefined)
    return open === 'map'
      ? 'a map that was opened with "{" is not closed'
      : 'a list that was opened with "[" is not closed';
  if (code === 'MISSING_CHAR' && message.includes('quote'))
    return 'this text is not closed with the quote that opens it';
  return message.replace(/^./, (first) => first.toLowerCase()).replace(/\.$/, '');
}
