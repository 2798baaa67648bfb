import { endCommands, type Lift, type StackCommand, unprotectedCommands } from './lift';
import { kindOf } from './resource-kinds';
import type { StackChange } from './types';

/** The programs that deploy. */
export type Tool = 'cdk' | 'cdktf';

/** A stack with what it does to others. */
export interface OrderedStack extends StackChange {
  readonly tool: Tool;
  /**
   * What lifts the protection of what it replaces or destroys.
   *
   * @default - nothing stops it
   */
  readonly lift?: Lift;
  /**
   * Whether it is the gateway of a site or half of a link, which one takes down by itself when it leaves the estate.
   *
   * @default false
   */
  readonly isOfLinks?: boolean;
  /**
   * Stacks that have to be gone before it where all of them leave the estate, such as the half of a link that was made from what it told.
   *
   * @default none
   */
  readonly goneAfter?: readonly string[];
}

/** How changed stacks have to be deployed where their layers' order does not work. */
export interface Order {
  /** Commands, first to last; empty where the usual order works. */
  readonly commands: readonly string[];
  /** Pairs of stacks of which each needs the other one first: the edit takes two passes. */
  readonly stuck: readonly (readonly [string, string])[];
}

const REMOVALS = new Set(['destroyed']);
const ADDITIONS = new Set(['created', 'replaced']);

/** Whether a stack does one of these to something that another stack may stand on. */
function does({ changes }: StackChange, actions: ReadonlySet<string>): boolean {
  return changes.some(({ action, type }) => actions.has(action) && kindOf(type).isAlone !== true);
}

/** Everything that a stack is deployed after, however far. */
function allBelow(
  stack: string,
  direct: ReadonlyMap<string, readonly string[]>,
  seen = new Set<string>(),
): Set<string> {
  for (const each of direct.get(stack) ?? []) {
    if (seen.has(each)) continue;
    seen.add(each);
    allBelow(each, direct, seen);
  }
  return seen;
}

/** Stacks that have to go before a lower one, because they let go of what it removes. */
function letsGoFirst(lower: OrderedStack, upper: OrderedStack): boolean {
  if (lower.isLeft) return true;
  if (lower.tool === 'cdk') {
    return lower.outputs.some(({ change, readers }) => change === 'removed' && readers.includes(upper.stack));
  }
  return does(lower, REMOVALS) && (upper.isLeft || does(upper, REMOVALS));
}

/** Stacks that can only go after a lower one, because they need what it adds. */
function needsFirst(lower: OrderedStack, upper: OrderedStack): boolean {
  if (upper.isLeft) return false;
  if (lower.tool === 'cdk') {
    return lower.outputs.some(({ change, readers }) => change === 'added' && readers.includes(upper.stack));
  }
  return does(lower, ADDITIONS) && does(upper, ADDITIONS);
}

/**
 * Finds the order in which changed stacks can be deployed.
 *
 * Stacks are deployed layer by layer, so a layer would remove what the next one still uses: CloudFormation refuses to
 * remove an export in use, and clouds refuse to delete a subnet in use.
 */
export function deployOrder(stacks: readonly OrderedStack[], base: string): Order {
  const direct = new Map(stacks.map(({ stack, dependsOn }) => [stack, dependsOn]));
  const changed = stacks.filter(({ changes, outputs, isLeft }) => changes.length + outputs.length > 0 || isLeft);
  const after = new Map<string, Set<string>>(changed.map(({ stack }) => [stack, new Set()]));
  const stuck: [string, string][] = [];
  // Where protection is lifted, each stack has to be deployed by its own command.
  const listed = new Set(changed.filter(({ lift, isLeft }) => lift !== undefined && !isLeft).map(({ tool }) => tool));
  // A stack that is left stays where it is, unless another one has to remove what it, or one below it, stands on.
  const inTheWay = new Set<string>();
  for (const upper of changed) {
    const below = allBelow(upper.stack, direct);
    for (const lower of changed.filter(({ stack }) => below.has(stack))) {
      const first = letsGoFirst(lower, upper);
      if (first && needsFirst(lower, upper)) stuck.push([lower.stack, upper.stack]);
      else if (first) {
        after.get(lower.stack)?.add(upper.stack);
        if (lower.isLeft && lower.isOfLinks !== true) continue;
        listed.add(lower.tool);
        // A gateway is taken down last: what is left of its links and leads to it goes before it.
        if (lower.isLeft) inTheWay.add(lower.stack);
        if (upper.isLeft) inTheWay.add(upper.stack);
      } else after.get(upper.stack)?.add(lower.stack);
    }
  }
  for (const { stack, isLeft, goneAfter = [] } of changed) {
    for (const other of isLeft ? changed.filter((each) => each.isLeft && goneAfter.includes(each.stack)) : []) {
      after.get(stack)?.add(other.stack);
      listed.add(other.tool);
      inTheWay.add(other.stack).add(stack);
    }
  }
  const goes = ({ stack, isLeft }: OrderedStack) =>
    !isLeft || [stack, ...allBelow(stack, direct)].some((each) => inTheWay.has(each));
  const ordered = sorted(
    changed.filter((each) => listed.has(each.tool) && goes(each)),
    after,
  );
  const commands = ordered.map((each): StackCommand => {
    const hasUpper = stacks.some(({ dependsOn }) => dependsOn.includes(each.stack));
    return { ...each, hasLower: each.dependsOn.length > 0, hasUpper };
  });
  // What is deployed as it was cannot be once what it stands on is deployed as it becomes.
  const before = commands.flatMap((each) => unprotectedCommands(each, base));
  return { commands: [...before, ...commands.flatMap((each) => endCommands(each, base))], stuck };
}

/** Stacks after those that they have to follow; where that goes round in a circle, in the order in which they came. */
function sorted(stacks: readonly OrderedStack[], after: ReadonlyMap<string, ReadonlySet<string>>): OrderedStack[] {
  const byName = new Map(stacks.map((each) => [each.stack, each]));
  const done = new Set<string>();
  const result: OrderedStack[] = [];
  const add = (stack: OrderedStack): void => {
    if (done.has(stack.stack)) return;
    done.add(stack.stack);
    for (const name of after.get(stack.stack) ?? []) {
      const earlier = byName.get(name);
      if (earlier !== undefined) add(earlier);
    }
    result.push(stack);
  };
  for (const stack of stacks) add(stack);
  return result;
}
