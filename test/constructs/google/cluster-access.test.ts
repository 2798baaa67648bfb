import { CLUSTER_ROLES } from '../../../constructs/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newCluster, newStack } from './support';

function synthCluster(props: Parameters<typeof newCluster>[1] = {}) {
  const stack = newStack();
  newCluster(stack, props);
  return synthStack(stack);
}

type ClusterJson = ReturnType<typeof synthCluster>;

/** Members that have a role, by the id of the grant. */
function membersOf(json: ClusterJson, role: string): Record<string, unknown> {
  const grants = Object.entries(resourcesOf(json, 'google_project_iam_member')).filter(
    ([, grant]) => grant.role === role,
  );
  return Object.fromEntries(grants.map(([id, { member }]) => [id, member]));
}

const RIGHTS = 'projects/test-train/roles/atlas_one_us_central1_admin';

describe('administrators of a Cluster', () => {
  const json = synthCluster({ clusterAdmins: ['platform@example.com', 'user:lead@example.com'] });

  test('administer what runs in this cluster and no other, and not the cluster', () => {
    for (const role of ['roles/container.developer', RIGHTS]) {
      expect(Object.values(membersOf(json, role)).sort()).toEqual([
        'group:platform@example.com',
        'user:lead@example.com',
      ]);
    }
    const path = 'projects/test-train/locations/us-central1/clusters/atlas-one';
    const grants = Object.values(resourcesOf(json, 'google_project_iam_member'));
    const conditions = grants.filter(({ member }) => !String(member).startsWith('serviceAccount:'));
    expect(conditions).toHaveLength(4);
    for (const { condition } of conditions) {
      expect(condition).toEqual({
        title: 'cluster atlas-one',
        expression: `resource.name == "${path}" || resource.name.startsWith("${path}/")`,
      });
    }
    const roles = JSON.stringify(grants.map(({ role }) => role));
    expect(roles).not.toMatch(/container\.(admin|clusterAdmin)|owner|editor/);
    expect(onlyResource(json, 'google_project_iam_custom_role').permissions).toEqual(
      CLUSTER_ROLES.administratorPermissions,
    );
  });

  test('keep what they had until they have both parts of what they get', () => {
    const grants = resourcesOf(json, 'google_project_iam_member');
    const [id = ''] = Object.keys(grants).filter((key) => key.startsWith('cluster_admin-platform'));
    const [rights = ''] = Object.keys(grants).filter((key) => key.startsWith('cluster_rights-platform'));
    expect(grants[id]).toMatchObject({
      role: 'roles/container.developer',
      lifecycle: { create_before_destroy: true },
      depends_on: [`google_project_iam_member.${rights}`],
    });
    expect(grants[rights]).toMatchObject({
      role: RIGHTS,
      depends_on: [expect.stringMatching(/^google_project_iam_custom_role\.cluster_admin-role_/)],
    });
  });

  test('have one grant of each part, however they are spelled', () => {
    const grants = (...clusterAdmins: string[]) =>
      membersOf(synthCluster({ clusterAdmins }), 'roles/container.developer');
    const one = grants('platform@example.com');
    expect(Object.values(one)).toEqual(['group:platform@example.com']);
    for (const spelling of ['group:platform@example.com', 'Platform@Example.com', 'group:PLATFORM@example.com']) {
      expect(grants(spelling)).toEqual(one);
      expect(grants('platform@example.com', spelling)).toEqual(one);
    }
    expect(
      Object.values(grants('user:Lead@example.com', 'serviceAccount:CI@p.iam.gserviceaccount.com')).sort(),
    ).toEqual(['serviceAccount:ci@p.iam.gserviceaccount.com', 'user:lead@example.com']);
    // Names in pools of identities tell cases apart.
    const principal = 'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/P/subject/Me';
    expect(Object.values(grants(principal))).toEqual([principal]);
  });

  test('have a role of their cluster, whose name takes no hyphens and fits', () => {
    const name = 'a-cluster-with-a-name-of-forty-characters';
    const { role_id } = onlyResource(
      synthCluster({ name, clusterAdmins: ['a@example.com'] }),
      'google_project_iam_custom_role',
    );
    expect(role_id).toMatch(/^a_cluster_with_a_[a-z0-9_]+$/);
    expect(String(role_id).length).toBeLessThanOrEqual(64);
    expect(resourcesOf(synthCluster(), 'google_project_iam_custom_role')).toEqual({});
  });

  test.each(['allUsers', 'allAuthenticatedUsers', 'platform', 'grup:platform@example.com', 'user:', 'principal://x'])(
    'fails when one of them is %s',
    (principal) => {
      for (const props of [{ clusterAdmins: [principal] }, { clusterViewers: [principal] }]) {
        expect(() => synthCluster(props)).toThrow(
          `principal of the cluster is "${principal}", it must be such as platform-admins@example.com [IdInvalid]`,
        );
      }
    },
  );
});

describe('viewers of a Cluster', () => {
  test('look at this cluster, once each', () => {
    const json = synthCluster({ clusterViewers: ['research@example.com', 'group:Research@example.com'] });
    expect(Object.values(membersOf(json, 'roles/container.viewer'))).toEqual(['group:research@example.com']);
    expect(resourcesOf(json, 'google_project_iam_custom_role')).toEqual({});
    expect(Object.keys(membersOf(json, 'roles/container.developer'))).toEqual([]);
  });
});

describe('endpoints of a Cluster', () => {
  const of = (props: Parameters<typeof newCluster>[1]) => onlyResource(synthCluster(props), 'google_container_cluster');

  test('have private addresses only, for private ranges', () => {
    const cluster = of({ apiAccessCidrs: ['10.8.0.0/16', '100.64.0.0/16'] });
    expect(cluster).toMatchObject({
      private_cluster_config: {
        enable_private_nodes: true,
        enable_private_endpoint: true,
        master_global_access_config: { enabled: true },
      },
      control_plane_endpoints_config: {
        dns_endpoint_config: { allow_external_traffic: true },
        ip_endpoints_config: { enabled: true },
      },
    });
    expect(cluster.master_authorized_networks_config).toEqual({
      cidr_blocks: [{ cidr_block: '10.8.0.0/16' }, { cidr_block: '100.64.0.0/16' }],
      gcp_public_cidrs_access_enabled: false,
      private_endpoint_enforcement_enabled: true,
    });
  });

  test('have a public address for exactly the ranges that are given, where one of them is public', () => {
    const cluster = of({ apiAccessCidrs: ['10.8.0.0/16', '198.51.100.0/24'] });
    expect(cluster.private_cluster_config).toMatchObject({
      enable_private_nodes: true,
      enable_private_endpoint: false,
    });
    expect(cluster.master_authorized_networks_config).toMatchObject({
      cidr_blocks: [{ cidr_block: '10.8.0.0/16' }, { cidr_block: '198.51.100.0/24' }],
      gcp_public_cidrs_access_enabled: false,
    });
  });

  test('answer nobody by name where that is closed and there are ranges', () => {
    expect(of({ apiAccessCidrs: ['10.8.0.0/16'], dnsEndpoint: 'closed' })).toMatchObject({
      control_plane_endpoints_config: {
        dns_endpoint_config: { allow_external_traffic: false },
        ip_endpoints_config: { enabled: true },
      },
    });
    expect(() => of({ dnsEndpoint: 'closed' })).toThrow(
      'nobody reaches cluster "atlas-one": open its DNS endpoint, or give it apiAccessCidrs [AccessMissing]',
    );
    expect(() => of({ dnsEndpoint: 'open' })).not.toThrow();
  });

  test.each(['10.8.0.0', '10.8.0.1/16', 'office'])('fail when a range is %s', (cidr) => {
    expect(() => of({ apiAccessCidrs: [cidr] })).toThrow(
      /range of apiAccessCidrs of cluster "atlas-one".*\[RangeInvalid\]/,
    );
  });

  test('are the same without ranges as with none', () => {
    expect(of({ apiAccessCidrs: [] })).toEqual(of({}));
  });
});
