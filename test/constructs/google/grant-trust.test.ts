import { GrantTrust, type GrantTrustProps } from '../../../constructs/google';
import { onlyResource, synthStack } from '../../helpers/terraform';
import { newStack, PROJECT } from './support';

const ISSUER = 'https://oidc.eks.us-east-2.amazonaws.com/id/0A1B2C3D';
const AUDIENCE =
  'https://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/cluster-atlas-ohio/providers/cluster-atlas-ohio';

function newTrust(props: Partial<GrantTrustProps> = {}) {
  const stack = newStack();
  const trust = new GrantTrust(stack, 'trust', {
    name: 'cluster-atlas-ohio',
    projectId: PROJECT.projectId,
    issuer: ISSUER,
    audience: AUDIENCE,
    subjects: 'service-accounts',
    ...props,
  });
  return { trust, json: synthStack(stack) };
}

describe('GrantTrust', () => {
  test('is a pool with one provider that takes tokens of one issuer for one audience', () => {
    const { trust, json } = newTrust();
    expect(onlyResource(json, 'google_iam_workload_identity_pool')).toEqual({
      project: PROJECT.projectId,
      workload_identity_pool_id: 'cluster-atlas-ohio',
      lifecycle: { prevent_destroy: true },
    });
    expect(onlyResource(json, 'google_iam_workload_identity_pool_provider')).toEqual({
      project: PROJECT.projectId,
      workload_identity_pool_id: 'cluster-atlas-ohio',
      workload_identity_pool_provider_id: 'cluster-atlas-ohio',
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      attribute_condition: 'assertion.sub.startsWith("system:serviceaccount:")',
      oidc: { issuer_uri: ISSUER, allowed_audiences: [AUDIENCE] },
      lifecycle: { prevent_destroy: true },
      depends_on: [expect.stringMatching(/^google_iam_workload_identity_pool\./)],
    });
    expect(trust.poolId).toBe('cluster-atlas-ohio');
    expect(trust.node.defaultChild?.node.id).toBe('Resource');
  });

  test('takes roles alone from who signs for an account of AWS', () => {
    const provider = onlyResource(
      newTrust({ name: 'account-atlas-aws', subjects: 'roles' }).json,
      'google_iam_workload_identity_pool_provider',
    );
    expect(provider.attribute_condition).toBe('assertion.sub.startsWith("arn:aws")');
  });

  test('keeps an address as its issuer says it, with a slash at its end', () => {
    const issuer = 'https://eastus.oic.prod-aks.azure.com/11111111-1111-1111-1111-111111111111/0a1b/';
    const provider = onlyResource(newTrust({ issuer }).json, 'google_iam_workload_identity_pool_provider');
    expect(provider.oidc).toMatchObject({ issuer_uri: issuer });
  });

  test.each([
    ['the name is one that Google keeps', { name: 'gcp-atlas' }, /name of the pool is "gcp-atlas"/],
    ['the name is too long', { name: 'a'.repeat(33) }, /name of the pool/],
    ['the issuer is no address', { issuer: 'accounts.example.com' }, /address of an issuer/],
  ])('fails when %s', (_, props, message) => {
    expect(() => newTrust(props)).toThrow(message);
  });
});
