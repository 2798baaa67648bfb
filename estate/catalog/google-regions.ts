import type { RegionCatalog, RegionRow, RemoteZone } from './types';

const ZONES = 'https://docs.cloud.google.com/compute/docs/regions-zones';
const AI_ZONES = 'https://docs.cloud.google.com/compute/docs/regions-zones/ai-zones';

/** Letters of the zones of each region, the same in every project. */
const LETTERS: Readonly<Record<string, string>> = {
  'africa-south1': 'abc',
  'asia-east1': 'abc',
  'asia-east2': 'abc',
  'asia-northeast1': 'abc',
  'asia-northeast2': 'abc',
  'asia-northeast3': 'abc',
  'asia-south1': 'abc',
  'asia-south2': 'abc',
  'asia-southeast1': 'abc',
  'asia-southeast2': 'abc',
  'australia-southeast1': 'abc',
  'australia-southeast2': 'abc',
  'europe-central2': 'abc',
  'europe-north1': 'abc',
  'europe-north2': 'abc',
  'europe-southwest1': 'abc',
  'europe-west1': 'bcd',
  'europe-west2': 'abc',
  'europe-west3': 'abc',
  'europe-west4': 'abc',
  'europe-west6': 'abc',
  'europe-west8': 'abc',
  'europe-west9': 'abc',
  'europe-west10': 'abc',
  'europe-west12': 'abc',
  'me-central1': 'abc',
  'me-central2': 'abc',
  'me-west1': 'abc',
  'northamerica-northeast1': 'abc',
  'northamerica-northeast2': 'abc',
  'northamerica-south1': 'abc',
  'southamerica-east1': 'abc',
  'southamerica-west1': 'abc',
  'us-central1': 'abcf',
  'us-east1': 'bcd',
  'us-east4': 'abc',
  'us-east5': 'abc',
  'us-south1': 'abc',
  'us-west1': 'abc',
  'us-west2': 'abc',
  'us-west3': 'abc',
  'us-west4': 'abc',
};

/** AI zones by region, each with the letter of the zone that it hangs on. */
const AI: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'us-central1': { ai1a: 'a' },
  'us-south1': { ai1b: 'b' },
};

function row(name: string, letters: string): RegionRow {
  const ai = Object.entries(AI[name] ?? {}).map(([zone, letter]): readonly [string, RemoteZone] => [
    `${name}-${zone}`,
    { parent: `${name}-${letter}` },
  ]);
  return {
    zones: [...letters].map((letter) => `${name}-${letter}`),
    ...(ai.length > 0 && { remoteZones: Object.fromEntries(ai) }),
    source: ai.length > 0 ? `${ZONES}; ${AI_ZONES}` : ZONES,
    checked: '2026-11',
  };
}

/** The regions of Google Cloud. */
export const GOOGLE_REGIONS: RegionCatalog = {
  names: Object.keys(LETTERS),
  rows: Object.fromEntries(Object.entries(LETTERS).map(([name, letters]) => [name, row(name, letters)])),
  source: 'https://github.com/Cyclenerd/google-cloud-pricing-cost-calculator/blob/master/tools/regions.csv',
  checked: '2026-11',
};
