import { counted } from '../estate/spec/words';
import { ToolError } from './app';
import { type Cache, type CacheSize, cacheFolder, cacheSize, clearCache, NO_CACHE, openCache } from './cache';

/** What `estate cache --json` prints. */
export interface CacheReport extends CacheSize {
  /** Where it lies. */
  readonly folder: string;
  /** Whether the entries were removed. */
  readonly cleared: boolean;
}

/** The cache that a command uses, unless it was told to use none. */
export function cacheFor(isWanted = true): Cache {
  return isWanted ? openCache() : NO_CACHE;
}

/** What is kept of earlier runs, or was until now. */
export function cacheReport(what: string, isJson: boolean): string {
  if (what !== 'show' && what !== 'clear')
    throw new ToolError(
      `there is no "estate cache ${what}"`,
      'estate cache tells what is kept, estate cache clear removes it',
    );
  const cleared = what === 'clear';
  const report: CacheReport = { folder: cacheFolder() ?? '', cleared, ...(cleared ? clearCache() : cacheSize()) };
  if (isJson) return JSON.stringify(report, undefined, 2);
  const size = `${counted(report.entries, 'entry')} of ${(report.bytes / 1e6).toFixed(1)} MB`;
  return cleared ? `removed ${size} from ${report.folder}` : `${size} in ${report.folder}`;
}
