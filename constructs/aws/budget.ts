import { CfnBudget, CfnBudgetsAction } from 'aws-cdk-lib/aws-budgets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { partitionOf } from '../../estate/catalog/aws-regions';
import { BUDGETS } from '../../estate/catalog/budgets';
import type { Sourced } from '../../estate/catalog/types';
import type { Tags } from '../../estate/units';
import { type BudgetTag, type BudgetThreshold, checkBudget } from '../budgets';
import { ConstructError } from '../errors';
import { checkId, checkName, ROLE_ARN } from './checks';
import { addTags, resourceTags } from './names';

/** What a role may no longer do once a budget has stopped it: get machines, or the promise of some. */
export const STOPPED_ACTIONS: { readonly names: readonly string[] } & Sourced = {
  names: [
    'autoscaling:CreateAutoScalingGroup',
    'ec2:CreateCapacityReservation',
    'ec2:CreateFleet',
    'ec2:ModifyCapacityReservation',
    'ec2:PurchaseCapacityBlock',
    'ec2:PurchaseCapacityBlockExtension',
    'ec2:RequestSpotInstances',
    'ec2:RunInstances',
    'eks:CreateNodegroup',
    'eks:UpdateNodegroupConfig',
  ],
  source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html',
  checked: '2026-11',
};

/** Whom a budget stops, and when. */
export interface BudgetStop {
  /** ARNs of the roles that may get no more machines then, such as those by which CloudFormation deploys. */
  readonly roles: readonly string[];
  /** Share of the amount that was spent, in percent. @default 100 */
  readonly percent?: number;
}

/** Options of a {@link Budget}. */
export interface BudgetProps {
  /** What it is called on the bill; AWS names the budget itself. */
  readonly name: string;
  /** What a month may cost, as decimal text: `250000` or `1999.50`. */
  readonly amount: string;
  /** Currency of the amount: that which the partition is billed in. @default 'USD', in China 'CNY' */
  readonly currency?: string;
  /** Shares of the amount that was spent, in percent, at which mail is sent. @default [50, 80, 100] */
  readonly thresholds?: readonly number[];
  /** Shares of the amount that the month is forecast to cost, in percent, at which mail is sent. @default [100] */
  readonly forecastThresholds?: readonly number[];
  /** Addresses that are mailed. */
  readonly emails: readonly string[];
  /**
   * Only what has this tag counts, from when the tag is activated for cost reports.
   * @default - everything in the account; in one that pays for others, theirs too
   */
  readonly tag?: BudgetTag;
  /** Who gets no more machines once the amount is spent; what runs goes on. @default - nobody */
  readonly stop?: BudgetStop;
  /** Labels of the budget. @default - none */
  readonly tags?: Tags;
}

/** A monthly budget of an AWS account, which tells by mail what was spent of it. */
export class Budget extends Construct {
  /** Name that AWS has given it. */
  readonly budgetId: string;

  /**
   * @throws ConstructError with AmountInvalid, NameInvalid or TooMany when AWS would not take it
   * @throws ConstructError with IdInvalid when it would stop something that is no role
   */
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    checkName(this, props.name);
    const { amount, thresholds } = checkBudget(this, BUDGETS.aws, props);
    const unit = this.currency(props.currency);
    const subscribers = props.emails.map((address) => ({ subscriptionType: 'EMAIL', address }));
    const budget = new CfnBudget(this, 'Resource', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit },
        costFilters: props.tag === undefined ? undefined : { TagKeyValue: [costTag(props.tag)] },
      },
      notificationsWithSubscribers: thresholds.map((threshold) => ({
        notification: notification(threshold),
        subscribers,
      })),
    });
    this.budgetId = budget.ref;
    if (props.stop !== undefined) this.stopAt(props.stop, props.emails);
    addTags(this, { ...props.tags, Name: props.name });
  }

  private currency(asked: string | undefined): string {
    const { region } = Stack.of(this);
    const partition = Token.isUnresolved(region) ? 'aws' : partitionOf(region);
    const own = BUDGETS.aws.currencies?.[partition];
    if (own === undefined) {
      const what = `partition ${partition} has no budgets: make it in the account that pays`;
      throw new ConstructError(this, 'AmountInvalid', what);
    }
    if (asked === undefined || asked === own) return own;
    throw new ConstructError(this, 'AmountInvalid', `AWS bills this account in ${own}, not in ${asked}; give that sum`);
  }

  /** A policy that takes the right to get machines from roles, and a role by which AWS Budgets attaches it to them. */
  private stopAt({ roles, percent = 100 }: BudgetStop, emails: readonly string[]): void {
    for (const role of roles) checkId(this, 'ARN of a role', role, ROLE_ARN, 'arn:aws:iam::111122223333:role/deploys');
    if (roles.length === 0)
      throw new ConstructError(this, 'IdInvalid', 'stop names no role; name those that it is for');
    const stopped = new iam.ManagedPolicy(this, 'stopped', {
      description: 'Attached by AWS Budgets once the budget is spent: no more machines',
      statements: [
        new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: [...STOPPED_ACTIONS.names], resources: ['*'] }),
      ],
    });
    const stops = new iam.Role(this, 'stops', {
      description: 'Lets AWS Budgets take the right to get machines from roles',
      assumedBy: new iam.ServicePrincipal('budgets.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:budgets::${Aws.ACCOUNT_ID}:budget/*` },
        },
      }),
      inlinePolicies: {
        stop: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
              resources: [...roles],
              conditions: { ArnEquals: { 'iam:PolicyARN': stopped.managedPolicyArn } },
            }),
          ],
        }),
      },
    });
    new CfnBudgetsAction(this, 'stop', {
      budgetName: this.budgetId,
      actionType: 'APPLY_IAM_POLICY',
      actionThreshold: { type: 'PERCENTAGE', value: percent },
      notificationType: 'ACTUAL',
      approvalModel: 'AUTOMATIC',
      executionRoleArn: stops.roleArn,
      definition: {
        iamActionDefinition: {
          policyArn: stopped.managedPolicyArn,
          roles: roles.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)),
        },
      },
      subscribers: emails.map((address) => ({ type: 'EMAIL', address })),
    });
  }
}

function notification({ of, percent }: BudgetThreshold) {
  return {
    notificationType: of === 'actual' ? 'ACTUAL' : 'FORECASTED',
    comparisonOperator: 'GREATER_THAN',
    threshold: percent,
    thresholdType: 'PERCENTAGE',
  };
}

/** A tag as bills name it. */
function costTag({ key, value }: BudgetTag): string {
  const [[ownKey, ownValue] = ['', '']] = Object.entries(resourceTags({ [key]: value }));
  return `user:${ownKey}$${ownValue}`;
}
