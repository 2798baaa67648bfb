import { z } from 'zod';
import { key } from './schema-parts';

/** What is installed in clusters, by the key of the component: all of an estate, or of one cluster. */
export const software = z
  .record(
    key,
    z
      .union([
        z.enum(['install', 'none']),
        z.strictObject({
          version: z
            .string()
            .regex(/^v?\d+\.\d+\.\d+([-+.][0-9A-Za-z.-]+)?$/, 'must be a version, such as 0.19.2')
            .meta({ description: 'Version of the component.', examples: ['0.19.2'] }),
        }),
      ])
      .meta({
        description:
          'Whether the bundle installs it: install, none since somebody else does, or the version that it installs.',
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
