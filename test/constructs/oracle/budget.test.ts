import { TerraformOutput } from '../../../constructs/cdktf';
import { Budget, type BudgetProps } from '../../../constructs/oracle';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newStack } from './scene';

const TENANCY = 'ocid1.tenancy.oc1..atlas';
const GIVEN: BudgetProps = {
  name: 'atlas-main',
  tenancyId: TENANCY,
  compartmentId: COMPARTMENT,
  amount: '250000',
  emails: ['finance@example.com', 'cto@example.com'],
};

function budgetOf(props: Partial<BudgetProps> = {}) {
  const stack = newStack();
  const budget = new Budget(stack, 'budget', { ...GIVEN, ...props });
  return { budget, stack };
}

describe('oracle Budget', () => {
  test('has the budget as its default child', () => {
    const { budget, stack } = budgetOf();
    expect(budget.node.defaultChild).toMatchObject({ terraformResourceType: 'oci_budget_budget' });
    new TerraformOutput(stack, 'id', { value: budget.budgetId });
    expect(synthStack(stack).output?.id?.value).toMatch(/^\$\{oci_budget_budget\..*\.id\}$/);
  });

  test('tells its addresses of spend and of a forecast, of everything in the compartment', () => {
    const { stack } = budgetOf({ tags: { team: 'finance' } });
    const json = synthStack(stack);
    expect(onlyResource(json, 'oci_budget_budget')).toEqual({
      compartment_id: TENANCY,
      display_name: 'atlas-main',
      description: 'What a month may cost',
      amount: 250_000,
      reset_period: 'MONTHLY',
      processing_period_type: 'MONTH',
      target_type: 'COMPARTMENT',
      targets: [COMPARTMENT],
      freeform_tags: { team: 'finance' },
    });
    const [budget = ''] = Object.keys(resourcesOf(json, 'oci_budget_budget'));
    const rule = (type: string, threshold: number, display_name: string) => ({
      budget_id: `\${oci_budget_budget.${budget}.id}`,
      display_name,
      type,
      threshold,
      threshold_type: 'PERCENTAGE',
      recipients: 'finance@example.com,cto@example.com',
      freeform_tags: { team: 'finance' },
    });
    expect(Object.values(resourcesOf(json, 'oci_budget_alert_rule'))).toEqual([
      rule('ACTUAL', 100, 'atlas-main-actual-100'),
      rule('ACTUAL', 50, 'atlas-main-actual-50'),
      rule('ACTUAL', 80, 'atlas-main-actual-80'),
      rule('FORECAST', 100, 'atlas-main-forecast-100'),
    ]);
  });

  test('gives each rule an id by its threshold, so that another one changes none of the others', () => {
    const ids = (thresholds: number[]) =>
      Object.keys(resourcesOf(synthStack(budgetOf({ thresholds }).stack), 'oci_budget_alert_rule'));
    expect(ids([90, 50, 80, 100])).toEqual(expect.arrayContaining(ids([100, 80, 50])));
  });

  test('counts a defined tag, when it is told so', () => {
    const { stack } = budgetOf({ tag: { key: 'atlas-main.estate', value: 'atlas' } });
    expect(onlyResource(synthStack(stack), 'oci_budget_budget')).toMatchObject({
      target_type: 'TAG',
      targets: ['atlas-main.estate.atlas'],
    });
  });

  test.each([
    [{ name: '' }, /the name "" must have.*\[NameInvalid\]/],
    [{ amount: '10.25' }, /amount "10\.25" is none that Oracle budgets take: give a whole sum.*\[AmountInvalid\]/],
    [{ tenancyId: COMPARTMENT }, /is none of ocid1\.tenancy\.….*\[IdInvalid\]/],
    [{ compartmentId: 'ocid1.vcn.oc1..one' }, /is none of ocid1\.compartment\.… or ocid1\.tenancy\.….*\[IdInvalid\]/],
  ])('fails when it is given %j', (wrong, message) => {
    expect(() => budgetOf(wrong)).toThrow(message);
  });
});
