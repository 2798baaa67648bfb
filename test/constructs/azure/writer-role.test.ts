import { Identity, ObjectStore, WriterRole } from '../../../constructs/azure';
import { onlyResource } from '../../helpers/terraform';
import { defaultType, IDENTITY, SUBSCRIPTION, stack, synth } from './setup';

const GROUP = { subscriptionId: SUBSCRIPTION, resourceGroupName: 'lab' };
const CONTAINERS = 'Microsoft.Storage/storageAccounts/blobServices/containers';

describe('WriterRole', () => {
  test('is a role that adds objects in one resource group, and neither lists, reads nor deletes any', () => {
    const role = new WriterRole(stack(), 'role', { name: 'lab-web-grant', ...GROUP });
    expect(defaultType(role)).toBe('azurerm_role_definition');
    expect(onlyResource(synth(role), 'azurerm_role_definition')).toMatchObject({
      name: 'lab-web-grant',
      scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab`,
      assignable_scopes: [`/subscriptions/${SUBSCRIPTION}/resourceGroups/lab`],
      permissions: [
        {
          actions: [`${CONTAINERS}/read`],
          data_actions: [`${CONTAINERS}/blobs/add/action`, `${CONTAINERS}/blobs/write`],
        },
      ],
    });
  });

  test('is given on the container of a store only', () => {
    const scope = stack();
    const role = new WriterRole(scope, 'role', { name: 'lab-web-grant', ...GROUP });
    const store = ObjectStore.fromObjectStoreAttributes(scope, 'store', { ...GROUP, accountName: 'labdata' });
    store.grants.write(Identity.fromIdentityAttributes(scope, 'identity', IDENTITY), role);
    const assignment = onlyResource(synth(scope), 'azurerm_role_assignment');
    expect(assignment).toMatchObject({
      scope: `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab/providers/Microsoft.Storage/storageAccounts/labdata/blobServices/default/containers/data`,
      role_definition_id: expect.stringContaining('.role_definition_resource_id}'),
      principal_id: IDENTITY.principalId,
    });
    expect(assignment).not.toHaveProperty('role_definition_name');
  });

  test('fails when its name is empty', () => {
    expect(() => new WriterRole(stack(), 'role', { name: '', ...GROUP })).toThrow(/the name of a role is empty/);
  });
});
