import { type Estate, estateSchema } from '../../../estate/spec/schema';
import { grantedEstate, TOLD } from '../../helpers/granted';
import { onlyResource, resourcesOf, type TerraformJson } from '../../helpers/terraform';
import { stacksOf } from './linked';

const ACCEPTED = { acknowledge: 'approved by security in SEC-1234' };
const URL = 'https://idcs-0a1b.identity.oraclecloud.com';
const COMPARTMENT = 'ocid1.compartment.oc1..bbbb';
const ELSEWHERE = 'ocid1.compartment.oc1..cccc';
const FOUNDATION = 'atlas-oracle-foundation';
const STORAGE = 'atlas-phoenix-storage';
const CLUSTER = 'atlas-c-phoenix-cluster';

const LOADER = { cluster: 'c-iowa', namespace: 'data', serviceAccount: 'loader' };
const GRANTS = {
  azure: { from: 'c-eastus2', to: 's-phoenix', access: 'read', ...ACCEPTED },
  google: { from: 'c-iowa', to: 's-phoenix', access: 'write', ...ACCEPTED },
  loader: { from: LOADER, to: 's-phoenix', access: 'readWrite', ...ACCEPTED },
  aws: { from: 'c-ohio', to: 's-phoenix', access: 'read', ...ACCEPTED },
  near: { from: 'c-ashburn', to: 's-phoenix', access: 'read' },
  company: { from: 'c-ashburn', to: 'corpus', access: 'read' },
  own: { from: 'c-phoenix', to: 's-phoenix', access: 'read' },
  helper: {
    from: { cluster: 'c-phoenix', namespace: 'data', serviceAccount: 'helper' },
    to: 'corpus',
    access: 'write',
  },
  away: { from: 'c-phoenix', to: 's-ohio', access: 'read' },
} as const;
type Key = keyof typeof GRANTS;

/** A store of the company, whose compartment is another one. */
const CORPUS = {
  kind: 'object',
  site: 'phoenix',
  existing: { id: 'corpus', compartmentId: ELSEWHERE, namespace: 'axaxnpcrorw5' },
};

/** The estate of the other tests of grants with a second site on Oracle Cloud, a store of the company and some grants. */
function estateOf(keys: readonly Key[], changes: object = {}): Estate {
  const base = grantedEstate({});
  const oke = { ...base.clusters['c-phoenix'], kubernetes: '1.35' };
  return estateSchema.parse({
    ...base,
    sites: { ...base.sites, ashburn: { account: 'oracle', region: 'us-ashburn-1', zones: ['Uocm:US-ASHBURN-AD-1'] } },
    clusters: { ...base.clusters, 'c-phoenix': oke, 'c-ashburn': { ...oke, site: 'ashburn' } },
    stores: { ...base.stores, corpus: CORPUS },
    grants: Object.fromEntries(keys.map((key) => [key, GRANTS[key]])),
    ...changes,
  });
}

const ASHBURN = { 'c-ashburn': { clusterId: 'ocid1.cluster.oc1.iad.cashburn' } };
const ALL_TOLD = { ...TOLD, principals: { ...TOLD.principals, ...ASHBURN } };
const synth = (keys: readonly Key[], changes: object = {}) => stacksOf(estateOf(keys, changes), ALL_TOLD);

const BARE = synth([]);
const ALL = synth(['azure', 'google', 'loader', 'aws', 'near', 'company', 'own', 'helper', 'away']);

function of(stack: string, type: string, json = ALL): readonly Record<string, unknown>[] {
  return Object.values(resourcesOf(json[stack] ?? {}, type));
}

function statements(stack: string, name: string, json = ALL): readonly string[] {
  const policy = of(stack, 'oci_identity_policy', json).find((each) => each.name === name);
  return Object(policy).statements;
}

function toldBy(json: TerraformJson | undefined): string {
  return String(json?.output?.exchange?.value);
}

describe('the target side of grants on Oracle Cloud', () => {
  test('is a policy for each grant, with one right on one bucket for the group of its caller', () => {
    const name = 'atlas-s-phoenix';
    const where = `where all {target.bucket.name = '${bucketOf(name)}'`;
    const group = "Allow group 'Default'/'atlas-c-eastus2-training-training' to";
    expect(statements(STORAGE, 'atlas-azure-grant')).toEqual([
      `${group} read buckets in compartment id ${COMPARTMENT} ${where}}`,
      `${group} read objects in compartment id ${COMPARTMENT} ${where}}`,
    ]);
    const permissions = ['CREATE', 'INSPECT', 'OVERWRITE'].map((each) => `request.permission = 'OBJECT_${each}'`);
    expect(statements(STORAGE, 'atlas-google-grant')[1]).toBe(
      `Allow group 'Default'/'atlas-c-iowa-training-training' to manage objects in compartment id ${COMPARTMENT} ${where}, any {${permissions.join(', ')}}}`,
    );
    expect(statements(STORAGE, 'atlas-loader-grant')[1]).toBe(
      `Allow group 'Default'/'atlas-c-iowa-data-loader' to manage objects in compartment id ${COMPARTMENT} ${where}, request.permission != 'OBJECT_VERSION_DELETE'}`,
    );
  });

  test('knows workloads of the tenancy by their cluster, namespace and service account', () => {
    const conditions = [
      "request.principal.type = 'workload'",
      "request.principal.cluster_id = 'ocid1.cluster.oc1.iad.cashburn'",
      "request.principal.namespace = 'training'",
      "request.principal.service_account = 'training'",
    ];
    expect(statements(STORAGE, 'atlas-near-grant')[1]).toBe(
      `Allow any-user to read objects in compartment id ${COMPARTMENT} where all {${conditions.join(', ')}, target.bucket.name = '${bucketOf('atlas-s-phoenix')}'}`,
    );
  });

  test('lies in the compartment of the store, and is written in the home region', () => {
    const policies = of(STORAGE, 'oci_identity_policy');
    expect(policies.map(({ name, compartment_id: place, provider }) => [name, place, provider]).sort()).toEqual([
      ['atlas-aws-grant', COMPARTMENT, 'oci.home'],
      ['atlas-azure-grant', COMPARTMENT, 'oci.home'],
      ['atlas-company-grant', ELSEWHERE, 'oci.home'],
      ['atlas-google-grant', COMPARTMENT, 'oci.home'],
      ['atlas-loader-grant', COMPARTMENT, 'oci.home'],
      ['atlas-near-grant', COMPARTMENT, 'oci.home'],
    ]);
  });

  test('trusts each issuer once, with a service user and a group for each caller', () => {
    const trusts = of(FOUNDATION, 'oci_identity_domains_identity_propagation_trust');
    const rules = trusts.map(({ name, issuer, public_key_endpoint: keys, impersonation_service_users: users }) => [
      name,
      issuer,
      keys,
      (users as { rule: string }[]).map(({ rule }) => rule),
    ]);
    const gke = 'https://container.googleapis.com/v1/projects/atlas-train/locations/us-central1/clusters/atlas-c-iowa';
    const account = 'https://0a1b.tokens.sts.global.api.aws';
    const aks = 'https://issuer.example.com/c-eastus2';
    expect(rules).toEqual([
      [
        'atlas-oracle-account-aws',
        account,
        `${account}/.well-known/jwks.json`,
        ['sub eq arn:aws:iam::111122223333:role/c-ohio'],
      ],
      [
        'atlas-oracle-cluster-c-eastus2',
        aks,
        `${aks}/openid/v1/jwks`,
        ['sub eq system:serviceaccount:training:training'],
      ],
      [
        'atlas-oracle-cluster-c-iowa',
        gke,
        `${gke}/jwks`,
        ['sub eq system:serviceaccount:data:loader', 'sub eq system:serviceaccount:training:training'],
      ],
    ]);
    for (const trust of trusts) {
      expect(trust).toMatchObject({ idcs_endpoint: URL, client_claim_values: [URL], oauth_clients: ['c0ffee00'] });
    }
    const users = of(FOUNDATION, 'oci_identity_domains_user').map(({ user_name: name }) => name);
    const groups = of(FOUNDATION, 'oci_identity_domains_group').map(({ display_name: name }) => name);
    expect(groups).toEqual(users);
    // Policies name groups that are there.
    const named = of(STORAGE, 'oci_identity_policy').flatMap(({ statements: all }) =>
      [...JSON.stringify(all).matchAll(/group 'Default'\/'([^']+)'/g)].map(([, name]) => name),
    );
    expect([...new Set(named)].sort()).toEqual([...users].sort());
  });

  test('has no client that exchanges tokens, whose secret would be in the state', () => {
    expect(Object.keys(ALL[FOUNDATION]?.resource ?? {})).not.toContain('oci_identity_domains_app');
  });

  test('makes no key at a site whose only stores exist already', () => {
    const { 's-phoenix': _gone, ...stores } = estateOf([]).stores;
    const json = synth(['company'], { stores });
    expect(Object.keys(json[STORAGE]?.resource ?? {})).toEqual(['oci_identity_policy']);
    expect(synth([], { stores })).not.toHaveProperty(STORAGE);
  });

  test('waits for who the caller is', () => {
    const estate = estateOf(['azure', 'near']);
    expect(Object.keys(stacksOf(estate)[STORAGE]?.resource ?? {})).not.toContain('oci_identity_policy');
  });
});

describe('the source side of grants on Oracle Cloud', () => {
  test('gives what is at the same site as mounts are, to each service account by itself', () => {
    expect(statements(CLUSTER, 'atlas-c-phoenix-workload')[1]).toBe(
      `Allow any-user to read objects in compartment id ${COMPARTMENT} where all {${own('training', 'training')}, target.bucket.name = '${bucketOf('atlas-s-phoenix')}'}`,
    );
    const [place] = of(CLUSTER, 'oci_identity_policy').filter(({ compartment_id: id }) => id === ELSEWHERE);
    expect(place?.name).toMatch(/^atlas-c-phoenix--data-helper-workload-[0-9a-f]{8}$/);
    expect(Object(place).statements[1]).toContain(
      `to manage objects in compartment id ${ELSEWHERE} where all {${own('data', 'helper')}, target.bucket.name = 'corpus', any {`,
    );
  });

  test('tells who signs, where somebody elsewhere trusts it, and which cluster it is, where its own cloud does', () => {
    expect(toldBy(ALL[CLUSTER])).toMatch(
      /^\$\{jsonencode\(\{"estate" = "atlas", "issuers" = \{"c-phoenix" = trimsuffix\(oci_containerengine_cluster\.\w+\.open_id_connect_discovery_endpoint, "\/\.well-known\/openid-configuration"\)\}\}\)\}$/,
    );
    expect(toldBy(ALL['atlas-c-ashburn-cluster'])).toMatch(
      /"principals" = \{"c-ashburn" = \{"clusterId" = oci_containerengine_cluster\.\w+\.id\}\}/,
    );
    expect(ALL['atlas-c-ashburn-cluster']?.output?.exchange).toBeDefined();
    expect(BARE[CLUSTER]?.output).not.toHaveProperty('exchange');
  });

  test('shows who its pods are, which every cluster that is made does', () => {
    expect(onlyResource(BARE[CLUSTER] ?? {}, 'oci_containerengine_cluster').options).toMatchObject({
      open_id_connect_discovery: { is_open_id_connect_discovery_enabled: true },
    });
  });
});

describe('grants that come and go on Oracle Cloud', () => {
  const changed = (one: typeof ALL, other: typeof ALL) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])]
      .flatMap((stack) => {
        const [before, after] = [one, other].map((json) => addressesOf(json[stack] ?? {}));
        return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
          (address) => JSON.stringify(before?.[address]) !== JSON.stringify(after?.[address]),
        );
      })
      .map((address) => address.replace(/_[0-9A-F]{8}$/, ''))
      .sort();

  test('change nothing but what is theirs', () => {
    expect(changed(synth(['azure', 'near']), synth(['azure']))).toEqual(['oci_identity_policy.grant-near']);
    expect(changed(synth(['azure', 'google']), synth(['google']))).toEqual(
      [
        'oci_identity_domains_group.trust-cluster-c-eastus2_group-atlas-c-eastus2-training-training',
        'oci_identity_domains_identity_propagation_trust.trust-cluster-c-eastus2',
        'oci_identity_domains_user.trust-cluster-c-eastus2_user-atlas-c-eastus2-training-training',
        'oci_identity_policy.grant-azure',
      ].map((address) => expect.stringContaining(address)),
    );
  });
});

function addressesOf(json: TerraformJson): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(json.resource ?? {}).flatMap(([type, all]) =>
      Object.entries(all).map(([name, resource]) => [`${type}.${name}`, resource]),
    ),
  );
}

/** The bucket of a store, by the name of the store. */
function bucketOf(name: string): string {
  const buckets = of(STORAGE, 'oci_objectstorage_bucket').map((bucket) => String(bucket.name));
  return buckets.find((bucket) => bucket.startsWith(name)) ?? '';
}

/** Conditions that a service account of the cluster in Phoenix meets. */
function own(namespace: string, serviceAccount: string): string {
  return ["request.principal.type = 'workload'", "request.principal.cluster_id = '${oci_containerengine_cluster."]
    .join(', ')
    .concat(
      clusterAddress(),
      `.id}', request.principal.namespace = '${namespace}', request.principal.service_account = '${serviceAccount}'`,
    );
}

function clusterAddress(): string {
  return Object.keys(resourcesOf(ALL[CLUSTER] ?? {}, 'oci_containerengine_cluster'))[0] ?? '';
}
