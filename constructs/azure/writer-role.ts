import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { Construct } from 'constructs';
import { GRANT_PERMISSIONS } from '../../estate/catalog/grants';
import { checkName } from './checks';
import type { ResourceScope } from './names';

/** Options of a {@link WriterRole}. */
export interface WriterRoleProps extends ResourceScope {
  /** Its whole name: no other role of the directory has it. */
  readonly name: string;
}

/**
 * A role that adds objects to stores of one resource group, and neither lists, reads nor deletes any.
 *
 * Whoever applies it may define roles, as User Access Administrator and Owner may. The built-in roles that write objects
 * also delete them, and the container with all of them, which no condition of an assignment takes away.
 */
export class WriterRole extends Construct {
  /** The role. */
  readonly definition: RoleDefinition;

  /** @throws ConstructError with `NameInvalid` when the name is empty or not known yet */
  constructor(scope: Construct, id: string, { name, subscriptionId, resourceGroupName }: WriterRoleProps) {
    super(scope, id);
    checkName(this, 'a role', name);
    const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
    const { objects, bucket = [] } = GRANT_PERMISSIONS.azure.write;
    this.definition = new RoleDefinition(this, 'Resource', {
      name,
      scope: group,
      description: 'Adds objects to containers, without listing, reading or deleting any',
      permissions: [{ actions: [...bucket], dataActions: [...objects] }],
      assignableScopes: [group],
    });
  }
}
