import { all, type EditRow, swap } from './scene';

/** Edits of the default estate that add something and lose nothing, with everything that they do. */
export const ADDED: readonly EditRow[] = [
  {
    name: 'growing an Azure pool by a rack',
    edit: swap('racks: 8, spareTraysPerRack: 1', 'racks: 9, spareTraysPerRack: 1'),
    expected: ['+ eastus2-gb300-cluster clusters.eastus2-gb300.pools.train'],
  },
  {
    name: 'growing an Azure pool by a group',
    edit: swap('nodes: 128', 'nodes: 300'),
    expected: [
      '+ southcentral-h200-cluster clusters.southcentral-h200.pools.train',
      '~ southcentral-h200-cluster clusters.southcentral-h200.pools.train node_count',
    ],
  },
  {
    name: 'growing an AWS pool by a capacity block',
    edit: all(
      swap(
        'accelerator: gb200\n        racks: 4\n        zone: us-east-1-dfw-2a',
        'accelerator: gb200\n        racks: 5\n        zone: us-east-1-dfw-2a',
      ),
      swap('cr-080e7f88e3bc32215', 'cr-080e7f88e3bc32215, cr-0123456789abcdef0'),
    ),
    expected: ['+ virginia-cluster clusters.virginia.pools.gb200'],
  },
  {
    name: 'growing a Google pool by a rack',
    edit: swap(
      'accelerator: gb200\n        racks: 4\n        zone: us-central1-a',
      'accelerator: gb200\n        racks: 5\n        zone: us-central1-a',
    ),
    expected: ['+ iowa-cluster clusters.iowa.pools.gb200'],
  },
  {
    name: 'growing a TPU pool by a slice',
    edit: swap('accelerators: 64', 'accelerators: 128'),
    expected: ['+ iowa-cluster clusters.iowa.pools.tpu'],
  },
  {
    name: 'growing an Oracle pool by a fabric',
    edit: all(
      swap('racks: 8\n        spareTraysPerRack: 2', 'racks: 9\n        spareTraysPerRack: 2'),
      swap(
        '          fabrics:\n',
        '          fabrics:\n            - ocid1.computegpumemoryfabric.oc1.phx.aaaageiebofjpmfhhnmjomidnbpkgpkcnbpapehlchcgnheonhmbdbaocgnek\n',
      ),
    ),
    expected: ['+ phoenix-cluster clusters.phoenix.pools.gb300'],
  },
  {
    name: 'adding a pool on Azure',
    edit: swap(
      '    pools:\n      train: { accelerator: h200',
      '    pools:\n      extra: { accelerator: h200, nodes: 10, zone: "1", capacity: { kind: dedicated } }\n      train: { accelerator: h200',
    ),
    expected: ['+ southcentral-h200-cluster clusters.southcentral-h200.pools.extra'],
  },
  {
    name: 'adding a pool on AWS',
    edit: swap('      b300:\n', '      aaa: { accelerator: h200, nodes: 8, zone: us-east-1b }\n      b300:\n'),
    expected: ['+ virginia-cluster clusters.virginia.pools.aaa', '+ virginia-cluster stores.virginia-scratch'],
  },
  {
    name: 'adding a pool on Google Cloud',
    edit: swap(
      '      tpu:\n',
      '      extra: { accelerator: h200, nodes: 8, zone: us-central1-a, capacity: { kind: spot } }\n      tpu:\n',
    ),
    expected: ['+ iowa-cluster clusters.iowa', '+ iowa-cluster clusters.iowa.pools.extra'],
  },
  {
    name: 'adding a pool on Oracle Cloud',
    edit: swap(
      '      mi355x:\n',
      '      extra: { accelerator: h200, nodes: 8, zone: "Uocm:PHX-AD-1", image: ocid1.image.oc1.phx.ilcjhnnpcmabbfmhpnoakkjgjjfbjkpanmpmknngnogdoidoaboobmcgfdmb }\n      mi355x:\n',
    ),
    expected: ['+ phoenix-cluster clusters.phoenix', '+ phoenix-cluster clusters.phoenix.pools.extra'],
  },
  {
    name: 'adding a cluster on AWS',
    edit: swap('clusters:\n', 'clusters:\n  aaa: { site: virginia, mounts: [virginia-scratch] }\n'),
    expected: [
      '+ aaa-cluster clusters.aaa',
      '+ aaa-cluster clusters.aaa.systemPool',
      '+ aaa-cluster stores.virginia-scratch',
    ],
  },
  {
    name: 'adding a cluster on Azure',
    edit: swap('clusters:\n', 'clusters:\n  aaa: { site: eastus2, mounts: [eastus2-scratch] }\n'),
    expected: [
      '+ aaa-cluster clusters.aaa',
      '+ eastus2-network clusters.aaa',
      '~ eastus2-storage stores.eastus2-scratch destination_address_prefixes',
      '~ eastus2-storage stores.eastus2-scratch source_address_prefixes',
    ],
  },
  {
    name: 'adding a cluster on Google Cloud',
    edit: swap('clusters:\n', 'clusters:\n  aaa: { site: iowa, mounts: [iowa-scratch] }\n'),
    expected: [
      '+ aaa-cluster clusters.aaa',
      '+ aaa-cluster clusters.aaa.systemPool',
      '+ aaa-cluster stores.iowa-scratch',
      '+ iowa-network clusters.aaa',
    ],
  },
  {
    name: 'adding a cluster on Oracle Cloud',
    edit: swap(
      'clusters:\n',
      'clusters:\n  aaa: { site: phoenix, mounts: [phoenix-scratch], systemPool: { image: ocid1.image.oc1.phx.fbilghogfcfdbmfpohocfnglcmdleopgcceohnjankcajbjghnneholaiclc } }\n',
    ),
    expected: [
      '+ aaa-cluster clusters.aaa',
      '+ aaa-cluster clusters.aaa.systemPool',
      '+ phoenix-network clusters.aaa',
      '+ phoenix-storage stores.phoenix-scratch',
      'outputs added phoenix-network',
    ],
  },
  {
    name: 'adding a bucket on AWS',
    edit: swap('stores:\n', 'stores:\n  aaa: { kind: object, site: virginia }\n'),
    expected: ['+ virginia-storage stores.aaa', 'outputs added virginia-storage'],
  },
  {
    name: 'adding a file system on Azure',
    edit: swap(
      'stores:\n',
      'stores:\n  aaa: { kind: lustre, site: eastus2, zone: "1", capacityTiB: 48, throughputMBpsPerTiB: 500 }\n',
    ),
    expected: ['+ eastus2-network stores.aaa', '+ eastus2-storage stores.aaa', 'outputs added eastus2-storage'],
  },
  {
    name: 'adding a bucket on Google Cloud',
    edit: swap('stores:\n', 'stores:\n  aaa: { kind: object, site: iowa }\n'),
    expected: ['+ iowa-storage stores.aaa', 'outputs added iowa-storage'],
  },
  {
    name: 'adding a file system on Oracle Cloud',
    edit: swap(
      'stores:\n',
      'stores:\n  aaa: { kind: lustre, site: phoenix, zone: "Uocm:PHX-AD-1", capacityTB: 31.2, throughputMBpsPerTiB: 1000 }\n',
    ),
    expected: [
      '+ phoenix-network stores.aaa',
      '+ phoenix-storage stores.aaa',
      'outputs added phoenix-network',
      'outputs added phoenix-storage',
    ],
  },
  {
    name: 'adding a site on AWS',
    edit: swap(
      'sites:\n',
      'sites:\n  aaa: { account: aws-main, region: us-west-2, zones: [us-west-2a, us-west-2b] }\n',
    ),
    expected: ['+ aaa-network sites.aaa'],
  },
  {
    name: 'adding a site on Azure',
    edit: swap('sites:\n', 'sites:\n  aaa: { account: azure-gb, region: westus3, zones: ["1"] }\n'),
    expected: ['+ aaa-network sites.aaa', '+ azure-gb-foundation accounts.azure-gb', '+ azure-gb-foundation sites.aaa'],
  },
  {
    name: 'adding a site on Google Cloud',
    edit: swap('sites:\n', 'sites:\n  aaa: { account: google-main, region: us-east4, zones: [us-east4-a] }\n'),
    expected: ['+ aaa-network sites.aaa'],
  },
  {
    name: 'naming an administrator on AWS',
    edit: swap(
      '["arn:aws:iam::111122223333:role/platform"]',
      '["arn:aws:iam::111122223333:role/platform", "arn:aws:iam::111122223333:role/research"]',
    ),
    expected: ['+ virginia-cluster clusters.virginia'],
  },
  {
    name: 'naming administrators on Azure',
    edit: swap(
      'administrators: [7d3f1a52-0c4e-4b6a-9d1c-3e5f7a9b1c21]',
      'administrators: [7d3f1a52-0c4e-4b6a-9d1c-3e5f7a9b1c21, 8e4f1a52-0c4e-4b6a-9d1c-3e5f7a9b1c22]',
    ),
    expected: [
      '+ eastus2-gb300-cluster clusters.eastus2-gb300',
      '~ eastus2-gb300-cluster clusters.eastus2-gb300 azure_active_directory_role_based_access_control.admin_group_object_ids',
    ],
  },
];
