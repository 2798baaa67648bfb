import { planLayout } from '../../estate/plan/layout';
import { resolve } from '../../estate/plan/resolve';
import type { Plan } from '../../estate/plan/types';
import { EMPTY_EXCHANGE, type Exchange } from '../../estate/spec/exchange';
import { type Estate, estateSchema } from '../../estate/spec/schema';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };

/** An estate of one site on each cloud, and a second one on AWS, with some links. */
export function linkedEstate(links: object, more: object = {}): Estate {
  const site = (account: string, region: string, zones: readonly string[]) => ({ account, region, zones });
  return estateSchema.parse({
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'frontier', email: 'frontier@example.com' },
    accounts: {
      aws: { cloud: 'aws', accountId: '111122223333' },
      azure: {
        cloud: 'azure',
        subscriptionId: '11111111-1111-1111-1111-111111111111',
        tenantId: '22222222-2222-2222-2222-222222222222',
      },
      google: { cloud: 'google', projectId: 'atlas-train', projectNumber: '123456789012' },
      oracle: {
        cloud: 'oracle',
        tenancyId: 'ocid1.tenancy.oc1..aaaa',
        compartmentId: 'ocid1.compartment.oc1..bbbb',
        homeRegion: 'us-ashburn-1',
        objectStorageNamespace: 'axaxnpcrorw5',
      },
    },
    sites: {
      ohio: site('aws', 'us-east-2', ['us-east-2a']),
      oregon: site('aws', 'us-west-2', ['us-west-2a']),
      eastus2: site('azure', 'eastus2', ['1']),
      iowa: site('google', 'us-central1', ['us-central1-a']),
      phoenix: site('oracle', 'us-phoenix-1', ['Uocm:PHX-AD-1']),
    },
    links,
    ...more,
  });
}

/** Links between the sites of {@link linkedEstate}: tunnels between clouds, a peering, one through a site, and the company. */
export const SOME_LINKS = {
  'ohio-eastus2': { between: ['ohio', 'eastus2'] },
  'eastus2-iowa': { between: ['iowa', 'eastus2'] },
  'iowa-phoenix': { between: ['phoenix', 'iowa'] },
  'ohio-phoenix': { between: ['ohio', 'phoenix'], via: 'eastus2', availability: 1 },
  'eastus2-phoenix': { between: ['phoenix', 'eastus2'] },
  west: { between: ['ohio', 'oregon'] },
  hq: {
    between: ['ohio'],
    to: {
      onPremises: {
        name: 'dublin',
        asn: 65010,
        addresses: ['198.51.100.10', '198.51.100.11'],
        prefixes: ['10.240.0.0/12'],
      },
    },
  },
} as const;

/** What all gateways of {@link SOME_LINKS} tell, so that the halves that wait for gateways alone are there. */
export const SOME_GATEWAYS = {
  eastus2: { addresses: ['20.1.1.1', '20.1.1.2'] },
  iowa: { addresses: ['34.1.1.1', '34.1.1.2'] },
  oregon: { id: 'tgw-0a1b2c3d4e5f60718' },
};

/** Its plan with what clouds have said, locked anew, or after an earlier state of it. */
export function planOf(estate: Estate, exchange: Partial<Exchange> = {}, earlier?: Estate) {
  const { lock } = planLayout(estate, earlier && planLayout(earlier).lock);
  return resolve(estate, lock, FILES, { ...EMPTY_EXCHANGE, ...exchange, estate: estate.name });
}

/** The part on AWS of a plan whose sites there have links of each kind: by tunnels, by a circuit, and within AWS. */
export function linkedAws(): Plan {
  const estate = linkedEstate({
    azure: { between: ['ohio', 'eastus2'] },
    circuit: { between: ['ohio', 'iowa'], kind: 'interconnect' },
    coasts: { between: ['ohio', 'oregon'] },
  });
  const { ohio, iowa, ...others } = estate.sites;
  const sites = {
    ohio: { ...ohio, region: 'us-east-1', zones: ['us-east-1a'] },
    iowa: { ...iowa, region: 'us-east4', zones: ['us-east4-a'] },
    ...others,
  };
  const plan = planOf(estateSchema.parse({ ...estate, sites }), {
    gateways: { eastus2: { addresses: ['203.0.113.1', '203.0.113.2'] }, oregon: { id: 'tgw-0123456789abcdef0' } },
    peerings: { coasts: { ohio: 'tgw-attach-0123456789abcdef0' } },
    circuits: { circuit: { iowa: ['projects/atlas-train/locations/us-east4/transports/circuit'] } },
  });
  return onlyAws(plan);
}

/** The part on AWS of a plan. */
export function onlyAws(plan: Plan): Plan {
  return {
    ...plan,
    clouds: ['aws'],
    accounts: (cloud) => (cloud === 'aws' ? plan.accounts(cloud) : []),
    sites: (cloud) => (cloud === 'aws' ? plan.sites(cloud) : []),
    shards: (cloud) => (cloud === 'aws' ? plan.shards(cloud) : []),
  };
}
