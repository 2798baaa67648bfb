import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type ParserPlugin, parse } from '@babel/parser';
import { type Expression, type File, type FunctionNode, nameOf, type Statement } from './nodes';

/** What a name at the top of a module stands for: a value that is written there, a function, or what is imported. */
export type Meaning =
  | { readonly kind: 'value'; readonly node: Expression }
  | { readonly kind: 'function'; readonly node: FunctionNode }
  | { readonly kind: 'import'; readonly path: string; readonly name: string };

/** A source file, parsed. */
export interface Module {
  /** Path from the folder of the checkout. */
  readonly path: string;
  readonly text: string;
  readonly file: File;
  /** Names at the top of it. */
  readonly names: ReadonlyMap<string, Meaning>;
}

/** Folders without facts: what is installed or made, documents, and tests and examples, whose rows are made up. */
const OUTSIDE = ['node_modules', 'dist', 'docs', 'test', 'examples', 'cdk.out', 'cdktf.out', 'coverage', 'reports'];

/** Paths of all files of a kind below a folder that may hold facts, in order: no list that a new folder could miss. */
export function pathsBelow(root: string, ending: string): readonly string[] {
  const below = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('.') || OUTSIDE.includes(path) ? [] : below(path);
      return entry.isFile() && path.endsWith(ending) ? [path] : [];
    });
  return below('').sort();
}

/** Reads modules when they are asked for, each once. */
export class Modules {
  private readonly read = new Map<string, Module | undefined>();

  /** @param root folder of the checkout */
  constructor(private readonly root: string) {}

  /** The module at a path; undefined where there is none. */
  at(path: string): Module | undefined {
    if (!this.read.has(path)) this.read.set(path, this.load(path));
    return this.read.get(path);
  }

  private load(path: string): Module | undefined {
    if (!existsSync(join(this.root, path))) return undefined;
    const text = readFileSync(join(this.root, path), 'utf8');
    const plugins: ParserPlugin[] = path.endsWith('.tsx') ? ['typescript', 'jsx'] : ['typescript'];
    const file = parse(text, { sourceType: 'module', attachComment: false, plugins });
    const names = new Map(file.program.body.flatMap((statement) => [...meanings(statement, path, this.root)]));
    return { path, text, file, names };
  }
}

function meanings(statement: Statement, path: string, root: string): [string, Meaning][] {
  switch (statement.type) {
    case 'ExportNamedDeclaration': {
      if (statement.declaration) return meanings(statement.declaration, path, root);
      const from = statement.source ? resolved(path, statement.source.value, root) : undefined;
      if (from === undefined) return [];
      return statement.specifiers.flatMap((each): [string, Meaning][] =>
        each.type === 'ExportSpecifier'
          ? [[nameOf(each.exported), { kind: 'import', path: from, name: each.local.name }]]
          : [],
      );
    }
    case 'ImportDeclaration': {
      const from = resolved(path, statement.source.value, root);
      return statement.specifiers.flatMap((each): [string, Meaning][] =>
        each.type === 'ImportSpecifier' && from !== undefined
          ? [[each.local.name, { kind: 'import', path: from, name: nameOf(each.imported) }]]
          : [],
      );
    }
    case 'FunctionDeclaration':
      return statement.id ? [[statement.id.name, { kind: 'function', node: statement }]] : [];
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id, init }): [string, Meaning][] =>
        id.type === 'Identifier' && init ? [[id.name, { kind: 'value', node: init }]] : [],
      );
    default:
      return [];
  }
}

/** The path of a module of the checkout that another one imports; undefined for packages. */
function resolved(path: string, name: string, root: string): string | undefined {
  if (!name.startsWith('.')) return undefined;
  const base = posix.join(posix.dirname(path), name);
  return [`${base}.ts`, `${base}.tsx`, `${base}/index.ts`, base].find((each) => existsSync(join(root, each)));
}
