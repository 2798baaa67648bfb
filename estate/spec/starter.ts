import { CATALOG, type CapacityKind, type Cloud, type MachineBase } from '../catalog';
import { machineFor, poolUnit } from './machine';

/** A cluster that a starter file asks for. */
export interface StarterCluster {
  readonly cloud: Cloud;
  readonly accelerator: string;
  readonly size: { readonly unit: 'racks' | 'nodes' | 'accelerators'; readonly count: number };
  /** @default a region where the machine was seen, else a common one */
  readonly region?: string;
}

/** What a starter file asks for: at most one cluster a cloud. */
export interface StarterRequest {
  readonly name: string;
  readonly clusters: readonly StarterCluster[];
}

/** A cluster with everything that its entries are written from. */
interface Starter extends StarterCluster {
  readonly machine: MachineBase;
  readonly region: string;
  /** Number of racks, where the machine comes in racks. */
  readonly racks: number;
}

/** How a cloud's entries are written; every id in them is an example. */
interface CloudText {
  readonly region: string;
  readonly zones: (region: string) => readonly string[];
  readonly account: readonly string[];
  readonly site?: (region: string) => readonly string[];
  readonly system?: (region: string) => readonly string[];
  readonly image?: (region: string) => readonly string[];
  readonly capacity: (starter: Starter, kind: CapacityKind) => string;
}

/** Ways to obtain machines, the ones that need least to be known first. */
const KINDS: readonly CapacityKind[] = [
  'on-demand',
  'reservation',
  'dedicated',
  'capacity-block',
  'flex-start',
  'spot',
];
const SIZE_KEYS = { GiB: 'capacityGiB', TiB: 'capacityTiB', GB: 'capacityTB', TB: 'capacityTB' } as const;

const mark = (count: number) =>
  String(count)
    .padStart(4, '0')
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? 'a');
const ocid = (kind: string, region: string, count = 0) => `ocid1.${kind}.oc1.${region}.example${mark(count)}`;
const inline = (kind: string, key: string, ids: readonly string[]) => `{ kind: ${kind}, ${key}: [${ids.join(', ')}] }`;
const plain = (kind: string) => `{ kind: ${kind} }`;
const counted = (count: number, id: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => id(index));

const TEXTS: Readonly<Record<Cloud, CloudText>> = {
  aws: {
    region: 'us-east-2',
    zones: (region) => [`${region}a`, `${region}b`],
    account: ['accountId: "111122223333"   # example'],
    capacity: ({ machine, racks }, kind) => {
      const ids = counted(
        poolUnit(machine) === 'rack' ? racks : 1,
        (index) => `cr-0123456789abc${String(index).padStart(4, '0')}`,
      );
      if (kind === 'reservation') return inline(kind, 'ids', ids);
      if (kind !== 'capacity-block') return plain(kind);
      return `{ kind: ${kind}, ids: [${ids.join(', ')}], window: { start: 2027-01-04, end: 2027-03-28 } }`;
    },
  },
  azure: {
    region: 'eastus2',
    zones: () => ['"1"'],
    account: [
      'subscriptionId: 00000000-0000-4000-8000-000000000001   # example',
      'tenantId: 00000000-0000-4000-8000-000000000002         # example',
    ],
    capacity: (_, kind) => {
      const group =
        '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/capacity/providers/Microsoft.Compute/capacityReservationGroups/example';
      return kind === 'reservation' ? inline(kind, 'ids', [group]) : plain(kind);
    },
  },
  google: {
    region: 'us-central1',
    zones: (region) => [`${region}-a`],
    account: ['projectId: example-project       # example', 'projectNumber: "123456789012"    # example'],
    capacity: (_, kind) => (kind === 'reservation' ? inline(kind, 'ids', ['example-reservation']) : plain(kind)),
  },
  oracle: {
    region: 'us-phoenix-1',
    // Old regions have a short name in it; the prefix belongs to the tenancy.
    zones: (region) => [`"Uocm:${region === 'us-phoenix-1' ? 'PHX' : region.toUpperCase()}-AD-1"`],
    account: [
      `tenancyId: ${ocid('tenancy', '')}           # example`,
      `compartmentId: ${ocid('compartment', '')}   # example`,
      'homeRegion: us-ashburn-1            # example',
      'objectStorageNamespace: example     # oci os ns get',
    ],
    site: (region) => [
      '# The regional service that private nodes reach without internet: oci network service list.',
      'serviceGateway:',
      `  serviceId: ${ocid('service', region)}   # example`,
      '  cidrLabel: all-phx-services-in-oracle-services-network   # example',
    ],
    system: (region) => [`systemPool: { image: ${ocid('image', region, 1)} }   # example`],
    image: (region) => [`image: ${ocid('image', region, 2)}   # example: an image with the drivers of the machine`],
    capacity: ({ machine, racks, region }, kind) => {
      if (kind === 'reservation') return inline(kind, 'ids', [ocid('capacityreservation', region)]);
      if (kind !== 'dedicated' || poolUnit(machine) !== 'rack') return plain(kind);
      return inline(
        kind,
        'fabrics',
        counted(racks, (index) => ocid('computegpumemoryfabric', region, index)),
      );
    },
  },
};

/**
 * A commented estate file to start from, with example ids that pass every check.
 *
 * @returns undefined when a cloud has no machine with the accelerator that is asked for
 */
export function starterEstate({ name, clusters }: StarterRequest): string | undefined {
  const starters = clusters.flatMap((cluster): readonly Starter[] => {
    const { machine } = machineFor(CATALOG[cluster.cloud], { accelerator: cluster.accelerator });
    if (machine === undefined) return [];
    const { count, unit } = cluster.size;
    const nodes = unit === 'accelerators' ? count / machine.accelerators : count;
    const racks = unit === 'racks' ? count : Math.max(1, Math.floor(nodes / machine.scaleUpNodes));
    const region = cluster.region ?? machine.regions?.[0] ?? TEXTS[cluster.cloud].region;
    return [{ ...cluster, machine, region, racks }];
  });
  if (starters.length < clusters.length) return undefined;
  const restricted = starters.filter(({ machine }) => machine.availability === 'restricted');
  return `${[
    '# yaml-language-server: $schema=./estate.schema.json',
    '# What every key means: npx estate explain KEY. Replace what is marked as an example.',
    'estate: v1',
    `name: ${name}                      # first part of the name of everything`,
    'owner: { team: training, email: training@example.com }   # example',
    '',
    '# Where resources are created: identifiers only, never secrets.',
    'accounts:',
    ...starters.flatMap(({ cloud }) => [
      `  ${cloud}-main:`,
      ...indent(4, [`cloud: ${cloud}`, ...TEXTS[cloud].account]),
    ]),
    '',
    '# One region of one account each, with a network. The lock file decides the addresses.',
    'sites:',
    ...starters.flatMap(siteLines),
    '',
    '# A training partition each. Its Kubernetes version is the one that the catalog prefers; "kubernetes:" pins another.',
    'clusters:',
    ...starters.flatMap(clusterLines),
    '',
    '# Data that outlives the clusters: a parallel file system beside the nodes, and a bucket.',
    'stores:',
    ...starters.flatMap(storeLines),
    ...(restricted.length === 0 ? [] : ['', '# Warnings that are accepted, each with its reason.', 'acknowledge:']),
    ...restricted.flatMap(({ cloud }) => [
      `  - { rule: RestrictedMachine, path: clusters.${cloud}.pools.train, reason: approved by the provider in CASE-0000 }   # example`,
    ]),
  ].join('\n')}\n`;
}

function siteLines({ cloud, region }: Starter): readonly string[] {
  const { zones, site } = TEXTS[cloud];
  const lines = [
    `account: ${cloud}-main`,
    `region: ${region}`,
    `zones: [${zones(region).join(', ')}]${cloud === 'oracle' ? '   # example' : ''}`,
  ];
  return [`  ${cloud}:`, ...indent(4, [...lines, ...(site?.(region) ?? [])])];
}

function clusterLines(starter: Starter): readonly string[] {
  const { cloud, accelerator, size, region, machine } = starter;
  const { system, image, capacity, zones } = TEXTS[cloud];
  const kind = KINDS.find((one) => machine.capacity.includes(one)) ?? 'on-demand';
  const [topology] = machine.topologies ?? [];
  const pool = [
    `accelerator: ${accelerator}            # ${machine.type}: ${machine.accelerators} in each node`,
    `${size.unit}: ${size.count}`,
    ...(topology === undefined ? [] : [`topology: ${topology}   # of ${machine.topologies?.join(', ')}`]),
    `zone: ${zones(region)[0]}`,
    ...(image?.(region) ?? []),
    `# Or: ${machine.capacity.filter((other) => other !== kind).join(', ') || 'nothing else is offered'}.`,
    `capacity: ${capacity(starter, kind)}${kind === 'on-demand' ? '' : '   # example'}`,
  ];
  const cluster = [
    `site: ${cloud}`,
    `mounts: [${cloud}-scratch, ${cloud}-datasets]`,
    ...(system?.(region) ?? []),
    'pools:',
    '  train:',
    ...indent(4, pool),
  ];
  return [`  ${cloud}:`, ...indent(4, cluster)];
}

function storeLines({ cloud, region }: Starter): readonly string[] {
  const { lustre } = CATALOG[cloud];
  const [slowest] = lustre.tiers;
  const tier = lustre.tiers.find(({ throughputMBpsPerTiB }) => throughputMBpsPerTiB === 500) ?? slowest;
  if (tier === undefined) return [];
  const size = lustre.unit === 'GB' ? tier.min / 1000 : tier.min;
  const scratch = [
    'kind: lustre',
    `site: ${cloud}`,
    `zone: ${TEXTS[cloud].zones(region)[0]}`,
    `${SIZE_KEYS[lustre.unit]}: ${size}   # the smallest of this tier`,
    `throughputMBpsPerTiB: ${tier.throughputMBpsPerTiB}   # or ${otherTiers(cloud, tier.throughputMBpsPerTiB)}`,
  ];
  return [
    `  ${cloud}-scratch:`,
    ...indent(4, scratch),
    `  ${cloud}-datasets: { kind: object, site: ${cloud}, retainDays: 30 }`,
  ];
}

function otherTiers(cloud: Cloud, chosen: number): string {
  const others = CATALOG[cloud].lustre.tiers.map((tier) => tier.throughputMBpsPerTiB).filter((one) => one !== chosen);
  return others.join(', ');
}

function indent(spaces: number, lines: readonly string[]): readonly string[] {
  return lines.map((line) => `${' '.repeat(spaces)}${line}`);
}
