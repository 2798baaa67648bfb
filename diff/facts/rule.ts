import { holdsFor, type ReleaseRange } from '../../estate/terraform-providers';
import { isObject, type Value } from '../../provider/values';
import type { Refusal } from '../types';

/** What the provider or the service does about a change that its schema does not tell. */
export type Effect = 'replace' | 'refuse' | 'roll' | 'new-nodes-only';

/** One changed attribute: its values, and the whole resource before and after. */
export interface AttributeChange {
  readonly before: Value;
  readonly after: Value;
  readonly prior: Value;
  readonly resource: Value;
}

/** What a refusal says; texts may depend on the values. */
export interface RefusalWords {
  /** Who refuses, such as `EKS`. */
  readonly who: string;
  /** Why, as half a sentence. */
  readonly why: string | ((change: AttributeChange) => string);
  /** The steps that work. */
  readonly way: string | ((change: AttributeChange) => string);
  /** Whether only what is in use is refused, such as a subnet with nodes in it. @default false */
  readonly whileInUse?: boolean;
  /** Whether only what has nodes is refused, which no file tells. @default false */
  readonly unlessEmpty?: boolean;
}

/**
 * A decision of a provider's code or of a service when a change is planned or applied, beyond what its schema says, and
 * the releases of the provider that it holds for.
 */
export interface PlanTimeRule extends ReleaseRange {
  readonly type: string;
  /** Dotted paths without positions; a path covers everything below it. */
  readonly paths: readonly string[];
  readonly effect: Effect;
  /** What a refusal says; only with `refuse`, and there always. */
  readonly refusal?: RefusalWords;
  /** Narrows the rule by the values before and after. @default every change */
  readonly when?: (before: Value, after: Value, change: AttributeChange) => boolean;
  /** Argument that takes the rule away when it is set and not false. @default none */
  readonly unless?: string;
  /** URL, or file of the provider with its tag. */
  readonly source: string;
  /** Month in which the source was read. */
  readonly checked: string;
}

/** A dotted path without the positions in it. */
export function withoutPositions(path: string): string {
  return path.replace(/\.\d+(?=\.|$)/g, '');
}

/** Every value at a dotted path without positions. */
export function valuesAt(value: Value, path: string): Value[] {
  const reach = (from: Value, steps: readonly string[]): Value[] => {
    if (Array.isArray(from)) return from.flatMap((element) => reach(element, steps));
    const [name, ...rest] = steps;
    if (name === undefined) return from === null ? [] : [from];
    return isObject(from) ? reach(from[name] ?? null, rest) : [];
  };
  return reach(value, path.split('.'));
}

/** Whether an argument is set, and not switched off, anywhere at a dotted path without positions. */
function isSet(value: Value, path: string): boolean {
  return valuesAt(value, path).some((each) => each !== '' && each !== false);
}

/** A type of resource, with the release of its provider. */
export interface ReleasedType {
  readonly type: string;
  /** Release of the provider that plans the change; none for types of CloudFormation. */
  readonly version?: string;
}

/** Whether a row is of a type, and holds for its release. */
export function isOf(row: ReleaseRange & { readonly type: string }, { type, version = '' }: ReleasedType): boolean {
  return row.type === type && holdsFor(row, version);
}

/** Whether a rule is about a changed attribute of a type. */
export function fits(rule: PlanTimeRule, type: ReleasedType, path: string, change: AttributeChange): boolean {
  const plain = withoutPositions(path);
  return (
    isOf(rule, type) &&
    rule.paths.some((start) => plain === start || plain.startsWith(`${start}.`)) &&
    (rule.when?.(change.before, change.after, change) ?? true) &&
    (rule.unless === undefined || !isSet(change.resource, rule.unless))
  );
}

/** What a rule's refusal says of a change. */
export function refusalOf({ refusal, source }: PlanTimeRule, path: string, change: AttributeChange): Refusal {
  const text = (words: string | ((change: AttributeChange) => string) | undefined) =>
    typeof words === 'function' ? words(change) : (words ?? '');
  return {
    attributes: [path],
    who: refusal?.who ?? '',
    why: text(refusal?.why),
    way: text(refusal?.way),
    source,
    ...(refusal?.whileInUse === true && { whileInUse: true }),
    ...(refusal?.unlessEmpty === true && { unlessEmpty: true }),
  };
}
