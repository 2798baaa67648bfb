import { NUMBERS, PLAN_TIME_RULES } from '../../diff/facts';
import { DROPPED } from '../../diff/facts/dropped';
import { KEPT_ROWS } from '../../diff/facts/kept';
import { STAYING } from '../../diff/facts/staying';
import { SUCCESSOR_FACTS } from '../../diff/facts/successors';
import { holdsFor, providerOfType } from '../../estate/terraform-providers';
import { CHECKS } from '../../provider/checks';
import completed from '../../provider/rules/completed.json';
import ids from '../../provider/rules/ids.json';
import names from '../../provider/rules/names.json';
import type { FactTable } from '../../provider/rules/rows';
import { UNSENT } from '../../provider/rules/unsent';
import {
  attributesOf,
  type BlockSchema,
  blocksOf,
  PROVIDER_NAMES,
  type ProviderName,
  type ReleaseRange,
  type ResourceSchema,
} from '../../provider/schema';

/** What is known of a type, or of an argument of one, in some releases of its provider. */
export interface ProjectFact extends ReleaseRange {
  readonly type: string;
  /** Dotted path; empty for the type as a whole. */
  readonly path: string;
}

/** The facts of a table; the path of a row follows from what it holds. */
function factsOf<R>(table: FactTable<R>, paths: (row: R) => readonly string[]): ProjectFact[] {
  const rows = (byType: Readonly<Record<string, R | undefined>> = {}, range: ReleaseRange = {}) =>
    Object.entries(byType).flatMap(([type, row]) =>
      (row === undefined ? [] : paths(row)).map((path) => ({ type, path, since: range.since, before: range.before })),
    );
  return [
    ...PROVIDER_NAMES.flatMap((name) => rows(table[name])),
    ...(table.some ?? []).flatMap((part) => rows(part.rows, part)),
  ];
}

const cloudTypes = (row: { readonly type: string }) => !row.type.startsWith('AWS::');
const withPrefix = (name: string, rows: object) =>
  Object.fromEntries(Object.keys(rows).map((type) => [`${name}_${type}`, '']));

/** Tables of this project that say something of types of providers, by where they stand. */
export const PROJECT_FACTS: Readonly<Record<string, readonly ProjectFact[]>> = {
  'provider/rules/completed.json': factsOf<object>(completed.values, Object.keys),
  'provider/rules/ids.json': factsOf<string>(
    {
      azurerm: withPrefix('azurerm', ids.azurerm),
      google: withPrefix('google', ids.google),
      some: ids.some.map((part) => ({ ...part, rows: withPrefix(part.provider, part.rows) })),
    },
    (path) => [path],
  ),
  'provider/rules/names.json': factsOf<object>(names, () => ['name']),
  'provider/rules/unsent.json': factsOf(UNSENT, (rows) => rows.map(({ path }) => path)),
  'provider/checks': CHECKS.flatMap((check) =>
    check.types.flatMap((type) =>
      ['', ...Object.keys(check.samples?.[type] ?? {})].map((path) => ({ ...check, type, path })),
    ),
  ),
  'diff/facts, rules': PLAN_TIME_RULES.filter(cloudTypes).flatMap((rule) =>
    [...rule.paths, ...(rule.unless === undefined ? [] : [rule.unless])].map((path) => ({ ...rule, path })),
  ),
  'diff/facts, numbers': NUMBERS.filter(cloudTypes),
  'diff/facts/dropped.ts': DROPPED,
  'diff/facts/staying.ts': STAYING,
  'diff/facts/successors.ts': SUCCESSOR_FACTS,
  'diff/facts/kept.ts': KEPT_ROWS.filter(cloudTypes).map(({ type }) => ({ type, path: '' })),
};

/** Whether a block has an argument, at a dotted path. */
export function hasPath(block: BlockSchema, path: string): boolean {
  const [name = '', ...rest] = path.replace(/\[\]$/, '').split('.');
  const attribute = attributesOf(block)[name];
  if (attribute !== undefined) return rest.length === 0 || hasMember(attribute.type, rest);
  const nested = blocksOf(block)[name];
  return nested !== undefined && (rest.length === 0 || hasPath(nested.block, rest.join('.')));
}

/** Whether an attribute that is an object, or a list of them, has a member. */
function hasMember(type: unknown, [name = '', ...rest]: readonly string[]): boolean {
  if (!Array.isArray(type)) return false;
  const [kind, inner] = type;
  if (kind !== 'object') return hasMember(inner, [name, ...rest]);
  return name in inner && (rest.length === 0 || hasMember(inner[name], rest));
}

/** Facts of a table that hold for a release and are of what its schemas do not have, as `TYPE PATH`. */
export function goneFrom(
  facts: readonly ProjectFact[],
  { name, version }: { readonly name: ProviderName; readonly version: string },
  schemas: Readonly<Record<string, ResourceSchema>>,
): string[] {
  return facts
    .filter((fact) => providerOfType(fact.type) === name && holdsFor(fact, version))
    .filter(({ type, path }) => {
      const block = schemas[type]?.block;
      return block === undefined || (path !== '' && !hasPath(block, path));
    })
    .map(({ type, path }) => `${type} ${path}`.trim());
}
