import { FORMATS } from '../../provider/rules/formats';
import type { AcceptedValues, ProviderName } from '../../provider/schema';
import type { Value } from '../../provider/values';
import type { Asker } from './asker';
import { askFractions } from './fractions';
import { agrees, askAll, interviewOf, nearestOf, type Subject, wantedBy } from './interview';
import { learnPattern, narrow } from './learn';
import type { Outline } from './leaves';
import { acceptedOf } from './messages';
import type { Relations } from './relations';
import { NUMBERS, TEXTS } from './samples';
import { askSizes } from './sizes';

/** What is accepted for the arguments of a type, by path; `[]` after a path is each element. */
export type Accepted = Readonly<Record<string, AcceptedValues>>;

/** What was found for a type. */
export interface FoundValues {
  readonly values: Accepted;
  /** Numbers that may be fractions. */
  readonly fractions: readonly string[];
  /** Values that are accepted, for those who need one: at most two different ones for each argument. */
  readonly samples: ReadonlyMap<string, readonly Value[]>;
}

/** Texts that tell whether there is a validator at all. */
const FIRST_TEXTS = ['', ' ', '~!', 'abc def', '10', 'abc', 'x'.repeat(5000)];

/** Most members of a list that are asked one by one, and in other letters. */
const MOST_MEMBERS = 400;

/** More accepted numbers than these are a range with holes, not a list. */
const MOST_NUMBERS = 8;

/** What the messages about an argument say together. */
function hinted({ messages }: Subject): AcceptedValues[] {
  const hints = [...messages].flatMap((message) => acceptedOf(message) ?? []);
  const together: AcceptedValues = Object.assign({}, ...hints);
  const ids = new Set(hints.flatMap(({ id }) => id ?? []));
  const oneOf = ids.size > 1 ? [{ pattern: `^(${[...ids].map(idPattern).join('|')})$` }] : [];
  return hints.length > 1 ? [...oneOf, ...hints, together] : hints;
}

/** A shape of ids as a regular expression. */
function idPattern(id: string): string {
  return id.replace(/\./g, '\\.').replaceAll('*', '[^/]+');
}

function otherCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}

/** Values on both sides of what a hint says, of the kind that an argument takes. */
function edges(hint: AcceptedValues, kind: Subject['kind']): Value[] {
  const { one_of: list = [], min, max, min_length: shortest, max_length: longest, id, multiple_of: step } = hint;
  const texts = list.slice(0, MOST_MEMBERS).filter((each) => typeof each === 'string');
  const numbers = list.filter((each) => typeof each === 'number');
  const lengths = [shortest, longest].flatMap((length) =>
    length === undefined || length > 20_000 ? [] : [length - 1, length, length + 1],
  );
  const values: Value[] = [
    ...texts,
    ...texts.slice(0, 3).flatMap((text) => [otherCase(text), `${text}x`]),
    ...numbers,
    ...[min, max].flatMap((bound) => (bound === undefined ? [] : [bound - 1, bound, bound + 1])),
    ...(step === undefined ? [] : [step, step * 2, step + 1]),
    ...lengths.filter((length) => length >= 0).map((length) => 'a'.repeat(length)),
    ...(id === undefined
      ? []
      : [
          id.replaceAll('*', 'name1'),
          id
            .replace(/subscriptions\/\*/, 'subscriptions/12345678-1234-1234-1234-123456789abc')
            .replaceAll('*', 'name1'),
        ]),
  ];
  return values.filter((value) => typeof value === (kind === 'text' ? 'string' : 'number'));
}

/** The same, with what the answers say of upper and lower case and of the empty text. */
function variants(accepted: AcceptedValues): AcceptedValues[] {
  if (accepted.one_of === undefined) return [accepted, { ...accepted, empty_ok: true }];
  return [
    accepted,
    { ...accepted, empty_ok: true },
    { ...accepted, ignore_case: true },
    { ...accepted, ignore_case: true, empty_ok: true },
  ];
}

function firstThatAgrees(
  subject: Subject,
  candidates: readonly AcceptedValues[],
  provider: ProviderName,
): AcceptedValues | undefined {
  return candidates.flatMap(variants).find((each) => agrees(subject, each, provider));
}

function formatsOf(): AcceptedValues[] {
  const formats = Object.keys(FORMATS).map((format): AcceptedValues => ({ format }));
  return [{ min_length: 1 }, ...formats.flatMap((format) => [format, { ...format, min_length: 1 }])];
}

/** The bounds of a number, from the answers. */
function bounds({ answers }: Subject): AcceptedValues[] {
  const accepted = [...answers].flatMap(([value, isAccepted]) =>
    isAccepted && typeof value === 'number' ? [value] : [],
  );
  if (accepted.length === 0) return [];
  const [min, max] = [Math.min(...accepted), Math.max(...accepted)];
  const list = accepted.length <= MOST_NUMBERS ? [{ one_of: accepted }] : [];
  return [{ min }, { max }, { min, max }, ...list];
}

function isRefusing({ answers }: Subject): boolean {
  return [...answers.values()].includes(false);
}

function first(kind: Subject['kind']): readonly Value[] {
  return kind === 'text' ? FIRST_TEXTS : NUMBERS.filter((number) => Number.isInteger(number));
}

/** Asks what a type's arguments accept; earlier facts are asked again like everything else, and stay where they agree. */
export async function askValues(
  asker: Asker,
  provider: ProviderName,
  outline: Outline,
  relations: Relations,
  earlier: Accepted = {},
): Promise<FoundValues> {
  const interview = interviewOf(asker, provider, outline, relations);
  const all = [...interview.subjects.values()];
  await askAll(
    interview,
    wantedBy(all, ({ kind }) => first(kind)),
  );

  const checked = all.filter((subject) => isRefusing(subject) || earlier[subject.path] !== undefined);
  await askAll(
    interview,
    wantedBy(checked, (subject) =>
      [...hinted(subject), earlier[subject.path] ?? {}].flatMap((hint) => edges(hint, subject.kind)),
    ),
  );
  await askAll(
    interview,
    wantedBy(
      checked.filter(({ kind }) => kind === 'text'),
      (subject) => (isListed(subject) ? [] : TEXTS),
    ),
  );

  await narrow(
    interview,
    checked.filter((subject) => subject.kind === 'number' && isRefusing(subject) && hinted(subject).length === 0),
  );
  const values: Record<string, AcceptedValues> = {};
  const open: Subject[] = [];
  for (const subject of checked) {
    if (!isRefusing(subject)) continue;
    const known = earlier[subject.path];
    const candidates = [
      ...(known === undefined ? [] : [known]),
      ...hinted(subject).reverse(),
      ...(subject.kind === 'text' ? formatsOf() : bounds(subject)),
    ];
    const found = firstThatAgrees(subject, candidates, provider);
    if (found === undefined) open.push(subject);
    else values[subject.path] = told(found);
  }
  for (const [path, pattern] of await learnPattern(interview, open, (subject) => [
    earlier[subject.path] ?? {},
    ...hinted(subject),
    ...formatsOf(),
  ]))
    values[path] = pattern;
  for (const subject of open) {
    if (values[subject.path] !== undefined) continue;
    const candidates = [
      earlier[subject.path] ?? {},
      ...hinted(subject),
      ...(subject.kind === 'text' ? formatsOf() : bounds(subject)),
    ];
    values[subject.path] = told(nearestOf(subject, candidates, provider) ?? { checked: true });
  }
  Object.assign(values, await askSizes(asker, interview.rounds));
  return {
    values: Object.fromEntries(Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1))),
    fractions: await askFractions(asker, provider, outline, relations),
    samples: new Map(all.map((subject) => [subject.leaf.path, samplesOf(subject, values[subject.path])])),
  };
}

/** That something is checked says nothing more where it is known what is accepted. */
function told({ checked, ...accepted }: AcceptedValues): AcceptedValues {
  return Object.keys(accepted).length > 0 ? accepted : { ...(checked === true && { checked }) };
}

function isListed(subject: Subject): boolean {
  return hinted(subject).some(({ one_of: list }) => list !== undefined);
}

function samplesOf({ answers, kind }: Subject, accepted: AcceptedValues | undefined): Value[] {
  const good = [...answers].flatMap(([value, isAccepted]) =>
    isAccepted && value !== '' && value !== ' ' ? [value] : [],
  );
  const plain = good.filter((value) =>
    kind === 'number'
      ? typeof value === 'number' && value >= 1 && value <= 1000
      : typeof value === 'string' && value.length < 200,
  );
  const listed = accepted?.one_of ?? [];
  return [...new Set<Value>([...listed.slice(0, 2), ...plain.reverse(), ...good])].slice(0, 2);
}
