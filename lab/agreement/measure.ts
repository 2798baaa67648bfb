import type { ProviderName } from '../../provider/schema';
import { encodeValue, isObject, isWhollyKnown, type Value, type ValueObject } from '../../provider/values';
import { isFilled, Random } from '../../tools/fuzz/random';
import { ask, NoAnswer, type Respondent, type Verdict } from './ask';
import { type Base, madeUpBases } from './bases';
import { copyOf, normalized, refusedByCore } from './configuration';
import { MUTATION_KINDS, MUTATIONS, type MutationKind } from './mutations';
import { knownBlock, type Subject, subjectOf } from './subject';

/** A mutated configuration with what both providers say of it. */
export interface Answered {
  readonly kind: MutationKind;
  readonly type: string;
  readonly source: Base['source'];
  /** What was done to it, and where. */
  readonly what: string;
  readonly real: Verdict;
  readonly local: Verdict;
}

/** Everything that was asked. */
export interface Measured {
  readonly answered: readonly Answered[];
  /** Bases that were tried, and those of them that the real provider refuses although the local one accepts them. */
  readonly bases: { readonly tried: number; readonly refused: readonly string[] };
  /** Questions that the real provider did not answer. */
  readonly unanswered: readonly string[];
  /** Types of which no configuration was found that both accept. */
  readonly skipped: readonly string[];
}

/** What is asked. */
export interface Question {
  readonly provider: ProviderName;
  readonly types: readonly string[];
  readonly emitted: readonly Base[];
  readonly count: number;
  readonly seed: number;
  readonly real: Respondent;
  readonly local: Respondent;
  /** Told after each answer. @default nobody is told */
  readonly onAnswer?: (answered: Answered, count: number) => void;
}

/** Types that kinds about relations can be asked of. */
const SUITS: Readonly<Partial<Record<MutationKind, (subject: Subject) => boolean>>> = {
  'conflicting arguments': ({ rules }) => Object.keys(rules.conflicts_with ?? {}).length > 0,
  'none of several': ({ rules }) => (rules.exactly_one_of ?? []).length + (rules.at_least_one_of ?? []).length > 0,
  'two of which one is wanted': ({ rules }) => (rules.exactly_one_of ?? []).length > 0,
  'without its companion': ({ rules }) => Object.keys(rules.required_with ?? {}).length > 0,
  'deprecated argument': ({ deprecated }) => deprecated.length > 0,
};

/** Attempts at a mutation of one kind, on other bases. */
const ATTEMPTS = 80;

/** Share of the mutations that start from what constructs emit. */
const EMITTED_SHARE = 0.5;

function keyOf(config: Value): string {
  return Buffer.from(encodeValue(config)).toString('base64');
}

/** Whether two verdicts say the same. */
export function agree({ real, local }: Pick<Answered, 'real' | 'local'>): boolean {
  return (real.errors.length === 0) === (local.errors.length === 0);
}

async function answerOf<T>(question: () => Promise<T>): Promise<T | NoAnswer> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof NoAnswer) return error;
    throw error;
  }
}

/** Bases that both providers accept, found when they are first asked for. */
class Bases {
  readonly skipped = new Set<string>();
  readonly refused: string[] = [];
  tried = 0;
  private readonly known = new Map<string, Promise<Base | undefined>>();

  constructor(private readonly question: Question) {}

  emitted(base: Base): Promise<Base | undefined> {
    return this.once(keyOf(base.config), () => this.firstValid([base], base.subject.type));
  }

  madeUp(type: string): Promise<Base | undefined> {
    const { provider, seed } = this.question;
    return this.once(type, () => this.firstValid(madeUpBases(provider, type, seed), type));
  }

  private once(key: string, make: () => Promise<Base | undefined>): Promise<Base | undefined> {
    const found = this.known.get(key) ?? make();
    this.known.set(key, found);
    return found;
  }

  private async firstValid(bases: Iterable<Base>, type: string): Promise<Base | undefined> {
    for (const base of bases) {
      const local = await ask(this.question.local, type, base.config);
      if (local.errors.length > 0) continue;
      const real = await answerOf(() => ask(this.question.real, type, base.config));
      this.tried += 1;
      if (real instanceof NoAnswer) continue;
      if (real.errors.length === 0) return base;
      this.refused.push(`${type} (${base.source}): ${real.errors[0]}`);
    }
    this.skipped.add(type);
    return undefined;
  }
}

/** Attempts at values that the unknown ones may turn out to be. */
const GUESSES = 4;

/**
 * What the real provider says once nothing is unknown any more: its SDK looks into no argument and no block in which
 * something is unknown, and finds what is wrong there only when the stack is applied.
 *
 * It counts where the configuration that was not mutated passes with the same values.
 */
async function lateVerdict(
  real: Respondent,
  { subject, base, config }: Drawn,
  seed: number,
): Promise<Verdict | undefined> {
  const { block, type } = subject;
  if (isWhollyKnown(config) || !isObject(config)) return undefined;
  for (let guess = 0; guess < GUESSES; guess += 1) {
    const known = (value: ValueObject) =>
      normalized(block, knownBlock(new Random(seed + guess), subject, block, value));
    const before = await answerOf(() => ask(real, type, known(base.config)));
    if (before instanceof NoAnswer || before.errors.length > 0) continue;
    const after = await answerOf(() => ask(real, type, known(config)));
    if (after instanceof NoAnswer) continue;
    return after.errors.length > 0 ? { ...after, isLate: true } : undefined;
  }
  return undefined;
}

/** A mutated configuration that is to be asked. */
interface Drawn {
  readonly subject: Subject;
  readonly base: Base;
  readonly what: string;
  readonly config: Value;
}

/** Draws one mutated configuration of a kind that was not asked before. */
async function draw(
  question: Question,
  kind: MutationKind,
  random: Random,
  bases: Bases,
  seen: Set<string>,
): Promise<Drawn | undefined> {
  const suits = SUITS[kind] ?? (() => true);
  const emitted = question.emitted.filter(({ subject }) => suits(subject));
  const types = question.types.filter((type) => {
    const subject = SUITS[kind] === undefined ? undefined : subjectOf(question.provider, type);
    return SUITS[kind] === undefined || (subject !== undefined && suits(subject));
  });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const isEmitted = isFilled(emitted) && (random.chance(EMITTED_SHARE) || !isFilled(types));
    if (!isEmitted && !isFilled(types)) return undefined;
    const base = isEmitted
      ? await bases.emitted(random.pick(emitted))
      : isFilled(types) && (await bases.madeUp(random.pick(types)));
    if (base === undefined || base === false) continue;
    const { subject } = base;
    const changed = copyOf(base.config);
    const what = MUTATIONS[kind]({ random, subject, config: changed });
    const config = normalized(subject.block, changed);
    if (what === undefined || !isObject(config) || refusedByCore(subject.block, config).length > 0) continue;
    const key = `${subject.type} ${keyOf(config)}`;
    if (seen.has(key) || keyOf(config) === keyOf(base.config)) continue;
    seen.add(key);
    return { subject, base, what, config };
  }
  return undefined;
}

/** Mutates configurations, each kind as often as the others, and asks both providers about every one. */
export async function measure(question: Question): Promise<Measured> {
  const { count, seed, real, local, onAnswer } = question;
  const bases = new Bases(question);
  const seen = new Set<string>();
  const answered: Answered[] = [];
  const unanswered: string[] = [];
  const left = new Set(MUTATION_KINDS);
  for (let round = 0; answered.length < count && left.size > 0; round += 1) {
    for (const [index, kind] of MUTATION_KINDS.entries()) {
      if (!left.has(kind) || answered.length >= count) continue;
      const random = new Random((seed * 1_000_003 + round * MUTATION_KINDS.length + index) >>> 0);
      const drawn = await draw(question, kind, random, bases, seen);
      if (drawn === undefined) {
        left.delete(kind);
        continue;
      }
      const { subject, base, what, config } = drawn;
      const { type } = subject;
      const asked = await answerOf(() => ask(real, type, config));
      if (asked instanceof NoAnswer) {
        // What a provider dies of is told to nobody.
        unanswered.push(`${type}: ${asked.message}`);
        continue;
      }
      const said = await ask(local, type, config);
      const isStricter = asked.errors.length === 0 && said.errors.length > 0;
      const late = isStricter ? await lateVerdict(real, drawn, random.seed) : undefined;
      const answer: Answered = { kind, type, source: base.source, what, real: late ?? asked, local: said };
      answered.push(answer);
      onAnswer?.(answer, answered.length);
    }
  }
  return {
    answered,
    unanswered,
    bases: { tried: bases.tried, refused: bases.refused },
    skipped: [...bases.skipped].sort(),
  };
}
