import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
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

/** How much a cache holds. */
export interface CacheSize {
  readonly entries: number;
  readonly bytes: number;
}

/** Keeps what one run makes, for as long as it runs. */
export function memoryCache(): Cache {
  const kept = new Map<string, string>();
  return {
    folder: '',
    get: (kind, key) => {
      const found = kept.get(hashOf(kind, key));
      return found === undefined ? undefined : JSON.parse(found);
    },
    put: (kind, key, value) => kept.set(hashOf(kind, key), JSON.stringify(value)),
  };
}

/** Keeps nothing. */
export const NO_CACHE: Cache = { get: () => undefined, put: () => undefined };

/** Names the folder of entries; a release that writes them differently uses another one. */
const FORMAT = 'v1';

/** Tells by its age when entries were counted last. */
const MARK = 'counted';

/** Folders that are ours: entries, and what `bin/load.js` has compiled. */
const PARTS = [FORMAT, 'code', 'checkouts'];

/** Beyond this the entries that were used least recently go, down to {@link KEPT_BYTES}. */
const MOST_BYTES = 512 * 1024 * 1024;

const KEPT_BYTES = 384 * 1024 * 1024;

/** The hash of texts, none of which can be taken for another's end. */
export function hashOf(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${Buffer.byteLength(text)}:`).update(text);
  return hash.digest('hex');
}

/** Where the cache of a user lies: `bin/load.js` says it, which keeps compiled code there; undefined without it. */
export function cacheFolder(): string | undefined {
  return process.env.ESTATE_CACHE || undefined;
}

/** The cache in a folder; without one nothing is kept. */
export function openCache(folder = cacheFolder(), mostBytes = MOST_BYTES, keptBytes = KEPT_BYTES): Cache {
  if (folder === undefined) return NO_CACHE;
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
      // Entries are counted rarely: once a day, and in runs that write much.
      if (written > mostBytes / 64 || isDue(join(folder, MARK))) {
        written = 0;
        prune(root, mostBytes, keptBytes);
      }
    },
  };
}

/** Removes every entry, compiled code too, and nothing else that lies in the folder; tells how much it was. */
export function clearCache(folder = cacheFolder()): CacheSize {
  const size = cacheSize(folder);
  if (folder !== undefined)
    for (const part of [...PARTS, MARK]) rmSync(join(folder, part), { recursive: true, force: true });
  return size;
}

/** How many entries the cache has, and their bytes. */
export function cacheSize(folder = cacheFolder()): CacheSize {
  const found = folder === undefined ? [] : PARTS.flatMap((part) => entriesOf(join(folder, part)));
  return { entries: found.length, bytes: found.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** An entry is one line with the hash of the rest, and the rest; another user's is not trusted. */
function readEntry(file: string): unknown {
  try {
    if (process.getuid !== undefined && statSync(file).uid !== process.getuid()) return undefined;
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
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, file);
    return Buffer.byteLength(text);
  } catch {
    remove(draft);
    return 0;
  }
}

/** Removes a file, where that is possible. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // What cannot be removed is not used either.
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

const DAY_MS = 24 * 3600 * 1000;

/** Whether a day has passed since a mark was set, and sets it anew. */
function isDue(mark: string): boolean {
  try {
    const { mtimeMs = 0 } = statSync(mark, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs < DAY_MS) return false;
    writeFileSync(mark, '', { mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}

function prune(root: string, mostBytes: number, keptBytes: number): void {
  const entries = entriesOf(root).sort((one, other) => other.used - one.used);
  if (entries.reduce((sum, { bytes }) => sum + bytes, 0) <= mostBytes) return;
  let kept = 0;
  for (const { file, bytes } of entries) {
    kept += bytes;
    if (kept > keptBytes) remove(file);
  }
}
