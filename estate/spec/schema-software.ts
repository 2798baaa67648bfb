import { z } from 'zod';
import { key } from './schema-parts';

/** What is installed in clusters, by the key of the component: all of an estate, or of one cluster. */
export const software = z
  .record(
    key,
    z
      .union([
        z.enum(['install', 'none']),
        z
          .strictObject({
            version: z
              .string()
              .regex(/^v?\d+\.\d+\.\d+([-+.][0-9A-Za-z.-]+)?$/, 'must be a version, such as 0.19.2')
              .optional()
              .meta({ description: 'Version of the component. Default: that of the catalog.', examples: ['0.19.2'] }),
            driverImage: z
              .string()
              .regex(
                /^[a-z0-9]+([._-]+[a-z0-9]+)*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/,
                'must be a registry and a path in it without a tag, such as registry.example.com/drivers/amdgpu',
              )
              .optional()
              .meta({
                description:
                  'Where an operator that builds its driver keeps it: a registry and a path in it, without a tag, which the operator adds. Default: what the operator takes, which is a registry in OpenShift only.',
                examples: ['registry.example.com/drivers/amdgpu'],
              }),
          })
          .refine((said) => Object.keys(said).length > 0, 'must say a version, or driverImage'),
      ])
      .meta({
        description:
          'Whether the bundle installs it: install, none since somebody else does, or how. How, for all of an estate, holds where it is installed anyway; for one cluster it is installed there.',
        examples: ['none'],
      }),
  )
  .optional()
  .meta({
    description:
      'Software of clusters that the bundle installs otherwise than the catalog says, by component; of a cluster before that of the estate. Default: what its machines need, in the versions of the catalog.',
    examples: [{ 'gpu-operator': 'none' }],
  });

/** What is said of software, by component. */
export type SoftwareSettings = NonNullable<z.infer<typeof software>>;
