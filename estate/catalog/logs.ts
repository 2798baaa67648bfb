import { AWS_ACCESS_LOG_RETENTION, AWS_LOG_RETENTION } from './aws-limits';
import { AZURE_LOG_RETENTION } from './azure';
import { GOOGLE_LOG_RETENTION } from './google';
import { ORACLE_LOG_RETENTION } from './oracle';
import type { Cloud, Sourced } from './types';

/** What logs are of. */
export const LOGGED = ['cluster', 'store'] as const;

/** What logs are of: a control plane, or the objects of a store. */
export type Logged = (typeof LOGGED)[number];

/** Days for which a cloud keeps logs. */
export interface LogRetention extends Sourced {
  readonly fewestDays: number;
  /** @default any number */
  readonly mostDays?: number;
  /** The only numbers that it takes. @default all between the fewest and the most */
  readonly days?: readonly number[];
  /** What is kept where nothing is said. @default nothing, since it is billed */
  readonly defaultDays?: number;
}

const steps = Array.from(
  { length: ORACLE_LOG_RETENTION.mostDays / ORACLE_LOG_RETENTION.stepDays },
  (_, index) => (index + 1) * ORACLE_LOG_RETENTION.stepDays,
);
const oracle: LogRetention = { ...ORACLE_LOG_RETENTION, days: steps, fewestDays: ORACLE_LOG_RETENTION.stepDays };

/** How long logs are kept, by cloud and by what they are of. */
export const LOG_RETENTION: Readonly<Record<Cloud, Readonly<Record<Logged, LogRetention>>>> = {
  aws: { cluster: { ...AWS_LOG_RETENTION, fewestDays: 1 }, store: AWS_ACCESS_LOG_RETENTION },
  azure: { cluster: AZURE_LOG_RETENTION, store: AZURE_LOG_RETENTION },
  google: { cluster: GOOGLE_LOG_RETENTION, store: GOOGLE_LOG_RETENTION },
  oracle: { cluster: oracle, store: oracle },
};

/** Whether logs can be kept for so long. */
export function keepsFor({ fewestDays, mostDays = Number.POSITIVE_INFINITY, days }: LogRetention, wanted: number) {
  return days?.includes(wanted) ?? (wanted >= fewestDays && wanted <= mostDays);
}
