import { accessSync, constants, existsSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { BUNDLE_LOCK } from '../bundle/lock';
import { type FolderChanges, type FolderFile, folderChanges, STAGE, unusable } from './bundle-changes';
import { makeFolder, reasonOf } from './write';

/** Refuses an `--out` that is no folder, or none that one may write to, before any work is done for it. */
export function requireFolder(out: string): void {
  try {
    const place = nearest(resolve(out));
    if (!statSync(place).isDirectory()) throw new Error(`${place} is no folder`);
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(out, reasonOf(error));
  }
}

/** The path itself, or the closest one above it that is there. */
function nearest(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearest(dirname(path));
}

/**
 * Brings a folder to the files of a bundle: all of them, or none.
 *
 * New files are laid out beside the old ones first, so that a disk that is full leaves the folder as it was. Then each takes
 * its place, and the lock comes last: a run that was ended in between is finished by the next one.
 */
export function writeFolder(out: string, files: readonly FolderFile[]): FolderChanges {
  const changes = folderChanges(out, files);
  if (changes.created.length + changes.changed.length + changes.removed.length > 0) {
    stage(out, files, changes);
    settle(out, changes);
  }
  return changes;
}

function stage(out: string, files: readonly FolderFile[], { created, changed }: FolderChanges): void {
  const wanted = new Set([...created, ...changed]);
  const waiting = files.filter(({ path }) => wanted.has(path));
  try {
    makeFolder(out);
    rmSync(join(out, STAGE), { recursive: true, force: true });
    for (const { path, text } of lockLast(waiting)) put(join(out, STAGE, path), text);
  } catch (error) {
    rmSync(join(out, STAGE), { recursive: true, force: true });
    throw unusable(out, reasonOf(error));
  }
}

function put(path: string, text: string): void {
  makeFolder(dirname(path));
  writeFileSync(path, text);
}

function settle(out: string, { created, changed, removed }: FolderChanges): void {
  try {
    for (const path of removed) {
      rmSync(join(out, path));
      removeEmpty(out, dirname(path));
    }
    for (const { path } of lockLast([...created, ...changed].map((each) => ({ path: each })))) {
      makeFolder(join(out, dirname(path)));
      renameSync(join(out, STAGE, path), join(out, path));
    }
    rmSync(join(out, STAGE), { recursive: true, force: true });
  } catch (error) {
    throw unusable(out, `${reasonOf(error)}; part of it is written, the next run writes the rest`);
  }
}

/** The lock behind all else: once it is in its place, everything is. */
function lockLast<T extends { readonly path: string }>(files: readonly T[]): T[] {
  return [...files.filter(({ path }) => path !== BUNDLE_LOCK), ...files.filter(({ path }) => path === BUNDLE_LOCK)];
}

/** Removes folders that hold nothing any more, up to that of the bundle. */
function removeEmpty(out: string, folder: string): void {
  if (folder === '.') return;
  try {
    rmdirSync(join(out, folder));
  } catch {
    return;
  }
  removeEmpty(out, dirname(folder));
}
