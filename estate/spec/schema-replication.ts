import { z } from 'zod';
import { REPLICATION_ENGINES, REPLICATION_MODES } from '../catalog/replication';
import { key, renamedFrom } from './schema-parts';

/** Where the data of a store may lie. */
export const storeResidency = z
  .array(z.string().regex(/^(eu|[A-Z]{2})$/, 'must be "eu" or a country by its two capital letters (ISO 3166)'))
  .min(1)
  .optional()
  .meta({
    description:
      'Countries that its data may not leave, by two capital letters, or `eu` for those of the European Union: neither the store itself nor a copy nor a cluster that is let in may lie elsewhere. Default: no limit.',
    examples: [['eu'], ['US', 'CA']],
  });

/** Data of one store that exists a second time in another one. */
export const replication = z
  .strictObject({
    from: key.meta({ description: 'Key of the object store that is read.', examples: ['datasets'] }),
    to: key.meta({
      description: 'Key of the object store that is written; nothing else writes to it.',
      examples: ['datasets-copy'],
    }),
    mode: z
      .enum(REPLICATION_MODES)
      .optional()
      .meta({
        description:
          'Whether objects are copied as they come or at times. Default: as they come, where the engine knows it.',
        examples: ['schedule'],
      }),
    everyHours: z
      .int()
      .min(1)
      .max(720)
      .optional()
      .meta({
        description: 'Time between two runs of a schedule. Default: 24.',
        examples: [1, 24],
        unit: 'hours',
      }),
    prefix: z
      .string()
      .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*\/$/, 'must be a path that ends with "/" and does not begin with it')
      .max(200)
      .optional()
      .meta({
        description: 'Beginning of the names of the objects that are copied. Default: all.',
        examples: ['tokenized/'],
      }),
    engine: z
      .enum(['auto', ...REPLICATION_ENGINES])
      .default('auto')
      .meta({
        description:
          'What copies: what a provider has for its own stores (native), Storage Transfer Service, DataSync, or rclone in a cluster. Default: the first of them that needs no stored key.',
        examples: ['auto', 'datasync'],
      }),
    cluster: key.optional().meta({
      description: 'Key of the cluster that rclone runs in, at the site of one of the stores.',
      examples: ['eastus2-gb300'],
    }),
    volumeTiB: z
      .number()
      .positive()
      .optional()
      .meta({
        description: 'What is copied at first, for estimates of time and egress. Default: unknown.',
        examples: [500],
        unit: 'TiB',
      }),
    dailyTiB: z
      .number()
      .positive()
      .optional()
      .meta({
        description: 'What is added in a day, for estimates of time and egress. Default: unknown.',
        examples: [2],
        unit: 'TiB',
      }),
    renamedFrom,
  })
  .meta({ description: 'Data of one object store that exists a second time in another one.' });
