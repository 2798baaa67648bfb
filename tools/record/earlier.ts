import type { AcceptedValues, RecordedProvider, ResourceRules, ResourceSchema } from '../../provider/schema';
import type { Skipped } from './asker';
import { outlineOf } from './leaves';
import type { TypeFacts } from './type-facts';

/** Whether a release still has an argument, or all arguments of a group. */
type IsThere = (...paths: string[]) => boolean;

function thereIn(schema: ResourceSchema): IsThere {
  const { leaves, nests } = outlineOf(schema.block);
  const known = new Set([...leaves, ...nests].map(({ path }) => path));
  return (...paths) => paths.every((path) => known.has(path.replace(/\[\]$/, '')));
}

function pick<T>(all: Readonly<Record<string, T>> = {}, isThere: IsThere): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([path]) => isThere(path)));
}

function joined(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])].sort();
}

function pairs(
  now: Readonly<Record<string, readonly string[]>> = {},
  before: Readonly<Record<string, readonly string[]>> = {},
  isThere: IsThere,
) {
  const kept = Object.entries(before).filter(([path, others]) => isThere(path, ...others));
  return { ...Object.fromEntries(kept), ...now };
}

function groups(
  now: readonly (readonly string[])[] = [],
  before: readonly (readonly string[])[] = [],
  isThere: IsThere,
) {
  const key = (paths: readonly string[]) => [...paths].sort().join();
  const known = new Set(now.map(key));
  return [...now, ...before.filter((paths) => isThere(...paths) && !known.has(key(paths)))];
}

function relations(now: ResourceRules, before: ResourceRules = {}, isThere: IsThere): ResourceRules {
  const all: ResourceRules = {
    conflicts_with: pairs(now.conflicts_with, before.conflicts_with, isThere),
    required_with: pairs(now.required_with, before.required_with, isThere),
    exactly_one_of: groups(now.exactly_one_of, before.exactly_one_of, isThere),
    at_least_one_of: groups(now.at_least_one_of, before.at_least_one_of, isThere),
    defaults: now.defaults,
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && Object.keys(value).length > 0),
  );
}

/**
 * Adds what was known before to what was found out about a type of which a provider left questions without an answer: what it
 * did not say is no proof that it is no longer so.
 */
export function withEarlier(
  facts: TypeFacts,
  skipped: readonly Skipped[],
  schema: ResourceSchema,
  basis: RecordedProvider | undefined,
  earlierValues: Readonly<Record<string, AcceptedValues>>,
): TypeFacts {
  if (basis === undefined || (skipped.length === 0 && facts.untold.length === 0)) return facts;
  const isThere = thereIn(schema);
  const kinds = new Set(skipped.map(({ kind }) => kind));
  const before = basis.rules[facts.type];
  const { defaults: knownDefaults = {}, ...found } = facts.rules;
  const isPlanned = !kinds.has('plan') && facts.untold.length === 0;
  const defaults = !isPlanned ? { ...pick(before?.defaults, isThere), ...knownDefaults } : knownDefaults;
  const rules = { ...found, ...(Object.keys(defaults).length > 0 && { defaults }) };
  const isUntold = (path: string) => facts.untold.some((each) => each === path || each.startsWith(`${path}.`));
  const replaced = (basis.force_new[facts.type] ?? []).filter(
    (path) => isThere(path) && (kinds.has('plan') || isUntold(path)),
  );
  return {
    ...facts,
    rules: kinds.has('validate') ? relations(rules, before, isThere) : rules,
    force_new: joined(facts.force_new, replaced),
    ...(kinds.has('validate') && { values: { ...pick(earlierValues, isThere), ...facts.values } }),
  };
}
