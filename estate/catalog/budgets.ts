import type { Cloud, Sourced } from './types';

/** What a cloud takes as a monthly budget. */
export interface BudgetRow extends Sourced {
  /** What it is called there. */
  readonly title: string;
  /** Most thresholds of one budget, of spend and of forecast together. @default no number is published */
  readonly thresholds?: number;
  /** Most addresses that are mailed at a threshold. @default no number is published */
  readonly emails?: number;
  /** Largest threshold, in percent of the amount. @default no number is published */
  readonly percent?: number;
  /** Digits after the point that an amount may have. */
  readonly decimals: number;
  /** Currency of an amount by the partition of the account; no partition stands here that has no budgets. @default that of the bill, or any */
  readonly currencies?: Readonly<Record<string, string>>;
  /** Whether an amount is in the currency of the bill, which nothing in a budget says. @default it says its currency */
  readonly billed?: true;
  /** Whether a budget can stop new capacity by itself. @default it only tells */
  readonly stops?: true;
}

const CHECKED = { checked: '2026-11' } as const;

/** What each cloud takes as a monthly budget. */
export const BUDGETS: Readonly<Record<Cloud, BudgetRow>> = {
  aws: {
    title: 'AWS Budgets',
    thresholds: 5,
    emails: 10,
    decimals: 2,
    currencies: { aws: 'USD', 'aws-cn': 'CNY' },
    stops: true,
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-budgets-budget.html, https://docs.amazonaws.cn/en_us/aws/latest/userguide/billing-and-payment.html',
    ...CHECKED,
    unverified:
      'the API takes ten notifications where CloudFormation documents five; that GovCloud and the European Sovereign Cloud have no budgets of their own, and that amounts are in no other currency',
  },
  azure: {
    title: 'budgets of Cost Management',
    thresholds: 5,
    emails: 5,
    percent: 1000,
    decimals: 2,
    billed: true,
    source:
      'https://learn.microsoft.com/azure/cost-management-billing/costs/tutorial-acm-create-budgets, and the checks of azurerm 4.81.0',
    ...CHECKED,
    unverified:
      'that the API takes no more than five addresses, which the portal says; that subscriptions have Microsoft.Consumption registered from the start',
  },
  google: {
    title: 'budgets of Cloud Billing',
    emails: 5,
    decimals: 2,
    source: 'https://docs.cloud.google.com/billing/docs/how-to/budgets',
    ...CHECKED,
    unverified: 'that a budget takes five channels of Cloud Monitoring',
  },
  oracle: {
    title: 'Oracle budgets',
    percent: 10_000,
    decimals: 0,
    billed: true,
    source:
      'https://docs.oracle.com/en-us/iaas/Content/Billing/Concepts/budgetsoverview.htm, https://docs.oracle.com/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref/budgets/alert-rule/create.html',
    ...CHECKED,
  },
};
