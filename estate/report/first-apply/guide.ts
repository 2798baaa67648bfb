import type { Catalog, Cloud, Sourced } from '../../catalog';
import type { GitOpsTool } from '../../catalog/gitops-steps';
import type { CloudSteps, StepPlace, StepRow } from '../../catalog/steps';
import type { OrderedStack } from '../../plan/order';
import type { PlanFiles } from '../../plan/resolve';
import type { AccountPlan, Plan, ShardPlan, SitePlan } from '../../plan/types';
import type { Step } from './types';

/** Values of words by their name. */
export type Words = Readonly<Record<string, string>>;

/** Files of an estate, and how its bundle gets into clusters. */
export interface ApplyFiles extends PlanFiles {
  /** What brings it there. @default flux */
  readonly gitops?: GitOpsTool;
  /** Whether it was written before, so that its lock says the rest. @default false */
  readonly isWritten?: boolean;
  /** Shard that holds the queue over all others. @default each queues for itself */
  readonly manager?: string;
}

/** How a bundle gets into clusters. */
export interface BundleWay {
  readonly tool: GitOpsTool;
  /** Shard in whose cluster Argo CD runs, where that is the tool. */
  readonly argo: string;
}

/** What steps of a place look at: all of an account, or only what is of one site or shard. */
export interface Scope<C extends Cloud = Cloud> {
  readonly plan: Plan;
  readonly bundle: BundleWay;
  readonly account: AccountPlan<C>;
  readonly sites: readonly SitePlan<C>[];
  readonly shards: readonly ShardPlan<C>[];
}

/** How the steps of a cloud are filled in. */
export interface Guide<C extends Cloud> {
  readonly steps: CloudSteps;
  /** What the cloud calls an account. */
  readonly idOf: (account: AccountPlan<C>) => string;
  /** The words of an account. */
  readonly words: (account: AccountPlan<C>, catalog: Catalog) => Words;
  /** The words of a shard: its name in the cloud, and who reaches its API server. */
  readonly clusterWords: (shard: ShardPlan<C>) => { readonly clusterName: string; readonly reachedFrom: string };
  /** What there is of a thing, each with its words. */
  readonly find: (thing: string, scope: Scope<C>) => readonly Words[];
  /** The command that applies a stack. */
  readonly deploy: (stack: OrderedStack<C>) => Pick<Step, 'run' | 'see' | 'done'>;
}

/** Makes the guide of a cloud, whose table of things is complete. */
export function guideOf<C extends Cloud, Thing extends string>({
  steps,
  find,
  ...rest
}: Omit<Guide<C>, 'steps' | 'find'> & {
  readonly steps: CloudSteps<Thing>;
  readonly find: Readonly<Record<Thing, (scope: Scope<C>) => readonly Words[]>>;
}): Guide<C> {
  const finders: Readonly<Record<string, (scope: Scope<C>) => readonly Words[]>> = find;
  return { ...rest, steps, find: (thing, scope) => finders[thing]?.(scope) ?? [] };
}

/** One where something holds, and none where it does not. */
export function when(holds: boolean): readonly Words[] {
  return holds ? [{}] : [];
}

/** Each of some words once, in their order. */
export function distinct(found: readonly Words[]): readonly Words[] {
  return [...new Map(found.map((words) => [JSON.stringify(words), words])).values()];
}

/** What a text looks like with its words filled in. */
export function filled(text: string, words: Words): string {
  return text.replace(/\{(\w+)\}/g, (_, word: string) => {
    const value = words[word];
    if (value === undefined) throw new Error(`nothing says what {${word}} is in "${text}"`);
    return value;
  });
}

/** The steps of a place: those of whose thing there is one. */
export function stepsAt(
  rows: readonly StepRow[],
  place: StepPlace,
  words: Words,
  find: (thing: string) => readonly Words[],
): readonly Step[] {
  return rows.filter(({ at }) => at === place).flatMap((row) => stepOf(row, words, find(row.of)));
}

function stepOf(row: StepRow, words: Words, things: readonly Words[]): readonly Step[] {
  if (things.length === 0) return [];
  const once = (text: string | undefined) => (text === undefined ? undefined : filled(text, words));
  const each = (texts: readonly string[] = []) => [
    ...new Set(things.flatMap((thing) => texts.map((text) => filled(text, { ...words, ...thing })))),
  ];
  const { id, title, why, from, run, see, done } = row;
  return [
    {
      step: id,
      title: filled(title, words),
      ...defined({ why: once(why), from: once(from) }),
      run: each(run),
      see: each(see),
      ...defined({ done: once(done) }),
      sources: [sourceOf(row)],
    },
  ];
}

/** A row's source alone. */
export function sourceOf({ source, checked, unverified }: Sourced): Sourced {
  return { source, checked, ...defined({ unverified }) };
}

/** The members that are there. */
export function defined<T extends object>(members: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
