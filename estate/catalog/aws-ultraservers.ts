import type { UltraServer } from './types';

const P6E = {
  machine: 'p6e-gb200.36xlarge',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-nvidia-ultraserver.html',
  checked: '2026-11',
} as const;

const ROWS: readonly UltraServer[] = [
  { ...P6E, type: 'u-p6e-gb200x72', nodes: 18 },
  { ...P6E, type: 'u-p6e-gb200x36', nodes: 9 },
  {
    type: 'u-trn2x64',
    machine: 'trn2u.48xlarge',
    nodes: 4,
    source: 'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/about-neuron/arch/neuron-hardware/trn2-arch.html',
    checked: '2026-11',
  },
];

/** UltraServers of AWS by their name: whole ones are what a machine's row says, half ones have to be named. */
export const AWS_ULTRASERVERS: Readonly<Record<string, UltraServer>> = Object.fromEntries(
  ROWS.map((row) => [row.type, row]),
);
