import { z } from 'zod';
import { text } from './schema-parts';

const principals = (who: string) =>
  z
    .array(text.meta({ description: 'A principal, as the cloud names it.', examples: ['platform-admins@example.com'] }))
    .default([])
    .meta({
      description: `${who}: ARNs of IAM roles or users on AWS, object ids of Entra groups on Azure, addresses of Google groups, names of IAM groups on Oracle.`,
      examples: [['arn:aws:iam::111122223333:role/platform-admin']],
    });

const range = z.union([
  text,
  z
    .strictObject({
      cidr: text.meta({ description: 'The range.', examples: ['198.51.100.0/24'] }),
      note: text.meta({ description: 'What lies in it.', examples: ['office in Dublin'] }),
    })
    .meta({ description: 'A range, with what lies in it.' }),
]);

const granted = {
  administrators: principals('Who administers the Kubernetes clusters'),
  viewers: principals(
    'Who may look at what runs in the Kubernetes clusters, secrets excepted, and change nothing (on Oracle Cloud what a role binding in the cluster lets them see)',
  ),
  ranges: z
    .array(range)
    .default([])
    .meta({
      description:
        'Address ranges that reach the API server of the Kubernetes clusters, such as those of a VPN or an office. Default: none but the network of the site, and on Google Cloud the DNS name of the cluster, which IAM guards.',
      examples: [['10.8.0.0/16', { cidr: '198.51.100.0/24', note: 'office in Dublin' }]],
    }),
};

const runner = z
  .strictObject({
    ranges: z
      .array(text)
      .default([])
      .meta({
        description: 'Public addresses or ranges that applies come from.',
        examples: [['203.0.113.7/32']],
      }),
    subnets: z
      .array(text)
      .default([])
      .meta({
        description: 'Resource ids of the subnets that applies come from.',
        examples: [
          [
            '/subscriptions/5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01/resourceGroups/ci/providers/Microsoft.Network/virtualNetworks/ci/subnets/runners',
          ],
        ],
      }),
  })
  .optional()
  .meta({
    description:
      'Where applies come from, Azure only: keys are written through their vault, which lets in nobody else. Default: applies run inside the network of the site.',
    examples: [{ ranges: ['203.0.113.7/32'] }],
  });

const ADDS_UP = 'What account, site and cluster say adds up.';

/** Who and what reaches the clusters of an account or a site, and where applies come from. */
export const access = z
  .strictObject({ ...granted, runner })
  .optional()
  .meta({
    description: `Who administers or views the clusters, from where they are reached, and where applies come from. ${ADDS_UP}`,
    examples: [{ administrators: ['arn:aws:iam::111122223333:role/platform-admin'], ranges: ['10.8.0.0/16'] }],
  });

/** Who and what reaches one cluster. */
export const clusterAccess = z
  .strictObject(granted)
  .optional()
  .meta({
    description: `Who administers or views the cluster, and from where it is reached. ${ADDS_UP}`,
    examples: [{ viewers: ['arn:aws:iam::111122223333:role/research'] }],
  });
