import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformOutput } from '../../../constructs/cdktf';
import { Budget, type BudgetProps } from '../../../constructs/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newStack, PROJECT } from './support';

const GIVEN: BudgetProps = {
  name: 'atlas-main',
  billingAccount: '0A1B2C-3D4E5F-6A7B8C',
  ...PROJECT,
  amount: '250000',
  currency: 'USD',
  emails: ['finance@example.com'],
};

function budgetOf(props: Partial<BudgetProps> = {}) {
  const stack = newStack();
  const budget = new Budget(stack, 'budget', { ...GIVEN, ...props });
  return { budget, stack, body: () => onlyResource(synthStack(stack), 'google_billing_budget') };
}

describe('google Budget', () => {
  test('has the budget as its default child', () => {
    const { budget, stack } = budgetOf();
    expect(budget.node.defaultChild).toMatchObject({ terraformResourceType: 'google_billing_budget' });
    new TerraformOutput(stack, 'id', { value: budget.budgetId });
    expect(synthStack(stack).output?.id?.value).toMatch(/^\$\{google_billing_budget\..*\.name\}$/);
  });

  test('tells its address of spend and of a forecast, of everything in the project', () => {
    const { stack, body } = budgetOf({ tags: { team: 'Finance' } });
    const [channel = ''] = Object.keys(resourcesOf(synthStack(stack), 'google_monitoring_notification_channel'));
    expect(body()).toEqual({
      billing_account: '0A1B2C-3D4E5F-6A7B8C',
      display_name: 'atlas-main',
      amount: { specified_amount: { currency_code: 'USD', units: '250000' } },
      budget_filter: { calendar_period: 'MONTH', projects: ['projects/123456789012'] },
      threshold_rules: [
        { threshold_percent: 0.5, spend_basis: 'CURRENT_SPEND' },
        { threshold_percent: 0.8, spend_basis: 'CURRENT_SPEND' },
        { threshold_percent: 1, spend_basis: 'CURRENT_SPEND' },
        { threshold_percent: 1, spend_basis: 'FORECASTED_SPEND' },
      ],
      all_updates_rule: {
        monitoring_notification_channels: [`\${google_monitoring_notification_channel.${channel}.name}`],
      },
    });
    expect(onlyResource(synthStack(stack), 'google_monitoring_notification_channel')).toEqual({
      project: 'test-train',
      display_name: 'atlas-main',
      type: 'email',
      labels: { email_address: 'finance@example.com' },
      user_labels: { team: 'finance' },
      lifecycle: { create_before_destroy: true },
    });
  });

  test('counts a label, says hundredths and waits for what it needs, when it is told so', () => {
    const stack = newStack();
    const provider = new GoogleProvider(stack, 'asks', { alias: 'asks', project: 'test-train' });
    const needed = { fqn: 'google_project_service.budgets' };
    const asked = { tag: { key: 'Estate', value: 'Atlas' }, amount: '1999.50', currency: undefined };
    new Budget(stack, 'budget', { ...GIVEN, ...asked, provider, dependsOn: [needed] });
    const json = synthStack(stack);
    expect(onlyResource(json, 'google_billing_budget')).toMatchObject({
      provider: 'google.asks',
      amount: { specified_amount: { units: '1999', nanos: 500_000_000 } },
      budget_filter: { labels: { estate: 'atlas' } },
      depends_on: ['google_project_service.budgets'],
    });
    expect(onlyResource(json, 'google_monitoring_notification_channel').depends_on).toEqual([
      'google_project_service.budgets',
    ]);
  });

  test.each([
    [{ name: '1' }, /name of the budget is "1".*\[NameInvalid\]/],
    [{ amount: '' }, /amount "".*\[AmountInvalid\]/],
    [{ billingAccount: 'ours' }, /billingAccount is "ours", it must be such as 0A1B2C-3D4E5F-6A7B8C \[IdInvalid\]/],
    [{ projectNumber: 'test-train' }, /projectNumber is "test-train".*\[IdInvalid\]/],
  ])('fails when it is given %j', (wrong, message) => {
    expect(() => budgetOf(wrong)).toThrow(message);
  });
});
