import { z } from 'zod';
import { count, key, map } from './schema-parts';

/** What an accelerator share is of where pools have no accelerators. */
export const CPU_POOLS = 'cpu';

/** Weights have to be more than a billionth for Kueue, and nobody means less than this. */
const weight = z.number().min(0.001).max(1000);

const percent = z.number().min(0).max(100);

/** Percentages of the accelerators in service, by accelerator; `cpu` is that of pools without any. */
const byAccelerator = (description: string) =>
  z.record(key, percent.meta({ description: 'Percentage.', examples: [50], unit: '%' })).meta({
    description,
    examples: [{ gb300: 60, b200: 100 }],
  });

const preemption = z
  .strictObject({
    within: z
      .enum(['never', 'lower-priority', 'lower-or-newer-equal-priority'])
      .optional()
      .meta({
        description:
          'Which jobs of its own a waiting job of the team ends. Default: lower-priority, those of lower priority.',
        examples: ['never'],
      }),
    reclaim: z
      .enum(['never', 'lower-priority', 'any'])
      .optional()
      .meta({
        description:
          'Which jobs of others end when the team wants back what it has lent. Default: all of them (any), else it waits until they end by themselves.',
        examples: ['lower-priority'],
      }),
    borrowing: z
      .enum(['never', 'lower-priority'])
      .optional()
      .meta({
        description:
          'Whether a job that has to borrow ends jobs of others of lower priority; not with fair sharing. Default: never.',
        examples: ['lower-priority'],
      }),
  })
  .optional()
  .meta({ description: 'Which jobs end so that others start. Jobs end as a whole and are queued again.' });

const namespace = key.optional().meta({
  description: 'Kubernetes namespace of its jobs, in every cluster. Default: its key.',
  examples: ['research'],
});

const team = z
  .strictObject({
    namespace,
    group: key.optional().meta({
      description: 'Key of the group that it borrows in first. Default: none, it borrows of all.',
      examples: ['labs'],
    }),
    shares: z
      .union([percent, byAccelerator('Percentages by accelerator; cpu is that of pools without accelerators.')])
      .default(0)
      .meta({
        description:
          'Part of the nodes in service that is its own, as one percentage of all or by accelerator, rounded down to whole nodes of each pool. What nobody has is for all to borrow. Default: 0, it only borrows.',
        examples: [60, { gb300: 60, b200: 100 }],
        unit: '%',
      }),
    borrow: z
      .union([z.enum(['any', 'none']), byAccelerator('Percentages by accelerator.')])
      .default('any')
      .meta({
        description:
          'What it may use above its own while others do not. Either all that is idle (any), none, or percentages of the nodes in service by accelerator.',
        examples: ['none', { gb300: 20 }],
      }),
    floor: byAccelerator(
      'Part of the nodes in service that it never lends, at most its share. Default: none, all that is idle is lent.',
    ).optional(),
    weight: weight.optional().meta({
      description: 'How much of what is borrowed it may have beside others, with fair sharing. Default: 1.',
      examples: [2],
      unit: 'ratio',
    }),
    preemption,
  })
  .meta({ description: 'A team with a queue of its own for each accelerator.' });

const group = z
  .strictObject({
    parent: key.optional().meta({
      description: 'Key of the group that it is part of. Default: none, it lies below the whole estate.',
      examples: ['company'],
    }),
    weight: weight
      .optional()
      .meta({ description: 'As of a team, of the group as a whole. Default: 1.', examples: [2], unit: 'ratio' }),
  })
  .meta({ description: 'Teams that lend to each other before they lend to others.' });

const serving = z
  .strictObject({
    cluster: key.meta({ description: 'Key of the cluster that it runs in.', examples: ['ohio-b200'] }),
    pool: key.optional().meta({
      description: 'Key of the pool that it runs on. Default: the only one with purpose: serving, or the only pool.',
      examples: ['serve'],
    }),
    namespace,
    nodesPerReplica: count.default(1).meta({
      description: 'Whole nodes that one replica spans: the size of its LeaderWorkerSet.',
      examples: [2],
      unit: 'nodes',
    }),
    replicas: z
      .strictObject({
        min: z
          .int()
          .min(0)
          .meta({
            description: 'Replicas whose nodes are never lent: the floor.',
            examples: [2],
            unit: 'replicas',
          }),
        max: count.meta({
          description: 'Most replicas; the nodes above the floor are lent while it does not use them.',
          examples: [6],
          unit: 'replicas',
        }),
      })
      .meta({ description: 'Range within which an autoscaler of the service chooses.' }),
  })
  .meta({ description: 'A service that answers requests on nodes of one pool, beside training.' });

/** How jobs of all clusters queue. */
export const queue = z
  .strictObject({
    manager: key.optional().meta({
      description:
        'Key of the cluster that holds the one queue over all other clusters; it has no pool with accelerators and runs no jobs. Default: none, each cluster has a queue of its own.',
      examples: ['hub'],
    }),
    teams: map(team).meta({
      description: 'Teams by key. Default: one in the namespace of the workload of each cluster, which has all of it.',
      examples: [{ research: { shares: { gb300: 60 } }, product: { shares: 40 } }],
    }),
    groups: map(group).meta({ description: 'Groups of teams by key.', examples: [{ labs: {} }] }),
    serving: map(serving).meta({
      description: 'Services beside training by key.',
      examples: [{ chat: { cluster: 'ohio-b200', nodesPerReplica: 2, replicas: { min: 2, max: 6 } } }],
    }),
    priorities: z
      .record(
        key,
        z
          .int()
          .min(-1_000_000)
          .max(1_000_000)
          .meta({ description: 'Value.', examples: [500] }),
      )
      .default({ low: 100, normal: 500, high: 900 })
      .meta({
        description:
          'Priority classes of jobs by name; those of higher value go first. Services have one above all of them. Default: low, normal and high.',
        examples: [{ low: 100, normal: 500, high: 900 }],
      }),
    fairSharing: z
      .boolean()
      .default(false)
      .meta({
        description:
          'Whether who borrows least beside its weight goes first. Default: false, what was queued first goes first.',
        examples: [true],
      }),
    preemption,
  })
  .optional()
  .meta({ description: 'How jobs queue, in each cluster or over all of them. Default: one team that has all.' });

/** What the nodes of a pool are for. */
export const purpose = z
  .enum(['training', 'serving'])
  .optional()
  .meta({
    description: 'What the nodes are for: jobs of teams, or only services under queue.serving. Default: training.',
    examples: ['serving'],
  });

/** The queue as an estate file has it. */
export type QueueSettings = NonNullable<z.infer<typeof queue>>;
/** A team of the queue. */
export type QueueTeam = QueueSettings['teams'][string];
/** A service of the queue. */
export type QueueServing = QueueSettings['serving'][string];
/** Which jobs end so that others start. */
export type QueuePreemption = NonNullable<QueueSettings['preemption']>;
