import { all, type Edit, swap } from '../diff/scene';

/** One edit of the year. */
export interface StepRow {
  readonly name: string;
  readonly edit: Edit;
  /** Losses that `estate diff` is told to accept. @default none */
  readonly accept?: readonly string[];
  /** Protected entries that `estate lock` is told to give up. @default none */
  readonly giveUp?: readonly string[];
  /** What the diff says beside creations and updates: losses, refusals, what is kept, what leaves, the order. */
  readonly told: readonly string[];
  /** Precious resources that the apply takes away. @default none */
  readonly gone?: readonly string[];
}

const before = (anchor: string, lines: string): Edit => swap(anchor, `${lines}\n${anchor}`);
const drop =
  (line: RegExp): Edit =>
  (text) => {
    if (!line.test(text)) throw new Error(`the estate has nothing like ${line}`);
    return text.replace(line, '');
  };

/** A year of the default estate. */
export const YEAR: readonly StepRow[] = [
  {
    name: 'two racks more on Azure',
    edit: swap('accelerator: gb300, racks: 8', 'accelerator: gb300, racks: 10'),
    told: [],
  },
  {
    name: 'a rack less, which goes on running',
    accept: ['clusters.eastus2-gb300.pools.train'],
    edit: swap('accelerator: gb300, racks: 10', 'accelerator: gb300, racks: 9'),
    told: [
      '= eastus2-gb300-cluster clusters.eastus2-gb300.pools.train',
      'protected clusters.eastus2-gb300.pools.train',
    ],
  },
  {
    name: 'another rack less, given back',
    edit: swap('accelerator: gb300, racks: 9', 'accelerator: gb300, racks: 8'),
    accept: ['clusters.eastus2-gb300.pools.train'],
    giveUp: ['clusters.eastus2-gb300.pools.train'],
    told: [
      '- eastus2-gb300-cluster clusters.eastus2-gb300.pools.train',
      'given up clusters.eastus2-gb300.pools.train.10',
      'lost clusters.eastus2-gb300.pools.train 17 nodes 68 accelerators',
      'protected clusters.eastus2-gb300.pools.train',
    ],
    gone: [
      'atlas-eastus2-gb300-cluster azurerm_kubernetes_cluster_node_pool azurerm_kubernetes_cluster_node_pool.pool-train-9_2B0FC975',
    ],
  },
  { name: 'sixteen H200 nodes more', edit: swap('nodes: 128', 'nodes: 144'), told: [] },
  {
    name: 'four H200 nodes fewer',
    accept: ['clusters.southcentral-h200.pools.train'],
    edit: swap('nodes: 144', 'nodes: 140'),
    told: [
      'lost clusters.southcentral-h200.pools.train 4 nodes 32 accelerators',
      'protected clusters.southcentral-h200.pools.train',
    ],
  },
  {
    name: 'EKS one version up, pools held back',
    edit: all(
      swap('    site: virginia\n    mounts', '    site: virginia\n    kubernetes: "1.36"\n    mounts'),
      swap('accelerators: 512', 'accelerators: 512\n        kubernetes: "1.35"'),
      swap('        zone: us-east-1-dfw-2a', '        kubernetes: "1.35"\n        zone: us-east-1-dfw-2a'),
    ),
    told: ['rolled clusters.virginia.systemPool'],
  },
  {
    name: 'the pools follow, that of the capacity blocks between two of them',
    accept: ['clusters.virginia.pools.gb200'],
    edit: all(
      swap('accelerators: 512\n        kubernetes: "1.35"', 'accelerators: 512\n        kubernetes: "1.36"'),
      swap(
        '        kubernetes: "1.35"\n        zone: us-east-1-dfw-2a',
        '        kubernetes: "1.36"\n        zone: us-east-1-dfw-2a',
      ),
    ),
    told: ['rolled clusters.virginia.pools.b300'],
  },
  {
    name: 'EKS the second version up',
    edit: all(swap('    kubernetes: "1.36"\n    mounts', '    kubernetes: "1.37"\n    mounts')),
    told: ['rolled clusters.virginia.systemPool'],
  },
  {
    name: 'AKS one version up',
    edit: swap('    site: eastus2\n', '    site: eastus2\n    kubernetes: "1.37"\n'),
    told: ['rolled clusters.eastus2-gb300', 'rolled clusters.eastus2-gb300.pools.train'],
  },
  {
    name: 'a zone less in Virginia',
    edit: swap('us-east-1c, us-east-1-dfw-2a]', 'us-east-1-dfw-2a]'),
    told: [
      '- virginia-network sites.virginia',
      'order 1 npx cdk deploy virginia-cluster --exclusively',
      'order 2 npx cdk deploy virginia-network --exclusively',
      'outputs removed virginia-network',
    ],
  },
  {
    name: 'another zone in Virginia',
    edit: swap('us-east-1b, us-east-1-dfw-2a]', 'us-east-1b, us-east-1d, us-east-1-dfw-2a]'),
    told: ['outputs added virginia-network'],
  },
  {
    name: 'a zone more in Iowa',
    edit: swap('us-central1-b, us-central1-c]', 'us-central1-b, us-central1-c, us-central1-f]'),
    told: [],
  },
  { name: 'a zone less in Phoenix', edit: swap('"Uocm:PHX-AD-2", "Uocm:PHX-AD-3"', '"Uocm:PHX-AD-2"'), told: [] },
  {
    name: 'another reservation in Iowa',
    accept: ['clusters.iowa.pools.gb200'],
    edit: swap('reservations/atlas-gb200]', 'reservations/atlas-gb200-2027]'),
    told: ['= iowa-cluster clusters.iowa.pools.gb200', 'protected clusters.iowa.pools.gb200'],
  },
  {
    name: 'another reservation in Virginia',
    accept: ['clusters.virginia.pools.b300'],
    edit: swap('cr-515f3f510efacd0b0', 'cr-0a0a0a0a0a0a0a0a0'),
    told: ['= virginia-cluster clusters.virginia.pools.b300', 'protected clusters.virginia.pools.b300'],
  },
  {
    name: 'a capacity block ends',
    accept: ['clusters.virginia.pools.gb200'],
    edit: all(
      swap(
        'racks: 4\n        kubernetes: "1.36"\n        zone: us-east-1-dfw-2a',
        'racks: 3\n        kubernetes: "1.36"\n        zone: us-east-1-dfw-2a',
      ),
      swap(', cr-080e7f88e3bc32215]', ']'),
    ),
    told: ['= virginia-cluster clusters.virginia.pools.gb200', 'protected clusters.virginia.pools.gb200'],
  },
  {
    name: 'a rack of Oracle less',
    accept: ['clusters.phoenix.pools.gb300'],
    edit: all(
      swap('racks: 8\n        spareTraysPerRack: 2', 'racks: 7\n        spareTraysPerRack: 2'),
      drop(/ {12}- ocid1\.computegpumemoryfabric\.oc1\.phx\.eepij.*\n/),
    ),
    told: ['= phoenix-cluster clusters.phoenix.pools.gb300', 'protected clusters.phoenix.pools.gb300'],
  },
  {
    name: 'a spare tray less in each rack of Oracle',
    edit: swap('spareTraysPerRack: 2', 'spareTraysPerRack: 1'),
    told: [],
  },
  {
    name: 'file systems grow',
    edit: all(
      swap('capacityTiB: 1200', 'capacityTiB: 2400'),
      swap('capacityGiB: 360000', 'capacityGiB: 540000'),
      swap('capacityTB: 124.8', 'capacityTB: 166.4'),
    ),
    told: [],
  },
  {
    name: 'a file system beside the old one, in the next zone',
    edit: all(
      before(
        '  southcentral-scratch: {',
        '  eastus2-fast: { kind: lustre, site: eastus2, zone: "2", capacityTiB: 128, throughputMBpsPerTiB: 500 }',
      ),
      swap('[eastus2-scratch, eastus2-checkpoints]', '[eastus2-scratch, eastus2-fast, eastus2-checkpoints]'),
    ),
    told: ['outputs added eastus2-storage'],
  },
  {
    name: 'the old file system goes',
    accept: ['stores.eastus2-scratch'],
    edit: all(drop(/ {2}eastus2-scratch: .*\n/), swap('[eastus2-scratch, eastus2-fast,', '[eastus2-fast,')),
    told: [
      '= eastus2-storage stores.eastus2-scratch',
      'outputs removed eastus2-storage',
      'protected stores.eastus2-scratch',
    ],
  },
  {
    name: 'a bucket more',
    edit: all(
      before('  southcentral-scratch: {', '  virginia-logs: { kind: object, site: virginia }'),
      swap('virginia-checkpoints]', 'virginia-checkpoints, virginia-logs]'),
    ),
    told: ['outputs added virginia-storage'],
  },
  { name: 'it is no longer mounted', edit: swap(', virginia-logs]', ']'), told: [] },
  {
    name: 'it is given up',
    edit: drop(/ {2}virginia-logs: .*\n/),
    accept: ['stores.virginia-logs'],
    told: [
      '= virginia-storage stores.virginia-logs',
      'outputs removed virginia-storage',
      'protected stores.virginia-logs',
    ],
  },
  {
    name: 'objects are kept for longer, and for less long',
    accept: ['stores.phoenix-checkpoints'],
    edit: all(
      swap('site: eastus2, retainDays: 30', 'site: eastus2, retainDays: 60'),
      swap('site: phoenix, retainDays: 30', 'site: phoenix, retainDays: 14'),
    ),
    told: ['lost stores.phoenix-checkpoints 16 days', 'protected stores.phoenix-checkpoints'],
  },
  {
    name: 'another owner',
    edit: swap(
      'team: frontier-training, email: frontier-training@example.com',
      'team: pretraining, email: pretraining@example.com',
    ),
    told: ['-/+ aws-main-foundation accounts.aws-main Endpoint'],
  },
  { name: 'more system nodes', edit: swap('systemPool: { image', 'systemPool: { nodes: 5, image'), told: [] },
  {
    name: 'a label and a taint',
    edit: swap(
      'zone: "2", capacity: { kind: dedicated } }',
      'zone: "2", labels: { example.com/phase: pretraining }, taints: [{ key: example.com/reserved, effect: NoSchedule }], capacity: { kind: dedicated } }',
    ),
    told: [],
  },
  {
    name: 'a pool of spot nodes',
    edit: before(
      '      tpu:\n',
      '      dev: { accelerator: h100, nodes: 2, zone: us-central1-a, capacity: { kind: spot } }',
    ),
    told: [],
  },
  {
    name: 'it goes again',
    edit: drop(/ {6}dev: .*\n/),
    told: [
      '- iowa-cluster clusters.iowa',
      '- iowa-cluster clusters.iowa.pools.dev',
      'lost clusters.iowa.pools.dev 2 nodes 16 accelerators',
    ],
    gone: ['atlas-iowa-cluster google_container_node_pool google_container_node_pool.pool-dev-1_E2E326BB'],
  },
  {
    name: 'a cluster has another name',
    edit: swap('  southcentral-h200:\n', '  hopper:\n    renamedFrom: southcentral-h200\n'),
    told: [],
  },
  {
    name: 'a site more',
    edit: all(
      before(
        '  # The last zone is the Local Zone',
        '  oregon: { account: aws-main, region: us-west-2, zones: [us-west-2a, us-west-2b] }',
      ),
      before('  virginia-scratch:', '  oregon-data: { kind: object, site: oregon }'),
    ),
    told: [],
  },
  {
    name: 'the site leaves',
    accept: ['sites.oregon', 'stores.oregon-data'],
    edit: all(drop(/ {2}oregon: .*\n/), drop(/ {2}oregon-data: .*\n/)),
    told: [
      '= oregon-network sites.oregon',
      '= oregon-storage sites.oregon',
      '= oregon-storage stores.oregon-data',
      'left oregon-network',
      'left oregon-storage',
      'protected sites.oregon',
      'protected stores.oregon-data',
    ],
  },
];

/** What two teams write at the same time. */
export const BRANCHES: readonly Edit[] = [
  before(
    '  # The last zone is the Local Zone',
    '  ohio: { account: aws-main, region: us-east-2, zones: [us-east-2a, us-east-2b] }',
  ),
  before(
    '  # The last zone is the Local Zone',
    '  ireland: { account: aws-main, region: eu-west-1, zones: [eu-west-1a, eu-west-1b] }',
  ),
].map((site, index) =>
  all(
    site,
    before('  virginia-scratch:', `  branch-${index}: { kind: object, site: ${index === 0 ? 'ohio' : 'ireland'} }`),
  ),
);
