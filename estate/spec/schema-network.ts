import { z } from 'zod';
import { SUBNET_ROLES } from '../catalog/types';
import { count, key, text, uuid } from './schema-parts';

const subnet = z
  .strictObject({
    id: text.meta({
      description:
        'Id of a subnet on AWS (subnet-…), its name on Azure and Google Cloud, its OCID on Oracle Cloud. Of pods and services on Google Cloud the name of the secondary range of the subnet of the nodes; of storage there that of the range that private services access was given.',
      examples: ['subnet-0a1b2c3d4e5f60718'],
    }),
    role: z.enum(SUBNET_ROLES).meta({
      description: 'What it is for, by the same words as ranges in the lock file; each cloud has some of them.',
      examples: ['nodes'],
    }),
    cidr: text.meta({ description: 'Its range.', examples: ['10.8.0.0/19'] }),
    zone: text.optional().meta({
      description: 'Zone that it lies in, AWS only.',
      examples: ['us-east-2a'],
    }),
    cluster: key.optional().meta({
      description:
        'Cluster that it is for, where a cloud gives each cluster its own. Default: all clusters of the site that have none of their own share it.',
      examples: ['east-h100'],
    }),
    shard: count.optional().meta({
      description:
        'Which of the Kubernetes clusters of the cluster it is for, where growth has made several. Default: 1.',
      examples: [2],
      unit: 'ordinal',
    }),
    store: key.optional().meta({
      description:
        'File system that it is for, where a cloud gives each its own. Default: all file systems of the site that have none of their own share it.',
      examples: ['scratch'],
    }),
    range: count.optional().meta({
      description: 'Which of several subnets of its role and zone it is, AWS only; a full one cannot grow. Default: 1.',
      examples: [2],
      unit: 'ordinal',
    }),
    securityGroup: text.optional().meta({
      description:
        'Name of its network security group, Azure only: clients of a file system are let in by rules in it. Default: its owner lets them in.',
      examples: ['hub-lustre-nsg'],
    }),
  })
  .meta({ description: 'A subnet that exists already.' });

const existingNetwork = z
  .strictObject({
    id: text.meta({
      description:
        'Id of the VPC on AWS, name of the network on Azure and Google Cloud, OCID of the VCN on Oracle Cloud.',
      examples: ['vpc-0a1b2c3d4e5f60718', 'hub-eastus2'],
    }),
    accountId: text.optional().meta({
      description: 'Account that shares it, AWS only. Default: that of the site.',
      examples: ['444455556666'],
    }),
    subscriptionId: uuid.optional().meta({
      description: 'Subscription that it lies in, Azure only. Default: that of the site.',
      examples: ['5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01'],
    }),
    resourceGroup: text.optional().meta({
      description: 'Resource group that it lies in, Azure only.',
      examples: ['hub-network'],
    }),
    projectId: text.optional().meta({
      description: 'Project that hosts it (shared VPC), Google Cloud only. Default: that of the site.',
      examples: ['atlas-host'],
    }),
    compartmentId: text.optional().meta({
      description: 'Compartment that it lies in, Oracle Cloud only. Default: that of the site.',
      examples: ['ocid1.compartment.oc1..aaaaexample'],
    }),
    cidrs: z
      .array(text)
      .min(1)
      .meta({
        description: 'Its routable blocks, without those of pods and services only: other networks keep clear of them.',
        examples: [['10.8.0.0/16']],
      }),
    subnets: z.record(key, subnet).meta({
      description: 'Its subnets that the site uses, by keys that only messages name.',
      examples: [
        { 'nodes-a': { id: 'subnet-0a1b2c3d4e5f60718', role: 'nodes', zone: 'us-east-2a', cidr: '10.8.0.0/19' } },
      ],
    }),
    routeTables: z
      .array(text)
      .min(1)
      .optional()
      .meta({
        description:
          'Ids of the route tables of its subnets that get a route to each block behind the links of the site, AWS only. Default: its owner adds the routes.',
        examples: [['rtb-0a1b2c3d4e5f60718']],
      }),
    privateDns: z
      .strictObject({
        subscriptionId: uuid.optional().meta({
          description: 'Subscription of the zones. Default: that of the network.',
          examples: ['5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01'],
        }),
        resourceGroup: text.meta({ description: 'Resource group of the zones.', examples: ['hub-dns'] }),
      })
      .optional()
      .meta({
        description:
          'Where the private DNS zones are that the network is linked to already, Azure only: those of the services that it has private endpoints for.',
        examples: [{ resourceGroup: 'hub-dns' }],
      }),
  })
  .meta({
    description:
      'A network that exists already and is used as it is: nothing in it is made, changed or guarded, but for routes in `routeTables`.',
  });

const via = z
  .strictObject({
    via: text.meta({
      description:
        'Next hop of everything that leaves: a transit gateway (tgw-…) on AWS, the address of a firewall on Azure and Google Cloud, the OCID of a dynamic routing gateway or of a private address on Oracle Cloud.',
      examples: ['tgw-0a1b2c3d4e5f60718', '10.1.0.4'],
    }),
  })
  .meta({ description: 'Through something that exists already, such as a firewall of a hub.' });

/** The network of a site: one that is made, or one that exists already. */
export const network = z
  .strictObject({
    egress: z
      .union([z.enum(['nat', 'none']), via])
      .default('nat')
      .meta({
        description:
          'How nodes reach the internet: by network address translation, not at all, or through something that exists already. Of a network that exists it says how it is there.',
        examples: ['none', { via: 'tgw-0a1b2c3d4e5f60718' }],
      }),
    dns: z
      .array(z.ipv4())
      .min(1)
      .optional()
      .meta({
        description: 'Addresses of the DNS servers that machines in the network use. Default: those of the cloud.',
        examples: [['10.1.0.10', '10.1.0.11']],
      }),
    existing: existingNetwork.optional(),
  })
  .meta({ description: 'The network of a site: how it reaches the internet, or which one that exists it is.' });
