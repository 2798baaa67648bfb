import { type EstateInput, estateOf } from '../helpers/estates';

/** Who is mailed when money is spent. */
const OWNERS = { finance: { team: 'finance', email: 'finance@example.com' } };

/** An account of each cloud with a site, a budget and limits; no nodes, which neither looks at. */
export const GOVERNED = {
  estate: 'v1',
  name: 'atlas',
  owner: { team: 'research', email: 'research@example.com' },
  owners: OWNERS,
  accounts: {
    aws: { cloud: 'aws', accountId: '111122223333' },
    azure: {
      cloud: 'azure',
      subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
      tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
    },
    google: {
      cloud: 'google',
      projectId: 'atlas-train',
      projectNumber: '123456789012',
      billingAccount: '0A1B2C-3D4E5F-6A7B8C',
    },
    oracle: {
      cloud: 'oracle',
      tenancyId: 'ocid1.tenancy.oc1..aaaa',
      compartmentId: 'ocid1.compartment.oc1..bbbb',
      homeRegion: 'us-ashburn-1',
      objectStorageNamespace: 'atlas',
    },
  },
  sites: {
    ohio: { account: 'aws', region: 'us-east-2', zones: ['us-east-2a', 'us-east-2b'] },
    virginia: { account: 'azure', region: 'eastus2', zones: ['1'] },
    iowa: { account: 'google', region: 'us-central1', zones: ['us-central1-a', 'us-central1-b'] },
    phoenix: {
      account: 'oracle',
      region: 'us-phoenix-1',
      zones: ['Uocm:PHX-AD-1'],
      serviceGateway: {
        serviceId: 'ocid1.service.oc1.phx.cccc',
        cidrLabel: 'all-phx-services-in-oracle-services-network',
      },
    },
  },
  clusters: {
    ohio: { site: 'ohio', kubernetes: '1.35', pools: {} },
    virginia: { site: 'virginia', kubernetes: '1.35', pools: {} },
    iowa: { site: 'iowa', kubernetes: '1.35', pools: {} },
    phoenix: { site: 'phoenix', kubernetes: '1.35', systemPool: { image: 'ocid1.image.oc1.phx.dddd' }, pools: {} },
  },
  budgets: {
    aws: { amount: '12.5M USD', thresholds: [80, 100], owner: 'finance', stopsCapacity: true },
    azure: { amount: '9M EUR', thresholds: [10, 20, 50, 80, 100], counts: 'estate' },
    google: { amount: '7000000.50 USD', counts: 'estate' },
    oracle: { amount: '5M USD' },
  },
  policy: {
    regions: { allow: ['us-east-2', 'eastus2', 'us-central1', 'us-phoenix-1'] },
    enforce: {
      aws: { mode: 'deny', machines: true, targets: ['ou-ab12-cdefgh34'] },
      azure: { mode: 'dry-run', machines: true },
      google: { mode: 'dry-run' },
      oracle: { mode: 'deny', machines: true, compartment: 'research:training' },
    },
  },
} satisfies EstateInput;

/** That estate, with other keys in the place of its own. */
export function governed(changes: Partial<EstateInput> = {}) {
  return estateOf({ ...GOVERNED, ...changes });
}
