import { Guardrails, type GuardrailsProps } from '../../../constructs/azure';
import { resourcesOf, synthStack } from '../../helpers/terraform';
import { stack as newStack, SUBSCRIPTION } from './setup';

const TYPE = 'azurerm_subscription_policy_assignment';
const GIVEN: GuardrailsProps = {
  name: 'atlas-main',
  subscriptionId: SUBSCRIPTION,
  regions: ['swedencentral', 'eastus2'],
};

function assignmentsOf(props: Partial<GuardrailsProps> = {}) {
  const stack = newStack();
  new Guardrails(stack, 'guardrails', { ...GIVEN, ...props });
  return Object.values(resourcesOf(synthStack(stack), TYPE));
}

describe('azure Guardrails', () => {
  test('assigns a policy each by its key, which is no default child', () => {
    const guardrails = new Guardrails(newStack(), 'guardrails', GIVEN);
    expect(guardrails.node.children.map(({ node }) => node.id)).toEqual(['regions', 'group-regions']);
    expect(guardrails.node.defaultChild).toBeUndefined();
  });

  test('only reports other regions until it denies', () => {
    const parameters = '{"listOfAllowedLocations":{"value":["eastus2","swedencentral"]}}';
    const definitions = '/providers/Microsoft.Authorization/policyDefinitions';
    const common = { subscription_id: `/subscriptions/${SUBSCRIPTION}`, parameters, enforce: false };
    expect(assignmentsOf()).toEqual([
      {
        ...common,
        name: 'atlas-main-group-regions',
        policy_definition_id: `${definitions}/e765b5de-1225-4ba3-bd56-1ac6695af988`,
        non_compliance_message: [{ content: 'The estate may not have resource groups in this region.' }],
      },
      {
        ...common,
        name: 'atlas-main-regions',
        policy_definition_id: `${definitions}/e56962a6-4747-49cd-b67b-bf8b01975c4c`,
        non_compliance_message: [{ content: 'The estate may not have anything in this region.' }],
      },
    ]);
    expect(assignmentsOf({ mode: 'deny' }).map(({ enforce }) => enforce)).toEqual([true, true]);
  });

  test('limits machines of both kinds: those of nodes are in scale sets', () => {
    const machines = [{ type: 'Standard_ND128isr_NDR_GB300_v6' }, { type: 'Standard_D8ads_v6' }];
    const parameters = '{"listOfAllowedSKUs":{"value":["Standard_D8ads_v6","Standard_ND128isr_NDR_GB300_v6"]}}';
    expect(assignmentsOf({ regions: undefined, machines })).toMatchObject([
      { name: 'atlas-main-machines', parameters },
      { name: 'atlas-main-node-machines', parameters },
    ]);
  });

  test.each([
    [{ name: '' }, /the name of guardrails is empty.*\[NameInvalid\]/],
    [{ regions: undefined }, /nothing is limited: give regions or machines \[PolicyInvalid\]/],
    [{ regions: [] }, /no region is allowed.*\[PolicyInvalid\]/],
  ])('fails when it is given %j', (wrong, message) => {
    expect(() => assignmentsOf(wrong)).toThrow(message);
  });
});
