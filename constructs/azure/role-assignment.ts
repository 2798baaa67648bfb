import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import type { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import type { Construct, IConstruct } from 'constructs';
import type { ITerraformDependable } from '../cdktf';

/** Whom access is given to: what is known of an identity there is enough. */
export interface IPrincipal extends IConstruct {
  /** Its object id in the directory, which roles are given to. */
  readonly principalId: string;
}

/** A managed identity: what access is given to. */
export interface IIdentity extends IPrincipal {
  /** Id of the identity as a resource. */
  readonly identityId: string;
  /** Its id as an application, which service accounts are annotated with. */
  readonly clientId: string;
  /** What must exist before anything acts as it. */
  readonly dependables: readonly ITerraformDependable[];
}

/** One role of one identity on one resource. */
export interface RoleGrant {
  /** Name of a built-in role, or one that is defined beside it. */
  readonly role: string | RoleDefinition;
  /** Id of the resource; built from names, because a change of it replaces the assignment. */
  readonly on: string;
  /** Object id of the identity. */
  readonly principalId: string;
  /**
   * Kind of the identity.
   * @default 'ServicePrincipal', which managed identities are
   */
  readonly principalType?: 'ServicePrincipal' | 'Group';
  /**
   * What must exist first, where `on` is a name and no reference.
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Gives an identity a role; works for identities that the directory does not know yet. */
export function assignRole(scope: Construct, id: string, grant: RoleGrant): RoleAssignment {
  const principalType = grant.principalType ?? 'ServicePrincipal';
  return new RoleAssignment(scope, id, {
    scope: grant.on,
    ...(typeof grant.role === 'string'
      ? { roleDefinitionName: grant.role }
      : { roleDefinitionId: grant.role.roleDefinitionResourceId }),
    principalId: grant.principalId,
    principalType,
    skipServicePrincipalAadCheck: principalType === 'ServicePrincipal' ? true : undefined,
    dependsOn: after(grant.dependsOn),
  });
}

/** `dependsOn` of a resource, left out where there is nothing to wait for. */
export function after(...what: readonly (readonly ITerraformDependable[] | undefined)[]) {
  const all = what.flatMap((some) => some ?? []);
  return all.length === 0 ? undefined : all;
}
