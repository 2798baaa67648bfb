import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { OfflineError } from '../provider/errors';
import { PROVIDERS, type ProviderName } from '../provider/schema';
import { isJsonObject, pinnedReleases } from './document';

/**
 * The release of a provider that the stacks in some folders pin; undefined where none does.
 *
 * Terraform tells a running provider nothing of the release that it wants, so it is read from the stacks.
 */
export function wantedRelease(name: ProviderName, folders: readonly string[]): string | undefined {
  const wanted = new Map<string, string>();
  for (const folder of folders) {
    const pinned = pinnedIn(folder, name);
    if (pinned === undefined) continue;
    const { written, recorded } = pinned;
    if (recorded === undefined) {
      throw new OfflineError(
        `${basename(folder)} asks for ${name} "${written}", which is not recorded`,
        `pin ${name} ${PROVIDERS[name].releases.join(' or ')}, or plan this stack with the real provider`,
      );
    }
    wanted.set(recorded, basename(folder));
  }
  const [first, second] = [...wanted];
  if (first === undefined || second === undefined) return first?.[0];
  throw new OfflineError(
    `${first[1]} asks for ${name} ${first[0]} and ${second[1]} for ${second[0]}, and one command has one of each provider`,
    'name one stack in the command, or use npx estate plan --offline, which serves each stack its own',
  );
}

function pinnedIn(folder: string, name: ProviderName) {
  try {
    const json: unknown = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
    return isJsonObject(json) ? pinnedReleases(json).get(name) : undefined;
  } catch {
    // A folder without a stack of cdktf, or one that Terraform itself will refuse.
    return undefined;
  }
}
