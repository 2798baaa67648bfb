import { all, type EditRow, swap } from './scene';

const owners = swap(
  '\naccounts:\n',
  '\nowners:\n  research: { team: research, email: research@example.com, costCenter: cc-2077 }\n\naccounts:\n',
);

/** Edits of the default estate that say whose something is, with everything that they do. */
export const OWNED: readonly EditRow[] = [
  { name: 'adding an owner that owns nothing yet', edit: owners, expected: [] },
  {
    name: 'naming an owner of a pool on AWS',
    edit: all(owners, swap('        accelerator: b300\n', '        owner: research\n        accelerator: b300\n')),
    expected: ['~ virginia-cluster clusters.virginia.pools.b300 Tags.cost-center Tags.team'],
  },
  {
    name: 'naming an owner of a pool on Azure',
    edit: all(owners, swap('train: { accelerator: gb300,', 'train: { owner: research, accelerator: gb300,')),
    expected: ['~ eastus2-gb300-cluster clusters.eastus2-gb300.pools.train tags.cost-center tags.team'],
  },
  {
    name: 'naming an owner of a pool on Google Cloud',
    edit: all(
      owners,
      swap('        accelerator: tpu-v7x\n', '        owner: research\n        accelerator: tpu-v7x\n'),
    ),
    expected: [
      '~ iowa-cluster clusters.iowa.pools.tpu node_config.resource_labels.cost-center node_config.resource_labels.team',
    ],
  },
  {
    name: 'naming an owner of a pool on Oracle Cloud',
    edit: all(owners, swap('        accelerator: mi355x\n', '        owner: research\n        accelerator: mi355x\n')),
    expected: [
      '~ phoenix-cluster clusters.phoenix.pools.mi355x defined_tags.atlas-oracle-main.cost-center defined_tags.atlas-oracle-main.team freeform_tags.cost-center freeform_tags.team node_config_details.freeform_tags.cost-center node_config_details.freeform_tags.team',
    ],
  },
  {
    name: 'naming an owner of an account, who gets its alerts',
    edit: all(owners, swap('    accountId: "111122223333"\n', '    accountId: "111122223333"\n    owner: research\n')),
    expected: [
      '-/+ aws-main-foundation accounts.aws-main Endpoint',
      '~ aws-main-foundation accounts.aws-main Tags.cost-center Tags.team',
      '~ virginia-cluster clusters.virginia Tags.cost-center Tags.team',
      '~ virginia-cluster clusters.virginia.pools.b300 Tags.cost-center Tags.team',
      '~ virginia-cluster clusters.virginia.pools.gb200 Tags.cost-center Tags.team',
      '~ virginia-cluster clusters.virginia.systemPool Tags.cost-center Tags.team',
      '~ virginia-network sites.virginia Tags.cost-center Tags.team',
      '~ virginia-storage sites.virginia Tags.cost-center Tags.team',
      '~ virginia-storage stores.virginia-checkpoints Tags.cost-center Tags.team',
      '~ virginia-storage stores.virginia-scratch Tags.cost-center Tags.team',
    ],
  },
  {
    name: 'giving a pool of racks a tag on Oracle Cloud',
    edit: swap(
      '      gb300:\n        accelerator: gb300\n',
      '      gb300:\n        tags: { project: vision }\n        accelerator: gb300\n',
    ),
    expected: ['~ phoenix-cluster clusters.phoenix.pools.gb300 freeform_tags.project'],
  },
  {
    name: 'giving a cluster a tag on Google Cloud',
    edit: swap('  iowa:\n    site: iowa\n', '  iowa:\n    tags: { project: vision }\n    site: iowa\n'),
    expected: [
      '~ iowa-cluster clusters.iowa labels.project',
      '~ iowa-cluster clusters.iowa resource_labels.project',
      '~ iowa-cluster clusters.iowa.pools.gb200 node_config.resource_labels.project',
      '~ iowa-cluster clusters.iowa.pools.tpu node_config.resource_labels.project',
      '~ iowa-cluster clusters.iowa.systemPool node_config.resource_labels.project',
    ],
  },
  {
    name: 'giving stores tags on all clouds',
    edit: all(
      swap('virginia-checkpoints: { kind: object,', 'virginia-checkpoints: { tags: { project: vision }, kind: object,'),
      swap('eastus2-scratch: { kind: lustre,', 'eastus2-scratch: { tags: { project: vision }, kind: lustre,'),
      swap('iowa-scratch: { kind: lustre,', 'iowa-scratch: { tags: { project: vision }, kind: lustre,'),
      swap('phoenix-scratch: { kind: lustre,', 'phoenix-scratch: { tags: { project: vision }, kind: lustre,'),
    ),
    expected: [
      '~ eastus2-storage stores.eastus2-scratch tags.project',
      '~ iowa-storage stores.iowa-scratch labels.project',
      '~ phoenix-storage stores.phoenix-scratch freeform_tags.project',
      '~ virginia-storage stores.virginia-checkpoints Tags.project',
    ],
  },
];
