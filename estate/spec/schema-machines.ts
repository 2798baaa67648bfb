import { z } from 'zod';
import type { AwsMachine, AzureMachine, Cloud, GoogleMachine, MachineOf, OracleMachine } from '../catalog';
import { AWS_MACHINES } from '../catalog/aws-machines';
import { CAPACITY_KINDS } from '../catalog/types';
import { count, key, text } from './schema-parts';

/** Where a fact of an estate's own comes from. */
export const source = text.meta({
  description: 'Where the fact comes from: a document, contract or case number of the provider.',
  examples: ['https://docs.example.com/instances', 'offer of 2026-10-02'],
});
/** Month in which a fact was checked. */
export const checked = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month, such as "2026-11"')
  .meta({ description: 'Month in which it was checked, YYYY-MM.', examples: ['2026-11'] });
/** What is assumed of a fact. */
export const unverified = text.optional().meta({
  description: 'What is assumed rather than known.',
  examples: ['memory of the host, which the offer does not state'],
});
/** A number from zero on. */
export const amount = z.number().nonnegative();
const whole = z.int().nonnegative();
/** Who makes an accelerator. */
export const vendor = z.enum(['nvidia', 'amd', 'google', 'aws', 'own']);

/** What a machine row says on every cloud. */
const common = {
  type: text.meta({ description: "The provider's name of the machine type." }),
  accelerator: key.optional().meta({
    description: 'Accelerator key; left out for CPU machines.',
    examples: ['gb300'],
  }),
  accelerators: whole.meta({ description: 'Accelerators of one node.', examples: [8], unit: 'accelerators' }),
  acceleratorMemoryGiB: amount
    .optional()
    .meta({ description: 'Memory of one accelerator.', examples: [288], unit: 'GiB' }),
  preferred: z.boolean().optional().meta({ description: 'Chosen when a pool names only its accelerator.' }),
  vcpus: count
    .optional()
    .meta({ description: 'vCPUs of one node; vCPU quotas are counted in them.', examples: [192], unit: 'vCPUs' }),
  memoryGiB: amount.optional().meta({ description: 'Memory of the host.', examples: [2048], unit: 'GiB' }),
  architecture: z.enum(['x86_64', 'arm64']).meta({ description: 'CPU architecture, which decides the images.' }),
  scaleUpNodes: count.meta({
    description: 'Nodes of one NVLink (or other scale-up) domain: 18 for an NVL72 rack.',
    examples: [1, 18],
    unit: 'nodes',
  }),
  groupNodes: count.meta({
    description: 'Most nodes that are provisioned as one group: a rack, or one RDMA domain.',
    examples: [100],
    unit: 'nodes',
  }),
  groupSource: z
    .strictObject({ source, checked, unverified })
    .optional()
    .meta({ description: 'Where groupNodes comes from. Default: the source of the row.' }),
  topologies: z
    .array(z.string().regex(/^\d+x\d+(x\d+)?$/, 'must be sides joined by "x", such as 4x4x4'))
    .min(1)
    .optional()
    .meta({
      description: 'Slice topologies that can be ordered, for machines that come in slices.',
      examples: [['4x4x4']],
    }),
  scaleOutGbps: amount.meta({
    description: 'Fabric bandwidth of one node; 0 where there is none.',
    examples: [3200],
    unit: 'Gbit/s',
  }),
  localNvmeGB: amount.meta({
    description: 'Local NVMe of one node; 0 where there is none.',
    examples: [30720],
    unit: 'GB',
  }),
  capacity: z
    .array(z.enum(CAPACITY_KINDS))
    .min(1)
    .meta({ description: 'Ways in which it can be obtained.', examples: [['reservation', 'capacity-block']] }),
  availability: z
    .enum(['public', 'restricted'])
    .meta({ description: 'Sold to everybody, or only after the provider allows it.' }),
  regions: z
    .array(text)
    .min(1)
    .optional()
    .meta({ description: 'Regions where it was seen; others give a warning.', examples: [['us-east-1']] }),
  zones: z
    .array(text)
    .min(1)
    .optional()
    .meta({
      description: 'Zones that have it, if not every one does; others give a warning.',
      examples: [['us-east-1-dfw-2a']],
    }),
  unpublished: z
    .array(text)
    .optional()
    .meta({
      description: 'Facts that are still missing; pools of the machine are refused as long as there are some.',
      examples: [['memory of the host']],
    }),
  nodeWatts: amount.optional().meta({
    description: 'Power of one node under full load. Default: that of its accelerators.',
    examples: [14300],
    unit: 'W',
  }),
  resourceName: text.optional().meta({
    description: 'Resource under which Kubernetes counts its accelerators. Default: that of the accelerator.',
    examples: ['nvidia.com/gpu'],
  }),
  vendor: vendor
    .optional()
    .meta({ description: 'Maker of its accelerators. Default: that of the accelerator.', examples: ['amd'] }),
  source,
  checked,
  unverified,
};

const awsRow = z.strictObject({
  cloud: z.literal('aws').meta({ description: 'AWS.' }),
  ...common,
  amiType: z
    .enum([
      'AL2023_x86_64_STANDARD',
      'AL2023_ARM_64_STANDARD',
      'AL2023_x86_64_NVIDIA',
      'AL2023_ARM_64_NVIDIA',
      'AL2023_x86_64_NEURON',
    ])
    .meta({ description: 'Image family of the EKS managed node group.' }),
  quotaFamily: z
    .enum(['P4', 'P5', 'P6', 'G', 'Trn', 'Standard'])
    .meta({ description: 'vCPU quotas that it counts against.' }),
  efa: z
    .strictObject({
      primary: z
        .enum(['interface', 'efa'])
        .meta({ description: 'Primary interface: plain, or one that carries EFA too.' }),
      efaOnlyCards: z
        .strictObject({
          first: whole.meta({ description: 'First card.', examples: [1], unit: 'card' }),
          last: whole.meta({ description: 'Last card.', examples: [16], unit: 'card' }),
          step: count.meta({ description: 'Step between the cards.', examples: [1], unit: 'cards' }),
        })
        .meta({ description: 'Cards with an EFA-only interface.' }),
    })
    .optional()
    .meta({ description: 'EFA interfaces; left out where the machine has none.' }),
});

const azureRow = z.strictObject({
  cloud: z.literal('azure').meta({ description: 'Azure.' }),
  ...common,
  infinibandFeature: z
    .enum(['registered', 'unregistered'])
    .optional()
    .meta({ description: 'What AKSInfinibandSupport must be; left out where the machine has no InfiniBand.' }),
  infinibandAdapters: whole.meta({ description: 'InfiniBand adapters of one node.', examples: [8], unit: 'adapters' }),
  osSku: z.literal('Ubuntu2404').meta({ description: 'AKS node image family.' }),
  gpuDriver: z
    .enum(['None', 'Install'])
    .optional()
    .meta({ description: 'Who installs the GPU driver; left out for CPU machines.' }),
  osDiskGB: count.meta({ description: 'Size of the ephemeral OS disk.', examples: [512], unit: 'GB' }),
  quotaFamily: text.meta({
    description: 'vCPU quota family, as the usages API names it.',
    examples: ['standardNDSv5Family'],
  }),
  capacityReservations: z.boolean().optional().meta({ description: 'On-demand capacity reservations cover it.' }),
});

const googleRow = z.strictObject({
  cloud: z.literal('google').meta({ description: 'Google Cloud.' }),
  ...common,
  gpu: z
    .strictObject({
      type: text.meta({ description: 'GPU type in node pools.', examples: ['nvidia-gb300'] }),
      driver: z.enum(['DEFAULT', 'LATEST']).meta({ description: 'Driver that GKE installs.' }),
    })
    .optional()
    .meta({ description: 'GPU of the node pool; left out for TPU and CPU machines.' }),
  taintKey: z
    .enum(['nvidia.com/gpu', 'google.com/tpu'])
    .optional()
    .meta({ description: 'Taint that keeps other pods away from the accelerators.' }),
  fabric: z
    .strictObject({
      name: z
        .enum(['gvnic-4', 'gvnic-8', 'roce-4', 'roce-8', 'metal-8'])
        .meta({ description: 'Name of the layout; machines with the same one share their networks.' }),
      gvnicNetworks: whole.meta({ description: 'Networks of gVNIC interfaces.', examples: [1], unit: 'networks' }),
      rdmaInterfaces: whole.meta({ description: 'RDMA interfaces of a node.', examples: [8], unit: 'interfaces' }),
      networkProfile: z
        .enum(['vpc-roce', 'vpc-roce-metal'])
        .optional()
        .meta({ description: "Ending of the zone's network profile." }),
      mtuBytes: z.literal([8244, 8896]).meta({ description: 'MTU of these networks.', unit: 'bytes' }),
      podInterfaces: z.enum(['multi-network', 'claims']).meta({ description: 'How pods get the interfaces.' }),
    })
    .optional()
    .meta({ description: "Data networks besides the cluster's own; left out where there are none." }),
  placement: z
    .discriminatedUnion('kind', [
      z
        .strictObject({
          kind: z.literal('rack').meta({ description: 'What a group of nodes is.' }),
          topology: z.literal('1x72').meta({ description: 'Topology of the NVLink domain.' }),
        })
        .meta({ description: 'A rack with a fixed topology.' }),
      z
        .strictObject({
          kind: z.literal('slice').meta({ description: 'What a group of nodes is.' }),
          workloadPolicy: z.boolean().meta({ description: 'A workload policy is needed besides the topology.' }),
        })
        .meta({ description: 'A TPU slice.' }),
    ])
    .optional()
    .meta({ description: 'How nodes of one group are put beside each other.' }),
  quota: z
    .strictObject({
      id: text.meta({ description: 'Id of the quota.', examples: ['GPUS-PER-GPU-FAMILY-per-project-region'] }),
      preemptibleId: text.meta({
        description: 'Id of the quota of spot and flex-start nodes.',
        examples: ['PREEMPTIBLE-NVIDIA-B200-GPUS-per-project-region'],
      }),
      dimension: z
        .strictObject({
          name: z.enum(['gpu_family', 'tpu_family', 'vm_family']).meta({ description: 'Name of the dimension.' }),
          value: text.meta({ description: 'Value of the dimension.', examples: ['NVIDIA_GB300'] }),
        })
        .optional()
        .meta({ description: 'Dimension besides the region.' }),
      unverified,
    })
    .meta({ description: 'Quota that the accelerators count against.' }),
  bootDisk: z
    .strictObject({
      type: z.enum(['hyperdisk-balanced', 'pd-balanced', 'pd-ssd']).meta({ description: 'Disk type.' }),
      sizeGB: count.meta({ description: 'Size of the disk.', examples: [100], unit: 'GB' }),
    })
    .meta({ description: 'Boot disk.' }),
  localSsd: z
    .strictObject({
      use: z.enum(['ephemeral', 'block']).meta({ description: 'What they are used as.' }),
      count: count.meta({ description: 'Number of disks.', examples: [32], unit: 'disks' }),
    })
    .optional()
    .meta({ description: 'Local SSDs that have to be asked for.' }),
  podsPerNode: count.meta({ description: 'Pods of one node.', examples: [64], unit: 'pods' }),
  nodeLabels: z
    .record(text, z.string().meta({ description: 'Value of the label.', examples: ['on'] }))
    .optional()
    .meta({
      description: 'Kubernetes labels that GKE needs to set the node up.',
      examples: [{ 'example.com/driver': 'on' }],
    }),
  hugePages2MiB: count
    .optional()
    .meta({ description: 'Huge pages of 2 MiB that the network driver needs.', examples: [4096], unit: 'pages' }),
  shieldedNodes: z.enum(['on', 'off']).meta({ description: 'Off for bare metal.' }),
});

const oracleRow = z.strictObject({
  cloud: z.literal('oracle').meta({ description: 'Oracle Cloud.' }),
  ...common,
  ocpus: count.meta({
    description: 'Oracle CPUs: two vCPUs each on x86, one core each on Arm.',
    examples: [112],
    unit: 'OCPUs',
  }),
  flexible: z.boolean().meta({ description: 'The shape takes its OCPUs and memory as parameters.' }),
  tenancy: z.enum(['virtual-machine', 'bare-metal']).meta({ description: 'Virtual machine or whole host.' }),
  attachment: z
    .enum(['compute-cluster', 'gpu-memory-cluster', 'none'])
    .meta({ description: 'What makes its nodes one RDMA domain.' }),
  rdma: z
    .strictObject({
      ports: whole.meta({ description: 'RDMA ports of one node.', examples: [8], unit: 'ports' }),
      portGbps: amount.meta({ description: 'Speed of a port.', examples: [400], unit: 'Gbit/s' }),
    })
    .meta({ description: 'RDMA network ports.' }),
  limit: z
    .strictObject({
      name: text.meta({ description: 'Name of the service limit.', examples: ['gpu-h200-count'] }),
      certainty: z.enum(['documented', 'seen', 'assumed']).meta({ description: 'How sure the name is.' }),
    })
    .meta({ description: 'Service limit that it counts against.' }),
});

/** Whole machine rows, by cloud: what the rows of the built-in catalog and merged rows of an estate must be. */
export const MACHINE_ROWS: { readonly [C in Cloud]: z.ZodType<MachineOf[C]> } = {
  aws: awsRow satisfies z.ZodType<AwsMachine>,
  azure: azureRow satisfies z.ZodType<AzureMachine>,
  google: googleRow satisfies z.ZodType<GoogleMachine>,
  oracle: oracleRow satisfies z.ZodType<OracleMachine>,
};

const like = text.optional().meta({
  description: 'Machine type of the built-in catalog that gives every fact which is not stated here.',
  examples: Object.keys(AWS_MACHINES).slice(0, 1),
});
const KEYED = { cloud: true, type: true } as const;
const patch = { source, checked, like };
/** Machine types that an estate adds or corrects, by cloud. */
export const machines = z
  .strictObject({
    aws: z
      .record(text, awsRow.omit(KEYED).partial().extend(patch).meta({ description: 'A machine type of AWS.' }))
      .default({})
      .meta({ description: 'Machine types of AWS.' }),
    azure: z
      .record(text, azureRow.omit(KEYED).partial().extend(patch).meta({ description: 'A machine type of Azure.' }))
      .default({})
      .meta({ description: 'Machine types of Azure.' }),
    google: z
      .record(text, googleRow.omit(KEYED).partial().extend(patch).meta({ description: 'A machine type of Google.' }))
      .default({})
      .meta({ description: 'Machine types of Google Cloud.' }),
    oracle: z
      .record(text, oracleRow.omit(KEYED).partial().extend(patch).meta({ description: 'A shape of Oracle.' }))
      .default({})
      .meta({ description: 'Shapes of Oracle Cloud.' }),
  })
  .default({ aws: {}, azure: {}, google: {}, oracle: {} })
  .meta({ description: 'Machine types that are added or corrected, by the name that the provider gives them.' });
