import { type EditRow, swap } from './scene';

const IMAGE = 'ocid1.image.oc1.phx.fbilghogfcfdbmfpohocfnglcmdleopgcceohnjankcajbjghnneholaiclc';

/** Edits of the pools of the default estate that add one beside training, with everything that they do. */
export const POOLS: readonly EditRow[] = [
  {
    name: 'adding CPU nodes on AWS',
    edit: swap('      b300:\n', '      data: { machine: m7i.8xlarge, nodes: 4, zone: us-east-1a }\n      b300:\n'),
    expected: ['+ virginia-cluster clusters.virginia.pools.data'],
  },
  {
    name: 'adding CPU nodes on Azure',
    edit: swap(
      '    pools:\n      train: { accelerator: h200',
      '    pools:\n      data: { machine: Standard_D32ads_v5, nodes: 4, zone: "1" }\n      train: { accelerator: h200',
    ),
    expected: ['+ southcentral-h200-cluster clusters.southcentral-h200.pools.data'],
  },
  {
    name: 'adding CPU nodes on Google Cloud',
    edit: swap('      tpu:\n', '      data: { machine: n4-standard-32, nodes: 4, zone: us-central1-b }\n      tpu:\n'),
    expected: ['+ iowa-cluster clusters.iowa.pools.data'],
  },
  {
    name: 'adding CPU nodes on Oracle Cloud',
    edit: swap(
      '      mi355x:\n',
      `      data: { machine: VM.Standard.E5.Flex, nodes: 4, zone: "Uocm:PHX-AD-2", image: ${IMAGE} }\n      mi355x:\n`,
    ),
    expected: ['+ phoenix-cluster clusters.phoenix.pools.data'],
  },
];
