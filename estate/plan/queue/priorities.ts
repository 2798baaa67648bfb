import { SERVING_PRIORITY } from '../../spec/queue';
import type { Estate } from '../../spec/schema';
import { sortedEntries } from '../../units';
import type { PriorityPlan } from './types';

const DEFAULT = { low: 100, normal: 500, high: 900 };

/** Priority classes of an estate, lowest first; pods of jobs end nobody, for the queue decides who does. */
export function prioritiesOf({ queue }: Pick<Estate, 'queue'>): readonly PriorityPlan[] {
  const classes = sortedEntries(queue?.priorities ?? DEFAULT).sort(([, one], [, other]) => one - other);
  const plan = (name: string, value: number, preempts: boolean): PriorityPlan => {
    return { name, value, podClass: `${name}-${value}`, preempts };
  };
  return [
    ...classes.map(([name, value]) => plan(name, value, false)),
    plan(SERVING_PRIORITY.name, SERVING_PRIORITY.value, true),
  ];
}
