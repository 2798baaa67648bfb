import type { Plan } from '../../estate/plan/types';
import type { Exchange } from '../../estate/spec/exchange';
import type { Estate } from '../../estate/spec/schema';
import { linkedEstate, planOf } from './linked';

/** Who signs for the account of AWS of {@link replicatedEstate}. */
export const ISSUER = 'https://0a1b2c3d.tokens.sts.global.api.aws';

/** Replications between two accounts and three sites of AWS, and to and from Google Cloud. */
export const SOME_REPLICATIONS: Readonly<Record<string, object>> = {
  'ohio-west': { from: 'ohio', to: 'west', prefix: 'tokens/' },
  'ohio-east': { from: 'ohio', to: 'east' },
  'ohio-iowa': { from: 'ohio', to: 'iowa', everyHours: 6, prefix: 'tokens/' },
  'models-ohio': { from: 'models', to: 'models-copy', everyHours: 1 },
};

/** An estate of which stores on AWS lie in two accounts, with some replications of {@link SOME_REPLICATIONS}. */
export function replicatedEstate(keys: readonly string[] = Object.keys(SOME_REPLICATIONS)): Estate {
  const { accounts, sites } = linkedEstate({});
  return linkedEstate(
    {},
    {
      accounts: { ...accounts, research: { cloud: 'aws', accountId: '444455556666' } },
      sites: {
        ...sites,
        virginia: { account: 'research', region: 'us-east-1', zones: ['us-east-1a'] },
      },
      stores: {
        ohio: { kind: 'object', site: 'ohio' },
        'models-copy': { kind: 'object', site: 'ohio' },
        west: { kind: 'object', site: 'oregon' },
        east: { kind: 'object', site: 'virginia' },
        iowa: { kind: 'object', site: 'iowa' },
        models: { kind: 'object', site: 'iowa' },
      },
      replication: Object.fromEntries(keys.map((key) => [key, SOME_REPLICATIONS[key]])),
    },
  );
}

const KEY = 'key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

/** What clouds have said of {@link replicatedEstate}: nothing is missing. */
export const REPLICATED: Pick<Exchange, 'accounts' | 'stores'> = {
  accounts: { aws: { issuer: ISSUER } },
  stores: {
    west: { id: 'arn:aws:s3:::atlas-west-1', encryptionKey: `arn:aws:kms:us-west-2:111122223333:${KEY}` },
    east: { id: 'arn:aws:s3:::atlas-east-1', encryptionKey: `arn:aws:kms:us-east-1:444455556666:${KEY}` },
  },
};

/** The plan of {@link replicatedEstate}, for which nothing is missing, or what is told. */
export function replicatedPlan(keys?: readonly string[], told: Partial<Exchange> = REPLICATED): Plan {
  return planOf(replicatedEstate(keys), told);
}

/** The part on AWS of {@link replicatedPlan}. */
export function replicatedAws(): Plan {
  const plan = replicatedPlan();
  return {
    ...plan,
    clouds: ['aws'],
    accounts: (cloud) => (cloud === 'aws' ? plan.accounts(cloud) : []),
    sites: (cloud) => (cloud === 'aws' ? plan.sites(cloud) : []),
    shards: (cloud) => (cloud === 'aws' ? plan.shards(cloud) : []),
  };
}
