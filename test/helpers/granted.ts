import type { Exchange } from '../../estate/spec/exchange';
import { type Estate, estateSchema } from '../../estate/spec/schema';
import { linkedEstate } from './linked';

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
