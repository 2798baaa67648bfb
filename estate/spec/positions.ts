import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, Scalar, type YAMLMap } from 'yaml';
import type { Position } from '../diagnostics';

/** A path in an estate: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** The alias through which a value was reached. */
export interface AliasUse {
  /** Name of the anchor, without `*`. */
  readonly name: string;
  readonly line: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Entry {
  readonly key: Range;
  readonly value: Node | null;
}

/** What a map holds: its own entries, and the maps that it merges in. */
interface Members {
  readonly own: ReadonlyMap<string, Entry>;
  readonly merged: readonly Node[];
}

/** What a path leads to: the key that names the value, the value, and the aliases in between. */
interface Spot {
  readonly key?: Range;
  readonly node: Node | null;
  readonly through: readonly Alias[];
  /** False when the path leads beyond what was written; then this is the nearest entry above it. */
  readonly exact: boolean;
}

/** True for the unquoted key `<<`, which merges other maps into its own. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN;
}

/** The maps that a merge key brings in, first one strongest. */
export function mergedNodes(value: unknown): readonly Node[] {
  return (isSeq(value) ? value.items : [value]).filter(isNode);
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Where each value of an estate was written, in one file or several. */
export interface Places {
  /**
   * The place of a value or of its key.
   *
   * A map or list, an empty value and a value that was not written are shown by the nearest key. What came through an
   * alias is shown where the anchor holds it, for that is where it is to be changed.
   */
  locate(path: Path, what?: 'value' | 'key'): Position;
  /** True where a file itself holds a value, and no default stands in for it. */
  holds(path: Path): boolean;
  /** The text of a scalar as written, without quotes; undefined when there is none at the path. */
  written(path: Path): string | undefined;
  /** The last alias on the way to a value that lies inside an anchor. */
  aliasOn(path: Path): AliasUse | undefined;
}

/** Where each value of an estate file was written. */
export class Positions implements Places {
  private starts: readonly number[] | undefined;
  private tree: { readonly root: Node | null } | undefined;
  private readonly members = new WeakMap<YAMLMap, Members>();

  constructor(
    readonly file: string,
    private readonly text: string,
    /** Reads the nodes of the text, when the first place is asked for. */
    private readonly load: () => Node | null = () => null,
    /** What each alias stands for. */
    private readonly targets: ReadonlyMap<Alias, Node> = new Map(),
  ) {}

  locate(path: Path, what: 'value' | 'key' = 'value'): Position {
    const { key, node, exact } = this.find(path);
    const value = node?.range && { start: node.range[0], end: node.range[1] };
    const visible = value && value.end > value.start && (isScalar(node) || isAlias(node));
    const wanted = exact && what === 'value' && visible ? value : (key ?? value);
    return wanted ? this.at(wanted.start, wanted.end) : this.at(0, 1);
  }

  holds(path: Path): boolean {
    return this.find(path).exact;
  }

  written(path: Path): string | undefined {
    const { node, exact } = this.find(path);
    const scalar = isAlias(node) ? this.targets.get(node) : node;
    return exact && isScalar(scalar) ? scalar.source : undefined;
  }

  aliasOn(path: Path): AliasUse | undefined {
    if (this.targets.size === 0) return undefined;
    const last = this.find(path).through.at(-1);
    if (last === undefined) return undefined;
    return { name: last.source, line: this.at(last.range?.[0] ?? 0, 0).line };
  }

  /** The place of a span of the text, cut at the end of its first line. */
  at(start: number, end: number): Position {
    const offset = Math.min(Math.max(start, 0), this.text.length);
    const line = this.lineOf(offset);
    const text = this.lineText(line);
    const column = Math.min(offset - (this.lineStarts[line] ?? 0), text.length);
    const length = Math.max(1, Math.min(end - offset, text.length - column));
    return { file: this.file, line: line + 1, column: column + 1, length, text };
  }

  private get root(): Node | null {
    this.tree ??= { root: this.load() };
    return this.tree.root;
  }

  private get lineStarts(): readonly number[] {
    this.starts ??= lineStartsOf(this.text);
    return this.starts;
  }

  private find(path: Path): Spot {
    const through: Alias[] = [];
    let key: Range | undefined;
    let node = this.root;
    for (const step of path) {
      if (isAlias(node)) {
        through.push(node);
        node = this.targets.get(node) ?? null;
      }
      if (isMap(node)) {
        const entry = this.entryOf(node, String(step), through);
        if (entry === undefined) return { key, node, through, exact: false };
        key = entry.key;
        node = entry.value;
      } else if (isSeq(node)) {
        const item = node.items[Number(step)];
        if (item === undefined) return { key, node, through, exact: false };
        node = isNode(item) ? item : null;
        key = node?.range ? { start: node.range[0], end: node.range[1] } : key;
      } else {
        return { key, node, through, exact: false };
      }
    }
    return { key, node, through, exact: true };
  }

  /** Maps that were seen are not looked through again: merged into each other they would multiply. */
  private entryOf(map: YAMLMap, name: string, through: Alias[], seen = new Set<YAMLMap>()): Entry | undefined {
    seen.add(map);
    const { own, merged } = this.membersOf(map);
    const entry = own.get(name);
    if (entry !== undefined) return entry;
    for (const source of merged) {
      const target = isAlias(source) ? this.targets.get(source) : source;
      if (!isMap(target) || seen.has(target)) continue;
      const mark = through.length;
      if (isAlias(source)) through.push(source);
      const found = this.entryOf(target, name, through, seen);
      if (found !== undefined) return found;
      through.length = mark;
    }
    return undefined;
  }

  private membersOf(map: YAMLMap): Members {
    const known = this.members.get(map);
    if (known !== undefined) return known;
    const own = new Map<string, Entry>();
    const merged: Node[] = [];
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) merged.push(...mergedNodes(value));
      else if (isScalar(key) && key.range && !own.has(String(key.value))) {
        const range = { start: key.range[0], end: key.range[1] };
        own.set(String(key.value), { key: range, value: isNode(value) ? value : null });
      }
    }
    const members = { own, merged };
    this.members.set(map, members);
    return members;
  }

  /** Index of the line that holds an offset. */
  private lineOf(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private lineText(line: number): string {
    const next = this.lineStarts[line + 1];
    const end = next === undefined ? this.text.length : next - 1;
    // A line can be megabytes long and have thousands of findings, so that it is cut without being read.
    return this.text.slice(this.lineStarts[line], this.text[end - 1] === '\r' ? end - 1 : end);
  }
}
