import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from './helpers/cli';

const ROOMS = [
  'bin',
  'bundle',
  'cli',
  'constructs',
  'diff',
  'estate',
  'lab',
  'page',
  'provider',
  'stacks',
  'terraform',
  'tools',
];

/** Something that a source declares, with the comment before it. */
interface Declaration {
  readonly path: string;
  readonly line: number;
  /** What it is a member of. */
  readonly of?: string;
  readonly name: string;
  readonly text: string;
  readonly docs?: string;
}

const sources = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/')),
).sort();

const EXPORT = /^export (?:declare )?(?:abstract )?(?:async )?(class|function\*?|const|interface|type|enum) (\w+)/;
const MEMBER = /^ {2}(?:static |readonly |get |async |override |abstract )*(\w+)(\??)[:(<]/;
const HIDDEN = /^ {2}(?:static |readonly )*(?:private|protected)\b|^ {2}constructor\b/;

/** Exports of a source, and the members of exported interfaces and classes. */
function declarationsOf(path: string): Declaration[] {
  const lines = readFileSync(join(ROOT, path), 'utf8').split('\n');
  const found: Declaration[] = [];
  let owner: string | undefined;
  // Heads of classes may take several lines.
  let pending: string | undefined;
  for (const [index, line] of lines.entries()) {
    const [, kind, name] = EXPORT.exec(line) ?? [];
    if (name !== undefined) {
      found.push({ path, line: index + 1, name, text: line, docs: commentBefore(lines, index) });
      const holds = kind === 'interface' || kind === 'class';
      owner = holds && line.endsWith('{') ? name : undefined;
      pending = holds && !/[{}]$/.test(line) ? name : undefined;
    } else if (pending !== undefined && /^\S.*\{$/.test(line)) {
      owner = pending;
      pending = undefined;
    } else if (/^\}/.test(line)) owner = undefined;
    const member = owner === undefined || HIDDEN.test(line) ? null : MEMBER.exec(line);
    const keyword = ['if', 'for', 'return', 'switch', 'while', 'const', 'let', 'super'].includes(member?.[1] ?? '');
    if (owner !== undefined && member !== null && !keyword)
      found.push({
        path,
        line: index + 1,
        of: owner,
        name: member[1] ?? '',
        text: line,
        docs: commentBefore(lines, index),
      });
  }
  return found;
}

/** The comment that ends in the line before; undefined where there is none. */
function commentBefore(lines: readonly string[], index: number): string | undefined {
  if (!lines[index - 1]?.trimEnd().endsWith('*/')) return undefined;
  let start = index - 1;
  while (start > 0 && !lines[start]?.trimStart().startsWith('/**')) start -= 1;
  return lines.slice(start, index).join('\n');
}

const declarations = sources.flatMap(declarationsOf);
const placeOf = ({ path, line, of, name }: Declaration) => `${path}:${line} ${of === undefined ? '' : `${of}.`}${name}`;
const inRoom = (path: string, ...rooms: readonly string[]) => rooms.some((room) => path.startsWith(`${room}/`));

describe('docstrings', () => {
  test('are read from the sources', () => {
    expect(declarations.filter(({ of }) => of === undefined).length).toBeGreaterThan(900);
    expect(declarations.find(({ of, name }) => of === 'NodePoolProps' && name === 'cluster')?.docs).toContain('/**');
    expect(
      declarations.filter(({ of, path }) => of === 'Cluster' && inRoom(path, 'constructs')).length,
    ).toBeGreaterThan(30);
  });

  test('say of every export what it is', () => {
    const exported = declarations.filter(({ of }) => of === undefined);
    expect(exported.filter(({ docs }) => docs === undefined).map(placeOf)).toEqual([]);
  });

  test('say of every member of a construct or stack what it is', () => {
    const members = declarations.filter(
      // What exists already is described by the interface that it implements.
      ({ of, path }) => of !== undefined && !of.startsWith('Imported') && inRoom(path, 'constructs', 'stacks'),
    );
    expect(members.filter(({ docs }) => docs === undefined).map(placeOf)).toEqual([]);
  });

  test('say of everything that may be left out what holds then', () => {
    const optional = declarations.filter(
      ({ of, text }) =>
        /^ {2}(?:readonly )?\w+\?:(?! undefined;)/.test(text) && /(Props|Options|Attributes)$/.test(of ?? ''),
    );
    expect(optional.length).toBeGreaterThan(100);
    expect(optional.filter(({ docs = '' }) => !/@default \S/.test(docs)).map(placeOf)).toEqual([]);
  });

  test('begin with what something is, in the words of the project', () => {
    const worded = declarations.filter(({ docs = '' }) => /Properties of|Construction properties/.test(docs));
    expect(worded.map(placeOf)).toEqual([]);
  });

  test('name no keyword that is the default of the language', () => {
    for (const path of sources) {
      const text = readFileSync(join(ROOT, path), 'utf8');
      expect([path, /^ {2}public /m.exec(text)?.[0]]).toEqual([path, undefined]);
    }
  });
});
