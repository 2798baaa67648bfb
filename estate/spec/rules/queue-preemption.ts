import type { Rule } from './rule';

/** With fair sharing nobody ends jobs of others to borrow by priority. */
export const queuePreemption: Rule = {
  code: 'QueuePreemption',
  severity: 'error',
  summary: 'with fair sharing, jobs that borrow do not end jobs of others by priority',
  why: 'fair sharing decides who ends for whom by what each has borrowed; Kueue takes both, and heeds one',
  source: 'https://kueue.sigs.k8s.io/docs/concepts/preemption/',
  checked: '2026-11',
  check({ queue }, report) {
    if (queue?.fairSharing !== true) return;
    const places = [
      { path: ['queue', 'preemption'], preemption: queue.preemption },
      ...Object.entries(queue.teams).map(([key, { preemption }]) => {
        return { path: ['queue', 'teams', key, 'preemption'], preemption };
      }),
    ];
    for (const { path, preemption } of places) {
      if (preemption?.borrowing === undefined || preemption.borrowing === 'never') continue;
      report({
        path: [...path, 'borrowing'],
        value: preemption.borrowing,
        message: 'who ends for whom is decided by fair sharing, not by priority',
        hint: 'remove it, or fairSharing',
      });
    }
  },
};
