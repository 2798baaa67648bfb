import type { Plan } from '../../estate/plan/types';
import type { Exchange } from '../../estate/spec/exchange';
import { type Estate, estateSchema } from '../../estate/spec/schema';
import { linkedEstate, onlyAws, planOf } from './linked';

/** Clusters of {@link grantedEstate}: one at each site, and a second one in Ohio. */
export const CLUSTERS = ['c-ohio', 'd-ohio', 'c-oregon', 'c-eastus2', 'c-iowa', 'c-phoenix'] as const;
/** Object stores of {@link grantedEstate}: one at each site. */
export const STORES = ['s-ohio', 's-oregon', 's-eastus2', 's-iowa', 's-phoenix'] as const;

const IDENTITY_DOMAIN = { url: 'https://idcs-0a1b.identity.oraclecloud.com', clientId: 'c0ffee00' };
const IMAGE = 'ocid1.image.oc1.phx.aaaa';

/** An estate of one site on each cloud, and a second one on AWS, with clusters, object stores and some grants. */
export function grantedEstate(grants: object, changes: object = {}): Estate {
  const { accounts, ...estate } = linkedEstate({});
  const clusters = Object.fromEntries(CLUSTERS.map((key) => [key, clusterAt(key.slice(2))]));
  const stores = Object.fromEntries(STORES.map((key) => [key, { kind: 'object', site: key.slice(2) }]));
  const oracle = { ...accounts.oracle, identityDomain: IDENTITY_DOMAIN };
  return estateSchema.parse({ ...estate, accounts: { ...accounts, oracle }, clusters, stores, grants, ...changes });
}

function clusterAt(site: string): object {
  return { site, kubernetes: '1.33', pools: {}, ...(site === 'phoenix' && { systemPool: { image: IMAGE } }) };
}

/** What clouds have said once everything of {@link grantedEstate} was applied. */
export const TOLD: Partial<Exchange> = {
  accounts: { aws: { issuer: 'https://0a1b.tokens.sts.global.api.aws' } },
  issuers: Object.fromEntries(CLUSTERS.map((key) => [key, `https://issuer.example.com/${key}`])),
  principals: Object.fromEntries(CLUSTERS.map((key) => [key, principalsOf(key)])),
};

function principalsOf(cluster: string): Readonly<Record<string, string>> {
  return {
    roleArn: `arn:aws:iam::111122223333:role/${cluster}`,
    principalId: '33333333-3333-3333-3333-333333333333',
    clusterId: `ocid1.cluster.oc1.phx.${cluster.replace('-', '')}`,
  };
}

const LOADER = { cluster: 'c-ohio', namespace: 'evaluation', serviceAccount: 'loader' };

/** Grants from and to sites of AWS, of each kind. */
export const AWS_GRANTS: Readonly<Record<string, object>> = {
  // Let in here by the issuer of a cluster elsewhere.
  azure: { from: 'c-eastus2', to: 's-ohio', access: 'read' },
  google: { from: 'c-iowa', to: 's-ohio', access: 'write' },
  oracle: { from: 'c-phoenix', to: 's-oregon', access: 'readWrite' },
  // Let in elsewhere as an account of AWS says who they are, or a cluster.
  'to-azure': { from: 'c-ohio', to: 's-eastus2', access: 'read' },
  'to-google': { from: LOADER, to: 's-iowa', access: 'read' },
  'to-oracle': { from: 'c-oregon', to: 's-phoenix', access: 'read', anchor: 'cluster', acknowledge: 'approved' },
  // Between sites of AWS, and at one site.
  west: { from: 'c-ohio', to: 's-oregon', access: 'read' },
  near: { from: LOADER, to: 's-ohio', access: 'write' },
};

/** An estate with some of {@link AWS_GRANTS}, whose sites have the two zones that clusters of AWS want. */
export function awsGranted(keys: readonly string[], changes: object = {}): Estate {
  const grants = Object.fromEntries(keys.map((key) => [key, AWS_GRANTS[key]]));
  const { ohio, oregon, ...others } = grantedEstate({}).sites;
  const sites = {
    ...others,
    ohio: { ...ohio, zones: ['us-east-2a', 'us-east-2b'] },
    oregon: { ...oregon, zones: ['us-west-2a', 'us-west-2b'] },
  };
  return grantedEstate(grants, { sites, ...changes });
}

/** The part on AWS of a plan with all of {@link AWS_GRANTS}. */
export function grantedAws(): Plan {
  return onlyAws(planOf(awsGranted(Object.keys(AWS_GRANTS)), TOLD));
}
