import type { Changes } from '../fixtures';

/** One way to break a rule: what is changed, where it is found, and what the message or hint says. */
export type Breach = readonly [changes: Changes, path: string, says: string | RegExp];

/** How a rule is tested: changes that it accepts, and changes that it reports. */
export interface RuleTable {
  readonly holds: readonly Changes[];
  readonly fails: readonly Breach[];
}
