import type { Diagnostic } from '../../diagnostics';
import { endsOf, wayOf } from '../../spec/replication';
import type { Estate } from '../../spec/schema';
import { quote } from '../../spec/words';
import { sortedEntries } from '../../units';
import { siteId, storePath } from '../identity';
import type { Choice, Lock } from '../lock';
import { recordedStack } from '../store-stacks';

/** Stores without versions, and those that cannot be without them any more. */
export interface Copies {
  /** By the path of the store. */
  readonly chosen: ReadonlyMap<string, Choice>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Stores that Object Storage of Oracle Cloud copies to, which have no versions.
 *
 * A bucket that has had versions can only suspend them, and takes no copy: what a lock has already stays as it is.
 */
export function planCopies(estate: Estate, lock: Lock): Copies {
  const chosen = new Map<string, Choice>();
  const diagnostics: Diagnostic[] = [];
  for (const [key, replication] of sortedEntries(estate.replication)) {
    const [, destination] = (wayOf(estate, replication)?.isSole && endsOf(estate, replication)) || [];
    if (destination === undefined || destination.store.existing !== undefined) continue;
    const path = storePath(destination.key, destination.store);
    const isNew = recordedStack(lock, path, siteId(estate, destination.siteKey)) === undefined;
    if (isNew || lock.chosen[path]?.versions === 'none') chosen.set(path, { versions: 'none' });
    else diagnostics.push(hasVersions(key, destination.key));
  }
  return { chosen, diagnostics };
}

function hasVersions(replication: string, store: string): Diagnostic {
  return {
    code: 'CopyHasVersions',
    severity: 'error',
    path: `replication.${replication}.to`,
    value: store,
    message: `${quote(store)} was planned with versions before it was to be a copy, and Object Storage copies to no bucket that has had any`,
    hint: 'name a new store, or write "engine: rclone" with a cluster that copies',
  };
}
