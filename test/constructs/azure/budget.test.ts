import { Budget, type BudgetProps } from '../../../constructs/azure';
import { TerraformOutput } from '../../../constructs/cdktf';
import { onlyResource, synthStack } from '../../helpers/terraform';
import { stack as newStack, SUBSCRIPTION } from './setup';

const GIVEN: BudgetProps = {
  name: 'atlas-main',
  subscriptionId: SUBSCRIPTION,
  amount: '250000',
  emails: ['finance@example.com'],
};

function budgetOf(props: Partial<BudgetProps> = {}) {
  const stack = newStack();
  const budget = new Budget(stack, 'budget', { ...GIVEN, ...props });
  return { budget, stack, body: () => onlyResource(synthStack(stack), 'azurerm_consumption_budget_subscription') };
}

describe('azure Budget', () => {
  test('has the budget as its default child', () => {
    const { budget, stack } = budgetOf();
    expect(budget.node.defaultChild).toMatchObject({
      terraformResourceType: 'azurerm_consumption_budget_subscription',
    });
    new TerraformOutput(stack, 'id', { value: budget.budgetId });
    expect(synthStack(stack).output?.id?.value).toMatch(/^\$\{azurerm_consumption_budget_subscription\..*\.id\}$/);
  });

  test('tells its address of spend and of a forecast, of everything in the subscription', () => {
    const told = (threshold: number, threshold_type: string) => ({
      contact_emails: ['finance@example.com'],
      operator: 'GreaterThanOrEqualTo',
      threshold,
      threshold_type,
    });
    expect(budgetOf().body()).toEqual({
      name: 'atlas-main',
      subscription_id: `/subscriptions/${SUBSCRIPTION}`,
      amount: 250_000,
      time_grain: 'Monthly',
      time_period: { start_date: `\${formatdate("YYYY-MM'-01T00:00:00Z'", plantimestamp())}` },
      notification: [told(50, 'Actual'), told(80, 'Actual'), told(100, 'Actual'), told(100, 'Forecasted')],
      lifecycle: { ignore_changes: ['time_period'] },
    });
  });

  test('begins with a month and counts a tag, when it is told so', () => {
    const body = budgetOf({ startDate: '2027-01-01', tag: { key: 'estate', value: 'atlas' } }).body();
    expect(body.time_period).toEqual({ start_date: '2027-01-01T00:00:00Z' });
    expect(body.filter).toEqual({ tag: [{ name: 'estate', values: ['atlas'] }] });
    expect(body).not.toHaveProperty('lifecycle');
  });

  test.each([
    [{ name: '' }, /the name of a budget is empty.*\[NameInvalid\]/],
    [{ amount: '0.00' }, /amount "0\.00".*\[AmountInvalid\]/],
    [{ startDate: '2027-01-15' }, /startDate is "2027-01-15", which is no first day of a month.*\[AmountInvalid\]/],
  ])('fails when it is given %j', (wrong, message) => {
    expect(() => budgetOf(wrong)).toThrow(message);
  });
});
