import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Candidate, Candidates } from './candidates';
import { cloudOf } from './cloud';
import { Evaluator, isWritten, UNKNOWN, type Value, type Written } from './evaluate';
import type { FactRow } from './fact-row';
import { jsonRows } from './json-rows';
import { type Module, Modules, pathsBelow } from './modules';
import { childrenOf, type Node, nameOf, type ObjectExpression } from './nodes';

/** Something that looks like a row and cannot be listed. */
export interface Unlisted {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** The rows of a checkout, and what hides from the list. */
export interface Facts {
  readonly rows: readonly FactRow[];
  readonly unlisted: readonly Unlisted[];
}

/** Files with a `source` or `checked` that says no fact, and what it is there. */
export const NO_FACTS: Readonly<Record<string, string>> = {
  'cli/json/runbook.ts': 'the schema of a document',
  'estate/report/assumptions/own.ts': 'what an estate says itself',
  'estate/spec/schema-catalog.ts': 'keys and examples of the estate file',
  'estate/spec/schema-machines.ts': 'keys and examples of the estate file',
  'estate/spec/schema-money.ts': 'keys and examples of the estate file',
  'estate/spec/schema-policy.ts': 'keys and examples of the estate file',
  'estate/terraform-providers.ts': 'addresses of providers in their registry',
  'lab/agreement/bases.ts': 'where a made-up configuration comes from',
  'lab/echo/oracle-fill.ts': 'a rule of a security list',
  'tools/fact-tables.ts': 'cells of a table',
  'tools/replication-tables.ts': 'which end of a copy something runs at',
  'tools/record/values.ts': 'what is written where nothing was found out',
};

/** What a module says that holds rows. */
const FACTS = /\bsource['"]?\s*[:,}]|\b(checked|unverified)\b/;

/** Reads every row of facts below a folder, and what looks like one and is none. */
export function readFacts(root: string): Facts {
  const modules = new Modules(root);
  const evaluator = new Evaluator(modules);
  const found = pathsBelow(root, '.ts').flatMap((path) => {
    const module = path in NO_FACTS ? undefined : modules.at(path);
    return module !== undefined && FACTS.test(module.text) ? [readModule(module, evaluator)] : [];
  });
  const json = pathsBelow(root, '.json').filter((path) => !path.endsWith('.schema.json'));
  return {
    rows: [
      ...found.flatMap(({ rows }) => rows),
      ...json.flatMap((path) => jsonRows(path, readFileSync(join(root, path), 'utf8'))),
    ],
    unlisted: found.flatMap(({ unlisted }) => unlisted),
  };
}

function readModule(module: Module, evaluator: Evaluator): Facts {
  const candidates = new Candidates(module, evaluator).all();
  const called = new Set(candidates.flatMap(({ node, value }) => (node.type === 'CallExpression' ? [value.node] : [])));
  const read = (node: Node) => evaluator.value(node, { module, locals: new Map() });
  const rows: FactRow[] = [];
  const unlisted: (Unlisted & { readonly assumed?: Value })[] = [];
  for (const candidate of candidates) {
    const { node } = candidate.value;
    if (candidate.isPart || (candidate.isMade && called.has(node))) continue;
    const place = { file: module.path, line: candidate.node.loc?.start.line ?? 0 };
    const row = rowOf(candidate, read);
    if (typeof row === 'string')
      unlisted.push({ ...place, why: row, assumed: candidate.value.members.get('unverified') });
    else if (row !== undefined) rows.push(withDoubts({ ...place, ...row }, candidate.value));
  }
  // What is assumed of a part of a row is told by the row.
  const isTold = (text: Value) => rows.some(({ unverified }) => unverified?.includes(String(text)) === true);
  const left = unlisted.filter(({ why, assumed }) => why !== NO_SOURCE || !isTold(assumed));
  return { rows, unlisted: left.map(({ file, line, why }) => ({ file, line, why })) };
}

type Said = Omit<FactRow, 'file' | 'line' | 'cloud' | 'unverified'>;

/** The row of a candidate; a text says why none can be listed, undefined that it is a copy of another one, or no row. */
function rowOf({ trail, value, node, isMade }: Candidate, read: (node: Node) => Value): Said | string | undefined {
  const [source, checked] = ['source', 'checked'].map((key) => value.members.get(key));
  const written = (key: string) => propertyOf(node.type === 'ObjectExpression' ? node : value.node, key);
  const isTaken = written('source') === undefined && written('checked') === undefined;
  if (checked === UNKNOWN && isCopy('checked', written('checked'))) return undefined;
  if (checked === undefined) {
    if (typeof source === 'string') return isTaken || isCopy('source', written('source')) ? undefined : NO_MONTH;
    return typeof value.members.get('unverified') === 'string' && !isMade ? NO_SOURCE : undefined;
  }
  if (typeof checked !== 'string') return 'has a `checked` that is no constant text';
  if (source === undefined) return undefined;
  const texts = typeof source === 'string' ? [source] : textsIn(written('source'), read);
  if (texts.length === 0) return 'has a `source` that is no constant text';
  const told = ['released', 'before'].flatMap((key) => {
    const text = value.members.get(key);
    return typeof text === 'string' ? [[key, text] as const] : [];
  });
  return { name: trail.join(' '), source: texts.join('; '), checked, ...Object.fromEntries(told) };
}

const NO_MONTH =
  'has a `source` without `checked`, the month in which it was read; a file whose source is no fact is named in NO_FACTS of tools/facts/rows.ts';
const NO_SOURCE = 'is unverified, without `source` and `checked`';

function propertyOf({ properties }: ObjectExpression, key: string): Node | undefined {
  const found = properties.find((each) => each.type === 'ObjectProperty' && nameOf(each.key) === key);
  return found?.type === 'ObjectProperty' ? found.value : undefined;
}

/** Whether a member is taken from another row, or from whoever calls. */
function isCopy(key: string, node: Node | undefined): boolean {
  if (node?.type === 'MemberExpression' || node?.type === 'OptionalMemberExpression')
    return nameOf(node.property) === key;
  return node?.type === 'Identifier' && node.name === key;
}

/** Every source that an expression may come to, where only a run would tell which. */
function textsIn(node: Node | undefined, read: (node: Node) => Value): string[] {
  if (node === undefined) return [];
  const value = read(node);
  const texts = typeof value === 'string' ? [value] : childrenOf(node).flatMap((child) => textsIn(child, read));
  return [...new Set(texts)].filter((text) => /\S{6}/.test(text));
}

/** A row with its cloud and everything in it that is not verified; parts that have no source of their own have the row's. */
function withDoubts(row: Omit<FactRow, 'cloud' | 'unverified'>, value: Written): FactRow {
  const doubts = (from: Written, path: string): string[] =>
    [...from.members].flatMap(([key, member]) => {
      if (key === 'unverified' && typeof member === 'string') return [`${path}${member}`];
      if (!isWritten(member) || member.members.has('source')) return [];
      return doubts(member, `${key}: `);
    });
  const unverified = doubts(value, '').join('; ');
  const cloud = cloudOf(row, value.members.get('cloud'));
  return { ...row, ...(cloud !== undefined && { cloud }), ...(unverified !== '' && { unverified }) };
}
