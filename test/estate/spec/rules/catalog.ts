import type { RuleTable } from './table';

const SOURCED = { source: 'offer of 2026-10-02', checked: '2026-11' };
const GB300 = 'p6e-gb300.36xlarge';
const TRAIN = 'clusters.ohio.pools.train';
const RACKS = {
  [`${TRAIN}.accelerator`]: 'gb300',
  [`${TRAIN}.nodes`]: 18,
  [`${TRAIN}.capacity`]: {
    kind: 'capacity-block',
    ids: ['cr-0123456789abcdef0'],
    window: { start: '2026-12-01', end: '2027-05-31' },
  },
};
const aws = (type: string, row: object) => ({ catalog: { machines: { aws: { [type]: { ...row, ...SOURCED } } } } });

const largest = (cloud: string, tier: string) => ({
  catalog: { limits: { [cloud]: { largestLustre: { [tier]: { value: 512, ...SOURCED } } } } },
});

const versions = (cloud: string, version: string) => ({
  catalog: { kubernetes: { [cloud]: { versions: [version], ...SOURCED } } },
});

/** Rules on the rows that an estate adds to the catalog, and on rows that are not whole. */
export const CATALOG_RULES: Readonly<Record<string, RuleTable>> = {
  CatalogRow: {
    holds: [
      { catalog: {} },
      aws('p5en.48xlarge', { memoryGiB: 4096 }),
      largest('azure', '250'),
      versions('aws', '1.99'),
      versions('oracle', '1.99.1'),
      aws('p9.48xlarge', { like: 'p5en.48xlarge', acceleratorMemoryGiB: 300 }),
      {
        catalog: {
          accelerators: { 'npu-1': { title: 'NPU 1', vendor: 'own', resourceName: 'example.com/npu', ...SOURCED } },
          machines: { aws: { 'npu1.48xlarge': { like: 'p5en.48xlarge', accelerator: 'npu-1', ...SOURCED } } },
        },
      },
    ],
    fails: [
      [largest('azure', '300'), 'catalog.limits.azure.largestLustre.300', 'it has 40, 125, 250, 500'],
      [
        versions('aws', '1.99.1'),
        'catalog.kubernetes.aws.versions.0',
        'takes minor versions, such as "1.38", not "1.99.1"',
      ],
      [
        versions('oracle', '1.99'),
        'catalog.kubernetes.oracle.versions.0',
        'takes releases, such as "1.38.1", not "1.99"',
      ],
      [largest('google', '250'), 'catalog.limits.google.largestLustre.250', 'raises no file system'],
      [aws('p9', { vcpus: 192 }), 'catalog.machines.aws.p9', 'its row has to state "accelerators"'],
      [
        aws('p9', { like: 'p5en.48xlrge' }),
        'catalog.machines.aws.p9.like',
        'there is no built-in machine "p5en.48xlrge"; did you mean "p5en.48xlarge"?',
      ],
      [
        aws('p9', { like: 'p5en.48xlarge', accelerator: 'npu-1' }),
        'catalog.machines.aws.p9.accelerator',
        '"npu-1" is neither in the catalog nor under catalog.accelerators',
      ],
      [aws('p9', { like: 'm7i.4xlarge', accelerators: 8 }), 'catalog.machines.aws.p9', 'has 8 accelerators of no kind'],
      [
        aws('p9', { like: 'p5en.48xlarge', scaleUpNodes: 9 }),
        'catalog.machines.aws.p9.scaleUpNodes',
        'write groupNodes: 9',
      ],
    ],
  },
  MachineIncomplete: {
    holds: [
      {},
      {
        ...RACKS,
        ...aws(GB300, {
          vcpus: 144,
          memoryGiB: 960,
          scaleOutGbps: 3200,
          localNvmeGB: 22500,
          efa: { primary: 'interface', efaOnlyCards: { first: 1, last: 13, step: 4 } },
        }),
      },
      { ...RACKS, ...aws(GB300, { unpublished: [] }) },
    ],
    fails: [
      [RACKS, `${TRAIN}.accelerator`, 'AWS does not publish "vcpus", "memoryGiB", "scaleOutGbps", "localNvmeGB" and'],
      [{ ...RACKS, ...aws(GB300, { vcpus: 144 }) }, `${TRAIN}.accelerator`, 'does not publish "memoryGiB"'],
    ],
  },
};
