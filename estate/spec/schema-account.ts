import { z } from 'zod';
import { PRINCIPALS } from '../catalog/access';
import type { Cloud } from '../catalog/types';
import { access } from './schema-access';
import { encryptionKey } from './schema-existing';
import { owner, tags } from './schema-owner';
import { ocid, renamedFrom, text, uuid } from './schema-parts';
import { alarmsBelow, logsBelow } from './schema-watch';

const cloud = <C extends Cloud>(name: C) =>
  z.literal(name).meta({ description: 'Provider of the account, which decides its other keys.' });

/** Who administers the Kubernetes clusters of an account, as its cloud names principals. */
const admins = (cloud: Cloud) => {
  const { pattern, what, example } = PRINCIPALS[cloud];
  return z
    .array(text.regex(pattern, `must be ${what}`))
    .default([])
    .meta({
      description:
        'Former name of `access.administrators`: ARNs of IAM roles or users on AWS, object ids of Entra groups on Azure, addresses of Google groups, names of IAM groups on Oracle.',
      deprecated: true,
      examples: [[example]],
    });
};

const awsAccount = z
  .strictObject({
    cloud: cloud('aws'),
    accountId: z
      .string()
      .regex(/^\d{12}$/, 'must be 12 digits in quotes')
      .meta({ description: 'AWS account id.', examples: ['111122223333'] }),
    access,
    logs: logsBelow,
    alarms: alarmsBelow,
    clusterAdmins: admins('aws'),
    encryptionKey,
    owner,
    tags,
    renamedFrom,
  })
  .meta({ description: 'An AWS account.' });

const azureAccount = z
  .strictObject({
    cloud: cloud('azure'),
    subscriptionId: uuid.meta({
      description: 'Azure subscription id.',
      examples: ['5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01'],
    }),
    tenantId: uuid.meta({
      description: 'Microsoft Entra tenant id.',
      examples: ['9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03'],
    }),
    access,
    logs: logsBelow,
    alarms: alarmsBelow,
    clusterAdmins: admins('azure'),
    encryptionKey,
    owner,
    tags,
    renamedFrom,
  })
  .meta({ description: 'An Azure subscription. GB200/GB300 and 8-GPU InfiniBand machines need separate ones.' });

const googleAccount = z
  .strictObject({
    cloud: cloud('google'),
    projectId: z
      .string()
      .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'must be 6 to 30 lower-case letters, digits and hyphens')
      .meta({ description: 'Google Cloud project id.', examples: ['atlas-train'] }),
    projectNumber: z
      .string()
      .regex(/^\d{6,20}$/, 'must be the project number in quotes')
      .meta({
        description: 'Google Cloud project number; service agents are named by it.',
        examples: ['123456789012'],
      }),
    billingAccount: z
      .string()
      .regex(/^[0-9A-F]{6}(-[0-9A-F]{6}){2}$/, 'must look like 0A1B2C-3D4E5F-6A7B8C')
      .optional()
      .meta({ description: 'Billing account that pays for the project.', examples: ['0A1B2C-3D4E5F-6A7B8C'] }),
    access,
    securityGroup: z
      .string()
      .regex(/^gke-security-groups@[^@\s]+$/, 'must be gke-security-groups@DOMAIN')
      .optional()
      .meta({
        description:
          'Google group whose members are the groups that role bindings of its clusters may name (Google Groups for RBAC). Once given, clusters keep it until another one is. Default: role bindings name no groups.',
        examples: ['gke-security-groups@example.com'],
      }),
    logs: logsBelow,
    alarms: alarmsBelow,
    clusterAdmins: admins('google'),
    encryptionKey,
    owner,
    tags,
    renamedFrom,
  })
  .meta({ description: 'A Google Cloud project.' });

const oracleAccount = z
  .strictObject({
    cloud: cloud('oracle'),
    tenancyId: ocid.meta({ description: 'Tenancy OCID.', examples: ['ocid1.tenancy.oc1..aaaaexample'] }),
    compartmentId: ocid.meta({
      description: 'Compartment OCID that everything is created in.',
      examples: ['ocid1.compartment.oc1..aaaaexample'],
    }),
    homeRegion: text.meta({
      description: 'Home region; identity resources are written there.',
      examples: ['us-ashburn-1'],
    }),
    objectStorageNamespace: text.meta({
      description: 'Object Storage namespace of the tenancy ("oci os ns get").',
      examples: ['axaxnpcrorw5'],
    }),
    ignoredTags: z
      .array(text.regex(/^[^.\s]+\.[^.\s]+$/, 'must be NAMESPACE.KEY'))
      .max(98)
      .optional()
      .meta({
        description:
          'Defined tags that the tenancy gives everything by tag defaults of its own: plans leave them alone, and would else take them off again. Default: none.',
        examples: [['Finance.CostCenter']],
      }),
    identityDomain: z
      .strictObject({
        url: z
          .string()
          .regex(/^https:\/\/[a-z0-9.-]+$/, 'must be https://HOST, without a port')
          .meta({
            description: 'Address of the domain, without a port.',
            examples: ['https://idcs-0a1b2c3d4e5f.identity.oraclecloud.com'],
          }),
        name: z
          .string()
          .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/, 'must be the name of an identity domain')
          .default('Default')
          .meta({ description: 'Name of the domain, by which policies know its groups.', examples: ['Default'] }),
        clientId: z
          .string()
          .regex(/^[A-Za-z0-9_-]{4,64}$/, 'must be the id of an OAuth client, never its secret')
          .meta({
            description: 'Id of the confidential application that exchanges tokens; its secret stands nowhere.',
            examples: ['0a1b2c3d4e5f60718293a4b5c6d7e8f9'],
          }),
      })
      .optional()
      .meta({
        description:
          'Identity domain that exchanges tokens of other clouds, for grants from there. Default: no such grants.',
      }),
    access,
    logs: logsBelow,
    alarms: alarmsBelow,
    clusterAdmins: admins('oracle'),
    encryptionKey,
    owner,
    tags,
    renamedFrom,
  })
  .meta({ description: 'An Oracle Cloud tenancy and compartment.' });

/** Where resources are created: an account of one of the four clouds. */
export const account = z
  .discriminatedUnion('cloud', [awsAccount, azureAccount, googleAccount, oracleAccount])
  .meta({ description: 'Where resources are created: identifiers only, never secrets.' });
