import type { RealPlan } from '../../provider/real/answers';
import type { ChangeKind } from '../../provider/schema';
import type { Value } from '../../provider/values';
import { Unknown } from '../../provider/values';
import type { Asker } from './asker';
import { defaultsOf } from './defaults';
import { configuration, type Given, type Leaf, type Outline } from './leaves';
import { askMarked } from './marked';
import {
  accepted,
  blocks,
  create,
  everything,
  isListOf,
  least,
  MOST_HALVINGS,
  pick,
  replaced,
  type Samples,
  type Subject,
} from './proposals';
import { applied, proposedNew, reached } from './states';

/** How an argument is changed when a plan is asked for. */
export const CHANGES: readonly ChangeKind[] = ['larger', 'smaller', 'set', 'unset', 'longer', 'shorter', 'reordered'];

/** What plans say of a type. */
export interface FoundPlans {
  /** Paths whose every change replaces the resource. */
  readonly force_new: readonly string[];
  /** Paths of which only some changes replace it, as the provider decides when it plans. */
  readonly force_new_when: Readonly<Record<string, readonly ChangeKind[]>>;
  /** Changes that the provider refuses to plan. */
  readonly refused: Readonly<Record<string, readonly ChangeKind[]>>;
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
  /** Arguments that are gone from the plan. */
  readonly vanishing: readonly string[];
  /** Arguments that no plan holds, since the provider refused each. */
  readonly untold: readonly string[];
}

/** What means nothing to the SDK of providers is equal to being unset. */
function orUnset(value: Value): Value {
  if (value === '' || value === false || value === 0 || (Array.isArray(value) && value.length === 0)) return null;
  return value;
}

function isChanged(plan: ChangePlan, { path }: Leaf): boolean {
  const [before, after] = [plan.prior, plan.planned].map((state) => reached(state, path.split('.')).map(orUnset));
  if (before === undefined || after === undefined) return false;
  return after.some((value) => value instanceof Unknown) || JSON.stringify(before) !== JSON.stringify(after);
}

/** A plan that changes a resource, and the state before it. */
interface ChangePlan extends RealPlan {
  readonly prior: Value;
}

/** Plans a change of a resource that is made first; undefined where the provider refuses the change. */
async function change({ asker }: Subject, before: Given, after: Given): Promise<ChangePlan | undefined> {
  const { block } = asker.schema;
  const first = configuration(block, before);
  const planned = await asker.plan({ prior: null, proposed: first, config: first });
  // Where a resource is not planned from nothing, its own configuration is a state that is near enough.
  const made = accepted(planned);
  const prior = applied(block, made?.planned ?? first, made === undefined);
  const config = configuration(block, after);
  const proposed = proposedNew(block, prior, config);
  const plan = accepted(await asker.plan({ prior, proposed, config, priorPrivate: planned?.plannedPrivate }));
  return plan === undefined ? undefined : { ...plan, prior };
}

/** Values of some arguments before and after a change; undefined where an argument cannot be changed so. */
type Values = (leaf: Leaf) => readonly [before: Value, after: Value] | undefined;

function valuesOf(subject: Subject): Readonly<Record<ChangeKind, Values>> {
  const one = (leaf: Leaf) => pick(subject, leaf, 0);
  const other = (leaf: Leaf) => pick(subject, leaf, 1);
  // To be false is the same as to be unset.
  const some = (leaf: Leaf) => (leaf.type === 'bool' ? true : one(leaf));
  const both = (leaf: Leaf): Value[] =>
    [one(leaf), other(leaf)].flatMap((value) => (Array.isArray(value) ? value : []));
  const lists =
    (make: (leaf: Leaf) => readonly [Value, Value]): Values =>
    (leaf) =>
      isListOf(leaf) ? make(leaf) : undefined;
  return {
    larger: (leaf) => [one(leaf), other(leaf)],
    smaller: (leaf) => [other(leaf), one(leaf)],
    set: (leaf) => (leaf.isRequired ? undefined : [null, some(leaf)]),
    unset: (leaf) => (leaf.isRequired ? undefined : [some(leaf), null]),
    longer: lists((leaf) => [one(leaf), both(leaf)]),
    shorter: lists((leaf) => [both(leaf), one(leaf)]),
    reordered: (leaf) =>
      isListOf(leaf) && typeof leaf.type !== 'string' && leaf.type[0] === 'list'
        ? [both(leaf), both(leaf).reverse()]
        : undefined,
  };
}

interface Outcome {
  readonly replaced: Set<string>;
  /** Arguments whose change is in the plan: others were taken for equal. */
  readonly planned: Set<string>;
  readonly refused: Set<string>;
}

/** Changes many arguments at once, and halves of them where the provider refuses that. */
async function tryChange(
  subject: Subject,
  base: Given,
  leaves: readonly Leaf[],
  values: Values,
  outcome: Outcome,
  left = { questions: MOST_HALVINGS },
): Promise<void> {
  const pairs = leaves.flatMap((leaf) => {
    const pair = values(leaf);
    return pair === undefined ? [] : [[leaf, pair] as const];
  });
  if (pairs.length === 0) return;
  const side = (at: 0 | 1) =>
    new Map([...base, ...pairs.map(([leaf, pair]): [string, Value] => [leaf.path, pair[at]])]);
  left.questions -= 1;
  const [before, after] = [side(0), side(1)];
  const plan = await change(subject, before, after);
  if (plan !== undefined) {
    for (const path of replaced(plan)) outcome.replaced.add(path);
    for (const [leaf] of pairs) if (isChanged(plan, leaf)) outcome.planned.add(leaf.path);
    return;
  }
  if (pairs.length === 1) {
    for (const [leaf] of pairs) outcome.refused.add(leaf.path);
    return;
  }
  if (left.questions <= 0) return;
  const middle = Math.ceil(pairs.length / 2);
  const changed = pairs.map(([leaf]) => leaf);
  await tryChange(subject, base, changed.slice(0, middle), values, outcome, left);
  await tryChange(subject, base, changed.slice(middle), values, outcome, left);
}

function sorted<T>(map: ReadonlyMap<string, readonly T[]>): Record<string, readonly T[]> {
  return Object.fromEntries([...map].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A resource that can be planned again as it is, to which changes are made; with all its blocks, where that is possible. */
async function baseOf(subject: Subject) {
  for (const given of [blocks(subject), least(subject)]) {
    const plan = await change(subject, given, given);
    if (plan !== undefined) return { given, replaced: replaced(plan) };
  }
  return undefined;
}

/** Compares what replaces a resource by itself with what does when it is changed. */
async function changedPaths(subject: Subject, fixed: ReadonlySet<string>) {
  const { outline } = subject;
  // Elements of sets have no place in which a change of theirs could be told from another.
  const leaves = outline.leaves.filter(({ set, isWriteOnly }) => set === undefined && !isWriteOnly);
  const values = valuesOf(subject);
  const tried = new Map<string, ChangeKind[]>();
  const replaces = new Map<string, ChangeKind[]>();
  const refused = new Map<string, ChangeKind[]>();
  const add = (map: Map<string, ChangeKind[]>, path: string, kind: ChangeKind) =>
    map.set(path, [...(map.get(path) ?? []), kind]);
  const base = await baseOf(subject);
  if (base === undefined) return { force_new: [...fixed].sort(), force_new_when: {}, refused: {} };
  for (const kind of CHANGES) {
    const outcome: Outcome = { replaced: new Set(), planned: new Set(), refused: new Set() };
    await tryChange(subject, base.given, leaves, values[kind], outcome);
    for (const path of outcome.planned) add(tried, path, kind);
    for (const path of outcome.refused) add(refused, path, kind);
    for (const path of outcome.replaced)
      if (!base.replaced.has(path) && outcome.planned.has(path)) add(replaces, path, kind);
  }
  // What no plan that makes a resource marks is decided by code, perhaps by the values: one pair of them proves no more.
  const decided = [...replaces].filter(
    ([path, kinds]) => !fixed.has(path) || kinds.length < (tried.get(path)?.length ?? 0),
  );
  const when = new Map<string, readonly ChangeKind[]>(decided);
  const never = [...fixed].filter((path) => (tried.get(path)?.length ?? 0) > 0 && !replaces.has(path));
  const result = new Set([...fixed].filter((path) => !when.has(path) && !never.includes(path)));
  return { force_new: [...result].sort(), force_new_when: sorted(when), refused: sorted(refused) };
}

/** Arguments that are given and are not in the plan that makes the resource. */
async function vanishingOf(subject: Subject) {
  const plan = await create(subject, everything(subject));
  if (plan === undefined) return [];
  const gone = subject.outline.leaves.filter(({ path, set, isWriteOnly }) => {
    if (set !== undefined || isWriteOnly) return false;
    const values = reached(plan.planned, path.split('.'));
    return (
      values.length === 0 || values.every((value) => value === null || (Array.isArray(value) && value.length === 0))
    );
  });
  return gone.map(({ path }) => path).sort();
}

/** What plans say of the arguments of a type. */
export async function askPlans(asker: Asker, outline: Outline, samples: Samples): Promise<FoundPlans> {
  const subject: Subject = { asker, outline, samples };
  const { fixed, untold } = await askMarked(asker, outline, samples);
  const changes = await changedPaths(subject, fixed);
  return { ...changes, untold, defaults: await defaultsOf(subject), vanishing: await vanishingOf(subject) };
}
