import fc from 'fast-check';
import type { Cloud } from '../../../../estate/catalog';
import type { Plan } from '../../../../estate/plan/types';
import type { Estate } from '../../../../estate/spec/schema';
import { linkedEstate, planOf } from '../../../helpers/linked';

const STORES = {
  ohio: { kind: 'object', site: 'ohio' },
  oregon: { kind: 'object', site: 'oregon' },
  iowa: { kind: 'object', site: 'iowa' },
  phoenix: { kind: 'object', site: 'phoenix' },
} as const;

const RCLONE = { engine: 'rclone' };
const ISSUER = 'https://0a1b2c3d.tokens.sts.global.api.aws';
const KEY = 'arn:aws:kms:us-east-2:444455556666:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

const siteOf = ({ sites }: Plan, cloud: Cloud, site: string) => sites(cloud).find(({ key }) => key === site);

/** Halves at a site: of which replication, which end, and whether it runs there. */
const halves = (plan: Plan, cloud: Cloud, site: string) =>
  (siteOf(plan, cloud, site)?.replications ?? []).map((half) => [half.key, half.end, half.runs]);

const estateWith = (replication: object): Estate => linkedEstate({}, { stores: STORES, replication });

describe('replications', () => {
  test('take the first way between the stores, and the first mode that it knows', () => {
    const { replications } = planOf(
      estateWith({
        a: { from: 'ohio', to: 'iowa' },
        b: { from: 'ohio', to: 'oregon' },
        c: { from: 'iowa', to: 'ohio' },
      }),
    );
    expect(replications.map(({ engine, mode, everyHours, runsAt }) => [engine, mode, everyHours, runsAt])).toEqual([
      ['datasync', 'schedule', 24, 'source'],
      ['native', 'event', undefined, 'source'],
      ['datasync', 'schedule', 24, 'destination'],
    ]);
  });

  test('between buckets of AWS wait for the name of the one that is written, and for nothing else', () => {
    const estate = estateWith({ a: { from: 'ohio', to: 'oregon' }, b: { from: 'oregon', to: 'phoenix', ...RCLONE } });
    const before = planOf(estate);
    expect(before.replications[0]?.pending).toEqual([{ path: 'stores.oregon', from: 'atlas-oregon-storage' }]);
    expect(halves(before, 'aws', 'ohio')).toEqual([]);
    const after = planOf(estate, { stores: { oregon: { id: 'arn:aws:s3:::atlas-oregon-1' } } });
    expect(halves(after, 'aws', 'ohio')).toEqual([['a', 'source', true]]);
    expect(halves(after, 'aws', 'oregon')).toEqual([['a', 'destination', false]]);
    const [half] = siteOf(after, 'aws', 'ohio')?.replications ?? [];
    expect(half?.peer.id).toBe('arn:aws:s3:::atlas-oregon-1');
    expect(half?.caller).toEqual({
      roleName: 'atlas-ohio-copies',
      roleArn: 'arn:aws:iam::111122223333:role/atlas-ohio-copies',
    });
  });

  test('are told of by the stacks of buckets of AWS before anything waits no more', () => {
    const estate = estateWith({ a: { from: 'ohio', to: 'oregon' }, b: { from: 'ohio', to: 'phoenix' } });
    const told = (exchange?: object) =>
      planOf(estate, exchange)
        .sites('aws')
        .map(({ key, tellsStores }) => [key, tellsStores]);
    const stores = { ohio: { id: 'arn:aws:s3:::atlas-ohio-1' }, oregon: { id: 'arn:aws:s3:::atlas-oregon-1' } };
    expect(told()).toEqual([
      ['ohio', ['ohio']],
      ['oregon', ['oregon']],
    ]);
    expect(told({ stores })).toEqual(told());
    const none = planOf(estateWith({ a: { from: 'ohio', to: 'iowa' } }));
    expect(none.sites('aws').flatMap((site) => site.tellsStores ?? [])).toEqual([]);
  });

  test('between AWS and Google Cloud wait for who signs for the account of AWS, which signs at once', () => {
    const estate = estateWith({ a: { from: 'ohio', to: 'iowa' }, b: { from: 'iowa', to: 'oregon' } });
    const before = planOf(estate);
    expect(before.replications.map(({ pending }) => pending)).toEqual([
      [{ path: 'accounts.aws.issuer', from: 'atlas-aws-foundation' }],
      [{ path: 'accounts.aws.issuer', from: 'atlas-aws-foundation' }],
    ]);
    expect(before.accounts('aws')[0]?.grants).toEqual({ trusts: [], outbound: true });
    expect(before.accounts('google')[0]?.grants).toBeUndefined();
    expect(halves(before, 'google', 'iowa')).toEqual([]);
    const after = planOf(estate, { accounts: { aws: { issuer: ISSUER } } });
    expect(halves(after, 'google', 'iowa')).toEqual([
      ['a', 'destination', false],
      ['b', 'source', false],
    ]);
    const audience =
      'https://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/account-atlas-aws/providers/account-atlas-aws';
    const trust = { key: 'account-aws', pool: 'account-atlas-aws', audience, issuer: ISSUER };
    expect(after.accounts('google')[0]?.grants).toEqual({ trusts: [trust], outbound: false });
    expect(siteOf(after, 'google', 'iowa')?.replications?.map(({ caller }) => caller)).toEqual([
      { roleName: 'atlas-a-datasync', roleArn: 'arn:aws:iam::111122223333:role/atlas-a-datasync', trust },
      { roleName: 'atlas-b-datasync', roleArn: 'arn:aws:iam::111122223333:role/atlas-b-datasync', trust },
    ]);
  });

  test('share the trust of grants between the same accounts', () => {
    const exchange = {
      accounts: { aws: { issuer: ISSUER } },
      principals: { ohio: { roleArn: 'arn:aws:iam::111122223333:role/ohio' } },
    };
    const pool = { accelerator: 'h200', nodes: 2 };
    const clusters = { ohio: { site: 'ohio', pools: { train: pool } } };
    const grants = { reads: { from: 'ohio', to: 'iowa', access: 'read' } };
    const more = { stores: STORES, clusters, grants };
    const alone = planOf(linkedEstate({}, more), exchange);
    const both = planOf(linkedEstate({}, { ...more, replication: { a: { from: 'ohio', to: 'iowa' } } }), exchange);
    expect(alone.accounts('google')[0]?.grants?.trusts).toHaveLength(1);
    expect(both.accounts('google')[0]?.grants).toEqual(alone.accounts('google')[0]?.grants);
    expect(both.accounts('aws')[0]?.grants).toEqual(alone.accounts('aws')[0]?.grants);
  });

  test('run at a bucket of AWS that exists already, unless the bucket itself would have to', () => {
    const stores = {
      ...STORES,
      ohio: { kind: 'object', site: 'ohio', existing: { id: 'corp-data', encryptionKey: KEY } },
    };
    const replication = {
      a: { from: 'ohio', to: 'iowa' },
      b: { from: 'ohio', to: 'oregon' },
      c: { from: 'oregon', to: 'iowa', engine: 'datasync' },
    };
    const plan = planOf(linkedEstate({}, { stores, replication }), {
      accounts: { aws: { issuer: ISSUER } },
      stores: { oregon: { id: 'arn:aws:s3:::atlas-oregon-1' } },
    });
    expect(halves(plan, 'aws', 'ohio')).toEqual([['a', 'source', true]]);
    expect(siteOf(plan, 'aws', 'ohio')?.storageStacks).toEqual([{ stack: 'atlas-ohio-storage', ordinal: 1 }]);
    expect(halves(plan, 'aws', 'oregon')).toEqual([
      ['b', 'destination', false],
      ['c', 'source', true],
    ]);
    const [peer] = siteOf(plan, 'aws', 'oregon')?.replications?.map((half) => half.peer) ?? [];
    expect(peer).toMatchObject({ id: 'arn:aws:s3:::corp-data', encryptionKey: KEY, exists: true });
  });

  test('that a cluster runs make nothing in the stacks of stores', () => {
    const plan = planOf(estateWith({ a: { from: 'ohio', to: 'phoenix' } }));
    expect(plan.replications.map(({ engine }) => engine)).toEqual(['rclone']);
    expect(plan.sites('aws').flatMap((site) => site.replications ?? [])).toEqual([]);
  });

  test('do not depend on the order in which they are written, nor on each other', () => {
    const all = Object.entries({
      a: { from: 'ohio', to: 'iowa' },
      b: { from: 'iowa', to: 'oregon', prefix: 'tokens/' },
      c: { from: 'oregon', to: 'ohio', volumeTiB: 3 },
    });
    fc.assert(
      fc.property(fc.shuffledSubarray(all), (some) => {
        const whole = planOf(estateWith(Object.fromEntries(all))).replications;
        const kept = some.map(([key]) => key);
        expect(planOf(estateWith(Object.fromEntries(some))).replications).toEqual(
          whole.filter(({ key }) => kept.includes(key)),
        );
      }),
      { numRuns: 20 },
    );
  });
});
