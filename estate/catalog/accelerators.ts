import type { Accelerator, MachineBase, WithheldRow } from './types';

const NVIDIA = { vendor: 'nvidia', resourceName: 'nvidia.com/gpu' } as const;
const AMD = { vendor: 'amd', resourceName: 'amd.com/gpu' } as const;
const TPU = { vendor: 'google', resourceName: 'google.com/tpu' } as const;
const NEURON = { vendor: 'aws', resourceName: 'aws.amazon.com/neuron' } as const;

const ROWS: readonly Accelerator[] = [
  {
    name: 'a100',
    title: 'A100',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/a100/',
    checked: '2026-11',
  },
  {
    name: 'l40s',
    title: 'L40S',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/l40s/',
    checked: '2026-11',
  },
  {
    name: 'rtx-pro-4500',
    title: 'RTX PRO 4500',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/products/workstations/professional-desktop-gpus/rtx-pro-4500/',
    checked: '2026-11',
  },
  {
    name: 'rtx-pro-6000',
    title: 'RTX PRO 6000',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/rtx-pro-6000-blackwell-server-edition/',
    checked: '2026-11',
  },
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
  { name: 'tpu-v5p', title: 'TPU v5p', ...TPU, source: 'https://cloud.google.com/tpu/docs/v5p', checked: '2026-11' },
  { name: 'tpu-v6e', title: 'TPU v6e', ...TPU, source: 'https://cloud.google.com/tpu/docs/v6e', checked: '2026-11' },
  { name: 'tpu-v7x', title: 'TPU v7x', ...TPU, source: 'https://cloud.google.com/tpu/docs/tpu7x', checked: '2026-11' },
  {
    name: 'trainium1',
    title: 'Trainium1',
    ...NEURON,
    source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
    checked: '2026-11',
  },
  {
    name: 'trainium2',
    title: 'Trainium2',
    ...NEURON,
    source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
    checked: '2026-11',
  },
  {
    name: 'trainium3',
    title: 'Trainium3',
    ...NEURON,
    source: 'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/about-neuron/arch/neuron-hardware/trn3-arch.html',
    checked: '2026-11',
  },
];

/** Accelerators by their key in estate files. */
export const ACCELERATORS: Readonly<Record<string, Accelerator>> = Object.fromEntries(
  ROWS.map((row) => [row.name, row]),
);

/** What providers sell without saying enough for a row; an estate that knows more writes one under `catalog:`. */
export const WITHHELD: readonly WithheldRow[] = [
  {
    cloud: 'aws',
    accelerator: 'trainium3',
    reason: 'AWS sells Trn3 UltraServers but publishes neither the name nor the size of an instance type',
    source: 'https://aws.amazon.com/ec2/ultraservers/',
    checked: '2026-11',
  },
];

/** The resource under which Kubernetes counts the accelerators of a machine; undefined for CPU machines. */
export function resourceNameOf({ accelerator, resourceName }: MachineBase): string | undefined {
  return resourceName ?? (accelerator === undefined ? undefined : ACCELERATORS[accelerator]?.resourceName);
}
