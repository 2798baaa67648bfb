import { quote } from '../words';
import { teamsIn } from './queue-walk';
import type { Rule } from './rule';

/** Weights and groups of the queue do something. */
export const queueWeight: Rule = {
  code: 'QueueWeight',
  severity: 'warning',
  summary: 'weights stand beside fairSharing: true, and each group has a team',
  why: 'a weight counts among those who borrow with fair sharing only, and a group without teams lends nothing to anybody',
  check(estate, report) {
    const { queue } = estate;
    const groups = Object.entries(queue?.groups ?? {});
    const weighed = [
      ...teamsIn(estate).map(({ path, team }) => ({ path, weight: team.weight })),
      ...groups.map(([key, { weight }]) => ({ path: ['queue', 'groups', key], weight })),
    ];
    for (const { path, weight } of weighed) {
      if (weight === undefined || queue?.fairSharing === true) continue;
      report({
        path: [...path, 'weight'],
        value: weight,
        message: 'the weight does nothing: without fair sharing what was queued first goes first',
        hint: 'write queue.fairSharing: true, or remove it',
      });
    }
    const used = new Set([
      ...teamsIn(estate).flatMap(({ team }) => team.group ?? []),
      ...groups.flatMap(([, { parent }]) => parent ?? []),
    ]);
    for (const [key] of groups.filter(([name]) => !used.has(name))) {
      report({
        path: ['queue', 'groups', key],
        on: 'key',
        message: `no team is in group ${quote(key)}`,
        hint: `write group: ${key} for the teams that lend to each other first, or remove it`,
      });
    }
  },
};
