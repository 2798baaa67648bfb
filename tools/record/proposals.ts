import type { RealPlan } from '../../provider/real/answers';
import type { TypeConstraint } from '../../provider/schema';
import type { Value } from '../../provider/values';
import type { Asker } from './asker';
import { configuration, dotted, type Given, type Leaf, type Outline } from './leaves';
import { sampleOf } from './states';

/** Accepted values by path. */
export type Samples = ReadonlyMap<string, readonly Value[]>;

/** Most questions to find out which of many changes a provider refuses to plan. */
export const MOST_HALVINGS = 80;

/** Type of a block in which nothing can be given. */
export const EMPTY: TypeConstraint = ['object', {}];

/** A type whose plans are asked for. */
export interface Subject {
  readonly asker: Asker;
  readonly outline: Outline;
  readonly samples: Samples;
}

/** A value of an argument, one that is accepted where one is known; the second one differs from the first. */
export function pick({ samples }: Subject, { path, type }: Leaf, which: 0 | 1): Value {
  if (type === EMPTY) return null;
  const [first, second] = samples.get(path) ?? [];
  const [one, other] =
    first === undefined || second === undefined ? [sampleOf(type, 0), sampleOf(type, 1)] : ordered(first, second);
  const value = which === 0 ? (first === undefined ? one : second === undefined ? first : one) : other;
  if (typeof type === 'string' || Array.isArray(value) || (typeof value === 'object' && value !== null)) return value;
  return type[0] === 'map' ? { key: value } : [value];
}

function ordered(first: Value, second: Value): [Value, Value] {
  return typeof first === 'number' && typeof second === 'number' && first > second ? [second, first] : [first, second];
}

/** Whether an argument is a list of values. */
export function isListOf({ type }: Leaf): boolean {
  return typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set');
}

/** The least that a resource needs: required arguments, in blocks that are needed. */
export function least(subject: Subject): Map<string, Value> {
  const needed = (path: string): boolean => {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')));
    return (
      parent === '' || (subject.outline.nests.some((nest) => nest.path === parent && nest.fewest > 0) && needed(parent))
    );
  };
  const leaves = subject.outline.leaves.filter(({ path, isRequired }) => isRequired && needed(path));
  return new Map(leaves.map((leaf) => [leaf.path, pick(subject, leaf, 0)]));
}

/** Every block, with what is required in it. */
export function blocks(subject: Subject): Map<string, Value> {
  const required = subject.outline.leaves.filter(({ isRequired }) => isRequired);
  return new Map<string, Value>([
    ...subject.outline.nests.map(({ path }): [string, Value] => [path, null]),
    ...required.map((leaf): [string, Value] => [leaf.path, pick(subject, leaf, 0)]),
  ]);
}

/** Everything that can be given at once. */
export function everything(subject: Subject): Map<string, Value> {
  return new Map(subject.outline.leaves.map((leaf) => [leaf.path, pick(subject, leaf, 0)]));
}

/** The plan that makes a resource; undefined where the provider refuses it. */
export async function create({ asker }: Subject, given: Given): Promise<RealPlan | undefined> {
  const config = configuration(asker.schema.block, given);
  return accepted(await asker.plan({ prior: null, proposed: config, config }));
}

/** A plan, unless the provider refused it. */
export function accepted(plan: RealPlan | undefined): RealPlan | undefined {
  return plan?.diagnostics.some(({ isError }) => isError) ? undefined : plan;
}

/** Paths that a plan marks. */
export function replaced(plan: RealPlan | undefined): Set<string> {
  return new Set(plan?.replaces.map(dotted) ?? []);
}
