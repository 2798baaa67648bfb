import { lookup } from '../lookup';
import { quote } from '../words';
import type { Rule } from './rule';

/** Groups of teams have parents above them, and end at the whole estate. */
export const queueGroupCycle: Rule = {
  code: 'QueueGroupCycle',
  severity: 'error',
  summary: 'no group of teams is part of itself',
  why: 'Kueue takes a circle of cohorts, stops their queues, and says that they can admit workloads',
  source: 'https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/pkg/cache/hierarchy/cycle.go',
  checked: '2026-11',
  check({ queue }, report) {
    const groups = queue?.groups ?? {};
    for (const [key, { parent }] of Object.entries(groups)) {
      const way = [key];
      let at = parent;
      while (at !== undefined && !way.includes(at)) {
        way.push(at);
        at = lookup(groups, at)?.parent;
      }
      if (at !== key) continue;
      report({
        path: ['queue', 'groups', key, 'parent'],
        value: parent,
        message: `group ${quote(key)} is part of itself: ${[...way, key].join(' in ')}`,
        hint: 'remove the parent of one of them, which then lies below the whole estate',
      });
    }
  },
};
