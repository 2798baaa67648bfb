import type { Value } from '../../provider/values';
import type { Refusal, Shrinkage } from '../types';
import { AWS_NUMBERS, AWS_RULES } from './aws';
import { AZURE_NUMBERS, AZURE_RULES } from './azure';
import { GOOGLE_NUMBERS, GOOGLE_RULES } from './google';
import { type NumberRow, sumAt } from './numbers';
import { ORACLE_NUMBERS, ORACLE_RULES } from './oracle';
import { type AttributeChange, type Effect, fits, isOf, type PlanTimeRule, type ReleasedType, refusalOf } from './rule';

export { KEPT_ROWS } from './kept';
export { type AttributeChange, type Effect, type PlanTimeRule, type ReleasedType, withoutPositions } from './rule';

/** Decisions by resource type; of those that fit a changed path, the first refusal and the first other one count. */
export const PLAN_TIME_RULES: readonly PlanTimeRule[] = [
  ...AWS_RULES,
  ...AZURE_RULES,
  ...GOOGLE_RULES,
  ...ORACLE_RULES,
];

/** Numbers whose decrease takes something away. */
export const NUMBERS: readonly NumberRow[] = [...AWS_NUMBERS, ...AZURE_NUMBERS, ...GOOGLE_NUMBERS, ...ORACLE_NUMBERS];

/** What is done about a changed attribute beyond the schema. */
export interface PlanTimeFinding {
  /** @default it is just updated, or refused */
  readonly effect?: Exclude<Effect, 'refuse'>;
  readonly refusal?: Refusal;
}

/** What the provider or the service does about a changed attribute beyond its schema. */
export function planTimeFinding(type: ReleasedType, path: string, change: AttributeChange): PlanTimeFinding {
  const rows = PLAN_TIME_RULES.filter((row) => fits(row, type, path, change));
  const refusing = rows.find(({ effect }) => effect === 'refuse');
  const acting = rows.find(({ effect }) => effect !== 'refuse')?.effect;
  return {
    ...(acting !== undefined && acting !== 'refuse' && { effect: acting }),
    ...(refusing !== undefined && { refusal: refusalOf(refusing, path, change) }),
  };
}

function shrinkage(row: NumberRow, prior: Value, planned: Value): Shrinkage[] {
  const { path, unit, factor = 1 } = row;
  if (row.lost !== undefined) {
    const lost = row.lost(prior, planned);
    if (lost === undefined) return [];
    const { before, after, note } = lost;
    return [{ path, unit, before: before * factor, after: after * factor, ...(note !== '' && { note }) }];
  }
  const read = row.read ?? ((resource: Value) => sumAt(resource, path));
  const [before, after] = [read(prior), read(planned)];
  if (before === undefined || after === undefined || after >= before) return [];
  return [{ path, unit, before: before * factor, after: after * factor }];
}

/** The numbers of a resource that a change lowers. */
export function shrinkages(type: ReleasedType, prior: Value, planned: Value): Shrinkage[] {
  return NUMBERS.filter((row) => isOf(row, type)).flatMap((row) => shrinkage(row, prior, planned));
}
