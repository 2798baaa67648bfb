import { OciProvider } from '../../../.gen/providers/oci/provider';
import { TerraformElement } from '../../../constructs/cdktf';
import { Identity } from '../../../constructs/oracle/identity';
import { onlyResource, resourceCount, synthStack } from '../../helpers/terraform';
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
});
