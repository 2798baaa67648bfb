import type { Cloud } from '../catalog';

/** Money promised to a provider, as in the estate file. */
export interface CommitmentPlan {
  readonly key: string;
  readonly cloud: Cloud;
  readonly amount: string;
  readonly years?: number;
  readonly start?: string;
  readonly end?: string;
  readonly ramp?: readonly { readonly by: string; readonly amount: string }[];
  readonly counts?: readonly ('machines' | 'stores' | 'links')[];
  readonly accounts?: readonly string[];
}

/** The monthly budget of an account, resolved. */
export interface BudgetPlan {
  /** Decimal number, such as `12000000.00`. */
  readonly amount: string;
  readonly currency: string;
  readonly period: 'month';
  /** Percent of the amount at which mail is sent, ascending. */
  readonly thresholds: readonly number[];
  /** Who is mailed. */
  readonly email: string;
  /** What spend counts: only what has the tags of the estate. @default everything in the account */
  readonly counts?: 'estate';
  /** Whether new capacity is stopped when all of it is spent. @default false */
  readonly stopsCapacity?: boolean;
}

/** What an account is limited to in its provider's own form, resolved. */
export interface GuardrailsPlan {
  /** Regions in which things may be made, sorted; others are denied. @default all but the denied ones, where the form of the cloud names these */
  readonly regions?: readonly string[];
  /** Regions of the cloud in which nothing may be made, sorted. @default none */
  readonly deniedRegions?: readonly string[];
  /** Machine types that may be made, sorted; others are denied. @default any */
  readonly machines?: readonly string[];
  /** Service limits that those machines count against, sorted; Oracle Cloud only. @default any */
  readonly machineLimits?: readonly string[];
  /** Names on the way to the compartment, Oracle Cloud only. @default the tenancy, which the account lies in itself */
  readonly compartment?: string;
  /** What the policy is attached to, AWS only. @default it is only written: the account is no management account */
  readonly targets?: readonly string[];
  /** Whether breaches are only reported. @default they are denied */
  readonly dryRun?: boolean;
}
