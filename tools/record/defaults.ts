import type { TypeConstraint } from '../../provider/schema';
import type { Value } from '../../provider/values';
import { blocks, create, everything, least, type Subject } from './proposals';
import { reached } from './states';

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
  const all = everything(subject);
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
export async function defaultsOf(subject: Subject): Promise<Record<string, string | number | boolean>> {
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
