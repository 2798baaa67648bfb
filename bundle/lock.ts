import { createHash } from 'node:crypto';
import { groupOf } from './files';
import type { BundleSource } from './gitops/types';
import { APPLIED, BY_HAND, partFolder } from './places';
import type { BundleFile, GitOps, Part } from './types';

/** Name of the file that lists what a bundle is made of. */
export const BUNDLE_LOCK = 'bundle.lock.json';

/** The form of the lock that this release writes, and reads. */
export const BUNDLE_LOCK_VERSION = 1;

/** A file that a bundle has written, and the object in it. */
export interface LockedFile {
  /** Path relative to the folder of the bundle. */
  readonly file: string;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
  /** Group of the object; none of what is in the core of Kubernetes. @default it holds no object */
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** In which order the folders of one cluster are applied. */
export interface ClusterOrder {
  /** Shard whose cluster it is. */
  readonly cluster: string;
  /** Folders, each after those before it are ready. */
  readonly apply: readonly string[];
  /** Folders that somebody applies when there is a reason to. */
  readonly byHand: readonly string[];
}

/** What a bundle is made of: who writes it again knows from it what is its own. */
export interface BundleLock {
  readonly version: typeof BUNDLE_LOCK_VERSION;
  /** Tool that applies it: the next bundle of the folder is for the same one. */
  readonly gitops: GitOps;
  /** Folder of the bundle in its repository; `.` is the top. @default nothing in it says where it lies */
  readonly path?: string;
  /** As it was named. @default that of the tool */
  readonly repository?: string;
  /** As it was named. @default that of the tool */
  readonly branch?: string;
  /** Sorted by cluster. */
  readonly clusters: readonly ClusterOrder[];
  /** Sorted by path; without the lock itself. */
  readonly files: readonly LockedFile[];
}

/** The SHA-256 of a text in hexadecimal digits. */
export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The lock of files, which are sorted, with where they are read from. */
export function bundleLock(
  gitops: GitOps,
  files: readonly BundleFile[],
  { folder = '', repository, branch }: BundleSource = {},
): BundleFile {
  const lock: BundleLock = {
    version: BUNDLE_LOCK_VERSION,
    gitops,
    ...(gitops !== 'none' && { path: folder === '' ? '.' : folder }),
    ...(repository !== undefined && { repository }),
    ...(branch !== undefined && { branch }),
    clusters: orders(files),
    files: files.map(({ path, text, object }) => ({
      file: path,
      sha256: sha256(text),
      ...(object && {
        group: groupOf(object),
        kind: object.kind,
        ...(object.metadata.namespace !== undefined && { namespace: object.metadata.namespace }),
        name: object.metadata.name,
      }),
    })),
  };
  return { path: BUNDLE_LOCK, text: `${JSON.stringify(lock, undefined, 2)}\n` };
}

function orders(files: readonly BundleFile[]): ClusterOrder[] {
  const parts = new Map<string, Set<Part>>();
  for (const { shard, part } of files) {
    if (shard === undefined || part === undefined) continue;
    parts.set(shard, (parts.get(shard) ?? new Set()).add(part));
  }
  return [...parts.keys()].sort().map((cluster) => {
    const folders = (some: readonly Part[]) =>
      some.filter((part) => parts.get(cluster)?.has(part)).map((part) => partFolder(cluster, part));
    return { cluster, apply: folders(APPLIED), byHand: folders(BY_HAND) };
  });
}
