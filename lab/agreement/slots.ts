import type { AttributeSchema, BlockSchema, NestedBlockSchema, TypeConstraint } from '../../provider/schema';
import { attributesOf, blocksOf } from '../../provider/schema';
import { isObject, type Value, type ValueObject } from '../../provider/values';

/** A block that stands in a configuration. */
export interface Holder {
  readonly block: BlockSchema;
  readonly value: ValueObject;
  /** Dotted path with a dot at its end; empty at the root. */
  readonly path: string;
}

/** An attribute of a block that stands in a configuration, whether it is given or not. */
export interface Slot {
  readonly holder: ValueObject;
  readonly name: string;
  readonly path: string;
  readonly attribute: AttributeSchema;
}

/** A kind of block inside of a block that stands in a configuration. */
export interface BlockSlot {
  readonly holder: ValueObject;
  readonly name: string;
  readonly path: string;
  readonly nested: NestedBlockSchema;
}

/** What Terraform itself reads. */
const OF_TERRAFORM = 'timeouts';

/** All blocks that stand in a configuration, the root first. */
export function holdersIn(block: BlockSchema, value: Value, path = ''): Holder[] {
  if (!isObject(value)) return [];
  const inner = Object.entries(blocksOf(block)).flatMap(([name, nested]) => {
    if (name === OF_TERRAFORM) return [];
    const own = value[name] ?? null;
    const each = Array.isArray(own) ? own : [own];
    return each.flatMap((one) => holdersIn(nested.block, one, `${path}${name}.`));
  });
  return [{ block, value, path }, ...inner];
}

/** All attributes of all blocks that stand in a configuration, but the id that the SDK keeps. */
export function slotsIn(block: BlockSchema, value: Value): Slot[] {
  return holdersIn(block, value).flatMap((holder) =>
    Object.entries(attributesOf(holder.block)).flatMap(([name, attribute]) =>
      holder.path === '' && name === 'id' && attribute.required !== true
        ? []
        : [{ holder: holder.value, name, path: `${holder.path}${name}`, attribute }],
    ),
  );
}

/** All kinds of blocks inside of all blocks that stand in a configuration. */
export function blockSlotsIn(block: BlockSchema, value: Value): BlockSlot[] {
  return holdersIn(block, value).flatMap((holder) =>
    Object.entries(blocksOf(holder.block)).flatMap(([name, nested]) =>
      name === OF_TERRAFORM ? [] : [{ holder: holder.value, name, path: `${holder.path}${name}`, nested }],
    ),
  );
}

/** The type of the scalars that an attribute holds, with how recorded paths call them; undefined for objects. */
export function scalarOf({
  attribute,
  path,
}: Slot): { readonly type: TypeConstraint; readonly path: string } | undefined {
  const { type } = attribute;
  if (typeof type === 'string') return { type, path };
  if (type[0] === 'object' || type[0] === 'tuple') return undefined;
  return typeof type[1] === 'string' ? { type: type[1], path: `${path}[]` } : undefined;
}

/** Gives an attribute a scalar: itself, or the only element that it has. */
export function give({ holder, name, attribute: { type } }: Slot, scalar: Value): void {
  if (typeof type === 'string') holder[name] = scalar;
  else if (type[0] === 'map') holder[name] = { key: scalar };
  else holder[name] = [scalar];
}

/** Whether an attribute is given. */
export function isGiven({ holder, name }: { readonly holder: ValueObject; readonly name: string }): boolean {
  const value = holder[name] ?? null;
  return value !== null && !(Array.isArray(value) && value.length === 0);
}
