import { z } from 'zod';
import { QUOTAS } from '../catalog/quotas';
import { CLOUDS } from '../catalog/types';
import { amount, checked, machines, source, unverified, vendor } from './schema-machines';
import { count, kubernetesVersion, map, text } from './schema-parts';

const accelerator = z
  .strictObject({
    title: text.meta({ description: 'Name in reports.', examples: ['NPU v2'] }),
    vendor: vendor.meta({ description: 'Who makes it.' }),
    resourceName: text.meta({
      description: 'Resource under which Kubernetes counts it.',
      examples: ['example.com/npu'],
    }),
    watts: amount
      .optional()
      .meta({ description: 'Power of one accelerator under full load.', examples: [1400], unit: 'W' }),
    source,
    checked,
    unverified,
  })
  .meta({ description: 'An accelerator that the built-in catalog does not have, such as own silicon.' });

const value = z
  .strictObject({
    value: count.meta({
      description: 'The number that holds for this estate.',
      examples: [5000],
    }),
    source,
    checked,
  })
  .meta({ description: 'A number that the provider has granted.' });

const limits = z
  .strictObject({
    nodesPerShard: value.optional().meta({ description: 'Nodes of one managed Kubernetes cluster.' }),
    poolsPerShard: value.optional().meta({ description: 'Node pools of one cluster, without the system pool.' }),
    blocksPerNetwork: value.optional().meta({ description: 'Address blocks of one network.' }),
    objectMounts: value.optional().meta({
      description:
        'Object stores that one cluster mounts. On AWS 180, by the ten managed policies of a role; a raised quota allows more.',
    }),
    largestLustre: z
      .record(z.string().regex(/^\d+$/, 'must be the throughput of a tier, such as 250'), value)
      .optional()
      .meta({
        description:
          "Largest Lustre file system by tier (throughputMBpsPerTiB), in the provider's unit: TiB on Azure, GB on Oracle, else GiB.",
        examples: [{ 250: { value: 512, source: 'offer of 2026-10-02', checked: '2026-11' } }],
      }),
  })
  .meta({ description: 'Limits of clusters, networks and file systems.' });

const regions = z
  .strictObject({
    names: z
      .array(text)
      .min(1)
      .optional()
      .meta({
        description: 'Names of regions that the catalog does not have, as the provider writes them.',
        examples: [['us-west-9']],
      }),
    zones: z
      .record(
        text,
        z.array(text).meta({
          description: 'Zones of the region; an empty list for a new region that has none.',
          examples: [['us-west-9a']],
        }),
      )
      .optional()
      .meta({
        description:
          'Zones that the catalog does not have, by region, as sites write them; on Oracle Cloud without the prefix of the tenancy (PHX-AD-1).',
        examples: [{ 'us-west-9': ['us-west-9a', 'us-west-9b'] }],
      }),
    source,
    checked,
  })
  .meta({ description: 'Regions, or zones of regions, that are newer than the built-in catalog.' });

const kubernetes = z
  .strictObject({
    versions: z
      .array(kubernetesVersion)
      .min(1)
      .meta({
        description: 'Minor versions; on Oracle Cloud releases, since OKE takes nothing else.',
        examples: [['1.38'], ['1.37.1']],
      }),
    source,
    checked,
  })
  .meta({ description: 'Kubernetes versions that are newer than the built-in catalog.' });

/** What an estate adds to the built-in catalog, or knows better. */
export const catalog = z
  .strictObject({
    accelerators: map(accelerator).meta({ description: 'Accelerators of one’s own, by key.' }),
    machines,
    limits: z
      .partialRecord(z.enum(CLOUDS), limits)
      .default({})
      .meta({ description: 'Limits that the provider has raised; clusters that exist stay as they are.' }),
    regions: z
      .partialRecord(z.enum(CLOUDS), regions)
      .default({})
      .meta({ description: 'Regions and zones that the built-in catalog does not have yet, by cloud.' }),
    kubernetes: z
      .partialRecord(z.enum(CLOUDS), kubernetes)
      .default({})
      .meta({ description: 'Kubernetes versions that the built-in catalog does not have yet, by cloud.' }),
    quotas: z
      .partialRecord(z.enum(Object.keys(QUOTAS)), value)
      .default({})
      .meta({ description: 'Quotas that the provider has granted, by the key that "npx estate show quotas" prints.' }),
  })
  .optional()
  .meta({
    description:
      'Rows that this estate adds to the built-in catalog or corrects in it, each with its source and month: machine types, accelerators, limits, regions, Kubernetes versions, quotas.',
  });
