import type { ContainerClusterConfig } from '@cdktf/provider-google/lib/container-cluster';
import { ProjectIamCustomRole } from '@cdktf/provider-google/lib/project-iam-custom-role';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import type { Construct, IConstruct } from 'constructs';
import { PRINCIPALS } from '../../estate/catalog/access';
import { isPrivateRange } from '../../estate/catalog/ranges';
import { groupBy } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkRange } from '../terraform-checks';
import { checkId } from './checks';
import { LIMITS, physicalName } from './names';
import type { ICluster } from './node-pool';

/** Whether a control plane answers people by its DNS name, from wherever they are, or services of Google only. */
export type DnsEndpoint = 'open' | 'closed';

/** How the control plane of a cluster is reached. */
export interface EndpointProps {
  /** Name of the cluster, for messages. */
  readonly name: string;
  /** Ranges that reach the control plane by an address. @default - none; it has no address */
  readonly apiAccessCidrs?: readonly string[];
  /** Whether its DNS name answers people. @default 'open' */
  readonly dnsEndpoint?: DnsEndpoint;
}

/** The grant of an administrator of a cluster. */
export interface AdminGrant {
  /** The grant of what runs in the cluster. */
  readonly grant: ProjectIamMember;
  /** Construct id of the grant. */
  readonly id: string;
  /** Ids that it would have by the spellings that it was asked for in. */
  readonly spelledIds: readonly string[];
}

/** Construct id of the role of a cluster that its administrators have besides. */
export const ADMIN_ROLE_ID = 'admin-role';

/** What people may do in a cluster. None of it creates, changes or deletes the cluster or its node pools. */
export const CLUSTER_ROLES = {
  /** Everything but secrets, to be looked at. */
  viewer: 'roles/container.viewer',
  /** Everything that runs in the cluster, without the rights to give rights. */
  administrator: 'roles/container.developer',
  /**
   * What an administrator needs besides: rights inside of the cluster, and what is asked before anything is admitted.
   * What `roles/container.admin` has on top of it are rights over the cluster, and certificates and names of others.
   */
  administratorPermissions: [
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
  source:
    'https://cloud.google.com/kubernetes-engine/docs/how-to/iam, https://github.com/iann0036/iam-dataset gcp/roles',
  checked: '2026-11',
} as const;

/**
 * Endpoints of a control plane: its DNS name, which IAM guards, and addresses for the ranges that need one.
 *
 * @throws ConstructError with `AccessMissing` when nobody could reach it, with `RangeInvalid` when a range is none
 */
export function endpoints(scope: IConstruct, props: EndpointProps): Partial<ContainerClusterConfig> {
  const { name, apiAccessCidrs = [], dnsEndpoint = 'open' } = props;
  const controlPlane = (enabled: boolean) => ({
    dnsEndpointConfig: { allowExternalTraffic: dnsEndpoint === 'open' },
    ipEndpointsConfig: { enabled },
  });
  if (apiAccessCidrs.length === 0) {
    if (dnsEndpoint === 'closed') {
      const problem = `nobody reaches cluster "${name}": open its DNS endpoint, or give it apiAccessCidrs`;
      throw new ConstructError(scope, 'AccessMissing', problem);
    }
    return {
      // What the API reports of a control plane without addresses; no authorized networks are called for then.
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
      controlPlaneEndpointsConfig: controlPlane(false),
    };
  }
  const blocks = apiAccessCidrs.map((cidr) => checkRange(scope, `range of apiAccessCidrs of cluster "${name}"`, cidr));
  const isPublic = blocks.some((block) => block !== undefined && !isPrivateRange(block));
  return {
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: !isPublic,
      // The ranges are those of networks elsewhere, such as a VPN in another region.
      masterGlobalAccessConfig: { enabled: true },
    },
    controlPlaneEndpointsConfig: controlPlane(true),
    masterAuthorizedNetworksConfig: {
      cidrBlocks: apiAccessCidrs.map((cidrBlock) => ({ cidrBlock })),
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: true,
    },
  };
}

/**
 * Lets principals administer what runs in a cluster. What they had before, `roles/container.admin`, is taken away when
 * they have both parts of what they have now.
 */
export function addAdministrators(scope: Construct, cluster: ICluster, admins: readonly string[]): AdminGrant[] {
  if (admins.length === 0) return [];
  const roleId = adminRoleName(cluster);
  const role = new ProjectIamCustomRole(scope, ADMIN_ROLE_ID, {
    roleId,
    project: cluster.projectId,
    title: `Rights inside of cluster ${cluster.clusterName}`,
    description: `With ${CLUSTER_ROLES.administrator}: administers what runs in the cluster, not the cluster`,
    permissions: [...CLUSTER_ROLES.administratorPermissions],
  });
  const roleName = `projects/${cluster.projectId}/roles/${roleId}`;
  return [...groupBy(admins, (admin) => canonicalMember(scope, admin))].map(([member, spellings]) => {
    const id = adminGrantId(member);
    const rights = grantOf(scope, rightsGrantId(member), { cluster, role: roleName, member, dependsOn: [role] });
    const grant = grantOf(scope, id, { cluster, role: CLUSTER_ROLES.administrator, member, dependsOn: [rights] });
    grant.lifecycle = { createBeforeDestroy: true };
    return { grant, id, spelledIds: [...new Set(spellings.map((admin) => `admin-${admin}`))] };
  });
}

/** Lets principals look at what runs in a cluster. */
export function addViewers(scope: Construct, cluster: ICluster, viewers: readonly string[]): void {
  for (const member of groupBy(viewers, (viewer) => canonicalMember(scope, viewer)).keys()) {
    grantOf(scope, viewerGrantId(member), { cluster, role: CLUSTER_ROLES.viewer, member, dependsOn: [] });
  }
}

/** Construct id of the grant of an administrator, however it is spelled. */
export function adminGrantId(admin: string): string {
  return `admin-${spelled(admin).replace(/^group:/, '')}`;
}

/** Construct id of the grant of rights inside of the cluster to an administrator, however it is spelled. */
export function rightsGrantId(admin: string): string {
  return `rights-${spelled(admin).replace(/^group:/, '')}`;
}

/** Construct id of the grant of a viewer, however it is spelled. */
export function viewerGrantId(viewer: string): string {
  return `viewer-${spelled(viewer).replace(/^group:/, '')}`;
}

/** Clusters of one name may be in several regions of a project. */
function adminRoleName({ clusterName, region }: ICluster): string {
  const place = Token.isUnresolved(region) ? [] : region.split('-');
  return physicalName([...clusterName.split('-'), ...place, 'admin'], LIMITS.role);
}

interface ClusterGrant {
  readonly cluster: ICluster;
  readonly role: string;
  readonly member: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The role is one of the project; the condition holds it to the cluster and tells the grants of clusters apart. */
function grantOf(scope: Construct, id: string, { cluster, role, member, dependsOn }: ClusterGrant): ProjectIamMember {
  const { clusterId, clusterName, projectId } = cluster;
  return new ProjectIamMember(scope, id, {
    project: projectId,
    role,
    member,
    condition: {
      title: `cluster ${clusterName}`,
      expression: `resource.name == "${clusterId}" || resource.name.startsWith("${clusterId}/")`,
    },
    ...(dependsOn.length > 0 && { dependsOn: [...dependsOn] }),
  });
}

/** The member that a principal is, by one spelling. */
function canonicalMember(scope: IConstruct, principal: string): string {
  checkId(scope, 'principal of the cluster', principal, PRINCIPALS.google.pattern, PRINCIPALS.google.example);
  return spelled(principal);
}

/** Members that IAM knows without regard to case. */
const CASELESS = /^(user|group|serviceAccount|domain):/;

/** One spelling for each member, so that another one is no other grant: a bare address is that of a group. */
function spelled(principal: string): string {
  if (Token.isUnresolved(principal)) return principal;
  const member = principal.includes(':') ? principal : `group:${principal}`;
  return member.replace(CASELESS, '') === member ? member : member.replace(/:.*$/s, (address) => address.toLowerCase());
}
