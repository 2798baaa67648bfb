import {
  type AcceptedValues,
  type AttributeSchema,
  attributesOf,
  type BlockSchema,
  blocksOf,
  type NestedBlockSchema,
  type ResourceRules,
  type TypeConstraint,
} from '../../provider/schema';
import type { Value, ValueObject } from '../../provider/values';
import { type Choices, choose } from './choices';
import { isFilled, type Random } from './random';
import { acceptedNumber, acceptedText, anyText } from './texts';

/** What a random configuration of one resource type is made from. */
export interface Subject {
  readonly block: BlockSchema;
  readonly rules?: ResourceRules;
  readonly values?: Readonly<Record<string, AcceptedValues>>;
  /** Expressions with texts that other resources know only after apply. */
  readonly references: readonly string[];
  /** Whether a number at a path may be a fraction. */
  readonly takesFraction: (path: string) => boolean;
  /** Share of the optional arguments that are given. */
  readonly density: number;
}

interface Generation extends Subject {
  readonly random: Random;
  readonly choices: Choices;
  /** Whether a reference has been used where a block is made of it. */
  readonly accepted: Readonly<Record<string, AcceptedValues>>;
}

const NO_RULE: AcceptedValues = {};

function text(generation: Generation, path: string): string {
  const { random, references, accepted } = generation;
  // What is made up has the shape of its own kind, which an argument that is checked may not take.
  if (accepted[path] === undefined && isFilled(references) && random.chance(0.15)) {
    const reference = `\${${random.pick(references)}}`;
    return random.chance(0.5) ? reference : `pre-${reference}-post`;
  }
  const rule = accepted[path];
  return rule === undefined ? anyText(random) : acceptedText(random, rule);
}

function number({ random, accepted, takesFraction }: Generation, path: string): number {
  const rule = accepted[path];
  if (rule !== undefined) return acceptedNumber(random, rule);
  const isFraction = takesFraction(path) && random.chance(0.2);
  return isFraction ? random.integer(1, 9) + 0.5 : random.chance(0.05) ? 2 ** 40 + 1 : random.integer(0, 500);
}

function ofType(generation: Generation, type: TypeConstraint, path: string): Value {
  const { random } = generation;
  if (type === 'string' || type === 'dynamic') return text(generation, path);
  if (type === 'number') return number(generation, path);
  if (type === 'bool') return random.chance(0.5);
  if (type[0] === 'tuple') return type[1].map((inner) => ofType(generation, inner, path));
  if (type[0] === 'object') {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, inner]) => [
        name,
        random.chance(0.7) ? ofType(generation, inner, `${path}.${name}`) : null,
      ]),
    );
  }
  const [, inner] = type;
  const elementPath = typeof inner === 'string' ? `${path}[]` : path;
  if (type[0] === 'map') {
    return Object.fromEntries(
      Array.from({ length: random.integer(0, 3) }, (_, index) => [
        `key${index}`,
        ofType(generation, inner, elementPath),
      ]),
    );
  }
  return Array.from({ length: random.integer(1, 3) }, () => ofType(generation, inner, elementPath));
}

function isGiven(generation: Generation, attribute: AttributeSchema, path: string): boolean {
  const { choices, random, density } = generation;
  if (attribute.required) return true;
  if (!attribute.optional || choices.forbidden.has(path)) return false;
  return choices.wanted.has(path) || random.chance(density);
}

function blocks(generation: Generation, nested: NestedBlockSchema, path: string): ValueObject[] | undefined {
  const { choices, random, density } = generation;
  const { min_items: fewest = 0, max_items: most = Math.max(fewest, 3), nesting_mode: mode } = nested;
  const isWanted = fewest > 0 || choices.wanted.has(path);
  if (choices.forbidden.has(path) && fewest === 0) return undefined;
  if (!isWanted && !random.chance(density * 0.8)) return undefined;
  const count = mode === 'single' ? 1 : random.integer(Math.max(1, fewest), Math.min(most, Math.max(3, fewest)));
  return Array.from({ length: count }, () => generateBlock(generation, nested.block, `${path}.`));
}

function generateBlock(generation: Generation, block: BlockSchema, path: string): ValueObject {
  const { random, references } = generation;
  const made: ValueObject = {};
  for (const [name, attribute] of Object.entries(attributesOf(block))) {
    // The providers' own SDK adds the id; that it can be given is a leftover.
    if (path === '' && name === 'id' && !attribute.required) continue;
    if (isGiven(generation, attribute, `${path}${name}`))
      made[name] = ofType(generation, attribute.type, `${path}${name}`);
  }
  const dynamic: ValueObject = {};
  for (const [name, nested] of Object.entries(blocksOf(block))) {
    if (name === 'timeouts') continue;
    const inner = blocks(generation, nested, `${path}${name}`);
    const [first] = inner ?? [];
    if (inner === undefined || first === undefined) continue;
    const isSmall = (nested.min_items ?? 0) <= 1 && nested.nesting_mode !== 'single';
    if (isSmall && isFilled(references) && random.chance(0.1)) {
      // How many blocks there are is known only after apply.
      dynamic[name] = { for_each: `\${split(",", ${random.pick(references)})}`, content: first };
    } else {
      made[name] = nested.nesting_mode === 'single' ? first : inner;
    }
  }
  if (Object.keys(dynamic).length > 0) made.dynamic = dynamic;
  return made;
}

/** A random configuration of a resource type, as Terraform JSON. */
export function generate(random: Random, subject: Subject): ValueObject {
  const choices = choose(random, subject.block, subject.rules ?? {});
  return generateBlock({ ...subject, random, choices, accepted: subject.values ?? { '': NO_RULE } }, subject.block, '');
}
