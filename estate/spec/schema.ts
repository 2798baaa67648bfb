import { z } from 'zod';
import { CAPACITY_KINDS, CLOUDS } from '../catalog/types';
import { parseMoney } from '../units';

const key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words of letters and digits joined by single hyphens')
  .max(40);
const map = <T extends z.ZodType>(value: T) => z.record(key, value).default({});
const text = z.string().min(1);
const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a lower-case UUID');
const ocid = z.string().regex(/^ocid1\.[a-z0-9]+\.[a-z0-9]*\.[a-z0-9-]*\.[a-z0-9]+$/, 'must be an OCID (ocid1.…)');
const date = z.iso.date();
const count = z.int().positive();
const renamedFrom = key.optional().meta({
  description: 'Key that this entry had before; its identity (names, addresses, groups) stays with the entry.',
});

const money = z
  .string()
  .refine((value) => parseMoney(value) !== undefined, 'must be an amount with a currency, such as "38B USD"')
  .meta({ description: 'Sum of money with its currency.', examples: ['38B USD', '250M EUR'] });

const owner = z
  .strictObject({
    team: key.meta({ description: 'Team that answers for the estate.', examples: ['frontier-training'] }),
    email: z.email().meta({ description: 'Where alerts and budget mails go.' }),
    costCenter: key.optional().meta({ description: 'Cost center, put on every resource.' }),
  })
  .meta({ description: 'Who answers for the estate and pays for it.' });

const clusterAdmins = z.array(text).default([]).meta({
  description:
    'Who administers the Kubernetes clusters: IAM principal ARNs on AWS, Entra group object ids on Azure, Google group addresses on Google Cloud, IAM group names on Oracle.',
});

const awsAccount = z
  .strictObject({
    cloud: z.literal('aws'),
    accountId: z
      .string()
      .regex(/^\d{12}$/, 'must be 12 digits in quotes')
      .meta({ description: 'AWS account id.', examples: ['111122223333'] }),
    clusterAdmins,
    renamedFrom,
  })
  .meta({ description: 'An AWS account.' });

const azureAccount = z
  .strictObject({
    cloud: z.literal('azure'),
    subscriptionId: uuid.meta({ description: 'Azure subscription id.' }),
    tenantId: uuid.meta({ description: 'Microsoft Entra tenant id.' }),
    clusterAdmins,
    renamedFrom,
  })
  .meta({ description: 'An Azure subscription. GB200/GB300 and 8-GPU InfiniBand machines need separate ones.' });

const googleAccount = z
  .strictObject({
    cloud: z.literal('google'),
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
      .meta({ description: 'Billing account that pays for the project.' }),
    clusterAdmins,
    renamedFrom,
  })
  .meta({ description: 'A Google Cloud project.' });

const oracleAccount = z
  .strictObject({
    cloud: z.literal('oracle'),
    tenancyId: ocid.meta({ description: 'Tenancy OCID.' }),
    compartmentId: ocid.meta({ description: 'Compartment OCID that everything is created in.' }),
    homeRegion: text.meta({
      description: 'Home region; identity resources are written there.',
      examples: ['us-ashburn-1'],
    }),
    objectStorageNamespace: text.meta({ description: 'Object Storage namespace of the tenancy.' }),
    clusterAdmins,
    renamedFrom,
  })
  .meta({ description: 'An Oracle Cloud tenancy and compartment.' });

const account = z
  .discriminatedUnion('cloud', [awsAccount, azureAccount, googleAccount, oracleAccount])
  .meta({ description: 'Where resources are created: identifiers only, never secrets.' });

const site = z
  .strictObject({
    account: key.meta({ description: 'Key of the account.' }),
    region: text.meta({
      description: "The provider's region name.",
      examples: ['us-east-2', 'eastus2', 'us-central1'],
    }),
    zones: z.array(text).min(1).meta({
      description:
        "The provider's zone names that the site uses: us-east-2a, 1, us-central1-a, Uocm:PHX-AD-1. Never looked up.",
    }),
    cidr: text
      .optional()
      .meta({ description: 'Pins the address block of the network; otherwise the lock file chooses.' }),
    serviceGateway: z
      .strictObject({
        serviceId: ocid.meta({ description: 'OCID of the "All … Services in Oracle Services Network" service.' }),
        cidrLabel: text.meta({
          description: 'Its CIDR label.',
          examples: ['all-phx-services-in-oracle-services-network'],
        }),
      })
      .optional()
      .meta({ description: 'Oracle only: the regional service that private nodes reach without internet.' }),
    renamedFrom,
  })
  .meta({ description: 'One region of one account, with its network.' });

const reservedId = z.union([
  text,
  z.strictObject({ id: text, nodes: count.meta({ description: 'Nodes that this reservation holds.' }) }),
]);
const ids = z.array(reservedId).min(1).meta({
  description: "The provider's ids or paths of the reservations; rack machines have one for each rack.",
});
const window = z
  .strictObject({
    start: date.meta({ description: 'First day, YYYY-MM-DD.' }),
    end: date.meta({ description: 'Last day, YYYY-MM-DD.' }),
  })
  .meta({ description: 'When the capacity is ours.' });

const capacity = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('on-demand') }).meta({ description: 'Paid by use, within quota.' }),
    z
      .strictObject({ kind: z.literal('spot') })
      .meta({ description: 'Spare machines that the provider may take back.' }),
    z.strictObject({ kind: z.literal('reservation'), ids, window: window.optional() }).meta({
      description:
        'Machines that the provider holds for us: AWS On-Demand Capacity Reservation, Google reservation, Oracle capacity reservation, Azure capacity reservation group.',
    }),
    z
      .strictObject({ kind: z.literal('capacity-block'), ids, window })
      .meta({ description: 'AWS Capacity Block for ML: a reservation with a fixed window.' }),
    z
      .strictObject({ kind: z.literal('flex-start'), maxRunHours: z.int().min(1).max(168).default(168) })
      .meta({ description: 'Google DWS flex-start: queued, for at most seven days.' }),
    z
      .strictObject({
        kind: z.literal('dedicated'),
        fabrics: z
          .array(ocid)
          .min(1)
          .optional()
          .meta({ description: 'Oracle: one GPU memory fabric OCID for each rack.' }),
        hostGroups: z
          .array(ocid)
          .min(1)
          .optional()
          .meta({ description: 'Oracle: compute host groups of 8-GPU machines.' }),
        window: window.optional(),
      })
      .meta({ description: 'Machines that are ours by contract.' }),
  ])
  .meta({ description: `How the machines are obtained: ${CAPACITY_KINDS.join(', ')}.` });

const taint = z.strictObject({
  key: text,
  value: z.string().default(''),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

const pool = z
  .strictObject({
    accelerator: text.meta({ description: 'Accelerator key of the catalog.', examples: ['gb300', 'b200', 'tpu-v7x'] }),
    machine: text.optional().meta({ description: "The provider's machine type, where several carry the accelerator." }),
    racks: count.optional().meta({ description: 'Size in whole racks (NVL72: 18 nodes of 4).' }),
    nodes: count.optional().meta({ description: 'Size in nodes.' }),
    accelerators: count.optional().meta({ description: 'Size in accelerators.' }),
    spareTraysPerRack: z
      .int()
      .min(0)
      .max(6)
      .default(0)
      .meta({ description: 'Trays of each rack that are held back as spares.' }),
    topology: z
      .string()
      .regex(/^\d+x\d+(x\d+)?$/)
      .optional()
      .meta({
        description: 'Slice topology of a TPU pool; the pool has as many slices as its size asks for.',
        examples: ['4x4x4'],
      }),
    zone: text.optional().meta({ description: 'Zone of the pool. Default: the only zone of the site.' }),
    capacity: capacity.default({ kind: 'on-demand' }),
    image: text.optional().meta({ description: 'Node image, where the cloud needs an id: an image OCID on Oracle.' }),
    labels: z.record(text, z.string()).default({}).meta({ description: 'Kubernetes labels of the nodes.' }),
    taints: z
      .array(taint)
      .default([])
      .meta({ description: 'Kubernetes taints of the nodes, besides those of the accelerator.' }),
    renamedFrom,
  })
  .meta({ description: 'Accelerators of one machine type, sized in exactly one of racks, nodes, accelerators.' });

const systemPool = z
  .strictObject({
    machine: text.optional().meta({ description: 'CPU machine type. Default: the system machine of the catalog.' }),
    nodes: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .meta({ description: 'Nodes of each Kubernetes cluster that run its own services.' }),
    image: text.optional().meta({ description: 'Node image OCID, Oracle only.' }),
  })
  .meta({ description: 'CPU nodes that run the services of the cluster.' });

const cluster = z
  .strictObject({
    site: key.meta({ description: 'Key of the site.' }),
    kubernetes: z
      .string()
      .regex(/^\d+\.\d+$/, 'must be a minor version in quotes, such as "1.35"')
      .optional()
      .meta({ description: 'Kubernetes minor version. Default: the version that the catalog prefers for the cloud.' }),
    mounts: z.array(key).default([]).meta({ description: 'Stores that the workloads of the cluster may use.' }),
    workload: z
      .strictObject({ namespace: key.default('training'), serviceAccount: key.default('training') })
      .default({ namespace: 'training', serviceAccount: 'training' })
      .meta({ description: 'Kubernetes service account that is given access to the mounted object stores.' }),
    systemPool: systemPool.default({ nodes: 3 }),
    pools: z.record(key, pool).default({}).meta({ description: 'Accelerator pools by their key.' }),
    renamedFrom,
  })
  .meta({ description: 'A training partition at one site.' });

const store = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('lustre'),
        site: key,
        zone: text.optional().meta({ description: 'Zone of the file system. Default: the only zone of the site.' }),
        capacityTiB: z.number().positive().optional().meta({ description: 'Size in TiB (2^40 bytes).' }),
        capacityGiB: z
          .number()
          .positive()
          .optional()
          .meta({ description: 'Size in GiB (2^30 bytes), the unit of AWS and Google Cloud.' }),
        capacityTB: z
          .number()
          .positive()
          .optional()
          .meta({ description: 'Size in TB (10^12 bytes), the unit of Oracle.' }),
        throughputMBpsPerTiB: z
          .int()
          .positive()
          .meta({ description: 'Performance tier: throughput for each TiB of size.' }),
        renamedFrom,
      })
      .meta({ description: 'A parallel file system (managed Lustre), sized in exactly one of the capacity keys.' }),
    z
      .strictObject({
        kind: z.literal('object'),
        site: key,
        retainDays: z
          .int()
          .min(0)
          .max(3650)
          .default(30)
          .meta({ description: 'Days for which deleted objects can be restored.' }),
        renamedFrom,
      })
      .meta({ description: 'An object store (S3, Blob, Cloud Storage, Object Storage).' }),
  ])
  .meta({ description: 'Data that outlives clusters.' });

const commitment = z
  .strictObject({
    cloud: z.enum(CLOUDS),
    amount: z.union([money, z.literal('undisclosed')]),
    years: z.number().positive().max(30).optional(),
    start: date.optional(),
  })
  .meta({ description: 'Money promised to a provider over a term; `undisclosed` where it is not public.' });

const remoteState = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('local') }),
    z.strictObject({ kind: z.literal('s3'), bucket: text, region: text, prefix: text.default('estate') }),
    z.strictObject({
      kind: z.literal('azurerm'),
      resourceGroup: text,
      storageAccount: text,
      container: text,
      prefix: text.default('estate'),
    }),
    z.strictObject({ kind: z.literal('gcs'), bucket: text, prefix: text.default('estate') }),
    z.strictObject({
      kind: z.literal('oci'),
      bucket: text,
      namespace: text,
      region: text,
      prefix: text.default('estate'),
    }),
  ])
  .default({ kind: 'local' })
  .meta({ description: 'Where Terraform keeps the state of the Azure, Google and Oracle stacks.' });

const addressing = z
  .strictObject({
    supernets: z
      .partialRecord(z.enum(CLOUDS), text)
      .default({})
      .meta({ description: 'Block from which the networks of a cloud are cut; defaults are in the catalog.' }),
    exclude: z.array(text).default([]).meta({ description: 'Blocks that the estate must not use.' }),
  })
  .default({ supernets: {}, exclude: [] })
  .meta({ description: 'Address space of the estate.' });

const acknowledgement = z
  .strictObject({ rule: text, path: text, reason: text })
  .meta({ description: 'Accepts one warning at one place, with the reason.' });

const empty = (description: string) => z.strictObject({}).default({}).meta({ description });

/** The one definition of the estate file: types, JSON Schema and validation all come from it. */
export const estateSchema = z
  .strictObject({
    estate: z.literal('v1').meta({ description: 'Version of the estate file format.' }),
    name: z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{0,15}$/,
        'must be at most 16 lower-case letters, digits and hyphens, starting with a letter',
      )
      .meta({ description: 'Name of the estate; first part of every name it creates.', examples: ['atlas'] }),
    owner,
    accounts: z.record(key, account).meta({ description: 'Accounts by key.' }),
    sites: map(site).meta({ description: 'Sites by key.' }),
    clusters: map(cluster).meta({ description: 'Clusters by key.' }),
    stores: map(store).meta({ description: 'Stores by key.' }),
    links: empty('Private connections between sites; none can be described yet.'),
    commitments: map(commitment).meta({ description: 'Money promised to providers.' }),
    policy: empty('Limits that the estate must keep; none can be described yet.'),
    addressing,
    state: remoteState,
    acknowledge: z.array(acknowledgement).default([]).meta({ description: 'Warnings that are accepted.' }),
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
/** A store of an estate. */
export type Store = Estate['stores'][string];
/** Where Terraform keeps its state. */
export type StateSettings = Estate['state'];
