import fc from 'fast-check';
import { planLayout } from '../../estate/plan/layout';
import { EMPTY_LOCK, type Lock } from '../../estate/plan/lock';
import { resolve } from '../../estate/plan/resolve';
import type { Plan } from '../../estate/plan/types';
import { type Estate, estateSchema } from '../../estate/spec/schema';

/** An estate as it is written, before defaults. */
export type EstateInput = Parameters<typeof estateSchema.parse>[0];

const OCID = (kind: string, name: string) => `ocid1.${kind}.oc1.phx.${name}`;

const ACCOUNTS = {
  'aws-main': { cloud: 'aws', accountId: '111122223333' },
  'azure-gb': {
    cloud: 'azure',
    subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
    tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
  },
  'google-main': { cloud: 'google', projectId: 'atlas-train', projectNumber: '123456789012' },
  'oracle-main': {
    cloud: 'oracle',
    tenancyId: OCID('tenancy', 'aaaa'),
    compartmentId: OCID('compartment', 'bbbb'),
    homeRegion: 'us-ashburn-1',
    objectStorageNamespace: 'atlastrain',
  },
} as const;

const PLACES = {
  'aws-main': { region: 'us-west-2', zones: ['us-west-2a', 'us-west-2b'] },
  'azure-gb': { region: 'eastus2', zones: ['1'] },
  'google-main': { region: 'us-central1', zones: ['us-central1-a'] },
  'oracle-main': {
    region: 'us-phoenix-1',
    zones: ['Uocm:PHX-AD-1'],
    serviceGateway: { serviceId: OCID('service', 'cccc'), cidrLabel: 'all-phx-services-in-oracle-services-network' },
  },
} as const;

type AccountKey = keyof typeof ACCOUNTS;

const MACHINES: Readonly<Record<AccountKey, readonly string[]>> = {
  'aws-main': ['b300', 'h200'],
  'azure-gb': ['gb300', 'gb200'],
  'google-main': ['b200', 'gb200'],
  'oracle-main': ['h200', 'mi355x'],
};

/** Fills an estate's defaults in. */
export function estateOf(input: EstateInput): Estate {
  return estateSchema.parse(input);
}

/** Plans an estate on top of a lock, as `estate lock` followed by a synthesis does. */
export function lockAndResolve(
  estate: Estate,
  lock: Lock = EMPTY_LOCK,
  accept: readonly string[] = [],
): { plan: Plan; lock: Lock } {
  const next = planLayout(estate, lock, accept).lock;
  return { plan: resolve(estate, next, { estate: 'estate.yaml', lock: 'estate.lock.json' }), lock: next };
}

const key = fc.stringMatching(/^[a-z]{2,6}(-[a-z0-9]{1,4})?$/);
const account = fc.constantFrom<AccountKey>('aws-main', 'azure-gb', 'google-main', 'oracle-main');

function pool(accounts: AccountKey): fc.Arbitrary<Record<string, unknown>> {
  return fc.record({ which: fc.nat(1), size: fc.integer({ min: 1, max: 30 }) }).map(({ which, size }) => {
    const accelerator = MACHINES[accounts][which] ?? 'h200';
    const unit = accelerator.startsWith('gb') ? 'racks' : 'nodes';
    return { accelerator, [unit]: size, zone: PLACES[accounts].zones[0] };
  });
}

/** A site with its clusters and stores. */
export interface SiteBlueprint {
  readonly name: string;
  readonly account: AccountKey;
  readonly clusters: Readonly<Record<string, { readonly pools: Readonly<Record<string, Record<string, unknown>>> }>>;
  readonly stores: number;
}

/** Sites with clusters and pools of every cloud. */
export function blueprints(size = 6): fc.Arbitrary<SiteBlueprint[]> {
  const site = account.chain((chosen) =>
    fc.record({
      name: key,
      account: fc.constant(chosen),
      clusters: fc.dictionary(key, fc.record({ pools: fc.dictionary(key, pool(chosen), { maxKeys: 3 }) }), {
        maxKeys: 3,
      }),
      stores: fc.nat(2),
    }),
  );
  return fc.uniqueArray(site, { selector: ({ name }) => name, minLength: 1, maxLength: size });
}

/** Writes sites as one estate; names of clusters and stores carry their site's, so they never collide. */
export function inputOf(sites: readonly SiteBlueprint[]): Record<string, unknown> {
  const clusters = sites.flatMap(({ name, clusters: own }) =>
    Object.entries(own).map(([cluster, { pools }]) => [`${name}-x${cluster}`, { site: name, pools }] as const),
  );
  const stores = sites.flatMap(({ name, account: owner, stores: count }) =>
    Array.from({ length: count }, (_, index) => [
      `${name}-fs${index}`,
      { kind: 'lustre', site: name, zone: PLACES[owner].zones[0], capacityTiB: 48, throughputMBpsPerTiB: 500 },
    ]),
  );
  return {
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: ACCOUNTS,
    sites: Object.fromEntries(sites.map(({ name, account: owner }) => [name, { account: owner, ...PLACES[owner] }])),
    clusters: Object.fromEntries(clusters),
    stores: Object.fromEntries(stores),
  };
}
