import type { Accelerator, PowerFigure, WithheldRow } from './types';

const NVIDIA = { vendor: 'nvidia', resourceName: 'nvidia.com/gpu' } as const;
const AMD = { vendor: 'amd', resourceName: 'amd.com/gpu' } as const;
const TPU = { vendor: 'google', resourceName: 'google.com/tpu' } as const;
const NEURON = { vendor: 'aws', resourceName: 'aws.amazon.com/neuron' } as const;

/** A built-in accelerator: what it draws, or that nobody says so, is known of each. */
export interface BuiltInAccelerator extends Accelerator {
  readonly power: PowerFigure;
}

const NO_FIGURE = (maker: string) => `${maker} publishes no power figure`;

const ROWS: readonly BuiltInAccelerator[] = [
  {
    name: 'a100',
    title: 'A100',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/a100/',
    checked: '2026-11',
    power: {
      watts: 400,
      system: { name: 'DGX A100', kind: 'node', accelerators: 8, watts: 6500 },
      source: 'https://docs.nvidia.com/dgx/dgxa100-user-guide/introduction-to-dgxa100.html',
      checked: '2026-11',
      unverified: 'the figure of the system, from general knowledge',
    },
  },
  {
    name: 'l40s',
    title: 'L40S',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/l40s/',
    checked: '2026-11',
    power: {
      watts: 350,
      source: 'https://www.nvidia.com/en-us/data-center/l40s/',
      checked: '2026-11',
      unverified: 'from general knowledge',
    },
  },
  {
    name: 'rtx-pro-4500',
    title: 'RTX PRO 4500',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/products/workstations/professional-desktop-gpus/rtx-pro-4500/',
    checked: '2026-11',
    power: {
      watts: 200,
      source: 'https://technical.city/en/video/RTX-PRO-6000-Blackwell-Server-vs-RTX-PRO-4500-Blackwell',
      checked: '2026-11',
      unverified: 'the figure of the workstation card',
    },
  },
  {
    name: 'rtx-pro-6000',
    title: 'RTX PRO 6000',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/rtx-pro-6000-blackwell-server-edition/',
    checked: '2026-11',
    power: {
      watts: 600,
      source: 'https://technical.city/en/video/RTX-PRO-6000-Blackwell-Server-vs-RTX-PRO-4500-Blackwell',
      checked: '2026-11',
    },
  },
  {
    name: 'h100',
    title: 'H100',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/h100/',
    checked: '2026-11',
    power: {
      watts: 700,
      system: { name: 'DGX H100', kind: 'node', accelerators: 8, watts: 10_200 },
      source: 'https://docs.nvidia.com/dgx/dgxh100-user-guide/introduction-to-dgxh100.html',
      checked: '2026-11',
    },
  },
  {
    name: 'h200',
    title: 'H200',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/h200/',
    checked: '2026-11',
    power: {
      watts: 700,
      system: { name: 'DGX H200', kind: 'node', accelerators: 8, watts: 10_200 },
      source: 'https://docs.nvidia.com/dgx/dgxh100-user-guide/introduction-to-dgxh100.html',
      checked: '2026-11',
    },
  },
  {
    name: 'b200',
    title: 'B200',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/dgx-b200/',
    checked: '2026-11',
    power: {
      watts: 1000,
      system: { name: 'DGX B200', kind: 'node', accelerators: 8, watts: 14_300 },
      source: 'https://docs.nvidia.com/dgx/dgxb200-user-guide/introduction-to-dgxb200.html',
      checked: '2026-11',
    },
  },
  {
    name: 'b300',
    title: 'B300',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/dgx-b300/',
    checked: '2026-11',
    power: {
      watts: 1400,
      system: { name: 'DGX B300', kind: 'node', accelerators: 8, watts: 14_500 },
      source: 'https://docs.nvidia.com/dgx/dgxb300-user-guide/introduction-to-dgxb300.html',
      checked: '2026-11',
      unverified: 'read in reports about the guide, not in the guide itself',
    },
  },
  {
    name: 'gb200',
    title: 'GB200',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/gb200-nvl72/',
    checked: '2026-11',
    power: {
      watts: 1200,
      system: { name: 'GB200 NVL72', kind: 'rack', accelerators: 72, watts: 132_000 },
      source:
        'https://docs.nvidia.com/base-command-manager/product-manuals/nvidia-mission-control/powershelf.md ' +
        '(8 shelves of 33 kW, half of them spare)',
      checked: '2026-11',
      unverified: 'that half of the power shelves are spare; usual figures are 120 to 132 kW',
    },
  },
  {
    name: 'gb300',
    title: 'GB300',
    ...NVIDIA,
    source: 'https://www.nvidia.com/en-us/data-center/gb300-nvl72/',
    checked: '2026-11',
    power: {
      watts: 1400,
      system: { name: 'GB300 NVL72', kind: 'rack', accelerators: 72, watts: 140_000 },
      source: 'https://www.serversimply.com/blog/inside-supermicro-gb300-nvl72',
      checked: '2026-11',
      unverified: 'the upper end of 132 to 140 kW, as a seller quotes the brochure of Supermicro',
    },
  },
  {
    name: 'mi300x',
    title: 'MI300X',
    ...AMD,
    source: 'https://www.amd.com/en/products/accelerators/instinct/mi300/mi300x.html',
    checked: '2026-11',
    power: {
      watts: 750,
      source: 'https://www.amd.com/en/products/accelerators/instinct/mi300/mi300x.html',
      checked: '2026-11',
    },
  },
  {
    name: 'mi355x',
    title: 'MI355X',
    ...AMD,
    source: 'https://www.amd.com/en/products/accelerators/instinct/mi350/mi355x.html',
    checked: '2026-11',
    power: {
      watts: 1400,
      source: 'https://www.theregister.com/2025/06/12/amd_mi355x/',
      checked: '2026-11',
    },
  },
  {
    name: 'tpu-v5p',
    title: 'TPU v5p',
    ...TPU,
    source: 'https://cloud.google.com/tpu/docs/v5p',
    checked: '2026-11',
    power: {
      source: 'https://cloud.google.com/tpu/docs/v5p',
      checked: '2026-11',
      unverified: NO_FIGURE('Google'),
    },
  },
  {
    name: 'tpu-v6e',
    title: 'TPU v6e',
    ...TPU,
    source: 'https://cloud.google.com/tpu/docs/v6e',
    checked: '2026-11',
    power: {
      source: 'https://cloud.google.com/tpu/docs/v6e',
      checked: '2026-11',
      unverified: NO_FIGURE('Google'),
    },
  },
  {
    name: 'tpu-v7x',
    title: 'TPU v7x',
    ...TPU,
    source: 'https://cloud.google.com/tpu/docs/tpu7x',
    checked: '2026-11',
    power: {
      source: 'https://cloud.google.com/tpu/docs/tpu7x',
      checked: '2026-11',
      unverified: NO_FIGURE('Google'),
    },
  },
  {
    name: 'trainium1',
    title: 'Trainium1',
    ...NEURON,
    source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
    checked: '2026-11',
    power: {
      source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
      checked: '2026-11',
      unverified: NO_FIGURE('AWS'),
    },
  },
  {
    name: 'trainium2',
    title: 'Trainium2',
    ...NEURON,
    source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
    checked: '2026-11',
    power: {
      source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
      checked: '2026-11',
      unverified: NO_FIGURE('AWS'),
    },
  },
  {
    name: 'trainium3',
    title: 'Trainium3',
    ...NEURON,
    source: 'https://awsdocs-neuron.readthedocs-hosted.com/en/latest/about-neuron/arch/neuron-hardware/trn3-arch.html',
    checked: '2026-11',
    power: {
      source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
      checked: '2026-11',
      unverified: NO_FIGURE('AWS'),
    },
  },
];

/** Accelerators by their key in estate files. */
export const ACCELERATORS: Readonly<Record<string, BuiltInAccelerator>> = Object.fromEntries(
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
