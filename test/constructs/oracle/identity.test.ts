import { CoreVcn } from '../../../.gen/providers/oci/core-vcn';
import { OciProvider } from '../../../.gen/providers/oci/provider';
import { TerraformElement } from '../../../constructs/cdktf';
import { Identity } from '../../../constructs/oracle/identity';
import { onlyResource, resourceCount, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newStack } from './scene';

function identityOf() {
  const stack = newStack();
  const homeProvider = new OciProvider(stack, 'home', { alias: 'home', region: 'us-ashburn-1' });
  const cluster = { clusterId: 'ocid1.cluster.oc1.phx.c', compartmentId: COMPARTMENT, homeProvider };
  const identity = new Identity(stack, 'identity', {
    name: 'atlas-gpu',
    cluster,
    namespace: 'training',
    serviceAccount: 'trainer',
  });
  return { stack, identity };
}

describe('oracle Identity', () => {
  test('needs no resource until it is allowed something', () => {
    const { stack, identity } = identityOf();
    expect(identity.node.defaultChild).toBeUndefined();
    expect(resourceCount(synthStack(stack))).toBe(0);
  });

  test('has its policy as default child from then on', () => {
    const { identity } = identityOf();
    identity.allow('read buckets', COMPARTMENT);
    expect(identity.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('writes its policy in the home region, under a name that its tags do not change', () => {
    const { stack, identity } = identityOf();
    identity.allow('read buckets', COMPARTMENT);
    expect(onlyResource(synthStack(stack), 'oci_identity_policy')).toMatchObject({
      provider: 'oci.home',
      name: 'atlas-gpu-workload',
      compartment_id: COMPARTMENT,
    });
  });

  test('adds each grant to the same policy', () => {
    const { stack, identity } = identityOf();
    identity.allow('read buckets', COMPARTMENT);
    identity.allow('read repos', COMPARTMENT, ["target.repo.name = 'x'"]);
    expect(onlyResource(synthStack(stack), 'oci_identity_policy').statements).toHaveLength(2);
  });

  test('writes a policy for each compartment, where it is read', () => {
    const { stack, identity } = identityOf();
    identity.allow('read buckets', COMPARTMENT);
    identity.allow('read buckets', 'ocid1.compartment.oc1..stores');
    identity.allow('read objects', 'ocid1.compartment.oc1..stores');
    const policies = Object.values(resourcesOf(synthStack(stack), 'oci_identity_policy'));
    expect(policies.map(({ compartment_id, statements }) => [compartment_id, (statements as string[]).length])).toEqual(
      [
        [COMPARTMENT, 1],
        ['ocid1.compartment.oc1..stores', 2],
      ],
    );
    expect(policies.map(({ name }) => name)).toEqual([
      'atlas-gpu-workload',
      expect.stringMatching(/^atlas-gpu-workload-[0-9a-f]{8}$/),
    ]);
  });

  test('hands on what has to be there before the access is', () => {
    const { stack, identity } = identityOf();
    const other = new CoreVcn(stack, 'vcn', { compartmentId: COMPARTMENT });
    identity.allow('read buckets', COMPARTMENT).applyBefore(other);
    expect(onlyResource(synthStack(stack), 'oci_core_vcn').depends_on).toEqual([
      expect.stringMatching(/^oci_identity_policy\.identity_/),
    ]);
  });

  test.each([
    [{ namespace: "x' || 'y" }, /namespace is "x' \|\| 'y"; use lower-case letters, .* \[NameInvalid\]/],
    [{ serviceAccount: 'Trainer' }, /serviceAccount is "Trainer"; .* \[NameInvalid\]/],
    [{ clusterId: 'ocid1.vcn.oc1.phx.c' }, /id "ocid1\.vcn\.oc1\.phx\.c" is none of ocid1\.cluster\.… \[IdInvalid\]/],
  ])('fails when given %j, which would let others in', (wrong, message) => {
    const attributes = { name: 'a', clusterId: 'ocid1.cluster.oc1.phx.c', compartmentId: COMPARTMENT };
    const account = { namespace: 'training', serviceAccount: 'trainer' };
    expect(() =>
      Identity.fromIdentityAttributes(newStack(), 'identity', { ...attributes, ...account, ...wrong }),
    ).toThrow(message);
  });
});
