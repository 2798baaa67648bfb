import type { RegionCatalog, RegionRow, Sourced } from './types';

const SDK = {
  source: 'oracle/terraform-provider-oci v8.28.0 vendor/github.com/oracle/oci-go-sdk/v65/common/regions.go',
  checked: '2026-11',
} as const satisfies Sourced;
const DOMAIN_LIST = {
  source: 'https://docs.oracle.com/en-us/iaas/Content/General/Concepts/regions.htm',
  checked: '2026-11',
  unverified:
    'keys and realm are those of the SDK; the numbers and names of availability domains from general knowledge',
} as const satisfies Sourced;

/** The three letters that stand for each region in old ids and in the names of its services. */
const KEYS = {
  'af-casablanca-1': 'lej',
  'af-johannesburg-1': 'jnb',
  'ap-batam-1': 'hsg',
  'ap-chuncheon-1': 'yny',
  'ap-delhi-1': 'onm',
  'ap-hyderabad-1': 'hyd',
  'ap-kulai-2': 'jbp',
  'ap-melbourne-1': 'mel',
  'ap-mumbai-1': 'bom',
  'ap-osaka-1': 'kix',
  'ap-seoul-1': 'icn',
  'ap-singapore-1': 'sin',
  'ap-singapore-2': 'xsp',
  'ap-sydney-1': 'syd',
  'ap-tokyo-1': 'nrt',
  'ca-montreal-1': 'yul',
  'ca-toronto-1': 'yyz',
  'eu-amsterdam-1': 'ams',
  'eu-frankfurt-1': 'fra',
  'eu-madrid-1': 'mad',
  'eu-madrid-3': 'orf',
  'eu-marseille-1': 'mrs',
  'eu-milan-1': 'lin',
  'eu-paris-1': 'cdg',
  'eu-stockholm-1': 'arn',
  'eu-turin-1': 'nrq',
  'eu-zurich-1': 'zrh',
  'il-jerusalem-1': 'mtz',
  'me-abudhabi-1': 'auh',
  'me-dubai-1': 'dxb',
  'me-jeddah-1': 'jed',
  'me-riyadh-1': 'ruh',
  'mx-monterrey-1': 'mty',
  'mx-queretaro-1': 'qro',
  'sa-bogota-1': 'bog',
  'sa-santiago-1': 'scl',
  'sa-saopaulo-1': 'gru',
  'sa-valparaiso-1': 'vap',
  'sa-vinhedo-1': 'vcp',
  'uk-cardiff-1': 'cwl',
  'uk-london-1': 'lhr',
  'us-ashburn-1': 'iad',
  'us-chicago-1': 'ord',
  'us-phoenix-1': 'phx',
  'us-saltlake-2': 'aga',
  'us-sanjose-1': 'sjc',
} as const satisfies Readonly<Record<string, string>>;

type Region = keyof typeof KEYS;

/** Regions that have more availability domains than one. */
const DOMAINS: Readonly<Partial<Record<Region, number>>> = {
  'eu-frankfurt-1': 3,
  'uk-london-1': 3,
  'us-ashburn-1': 3,
  'us-phoenix-1': 3,
};

/** Availability domains of the two oldest regions have names of their own. */
const DOMAIN_NAMES: Readonly<Partial<Record<Region, string>>> = {
  'us-ashburn-1': 'US-ASHBURN',
  'us-phoenix-1': 'PHX',
};

function regionRow(region: Region): RegionRow {
  const name = DOMAIN_NAMES[region] ?? region.toUpperCase();
  const zones = Array.from({ length: DOMAINS[region] ?? 1 }, (_, index) => `${name}-AD-${index + 1}`);
  return {
    zones,
    key: KEYS[region],
    realm: 'oc1',
    ...DOMAIN_LIST,
  };
}

const REGIONS = Object.keys(KEYS) as Region[];

/** The commercial regions of Oracle Cloud. */
export const oracleRegions: RegionCatalog = {
  names: REGIONS,
  rows: Object.fromEntries(REGIONS.map((region) => [region, regionRow(region)])),
  ...SDK,
};
