import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Guardrails, type GuardrailsProps } from '../../../constructs/google';
import { onlyResource, synthStack } from '../../helpers/terraform';
import { newStack } from './support';

const GIVEN: GuardrailsProps = { projectId: 'test-train', regions: ['us-east5', 'us-central1'] };

function policyOf(props: Partial<GuardrailsProps> = {}) {
  const stack = newStack();
  new Guardrails(stack, 'guardrails', { ...GIVEN, ...props });
  return onlyResource(synthStack(stack), 'google_org_policy_policy');
}

describe('google Guardrails', () => {
  test('has the policy as its default child', () => {
    const { node } = new Guardrails(newStack(), 'guardrails', GIVEN);
    expect(node.defaultChild).toMatchObject({ terraformResourceType: 'google_org_policy_policy' });
  });

  test('only logs other regions, with their zones, until it denies', () => {
    const spec = { rules: [{ values: { allowed_values: ['in:us-central1-locations', 'in:us-east5-locations'] } }] };
    const policy = { name: 'projects/test-train/policies/gcp.resourceLocations', parent: 'projects/test-train' };
    expect(policyOf()).toEqual({ ...policy, dry_run_spec: spec });
    expect(policyOf({ mode: 'deny' })).toEqual({ ...policy, spec });
  });

  test('denies regions where no others are named', () => {
    expect(policyOf({ regions: undefined, deniedRegions: ['me-central1'], mode: 'deny' })).toMatchObject({
      spec: { rules: [{ values: { denied_values: ['in:me-central1-locations'] } }] },
    });
  });

  test('asks by its own provider and after what it needs, when it is told so', () => {
    const stack = newStack();
    const provider = new GoogleProvider(stack, 'asks', { alias: 'asks', project: 'test-train' });
    const dependsOn = [{ fqn: 'google_project_service.policies' }];
    new Guardrails(stack, 'guardrails', { ...GIVEN, provider, dependsOn });
    expect(onlyResource(synthStack(stack), 'google_org_policy_policy')).toMatchObject({
      provider: 'google.asks',
      depends_on: ['google_project_service.policies'],
    });
  });

  test.each([
    [{ regions: undefined }, /nothing is limited: give regions or deniedRegions \[PolicyInvalid\]/],
    [{ deniedRegions: GIVEN.regions }, /no region is allowed.*\[PolicyInvalid\]/],
    [
      { regions: Array.from({ length: 501 }, (_, index) => `us-east${index}`) },
      /501 regions are more than the 500 values of a policy; leave some out \[TooMany\]/,
    ],
  ])('fails when it is given %j', (wrong, message) => {
    expect(() => policyOf(wrong)).toThrow(message);
  });
});
