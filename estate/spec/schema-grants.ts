import { z } from 'zod';
import { GRANT_ACCESS } from '../catalog/grants';
import { key, renamedFrom, text } from './schema-parts';

const clusterKey = key.meta({ description: 'Key of the cluster.', examples: ['ohio-b200'] });

const from = z
  .union([
    clusterKey,
    z.strictObject({
      cluster: clusterKey,
      namespace: key.optional().meta({
        description: 'Kubernetes namespace of the service account. Default: that of the workload of the cluster.',
        examples: ['evaluation'],
      }),
      serviceAccount: key.optional().meta({
        description: 'Kubernetes service account. Default: that of the workload of the cluster.',
        examples: ['loader'],
      }),
    }),
  ])
  .meta({
    description: 'Who is given access: the workload of a cluster, by its key, or another service account of it.',
    examples: ['ohio-b200', { cluster: 'ohio-b200', namespace: 'evaluation', serviceAccount: 'loader' }],
  });

/** One right of a workload to a store. */
export const grant = z
  .strictObject({
    from,
    to: key.meta({ description: 'Key of the object store, of any site.', examples: ['datasets'] }),
    access: z.enum(GRANT_ACCESS).meta({
      description:
        'What it may do there: list and read objects, add objects without reading or deleting any, or all that a cluster may do with what it mounts.',
      examples: ['read'],
    }),
    anchor: z
      .enum(['account', 'cluster'])
      .optional()
      .meta({
        description:
          'Who vouches for the workload at another cloud: its account signs for its role, or its cluster signs for its service account, which asks for nothing but a token that Kubernetes mounts. Default: the account where it can, which AWS does, else the cluster.',
        examples: ['cluster'],
      }),
    acknowledge: text.optional().meta({
      description: 'Why a stored key is accepted, where the cloud of the store leaves no way without one.',
      examples: ['approved by security in SEC-1234'],
    }),
    renamedFrom,
  })
  .meta({ description: 'A right of a workload to a store, without a stored key.' });
