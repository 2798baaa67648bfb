import fc from 'fast-check';
import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { GRANT_PERMISSIONS } from '../../../estate/catalog/grants';
import { planFrom } from '../../../estate/plan/data';
import { slicesOf } from '../../../estate/plan/slices';
import type { Plan, StacksPlan } from '../../../estate/plan/types';
import { addStacks } from '../../../stacks/google';
import { CLUSTERS, grantedEstate, STORES, TOLD } from '../../helpers/granted';
import { planOf } from '../../helpers/linked';
import { forgottenBy, onlyResource, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';

/** Another project with a site, a cluster and a store. */
const OTHER = {
  accounts: { lab: { cloud: 'google', projectId: 'atlas-lab', projectNumber: '210987654321' } },
  sites: { dalles: { account: 'lab', region: 'us-west1', zones: ['us-west1-a'] } },
  clusters: { 'c-dalles': { site: 'dalles', kubernetes: '1.34', pools: {} } },
  stores: { 's-dalles': { kind: 'object', site: 'dalles' } },
} as const;

type Sections = Partial<Record<keyof typeof OTHER, object>>;

/** The estate of the helper with another project, and with versions that GKE is made of. */
function estateOf(grants: object, more: Sections = {}) {
  const { accounts, sites, clusters, stores } = grantedEstate({});
  const iowa = { 'c-iowa': { ...clusters['c-iowa'], kubernetes: '1.34' } };
  return grantedEstate(grants, {
    accounts: { ...accounts, ...OTHER.accounts, ...more.accounts },
    sites: { ...sites, ...OTHER.sites, ...more.sites },
    clusters: { ...clusters, ...iowa, ...OTHER.clusters, ...more.clusters },
    stores: { ...stores, ...OTHER.stores, ...more.stores },
  });
}

function synthStacks(plan: StacksPlan): ReadonlyMap<string, TerraformJson> {
  const app = Testing.app();
  addStacks(app, plan);
  const made = app.node.children.filter(TerraformStack.isStack);
  return new Map(made.map((stack) => [stack.node.id, synthStack(stack)]));
}

function synthGrants(grants: object, more: Sections = {}, told = TOLD_ALL) {
  return synthStacks(planOf(estateOf(grants, more), told));
}

function stackOf(stacks: ReadonlyMap<string, TerraformJson>, name: string): TerraformJson {
  const json = stacks.get(name);
  if (json === undefined) throw new Error(`there is no stack "${name}"`);
  return json;
}

function membersIn(json: TerraformJson): readonly Record<string, unknown>[] {
  return Object.values(resourcesOf(json, 'google_storage_bucket_iam_member'));
}

/** What a stack tells the exchange. */
function toldBy(json: TerraformJson) {
  return JSON.stringify(Object(json.output?.exchange).value ?? '').replace(/\\"/g, '"');
}

const POOLS = 'projects/123456789012/locations/global/workloadIdentityPools';

const TOLD_ALL = { ...TOLD, issuers: { ...TOLD.issuers, 'c-dalles': 'https://container.googleapis.com/v1/x' } };

const LAB = { from: 'c-dalles', to: 's-iowa', access: 'readWrite' };

describe('grants to stores of Google Cloud', () => {
  const stacks = synthGrants({
    amazon: { from: 'c-ohio', to: 's-iowa', access: 'read' },
    direct: {
      from: { cluster: 'c-iowa', namespace: 'evaluation', serviceAccount: 'loader' },
      to: 's-iowa',
      access: 'write',
    },
    lab: LAB,
    microsoft: { from: 'c-eastus2', to: 's-iowa', access: 'write' },
    oracle: { from: 'c-phoenix', to: 's-iowa', access: 'read' },
  });
  const storage = stackOf(stacks, 'atlas-iowa-storage');
  const foundation = stackOf(stacks, 'atlas-google-foundation');

  test('let each caller in at exactly one bucket with the one role that it was granted', () => {
    const [bucket] = Object.values(resourcesOf(storage, 'google_storage_bucket'));
    const members = membersIn(storage).map(({ bucket, role, member, condition }) => ({
      bucket,
      role,
      member,
      condition,
    }));
    expect(members).toHaveLength(4);
    expect(members).toEqual(
      expect.arrayContaining([
        {
          bucket: bucket?.name,
          role: 'roles/storage.objectViewer',
          member: `principal://iam.googleapis.com/${POOLS}/account-atlas-aws/subject/arn:aws:iam::111122223333:role/c-ohio`,
        },
        {
          bucket: bucket?.name,
          role: 'roles/storage.objectUser',
          member:
            'principal://iam.googleapis.com/projects/210987654321/locations/global/workloadIdentityPools/atlas-lab.svc.id.goog/subject/ns/training/sa/training',
          condition: {
            title: 'cluster atlas-c-dalles',
            expression: 'resource.service == "storage.googleapis.com"',
          },
        },
        {
          bucket: bucket?.name,
          role: 'roles/storage.objectCreator',
          member: `principal://iam.googleapis.com/${POOLS}/cluster-atlas-c-eastus2/subject/system:serviceaccount:training:training`,
        },
        {
          bucket: bucket?.name,
          role: 'roles/storage.objectViewer',
          member: `principal://iam.googleapis.com/${POOLS}/cluster-atlas-c-phoenix/subject/system:serviceaccount:training:training`,
        },
      ]),
    );
  });

  test('name whom the plan names', () => {
    const { grants } = planOf(
      estateOf({ amazon: { from: 'c-ohio', to: 's-iowa', access: 'read' }, lab: LAB }),
      TOLD_ALL,
    );
    const members = membersIn(storage).map(({ member }) => member);
    for (const { identity } of grants.flatMap(({ edges }) => edges)) expect(members).toContain(identity);
  });

  test('wait for the bucket, whose policy they add to and never replace', () => {
    for (const { depends_on: after } of membersIn(storage)) {
      expect(after).toEqual([expect.stringMatching(/^google_storage_bucket\./)]);
    }
    const types = [...stacks.values()].flatMap(({ resource = {} }) => Object.keys(resource));
    expect(types.filter((type) => /_iam_(binding|policy)$/.test(type))).toEqual([]);
    expect(types.filter((type) => /key$/.test(type) && type !== 'google_kms_crypto_key')).toEqual([]);
  });

  test('use roles of the catalog alone', () => {
    const roles = Object.values(GRANT_PERMISSIONS.google).flatMap(({ objects }) => objects);
    expect(new Set(membersIn(storage).map(({ role }) => role))).toEqual(new Set(roles));
  });

  test('have each issuer trusted once, in the foundation of the account, for one audience', () => {
    const providers = Object.values(resourcesOf(foundation, 'google_iam_workload_identity_pool_provider'));
    expect(Object.fromEntries(providers.map((each) => [each.workload_identity_pool_provider_id, each.oidc]))).toEqual(
      Object.fromEntries(
        [
          ['account-atlas-aws', 'https://0a1b.tokens.sts.global.api.aws'],
          ['cluster-atlas-c-eastus2', 'https://issuer.example.com/c-eastus2'],
          ['cluster-atlas-c-phoenix', 'https://issuer.example.com/c-phoenix'],
        ].map(([pool, issuer_uri]) => [
          pool,
          { issuer_uri, allowed_audiences: [`https://iam.googleapis.com/${POOLS}/${pool}/providers/${pool}`] },
        ]),
      ),
    );
    const conditions = providers.map((each) => [each.workload_identity_pool_id, each.attribute_condition]);
    expect(Object.fromEntries(conditions)).toEqual({
      'account-atlas-aws': 'assertion.sub.startsWith("arn:aws")',
      'cluster-atlas-c-eastus2': 'assertion.sub.startsWith("system:serviceaccount:")',
      'cluster-atlas-c-phoenix': 'assertion.sub.startsWith("system:serviceaccount:")',
    });
    for (const pool of Object.values(resourcesOf(foundation, 'google_iam_workload_identity_pool'))) {
      expect(pool.depends_on).toEqual([
        'google_project_service.iamgoogleapiscom',
        'google_project_service.iamcredentialsgoogleapiscom',
        'google_project_service.stsgoogleapiscom',
      ]);
    }
  });

  test('enable what exchanges tokens where somebody is trusted, and nowhere else', () => {
    const services = (json: TerraformJson) =>
      Object.values(resourcesOf(json, 'google_project_service')).map(({ service }) => service);
    expect(services(foundation)).toEqual(
      expect.arrayContaining(['sts.googleapis.com', 'iamcredentials.googleapis.com']),
    );
    expect(services(stackOf(stacks, 'atlas-lab-foundation'))).not.toContain('sts.googleapis.com');
    expect(stackOf(synthGrants({}), 'atlas-google-foundation')).toEqual(
      stackOf(synthGrants({ out: { from: 'c-iowa', to: 's-ohio', access: 'read' } }), 'atlas-google-foundation'),
    );
  });

  test('at their own site are given by the stack of the cluster, to the service account that they name', () => {
    const [member] = membersIn(stackOf(stacks, 'atlas-c-iowa-cluster'));
    expect(member).toMatchObject({
      role: 'roles/storage.objectCreator',
      member: `principal://iam.googleapis.com/${POOLS}/atlas-train.svc.id.goog/subject/ns/evaluation/sa/loader`,
      condition: { title: 'cluster atlas-c-iowa' },
    });
    expect(String(member?.bucket)).toMatch(/^atlas-s-iowa-[0-9a-f]{8}$/);
  });

  test('tell of clusters whose project has to have its pool first, once they are there', () => {
    const json = stackOf(stacks, 'atlas-c-dalles-cluster');
    const [cluster] = Object.keys(resourcesOf(json, 'google_container_cluster'));
    expect(toldBy(json)).toBe(
      `"\${jsonencode({"estate" = "atlas", "issuers" = {"c-dalles" = "https://container.googleapis.com/v1/\${google_container_cluster.${cluster}.id}"}})}"`,
    );
    expect(stackOf(stacks, 'atlas-c-iowa-cluster').output).not.toHaveProperty('exchange');
  });

  test('tell the issuer that others have planned with: an id of a cluster is its place', () => {
    const grants = { out: { from: 'c-iowa', to: 's-ohio', access: 'read' } };
    const [edge] = planOf(estateOf(grants), TOLD_ALL).grants.flatMap(({ edges }) => edges);
    expect(edge?.issuer).toBe(
      'https://container.googleapis.com/v1/projects/atlas-train/locations/us-central1/clusters/atlas-c-iowa',
    );
    expect(toldBy(stackOf(synthGrants(grants), 'atlas-c-iowa-cluster'))).toContain('"c-iowa" = "https://container.g');
  });

  test('to a bucket that exists already lie in a stack of the stores of its site, which makes nothing else', () => {
    const stores = { 's-dalles': { kind: 'object', site: 'dalles', existing: { id: 'corp-datasets' } } };
    const made = synthGrants({ corp: { from: 'c-eastus2', to: 's-dalles', access: 'read' } }, { stores });
    const json = stackOf(made, 'atlas-dalles-storage');
    expect(Object.keys(json.resource ?? {})).toEqual(['google_storage_bucket_iam_member']);
    expect(onlyResource(json, 'google_storage_bucket_iam_member')).toMatchObject({
      bucket: 'corp-datasets',
      role: 'roles/storage.objectViewer',
    });
    // What it made when it had stores is left alone.
    expect(forgottenBy(json).filter((address) => /kms_crypto_key\.|bucket\./.test(address))).toHaveLength(3);
    expect(synthGrants({}, { stores }).has('atlas-dalles-storage')).toBe(false);
  });

  const written = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,6}$/),
    fc.record({
      from: fc.constantFrom(...CLUSTERS, 'c-dalles'),
      to: fc.constantFrom(...STORES, 's-dalles').filter((key) => /iowa|dalles/.test(key)),
      access: fc.constantFrom('read', 'write', 'readWrite'),
    }),
    { maxKeys: 3 },
  );

  test('change nothing of one another, nor of anything else in their stacks', () => {
    fc.assert(
      fc.property(written, written, (some, more) => {
        const before = synthGrants(some);
        const after = synthGrants({ ...more, ...some });
        for (const [name, json] of before) {
          for (const [type, byId] of Object.entries(json.resource ?? {})) {
            expect(after.get(name)?.resource?.[type]).toMatchObject(byId);
          }
        }
      }),
      { numRuns: 4 },
    );
  });

  test('are made the same from a slice of the plan', () => {
    const plan: Plan = planOf(estateOf({ amazon: { from: 'c-ohio', to: 's-iowa', access: 'read' } }), TOLD_ALL);
    const whole = synthStacks(plan);
    for (const slice of slicesOf(plan.data).filter(({ cloud }) => cloud === 'google')) {
      const part = synthStacks(planFrom(slice.data));
      for (const name of slice.stacks) expect(part.get(name)).toEqual(whole.get(name));
    }
  });
});
