import { Identity } from '../../../constructs/azure';
import { onlyResource, resourceCount } from '../../helpers/terraform';
import { cluster, defaultType, IDENTITY, stack, synth } from './setup';

describe('Identity', () => {
  test('trusts one service account of the cluster, without a key', () => {
    const scope = stack();
    const own = cluster(scope);
    const identity = new Identity(scope, 'workload', {
      name: 'lab',
      cluster: own,
      namespace: 'ns',
      serviceAccount: 'sa',
    });
    const json = synth(scope);
    expect(defaultType(identity)).toBe('azurerm_user_assigned_identity');
    expect(onlyResource(json, 'azurerm_federated_identity_credential')).toMatchObject({
      subject: 'system:serviceaccount:ns:sa',
      audience: ['api://AzureADTokenExchange'],
      issuer: expect.stringContaining('oidc_issuer_url'),
    });
  });

  test('may be there already, and then makes nothing', () => {
    const scope = stack();
    const found = Identity.fromIdentityAttributes(scope, 'identity', IDENTITY);
    expect(found).toMatchObject({ ...IDENTITY, dependables: [] });
    expect(resourceCount(synth(scope))).toBe(0);
    expect(() => Identity.fromIdentityAttributes(scope, 'other', { ...IDENTITY, identityId: 'keeper' })).toThrow(
      /"keeper" is not the id of a managed identity: .*userAssignedIdentities\/NAME \[IdInvalid\]/,
    );
  });

  test('names its identity by the argument that the next major of the provider keeps', () => {
    const own = new Identity(stack(), 'workload', {
      name: 'lab',
      cluster: cluster(stack()),
      namespace: 'ns',
      serviceAccount: 'sa',
    });
    const made = onlyResource(synth(own), 'azurerm_federated_identity_credential');
    expect(made).toMatchObject({
      user_assigned_identity_id: expect.stringContaining('azurerm_user_assigned_identity.'),
    });
    expect(Object.keys(made)).not.toContain('parent_id');
    expect(Object.keys(made)).not.toContain('resource_group_name');
  });
});
