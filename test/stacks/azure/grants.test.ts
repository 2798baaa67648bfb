import { join } from 'node:path';
import fc from 'fast-check';
import { Testing } from '../../../constructs/cdktf';
import { GRANT_ACCESS } from '../../../estate/catalog/grants';
import type { GrantHalfPlan } from '../../../estate/plan/grants/types';
import type { Exchange } from '../../../estate/spec/exchange';
import { estateSchema } from '../../../estate/spec/schema';
import { PROVIDERS } from '../../../estate/terraform-providers';
import { StorageStack } from '../../../stacks/azure';
import { CLUSTERS, grantedEstate, TOLD } from '../../helpers/granted';
import { planOf } from '../../helpers/linked';
import { askRecorded } from '../../helpers/recorded';
import { synthesizePlan, withFolder } from '../../helpers/synth';
import { onlyResource, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';
import { fixture } from './fixture';
import { stacksOf } from './linked';

const grant = (from: unknown, to: string, access = 'read', more: object = {}) => ({ from, to, access, ...more });
const HUB = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/atlas-eastus2-site/providers';
/** A second site of the same account. */
const LONDON = {
  sites: { london: { account: 'azure', region: 'uksouth', zones: ['1'] } },
  clusters: { 'c-london': { site: 'london', kubernetes: '1.33', pools: {} } },
};
const PRINCIPAL = '44444444-4444-4444-4444-444444444444';

function made(grants: object, changes: Partial<typeof LONDON> = {}, exchange: Partial<Exchange> = TOLD) {
  const { sites, clusters, ...estate } = grantedEstate(grants);
  const all = { sites: { ...sites, ...changes.sites }, clusters: { ...clusters, ...changes.clusters } };
  return stacksOf(estateSchema.parse({ ...estate, ...all }), exchange);
}

function stackOf(stacks: ReturnType<typeof stacksOf>, id: string): TerraformJson {
  return stacks.get(id)?.json ?? {};
}

const storageOf = (grants: object) => stackOf(made(grants), 'atlas-eastus2-storage');
const clusterOf = (grants: object) => stackOf(made(grants), 'atlas-c-eastus2-cluster');
const told = ({ output = {} }: TerraformJson) => output.exchange?.value;

/** Resources of a type that grants make: what stores and mounts have of it lies elsewhere. */
function ofGrants(json: TerraformJson, type: string): Readonly<Record<string, unknown>>[] {
  return Object.entries(resourcesOf(json, type)).flatMap(([id, body]) => (/^(grant|caller)-/.test(id) ? [body] : []));
}

describe('the target side of grants on Azure', () => {
  test('is an identity that trusts one workload, with a role on one container and on nothing else', () => {
    const json = storageOf({ web: grant('c-iowa', 's-eastus2') });
    expect(ofGrants(json, 'azurerm_user_assigned_identity')).toMatchObject([{ name: 'atlas-web-grant' }]);
    expect(onlyResource(json, 'azurerm_federated_identity_credential')).toMatchObject({
      issuer: expect.stringMatching(/^https:\/\/container\.googleapis\.com\/v1\/projects\/atlas-train\//),
      subject: 'system:serviceaccount:training:training',
      audience: ['api://AzureADTokenExchange'],
    });
    const [store] = Object.values(resourcesOf(json, 'azurerm_storage_account')).map(({ name }) => name);
    expect(ofGrants(json, 'azurerm_role_assignment')).toMatchObject([
      {
        scope: `${HUB}/Microsoft.Storage/storageAccounts/${store}/blobServices/default/containers/data`,
        role_definition_name: 'Storage Blob Data Reader',
        principal_id: expect.stringMatching(/azurerm_user_assigned_identity\.grant-web_identity_\w+\.principal_id/),
      },
    ]);
    expect(resourcesOf(json, 'azurerm_role_definition')).toEqual({});
  });

  test('trusts a role of an account by who signs for it', () => {
    const json = storageOf({ web: grant('c-ohio', 's-eastus2') });
    expect(onlyResource(json, 'azurerm_federated_identity_credential')).toMatchObject({
      issuer: 'https://0a1b.tokens.sts.global.api.aws',
      subject: 'arn:aws:iam::111122223333:role/c-ohio',
    });
  });

  test('tells the client id of its identity, of each grant by itself', () => {
    const json = storageOf({ web: grant('c-iowa', 's-eastus2'), code: grant('c-phoenix', 's-eastus2') });
    expect(told(json)).toMatch(
      /^\$\{jsonencode\(\{"estate" = "atlas", "grants" = \{"code" = \{"clientId" = azurerm_user_assigned_identity\.grant-code_identity_\w+\.client_id\}, "web" = \{"clientId" = azurerm_user_assigned_identity\.grant-web_identity_\w+\.client_id\}\}\}\)\}$/,
    );
  });

  test('lets in whoever Azure knows by a role of his own, without an identity in between', () => {
    const json = stackOf(
      made({ web: grant('c-london', 's-eastus2') }, LONDON, { principals: { 'c-london': { principalId: PRINCIPAL } } }),
      'atlas-eastus2-storage',
    );
    expect(ofGrants(json, 'azurerm_user_assigned_identity')).toEqual([]);
    expect(resourcesOf(json, 'azurerm_federated_identity_credential')).toEqual({});
    expect(ofGrants(json, 'azurerm_role_assignment')).toMatchObject([
      { role_definition_name: 'Storage Blob Data Reader', principal_id: PRINCIPAL },
    ]);
    expect(told(json)).toBeUndefined();
  });

  test('reads, adds, or reads and writes, as it says', () => {
    const role = (access: string) => {
      const json = storageOf({ web: grant('c-iowa', 's-eastus2', access) });
      const [assignment] = ofGrants(json, 'azurerm_role_assignment');
      return assignment?.role_definition_name ?? assignment?.role_definition_id;
    };
    expect(GRANT_ACCESS.map(role)).toEqual([
      'Storage Blob Data Reader',
      expect.stringMatching(/azurerm_role_definition\.grant-web_role_\w+\.role_definition_resource_id/),
      'Storage Blob Data Contributor',
    ]);
    const json = storageOf({ web: grant('c-iowa', 's-eastus2', 'write') });
    expect(onlyResource(json, 'azurerm_role_definition')).toMatchObject({ name: 'atlas-web-grant' });
  });

  test('gives one role that adds objects to all callers whom Azure knows', () => {
    const principals = { 'c-london': { principalId: PRINCIPAL } };
    const json = stackOf(
      made({ web: grant('c-london', 's-eastus2', 'write') }, LONDON, { principals }),
      'atlas-eastus2-storage',
    );
    expect(Object.keys(resourcesOf(json, 'azurerm_role_definition'))).toHaveLength(1);
    expect(ofGrants(json, 'azurerm_role_assignment')).toMatchObject([{ principal_id: PRINCIPAL }]);
  });

  test('has another identity, another role and another client id where one takes no more callers', () => {
    const [site] = fixture().sites('azure');
    if (site === undefined) throw new Error('no site');
    const half = (shard: string, more: Pick<GrantHalfPlan, 'key' | 'identityName' | 'tells'>): GrantHalfPlan => ({
      ...more,
      grant: 'web',
      store: 'datasets',
      stack: 1,
      access: 'write',
      anchor: 'cluster',
      callers: [
        {
          kind: 'federated',
          shard,
          trust: `cluster-${shard}`,
          issuer: 'https://a.example',
          subject: shard,
          audience: 'a',
        },
      ],
    });
    const grants = [
      half('big', { key: 'web', identityName: 'atlas-web-grant', tells: 'clientId' }),
      half('big-21', { key: 'web--2', identityName: 'atlas-web--2-grant', tells: 'clientId-2' }),
    ];
    const stack = new StorageStack(Testing.app(), 'storage', {
      site: { ...site, grants },
      shards: [],
      state: { kind: 'local' },
    });
    const json = synthStack(stack);
    expect(told(json)).toMatch(
      /"grants" = \{"web" = \{"clientId" = [\w.-]+grant-web_identity_\w+\.client_id, "clientId-2" = [\w.-]+grant-web--2_identity_\w+\.client_id\}\}/,
    );
    expect(ofGrants(json, 'azurerm_role_definition').map(({ name }) => name)).toEqual([
      'atlas-web--2-grant',
      'atlas-web-grant',
    ]);
  });

  test('makes no key and no account where the store of the site exists already', () => {
    const existing = {
      id: 'corpdata',
      container: 'raw',
      subscriptionId: '33333333-3333-3333-3333-333333333333',
      resourceGroup: 'corp-data',
    };
    const estate = grantedEstate(
      { web: grant('c-iowa', 'corp') },
      { stores: { corp: { kind: 'object', site: 'eastus2', existing } } },
    );
    const json = stackOf(stacksOf(estate, TOLD), 'atlas-eastus2-storage');
    expect(Object.keys(json.resource ?? {}).sort()).toEqual([
      'azurerm_federated_identity_credential',
      'azurerm_role_assignment',
      'azurerm_user_assigned_identity',
    ]);
    expect(onlyResource(json, 'azurerm_role_assignment').scope).toBe(
      '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/corp-data/providers/Microsoft.Storage/storageAccounts/corpdata/blobServices/default/containers/raw',
    );
  });
});

describe('the source side of grants on Azure', () => {
  test('tells who signs for its pods', () => {
    const json = clusterOf({ web: grant('c-eastus2', 's-ohio') });
    expect(told(json)).toMatch(
      /^\$\{jsonencode\(\{"estate" = "atlas", "issuers" = \{"c-eastus2" = azurerm_kubernetes_cluster\.\w+\.oidc_issuer_url\}\}\)\}$/,
    );
    expect(ofGrants(json, 'azurerm_user_assigned_identity')).toEqual([]);
  });

  test('tells the object id of who is let in at another site of Azure', () => {
    const stacks = made({ web: grant('c-london', 's-eastus2') }, LONDON, {});
    expect(told(stackOf(stacks, 'atlas-c-london-cluster'))).toMatch(
      /^\$\{jsonencode\(\{"estate" = "atlas", "principals" = \{"c-london" = \{"principalId" = azurerm_user_assigned_identity\.workload_\w+\.principal_id\}\}\}\)\}$/,
    );
    expect(told(stackOf(stacks, 'atlas-eastus2-storage'))).toBeUndefined();
  });

  test('gives another service account of the cluster an identity of its own', () => {
    const loader = { cluster: 'c-london', serviceAccount: 'loader' };
    const json = stackOf(made({ web: grant(loader, 's-eastus2') }, LONDON, {}), 'atlas-c-london-cluster');
    expect(ofGrants(json, 'azurerm_user_assigned_identity')).toMatchObject([
      { name: expect.stringMatching(/^atlas-c-london-[0-9a-f]{8}-training-loader-workload$/) },
    ]);
    expect(ofGrants(json, 'azurerm_federated_identity_credential')).toMatchObject([
      {
        subject: 'system:serviceaccount:training:loader',
        issuer: expect.stringContaining('azurerm_kubernetes_cluster.'),
      },
    ]);
    expect(told(json)).toMatch(/"principalId-[0-9a-f]{8}" = azurerm_user_assigned_identity\.caller-training-loader_/);
  });

  test('gives what is granted at the own site, with less than what is mounted', () => {
    const loader = { cluster: 'c-eastus2', serviceAccount: 'loader' };
    const json = clusterOf({ web: grant(loader, 's-eastus2'), code: grant('c-eastus2', 's-eastus2', 'write') });
    const roles = ofGrants(json, 'azurerm_role_assignment').map(({ principal_id, role_definition_name, scope }) => [
      String(principal_id).replace(/^.*identity\.|_[0-9A-F]{8}.*$/g, ''),
      role_definition_name,
      String(scope).split('/').slice(-2).join('/'),
    ]);
    expect(roles).toEqual([
      ['workload', undefined, 'containers/data'],
      ['caller-training-loader', 'Storage Blob Data Reader', 'containers/data'],
    ]);
    expect(onlyResource(json, 'azurerm_role_definition')).toMatchObject({ name: 'atlas-c-eastus2--code-grant' });
    expect(told(json)).toBeUndefined();
  });
});

describe('stacks of Azure with grants', () => {
  const pairs = fc.uniqueArray(
    fc.record({
      from: fc.constantFrom(...CLUSTERS),
      to: fc.constantFrom('s-eastus2', 's-ohio'),
      access: fc.constantFrom(...GRANT_ACCESS),
    }),
    { selector: ({ from, to }) => `${from}/${to}`, minLength: 1, maxLength: 4 },
  );

  test('have the same resources for all others when a grant comes or goes', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const keyed = Object.fromEntries(all.map((each) => [`${each.from}-${each.to}`, each]));
        const [gone = ''] = Object.keys(keyed);
        const { [gone]: _, ...rest } = keyed;
        const [before, after] = [made(rest), made(keyed)];
        for (const [id, { json }] of before) {
          const { resource = {} } = stackOf(after, id);
          for (const [type, bodies] of Object.entries(json.resource ?? {}))
            expect(resource[type]).toMatchObject(bodies);
        }
      }),
      { numRuns: 6 },
    );
  });

  test.each(PROVIDERS.azurerm.releases)('are what azurerm %s takes', async (version) => {
    const { sites, clusters, ...estate } = grantedEstate({
      web: grant('c-iowa', 's-eastus2', 'write'),
      code: grant('c-ohio', 's-eastus2', 'readWrite'),
      london: grant({ cluster: 'c-london', serviceAccount: 'loader' }, 's-eastus2'),
      here: grant('c-eastus2', 's-eastus2', 'write'),
      away: grant('c-eastus2', 's-ohio'),
    });
    const written = estateSchema.parse({
      ...estate,
      providers: { azurerm: version },
      sites: { ...sites, ...LONDON.sites },
      clusters: { ...clusters, ...LONDON.clusters },
    });
    await withFolder((folder) => {
      synthesizePlan({ ...planOf(written, TOLD), clouds: ['azure'] }, folder);
      const { pinned, found } = askRecorded(join(folder, 'cdktf.out'));
      expect(pinned).toEqual([`azurerm ${version}`]);
      expect(found).toEqual([]);
    });
  });
});
