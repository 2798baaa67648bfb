import type { ReleaseRange } from '../../estate/terraform-providers';
import type { PathStep } from '../protocol';
import { isObject, Unknown, type Value } from '../values';

/** A resource as it is configured; what is known only after apply is an `Unknown`. */
export interface CheckedResource {
  readonly type: string;
  /** Terraform address; empty inside the provider, which is not told. */
  readonly address: string;
  readonly values: Value;
}

/** Something that the real provider, or its service, would refuse. */
export interface Finding {
  /** @default 'error' */
  readonly severity?: 'error' | 'warning';
  readonly path: readonly PathStep[];
  /** What is wrong, with the value got and what is allowed. */
  readonly message: string;
  /** What to change. */
  readonly hint: string;
}

/** A rule that a provider's schema cannot say, and the releases that it holds for. */
export interface Check extends ReleaseRange {
  readonly name: string;
  /** Who refuses it: the real provider when it validates or plans, or only the service, or the provider at apply. */
  readonly decides: 'provider' | 'service';
  /** Resource types that it looks at. */
  readonly types: readonly string[];
  /** Where the rule is written. */
  readonly source: string;
  /** Month in which that was read. */
  readonly checked: string;
  readonly find: (resource: CheckedResource) => Finding[];
  /** Values that it lets pass, by type and dotted path, where a random one seldom would. @default - random values do */
  readonly samples?: Readonly<Record<string, Samples>>;
}

/** Values of arguments by their dotted path. */
export type Samples = Readonly<Record<string, readonly (string | number)[]>>;

/** The value at a path; undefined when it is known only after apply, null when it is not given. */
export function valueAt(value: Value, ...steps: readonly PathStep[]): Value | undefined {
  let current: Value = value;
  for (const step of steps) {
    if (current instanceof Unknown) return undefined;
    if (Array.isArray(current)) current = current[Number(step)] ?? null;
    else current = isObject(current) ? (current[String(step)] ?? null) : null;
  }
  return current instanceof Unknown ? undefined : current;
}

/** The text at a path; undefined when there is none or it is not known. */
export function textAt(value: Value, ...steps: readonly PathStep[]): string | undefined {
  const found = valueAt(value, ...steps);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The number at a path, also where the provider takes it as text; undefined when there is none or it is not known. */
export function numberAt(value: Value, ...steps: readonly PathStep[]): number | undefined {
  const found = valueAt(value, ...steps);
  if (typeof found === 'string') return /^\d+$/.test(found) ? Number(found) : undefined;
  return typeof found === 'number' || typeof found === 'bigint' ? Number(found) : undefined;
}
