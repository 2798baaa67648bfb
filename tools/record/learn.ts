import type { AcceptedValues } from '../../provider/schema';
import type { Value } from '../../provider/values';
import { agrees, askAll, type Interview, nearestOf, type Subject } from './interview';
import { CHARACTERS } from './samples';

/** Longest text whose length is looked for. */
const LONGEST = 5000;

const PLACES = ['first', 'middle', 'last'] as const;

type Place = (typeof PLACES)[number];

/** A text that is accepted and long enough to change it inside. */
function seedOf({ answers }: Subject): string | undefined {
  const texts = [...answers].flatMap(([value, isAccepted]) => (isAccepted && typeof value === 'string' ? [value] : []));
  const plain = texts.filter((text) => /^[A-Za-z0-9]+$/.test(text) && text.length >= 3 && text.length <= 300);
  return plain.sort(
    (one, other) => Number(/^a+$/.test(one)) - Number(/^a+$/.test(other)) || one.length - other.length,
  )[0];
}

function replaced(seed: string, place: Place, character: string): string {
  if (place === 'first') return character + seed.slice(1);
  if (place === 'last') return seed.slice(0, -1) + character;
  const middle = Math.floor(seed.length / 2);
  return seed.slice(0, middle) + character + seed.slice(middle + 1);
}

function ofLength(seed: string, length: number): string {
  const middle = seed[Math.floor(seed.length / 2)] ?? 'a';
  if (length <= 1) return seed.slice(0, length);
  const inside = seed
    .slice(1, -1)
    .padEnd(Math.max(0, length - 2), middle)
    .slice(0, length - 2);
  return `${seed[0]}${inside}${seed.at(-1)}`;
}

/** What stands for characters of one kind in a pattern. */
const RANGES: readonly (readonly [string, string])[] = [
  ['a', 'a-z'],
  ['A', 'A-Z'],
  ['0', '0-9'],
  ['\u00e9', '\\u0080-\\uffff'],
];

function classOf(characters: readonly string[]): string {
  const ranges = RANGES.flatMap(([character, range]) => (characters.includes(character) ? [range] : []));
  const others = characters
    .filter((character) => !RANGES.some(([each]) => each === character))
    .map((character) => (/[\\\]^-]/.test(character) ? `\\${character}` : character));
  return `[${ranges.join('')}${others.join('')}]`;
}

async function isAccepted(interview: Interview, subject: Subject, text: string): Promise<boolean> {
  await askAll(interview, new Map([[subject.leaf.path, [text]]]));
  return subject.answers.get(text) === true;
}

/** The last length towards an end that is accepted, by halving. */
async function edge(interview: Interview, subject: Subject, seed: string, end: number): Promise<number | undefined> {
  if (await isAccepted(interview, subject, ofLength(seed, end))) return undefined;
  let [good, bad] = [seed.length, end];
  while (Math.abs(good - bad) > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (await isAccepted(interview, subject, ofLength(seed, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function allowed(subject: Subject, seed: string, place: Place): string[] {
  return CHARACTERS.filter((character) => subject.answers.get(replaced(seed, place, character)) === true);
}

function patternOf(subject: Subject, seed: string): string {
  const [first, middle, last] = PLACES.map((place) => classOf(allowed(subject, seed, place)));
  return first === middle && middle === last ? `^${first}*$` : `^${first}(${middle}*${last})?$`;
}

/**
 * What texts look like that are accepted, where no message says it: the characters at the beginning, inside and at the end,
 * and the lengths. It is right nearly always, and marked as learned.
 */
export async function learnPattern(
  interview: Interview,
  open: readonly Subject[],
  hints: (subject: Subject) => readonly AcceptedValues[],
): Promise<Map<string, AcceptedValues>> {
  const seeds = new Map(
    open.flatMap((subject) => {
      const seed = subject.kind === 'text' ? seedOf(subject) : undefined;
      return seed === undefined ? [] : [[subject, seed] as const];
    }),
  );
  const trials = new Map(
    [...seeds].map(([subject, seed]): [string, Value[]] => [
      subject.leaf.path,
      PLACES.flatMap((place) => CHARACTERS.map((character) => replaced(seed, place, character))),
    ]),
  );
  await askAll(interview, trials);
  const learned = new Map<string, AcceptedValues>();
  for (const [subject, seed] of seeds) {
    const shortest = await edge(interview, subject, seed, 0);
    const longest = await edge(interview, subject, seed, LONGEST);
    const lengths: AcceptedValues = {
      ...(shortest !== undefined && shortest > 0 && { min_length: shortest }),
      ...(longest !== undefined && { max_length: longest }),
    };
    // Of a text of a known form another length is another form.
    const patterns = hints(subject).filter(({ pattern }) => pattern !== undefined);
    const candidates = [...patterns, ...(Object.keys(lengths).length > 0 ? [{}] : [])].map((hint) => ({
      ...hint,
      ...lengths,
    }));
    const inferred = { learned: true, ...lengths, pattern: patternOf(subject, seed) };
    const fitting = [...candidates, inferred].flatMap((each) => [each, { ...each, empty_ok: true }]);
    const found = fitting.find((each) => agrees(subject, each, interview.provider));
    const best = found ?? nearestOf(subject, fitting, interview.provider);
    if (best !== undefined) learned.set(subject.path, best);
  }
  return learned;
}

/** Finds the bounds of numbers for which no message names them, by halving what lies between refused and accepted ones. */
export async function narrow(interview: Interview, numbers: readonly Subject[]): Promise<void> {
  for (const subject of numbers) {
    const answers = [...subject.answers].filter((answer): answer is [number, boolean] => Number.isInteger(answer[0]));
    const good = answers.filter(([, isAccepted]) => isAccepted).map(([value]) => value);
    const bad = answers.filter(([, isAccepted]) => !isAccepted).map(([value]) => value);
    if (good.length === 0) continue;
    const [lowest, highest] = [Math.min(...good), Math.max(...good)];
    if (bad.some((value) => value > lowest && value < highest)) continue;
    const sides = [
      { from: lowest, to: Math.max(...bad.filter((value) => value < lowest)) },
      { from: highest, to: Math.min(...bad.filter((value) => value > highest)) },
    ];
    for (const { from, to } of sides) if (Number.isFinite(to)) await between(interview, subject, from, to);
  }
}

async function between(interview: Interview, subject: Subject, accepted: number, refused: number): Promise<void> {
  let [good, bad] = [accepted, refused];
  while (Math.abs(good - bad) > 1) {
    const middle = Math.floor((good + bad) / 2);
    await askAll(interview, new Map([[subject.leaf.path, [middle]]]));
    if (subject.answers.get(middle) === true) good = middle;
    else bad = middle;
  }
}
