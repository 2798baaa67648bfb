import { z } from 'zod';
import { CLOUDS } from '../catalog/types';
import { access } from './schema-access';
import { account } from './schema-account';
import { catalog } from './schema-catalog';
import { cluster } from './schema-cluster';
import { encryptionKey, existingFileSystem, existingObjectStore } from './schema-existing';
import { grant } from './schema-grants';
import { link, siteGateway } from './schema-links';
import { budget, commitment, priceBook } from './schema-money';
import { network } from './schema-network';
import { estateOwner, owner, owners, tags } from './schema-owner';
import { key, map, ocid, renamedFrom, text } from './schema-parts';
import { policy } from './schema-policy';
import { providers } from './schema-providers';
import { queue } from './schema-queue';
import { replication, storeResidency } from './schema-replication';
import { software } from './schema-software';
import { accessLogs, alarmsBelow, fileSystemAlarms, logsBelow } from './schema-watch';

const site = z
  .strictObject({
    account: key.meta({ description: 'Key of the account that the site lies in.', examples: ['aws-main'] }),
    region: text.meta({
      description: "The provider's region name.",
      examples: ['us-east-2', 'eastus2', 'us-central1'],
    }),
    zones: z
      .array(text)
      .default([])
      .meta({
        description:
          'Zones that the site uses, as the provider names them: us-east-2a, "1", us-central1-a, Uocm:PHX-AD-1. Never looked up; left out only in regions of Azure that have none.',
        examples: [['us-east-2a', 'us-east-2b']],
      }),
    cidr: text.optional().meta({
      description: 'Pins the first address block of the network, /16 or smaller. Default: the lock file chooses.',
      examples: ['10.64.0.0/16'],
    }),
    reserveBlocks: z
      .literal([2, 4, 8, 16, 32])
      .optional()
      .meta({
        description:
          'Adjacent /16 blocks that are kept for the network to grow into, its first one among them. Default: growth takes the next free block.',
        examples: [4],
        unit: '/16 blocks',
      }),
    pue: z
      .number()
      .min(1)
      .max(3)
      .optional()
      .meta({
        description:
          'Power usage effectiveness of the data center: facility power over machine power. Default: the average that the provider publishes.',
        examples: [1.12],
        unit: 'ratio',
      }),
    serviceGateway: z
      .strictObject({
        serviceId: ocid.meta({
          description: 'OCID of the "All … Services in Oracle Services Network" service.',
          examples: ['ocid1.service.oc1.phx.aaaaexample'],
        }),
        cidrLabel: text.meta({
          description: 'Its CIDR label.',
          examples: ['all-phx-services-in-oracle-services-network'],
        }),
      })
      .optional()
      .meta({ description: 'Oracle only: the regional service that private nodes reach without internet.' }),
    network: network.default({ egress: 'nat' }),
    gateway: siteGateway,
    access,
    logs: logsBelow,
    alarms: alarmsBelow,
    encryptionKey,
    owner,
    tags,
    renamedFrom,
  })
  .meta({ description: 'One region of one account, with its network.' });

const storeKind = <K extends string>(name: K) =>
  z.literal(name).meta({ description: 'A parallel file system or an object store.' });

const claim = key
  .max(63)
  .optional()
  .meta({
    description:
      'Name of the PersistentVolumeClaim by which pods mount it. Stores that no cluster mounts together may share one, so that a job finds its files in whichever cluster it runs. Default: its key.',
    examples: ['scratch'],
  });

const store = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: storeKind('lustre'),
        site: key.meta({ description: 'Key of the site that the file system lies at.', examples: ['ohio'] }),
        zone: text.optional().meta({
          description: 'Zone of the file system. Default: the only zone of the site.',
          examples: ['us-east-2b'],
        }),
        capacityTiB: z
          .number()
          .positive()
          .optional()
          .meta({ description: 'Size in TiB (2^40 bytes).', examples: [1200], unit: 'TiB' }),
        capacityGiB: z
          .number()
          .positive()
          .optional()
          .meta({
            description: 'Size in GiB (2^30 bytes), the unit of AWS and Google Cloud.',
            examples: [38400],
            unit: 'GiB',
          }),
        capacityTB: z
          .number()
          .positive()
          .optional()
          .meta({ description: 'Size in TB (10^12 bytes), the unit of Oracle.', examples: [124.8], unit: 'TB' }),
        throughputMBpsPerTiB: z
          .int()
          .positive()
          .optional()
          .meta({
            description: 'Performance tier: throughput in MB/s for each TiB of size (for each TB on Oracle).',
            examples: [125, 250, 500, 1000],
            unit: 'MB/s for each TiB',
          }),
        alarms: fileSystemAlarms,
        claim,
        existing: existingFileSystem,
        owner,
        tags,
        renamedFrom,
      })
      .meta({
        description:
          'A parallel file system (managed Lustre), sized in exactly one of the capacity keys unless it exists already.',
      }),
    z
      .strictObject({
        kind: storeKind('object'),
        site: key.meta({ description: 'Key of the site that the object store lies at.', examples: ['ohio'] }),
        retainDays: z
          .int()
          .min(0)
          .max(3650)
          .default(30)
          .meta({
            description: 'Days for which deleted objects can be restored; Oracle keeps them for one at least.',
            examples: [90],
            unit: 'days',
          }),
        residency: storeResidency,
        logs: accessLogs,
        claim,
        existing: existingObjectStore,
        owner,
        tags,
        renamedFrom,
      })
      .meta({ description: 'An object store (S3, Blob, Cloud Storage, Object Storage).' }),
  ])
  .meta({ description: 'Data that outlives clusters.' });

const prefix = text.default('estate').meta({
  description: 'Folder of the state files in the bucket or container.',
  examples: ['estates/atlas'],
});
const bucket = text.meta({ description: 'Name of the bucket.', examples: ['atlas-terraform-state'] });
const stateKind = <K extends string>(name: K) =>
  z.literal(name).meta({ description: 'Where the state is kept: the name of the Terraform backend.' });
const remoteState = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: stateKind('local') }).meta({ description: 'A file beside the synthesized stack.' }),
    z
      .strictObject({
        kind: stateKind('s3'),
        bucket,
        region: text.meta({ description: 'Region of the bucket.', examples: ['us-east-2'] }),
        prefix,
      })
      .meta({ description: 'An S3 bucket.' }),
    z
      .strictObject({
        kind: stateKind('azurerm'),
        resourceGroup: text.meta({ description: 'Resource group of the storage account.', examples: ['atlas-state'] }),
        storageAccount: text.meta({ description: 'Name of the storage account.', examples: ['atlasstate'] }),
        container: text.meta({ description: 'Name of the blob container.', examples: ['terraform'] }),
        prefix,
      })
      .meta({ description: 'An Azure blob container.' }),
    z.strictObject({ kind: stateKind('gcs'), bucket, prefix }).meta({ description: 'A Cloud Storage bucket.' }),
    z
      .strictObject({
        kind: stateKind('oci'),
        bucket,
        namespace: text.meta({ description: 'Object Storage namespace of the tenancy.', examples: ['axaxnpcrorw5'] }),
        region: text.meta({ description: 'Region of the bucket.', examples: ['us-phoenix-1'] }),
        prefix,
      })
      .meta({ description: 'An Oracle Object Storage bucket.' }),
  ])
  .default({ kind: 'local' })
  .meta({ description: 'Where Terraform keeps the state of the Azure, Google and Oracle stacks.' });

const usedBlock = z
  .strictObject({
    cidr: text.meta({ description: 'The block.', examples: ['10.96.0.0/16'] }),
    note: text.meta({ description: 'What uses it.', examples: ['office network in Dublin'] }),
  })
  .meta({ description: 'A block that something else uses.' });

const addressing = z
  .strictObject({
    supernets: z
      .partialRecord(z.enum(CLOUDS), text.meta({ description: 'Supernet of the cloud.', examples: ['10.64.0.0/10'] }))
      .default({})
      .meta({
        description: 'Block from which the networks of a cloud are cut; defaults are in the catalog.',
        examples: [{ aws: '10.64.0.0/10' }],
      }),
    exclude: z
      .array(text)
      .default([])
      .meta({
        description: 'Blocks that the networks of the estate keep clear of.',
        examples: [['10.96.0.0/12']],
      }),
    used: z
      .array(usedBlock)
      .default([])
      .meta({
        description: 'Blocks that something else uses already, each with what it is.',
        examples: [[{ cidr: '10.96.0.0/16', note: 'office network in Dublin' }]],
      }),
    pods: text.optional().meta({
      description:
        'Block that pods get their addresses from at every site; they reach nothing else that uses it. Default: 100.64.0.0/10.',
      examples: ['10.0.0.0/10'],
    }),
    services: text.optional().meta({
      description:
        'Block that Kubernetes services get their addresses from in every cluster; nothing else in it can be reached from there. Default: 172.20.0.0/14.',
      examples: ['172.24.0.0/14'],
    }),
    fabrics: z
      .strictObject({
        google: text.optional().meta({
          description: 'Block of the networks between accelerators in every cluster. Default: 192.168.0.0/16.',
          examples: ['172.28.0.0/16'],
        }),
        oracle: text.optional().meta({
          description:
            'Block that the images of the nodes give RDMA interfaces (rdma_network), the same in every cluster. Default: 192.168.0.0/16.',
          examples: ['172.28.0.0/16'],
        }),
      })
      .optional()
      .meta({
        description: 'Blocks of the networks between accelerators: nothing else in them can be reached from nodes.',
        examples: [{ google: '172.28.0.0/16' }],
      }),
  })
  .default({ supernets: {}, exclude: [], used: [] })
  .meta({ description: 'Address space of the estate.' });

const acknowledgement = z
  .strictObject({
    rule: text.meta({ description: 'Code of the warning.', examples: ['RestrictedMachine'] }),
    path: text.meta({
      description: 'Place that it is accepted at, and everything below.',
      examples: ['clusters.ohio-b200.pools.train'],
    }),
    reason: text.meta({ description: 'Why it is fine there.', examples: ['approved by the provider in CASE-1234'] }),
  })
  .meta({ description: 'Accepts one warning at one place, with the reason.' });

const estateName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,15}$/, 'must be at most 16 lower-case letters, digits and hyphens, starting with a letter');

/** The one definition of the estate file: types, JSON Schema and validation all come from it. */
export const estateSchema = z
  .strictObject({
    estate: z.literal('v1').meta({ description: 'Version of the estate file format.' }),
    name: estateName.meta({
      description: 'Name of the estate; first part of every name it creates.',
      examples: ['atlas'],
    }),
    renamedFrom: estateName.optional().meta({
      description:
        'Name that the estate had first; its identity (names of stacks and of everything in them) stays with it, and only labels say the new one. Never part of what a variant takes over.',
      examples: ['atlas-old'],
    }),
    owner: estateOwner,
    owners,
    tags,
    accounts: z.record(key, account).meta({
      description: 'Accounts by key.',
      examples: [{ 'aws-main': { cloud: 'aws', accountId: '111122223333' } }],
    }),
    sites: map(site).meta({ description: 'Sites by key.' }),
    clusters: map(cluster).meta({ description: 'Clusters by key.' }),
    stores: map(store).meta({ description: 'Stores by key.' }),
    links: map(link).meta({
      description: 'Private connections between sites, and between a site and the company, by key.',
      examples: [{ 'ohio-eastus2': { between: ['ohio', 'eastus2'], kind: 'vpn' } }],
    }),
    grants: map(grant).meta({
      description: 'Rights of workloads to stores of any cloud and account, by key.',
      examples: [{ 'ohio-reads-web': { from: 'ohio-b200', to: 'web-crawl', access: 'read' } }],
    }),
    replication: map(replication).meta({
      description: 'Data that exists twice, by key.',
      examples: [{ 'datasets-to-iowa': { from: 'datasets', to: 'datasets-iowa' } }],
    }),
    queue,
    software,
    commitments: map(commitment).meta({ description: 'Money promised to providers.' }),
    prices: priceBook.optional(),
    budgets: map(budget).meta({
      description: 'What accounts may cost in a month, by the key of the account.',
      examples: [{ 'aws-main': { amount: '12M USD' } }],
    }),
    policy,
    addressing,
    state: remoteState,
    providers,
    catalog,
    acknowledge: z
      .array(acknowledgement)
      .default([])
      .meta({
        description: 'Warnings that are accepted.',
        examples: [[{ rule: 'RestrictedMachine', path: 'clusters.ohio-b200.pools.train', reason: 'CASE-1234' }]],
      }),
  })
  .meta({
    title: 'Training estate',
    description: 'An AI-training estate on AWS, Azure, Google Cloud and Oracle Cloud.',
  });

/** A validated estate with every default filled in. */
export type Estate = z.output<typeof estateSchema>;
/** An account of an estate. */
export type Account = Estate['accounts'][string];
/** A site of an estate. */
export type Site = Estate['sites'][string];
/** A cluster of an estate. */
export type Cluster = Estate['clusters'][string];
/** A pool of a cluster. */
export type Pool = Cluster['pools'][string];
/** How the machines of a pool are obtained. */
export type Capacity = Pool['capacity'];
/** Limits that an estate must keep. */
export type Policy = Estate['policy'];
/** What an account of an estate may cost in a month. */
export type Budget = Estate['budgets'][string];
/** The prices of an estate. */
export type PriceBook = NonNullable<Estate['prices']>;
/** One of the prices of an estate. */
export type Price = PriceBook['rows'][number];
/** A store of an estate. */
export type Store = Estate['stores'][string];
/** A private connection of an estate. */
export type Link = Estate['links'][string];
/** A right of a workload to a store. */
export type Grant = Estate['grants'][string];
/** Where Terraform keeps its state. */
export type StateSettings = Estate['state'];
