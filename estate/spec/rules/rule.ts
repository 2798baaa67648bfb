import type { Path } from '../positions';
import type { Estate } from '../schema';

/** What a rule has found at one place. */
export interface Finding {
  readonly path: Path;
  /** The offending value. @default the value at the path */
  readonly value?: unknown;
  /** Lower-case sentence without a final period. */
  readonly message: string;
  /** What to change. */
  readonly hint?: string;
  /** Whether the key or the value is marked. @default 'value' */
  readonly on?: 'key' | 'value';
}

/** Something that must hold in an estate and that its schema cannot say. */
export interface Rule {
  /** Stable PascalCase code, which `acknowledge` and the documentation use. */
  readonly code: string;
  /** Errors stop planning; warnings do not and can be acknowledged. */
  readonly severity: 'error' | 'warning';
  /** Whether it is a limit of the estate's own policy: commands end with 3, and waivers let it be broken. @default false */
  readonly isLimit?: true;
  /** What must hold, in one line. */
  readonly summary: string;
  /** What would go wrong otherwise. */
  readonly why: string;
  /** Where the provider's rule is documented. */
  readonly source?: string;
  /** Month in which that was read. @default - the source is another row's, which says it */
  readonly checked?: string;
  /** Reports every place where it does not hold. Entries whose references lead nowhere are another rule's matter. */
  readonly check: (estate: Estate, report: (finding: Finding) => void) => void;
}
