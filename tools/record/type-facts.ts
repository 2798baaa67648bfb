import type { AcceptedValues, ChangeKind, ProviderName, ResourceRules } from '../../provider/schema';
import type { Value } from '../../provider/values';
import type { Asker } from './asker';
import { outlineOf } from './leaves';
import { askPlans } from './plans';
import { askRelations } from './relations';
import { sampleOf } from './states';
import { askValues } from './values';

/** Everything that a provider answered about one type of resource, in the form in which it is recorded. */
export interface TypeFacts {
  readonly type: string;
  readonly force_new: readonly string[];
  readonly force_new_when: Readonly<Record<string, readonly ChangeKind[]>>;
  readonly refused: Readonly<Record<string, readonly ChangeKind[]>>;
  readonly rules: ResourceRules;
  readonly values: Readonly<Record<string, AcceptedValues>>;
  readonly fractions: readonly string[];
  readonly vanishing: readonly string[];
  /** Arguments that no plan holds, since the provider refused each: what was known of them before still counts. */
  readonly untold: readonly string[];
}

/** Asks a provider everything about a type; what was known of its values before is asked again, and stays where it is right. */
export async function askType(
  asker: Asker,
  provider: ProviderName,
  earlier: Readonly<Record<string, AcceptedValues>>,
): Promise<TypeFacts> {
  const outline = outlineOf(asker.schema.block);
  const types = new Map(outline.leaves.map(({ path, type }) => [path, type]));
  const anything = (path: string): Value => sampleOf(types.get(path) ?? 'string', 1);
  const relations = await askRelations(asker, outline, anything);
  const { values, fractions, samples } = await askValues(asker, provider, outline, relations, earlier);
  const { defaults, ...plans } = await askPlans(asker, outline, samples);
  const rules = { ...relations, ...(Object.keys(defaults).length > 0 && { defaults }) };
  return { type: asker.type, rules, values, fractions, ...plans };
}
