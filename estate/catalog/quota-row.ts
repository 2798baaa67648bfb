import type { Cloud, Sourced } from './types';

/** A quota of a provider, under the name by which it is asked for. */
export interface QuotaRow extends Sourced {
  readonly cloud: Cloud;
  /** The provider's name; absent where the machine type's row holds it. */
  readonly quota?: string;
  /** The provider's code for it, where it has codes. */
  readonly code?: string;
  /** What the command is told that prints what was granted: a service, or its own words. @default - none is known */
  readonly service?: string;
  readonly unit: string;
  /** Where one value holds: in a region, in the whole account, or in a zone of a region. */
  readonly scope: 'region' | 'account' | 'zone';
  /** Whether needs add up, or the largest of them counts (limits of one network, cluster or zone). */
  readonly combine: 'sum' | 'max';
  /** What an account has without asking; absent where it differs from account to account or is not published. */
  readonly default?: number;
}
