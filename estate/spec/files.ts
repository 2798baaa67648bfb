import { posix } from 'node:path';
import { compareKeys } from '../units';

/** A file that an estate file includes or extends, read. */
export interface EstatePart {
  /** Path as seen from the folder of the estate file, with `/` on every system: `sites/ohio.yaml`, `../base.yaml`. */
  readonly path: string;
  /** Name in messages. */
  readonly name: string;
  readonly text: string;
}

/** What a path leads to: a file, or the names in a folder. */
export type Opened =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'folder'; readonly names: readonly string[] };

/** Where the files come from that an estate file includes or extends: the disk, a revision, or another process. */
export interface EstateFiles {
  /** What is at a path, which is seen from the folder of the estate file; undefined where there is nothing. */
  open(path: string): Opened | undefined;
}

/** For an estate that has only its own text. */
export const NO_FILES: EstateFiles = { open: () => undefined };

/** The files that were read once already. */
export function filesOf(parts: readonly EstatePart[]): EstateFiles {
  const byPath = new Map(parts.map((part) => [part.path, part]));
  return {
    open: (path) => {
      const part = byPath.get(path);
      if (part !== undefined) return { kind: 'file', name: part.name, text: part.text };
      const names = parts.flatMap((each) => (posix.dirname(each.path) === path ? [posix.basename(each.path)] : []));
      return names.length === 0 ? undefined : { kind: 'folder', names };
    },
  };
}

/** The names in a folder that are those of estate files, in their order. */
export function estateFileNames(names: readonly string[]): readonly string[] {
  return names
    .filter((name) => /^[^.].*\.(ya?ml|json)$/i.test(name) && !/\.(lock|schema|exchange)\.json$/i.test(name))
    .sort(compareKeys);
}

/** The last part of the name that messages have for a file, at a revision too: `git:main:atlas/estate.yaml`. */
export function fileNameOf(name: string): string {
  return name.replace(/^.*[/\\:]/s, '');
}

/** A path that a file names, as seen from the folder of the estate file. */
export function pathFrom(naming: string, named: string): string {
  return posix.join(posix.dirname(naming), named).replace(/(?<=.)\/$/, '');
}

/** Why a path would not lead to the same file everywhere, and what to write; undefined for one that does. */
export function pathProblem(path: string): { readonly message: string; readonly hint: string } | undefined {
  if (/^(\/|~|[A-Za-z]:|\\\\)|^[a-z]+:\/\//.test(path))
    return {
      message: 'is a path of one machine',
      hint: 'write the path as seen from this file, such as sites/ohio.yaml or ../shared/catalog.yaml',
    };
  if (path.includes('\\')) return { message: 'has "\\" between folders', hint: `write ${path.replace(/\\+/g, '/')}` };
  if (/[*?[\]{}]/.test(path))
    return {
      message: 'is a pattern',
      hint: 'name a folder, which stands for the .yaml, .yml and .json files in it, or name each file',
    };
  return undefined;
}
