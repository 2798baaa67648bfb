import { ConsumptionBudgetSubscription } from '@cdktf/provider-azurerm/lib/consumption-budget-subscription';
import { Construct } from 'constructs';
import { BUDGETS } from '../../estate/catalog/budgets';
import { type BudgetTag, checkBudget } from '../budgets';
import { Fn } from '../cdktf';
import { ConstructError } from '../errors';
import { checkName } from './checks';
import { LIMITS, physicalName, resourceTags } from './names';

/** Options of a {@link Budget}. */
export interface BudgetProps {
  /** Its name, which is its own in the subscription. */
  readonly name: string;
  /** Id of the subscription, a GUID. */
  readonly subscriptionId: string;
  /** What a month may cost in the currency of the bill, as decimal text: `250000` or `1999.50`. */
  readonly amount: string;
  /** Shares of the amount that was spent, in percent, at which mail is sent. @default [50, 80, 100] */
  readonly thresholds?: readonly number[];
  /** Shares of the amount that the month is forecast to cost, in percent, at which mail is sent. @default [100] */
  readonly forecastThresholds?: readonly number[];
  /** Addresses that are mailed. */
  readonly emails: readonly string[];
  /** Only what has this tag counts. @default - everything in the subscription */
  readonly tag?: BudgetTag;
  /**
   * First day of the month that it begins with, as YYYY-MM-01: the service takes this month or one of the next twelve, and
   * another one is another budget.
   * @default - the month of the first apply, and nothing that comes later changes it
   */
  readonly startDate?: string;
}

/** A monthly budget of an Azure subscription, which tells by mail what was spent of it. */
export class Budget extends Construct {
  /** Id of the budget; known after it exists. */
  readonly budgetId: string;

  /** @throws ConstructError with `AmountInvalid`, `NameInvalid` or `TooMany` when Azure would not take it */
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    checkName(this, 'a budget', props.name);
    const { amount, thresholds } = checkBudget(this, BUDGETS.azure, props);
    const { startDate, tag } = props;
    if (startDate !== undefined && !/^\d{4}-(0[1-9]|1[0-2])-01$/.test(startDate)) {
      const what = `startDate is "${startDate}", which is no first day of a month: give one such as 2027-01-01`;
      throw new ConstructError(this, 'AmountInvalid', what);
    }
    const budget = new ConsumptionBudgetSubscription(this, 'Resource', {
      name: physicalName([props.name], LIMITS.budget),
      subscriptionId: `/subscriptions/${props.subscriptionId}`,
      amount,
      timeGrain: 'Monthly',
      timePeriod: { startDate: startDate === undefined ? thisMonth() : `${startDate}T00:00:00Z` },
      filter: tag === undefined ? undefined : { tag: [filterOf(tag)] },
      notification: thresholds.map(({ of, percent }) => ({
        threshold: percent,
        thresholdType: of === 'actual' ? 'Actual' : 'Forecasted',
        operator: 'GreaterThanOrEqualTo',
        contactEmails: [...props.emails],
      })),
      // Terraform says the month at each plan; what was made keeps its own, which another one would replace.
      lifecycle: startDate === undefined ? { ignoreChanges: ['time_period'] } : undefined,
    });
    this.budgetId = budget.id;
  }
}

/** First second of the month of a plan, as Terraform reckons it: the program knows no date. */
function thisMonth(): string {
  return Fn.formatdate("YYYY-MM'-01T00:00:00Z'", Fn.plantimestamp());
}

function filterOf({ key, value }: BudgetTag) {
  const [[name, own] = ['', '']] = Object.entries(resourceTags({ [key]: value }));
  return { name, values: [own] };
}
