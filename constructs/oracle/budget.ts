import { Construct } from 'constructs';
import { BudgetAlertRule } from '../../.gen/providers/oci/budget-alert-rule';
import { BudgetBudget } from '../../.gen/providers/oci/budget-budget';
import { BUDGETS } from '../../estate/catalog/budgets';
import { type BudgetTag, checkBudget } from '../budgets';
import type { ITerraformDependable, TerraformProvider } from '../cdktf';
import { checkId, checkName, checkTags } from './checks';
import { definedTags, type TagOptions, tagArguments } from './names';

/** Options of a {@link Budget}. */
export interface BudgetProps extends TagOptions {
  /** Name of the budget. */
  readonly name: string;
  /** OCID of the tenancy: all budgets lie in it, and are written in its home region. */
  readonly tenancyId: string;
  /** OCID of the compartment whose spend counts, with those below it. */
  readonly compartmentId: string;
  /** What a month may cost in the currency of the bill, as text: a whole number, such as `250000`. */
  readonly amount: string;
  /** Shares of the amount that was spent, in percent, at which mail is sent. @default [50, 80, 100] */
  readonly thresholds?: readonly number[];
  /** Shares of the amount that the month is forecast to cost, in percent, at which mail is sent. @default [100] */
  readonly forecastThresholds?: readonly number[];
  /** Addresses that are mailed. */
  readonly emails: readonly string[];
  /**
   * Only what has this tag counts, in any compartment: the key of a defined tag that costs are tracked by, behind its
   * namespace, such as `atlas.estate`.
   * @default - everything in the compartment
   */
  readonly tag?: BudgetTag;
  /** Provider of the home region. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
  /** What has to exist before it, such as the tag that it counts by. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A monthly budget of a compartment of Oracle Cloud, which tells by mail what was spent of it. */
export class Budget extends Construct {
  /** OCID of the budget; known after it exists. */
  readonly budgetId: string;

  /**
   * @throws ConstructError with `AmountInvalid`, `NameInvalid` or `TooMany` when Oracle Cloud would not take it
   * @throws ConstructError with `IdInvalid` or `TagInvalid` when its tenancy, compartment or tag is none
   */
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    checkName(this, props.name);
    checkId(this, props.tenancyId, 'tenancy');
    checkId(this, props.compartmentId, 'compartment', 'tenancy');
    checkTags(this, props);
    const { amount, thresholds } = checkBudget(this, BUDGETS.oracle, props);
    const { provider, tag } = props;
    const common = { provider, ...tagArguments(props) };
    const budget = new BudgetBudget(this, 'Resource', {
      ...common,
      compartmentId: props.tenancyId,
      displayName: props.name,
      description: 'What a month may cost',
      amount,
      resetPeriod: 'MONTHLY',
      processingPeriodType: 'MONTH',
      targetType: tag === undefined ? 'COMPARTMENT' : 'TAG',
      targets: [tag === undefined ? props.compartmentId : targetOf(tag)],
      dependsOn: props.dependsOn === undefined ? undefined : [...props.dependsOn],
    });
    this.budgetId = budget.id;
    for (const { of, percent } of thresholds) {
      new BudgetAlertRule(this, `${of}-${percent}`, {
        ...common,
        budgetId: budget.id,
        displayName: `${props.name}-${of}-${percent}`,
        type: of === 'actual' ? 'ACTUAL' : 'FORECAST',
        threshold: percent,
        thresholdType: 'PERCENTAGE',
        recipients: props.emails.join(','),
      });
    }
  }
}

function targetOf({ key, value }: BudgetTag): string {
  const [namespace = '', ...rest] = key.split('.');
  const [[name, own] = ['', '']] = Object.entries(definedTags({ namespace, values: { [rest.join('.')]: value } }));
  return `${name}.${own}`;
}
