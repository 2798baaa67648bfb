import { isRefused } from '../../provider/rules/accepted';
import type { AcceptedValues, ProviderName } from '../../provider/schema';
import type { Value } from '../../provider/values';
import type { Asker } from './asker';
import { around, type Leaf, type Outline } from './leaves';
import type { Relations } from './relations';
import { ask, type Round, roundsOf, type Trials } from './rounds';
import { sampleOf } from './states';

/** An argument whose values are asked about, and every answer. */
export interface Subject {
  readonly leaf: Leaf;
  /** Path as recordings have it. */
  readonly path: string;
  readonly kind: 'text' | 'number';
  /** Whether a value is accepted, of those that were asked. */
  readonly answers: Map<Value, boolean>;
  readonly messages: Set<string>;
}

/** A type's arguments in rounds, with the provider that is asked about them. */
export interface Interview {
  readonly asker: Asker;
  readonly provider: ProviderName;
  readonly rounds: readonly Round[];
  readonly subjects: ReadonlyMap<string, Subject>;
  /** What has to be given beside an argument, or a block. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** Any value for each argument. */
  readonly anything: Trials;
}

/** What has to be given for the values of some arguments to be looked at; blocks are given as empty ones. */
function beside({ needs, anything }: Interview, trials: Trials): Trials {
  const needed = [...trials.keys()].flatMap(around).flatMap((path) => needs[path] ?? []);
  return new Map(needed.filter((path) => !trials.has(path)).map((path) => [path, anything.get(path) ?? null]));
}

/** The argument of a leaf whose values can be asked about one at a time. */
function subjectOf(leaf: Leaf): Subject[] {
  const { type, path } = leaf;
  const isList = typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set' || type[0] === 'map');
  const element = isList ? type[1] : type;
  if (element !== 'string' && element !== 'number') return [];
  return [
    {
      leaf,
      path: isList ? `${path}[]` : path,
      kind: element === 'string' ? 'text' : 'number',
      answers: new Map(),
      messages: new Set(),
    },
  ];
}

/** All arguments of a type that take texts or numbers, or lists of them. */
export function interviewOf(asker: Asker, provider: ProviderName, outline: Outline, relations: Relations): Interview {
  const subjects = new Map(outline.leaves.flatMap(subjectOf).map((subject) => [subject.leaf.path, subject]));
  const leaves = [...subjects.values()].map(({ leaf }) => leaf);
  return {
    asker,
    provider,
    rounds: roundsOf(leaves, relations),
    subjects,
    needs: relations.required_with ?? {},
    anything: new Map(outline.leaves.map(({ path, type }) => [path, sampleOf(type, 1)])),
  };
}

/** Values to ask about, by path. */
export function wantedBy(
  subjects: Iterable<Subject>,
  values: (subject: Subject) => readonly Value[],
): Map<string, readonly Value[]> {
  return new Map([...subjects].map((subject) => [subject.leaf.path, values(subject)]));
}

/** Asks each argument about its next value, all at the same time, until none has one left. */
export async function askAll(interview: Interview, wanted: ReadonlyMap<string, readonly Value[]>): Promise<void> {
  const { asker, rounds, subjects } = interview;
  for (const round of rounds) {
    const queues = new Map(
      round.flatMap(({ path }) => {
        const answers = subjects.get(path)?.answers;
        const open = [...new Set(wanted.get(path) ?? [])].filter((value) => answers?.has(value) === false);
        return open.length > 0 ? [[path, open] as const] : [];
      }),
    );
    const longest = Math.max(0, ...[...queues.values()].map(({ length }) => length));
    for (let position = 0; position < longest; position++) {
      const trials: Trials = new Map(
        [...queues].flatMap(([path, open]) => (position < open.length ? [[path, open[position] ?? null]] : [])),
      );
      const verdicts = await ask(asker, round, trials, beside(interview, trials));
      if (verdicts === undefined) continue;
      for (const [path, value] of trials) {
        const subject = subjects.get(path);
        const messages = verdicts.get(path);
        subject?.answers.set(value, messages === undefined);
        for (const message of messages ?? []) subject?.messages.add(message);
      }
    }
  }
}

/** Whether what is said to be accepted agrees with every answer. */
export function agrees({ answers, path }: Subject, accepted: AcceptedValues, provider: ProviderName): boolean {
  return [...answers].every(([value, isAccepted]) => isRefused(value, accepted, provider, path) === !isAccepted);
}

/** Least share of the answers that has to agree with what is taken for true where nothing agrees with all of them. */
const ENOUGH = 0.9;

/**
 * What agrees with most answers, the first of equals; undefined where that is too little, or where nothing is known to be
 * accepted, so that any form would do.
 */
export function nearestOf(
  { answers, path }: Subject,
  candidates: readonly AcceptedValues[],
  provider: ProviderName,
): AcceptedValues | undefined {
  const accepted = [...answers].filter(([, isAccepted]) => isAccepted).map(([value]) => value);
  const scored = candidates.map((each) => {
    const right = [...answers].filter(([value, isAccepted]) => isRefused(value, each, provider, path) === !isAccepted);
    const takes = accepted.filter((value) => !isRefused(value, each, provider, path));
    return { each, score: takes.length > 0 ? right.length / answers.size : 0 };
  });
  const best = scored.sort((one, other) => other.score - one.score)[0];
  return best === undefined || best.score < ENOUGH ? undefined : best.each;
}
