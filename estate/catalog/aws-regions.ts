import type { RegionCatalog, RegionRow, RemoteZone, Sourced } from './types';

const ZONES = 'https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html';
const LOCAL_ZONES = 'https://docs.aws.amazon.com/local-zones/latest/ug/available-local-zones.html';

/** Partitions by how the names of their regions begin, the longest first; an account lives in one of them. */
export const AWS_PARTITIONS: { readonly rows: readonly (readonly [start: string, partition: string])[] } & Sourced = {
  rows: [
    ['us-gov-', 'aws-us-gov'],
    ['eusc-', 'aws-eusc'],
    ['cn-', 'aws-cn'],
    ['', 'aws'],
  ],
  source: 'aws-cdk-lib 2.276.0 region-info RegionInfo.partition',
  checked: '2026-11',
};

/** The partition of a region, which its ARNs begin with: `aws` of `us-east-1`. */
export function partitionOf(region: string): string {
  return AWS_PARTITIONS.rows.find(([start]) => region.startsWith(start))?.[1] ?? 'aws';
}

/**
 * The region of what exists once for an account, by the partition of one of its regions.
 *
 * Fixed, not the first region of the estate: a site in another region must not move the alerts.
 */
export function homeRegion(region: string): string {
  if (region.startsWith('us-gov-')) return 'us-gov-west-1';
  if (region.startsWith('cn-')) return 'cn-north-1';
  if (region.startsWith('eusc-')) return 'eusc-de-east-1';
  return 'us-east-1';
}

/** Letters that zones have in some account: older accounts map them each in their own way and miss some of them. */
const LETTERS: Readonly<Record<string, string>> = {
  'af-south-1': 'abc',
  'ap-east-1': 'abc',
  'ap-east-2': 'abc',
  'ap-northeast-1': 'abcd',
  'ap-northeast-2': 'abcd',
  'ap-northeast-3': 'abc',
  'ap-south-1': 'abc',
  'ap-south-2': 'abc',
  'ap-southeast-1': 'abc',
  'ap-southeast-2': 'abc',
  'ap-southeast-3': 'abc',
  'ap-southeast-4': 'abc',
  'ap-southeast-5': 'abc',
  'ap-southeast-6': 'abc',
  'ap-southeast-7': 'abc',
  'ca-central-1': 'abcd',
  'ca-west-1': 'abc',
  'cn-north-1': 'abcd',
  'cn-northwest-1': 'abc',
  'eu-central-1': 'abc',
  'eu-central-2': 'abc',
  'eu-north-1': 'abc',
  'eu-south-1': 'abc',
  'eu-south-2': 'abc',
  'eu-west-1': 'abc',
  'eu-west-2': 'abc',
  'eu-west-3': 'abc',
  'eusc-de-east-1': 'abc',
  'il-central-1': 'abc',
  'me-central-1': 'abc',
  'me-south-1': 'abc',
  'me-west-1': 'abc',
  'mx-central-1': 'abc',
  'sa-east-1': 'abc',
  'us-east-1': 'abcdef',
  'us-east-2': 'abc',
  'us-gov-east-1': 'abc',
  'us-gov-west-1': 'abc',
  'us-west-1': 'abc',
  'us-west-2': 'abcd',
};

/** Local Zones by region, each with the id of the zone that it hangs on as far as it was read. */
const LOCAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'af-south-1': { 'los-1a': '' },
  'ap-northeast-1': { 'tpe-1a': '' },
  'ap-south-1': { 'ccu-1a': '', 'ccu-2a': '', 'del-1a': '', 'del-2a': '' },
  'ap-southeast-1': { 'bkk-1a': '', 'han-1a': '', 'mnl-1a': '' },
  'ap-southeast-2': { 'akl-1a': '', 'per-1a': '' },
  'eu-central-1': { 'ath-1a': '', 'ham-1a': '', 'ist-1a': '', 'waw-1a': '' },
  'eu-north-1': { 'cph-1a': '', 'hel-1a': '' },
  'me-south-1': { 'mct-1a': '' },
  'us-east-1': {
    'atl-1a': 'use1-az4',
    'atl-2a': 'use1-az5',
    'bos-1a': 'use1-az4',
    'bue-1a': '',
    'chi-1a': 'use1-az5',
    'chi-2a': 'use1-az6',
    'dfw-1a': '',
    'dfw-2a': 'use1-az4',
    'iah-1a': '',
    'iah-2a': '',
    'lim-1a': '',
    'mci-1a': '',
    'mia-1a': 'use1-az2',
    'mia-2a': '',
    'msp-1a': '',
    'nyc-1a': '',
    'nyc-2a': '',
    'phl-1a': '',
    'qro-1a': 'use1-az1',
    'scl-1a': '',
  },
  'us-east-2': { 'mci-1a': '', 'mci-1b': '' },
  'us-west-2': {
    'den-1a': '',
    'hnl-1a': '',
    'las-1a': '',
    'las-1b': '',
    'lax-1a': '',
    'lax-1b': '',
    'pdx-1a': '',
    'phx-1a': '',
    'phx-2a': '',
    'sea-1a': '',
  },
};

/** Types of resources that a region lacks; CDK knows none of eusc-de-east-1 and me-west-1 and lets all pass there. */
const LACKS: Readonly<Record<string, readonly string[]>> = { 'ap-southeast-6': ['AWS::FSx::FileSystem'] };
const VALIDATION = '@aws/cloudformation-validate 1.14.0, rule F3006';

function row(name: string, letters: string): RegionRow {
  const lacks = LACKS[name];
  const local = Object.entries(LOCAL[name] ?? {}).map(([zone, parent]): readonly [string, RemoteZone] => [
    `${name}-${zone}`,
    parent === '' ? {} : { parent },
  ]);
  return {
    zones: [...letters].map((letter) => `${name}${letter}`),
    ...(local.length > 0 && { remoteZones: Object.fromEntries(local) }),
    ...(lacks !== undefined && { lacks }),
    source: [ZONES, ...(local.length > 0 ? [LOCAL_ZONES] : []), ...(lacks === undefined ? [] : [VALIDATION])].join(
      '; ',
    ),
    checked: '2026-11',
    unverified: 'the page counts zones by their id; the letters are those seen in public lists',
  };
}

/** The regions of AWS. */
export const AWS_REGIONS: RegionCatalog = {
  names: Object.keys(LETTERS),
  rows: Object.fromEntries(Object.entries(LETTERS).map(([name, letters]) => [name, row(name, letters)])),
  source: 'aws-cdk-lib 2.276.0 region-info RegionInfo.regions',
  checked: '2026-11',
};
