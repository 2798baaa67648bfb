import { z } from 'zod';
import { AWS_MACHINES } from '../catalog/aws-machines';
import { clusterAccess } from './schema-access';
import { capacity } from './schema-capacity';
import { existingCluster } from './schema-existing';
import { maintenance } from './schema-maintenance';
import { phase } from './schema-money';
import { owner, tags } from './schema-owner';
import { count, key, kubernetesVersion, renamedFrom, text } from './schema-parts';
import { purpose } from './schema-queue';
import { software } from './schema-software';
import { clusterAlarms, clusterLogs } from './schema-watch';

const topology = z.string().regex(/^\d+x\d+(x\d+)?$/, 'must be sides joined by "x", such as 4x4x4');

const LABEL_NAME = '[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?';
const labelKey = z
  .string()
  .max(253)
  .regex(
    new RegExp(`^([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?${LABEL_NAME}$`),
    'must be a Kubernetes label key, such as example.com/team',
  );
const labelValue = z
  .string()
  .regex(
    new RegExp(`^(${LABEL_NAME})?$`),
    'must be a Kubernetes label value: at most 63 letters, digits, ".", "_", "-"',
  );

const taint = z
  .strictObject({
    key: labelKey.meta({ description: 'Key of the taint.', examples: ['example.com/reserved'] }),
    value: labelValue.default('').meta({ description: 'Value of the taint.', examples: ['research'] }),
    effect: z
      .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
      .meta({ description: 'What happens to pods that do not tolerate it.' }),
  })
  .meta({ description: 'A Kubernetes taint.' });

const nodeRange = z
  .strictObject({
    min: z
      .int()
      .min(0)
      .meta({ description: 'Fewest nodes that run.', examples: [0], unit: 'nodes' }),
    max: count.meta({
      description: 'Most nodes that run; quotas, power and addresses are planned for them.',
      examples: [40],
      unit: 'nodes',
    }),
  })
  .meta({ description: 'A range of nodes, of capacity that nobody holds for us.' });

const release = z
  .string()
  .regex(/^\d+\.\d+\.\d+-\d{8}$/, 'must be a release of the EKS images, such as 1.35.0-20260120')
  .optional()
  .meta({
    description:
      'Release of the EKS image of the nodes, AWS only; another one replaces them one after the other. Default: the latest whenever nodes are made or updated.',
    examples: ['1.35.0-20260120'],
  });

const pool = z
  .strictObject({
    accelerator: text.optional().meta({
      description: 'Accelerator key of the catalog. Default: none, a pool of CPU nodes, which name their machine.',
      examples: ['gb300', 'b200', 'tpu-v7x'],
    }),
    machine: text.optional().meta({
      description:
        "The provider's machine type, where several carry the accelerator, and of every pool of CPU nodes. Default: the only or the preferred one with the accelerator.",
      examples: Object.keys(AWS_MACHINES).slice(0, 1),
    }),
    ultraServer: text.optional().meta({
      description:
        'UltraServer that the machines of the pool come in, AWS only; its number of machines is one rack. Default: the largest, NVL72 of 18.',
      examples: ['u-p6e-gb200x36'],
    }),
    racks: count.optional().meta({
      description: 'Size in whole racks (NVL72: 18 nodes of 4 accelerators), spare trays included.',
      examples: [16],
      unit: 'racks',
    }),
    nodes: z
      .union([count, nodeRange])
      .optional()
      .meta({
        description:
          'Size in nodes; whole racks or slices where machines come in them, spare trays included. Or a range, within which an autoscaler of the cluster runs as many as pods ask for, none with min: 0.',
        examples: [64, { min: 0, max: 40 }],
        unit: 'nodes',
      }),
    accelerators: count.optional().meta({
      description: 'Size in accelerators; a whole number of nodes, racks or slices, spare trays included.',
      examples: [512],
      unit: 'accelerators',
    }),
    spareTraysPerRack: z
      .int()
      .min(0)
      .max(6)
      .default(0)
      .meta({
        description: 'Trays of each rack that are held back as spares: bought, but not in service.',
        examples: [2],
        unit: 'trays',
      }),
    topology: topology.optional().meta({
      description: 'Slice topology of a TPU pool; the pool has as many slices as its size asks for.',
      examples: ['4x4x4'],
    }),
    zone: text.optional().meta({
      description: 'Zone of the pool. Default: the only zone of the site.',
      examples: ['us-east-2b'],
    }),
    capacity: capacity.default({ kind: 'on-demand' }),
    phases: z
      .array(phase)
      .min(1)
      .optional()
      .meta({
        description:
          'What stands of the pool when, in the order of days; before the first of them nothing does. The pool is built and planned for its size all the same. Default: all of it, within the window of its capacity.',
        examples: [
          [
            { from: '2027-01-01', racks: 8 },
            { from: '2027-07-01', racks: 16 },
          ],
        ],
      }),
    image: text.optional().meta({
      description: 'Node image, where the cloud needs an id: an image OCID on Oracle.',
      examples: ['ocid1.image.oc1.phx.aaaaexample'],
    }),
    labels: z
      .record(labelKey, labelValue.meta({ description: 'Value of the label.', examples: ['research'] }))
      .default({})
      .meta({ description: 'Kubernetes labels of the nodes.', examples: [{ 'example.com/team': 'research' }] }),
    taints: z
      .array(taint)
      .default([])
      .meta({
        description: 'Kubernetes taints of the nodes, besides those of the accelerator.',
        examples: [[{ key: 'example.com/reserved', value: 'research', effect: 'NoSchedule' }]],
      }),
    purpose,
    release,
    kubernetes: kubernetesVersion.optional().meta({
      description:
        'Kubernetes version of the nodes, for pools that follow an upgrade of their cluster later; on Google Cloud a whole release, since a minor version of nodes is what the release channel chooses. Default: that of the cluster.',
      examples: ['1.35'],
    }),
    owner,
    tags,
    renamedFrom,
  })
  .meta({
    description: 'Nodes of one machine type, sized in exactly one of racks, nodes, accelerators; CPU nodes in nodes.',
  });

const systemPool = z
  .strictObject({
    machine: text.optional().meta({
      description: 'CPU machine type. Default: the system machine of the catalog.',
      examples: ['m7i.4xlarge'],
    }),
    nodes: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .meta({
        description:
          'Nodes of each Kubernetes cluster that run its own services; on Google Cloud rounded up to as many in each zone, which the lock file records.',
        examples: [3],
        unit: 'nodes',
      }),
    image: text
      .optional()
      .meta({ description: 'Node image OCID, Oracle only.', examples: ['ocid1.image.oc1.phx.aaaaexample'] }),
    release,
  })
  .meta({ description: 'CPU nodes that run the services of the cluster.' });

/** Add-ons that an EKS cluster is given; the last three with managed Lustre, object stores and alarms only. */
const EKS_ADDONS = [
  'vpc-cni',
  'kube-proxy',
  'coredns',
  'eks-pod-identity-agent',
  'eks-node-monitoring-agent',
  'aws-fsx-csi-driver',
  'aws-mountpoint-s3-csi-driver',
  'amazon-cloudwatch-observability',
] as const;

/** Sizes of the control plane of EKS. */
const CONTROL_PLANE_TIERS = ['standard', 'xl', '2xl', '4xl', '8xl'] as const;

/** A training partition with its pools. */
export const cluster = z
  .strictObject({
    site: key.meta({ description: 'Key of the site that the cluster lies at.', examples: ['ohio'] }),
    kubernetes: kubernetesVersion.optional().meta({
      description:
        'Kubernetes minor version; on Google Cloud also a whole release, such as 1.35.3-gke.1389000, which nodes are then upgraded to as well. Default: what the lock file recorded when the cluster was new, the version that the catalog preferred then.',
      examples: ['1.35'],
    }),
    addons: z
      .partialRecord(
        z.enum(EKS_ADDONS),
        z
          .string()
          .regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, 'must be a version of the EKS add-on, such as v1.35.0-eksbuild.2')
          .meta({ description: 'Version of the add-on.', examples: ['v1.35.0-eksbuild.2'] }),
      )
      .default({})
      .meta({
        description:
          'Versions of EKS add-ons by name, AWS only. Default: what EKS installs with a new cluster, and never changes by itself.',
        examples: [{ 'kube-proxy': 'v1.35.0-eksbuild.2' }],
      }),
    controlPlaneTier: z
      .enum(CONTROL_PLANE_TIERS)
      .optional()
      .meta({
        description:
          'Size of the control plane, AWS only: a provisioned one costs by the hour and never waits for scaling, which matters above a thousand nodes. Default: EKS scales it by itself; write "standard" to go back to that.',
        examples: ['xl'],
      }),
    mounts: z
      .array(key)
      .default([])
      .meta({
        description: 'Keys of the stores that the workloads of the cluster may use, all at its site.',
        examples: [['scratch', 'datasets']],
      }),
    workload: z
      .strictObject({
        namespace: key
          .default('training')
          .meta({ description: 'Kubernetes namespace of the workloads.', examples: ['training'] }),
        serviceAccount: key
          .default('training')
          .meta({ description: 'Kubernetes service account of the workloads.', examples: ['training'] }),
      })
      .default({ namespace: 'training', serviceAccount: 'training' })
      .meta({ description: 'Kubernetes service account that is given access to the mounted object stores.' }),
    access: clusterAccess,
    logs: clusterLogs,
    alarms: clusterAlarms,
    binaryAuthorization: z
      .boolean()
      .optional()
      .meta({
        description:
          'Whether the Binary Authorization policy of the project decides which images run in it, Google Cloud only; a new policy lets all of them. Default: false.',
        examples: [true],
      }),
    policyAddon: z
      .boolean()
      .optional()
      .meta({
        description:
          'Whether the Azure Policy add-on runs in it, Azure only, which audits and enforces what is assigned to the subscription. Default: true.',
        examples: [false],
      }),
    systemPool: systemPool.default({ nodes: 3 }),
    maintenance,
    software,
    existing: existingCluster,
    pools: z.record(key, pool).default({}).meta({ description: 'Pools by their key.' }),
    owner,
    tags,
    renamedFrom,
  })
  .meta({ description: 'A training partition at one site.' });
