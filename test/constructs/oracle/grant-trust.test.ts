import { TerraformElement } from '../../../constructs/cdktf';
import { GrantTrust, type GrantTrustProps } from '../../../constructs/oracle/grant-trust';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newStack } from './scene';

const URL = 'https://idcs-0a1b.identity.oraclecloud.com';
const TRAINING = { user: 'atlas-c-iowa-training', subject: 'system:serviceaccount:training:training' };
const LOADER = { user: 'atlas-c-iowa-loader', subject: 'system:serviceaccount:data:loader' };

function trustOf(props: Partial<GrantTrustProps> = {}) {
  const stack = newStack();
  const trust = new GrantTrust(stack, 'trust', {
    name: 'atlas-oracle-cluster-c-iowa',
    domainUrl: URL,
    clientId: 'c0ffee00',
    issuer: 'https://issuer.example.com/c-iowa',
    keysUrl: 'https://issuer.example.com/c-iowa/jwks',
    audience: URL,
    users: [TRAINING],
    ...props,
  });
  return { stack, trust };
}

describe('oracle GrantTrust', () => {
  test('has the trust as its default child', () => {
    expect(trustOf().trust.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('takes the tokens of one issuer for one audience, from one client, each subject as a user of its own', () => {
    const json = synthStack(trustOf({ users: [TRAINING, LOADER] }).stack);
    const user = (name: string, what: string) =>
      expect.stringMatching(new RegExp(`^\\$\\{oci_identity_domains_user\\.trust_user-${name}_\\w+\\.${what}\\}$`));
    expect(onlyResource(json, 'oci_identity_domains_identity_propagation_trust')).toEqual({
      idcs_endpoint: URL,
      schemas: ['urn:ietf:params:scim:schemas:oracle:idcs:IdentityPropagationTrust'],
      attribute_sets: ['all'],
      name: 'atlas-oracle-cluster-c-iowa',
      type: 'JWT',
      active: true,
      issuer: 'https://issuer.example.com/c-iowa',
      public_key_endpoint: 'https://issuer.example.com/c-iowa/jwks',
      client_claim_name: 'aud',
      client_claim_values: [URL],
      oauth_clients: ['c0ffee00'],
      subject_type: 'User',
      subject_claim_name: 'sub',
      allow_impersonation: true,
      impersonation_service_users: [TRAINING, LOADER].map(({ user: name, subject }) => {
        return { rule: `sub eq ${subject}`, value: user(name, 'id'), ocid: user(name, 'ocid') };
      }),
      lifecycle: { ignore_changes: ['schemas'] },
    });
  });

  test('makes service users without a way to sign in, each alone in a group of its name', () => {
    const json = synthStack(trustOf({ users: [TRAINING, LOADER] }).stack);
    const users = Object.values(resourcesOf(json, 'oci_identity_domains_user'));
    expect(users.map(({ user_name: name }) => name)).toEqual([LOADER.user, TRAINING.user]);
    for (const user of users) {
      expect(user).toMatchObject({
        urnietfparamsscimschemasoracleidcsextensionuser_user: { service_user: true },
      });
      for (const secret of ['password', 'emails', 'roles']) expect(user).not.toHaveProperty(secret);
    }
    const groups = Object.values(resourcesOf(json, 'oci_identity_domains_group'));
    expect(groups.map(({ display_name: name, members }) => [name, Object(members).length])).toEqual([
      [LOADER.user, 1],
      [TRAINING.user, 1],
    ]);
    expect(JSON.stringify(groups[0])).toContain(`trust_user-${LOADER.user}`);
  });

  test('holds nothing that is secret', () => {
    expect(JSON.stringify(synthStack(trustOf().stack).resource)).not.toMatch(/secret|password|token_value/);
  });

  test.each([
    [{ users: [] }, 'nobody is taken for a user by "atlas-oracle-cluster-c-iowa"'],
    [{ users: [{ ...TRAINING, subject: 'system:serviceaccount:training:*' }] }, 'is no subject [IdInvalid]'],
    [{ users: [{ ...TRAINING, subject: 'a or sub eq b' }] }, '"a or sub eq b" is no subject [IdInvalid]'],
    [{ issuer: 'http://issuer.example.com' }, '"http://issuer.example.com" is no address of an issuer [IdInvalid]'],
    [{ keysUrl: 'jwks' }, '"jwks" is no address of public keys [IdInvalid]'],
    [{ name: ' ' }, 'the name " " must have 1 to 255 characters [NameInvalid]'],
  ])('fails with %j, which would let in others or nobody', (wrong, message) => {
    expect(() => trustOf(wrong)).toThrow(message);
  });
});
