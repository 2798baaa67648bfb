import { all, type EditRow, swap } from './scene';

/** Edits of the default estate that only change what is there, if anything, with everything that they do. */
export const KEPT: readonly EditRow[] = [
  {
    name: 'rewording a comment',
    edit: swap('# The training estate', '# A training estate'),
    expected: [],
  },
  {
    name: 'formatting',
    edit: swap('owner: { team: frontier-training, email', 'owner:   {   team: frontier-training, email'),
    expected: [],
  },
  {
    name: 'writing the sites in another order',
    edit: all(
      swap('  eastus2: { account: azure-gb, region: eastus2, zones: ["1", "2", "3"] }\n', ''),
      swap(
        '  iowa: { account',
        '  eastus2: { account: azure-gb, region: eastus2, zones: ["1", "2", "3"] }\n  iowa: { account',
      ),
    ),
    expected: [],
  },
  {
    name: 'writing the zones of AWS in another order',
    edit: swap(
      'zones: [us-east-1a, us-east-1b, us-east-1c, us-east-1-dfw-2a]',
      'zones: [us-east-1-dfw-2a, us-east-1c, us-east-1b, us-east-1a]',
    ),
    expected: [],
  },
  {
    name: 'writing the domains of Oracle in another order',
    edit: swap(
      '"Uocm:PHX-AD-1", "Uocm:PHX-AD-2", "Uocm:PHX-AD-3"',
      '"Uocm:PHX-AD-3", "Uocm:PHX-AD-2", "Uocm:PHX-AD-1"',
    ),
    expected: [],
  },
  {
    name: 'writing the mounts in another order',
    edit: swap('mounts: [virginia-scratch, virginia-checkpoints]', 'mounts: [virginia-checkpoints, virginia-scratch]'),
    expected: [],
  },
  {
    name: 'writing the fabrics of Oracle racks in another order',
    edit: (t) =>
      t.replace(/( {12}- ocid1.computegpumemoryfabric[^\n]*\n)( {12}- ocid1.computegpumemoryfabric[^\n]*\n)/, '$2$1'),
    expected: [],
  },
  {
    name: 'writing the capacity blocks in another order',
    edit: swap('cr-d3e81c0d827b9ac21, cr-b8555391460b7d12e', 'cr-b8555391460b7d12e, cr-d3e81c0d827b9ac21'),
    expected: [],
  },
  {
    name: 'growing the last group of an Azure pool',
    edit: swap('nodes: 128', 'nodes: 130'),
    expected: ['~ southcentral-h200-cluster clusters.southcentral-h200.pools.train node_count'],
  },
  {
    name: 'growing an AWS pool',
    edit: swap('accelerators: 512', 'accelerators: 640'),
    expected: ['~ virginia-cluster clusters.virginia.pools.b300 ScalingConfig.DesiredSize ScalingConfig.MaxSize'],
  },
  {
    name: 'shortening the window of capacity blocks',
    edit: swap('end: 2027-05-31', 'end: 2027-05-24'),
    expected: [],
  },
  {
    name: 'growing an Oracle pool',
    edit: swap('nodes: 16', 'nodes: 20'),
    expected: ['~ phoenix-cluster clusters.phoenix.pools.mi355x node_config_details.size'],
  },
  {
    name: 'holding back a tray less of Oracle racks',
    edit: swap('spareTraysPerRack: 2', 'spareTraysPerRack: 1'),
    expected: ['~ phoenix-cluster clusters.phoenix.pools.gb300 size gpu_memory_cluster_scale_config.target_size'],
  },
  {
    name: 'upgrading Kubernetes on AWS while the pool of a capacity block is held back',
    edit: all(
      swap('    site: virginia\n', '    site: virginia\n    kubernetes: "1.36"\n'),
      swap(
        '      gb200:\n        accelerator: gb200\n',
        '      gb200:\n        accelerator: gb200\n        kubernetes: "1.35"\n',
      ),
    ),
    expected: [
      'rolled clusters.virginia.pools.b300',
      'rolled clusters.virginia.systemPool',
      '~ virginia-cluster clusters.virginia Version',
      '~ virginia-cluster clusters.virginia.pools.b300 Version',
      '~ virginia-cluster clusters.virginia.systemPool Version',
    ],
  },
  {
    name: 'growing a file system on AWS',
    edit: swap('capacityTiB: 1200', 'capacityTiB: 1209.375'),
    expected: ['~ virginia-storage stores.virginia-scratch StorageCapacity'],
  },
  {
    name: 'growing a file system on Google Cloud',
    edit: swap('360000', '378000'),
    expected: ['~ iowa-storage stores.iowa-scratch capacity_gib'],
  },
  {
    name: 'growing a file system on Oracle Cloud',
    edit: swap('124.8', '166.4'),
    expected: ['~ phoenix-storage stores.phoenix-scratch capacity_in_gbs'],
  },
  {
    name: 'taking a zone away from an Azure site, where only the system pool used it',
    edit: swap('southcentralus, zones: ["1", "2", "3"]', 'southcentralus, zones: ["1", "2"]'),
    expected: [],
  },
  {
    name: 'moving a pool to another zone on Google Cloud',
    edit: swap('topology: 4x4x4\n        zone: us-central1-a', 'topology: 4x4x4\n        zone: us-central1-b'),
    expected: ['rolled clusters.iowa.pools.tpu', '~ iowa-cluster clusters.iowa.pools.tpu node_locations'],
  },
  {
    name: 'renaming a site with renamedFrom',
    edit: all(
      swap(
        '  eastus2: { account: azure-gb, region: eastus2,',
        '  east: { renamedFrom: eastus2, account: azure-gb, region: eastus2,',
      ),
      (t) => t.replaceAll('site: eastus2', 'site: east'),
    ),
    expected: [],
  },
  {
    name: 'renaming a cluster with renamedFrom',
    edit: all(swap('  iowa:\n    site: iowa', '  iowa-main:\n    renamedFrom: iowa\n    site: iowa'), (t) =>
      t.replace('path: clusters.iowa.pools', 'path: clusters.iowa-main.pools'),
    ),
    expected: [],
  },
  {
    name: 'renaming a pool with renamedFrom',
    edit: all(swap('      mi355x:\n', '      amd:\n        renamedFrom: mi355x\n')),
    expected: [],
  },
  {
    name: 'renaming a store with renamedFrom',
    edit: all(
      swap('  phoenix-scratch: { kind: lustre', '  phoenix-fast: { renamedFrom: phoenix-scratch, kind: lustre'),
      swap('mounts: [phoenix-scratch', 'mounts: [phoenix-fast'),
    ),
    expected: [],
  },
  {
    name: 'renaming an account with renamedFrom',
    edit: all(
      swap('  google-main:\n', '  google-train:\n    renamedFrom: google-main\n'),
      swap('account: google-main', 'account: google-train'),
    ),
    expected: [],
  },
  {
    name: 'retaining objects longer on AWS',
    edit: swap('virginia, retainDays: 30', 'virginia, retainDays: 60'),
    expected: [
      '~ virginia-storage stores.virginia-checkpoints LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NoncurrentDays',
    ],
  },
  {
    name: 'retaining objects longer on Azure',
    edit: swap('site: eastus2, retainDays: 30', 'site: eastus2, retainDays: 60'),
    expected: [
      '~ eastus2-storage stores.eastus2-checkpoints blob_properties.container_delete_retention_policy.days blob_properties.delete_retention_policy.days',
    ],
  },
  {
    name: 'retaining objects longer on Google Cloud',
    edit: swap('retainDays: 7 ', 'retainDays: 30 '),
    expected: ['~ iowa-storage stores.iowa-checkpoints soft_delete_policy.retention_duration_seconds'],
  },
  {
    name: 'retaining objects longer on Oracle Cloud',
    edit: swap('site: phoenix, retainDays: 30', 'site: phoenix, retainDays: 60'),
    expected: ['~ phoenix-storage stores.phoenix-checkpoints rules'],
  },
  {
    name: 'labelling a pool on AWS',
    edit: swap('        accelerators: 512\n', '        accelerators: 512\n        labels: { example.com/team: red }\n'),
    expected: ['~ virginia-cluster clusters.virginia.pools.b300 Labels.example.com/team'],
  },
  {
    name: 'labelling a pool on Azure',
    edit: swap('nodes: 128,', 'nodes: 128, labels: { example.com/team: red },'),
    expected: ['~ southcentral-h200-cluster clusters.southcentral-h200.pools.train node_labels.example.com/team'],
  },
  {
    name: 'labelling a pool on Oracle Cloud',
    edit: swap('        nodes: 16\n', '        nodes: 16\n        labels: { example.com/team: red }\n'),
    expected: [
      'new nodes only clusters.phoenix.pools.mi355x',
      '~ phoenix-cluster clusters.phoenix.pools.mi355x initial_node_labels',
    ],
  },
  {
    name: 'tainting a pool on AWS',
    edit: swap(
      '        accelerators: 512\n',
      '        accelerators: 512\n        taints: [{ key: example.com/reserved, effect: NoSchedule }]\n',
    ),
    expected: ['~ virginia-cluster clusters.virginia.pools.b300 Taints.example.com/reserved'],
  },
  {
    name: 'tainting a pool on Azure',
    edit: swap('nodes: 128,', 'nodes: 128, taints: [{ key: example.com/reserved, effect: NoSchedule }],'),
    expected: ['~ southcentral-h200-cluster clusters.southcentral-h200.pools.train node_taints'],
  },
  {
    name: 'tainting a pool on Google Cloud',
    edit: swap(
      '        topology: 4x4x4\n',
      '        topology: 4x4x4\n        taints: [{ key: example.com/reserved, effect: NoSchedule }]\n',
    ),
    expected: ['~ iowa-cluster clusters.iowa.pools.tpu node_config.taint'],
  },
  {
    name: 'tainting a pool on Oracle Cloud',
    edit: swap(
      '        nodes: 16\n',
      '        nodes: 16\n        taints: [{ key: example.com/reserved, effect: NoSchedule }]\n',
    ),
    expected: [
      'new nodes only clusters.phoenix.pools.mi355x',
      '~ phoenix-cluster clusters.phoenix.pools.mi355x node_metadata.kubelet-extra-args',
    ],
  },
  {
    name: 'growing the system pool on AWS',
    edit: swap('    site: virginia\n', '    site: virginia\n    systemPool: { nodes: 5 }\n'),
    expected: ['~ virginia-cluster clusters.virginia.systemPool ScalingConfig.DesiredSize ScalingConfig.MaxSize'],
  },
  {
    name: 'growing the system pool on Azure',
    edit: swap('    site: eastus2\n', '    site: eastus2\n    systemPool: { nodes: 5 }\n'),
    expected: ['~ eastus2-gb300-cluster clusters.eastus2-gb300 default_node_pool.node_count'],
  },
  {
    name: 'changing the system machine on AWS',
    edit: swap('    site: virginia\n', '    site: virginia\n    systemPool: { machine: m7i.2xlarge }\n'),
    expected: [
      'rolled clusters.virginia.systemPool',
      '~ virginia-cluster clusters.virginia.systemPool LaunchTemplate.Version',
      '~ virginia-cluster clusters.virginia.systemPool LaunchTemplateData.InstanceType',
    ],
  },
  {
    name: 'changing the image of an Oracle pool',
    edit: swap(
      'ilcjhnnpcmabbfmhpnoakkjgjjfbjkpanmpmknngnogdoidoaboobmcgfdmb',
      'aacjhnnpcmabbfmhpnoakkjgjjfbjkpanmpmknngnogdoidoaboobmcgfdmb',
    ),
    expected: [
      'new nodes only clusters.phoenix.pools.mi355x',
      '~ phoenix-cluster clusters.phoenix.pools.mi355x node_source_details.image_id',
    ],
  },
  {
    name: 'keeping the state elsewhere',
    edit: swap('stores:\n', 'state: { kind: gcs, bucket: atlas-state }\nstores:\n'),
    expected: [],
  },
  {
    name: 'promising more money',
    edit: swap('amount: 250B USD', 'amount: 300B USD'),
    expected: [],
  },
  {
    name: 'excluding a block that is not used',
    edit: swap('stores:\n', 'addressing: { exclude: [10.0.0.0/12] }\nstores:\n'),
    expected: [],
  },
];
