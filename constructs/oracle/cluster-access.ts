import type { Construct } from 'constructs';
import { IdentityPolicy } from '../../.gen/providers/oci/identity-policy';
import type { Sourced } from '../../estate/catalog/types';
import type { TerraformProvider } from '../cdktf';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';

/** A kind of people who reach a cluster, and the policy that lets them in. */
interface Role {
  /** Id of the policy, and last part of its name. */
  readonly id: 'admins' | 'viewers';
  /** What the policy is for. */
  readonly description: string;
  /** Permissions on the cluster. */
  readonly permissions: readonly string[];
}

/**
 * Permissions of those who reach a cluster: to see it, to get credentials, and for administrators to do anything in
 * Kubernetes. None of them changes or deletes the cluster itself, which is Terraform's.
 */
export const CLUSTER_ROLES: { readonly roles: readonly Role[] } & Sourced = {
  roles: [
    {
      id: 'admins',
      description: 'Who administers a cluster',
      permissions: ['CLUSTER_READ', 'CLUSTER_USE', 'CLUSTER_MANAGE'],
    },
    { id: 'viewers', description: 'Who may look at a cluster', permissions: ['CLUSTER_READ', 'CLUSTER_USE'] },
  ],
  source: 'https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/contengpolicyreference.htm',
  checked: '2026-11',
};

/** Options of {@link addClusterAccess}. */
export interface ClusterAccessOptions extends TagOptions {
  /** Name of the cluster. */
  readonly name: string;
  /** OCID of the cluster. */
  readonly clusterId: string;
  /** Compartment of the cluster. */
  readonly compartmentId: string;
  /** Who has each role: IAM groups. */
  readonly groups: Readonly<Record<Role['id'], readonly string[]>>;
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
}

/** Lets IAM groups reach a cluster, by a policy for each role that somebody has. */
export function addClusterAccess(cluster: Construct, options: ClusterAccessOptions): void {
  const { name, clusterId, compartmentId, groups, homeProvider, ...tagging } = options;
  const place = `in compartment id ${compartmentId} where target.cluster.id = '${clusterId}'`;
  for (const { id, description, permissions } of CLUSTER_ROLES.roles) {
    if (groups[id].length === 0) continue;
    new IdentityPolicy(cluster, id, {
      provider: homeProvider,
      compartmentId,
      name: physicalName([name, id], LIMITS.identity),
      description,
      statements: groups[id].map((group) => `Allow group ${quoted(group)} to {${permissions.join(', ')}} ${place}`),
      ...tagArguments(tagging),
    });
  }
}

/** `domain/group` as policies write it: each part in quotes. */
function quoted(group: string): string {
  return group
    .split('/')
    .map((part) => `'${part}'`)
    .join('/');
}
