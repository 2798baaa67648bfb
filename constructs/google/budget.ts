import { BillingBudget } from '@cdktf/provider-google/lib/billing-budget';
import { MonitoringNotificationChannel } from '@cdktf/provider-google/lib/monitoring-notification-channel';
import { Construct } from 'constructs';
import { BUDGETS } from '../../estate/catalog/budgets';
import type { Tags } from '../../estate/units';
import { type BudgetTag, checkBudget } from '../budgets';
import type { ITerraformDependable, TerraformProvider } from '../cdktf';
import { AlarmChannel } from './alarm-channel';
import { checkId, checkName } from './checks';
import { resourceTags } from './names';

/** Options of a {@link Budget}. */
export interface BudgetProps {
  /** What it is called where bills are looked at. */
  readonly name: string;
  /** Billing account that pays, such as `0A1B2C-3D4E5F-6A7B8C`; the budget lies in it. */
  readonly billingAccount: string;
  /** Project whose spend counts. */
  readonly projectId: string;
  /** Number of the project: budgets know it by that. */
  readonly projectNumber: string;
  /** What a month may cost, as decimal text: `250000` or `1999.50`. */
  readonly amount: string;
  /** Currency of the amount, which must be that of the billing account. @default - that of the billing account */
  readonly currency?: string;
  /** Shares of the amount that was spent, in percent, at which mail is sent. @default [50, 80, 100] */
  readonly thresholds?: readonly number[];
  /** Shares of the amount that the month is forecast to cost, in percent, at which mail is sent. @default [100] */
  readonly forecastThresholds?: readonly number[];
  /** Addresses that are mailed, beside those who administer the billing account. */
  readonly emails: readonly string[];
  /** Only what has this label counts. @default - everything in the project */
  readonly tag?: BudgetTag;
  /**
   * Provider that says which project asks, since the service takes no question of a person without one.
   * @default - the provider of the stack, which is enough for a service account
   */
  readonly provider?: TerraformProvider;
  /** What has to exist before it, such as the APIs that it is made with. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** Labels of the channels by which it mails; budgets have none. @default - none */
  readonly tags?: Tags;
}

/** A monthly budget of a Google Cloud project, which tells by mail what was spent of it. */
export class Budget extends Construct {
  /** Name of the budget in the billing account; known after it exists. */
  readonly budgetId: string;

  /**
   * @throws ConstructError with `AmountInvalid`, `NameInvalid` or `TooMany` when Google Cloud would not take it
   * @throws ConstructError with `IdInvalid` when the billing account or the project is none
   */
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    checkName(this, 'name of the budget', props.name);
    checkId(this, 'billingAccount', props.billingAccount, /^[0-9A-F]{6}(-[0-9A-F]{6}){2}$/, '0A1B2C-3D4E5F-6A7B8C');
    checkId(this, 'projectNumber', props.projectNumber, /^\d{6,20}$/, '123456789012');
    const { units, hundredths, thresholds } = checkBudget(this, BUDGETS.google, props);
    const { projectId, tags, tag, provider, dependsOn } = props;
    const channels = props.emails.map((email) => {
      const channel = { name: props.name, projectId, email, tags, dependsOn };
      const made = new AlarmChannel(this, `mail-${email}`, channel);
      keepUntilUnused(made);
      return made.notificationChannel;
    });
    const budget = new BillingBudget(this, 'Resource', {
      provider,
      billingAccount: props.billingAccount,
      displayName: props.name,
      amount: {
        specifiedAmount: {
          currencyCode: props.currency,
          units,
          nanos: hundredths === 0 ? undefined : hundredths * 10_000_000,
        },
      },
      budgetFilter: {
        projects: [`projects/${props.projectNumber}`],
        calendarPeriod: 'MONTH',
        labels: tag === undefined ? undefined : resourceTags(this, { [tag.key]: tag.value }),
      },
      thresholdRules: thresholds.map(({ of, percent }) => ({
        thresholdPercent: percent / 100,
        spendBasis: of === 'actual' ? 'CURRENT_SPEND' : 'FORECASTED_SPEND',
      })),
      allUpdatesRule: { monitoringNotificationChannels: channels },
      dependsOn: dependsOn === undefined ? undefined : [...dependsOn],
    });
    this.budgetId = budget.name;
  }
}

/** A channel that leaves the program is deleted after the budget that mailed by it has another one. */
function keepUntilUnused({ node: { defaultChild } }: AlarmChannel): void {
  if (defaultChild instanceof MonitoringNotificationChannel) defaultChild.lifecycle = { createBeforeDestroy: true };
}
