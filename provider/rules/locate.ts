import type { PathStep } from '../protocol';
import { attributesOf, type BlockSchema, blocksOf, type NestedBlockSchema, type TypeConstraint } from '../schema';
import { elementType, isObject, Unknown, type Value } from '../values';

/** A value that a dotted path reaches. */
export interface Located {
  readonly value: Value;
  /** Path for Terraform; it ends at a set, whose elements have no positions. */
  readonly steps: readonly PathStep[];
  /** Path for people. */
  readonly text: string;
  /** Whether the steps have ended at a set. */
  readonly ended: boolean;
}

function down(at: Located, step: PathStep, value: Value, label = String(step)): Located {
  const text = typeof step === 'number' ? `${at.text}[${label}]` : at.text === '' ? label : `${at.text}.${label}`;
  return { value, steps: at.ended ? at.steps : [...at.steps, step], text, ended: at.ended };
}

function elements(at: Located, isSet: boolean): Located[] {
  if (!Array.isArray(at.value)) return [at];
  const from = isSet ? { ...at, ended: true } : at;
  return at.value.map((element, index) => down(from, index, element));
}

function inType(type: TypeConstraint, segments: readonly string[], at: Located): Located[] {
  if (at.value === null || at.value instanceof Unknown) return [at];
  const [segment, ...rest] = segments;
  if (segment === undefined) return [at];
  const isCollection = typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set');
  if (isCollection) {
    const wanted = segment === '[]' ? rest : segments;
    return elements(at, type[0] === 'set').flatMap((element) => inType(elementType(type, 0), wanted, element));
  }
  if (!isObject(at.value)) return [];
  // The providers' SDK hands no element of a map to a validator.
  if (segment === '[]') return [];
  return inType(elementType(type, segment), rest, down(at, segment, at.value[segment] ?? null));
}

function inBlock(block: BlockSchema, segments: readonly string[], at: Located): Located[] {
  if (at.value === null || at.value instanceof Unknown) return [at];
  const [segment, ...rest] = segments;
  if (segment === undefined || !isObject(at.value)) return [at];
  const next = down(at, segment, at.value[segment] ?? null);
  const attribute = attributesOf(block)[segment];
  if (attribute !== undefined) return inType(attribute.type, rest, next);
  const nested = blocksOf(block)[segment];
  if (nested === undefined) return [];
  if (rest.length === 0) return [next];
  return elements(next, nested.nesting_mode === 'set').flatMap((element) => inBlock(nested.block, rest, element));
}

/** Splits a recorded path; `[]` after a name becomes a segment of its own. */
export function segmentsOf(path: string): string[] {
  return path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));
}

/** The values that a path reaches in a resource's configuration: one for each element of the lists and sets on its way. */
export function locate(block: BlockSchema, segments: readonly string[], from: Located): Located[] {
  return inBlock(block, segments, from);
}

/** The blocks at a path, one by one. */
export function blocksAt(block: BlockSchema, segments: readonly string[], from: Located): Located[] {
  let [schema, found]: [BlockSchema | undefined, Located[]] = [block, [from]];
  for (const segment of segments) {
    const nested: NestedBlockSchema | undefined = schema && blocksOf(schema)[segment];
    if (nested === undefined) return [];
    found = found.flatMap((at) =>
      isObject(at.value)
        ? elements(down(at, segment, at.value[segment] ?? null), nested.nesting_mode === 'set').filter(({ value }) =>
            isObject(value),
          )
        : [],
    );
    schema = nested.block;
  }
  return found;
}

/** The whole of a configuration, from which paths start. */
export function root(config: Value): Located {
  return { value: config, steps: [], text: '', ended: false };
}

/** The schema of a block at a path; undefined when there is none. */
export function blockAt(block: BlockSchema, segments: readonly string[]): BlockSchema | undefined {
  let current: BlockSchema | undefined = block;
  for (const segment of segments) current = current && blocksOf(current)[segment]?.block;
  return current;
}
