import type { Accelerator } from './types';

const NVIDIA = { vendor: 'nvidia', resourceName: 'nvidia.com/gpu' } as const;
const AMD = { vendor: 'amd', resourceName: 'amd.com/gpu' } as const;
const TPU = { vendor: 'google', resourceName: 'google.com/tpu' } as const;
const NEURON = { vendor: 'aws', resourceName: 'aws.amazon.com/neuron' } as const;

const ROWS: readonly Accelerator[] = [
  {
    name: 'h100',
    title: 'H100',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/h100/',
    checked: '2026-11',
  },
  {
    name: 'h200',
    title: 'H200',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/h200/',
    checked: '2026-11',
  },
  {
    name: 'b200',
    title: 'B200',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/dgx-b200/',
    checked: '2026-11',
  },
  {
    name: 'b300',
    title: 'B300',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/dgx-b300/',
    checked: '2026-11',
  },
  {
    name: 'gb200',
    title: 'GB200',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/gb200-nvl72/',
    checked: '2026-11',
  },
  {
    name: 'gb300',
    title: 'GB300',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/gb300-nvl72/',
    checked: '2026-11',
  },
  {
    name: 'mi300x',
    title: 'MI300X',
    ...AMD,
    source: 'https://www.amd.com/en/products/accelerators/instinct/mi300/mi300x.html',
    checked: '2026-11',
  },
  {
    name: 'mi355x',
    title: 'MI355X',
    ...AMD,
    source: 'https://www.amd.com/en/products/accelerators/instinct/mi350/mi355x.html',
    checked: '2026-11',
  },
  { name: 'tpu-v6e', title: 'TPU v6e', ...TPU, source: 'https://cloud.google.com/tpu/docs/v6e', checked: '2026-11' },
  { name: 'tpu-v7x', title: 'TPU v7x', ...TPU, source: 'https://cloud.google.com/tpu/docs/tpu7x', checked: '2026-11' },
  {
    name: 'trainium2',
    title: 'Trainium2',
    ...NEURON,
    source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
    checked: '2026-11',
  },
];

/** Accelerators by their key in estate files. */
export const ACCELERATORS: Readonly<Record<string, Accelerator>> = Object.fromEntries(
  ROWS.map((row) => [row.name, row]),
);
