import { FederatedIdentity, type FederatedIdentityProps } from '../../../constructs/azure';
import { resourceCount, resourcesOf } from '../../helpers/terraform';
import { defaultType, network, stack, synth } from './setup';

const subject = (name: string) => ({
  issuer: `https://issuer.example.com/${name}`,
  subject: `system:serviceaccount:training:${name}`,
  audience: 'api://AzureADTokenExchange',
});

function made(props: Partial<FederatedIdentityProps> = {}): FederatedIdentity {
  const scope = stack();
  return new FederatedIdentity(scope, 'identity', {
    name: 'lab-web-grant',
    network: network(scope),
    subjects: { ohio: subject('ohio'), iowa: subject('iowa') },
    ...props,
  });
}

const trusts = (identity: FederatedIdentity) => resourcesOf(synth(identity), 'azurerm_federated_identity_credential');

describe('FederatedIdentity', () => {
  test('is mainly a managed identity, by the name that others know it by', () => {
    const identity = made({ tags: { team: 'frontier' } });
    expect(defaultType(identity)).toBe('azurerm_user_assigned_identity');
    expect(identity.identityId).toMatch(/userAssignedIdentities\/lab-web-grant$/);
    expect(Object.values(resourcesOf(synth(identity), 'azurerm_user_assigned_identity'))).toEqual([
      expect.objectContaining({ name: 'lab-web-grant', location: 'eastus2', tags: { team: 'frontier' } }),
    ]);
  });

  test('trusts each subject of one issuer for one audience, and nobody else', () => {
    const identity = made();
    expect(identity.dependables).toHaveLength(2);
    expect(
      Object.values(trusts(identity)).map(({ name, issuer, subject, audience }) => [name, issuer, subject, audience]),
    ).toEqual([
      [
        'iowa-trust',
        'https://issuer.example.com/iowa',
        'system:serviceaccount:training:iowa',
        ['api://AzureADTokenExchange'],
      ],
      [
        'ohio-trust',
        'https://issuer.example.com/ohio',
        'system:serviceaccount:training:ohio',
        ['api://AzureADTokenExchange'],
      ],
    ]);
  });

  test('leaves what it trusts as it is when a subject comes or goes', () => {
    const before = trusts(made());
    const after = trusts(made({ subjects: { apex: subject('apex'), ohio: subject('ohio'), iowa: subject('iowa') } }));
    expect(Object.keys(after)).toHaveLength(3);
    expect(after).toMatchObject(before);
    for (const credential of Object.values(after)) expect(credential).not.toHaveProperty('depends_on');
  });

  test('names its identity by the argument that the next major of the provider keeps', () => {
    for (const credential of Object.values(trusts(made()))) {
      expect(credential).toMatchObject({
        user_assigned_identity_id: expect.stringContaining('azurerm_user_assigned_'),
      });
      expect(credential).not.toHaveProperty('parent_id');
      expect(credential).not.toHaveProperty('resource_group_name');
    }
  });

  test('takes twenty subjects, fails when there are more or none', () => {
    const subjects = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, subject(`s${index}`)]));
    expect(resourceCount(synth(made({ subjects: subjects(20) })))).toBeGreaterThan(20);
    expect(() => made({ subjects: subjects(21) })).toThrow(/21 subjects .*, which takes 20: .* \[TooMany\]/);
    expect(() => made({ subjects: {} })).toThrow(/nobody acts as identity lab-web-grant.* \[AccessMissing\]/);
  });

  test('fails when its name is empty', () => {
    expect(() => made({ name: '' })).toThrow(/the name of an identity is empty.* \[NameInvalid\]/);
  });
});
