import type { Value } from '../../provider/values';
import type { Asker } from './asker';
import type { Leaf, Outline } from './leaves';
import { create, EMPTY, least, MOST_HALVINGS, pick, replaced, type Samples, type Subject } from './proposals';
import { roundsOf } from './rounds';
import { reached } from './states';

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
  const alone = await planAlone(subject, all.filter(isUntold), told);
  const found = new Set([...plan, ...more, ...alone].filter((path) => isKnown(outline, path)));
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
    for (const [path, value] of given) if (isPlanned(plan.planned, path, value)) told.add(path);
    return replaced(plan);
  }
  if (leaves.length <= 1 || left.questions <= 0) return new Set();
  const middle = Math.ceil(leaves.length / 2);
  const first = await planOrHalves(subject, leaves.slice(0, middle), told, left);
  const second = await planOrHalves(subject, leaves.slice(middle), told, left);
  return new Set([...first, ...second]);
}

/** Whether what was given is in a plan: providers drop some arguments, and take others for equal to what is there. */
function isPlanned(planned: Value, path: string, given: Value): boolean {
  const values = reached(planned, path.split('.'));
  return values.some((value) => (given === null ? value !== null : JSON.stringify(value) === JSON.stringify(given)));
}

/** Paths that are marked when one argument is given and no other: what stands beside it may hide it. */
async function planAlone(subject: Subject, leaves: readonly Leaf[], told: Set<string>): Promise<Set<string>> {
  const marked = new Set<string>();
  for (const leaf of leaves.slice(0, MOST_HALVINGS)) {
    const value = pick(subject, leaf, 0);
    const plan = await create(subject, new Map([...least(subject), [leaf.path, value]]));
    if (plan === undefined || !isPlanned(plan.planned, leaf.path, value)) continue;
    told.add(leaf.path);
    for (const path of replaced(plan)) marked.add(path);
  }
  return marked;
}
