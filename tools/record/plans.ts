import type { RealPlan } from '../../provider/real/answers';
import type { ChangeKind, TypeConstraint } from '../../provider/schema';
import type { Value } from '../../provider/values';
import { Unknown } from '../../provider/values';
import type { Asker } from './asker';
import { type Counts, configuration, dotted, type Given, type Leaf, type Outline } from './leaves';
import { roundsOf } from './rounds';
import { applied, proposedNew, reached, sampleOf } from './states';

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

/** Accepted values by path. */
export type Samples = ReadonlyMap<string, readonly Value[]>;

/** Most questions to find out which of many changes a provider refuses to plan. */
const MOST_HALVINGS = 80;

/** Type of a block in which nothing can be given. */
const EMPTY: TypeConstraint = ['object', {}];

interface Subject {
  readonly asker: Asker;
  readonly outline: Outline;
  readonly samples: Samples;
}

function pick({ samples }: Subject, { path, type }: Leaf, which: 0 | 1): Value {
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

function isListOf({ type }: Leaf): boolean {
  return typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set');
}

/** The least that a resource needs: required arguments, in blocks that are needed. */
function least(subject: Subject): Map<string, Value> {
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
function blocks(subject: Subject): Map<string, Value> {
  const required = subject.outline.leaves.filter(({ isRequired }) => isRequired);
  return new Map<string, Value>([
    ...subject.outline.nests.map(({ path }): [string, Value] => [path, null]),
    ...required.map((leaf): [string, Value] => [leaf.path, pick(subject, leaf, 0)]),
  ]);
}

function everything(subject: Subject, which: 0 | 1): Map<string, Value> {
  return new Map(subject.outline.leaves.map((leaf) => [leaf.path, pick(subject, leaf, which)]));
}

async function create({ asker }: Subject, given: Given, counts: Counts = {}): Promise<RealPlan | undefined> {
  const config = configuration(asker.schema.block, given, counts);
  const plan = await asker.plan({ prior: null, proposed: config, config });
  return plan === undefined || plan.diagnostics.some(({ isError }) => isError) ? undefined : plan;
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
  const isPlanned = planned !== undefined && !planned.diagnostics.some(({ isError }) => isError);
  const prior = applied(block, isPlanned ? planned.planned : first, !isPlanned);
  const config = configuration(block, after);
  const plan = await asker.plan({
    prior,
    proposed: proposedNew(block, prior, config),
    config,
    priorPrivate: planned?.plannedPrivate,
  });
  return plan === undefined || plan.diagnostics.some(({ isError }) => isError) ? undefined : { ...plan, prior };
}

function replaced(plan: RealPlan | undefined): Set<string> {
  return new Set(plan?.replaces.map(dotted) ?? []);
}

/** What plans say that make a resource. */
export interface Marked {
  /** Paths that replace a resource whatever becomes of them: a provider marks them in every plan that makes one. */
  readonly fixed: ReadonlySet<string>;
  /** Arguments that are in no plan, since the provider refused each: nothing is known of them. */
  readonly untold: readonly string[];
}

/** Asks which paths replace a resource of a type by themselves. */
export async function askMarked(asker: Asker, outline: Outline, samples: Samples): Promise<Marked> {
  const subject: Subject = { asker, outline, samples };
  const told = new Set<string>();
  const all = [...outline.leaves, ...emptyBlocks(outline)];
  const plan = await planOrHalves(subject, all, told);
  const isUntold = ({ path }: Leaf) => !told.has(path);
  // Values that are accepted one by one may not fit together where code looks at them; others it does not look at.
  const plain: Subject = { ...subject, samples: new Map() };
  const more = all.some(isUntold) ? await planOrHalves(plain, all, told) : new Set<string>();
  const found = new Set([...plan, ...more].filter((path) => isKnown(outline, path)));
  await markInSets(subject, found);
  const untold = outline.leaves.filter(isUntold).map(({ path }) => path);
  return { fixed: found, untold: untold.sort() };
}

/** Blocks in which nothing can be given, as arguments that are given by being there. */
function emptyBlocks({ leaves, nests }: Outline): Leaf[] {
  const isEmpty = (path: string) => !leaves.some((leaf) => leaf.path.startsWith(`${path}.`));
  const flags = { isRequired: false, isComputed: false, isWriteOnly: false };
  return nests
    .filter(({ path }) => isEmpty(path) && !nests.some((other) => other.path.startsWith(`${path}.`)))
    .map(({ path, set }) => ({ path, type: EMPTY, ...flags, ...(set !== undefined && { set }) }));
}

/** Of a set only the set itself is named, so its arguments are given one at a time. */
async function markInSets(subject: Subject, found: Set<string>): Promise<void> {
  const { outline } = subject;
  const sets = outline.nests
    .filter(({ nesting, set }) => nesting === 'set' && set === undefined)
    .map(({ path }) => path);
  const open = new Set(sets.filter((path) => found.has(path)));
  if (open.size === 0) return;
  const base = least(subject);
  const blocks = sets.map((path): [string, Value] => [path, null]);
  const empty = replaced(await create(subject, new Map([...base, ...blocks])));
  for (const path of open) if (!empty.has(path)) found.delete(path);
  const inside = outline.leaves.filter(({ set }) => set !== undefined && open.has(set));
  for (const round of roundsOf(inside, {})) {
    const isInside = (path: string) => round.some(({ set }) => set !== undefined && path.startsWith(`${set}.`));
    const given = new Map([...base].filter(([path]) => !isInside(path)));
    for (const leaf of round) given.set(leaf.path, pick(subject, leaf, 0));
    const marked = replaced(await create(subject, given));
    for (const { path, set } of round) if (set !== undefined && marked.has(set) && !empty.has(set)) found.add(path);
  }
}

function isKnown({ leaves, nests }: Outline, path: string): boolean {
  return leaves.some((leaf) => leaf.path === path) || nests.some((nest) => nest.path === path);
}

/** Paths that are marked when all arguments are given; those that cannot be given together are given in halves. */
async function planOrHalves(
  subject: Subject,
  leaves: readonly Leaf[],
  told: Set<string>,
  left = { questions: MOST_HALVINGS },
): Promise<Set<string>> {
  const base = least(subject);
  const given = new Map([...base, ...leaves.map((leaf): [string, Value] => [leaf.path, pick(subject, leaf, 0)])]);
  left.questions -= 1;
  const plan = await create(subject, given);
  if (plan !== undefined) {
    for (const path of given.keys()) if (isPlanned(plan.planned, path)) told.add(path);
    return replaced(plan);
  }
  if (leaves.length <= 1 || left.questions <= 0) return new Set();
  const middle = Math.ceil(leaves.length / 2);
  const first = await planOrHalves(subject, leaves.slice(0, middle), told, left);
  const second = await planOrHalves(subject, leaves.slice(middle), told, left);
  return new Set([...first, ...second]);
}

/** Whether something is in a plan at a path: providers drop some arguments. */
function isPlanned(planned: Value, path: string): boolean {
  return reached(planned, path.split('.')).some((value) => value !== null);
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

/** Plans of resources that have every block and nothing else in them: of each block alone where they cannot be planned together. */
async function emptyPlans(subject: Subject): Promise<Value[]> {
  const together = await create(subject, blocks(subject));
  if (together !== undefined) return [together.planned];
  const base = least(subject);
  const alone: Value[] = [];
  for (const { path } of [{ path: '' }, ...subject.outline.nests]) {
    const inside = [...blocks(subject)].filter(([key]) => path !== '' && (key === path || isLeafOf(path, key)));
    const plan = await create(subject, new Map([...base, ...inside]));
    if (plan !== undefined) alone.push(plan.planned);
  }
  return alone.length > 0 ? alone : plansWithoutOne(subject);
}

/** Plans in which all but one argument are given, for resources that cannot be planned with less. */
async function plansWithoutOne(subject: Subject): Promise<Value[]> {
  const all = everything(subject, 0);
  if ((await create(subject, all)) === undefined) return [];
  const plans: Value[] = [];
  for (const { path, isRequired, isComputed } of subject.outline.leaves) {
    if (isRequired || isComputed) continue;
    const plan = await create(subject, new Map([...all].filter(([key]) => key !== path)));
    const [value = null] = reached(plan?.planned ?? null, path.split('.'));
    if (value !== null) plans.push(nestedAt(path, value));
  }
  return plans;
}

/** An object that holds a value at a dotted path, and nothing else. */
function nestedAt(path: string, value: Value): Value {
  return path.split('.').reduceRight<Value>((inner, name) => ({ [name]: inner }), value);
}

function isLeafOf(path: string, key: string): boolean {
  return key.startsWith(`${path}.`) && !key.slice(path.length + 1).includes('.');
}

/** A value as recordings have it: numbers that are too exact for the protocol's encoding come as texts. */
function plain(type: TypeConstraint, value: Value): string | number | boolean | undefined {
  if (typeof value === 'string') return type === 'number' ? Number(value) : value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** What is planned where nothing is given: for arguments that the provider does not compute, a default. */
async function defaultsOf(subject: Subject): Promise<Record<string, string | number | boolean>> {
  const plans = await emptyPlans(subject);
  const found = subject.outline.leaves.flatMap(
    ({ path, type, isComputed, isRequired }): [string, string | number | boolean][] => {
      if (isComputed || isRequired) return [];
      const values = plans.flatMap((plan) => reached(plan, path.split('.'))).map((value) => plain(type, value));
      const value = values.find((each) => each !== undefined);
      return value === undefined ? [] : [[path, value]];
    },
  );
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Arguments that are given and are not in the plan that makes the resource. */
async function vanishingOf(subject: Subject) {
  const plan = await create(subject, everything(subject, 0));
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
