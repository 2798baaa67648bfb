import {
  type AttributeSchema,
  attributesOf,
  type BlockSchema,
  blocksOf,
  type TypeConstraint,
} from '../../provider/schema';
import type { Value, ValueObject } from '../../provider/values';

/** How the elements of a block, or of an attribute that holds objects, are kept. */
type Nesting = 'single' | 'list' | 'set' | 'map' | 'group';

/** An argument that can be given, at any depth. */
export interface Leaf {
  /** Dotted path without positions. */
  readonly path: string;
  readonly type: TypeConstraint;
  readonly isRequired: boolean;
  readonly isComputed: boolean;
  readonly isWriteOnly: boolean;
  /** Path of the outermost set around it: elements of sets have no positions that a provider could name. */
  readonly set?: string;
}

/** A block, or an attribute whose elements are objects. */
export interface Nest {
  readonly path: string;
  readonly nesting: Nesting;
  readonly fewest: number;
  readonly most: number;
  readonly isComputed: boolean;
  readonly set?: string;
}

/** Everything that can be given to a resource. */
export interface Outline {
  readonly leaves: readonly Leaf[];
  readonly nests: readonly Nest[];
}

const UNBOUNDED = Number.POSITIVE_INFINITY;

function isGivable({ required, optional }: AttributeSchema): boolean {
  return required === true || optional === true;
}

/** The objects inside of an attribute, as attributes of a block. */
function objectsOf(
  type: TypeConstraint,
): { readonly nesting: Nesting; readonly attributes: Record<string, TypeConstraint> } | undefined {
  if (typeof type === 'string') return undefined;
  if (type[0] === 'object') return { nesting: 'single', attributes: { ...type[1] } };
  if (type[0] !== 'list' && type[0] !== 'set') return undefined;
  const inner = type[1];
  return typeof inner !== 'string' && inner[0] === 'object'
    ? { nesting: type[0], attributes: { ...inner[1] } }
    : undefined;
}

function visitAttribute(
  path: string,
  attribute: AttributeSchema,
  set: string | undefined,
  outline: { leaves: Leaf[]; nests: Nest[] },
): void {
  const { type, required, computed, write_only: writeOnly } = attribute;
  const objects = objectsOf(type);
  if (objects === undefined) {
    const flags = { isRequired: required === true, isComputed: computed === true, isWriteOnly: writeOnly === true };
    outline.leaves.push({ path, type, ...flags, ...(set !== undefined && { set }) });
    return;
  }
  const { nesting, attributes } = objects;
  const inside = set ?? (nesting === 'set' ? path : undefined);
  outline.nests.push({
    path,
    nesting,
    fewest: 0,
    most: nesting === 'single' ? 1 : UNBOUNDED,
    isComputed: computed === true,
    ...(set !== undefined && { set }),
  });
  for (const [name, inner] of Object.entries(attributes)) {
    visitAttribute(`${path}.${name}`, { type: inner, optional: true }, inside, outline);
  }
}

function visit(
  block: BlockSchema,
  prefix: string,
  set: string | undefined,
  outline: { leaves: Leaf[]; nests: Nest[] },
): void {
  for (const [name, attribute] of Object.entries(attributesOf(block))) {
    // The SDK adds an id to every type; that it can be given is a leftover.
    if (prefix === '' && name === 'id' && attribute.required !== true) continue;
    if (isGivable(attribute)) visitAttribute(`${prefix}${name}`, attribute, set, outline);
  }
  for (const [name, nested] of Object.entries(blocksOf(block))) {
    if (prefix === '' && name === 'timeouts') continue;
    const path = `${prefix}${name}`;
    const { nesting_mode: nesting, min_items: fewest = 0, max_items: most = UNBOUNDED } = nested;
    outline.nests.push({ path, nesting, fewest, most, isComputed: false, ...(set !== undefined && { set }) });
    visit(nested.block, `${path}.`, set ?? (nesting === 'set' ? path : undefined), outline);
  }
}

/** Everything that can be given to a resource of a schema. */
export function outlineOf(block: BlockSchema): Outline {
  const outline = { leaves: [], nests: [] };
  visit(block, '', undefined, outline);
  return outline;
}

/** What to give: values by path; a path of a block makes a block in which nothing else is given. */
export type Given = ReadonlyMap<string, Value>;

function hasInside(given: Given, path: string): boolean {
  for (const key of given.keys()) if (key === path || key.startsWith(`${path}.`)) return true;
  return false;
}

function arranged(nesting: Nesting, element: ValueObject): Value {
  if (nesting === 'single' || nesting === 'group') return element;
  if (nesting === 'map') return { key: element };
  return [element];
}

function attributeValue(type: TypeConstraint, path: string, given: Given): Value {
  const value = given.get(path);
  const objects = objectsOf(type);
  if (objects === undefined || Array.isArray(value)) return value ?? null;
  if (!hasInside(given, path)) return null;
  const element = Object.entries(objects.attributes).map(([name, inner]): [string, Value] => [
    name,
    attributeValue(inner, `${path}.${name}`, given),
  ]);
  return arranged(objects.nesting, Object.fromEntries(element));
}

/** The configuration that gives some values and nothing else; blocks around them have one element. */
export function configuration(block: BlockSchema, given: Given, prefix = ''): ValueObject {
  const made: ValueObject = {};
  for (const [name, { type }] of Object.entries(attributesOf(block))) {
    made[name] = attributeValue(type, `${prefix}${name}`, given);
  }
  for (const [name, { block: inner, nesting_mode: nesting }] of Object.entries(blocksOf(block))) {
    const path = `${prefix}${name}`;
    const isList = nesting === 'list' || nesting === 'set';
    if (hasInside(given, path)) {
      made[name] = arranged(nesting, configuration(inner, given, `${path}.`));
    } else made[name] = isList ? [] : nesting === 'map' ? {} : null;
  }
  return made;
}

/** A path, and those of the blocks around it, the outermost first. */
export function around(path: string): string[] {
  const segments = path.split('.');
  return segments.map((_, index) => segments.slice(0, index + 1).join('.'));
}

/** The path of a finding, without positions, as recordings have it. */
export function dotted(steps: readonly (string | number)[]): string {
  return steps.filter((step) => typeof step === 'string').join('.');
}
