import fc from 'fast-check';
import { CLOUDS } from '../../../../estate/catalog';
import { GRANT_ACCESS } from '../../../../estate/catalog/grants';
import { GrantsPlan } from '../../../../estate/plan/grants/plan-grants';
import type { Plan } from '../../../../estate/plan/types';
import { EMPTY_EXCHANGE, type Exchange } from '../../../../estate/spec/exchange';
import { CLUSTERS, grantedEstate, STORES, TOLD } from '../../../helpers/granted';
import { planOf } from '../../../helpers/linked';

const accountsOf = (plan: Plan) => CLOUDS.flatMap((cloud) => plan.accounts(cloud));
const sitesOf = (plan: Plan) => CLOUDS.flatMap((cloud) => plan.sites(cloud));
const shardsOf = (plan: Plan) => CLOUDS.flatMap((cloud) => plan.shards(cloud));
const edge = (from: unknown, to: string, more: object = {}) => ({ a: { from, to, access: 'read', ...more } });
const waits = (plan: Plan) => plan.grants.flatMap(({ edges }) => edges.flatMap(({ pending }) => pending));

/** Some of the pairs of a cluster and a store, each once. */
const grants = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...CLUSTERS), fc.constantFrom(...STORES)), {
    selector: (pair) => pair.join(),
    maxLength: 8,
  })
  .chain((pairs) =>
    fc.tuple(
      ...pairs.map(([from, to]) =>
        fc.record({ from: fc.constant(from), to: fc.constant(to), access: fc.constantFrom(...GRANT_ACCESS) }),
      ),
    ),
  )
  .map((all) => Object.fromEntries(all.map((each) => [`${each.from}-${each.to}`, each])));

describe('grants', () => {
  test('are trusted by the account of a role on AWS before its cluster, and by the cluster where they say so', () => {
    const [first] = planOf(grantedEstate(edge('c-ohio', 's-iowa')), TOLD).grants;
    expect(first).toMatchObject({
      anchor: 'account',
      edges: [{ issuer: 'https://0a1b.tokens.sts.global.api.aws', subject: 'arn:aws:iam::111122223333:role/c-ohio' }],
    });
    const [second] = planOf(grantedEstate(edge('c-ohio', 's-iowa', { anchor: 'cluster' })), TOLD).grants;
    expect(second?.edges[0]).toMatchObject({
      issuer: 'https://issuer.example.com/c-ohio',
      subject: 'system:serviceaccount:training:training',
    });
  });

  test('have the roles of other accounts at stores of its region known to a site of AWS, and no others', () => {
    const { accounts, sites, stores } = grantedEstate({});
    const changes = {
      accounts: { ...accounts, other: { cloud: 'aws', accountId: '444455556666' } },
      sites: { ...sites, near: { ...sites.ohio, account: 'other' }, far: { ...sites.oregon, account: 'other' } },
      stores: { ...stores, 's-near': { kind: 'object', site: 'near' }, 's-far': { kind: 'object', site: 'far' } },
    };
    const to = (store: string) => ({ from: 'c-ohio', to: store, access: 'read' });
    const plan = planOf(grantedEstate({ near: to('s-near'), far: to('s-far'), own: to('s-oregon') }, changes));
    expect(
      plan.sites('aws').flatMap(({ key, storeRoles }) => (storeRoles === undefined ? [] : [[key, storeRoles]])),
    ).toEqual([['ohio', ['arn:aws:iam::444455556666:role/atlas-near-grant']]]);
  });

  test.each([
    ['c-ohio', 's-eastus2', ['accounts.aws.issuer', 'principals.c-ohio.roleArn']],
    ['c-ohio', 's-oregon', ['principals.c-ohio.roleArn']],
    ['c-eastus2', 's-ohio', ['issuers.c-eastus2']],
    ['c-phoenix', 's-iowa', ['issuers.c-phoenix']],
    // The issuer of a cluster of Google Cloud follows from its name.
    ['c-iowa', 's-ohio', []],
    ['c-iowa', 's-iowa', []],
  ])('from %s to %s wait for %j', (from, to, paths) => {
    expect(waits(planOf(grantedEstate(edge(from, to)))).map(({ path }) => path)).toEqual(paths);
  });

  test('to a store of the same site are given as mounts are', () => {
    const plan = planOf(grantedEstate(edge('c-ohio', 's-ohio')));
    const [shard] = plan.shards('aws');
    expect(shard?.grants?.direct).toEqual([{ key: 'a', store: 's-ohio', access: 'read', caller: 'training-training' }]);
    expect(sitesOf(plan).flatMap((site) => site.grants ?? [])).toEqual([]);
  });

  test('of another service account have a role of their own, which is told by a name of its own', () => {
    const plan = planOf(grantedEstate(edge({ cluster: 'c-ohio', serviceAccount: 'loader' }, 's-eastus2')));
    const [caller] = plan.shards('aws')[0]?.grants?.callers ?? [];
    expect(caller).toMatchObject({ key: 'training-loader', isWorkload: false });
    expect(waits(plan).map(({ path }) => path)).toContain(`principals.c-ohio.${caller?.tells}`);
  });

  test('to a store that exists lie in a stack of the stores of its site', () => {
    const stores = { corp: { kind: 'object', site: 'oregon', existing: { id: 'corp-datasets' } } };
    const plan = planOf(grantedEstate(edge('c-iowa', 'corp'), { stores }));
    const oregon = plan.sites('aws').find(({ key }) => key === 'oregon');
    expect(oregon?.storageStacks).toEqual([{ stack: 'atlas-oregon-storage', ordinal: 1 }]);
    expect(oregon?.grants).toMatchObject([{ store: 'corp', stack: 1, callers: [{ shard: 'c-iowa' }] }]);
  });

  test('to Azure say which name a pod has to have resolved, unless its account has the zone already', () => {
    const notes = (plan: Plan) => plan.grants[0]?.edges[0]?.client?.notes;
    const iowa = notes(planOf(grantedEstate(edge('c-iowa', 's-eastus2')), TOLD));
    expect(iowa?.at(-1)).toMatch(
      /^have atlasseastus2[0-9a-f]{8}\.blob\.core\.windows\.net resolve to the address of private endpoint atlas-s-eastus2-blob \(resource group atlas-eastus2-site\)/,
    );
    const { sites, accounts, clusters } = grantedEstate({});
    const other = { ...accounts.azure, subscriptionId: '55555555-5555-5555-5555-555555555555' };
    const at = (account: string) =>
      grantedEstate(edge('c-london', 's-eastus2'), {
        accounts: { ...accounts, other },
        sites: { ...sites, london: { account, region: 'uksouth', zones: ['1'] } },
        clusters: { ...clusters, 'c-london': { site: 'london', kubernetes: '1.33', pools: {} } },
      });
    expect(notes(planOf(at('other')))).toEqual([expect.stringContaining('private endpoint atlas-s-eastus2-blob')]);
    expect(notes(planOf(at('azure')))).toBeUndefined();
  });

  test('to Oracle Cloud act as a service user of their own, and say which key they cannot do without', () => {
    const plan = planOf(grantedEstate(edge('c-iowa', 's-phoenix', { acknowledge: 'SEC-1' })));
    expect(plan.accounts('oracle')[0]?.grants?.trusts).toMatchObject([
      { key: 'cluster-c-iowa', users: [{ user: 'atlas-c-iowa-training-training' }] },
    ]);
    expect(plan.grants[0]?.storedKey).toMatchObject({ reason: 'SEC-1' });
  });

  test('change nothing of one another', () => {
    fc.assert(
      fc.property(grants, grants, (some, more) => {
        const before = planOf(grantedEstate(some), TOLD);
        const after = planOf(grantedEstate({ ...more, ...some }), TOLD);
        const halves = (plan: Plan) =>
          new Map(sitesOf(plan).flatMap((site) => (site.grants ?? []).map((half) => [half.key, half])));
        const trusts = (plan: Plan) =>
          new Map(
            accountsOf(plan).flatMap(({ key, grants: own }) =>
              (own?.trusts ?? []).map((trust) => [`${key}/${trust.key}`, trust] as const),
            ),
          );
        const now = halves(after);
        for (const [key, half] of halves(before)) expect(now.get(key)).toEqual(half);
        const trusted = trusts(after);
        for (const [key, { users = [], ...trust }] of trusts(before)) {
          expect(trusted.get(key)).toMatchObject(trust);
          expect(trusted.get(key)?.users ?? []).toEqual(expect.arrayContaining([...users]));
        }
        const edges = new Map(after.grants.map((grant) => [grant.key, grant]));
        for (const grant of before.grants) expect(edges.get(grant.key)).toEqual(grant);
      }),
      { numRuns: 25 },
    );
  });

  test('are planned alike in whatever order they are written', () => {
    fc.assert(
      fc.property(grants, (written) => {
        const turned = Object.fromEntries(Object.entries(written).reverse());
        expect(planOf(grantedEstate(turned), TOLD).data).toEqual(planOf(grantedEstate(written), TOLD).data);
      }),
      { numRuns: 15 },
    );
  });

  test('are let in at a store by the issuer, subject and audience that their edge says', () => {
    fc.assert(
      fc.property(grants, (written) => {
        const plan = planOf(grantedEstate(written), TOLD);
        const halves = sitesOf(plan).flatMap((site) => (site.grants ?? []).map((half) => ({ half, site })));
        for (const grant of plan.grants.filter(({ isDirect }) => !isDirect)) {
          const { half, site } = halves.find((each) => each.half.grant === grant.key) ?? {};
          for (const [index, { issuer, subject, audience, pending }] of grant.edges.entries()) {
            expect(pending).toEqual([]);
            const caller = half?.callers[index];
            if (caller?.kind === 'native') expect(caller.principal).toBe(subject);
            if (caller?.kind !== 'federated') continue;
            expect(caller).toMatchObject({ issuer, subject, audience });
            if (grant.to.cloud === 'azure') continue;
            const trust = site?.account.grants?.trusts.find(({ key }) => key === caller.trust);
            expect(trust).toMatchObject({ issuer, audience });
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('make no name, and trust no issuer, twice in an account', () => {
    fc.assert(
      fc.property(grants, (written) => {
        const plan = planOf(grantedEstate(written), TOLD);
        for (const { grants: own } of accountsOf(plan)) {
          const trusts = own?.trusts ?? [];
          expect(new Set(trusts.map(({ issuer }) => issuer)).size).toBe(trusts.length);
          expect(new Set(trusts.map(({ pool, key }) => pool ?? key)).size).toBe(trusts.length);
          const users = trusts.flatMap((trust) => trust.users ?? []);
          expect(new Set(users.map(({ user }) => user)).size).toBe(users.length);
        }
        const names = sitesOf(plan).flatMap((site) =>
          (site.grants ?? []).flatMap(({ identityName }) => identityName ?? []),
        );
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 25 },
    );
  });

  test('lose only the half that an entry of the exchange was for', () => {
    const pairs: Record<string, object> = Object.fromEntries(
      ['c-eastus2', 'c-phoenix'].map((from) => [from, { from, to: 's-iowa', access: 'read' }]),
    );
    const issuers: Exchange['issuers'] = { 'c-phoenix': 'https://issuer.example.com/c-phoenix' };
    const plan = planOf(grantedEstate(pairs), { ...TOLD, issuers });
    expect(plan.sites('google')[0]?.grants?.map(({ key }) => key)).toEqual(['c-phoenix']);
    expect(waits(plan)).toEqual([{ path: 'issuers.c-eastus2', from: 'atlas-c-eastus2-cluster' }]);
  });

  test('of more shards than an identity takes get further ones, which do not move when shards are added', () => {
    const halves = (shards: number, from: string, to: string) =>
      new GrantsPlan({
        estate: grantedEstate(edge(from, to)),
        shardsOf: () => Array.from({ length: shards }, (_, index) => index + 1),
        stackOf: () => 1,
        exchange: EMPTY_EXCHANGE,
      }).ofSite(to.slice(2));
    const azure = halves(45, 'c-iowa', 's-eastus2');
    expect(azure.map(({ key, callers, tells }) => [key, callers.length, tells])).toEqual([
      ['a', 20, 'clientId'],
      ['a--2', 20, 'clientId-2'],
      ['a--3', 5, 'clientId-3'],
    ]);
    expect(azure.map(({ identityName }) => identityName)).toEqual([
      'atlas-a-grant',
      'atlas-a--2-grant',
      'atlas-a--3-grant',
    ]);
    expect(halves(40, 'c-iowa', 's-eastus2')).toEqual(azure.slice(0, 2));
    // Trust policies of AWS have room for two issuers.
    expect(halves(5, 'c-iowa', 's-ohio').map(({ callers }) => callers.length)).toEqual([2, 2, 1]);
  });

  test('leave plans of estates without any as they were', () => {
    const plan = planOf(grantedEstate({}));
    expect([...accountsOf(plan), ...sitesOf(plan), ...shardsOf(plan)].filter((each) => 'grants' in each)).toEqual([]);
  });
});
