import { QUEUE_LIMITS } from '../../catalog/queue';
import { SERVING_PRIORITY } from '../queue';
import { counted, quote } from '../words';
import { acceleratorsOf, queuedPools, servicesIn, teamsIn, trainingPools } from './queue-walk';
import type { Rule } from './rule';

/** Names that follow from keys of the queue are taken once, and by Kubernetes. */
export const queueName: Rule = {
  code: 'QueueName',
  severity: 'error',
  summary: 'queues that follow from keys have names of their own that fit, and priorities none that is reserved',
  why: 'two queues of one name are one object, and a name that is too long for a label is taken and leads nowhere',
  source: QUEUE_LIMITS.labelValue.source,
  check(estate, report) {
    const { queue } = estate;
    const { value: most } = QUEUE_LIMITS.labelValue;
    const accelerators = acceleratorsOf(trainingPools(estate));
    const taken = new Map(acceleratorsOf(queuedPools(estate)).map((key) => [key, `accelerator ${quote(key)}`]));
    for (const { key, path } of teamsIn(estate)) {
      for (const accelerator of accelerators) {
        const name = `${key}-${accelerator}`;
        const other = taken.get(name);
        if (name.length > most) {
          report({
            path,
            on: 'key',
            value: key,
            message: `its queue of ${quote(accelerator)} would be ${quote(name)}, ${counted(name.length, 'character')} long, and a label takes ${most}`,
            hint: `choose a shorter key for the team, by ${counted(name.length - most, 'character')} at least`,
          });
        } else if (other !== undefined) {
          const hint = 'choose another key for one of them';
          report({ path, on: 'key', value: key, message: `queue ${quote(name)} is that of ${other} already`, hint });
        } else taken.set(name, `team ${quote(key)} and ${quote(accelerator)}`);
      }
    }
    for (const { key, path } of servicesIn(estate)) {
      const other = taken.get(key);
      if (other === undefined) continue;
      const hint = 'choose another key for the service';
      report({ path, on: 'key', value: key, message: `queue ${quote(key)} is that of ${other} already`, hint });
    }
    for (const name of Object.keys(queue?.priorities ?? {})) {
      const isReserved = name === SERVING_PRIORITY.name || name === 'system' || name.startsWith('system-');
      if (!isReserved) continue;
      report({
        path: ['queue', 'priorities', name],
        on: 'key',
        value: name,
        message: `priority ${quote(name)} is that of ${name === SERVING_PRIORITY.name ? 'services' : 'Kubernetes itself'}`,
        hint: 'choose another name',
      });
    }
  },
};
