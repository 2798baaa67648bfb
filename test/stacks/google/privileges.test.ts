import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { CLUSTER_ROLES, EncryptionKey, Identity, Network, ObjectStore } from '../../../constructs/google';
import { compareKeys } from '../../../estate/units';
import { addStacks } from '../../../stacks/google';
import { synthStack, type TerraformJson } from '../../helpers/terraform';
import { newPlan, newShard, newSite } from './fixture';

/** Everything of IAM in some stacks: who gets which role on what, under which condition. */
function grantsOf(stacks: ReadonlyMap<string, TerraformJson>) {
  return [...stacks].flatMap(([stack, json]) =>
    Object.entries(json.resource ?? {})
      .filter(([type]) => /_iam_/.test(type) && !type.endsWith('_iam_custom_role'))
      .flatMap(([type, byId]) =>
        Object.values(byId).map((grant) => ({
          stack,
          type: type.replace(/^google_/, ''),
          on: grant.crypto_key_id ?? grant.bucket ?? grant.subnetwork ?? grant.project,
          role: grant.role,
          member: grant.member,
          when: Object(grant.condition).expression,
        })),
      ),
  );
}

function stacksOf(app: ReturnType<typeof Testing.app>): ReadonlyMap<string, TerraformJson> {
  const stacks = app.node.children.filter((child) => child instanceof TerraformStack);
  return new Map(stacks.map((stack) => [stack.node.id, synthStack(stack)]));
}

function synthEstate(access = { administrators: ['platform@example.com'], viewers: ['user:lead@example.com'] }) {
  const app = Testing.app();
  addStacks(app, newPlan([newSite()], [newShard({ access: { ...access, ranges: [] } })]));
  return stacksOf(app);
}

const KEY = 'projects/atlas-train/locations/us-central1/keyRings';
const CLUSTER = 'projects/atlas-train/locations/us-central1/clusters/atlas-train';
const IN_CLUSTER = `resource.name == "${CLUSTER}" || resource.name.startsWith("${CLUSTER}/")`;
const AGENT = 'serviceAccount:service-123456789012';
const NODES = 'serviceAccount:atlas-train-nodes@atlas-train.iam.gserviceaccount.com';
const POOL = 'projects/123456789012/locations/global/workloadIdentityPools/atlas-train.svc.id.goog';
const RIGHTS = 'projects/atlas-train/roles/atlas_train_us_central1_admin';
const ENCRYPTS = 'roles/cloudkms.cryptoKeyEncrypterDecrypter';
const BUCKET = expect.stringMatching(/^atlas-data-[0-9a-f]{8}$/);

/** Every grant of an estate with all that there is, and why it is there. */
const GRANTS = [
  {
    why: 'the control plane encrypts its secrets with the key of the cluster',
    stack: 'atlas-train-cluster',
    type: 'kms_crypto_key_iam_member',
    on: `${KEY}/atlas-train-cluster/cryptoKeys/atlas-train-cluster`,
    role: ENCRYPTS,
    member: `${AGENT}@container-engine-robot.iam.gserviceaccount.com`,
  },
  {
    why: 'Compute Engine encrypts boot disks with the key of the cluster',
    stack: 'atlas-train-cluster',
    type: 'kms_crypto_key_iam_member',
    on: `${KEY}/atlas-train-cluster/cryptoKeys/atlas-train-cluster`,
    role: ENCRYPTS,
    member: `${AGENT}@compute-system.iam.gserviceaccount.com`,
  },
  {
    why: 'Cloud Storage encrypts objects with the key of the site',
    stack: 'atlas-iowa-storage',
    type: 'kms_crypto_key_iam_member',
    on: `${KEY}/atlas-iowa-storage/cryptoKeys/atlas-iowa-storage`,
    role: ENCRYPTS,
    member: `${AGENT}@gs-project-accounts.iam.gserviceaccount.com`,
  },
  {
    why: 'nodes write logs and metrics, which is all that GKE asks for',
    stack: 'atlas-train-cluster',
    type: 'project_iam_member',
    on: 'atlas-train',
    role: 'roles/container.defaultNodeServiceAccount',
    member: NODES,
  },
  {
    why: 'nodes pull images of the project',
    stack: 'atlas-train-cluster',
    type: 'project_iam_member',
    on: 'atlas-train',
    role: 'roles/artifactregistry.reader',
    member: NODES,
  },
  {
    why: 'administrators work with what runs in the cluster, but neither change nor delete the cluster',
    stack: 'atlas-train-cluster',
    type: 'project_iam_member',
    on: 'atlas-train',
    role: 'roles/container.developer',
    member: 'group:platform@example.com',
    when: IN_CLUSTER,
  },
  {
    why: 'administrators give rights inside of the cluster',
    stack: 'atlas-train-cluster',
    type: 'project_iam_member',
    on: 'atlas-train',
    role: RIGHTS,
    member: 'group:platform@example.com',
    when: IN_CLUSTER,
  },
  {
    why: 'viewers look at what runs in the cluster, without its secrets',
    stack: 'atlas-train-cluster',
    type: 'project_iam_member',
    on: 'atlas-train',
    role: 'roles/container.viewer',
    member: 'user:lead@example.com',
    when: IN_CLUSTER,
  },
  {
    why: 'workloads read and write the bucket that the cluster mounts',
    stack: 'atlas-train-cluster',
    type: 'storage_bucket_iam_member',
    on: BUCKET,
    role: 'roles/storage.objectUser',
    member: `principal://iam.googleapis.com/${POOL}/subject/ns/training/sa/runner`,
    when: 'resource.service == "storage.googleapis.com"',
  },
];

describe('privileges on Google Cloud', () => {
  const stacks = synthEstate();

  test('are exactly these, each for a reason', () => {
    const sorted = (grants: readonly { readonly role: unknown; readonly member: unknown }[]) =>
      [...grants].sort((one, other) => compareKeys(`${one.role} ${one.member}`, `${other.role} ${other.member}`));
    expect(sorted(grantsOf(stacks))).toEqual(sorted(GRANTS.map(({ why: _, ...grant }) => grant)));
    for (const { why } of GRANTS) expect(why).toMatch(/^[a-zA-Z ,]+$/);
  });

  test('never replace what others were given', () => {
    const types = [...stacks.values()].flatMap(({ resource = {} }) => Object.keys(resource));
    expect(types.filter((type) => /_iam_(binding|policy)$/.test(type))).toEqual([]);
  });

  test('hold one role of their own, which has rights inside of clusters only', () => {
    const roles = [...stacks.values()].flatMap(({ resource = {} }) =>
      Object.values(resource.google_project_iam_custom_role ?? {}),
    );
    expect(roles).toEqual([
      {
        role_id: 'atlas_train_us_central1_admin',
        project: 'atlas-train',
        title: 'Rights inside of cluster atlas-train',
        description: 'With roles/container.developer: administers what runs in the cluster, not the cluster',
        permissions: [
          'container.certificateSigningRequests.approve',
          'container.clusterRoleBindings.create',
          'container.clusterRoleBindings.delete',
          'container.clusterRoleBindings.update',
          'container.clusterRoles.bind',
          'container.clusterRoles.create',
          'container.clusterRoles.delete',
          'container.clusterRoles.escalate',
          'container.clusterRoles.update',
          'container.mutatingWebhookConfigurations.create',
          'container.mutatingWebhookConfigurations.delete',
          'container.mutatingWebhookConfigurations.update',
          'container.roleBindings.create',
          'container.roleBindings.delete',
          'container.roleBindings.update',
          'container.roles.bind',
          'container.roles.create',
          'container.roles.delete',
          'container.roles.escalate',
          'container.roles.update',
          'container.validatingWebhookConfigurations.create',
          'container.validatingWebhookConfigurations.delete',
          'container.validatingWebhookConfigurations.update',
        ],
      },
    ]);
    const { administratorPermissions, source, checked } = CLUSTER_ROLES;
    expect(
      administratorPermissions.filter((permission) => /^container\.(clusters|operations)\./.test(permission)),
    ).toEqual([]);
    expect([source, checked]).toEqual([expect.stringMatching(/^https:/), expect.stringMatching(/^\d{4}-\d{2}$/)]);
  });

  test('are fewer where nobody administers or views', () => {
    const bare = synthEstate({ administrators: [], viewers: [] });
    const project = grantsOf(bare).filter(({ type }) => type === 'project_iam_member');
    expect(project.map(({ member }) => member)).toEqual([NODES, NODES]);
    expect([...bare.values()].map(({ resource }) => resource?.google_project_iam_custom_role)).toEqual(
      Array(bare.size).fill(undefined),
    );
  });

  test('are more where constructs are asked for more than estates say', () => {
    const stack = new TerraformStack(Testing.app(), 'own');
    const host = { projectId: 'atlas-host', region: 'us-central1', zones: ['us-central1-a'] };
    const network = Network.fromNetworkAttributes(stack, 'network', {
      name: 'shared',
      ...host,
      subnets: [{ key: 'nodes', role: 'nodes', cidr: '10.160.0.0/19', owner: 'one' }],
      assignsRoles: true,
    });
    network.grants.join(
      stack,
      'user',
      { projectId: 'atlas-train', projectNumber: '123456789012' },
      network.subnetFor('nodes'),
    );
    const project = { projectId: 'atlas-train', projectNumber: '123456789012', region: 'us-central1' };
    const encryptionKey = new EncryptionKey(stack, 'key', { name: 'own', ...project });
    for (const service of ['lustre', 'logging'] as const) encryptionKey.grants.serviceAgent(service);
    const store = new ObjectStore(stack, 'store', {
      name: 'own',
      projectId: project.projectId,
      region: project.region,
      encryptionKey,
      retainDays: 0,
      accessLogRetentionDays: 30,
    });
    store.grants.read(Identity.fromIdentityAttributes(stack, 'reader', { principal: 'group:readers@example.com' }));

    const own = grantsOf(new Map([['own', synthStack(stack)]])).map(({ on, role, member, when }) => [
      on,
      role,
      member,
      when,
    ]);
    const key = `${KEY}/own/cryptoKeys/own`;
    const bucket = expect.stringMatching(/^own-[0-9a-f]{8}$/);
    const gke = `${AGENT}@container-engine-robot.iam.gserviceaccount.com`;
    expect(own.sort((one, other) => compareKeys(`${one[1]} ${one[2]}`, `${other[1]} ${other[2]}`))).toEqual([
      // Cloud Logging says itself which account it is.
      [
        key,
        ENCRYPTS,
        expect.stringMatching(/^serviceAccount:\$\{data\.google_logging_project_cmek_settings\./),
        undefined,
      ],
      [key, ENCRYPTS, `${AGENT}@gcp-sa-lustre.iam.gserviceaccount.com`, undefined],
      [key, ENCRYPTS, `${AGENT}@gs-project-accounts.iam.gserviceaccount.com`, undefined],
      // GKE and the service that makes machines for it put clusters into the subnet of a shared network.
      [
        'shared-nodes',
        'roles/compute.networkUser',
        'serviceAccount:123456789012@cloudservices.gserviceaccount.com',
        undefined,
      ],
      ['shared-nodes', 'roles/compute.networkUser', gke, undefined],
      // GKE makes rules of the firewall there.
      ['atlas-host', 'roles/container.hostServiceAgentUser', gke, undefined],
      // Cloud Storage lists requests in the bucket beside the store.
      [
        expect.stringMatching(/^own-access-logs-[0-9a-f]{8}$/),
        'roles/storage.objectCreator',
        'group:cloud-storage-analytics@google.com',
        undefined,
      ],
      [bucket, 'roles/storage.objectViewer', 'group:readers@example.com', undefined],
    ]);
  });
});
