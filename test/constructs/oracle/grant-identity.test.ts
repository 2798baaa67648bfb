import { OciProvider } from '../../../.gen/providers/oci/provider';
import { TerraformElement } from '../../../constructs/cdktf';
import { GrantIdentity, type GrantIdentityProps } from '../../../constructs/oracle/grant-identity';
import { onlyResource, resourceCount, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newStack } from './scene';

const GROUP = { kind: 'federated', domain: 'Default', group: 'atlas-c-iowa-training' } as const;
const WORKLOAD = {
  kind: 'native',
  clusterId: 'ocid1.cluster.oc1.phx.c',
  namespace: 'training',
  serviceAccount: 'trainer',
} as const;

function identityOf(props: Partial<GrantIdentityProps> = {}) {
  const stack = newStack();
  const homeProvider = new OciProvider(stack, 'home', { alias: 'home', region: 'us-ashburn-1' });
  const common = { name: 'atlas-reads', compartmentId: COMPARTMENT, callers: [GROUP], homeProvider };
  return { stack, identity: new GrantIdentity(stack, 'grant', { ...common, ...props }) };
}

describe('oracle GrantIdentity', () => {
  test('is nothing until it is allowed something', () => {
    const { stack, identity } = identityOf();
    expect(identity.node.defaultChild).toBeUndefined();
    expect(resourceCount(synthStack(stack))).toBe(0);
  });

  test('has its policy as default child from then on, written in the home region and waited for', () => {
    const { stack, identity } = identityOf();
    const { dependables } = identity.allow('read buckets', COMPARTMENT);
    expect(identity.node.defaultChild).toBeInstanceOf(TerraformElement);
    expect(dependables).toEqual([identity.node.defaultChild]);
    expect(onlyResource(synthStack(stack), 'oci_identity_policy')).toMatchObject({
      provider: 'oci.home',
      name: 'atlas-reads-grant',
      compartment_id: COMPARTMENT,
    });
  });

  test('names groups of a domain, and conditions that one workload meets', () => {
    const { stack, identity } = identityOf({ callers: [GROUP, WORKLOAD] });
    identity.allow('read objects', COMPARTMENT, ["target.bucket.name = 'web'"]);
    expect(onlyResource(synthStack(stack), 'oci_identity_policy').statements).toEqual([
      `Allow group 'Default'/'atlas-c-iowa-training' to read objects in compartment id ${COMPARTMENT} where all {target.bucket.name = 'web'}`,
      `Allow any-user to read objects in compartment id ${COMPARTMENT} where all {request.principal.type = 'workload', request.principal.cluster_id = 'ocid1.cluster.oc1.phx.c', request.principal.namespace = 'training', request.principal.service_account = 'trainer', target.bucket.name = 'web'}`,
    ]);
  });

  test.each([
    [{ callers: [] }, 'nobody is let in by "atlas-reads"; name one caller or leave it out [IdInvalid]'],
    [{ callers: [{ ...GROUP, group: "x' to manage" }] }, 'is no name of a domain or a group'],
    [{ callers: [{ ...GROUP, domain: '' }] }, '"" is no name of a domain or a group'],
    [{ callers: [{ ...WORKLOAD, namespace: "x' || 'y" }] }, 'namespace is "x\' || \'y"'],
    [{ callers: [{ ...WORKLOAD, clusterId: 'c' }] }, 'id "c" is none of ocid1.cluster.… [IdInvalid]'],
    [{ name: '' }, 'the name "" must have 1 to 255 characters [NameInvalid]'],
  ])('fails with %j, which would let in others or nobody', (wrong, message) => {
    expect(() => identityOf(wrong)).toThrow(message);
  });
});
