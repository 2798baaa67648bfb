import { z } from 'zod';
import { WEEKDAYS } from '../catalog/types';
import { date, key } from './schema-parts';

const day = z.enum(WEEKDAYS).meta({ description: 'Day of the week, UTC.' });

const window = z
  .strictObject({
    days: z
      .array(day)
      .min(1)
      .max(WEEKDAYS.length)
      .meta({ description: 'Days on which the window opens, UTC.', examples: [['sat', 'sun']] }),
    start: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day, such as "04:00"')
      .meta({ description: 'Time of the day at which it opens, UTC.', examples: ['04:00'] }),
    hours: z
      .int()
      .min(1)
      .max(24)
      .meta({ description: 'Hours for which it stays open.', examples: [8], unit: 'hours' }),
  })
  .meta({ description: 'Weekly window in which the service may change the cluster. Default: from the catalog.' });

const exclusion = z
  .strictObject({
    name: key.meta({ description: 'Name of the exclusion, unique in its cluster.', examples: ['first-run'] }),
    start: date.meta({ description: 'First day without changes, YYYY-MM-DD, UTC.', examples: ['2026-12-20'] }),
    end: date.optional().meta({
      description:
        'Last day without changes, YYYY-MM-DD, UTC; both days belong to it. Default: open, on clouds that offer it until the version is no longer supported.',
      examples: ['2027-01-04'],
    }),
  })
  .meta({ description: 'A time in which the service leaves versions of nodes and minor versions alone.' });

/** When a managed Kubernetes service may change a cluster by itself. */
export const maintenance = z
  .strictObject({
    window: window.optional(),
    exclusions: z
      .array(exclusion)
      .optional()
      .meta({
        description: 'Times without changes. Default: those of the catalog; an empty list means none.',
        examples: [[{ name: 'first-run', start: '2026-12-20', end: '2027-01-04' }]],
      }),
  })
  .optional()
  .meta({
    description: 'When the Kubernetes service may change the cluster by itself. Default: from the catalog, by cloud.',
  });
