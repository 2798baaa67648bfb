import type { AcceptedValues } from '../../provider/schema';
import { UNKNOWN, type Value, type ValueObject } from '../../provider/values';
import { isFilled, type Random } from '../../tools/fuzz/random';
import { giveAt, takeAt } from './paths';
import { blockSlotsIn, give, isGiven, type Slot, scalarOf, slotsIn } from './slots';
import { type Subject, sampleBlock, sampleValue } from './subject';

/** What a mutation works on: a copy of a valid configuration, which it may change. */
export interface Draw {
  readonly random: Random;
  readonly subject: Subject;
  readonly config: ValueObject;
}

/** Changes a configuration; returns what it did and where, undefined where there is nothing to do it to. */
export type Mutate = (draw: Draw) => string | undefined;

const isArgument = ({ attribute }: Slot) => attribute.optional === true || attribute.required === true;

function pick<T>(random: Random, choices: readonly T[]): T | undefined {
  return isFilled(choices) ? random.pick(choices) : undefined;
}

/** One of the slots of some kind, more often one that is given. */
function pickSlot({ random, subject, config }: Draw, wanted: (slot: Slot) => boolean): Slot | undefined {
  const slots = slotsIn(subject.block, config).filter(wanted);
  const given = slots.filter(isGiven);
  return pick(random, isFilled(given) && random.chance(0.6) ? given : slots);
}

const holds = (kind: 'string' | 'number') => (slot: Slot) => isArgument(slot) && scalarOf(slot)?.type === kind;

function ruleOf({ subject }: Draw, slot: Slot): AcceptedValues {
  return subject.values[scalarOf(slot)?.path ?? ''] ?? {};
}

function putText(draw: Draw, wanted: (slot: Slot) => boolean, textOf: (rule: AcceptedValues) => string | undefined) {
  const slot = pickSlot(draw, (each) => holds('string')(each) && wanted(each));
  if (slot === undefined) return undefined;
  const text = textOf(ruleOf(draw, slot));
  if (text === undefined) return undefined;
  give(slot, text);
  return `${slot.path} = ${JSON.stringify(text)}`;
}

const ANY = () => true;

const BAD_TEXTS = [
  'a b',
  'ü€',
  'a_b!',
  '-x',
  'x-',
  'A',
  'a/b',
  'a\nb',
  ' a',
  '1abc',
  '.',
  'a--b',
  'a"b',
  'a,b',
  'a.b',
  '<a>',
] as const;

const FORMATTED = [
  '12345678-1234-1234-1234-123456789abc',
  '12345678-1234-1234-1234-123456789abz',
  '10.0.0.0/16',
  '10.0.0.1/16',
  '10.0.0.0/33',
  '10.0.0.1',
  '300.0.0.1',
  'fd00::/64',
  '::1',
  'https://example.com/x',
  'example.com',
  '{"a":1}',
  '{"a":',
  'YWJj',
  '@@@',
  '2030-01-31T12:00:00Z',
  '2030-01-31',
  '90s',
  'PT1H',
  '12:34',
  '01:02:03',
  '42',
  'banana',
  '/subscriptions/s',
  '/subscriptions/s/resourceGroups/rg',
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Compute/disks/d',
  '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/n',
  'https://v.vault.azure.net/keys/k/1',
  'https://v.vault.azure.net/keys/k',
  'projects/p/locations/l/keyRings/r/cryptoKeys/k',
  'ocid1.vcn.oc1..aaaa',
  'user:a@example.com',
] as const;

const NUMBERS = [-1, 0, 1, 7, 100, 1025, 65_536, 1_000_000, 2 ** 31, -1000] as const;

const LENGTHS = [1, 2, 3, 25, 64, 81, 129, 256, 300, 1025, 5000] as const;

function outOfRange({ min, max }: AcceptedValues, random: Random): number {
  const near = [...(min === undefined ? [] : [min - 1, min]), ...(max === undefined ? [] : [max + 1, max])];
  return isFilled(near) && random.chance(0.8) ? random.pick(near) : random.pick(NUMBERS);
}

function otherLength({ min_length: shortest, max_length: longest }: AcceptedValues, random: Random): number {
  const near = [
    ...(shortest === undefined ? [] : [Math.max(0, shortest - 1), shortest]),
    ...(longest === undefined ? [] : [longest + 1, longest]),
  ];
  return isFilled(near) && random.chance(0.7) ? random.pick(near) : random.pick(LENGTHS);
}

function notListed({ one_of: values = [] }: AcceptedValues, random: Random): string | undefined {
  const some = pick(random, values.map(String));
  if (some === undefined) return undefined;
  const other = some === some.toLowerCase() ? some.toUpperCase() : some.toLowerCase();
  return random.pick(['Bogus', other, `${some}x`, some.slice(0, -1), ` ${some}`]);
}

function related(draw: Draw, groups: readonly (readonly string[])[]): readonly string[] | undefined {
  return pick(draw.random, groups);
}

function pairsOf(relations: Readonly<Record<string, readonly string[]>> = {}): string[][] {
  return Object.entries(relations).flatMap(([path, others]) => others.map((other) => [path, other]));
}

function giveAll({ random, subject, config }: Draw, paths: readonly string[]): boolean {
  return paths.map((path) => giveAt(random, subject, config, path)).every(Boolean);
}

/** How a configuration is made wrong, or only unusual, by kind. */
export const MUTATIONS = {
  'value for a computed-only attribute': (draw) => {
    const { random, subject, config } = draw;
    if (random.chance(0.1)) {
      const id = subject.block.attributes?.id;
      if (id?.computed === true && id.required !== true) {
        config.id = 'own';
        return 'id = "own"';
      }
    }
    const slot = pickSlot(draw, (each) => each.attribute.computed === true && !isArgument(each));
    if (slot === undefined) return undefined;
    const isUnknown = random.chance(0.1);
    slot.holder[slot.name] = isUnknown ? UNKNOWN : sampleValue(random, subject, slot.attribute.type, slot.path);
    return `${slot.path} given${isUnknown ? ', unknown' : ''}`;
  },
  'bad characters': (draw) => putText(draw, ANY, () => draw.random.pick(BAD_TEXTS)),
  'out of range': (draw) => {
    const slot = pickSlot(draw, holds('number'));
    if (slot === undefined) return undefined;
    const number = outOfRange(ruleOf(draw, slot), draw.random);
    give(slot, number);
    return `${slot.path} = ${number}`;
  },
  'too long or too short': (draw) =>
    putText(draw, ANY, (rule) => 'a'.repeat(otherLength(rule, draw.random)))?.slice(0, 120),
  'not in the list': (draw) =>
    putText(
      draw,
      (slot) => ruleOf(draw, slot).one_of !== undefined,
      (rule) => notListed(rule, draw.random),
    ),
  'wrong format': (draw) =>
    putText(
      draw,
      (slot) => {
        const { format, id, pattern, checked } = ruleOf(draw, slot);
        return [format, id, pattern, checked].some((each) => each !== undefined);
      },
      () => draw.random.pick(FORMATTED),
    ),
  'one more argument': (draw) => {
    const { random, subject, config } = draw;
    const slots = slotsIn(subject.block, config).filter((slot) => slot.attribute.optional === true && !isGiven(slot));
    const slot = pick(random, slots);
    if (slot === undefined) return undefined;
    slot.holder[slot.name] = sampleValue(random, subject, slot.attribute.type, slot.path);
    return `${slot.path} given`;
  },
  'conflicting arguments': (draw) => {
    const pair = related(draw, pairsOf(draw.subject.rules.conflicts_with));
    return pair !== undefined && giveAll(draw, pair) ? `${pair.join(' and ')} given` : undefined;
  },
  'none of several': ({ random, subject, config }) => {
    const { exactly_one_of: exactly = [], at_least_one_of: least = [] } = subject.rules;
    const paths = pick(random, [...exactly, ...least]);
    if (paths === undefined) return undefined;
    for (const path of paths) takeAt(subject.block, config, path);
    return `none of ${paths.join(', ')}`;
  },
  'two of which one is wanted': (draw) => {
    const paths = related(draw, draw.subject.rules.exactly_one_of ?? []);
    if (paths === undefined) return undefined;
    const two = draw.random.shuffle(paths).slice(0, 2);
    return two.length === 2 && giveAll(draw, two) ? `${two.join(' and ')} given` : undefined;
  },
  'without its companion': (draw) => {
    const { random, subject, config } = draw;
    const entry = pick(random, Object.entries(subject.rules.required_with ?? {}));
    if (entry === undefined || !giveAll(draw, [entry[0]])) return undefined;
    const [path, others] = entry;
    const gone = others.filter((other) => other !== path);
    for (const other of gone) takeAt(subject.block, config, other);
    return `${path} without ${gone.join(', ')}`;
  },
  'deprecated argument': (draw) => {
    const path = pick(draw.random, draw.subject.deprecated);
    return path !== undefined && giveAll(draw, [path]) ? `${path} given` : undefined;
  },
  'unknown value': (draw) => {
    const { random, subject, config } = draw;
    if (random.chance(0.25)) {
      const slot = pick(random, blockSlotsIn(subject.block, config).filter(isListOfBlocks));
      if (slot !== undefined) {
        slot.holder[slot.name] = UNKNOWN;
        return `${slot.path} unknown`;
      }
    }
    const slot = pickSlot(draw, isArgument);
    if (slot === undefined) return undefined;
    slot.holder[slot.name] = UNKNOWN;
    return `${slot.path} unknown`;
  },
  'whole number as a fraction': (draw) => {
    const slot = pickSlot(draw, holds('number'));
    if (slot === undefined) return undefined;
    const { min = 0 } = ruleOf(draw, slot);
    give(slot, min + 0.5);
    return `${slot.path} = ${min + 0.5}`;
  },
  'empty text': (draw) => putText(draw, ANY, () => ''),
  null: (draw) => {
    const { random } = draw;
    const slot = pickSlot(draw, (each) => isArgument(each) && (isGiven(each) || isCollection(each)));
    if (slot === undefined) return undefined;
    if (isCollection(slot) && scalarOf(slot) !== undefined && random.chance(0.7)) {
      give(slot, null);
      return `${slot.path} = [null]`;
    }
    slot.holder[slot.name] = null;
    return `${slot.path} = null`;
  },
  'number of elements': (draw) => {
    const { random, subject } = draw;
    const slot = pickSlot(draw, (each) => isArgument(each) && isCollection(each));
    if (slot === undefined) return undefined;
    const { type } = slot.attribute;
    if (random.chance(0.4)) {
      slot.holder[slot.name] = typeof type !== 'string' && type[0] === 'map' ? {} : [];
      return `${slot.path} is empty`;
    }
    const many = Array.from({ length: random.integer(2, 6) }, () => sampleValue(random, subject, type, slot.path));
    slot.holder[slot.name] =
      typeof type !== 'string' && type[0] === 'map'
        ? Object.fromEntries(many.map((each, index) => [`key${index}`, first(each)]))
        : many.map(first);
    return `${slot.path} has ${many.length} elements`;
  },
  'number of blocks': ({ random, subject, config }) => {
    const slot = pick(random, blockSlotsIn(subject.block, config).filter(isListOfBlocks));
    if (slot === undefined) return undefined;
    const { min_items: fewest = 0, max_items: most = 0 } = slot.nested;
    const count = random.integer(fewest, most === 0 ? Math.max(3, fewest) : Math.min(most, fewest + 3));
    slot.holder[slot.name] = Array.from({ length: count }, () =>
      sampleBlock(random, subject, slot.nested.block, `${slot.path}.`),
    );
    return `${slot.path} stands there ${count} times`;
  },
} as const satisfies Readonly<Record<string, Mutate>>;

/** A kind of mutation. */
export type MutationKind = keyof typeof MUTATIONS;

/** All kinds, in the order in which they are reported. */
export const MUTATION_KINDS: readonly MutationKind[] = Object.keys(MUTATIONS).filter(isKind);

function isKind(name: string): name is MutationKind {
  return name in MUTATIONS;
}

function isListOfBlocks({ nested: { nesting_mode: mode } }: { readonly nested: { readonly nesting_mode: string } }) {
  return mode === 'list' || mode === 'set';
}

function isCollection({ attribute: { type } }: Slot): boolean {
  return typeof type !== 'string' && type[0] !== 'object' && type[0] !== 'tuple';
}

/** The only member of a collection of one. */
function first(value: Value): Value {
  if (Array.isArray(value)) return value[0] ?? null;
  return typeof value === 'object' && value !== null && 'key' in value ? (value.key ?? null) : null;
}
