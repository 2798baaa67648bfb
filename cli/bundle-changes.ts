import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BUNDLE_LOCK, BUNDLE_LOCK_VERSION, sha256 } from '../bundle/lock';
import { GITOPS } from '../bundle/types';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { reasonOf } from './write';

/** What a bundle does to its folder, as sorted paths in it. */
export interface FolderChanges {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** A file that is to stand in a folder. */
export interface FolderFile {
  readonly path: string;
  readonly text: string;
}

/** Where new files wait until all of them are there; a run that was ended leaves it. */
export const STAGE = '.bundle-next';

/** A path below a folder, which leads out of it nowhere. */
const below = z.string().regex(/^(?!\.{1,2}(\/|$))[^/\\\0]+(\/(?!\.{1,2}(\/|$))[^/\\\0]+)*$/);

/** What is read of a lock: later releases may say more. */
const lockSchema = z.looseObject({
  version: z.literal(BUNDLE_LOCK_VERSION),
  gitops: z.enum(GITOPS),
  path: z.union([z.literal('.'), below]).optional(),
  repository: z.string().optional(),
  branch: z.string().optional(),
  files: z.array(z.looseObject({ file: below, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});

type HeldLock = z.infer<typeof lockSchema>;

/** Texts that bundles have written at each path, by their hash. */
type Written = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What has to be done so that a folder holds the files of a bundle and none of an earlier one; nothing is written.
 *
 * Its own are files that the lock of an earlier bundle lists and that nobody has edited since. Whatever else lies in the
 * folder stays as it is; what is in the way is refused, all at once.
 */
export function folderChanges(out: string, files: readonly FolderFile[]): FolderChanges {
  const found: Diagnostic[] = [];
  const written = writtenIn(out);
  const wanted = new Map(files.map(({ path, text }) => [path, sha256(text)]));
  const changes = { created: [] as string[], changed: [] as string[], removed: [] as string[] };
  for (const [path, hash] of wanted) {
    const held = heldAt(out, path);
    if (held === 'in-the-way') found.push(inTheWay(out, path));
    else if (held === undefined) changes.created.push(path);
    else if (held !== hash && (path === BUNDLE_LOCK || written.get(path)?.has(held))) changes.changed.push(path);
    else if (held !== hash) found.push(written.has(path) ? edited(out, path) : foreign(out, path));
  }
  for (const [path, hashes] of written) {
    const held = wanted.has(path) ? undefined : heldAt(out, path);
    if (held === undefined || held === 'in-the-way') continue;
    if (hashes.has(held)) changes.removed.push(path);
    else found.push(edited(out, path));
  }
  if (found.length > 0) throw new EstateError(found);
  return { created: changes.created.sort(), changed: changes.changed.sort(), removed: changes.removed.sort() };
}

/** What earlier bundles have written; a run that was ended has written what its own lock says, which lies with what waits. */
function writtenIn(out: string): Written {
  const written = new Map<string, Set<string>>();
  for (const { file, sha256: hash } of [heldLock(join(out, BUNDLE_LOCK)), stagedLock(out)].flatMap(
    (lock) => lock?.files ?? [],
  ))
    written.set(file, (written.get(file) ?? new Set()).add(hash));
  return written;
}

/** The lock of a folder: that of the last bundle in it, or of one that was ended before its lock was in its place. */
export function folderLock(out: string): HeldLock | undefined {
  return heldLock(join(out, BUNDLE_LOCK)) ?? stagedLock(out);
}

function heldLock(path: string): HeldLock | undefined {
  const place = lstatOf(path);
  if (place === undefined) return undefined;
  const parsed = place.isFile() ? lockSchema.safeParse(jsonOf(path)) : undefined;
  if (parsed?.success) return parsed.data;
  throw new EstateError([
    {
      code: 'BundleLock',
      severity: 'error',
      path: '--out',
      value: path,
      message: `${path} is no lock of a bundle that this release reads`,
      hint: 'take the last one that was committed, or name another folder: without it nobody knows which files are of a bundle',
    },
  ]);
}

function stagedLock(out: string): HeldLock | undefined {
  return lockSchema.safeParse(jsonOf(join(out, STAGE, BUNDLE_LOCK))).data;
}

/** What a file has; undefined where it has no JSON, or is not there. */
function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The hash of the file at a path; links are in the way, since they lead to what is somebody else's. */
function heldAt(out: string, path: string): string | 'in-the-way' | undefined {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = lstatOf(join(out, ...parts.slice(0, depth)));
    if (folder === undefined) return undefined;
    if (!folder.isDirectory()) return 'in-the-way';
  }
  const place = lstatOf(join(out, path));
  if (place === undefined) return undefined;
  return place.isFile() ? sha256(readFileSync(join(out, path))) : 'in-the-way';
}

function lstatOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw unusable(path, reasonOf(error));
  }
}

/** An `--out` that cannot be written, with the reason. */
export function unusable(out: string, reason: string): EstateError {
  return new EstateError([
    {
      code: 'OutUnwritable',
      severity: 'error',
      path: '--out',
      value: out,
      message: `${out} cannot be written: ${reason}`,
      hint: 'name a folder that you may write to, or one that is not there yet',
    },
  ]);
}

const refusal = (code: string, out: string, path: string, message: string, hint: string): Diagnostic => ({
  code,
  severity: 'error',
  path: '--out',
  value: join(out, path),
  message: `${join(out, path)} ${message}`,
  hint,
});

const edited = (out: string, path: string) =>
  refusal(
    'BundleEdited',
    out,
    path,
    'was edited since a bundle wrote it',
    'undo the edit, or move the file away: what clusters shall have otherwise belongs in a patch of a kustomization of your own, above that of the bundle',
  );

const foreign = (out: string, path: string) =>
  refusal('BundleForeign', out, path, 'is in the way, and no bundle wrote it', 'move it away, or name another folder');

const inTheWay = (out: string, path: string) =>
  refusal(
    'BundleForeign',
    out,
    path,
    'cannot be written: a link, or something else that is no file of a bundle, is in the way',
    'move it away, or name another folder',
  );
