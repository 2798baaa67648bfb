import type { LabelRequirement, NodeWish } from './types';

/** What of the wishes of a pod a node does not meet, as Kueue calls it; undefined where it meets them all. */
export function nodeMatches(
  labels: Readonly<Record<string, string>>,
  { selector, terms }: NodeWish,
): 'nodeSelector' | 'affinity' | undefined {
  if (Object.entries(selector).some(([key, value]) => labels[key] !== value)) return 'nodeSelector';
  return terms.length === 0 || terms.some((term) => termMatches(labels, term)) ? undefined : 'affinity';
}

/**
 * Whether a flavor is for pods with these wishes: only labels that the flavor itself names count, and a term that names
 * none of them lets any flavor pass.
 */
export function flavorMatches(labels: Readonly<Record<string, string>>, { selector, terms }: NodeWish): boolean {
  const known = (key: string) => Object.hasOwn(labels, key);
  const own = terms.map((term) => term.filter(({ key }) => known(key)));
  const chosen = Object.fromEntries(Object.entries(selector).filter(([key]) => known(key)));
  const counted = own.some((term) => term.length === 0) ? [] : own;
  return nodeMatches(labels, { selector: chosen, terms: counted, tolerations: [] }) === undefined;
}

/** An empty term matches nothing. */
function termMatches(labels: Readonly<Record<string, string>>, term: readonly LabelRequirement[]): boolean {
  return term.length > 0 && term.every((each) => requirementMatches(labels[each.key], each));
}

const OPERATORS: Readonly<Record<string, (value: string | undefined, values: readonly string[]) => boolean>> = {
  In: (value, values) => value !== undefined && values.includes(value),
  NotIn: (value, values) => value === undefined || !values.includes(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
  Gt: (value, [limit]) => value !== undefined && Number(value) > Number(limit),
  Lt: (value, [limit]) => value !== undefined && Number(value) < Number(limit),
};

function requirementMatches(value: string | undefined, { operator, values }: LabelRequirement): boolean {
  return OPERATORS[operator]?.(value, values) ?? false;
}
