import type { Cloud, Sourced } from './types';

/** What an accelerator and the system around it draw under full load. */
export interface PowerRow extends Sourced {
  /** Accelerator key. */
  readonly accelerator: string;
  /** One accelerator alone, W; absent where its maker publishes no figure. */
  readonly watts?: number;
  /** The system that it comes in, with processors, network, cooling and conversion losses. @default none published */
  readonly system?: {
    readonly name: string;
    /** What it is: a node, or a whole rack with its switch trays. */
    readonly kind: 'node' | 'rack';
    readonly accelerators: number;
    readonly watts: number;
  };
}

/** How much more a data center draws than its machines: power usage effectiveness. */
export interface PueRow extends Sourced {
  readonly pue: number;
}

const NO_FIGURE = (maker: string) => `${maker} publishes no power figure`;

const ROWS: readonly PowerRow[] = [
  {
    accelerator: 'a100',
    watts: 400,
    system: { name: 'DGX A100', kind: 'node', accelerators: 8, watts: 6500 },
    source: 'https://docs.nvidia.com/dgx/dgxa100-user-guide/introduction-to-dgxa100.html',
    checked: '2026-11',
    unverified: 'the figure of the system, from general knowledge',
  },
  {
    accelerator: 'h100',
    watts: 700,
    system: { name: 'DGX H100', kind: 'node', accelerators: 8, watts: 10_200 },
    source: 'https://docs.nvidia.com/dgx/dgxh100-user-guide/introduction-to-dgxh100.html',
    checked: '2026-11',
  },
  {
    accelerator: 'h200',
    watts: 700,
    system: { name: 'DGX H200', kind: 'node', accelerators: 8, watts: 10_200 },
    source: 'https://docs.nvidia.com/dgx/dgxh100-user-guide/introduction-to-dgxh100.html',
    checked: '2026-11',
  },
  {
    accelerator: 'b200',
    watts: 1000,
    system: { name: 'DGX B200', kind: 'node', accelerators: 8, watts: 14_300 },
    source: 'https://docs.nvidia.com/dgx/dgxb200-user-guide/introduction-to-dgxb200.html',
    checked: '2026-11',
  },
  {
    accelerator: 'b300',
    watts: 1400,
    system: { name: 'DGX B300', kind: 'node', accelerators: 8, watts: 14_500 },
    source: 'https://docs.nvidia.com/dgx/dgxb300-user-guide/introduction-to-dgxb300.html',
    checked: '2026-11',
    unverified: 'read in reports about the guide, not in the guide itself',
  },
  {
    accelerator: 'gb200',
    watts: 1200,
    system: { name: 'GB200 NVL72', kind: 'rack', accelerators: 72, watts: 132_000 },
    source:
      'https://docs.nvidia.com/base-command-manager/product-manuals/nvidia-mission-control/powershelf.md ' +
      '(8 shelves of 33 kW, half of them spare)',
    checked: '2026-11',
    unverified: 'that half of the power shelves are spare; usual figures are 120 to 132 kW',
  },
  {
    accelerator: 'gb300',
    watts: 1400,
    system: { name: 'GB300 NVL72', kind: 'rack', accelerators: 72, watts: 140_000 },
    source: 'https://www.serversimply.com/blog/inside-supermicro-gb300-nvl72',
    checked: '2026-11',
    unverified: 'the upper end of 132 to 140 kW, as a seller quotes the brochure of Supermicro',
  },
  {
    accelerator: 'l40s',
    watts: 350,
    source: 'https://www.nvidia.com/en-us/data-center/l40s/',
    checked: '2026-11',
    unverified: 'from general knowledge',
  },
  {
    accelerator: 'rtx-pro-4500',
    watts: 200,
    source: 'https://technical.city/en/video/RTX-PRO-6000-Blackwell-Server-vs-RTX-PRO-4500-Blackwell',
    checked: '2026-11',
    unverified: 'the figure of the workstation card',
  },
  {
    accelerator: 'rtx-pro-6000',
    watts: 600,
    source: 'https://technical.city/en/video/RTX-PRO-6000-Blackwell-Server-vs-RTX-PRO-4500-Blackwell',
    checked: '2026-11',
  },
  {
    accelerator: 'mi300x',
    watts: 750,
    source: 'https://www.amd.com/en/products/accelerators/instinct/mi300/mi300x.html',
    checked: '2026-11',
  },
  {
    accelerator: 'mi355x',
    watts: 1400,
    source: 'https://www.theregister.com/2025/06/12/amd_mi355x/',
    checked: '2026-11',
  },
  {
    accelerator: 'tpu-v5p',
    source: 'https://cloud.google.com/tpu/docs/v5p',
    checked: '2026-11',
    unverified: NO_FIGURE('Google'),
  },
  {
    accelerator: 'tpu-v6e',
    source: 'https://cloud.google.com/tpu/docs/v6e',
    checked: '2026-11',
    unverified: NO_FIGURE('Google'),
  },
  {
    accelerator: 'tpu-v7x',
    source: 'https://cloud.google.com/tpu/docs/tpu7x',
    checked: '2026-11',
    unverified: NO_FIGURE('Google'),
  },
  {
    accelerator: 'trainium1',
    source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
    checked: '2026-11',
    unverified: NO_FIGURE('AWS'),
  },
  {
    accelerator: 'trainium2',
    source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
    checked: '2026-11',
    unverified: NO_FIGURE('AWS'),
  },
  {
    accelerator: 'trainium3',
    source: 'https://aws.amazon.com/ai/machine-learning/trainium/',
    checked: '2026-11',
    unverified: NO_FIGURE('AWS'),
  },
];

/** Power by accelerator key. */
export const POWER: Readonly<Record<string, PowerRow>> = Object.fromEntries(ROWS.map((row) => [row.accelerator, row]));

/** Average PUE of each provider's data centers: what a site is counted with unless the estate says better. */
export const PUE: Readonly<Record<Cloud, PueRow>> = {
  aws: { pue: 1.14, source: 'https://sustainability.aboutamazon.com/products-services/aws-cloud', checked: '2026-11' },
  azure: {
    pue: 1.17,
    source: 'https://datacenters.microsoft.com/sustainability/efficiency/',
    checked: '2026-11',
    unverified: 'fiscal year 2025, read in a report about the page',
  },
  google: {
    pue: 1.1,
    source: 'https://www.datacenterdynamics.com/en/news/aws-global-data-centers-achieved-pue-of-115-in-2023/',
    checked: '2026-11',
  },
  oracle: {
    pue: 1.25,
    source: 'https://sustainability.aboutamazon.com/products-services/aws-cloud (IDC, average of public clouds)',
    checked: '2026-11',
    unverified: 'Oracle publishes no average, only "as low as 1.15"',
  },
};
