import { type EditRow, swap } from './scene';

/** Edits that make smaller what stays, with everything that they do. */
export const SHRUNK: readonly EditRow[] = [
  {
    name: 'holding back another tray of Azure racks',
    edit: swap('spareTraysPerRack: 1', 'spareTraysPerRack: 2'),
    expected: [
      'lost clusters.eastus2-gb300.pools.train 8 nodes 32 accelerators',
      'protected clusters.eastus2-gb300.pools.train',
      '~ eastus2-gb300-cluster clusters.eastus2-gb300.pools.train node_count',
    ],
  },
  {
    name: 'changing the machine of an AWS pool',
    edit: swap('accelerator: b300\n        accelerators: 512', 'accelerator: b200\n        accelerators: 512'),
    expected: [
      'lost clusters.virginia.pools.b300 512 accelerators',
      'protected clusters.virginia.pools.b300',
      'rolled clusters.virginia.pools.b300',
      '~ virginia-cluster clusters.virginia.pools.b300 LaunchTemplate.Version',
      '~ virginia-cluster clusters.virginia.pools.b300 LaunchTemplateData.InstanceType LaunchTemplateData.NetworkInterfaces',
    ],
  },
];
