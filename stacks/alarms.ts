import type { Construct } from 'constructs';
import { ids } from '../estate/plan/ids';
import type { AlarmsPlan } from '../estate/plan/watch-types';

/** What alarms of an owner go to in a stack: one for all of them, made with the first. */
export function ofOwner<T extends Construct>(
  stack: Construct,
  { owner }: AlarmsPlan,
  kind: abstract new (...args: never[]) => T,
  make: (id: string) => T,
): T {
  const id = ids.alarms(owner);
  const known = stack.node.tryFindChild(id);
  return known instanceof kind ? known : make(id);
}
