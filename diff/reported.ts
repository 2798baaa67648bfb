import type { Cloud } from '../estate/catalog';
import type { Holding } from './holdings';
import type { ResourceChange } from './types';

/** One changed resource with what it means for the estate. */
export interface ReportedResource extends ResourceChange {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly noun: string;
  /** Entry of the estate file that it belongs to. */
  readonly key: string;
  /** Names under which `--accept` finds the entry: its key now and before. */
  readonly names: readonly string[];
  /** What lives in it. */
  readonly holdings: readonly Holding[];
  /** What lives in it after an update. */
  readonly becomes: readonly Holding[];
  /** Whether its loss was accepted. */
  readonly isAccepted: boolean;
  /** Whether nothing but tags changes. */
  readonly isTagChange: boolean;
}
