import { isDeepStrictEqual } from 'node:util';
import { holdsFor } from '../estate/terraform-providers';
import { conformBlock } from '../provider/conform';
import { planChange } from '../provider/plan-change';
import { attributesOf, type BlockSchema, blocksOf, type RecordedProvider } from '../provider/schema';
import { isObject, UNKNOWN, Unknown, type Value, type ValueObject } from '../provider/values';
import { SUCCESSOR_FACTS, type SuccessorFact, withSuccessors } from './facts/successors';

/** What is recorded of a provider, as far as a comparison asks. */
export type Recorded = Pick<
  RecordedProvider,
  'version' | 'resource_schemas' | 'force_new' | 'force_new_when' | 'rules'
>;

/** A resource that one release has made, as another one finds it. */
export interface Carried {
  /** Its configuration, in the other release's words. */
  readonly had: ValueObject;
  /** Its state, once it has been read. */
  readonly prior: Value;
}

/**
 * What a resource that one release of a provider has made is to another one.
 *
 * The provider keeps in its state what both know, and reads the rest from the service: what follows from the rest of the
 * resource is known, what an edit writes beyond that may be what is there or not.
 */
export function carryOver(
  type: string,
  from: Recorded,
  to: Recorded,
  { written, next }: { readonly written: Value; readonly next: ValueObject },
): Carried {
  const [old, block] = [from, to].map((each) => each.resource_schemas[type]?.block ?? {}) as [BlockSchema, BlockSchema];
  const made = conformBlock(old, written);
  const known = planChange(old, from.rules[type], null, made, made);
  const facts = isObject(known) ? successorsOf(type, from.version, to.version) : [];
  const had = conformBlock(block, withSuccessors(facts, written, isObject(known) ? known : {}, next));
  const read = planChange(block, to.rules[type], null, had, had);
  return {
    had,
    prior: isObject(read) ? keep(old, block, { known: settled(known, facts, had), read, next }) : read,
  };
}

/** What the release that made it computes, where it is known what that comes to. */
function settled(known: Value, facts: readonly SuccessorFact[], had: ValueObject): Value {
  if (!isObject(known)) return known;
  const found = facts.filter(({ path }) => known[path] instanceof Unknown).map(({ path }) => [path, had[path] ?? null]);
  return { ...known, ...Object.fromEntries(found) };
}

/** Arguments that a release has in the place of those of another one. */
function successorsOf(type: string, from: string, to: string): SuccessorFact[] {
  return SUCCESSOR_FACTS.filter((fact) => fact.type === type && holdsFor(fact, to) && !holdsFor(fact, from));
}

interface Sides {
  /** As the release that made it knows it. */
  readonly known: Value;
  /** As the other one would have made it. */
  readonly read: ValueObject;
  /** As it is written now. */
  readonly next: Value;
}

function keep(old: BlockSchema, block: BlockSchema, { known, read, next }: Sides): ValueObject {
  const [had, has] = [known, next].map((value) => (isObject(value) ? value : {})) as [ValueObject, ValueObject];
  const attributes = Object.entries(attributesOf(block)).map(([name, { type, computed }]): [string, Value] => {
    const before = attributesOf(old)[name];
    const value = read[name] ?? null;
    if (before !== undefined && isDeepStrictEqual(before.type, type)) {
      const was = had[name] ?? null;
      // What is not set is read as its empty value, which is no other than a default that says so.
      if (was === null && (value === false || value === 0 || value === '')) return [name, value];
      // What the service was left to choose, and has no default now, it has most probably left out.
      return [name, was instanceof Unknown && computed !== true && value === null ? null : was];
    }
    return [name, value === null && (has[name] ?? null) !== null ? UNKNOWN : value];
  });
  const blocks = Object.entries(blocksOf(block)).map(([name, nested]): [string, Value] => {
    const before = blocksOf(old)[name];
    const [was, is, now] = [had[name] ?? null, read[name] ?? null, has[name] ?? null];
    if (before === undefined || !Array.isArray(was) || !Array.isArray(is))
      return [name, before === undefined ? is : was];
    return [
      name,
      was.map((element, index) => {
        const [made, written] = [is[index] ?? null, Array.isArray(now) ? (now[index] ?? null) : null];
        if (!isObject(element) || !isObject(made)) return element;
        return keep(before.block, nested.block, { known: element, read: made, next: written });
      }),
    ];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}
