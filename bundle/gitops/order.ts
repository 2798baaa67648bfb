import type { ComponentPlan } from '../../estate/plan/software/types';
import type { Part } from '../types';

/** What a part wants right before it: namespaces, kinds of objects, drivers. */
const PART_NEEDS: Readonly<Record<Part, readonly Part[]>> = {
  base: [],
  software: ['base'],
  fabric: ['software'],
  queue: ['software'],
  storage: ['software'],
  monitoring: ['software'],
  acceptance: ['fabric', 'queue', 'storage', 'monitoring'],
};

/** The parts that come right before one, of those that there are. */
export function neededParts(part: Part, present: readonly Part[]): Part[] {
  const needed = PART_NEEDS[part].flatMap((each) => (present.includes(each) ? [each] : neededParts(each, present)));
  return [...new Set(needed)];
}

/** How many components come before one, each after the other: those that need none come first. */
export function depthOf(component: ComponentPlan, all: readonly ComponentPlan[]): number {
  const needed = all.filter(({ name }) => component.needs.includes(name));
  return needed.reduce((depth, each) => Math.max(depth, depthOf(each, all) + 1), 0);
}
