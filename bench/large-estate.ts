import { CLOUDS, type Cloud } from '../estate/catalog';

const CLUSTERS_OF_A_SITE = 10;

/** An estate file with so many clusters, shared evenly by the four clouds; 1,000 clusters make about 1 MB. */
export function largeEstate(clusters: number, fileSystemsOnOracle = 1): string {
  const members = Array.from({ length: clusters }, (_, index) => memberOf(index));
  const sites = [...new Map(members.map((member) => [member.site, member])).values()];
  return [
    HEAD,
    'sites:',
    ...sites.map(({ site, cloud }) => `  ${site}: ${PLACES[cloud].site}`),
    'clusters:',
    ...members.map(clusterText),
    'stores:',
    ...members.flatMap((member) => storeTexts(member, member.cloud === 'oracle' ? fileSystemsOnOracle : 1)),
    '',
  ].join('\n');
}

/** A cluster and where it lies. */
interface Member {
  readonly cloud: Cloud;
  readonly site: string;
  readonly name: string;
  readonly index: number;
}

function memberOf(index: number): Member {
  const cloud = CLOUDS[index % CLOUDS.length] ?? 'aws';
  const ordinal = Math.floor(index / CLOUDS.length / CLUSTERS_OF_A_SITE) + 1;
  return { cloud, site: `${cloud}-site-${ordinal}`, name: `${cloud}-cluster-${index + 1}`, index };
}

function clusterText(member: Member): string {
  const { cloud, site, name } = member;
  const { zone, system, pools } = PLACES[cloud];
  return `  # Training partition ${name}.
  ${name}:
    site: ${site}
    kubernetes: "1.35"
    mounts: [${name}-scratch-1, ${name}-data]
    systemPool: { nodes: 3${system} }
    pools:
${pools(member)
  .map((fields, index) => poolText(`pool-${index + 1}`, [...fields, `zone: ${zone}`]))
  .join('\n')}`;
}

function poolText(key: string, fields: readonly string[]): string {
  return `      ${key}:
${fields.map((field) => `        ${field}`).join('\n')}
        labels: { team: research, purpose: training }
        taints:
          - { key: dedicated, value: training, effect: NoSchedule }`;
}

function storeTexts({ cloud, site, name }: Member, fileSystems: number): readonly string[] {
  const { zone, size } = PLACES[cloud];
  const scratch = (_: unknown, index: number) =>
    `  ${name}-scratch-${index + 1}: { kind: lustre, site: ${site}, zone: ${zone}, ${size} }`;
  return [
    ...Array.from({ length: fileSystems }, scratch),
    `  ${name}-data: { kind: object, site: ${site}, retainDays: 30 }`,
  ];
}

/** What differs between the clouds. */
interface Place {
  readonly site: string;
  readonly zone: string;
  /** Size of a file system. */
  readonly size: string;
  /** What the system pool needs beside its size. */
  readonly system: string;
  /** Machine, size and capacity of each pool of a cluster. */
  readonly pools: (member: Member) => readonly (readonly string[])[];
}

const IMAGE = 'ocid1.image.oc1.phx.aaaabbbbccccddddeeeeffffgggghhhhiiiijjjjkkkkllllmmmmnnnnoooo';

const PLACES: Readonly<Record<Cloud, Place>> = {
  aws: {
    site: '{ account: aws-main, region: us-east-2, zones: [us-east-2a, us-east-2b] }',
    zone: 'us-east-2b',
    size: 'capacityGiB: 9600, throughputMBpsPerTiB: 500',
    system: '',
    pools: ({ index }) =>
      ['h200', 'b200'].map((accelerator, pool) => [
        `accelerator: ${accelerator}`,
        'nodes: 64',
        `capacity: { kind: reservation, ids: [cr-${(index * 2 + pool).toString(16).padStart(17, '0')}] }`,
      ]),
  },
  azure: {
    site: '{ account: azure-gb, region: eastus2, zones: ["1", "2"] }',
    zone: '"1"',
    size: 'capacityTiB: 128, throughputMBpsPerTiB: 500',
    system: '',
    pools: () => [
      ['accelerator: gb300', 'racks: 4', 'spareTraysPerRack: 1', 'capacity: { kind: dedicated }'],
      ['accelerator: gb200', 'racks: 2', 'capacity: { kind: dedicated }'],
    ],
  },
  google: {
    site: '{ account: google-main, region: us-central1, zones: [us-central1-a, us-central1-b] }',
    zone: 'us-central1-a',
    size: 'capacityGiB: 36000, throughputMBpsPerTiB: 500',
    system: '',
    pools: ({ name }) => [
      ['accelerator: gb200', 'racks: 4', `capacity: { kind: reservation, ids: [${name}-racks] }`],
      ['accelerator: tpu-v7x', 'accelerators: 64', 'topology: 4x4x4', 'capacity: { kind: on-demand }'],
    ],
  },
  oracle: {
    site: '{ account: oracle-main, region: us-phoenix-1, zones: ["Uocm:PHX-AD-1"], serviceGateway: { serviceId: ocid1.service.oc1.phx.cccc, cidrLabel: all-phx-services-in-oracle-services-network } }',
    zone: '"Uocm:PHX-AD-1"',
    size: 'capacityTB: 31.2, throughputMBpsPerTiB: 1000',
    system: `, image: ${IMAGE}`,
    pools: () =>
      ['h200', 'mi355x'].map((accelerator) => [`accelerator: ${accelerator}`, 'nodes: 16', `image: ${IMAGE}`]),
  },
};

const HEAD = `# A generated estate.
estate: v1
name: large
owner: { team: research, email: research@example.com, costCenter: cc-1042 }
accounts:
  aws-main: { cloud: aws, accountId: "111122223333" }
  azure-gb: { cloud: azure, subscriptionId: 5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01, tenantId: 9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03 }
  google-main: { cloud: google, projectId: large-train, projectNumber: "123456789012" }
  oracle-main: { cloud: oracle, tenancyId: ocid1.tenancy.oc1..aaaa, compartmentId: ocid1.compartment.oc1..bbbb, homeRegion: us-ashburn-1, objectStorageNamespace: large }
addressing:
  supernets: { aws: 10.0.0.0/10, azure: 10.64.0.0/10, google: 10.128.0.0/10, oracle: 10.192.0.0/10 }
acknowledge:
  - { rule: RestrictedMachine, path: clusters, reason: approved by the providers }`;
