import { CATALOG, type CapacityKind, type Cloud, type MachineBase } from '../catalog';
import { API_ACCESS, PRINCIPALS } from '../catalog/access';
import { partitionOf } from '../catalog/aws-regions';
import { lookup } from './lookup';
import { machineFor, poolUnit } from './machine';
import { sizeKeyOf } from './store-size';

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
  /** Where the JSON Schema is, as seen from the file. @default './estate.schema.json' */
  readonly schema?: string;
}

/** A cluster with everything that its entries are written from. */
interface Starter extends StarterCluster {
  readonly machine: MachineBase;
  readonly region: string;
  /** Zones of the site. */
  readonly zones: readonly string[];
  /** Zone of the pool, and of the file system unless the machine is sold away from the region; absent without zones. */
  readonly zone: string | undefined;
  /** Whether the file system lies beside the pool: not where the machine is in a zone away from its region. */
  readonly scratch: boolean;
  /** Number of racks, where the machine comes in racks. */
  readonly racks: number;
}

/** How a cloud's entries are written; every id in them is an example. */
interface CloudText {
  /** Regions in the order in which they are proposed, where the machine is in several. */
  readonly regions: readonly [string, ...string[]];
  /** How many zones a site gets. */
  readonly zoneCount: number;
  /** A zone as it is written in the file. @default as the catalog has it */
  readonly zone?: (zone: string) => string;
  /** A zone of a region whose zones the catalog does not know. */
  readonly anyZone: (region: string) => string;
  readonly account: readonly string[];
  /** Who administers clusters. @default the example of the catalog */
  readonly administrator?: (region: string) => string;
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
const LISTED = 5;

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
    regions: ['us-east-2', 'us-east-1', 'us-west-2'],
    // EKS puts its control plane into two.
    zoneCount: 2,
    anyZone: (region) => `${region}a`,
    account: ['accountId: "111122223333"   # example'],
    administrator: (region) => `arn:${partitionOf(region)}:iam::111122223333:role/platform-admin`,
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
    regions: ['eastus2', 'southcentralus', 'westus3'],
    zoneCount: 1,
    zone: (zone) => `"${zone}"`,
    anyZone: () => '1',
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
    regions: ['us-central1', 'us-east4', 'us-east5', 'us-east1', 'us-west1', 'us-south1'],
    zoneCount: 1,
    anyZone: (region) => `${region}-a`,
    account: ['projectId: example-project       # example', 'projectNumber: "123456789012"    # example'],
    capacity: (_, kind) => (kind === 'reservation' ? inline(kind, 'ids', ['example-reservation']) : plain(kind)),
  },
  oracle: {
    regions: ['us-phoenix-1', 'us-ashburn-1', 'us-chicago-1'],
    zoneCount: 1,
    // The prefix belongs to the tenancy.
    zone: (zone) => `"Uocm:${zone}"`,
    anyZone: (region) => `${region.toUpperCase()}-AD-1`,
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
      `  cidrLabel: all-${oracleKey(region)}-services-in-oracle-services-network   # example`,
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
export function starterEstate({ name, clusters, schema = './estate.schema.json' }: StarterRequest): string | undefined {
  const starters = clusters.flatMap((cluster): readonly Starter[] => {
    const { machine } = machineFor(CATALOG[cluster.cloud], { accelerator: cluster.accelerator });
    if (machine === undefined) return [];
    const { count, unit } = cluster.size;
    const nodes = unit === 'accelerators' ? count / machine.accelerators : count;
    const racks = unit === 'racks' ? count : Math.max(1, Math.floor(nodes / machine.scaleUpNodes));
    return [{ ...cluster, machine, racks, ...placeOf(cluster, machine) }];
  });
  if (starters.length < clusters.length) return undefined;
  const restricted = starters.filter(({ machine }) => machine.availability === 'restricted');
  return `${[
    `# yaml-language-server: $schema=${schema}`,
    '# What every key means: npx estate explain KEY. Replace what is marked as an example.',
    'estate: v1',
    `name: ${name}                      # first part of the name of everything`,
    'owner: { team: training, email: training@example.com }   # example',
    '',
    '# Where resources are created: identifiers only, never secrets.',
    'accounts:',
    ...starters.flatMap(({ cloud, region }) => [
      `  ${cloud}-main:`,
      ...indent(4, [`cloud: ${cloud}`, ...TEXTS[cloud].account, ...accessLines(cloud, region)]),
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

/** Who administers the clusters of an account, and from where they are reached. */
function accessLines(cloud: Cloud, region: string): readonly string[] {
  const { otherWay } = API_ACCESS[cloud];
  const { administrator = () => PRINCIPALS[cloud].example } = TEXTS[cloud];
  const way =
    otherWay === undefined ? ['  ranges: [10.8.0.0/16]   # example: your VPN, or a network that is connected'] : [];
  return [
    `# ${otherWay === undefined ? 'Who administers the clusters, and from where.' : `Who administers the clusters, by ${otherWay}.`}`,
    'access:',
    `  administrators: ["${administrator(region)}"]   # example`,
    ...way,
  ];
}

/** Short name of a region, of which Oracle Cloud makes the names of its services. */
function oracleKey(region: string): string {
  return lookup(CATALOG.oracle.regions.rows, region)?.key ?? region;
}

/** A region that has the machine, with enough of its zones, and the zone that has the machine. */
function placeOf({ cloud, region: asked }: StarterCluster, machine: MachineBase) {
  const { regions, zoneCount, anyZone, zone: written = (zone: string) => zone } = TEXTS[cloud];
  const seen = machine.regions ?? regions;
  const region = asked ?? regions.find((one) => seen.includes(one)) ?? seen[0] ?? regions[0];
  const row = lookup(CATALOG[cloud].regions.rows, region);
  const known = row?.zones ?? [anyZone(region)];
  const selling = machine.zones?.find((zone) => known.includes(zone) || Object.hasOwn(row?.remoteZones ?? {}, zone));
  const zone = selling ?? known[0];
  const zones = known.slice(0, zoneCount);
  return {
    region,
    zones: [...zones, ...(zone === undefined || zones.includes(zone) ? [] : [zone])].map(written),
    zone: zone && written(zone),
    scratch: zone === undefined || known.includes(zone),
  };
}

function siteLines({ cloud, region, zones }: Starter): readonly string[] {
  const { site } = TEXTS[cloud];
  const lines = [
    `account: ${cloud}-main`,
    `region: ${region}`,
    ...(zones.length === 0 ? [] : [`zones: [${zones.join(', ')}]${cloud === 'oracle' ? '   # example' : ''}`]),
  ];
  return [`  ${cloud}:`, ...indent(4, [...lines, ...(site?.(region) ?? [])])];
}

function clusterLines(starter: Starter): readonly string[] {
  const { cloud, accelerator, size, region, machine, zone, scratch } = starter;
  const { system, image, capacity } = TEXTS[cloud];
  const kind = KINDS.find((one) => machine.capacity.includes(one)) ?? 'on-demand';
  const [topology] = machine.topologies ?? [];
  const pool = [
    `accelerator: ${accelerator}            # ${machine.type}: ${machine.accelerators} in each node`,
    `${size.unit}: ${size.count}`,
    ...(topology === undefined ? [] : [`topology: ${topology}   # of ${listed(machine.topologies ?? [])}`]),
    ...(zone === undefined ? [] : [`zone: ${zone}`]),
    ...(image?.(region) ?? []),
    `# Or: ${machine.capacity.filter((other) => other !== kind).join(', ') || 'nothing else is offered'}.`,
    `capacity: ${capacity(starter, kind)}${kind === 'on-demand' ? '' : '   # example'}`,
  ];
  const cluster = [
    `site: ${cloud}`,
    `mounts: [${scratch ? `${cloud}-scratch, ` : ''}${cloud}-datasets]`,
    ...(system?.(region) ?? []),
    'pools:',
    '  train:',
    ...indent(4, pool),
  ];
  return [`  ${cloud}:`, ...indent(4, cluster)];
}

function storeLines({ cloud, zone, scratch }: Starter): readonly string[] {
  const datasets = `  ${cloud}-datasets: { kind: object, site: ${cloud}, retainDays: 30 }`;
  if (!scratch) return [`  # No file system: ${zone} lies away from its region.`, datasets];
  const { lustre } = CATALOG[cloud];
  const [slowest] = lustre.tiers;
  const tier = lustre.tiers.find(({ throughputMBpsPerTiB }) => throughputMBpsPerTiB === 500) ?? slowest;
  if (tier === undefined) return [];
  const size = lustre.unit === 'GB' ? tier.min / 1000 : tier.min;
  const fileSystem = [
    'kind: lustre',
    `site: ${cloud}`,
    ...(zone === undefined ? [] : [`zone: ${zone}`]),
    `${sizeKeyOf(lustre.unit)}: ${size}   # the smallest of this tier`,
    `throughputMBpsPerTiB: ${tier.throughputMBpsPerTiB}   # or ${otherTiers(cloud, tier.throughputMBpsPerTiB)}`,
  ];
  return [`  ${cloud}-scratch:`, ...indent(4, fileSystem), datasets];
}

function otherTiers(cloud: Cloud, chosen: number): string {
  const others = CATALOG[cloud].lustre.tiers.map((tier) => tier.throughputMBpsPerTiB).filter((one) => one !== chosen);
  return others.join(', ');
}

/** The first few of a list, and how many there are. */
function listed(values: readonly string[]): string {
  if (values.length <= LISTED) return values.join(', ');
  return `${values.slice(0, LISTED).join(', ')} … (${values.length} in all)`;
}

function indent(spaces: number, lines: readonly string[]): readonly string[] {
  return lines.map((line) => `${' '.repeat(spaces)}${line}`);
}
