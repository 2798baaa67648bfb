import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a cache keeps apart: output of syntheses, verdicts on templates, offline plans. */
export type CacheKind = 'synthesis' | 'templates' | 'plans';

/**
 * What earlier runs have made, by everything that it was made from.
 *
 * It only saves time: an entry that is missing, cut off, damaged or of another release is made again, one that cannot be
 * written is not kept, and nothing that failed is kept.
 */
export interface Cache {
  /** Where it lies. @default - nothing is kept */
  readonly folder?: string;
  /** What was made of a key; undefined when it has to be made. */
  get(kind: CacheKind, key: string): unknown;
  /** Keeps what was made of a key; it has to be plain data. */
  put(kind: CacheKind, key: string, value: unknown): void;
}

/** Keeps nothing. */
export const NO_CACHE: Cache = { get: () => undefined, put: () => undefined };

/** Names the folder of entries; a release that writes them differently uses another one. */
const FORMAT = 'v1';

/** Beyond this the entries that were used least recently go, down to {@link KEPT_BYTES}. */
const MOST_BYTES = 512 * 1024 * 1024;

const KEPT_BYTES = 384 * 1024 * 1024;

/** The hash of texts, none of which can be taken for another's end. */
export function hashOf(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${Buffer.byteLength(text)}:`).update(text);
  return hash.digest('hex');
}

/** Where the cache of a user lies: `ESTATE_CACHE_DIR`, else the platform's folder for what can be made again. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.ESTATE_CACHE_DIR) return env.ESTATE_CACHE_DIR;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'training-estate', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'training-estate');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'training-estate');
}

/** The cache in a folder. */
export function openCache(folder = cacheFolder(), mostBytes = MOST_BYTES, keptBytes = KEPT_BYTES): Cache {
  const root = join(folder, FORMAT);
  const fileOf = (kind: CacheKind, key: string) => {
    const name = hashOf(kind, key);
    return join(root, kind, name.slice(0, 2), `${name}.json`);
  };
  let written = 0;
  return {
    folder,
    get: (kind, key) => readEntry(fileOf(kind, key)),
    put: (kind, key, value) => {
      written += writeEntry(fileOf(kind, key), value);
      // Entries are counted rarely: no single run comes near the bound.
      if (written > mostBytes / 64) {
        written = 0;
        prune(root, mostBytes, keptBytes);
      }
    },
  };
}

/** Removes every entry and nothing else that lies in the folder; tells how many there were and their bytes. */
export function clearCache(folder = cacheFolder()): { readonly entries: number; readonly bytes: number } {
  const found = entriesOf(join(folder, FORMAT));
  rmSync(join(folder, FORMAT), { recursive: true, force: true });
  return { entries: found.length, bytes: found.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** How many entries the cache has, and their bytes. */
export function cacheSize(folder = cacheFolder()): { readonly entries: number; readonly bytes: number } {
  const found = entriesOf(join(folder, FORMAT));
  return { entries: found.length, bytes: found.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** An entry is one line with the hash of the rest, and the rest. */
function readEntry(file: string): unknown {
  try {
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    if (end < 0 || text.slice(0, end) !== hashOf(body)) return undefined;
    const value: unknown = JSON.parse(body);
    const now = new Date();
    utimesSync(file, now, now);
    return value;
  } catch {
    return undefined;
  }
}

/** Written beside and renamed, so that nobody reads half of it; the bytes written. */
function writeEntry(file: string, value: unknown): number {
  const body = JSON.stringify(value);
  const text = `${hashOf(body)}\n${body}`;
  const draft = `${file}.${process.pid}-${randomUUID()}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, file);
    return Buffer.byteLength(text);
  } catch {
    rmSync(draft, { force: true });
    return 0;
  }
}

interface Entry {
  readonly file: string;
  readonly bytes: number;
  readonly used: number;
}

/** Every file of the cache, drafts of runs that were killed included; what vanishes meanwhile is left out. */
function entriesOf(root: string): Entry[] {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry): Entry[] => {
      if (!entry.isFile()) return [];
      const file = join(entry.parentPath, entry.name);
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat === undefined ? [] : [{ file, bytes: stat.size, used: stat.mtimeMs }];
    });
  } catch {
    return [];
  }
}

function prune(root: string, mostBytes: number, keptBytes: number): void {
  const entries = entriesOf(root).sort((one, other) => other.used - one.used);
  if (entries.reduce((sum, { bytes }) => sum + bytes, 0) <= mostBytes) return;
  let kept = 0;
  for (const { file, bytes } of entries) {
    kept += bytes;
    if (kept > keptBytes) rmSync(file, { force: true });
  }
}
