import { Guardrails, type GuardrailsProps } from '../../../constructs/oracle';
import { onlyResource, resourceCount, synthStack } from '../../helpers/terraform';
import { machine, newStack } from './scene';

const TENANCY = 'ocid1.tenancy.oc1..atlas';
const GIVEN: GuardrailsProps = { name: 'atlas-main', tenancyId: TENANCY, regions: ['us-phoenix-1'] };

function guardrailsOf(props: Partial<GuardrailsProps> = {}) {
  const stack = newStack();
  return { stack, guardrails: new Guardrails(stack, 'guardrails', { ...GIVEN, ...props }) };
}

describe('oracle Guardrails', () => {
  test('makes nothing until it denies, since nothing tries a quota out', () => {
    const { stack, guardrails } = guardrailsOf();
    expect(guardrails.statements).not.toEqual([]);
    expect(resourceCount(synthStack(stack))).toBe(0);
  });

  test('has the quota as its default child once it denies', () => {
    const { stack, guardrails } = guardrailsOf({
      mode: 'deny',
      compartment: 'research:training',
      tags: { team: 'core' },
    });
    expect(guardrails.node.defaultChild).toMatchObject({ terraformResourceType: 'oci_limits_quota' });
    expect(onlyResource(synthStack(stack), 'oci_limits_quota')).toEqual({
      compartment_id: TENANCY,
      name: 'atlas-main',
      description: 'Regions and machines of the estate',
      statements: [
        'zero compute-core quotas in compartment research:training',
        'unset compute-core quotas in compartment research:training where request.region = us-phoenix-1',
      ],
      freeform_tags: { team: 'core' },
    });
  });

  test('gives back the limits of machines, with those of reservations, in the whole tenancy', () => {
    const machines = ['BM.GPU.H100.8', 'VM.Standard.E5.Flex'].map(machine);
    expect(guardrailsOf({ regions: undefined, machines }).guardrails.statements).toEqual([
      'zero compute-core quotas in tenancy',
      'unset compute-core quotas /gpu-h100-*/ in tenancy',
      'unset compute-core quotas /standard-e5-core-*/ in tenancy',
    ]);
  });

  test('gives back each machine in each region, where both are limited', () => {
    const regions = ['us-phoenix-1', 'us-ashburn-1'];
    expect(guardrailsOf({ regions, machines: [machine('BM.GPU.H100.8')] }).guardrails.statements).toEqual([
      'zero compute-core quotas in tenancy',
      'unset compute-core quotas /gpu-h100-*/ in tenancy where request.region = us-ashburn-1',
      'unset compute-core quotas /gpu-h100-*/ in tenancy where request.region = us-phoenix-1',
    ]);
  });

  test.each([
    [{ name: '' }, /the name "" must have.*\[NameInvalid\]/],
    [{ regions: undefined }, /nothing is limited: give regions or machines \[PolicyInvalid\]/],
    [{ regions: [] }, /no region is allowed.*\[PolicyInvalid\]/],
    [{ compartment: 'ours where' }, /compartment "ours where" is no way to one.*\[NameInvalid\]/],
    [{ tenancyId: 'ocid1.compartment.oc1..one' }, /is none of ocid1\.tenancy\.….*\[IdInvalid\]/],
  ])('fails when it is given %j', (wrong, message) => {
    expect(() => guardrailsOf(wrong)).toThrow(message);
  });
});
