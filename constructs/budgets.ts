import type { IConstruct } from 'constructs';
import type { BudgetRow } from '../estate/catalog/budgets';
import { ConstructError } from './errors';

/** A tag that spend is counted by. */
export interface BudgetTag {
  /** Key of the tag. */
  readonly key: string;
  /** Its value. */
  readonly value: string;
}

/** What budgets of all clouds are given alike. */
interface BudgetOptions {
  readonly amount: string;
  readonly currency?: string;
  readonly emails: readonly string[];
  readonly thresholds?: readonly number[];
  readonly forecastThresholds?: readonly number[];
}

/** When somebody is told: at a share of the amount, of what was spent or of what the month is forecast to cost. */
export interface BudgetThreshold {
  /** What is compared. */
  readonly of: 'actual' | 'forecast';
  /** Share of the amount, in percent. */
  readonly percent: number;
}

/** A budget whose options its cloud takes. */
export interface CheckedBudget {
  /** Whole units of the currency, as digits. */
  readonly units: string;
  /** Hundredths of the unit. */
  readonly hundredths: number;
  /** The amount as a number, which is as exact as the text. */
  readonly amount: number;
  /** In the order of their percents, those of spend first. */
  readonly thresholds: readonly BudgetThreshold[];
}

/** Shares of the amount, in percent, at which spend is told where nobody says others. */
export const SPEND_THRESHOLDS: readonly number[] = [50, 80, 100];

/** Shares of the amount, in percent, at which a forecast is told where nobody says others. */
export const FORECAST_THRESHOLDS: readonly number[] = [100];

/**
 * The options of a budget as its cloud takes them.
 *
 * @throws ConstructError with `AmountInvalid` when the amount, its currency or a threshold is none that the cloud takes
 * @throws ConstructError with `NameInvalid` when nobody or something that is no address would be told
 * @throws ConstructError with `TooMany` when it has more thresholds or addresses than the cloud takes
 */
export function checkBudget(scope: IConstruct, row: BudgetRow, options: BudgetOptions): CheckedBudget {
  const { thresholds = SPEND_THRESHOLDS, forecastThresholds = FORECAST_THRESHOLDS } = options;
  const rows = [
    ...atPercents(scope, row, 'actual', thresholds),
    ...atPercents(scope, row, 'forecast', forecastThresholds),
  ];
  if (rows.length === 0) throw refused(scope, 'AmountInvalid', 'no threshold: give percents, such as 80 and 100');
  refuseMore(scope, 'thresholds', rows.length, row.thresholds, row.title);
  checkEmails(scope, row, options.emails);
  if (options.currency !== undefined && !/^[A-Z]{3}$/.test(options.currency)) {
    throw refused(
      scope,
      'AmountInvalid',
      `currency "${options.currency}" is none; give three capital letters, such as USD`,
    );
  }
  return { ...checkAmount(scope, row, options.amount), thresholds: rows };
}

/** The longest amount has 12 digits, so that a number holds its hundredths exactly. */
function checkAmount(scope: IConstruct, { decimals, title }: BudgetRow, text: string) {
  const [, units = '', fraction = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  const hundredths = Number(fraction.padEnd(2, '0'));
  const amount = Number(`${units}.${fraction}`);
  if (amount > 0 && (decimals > 0 || hundredths === 0)) {
    return { units: String(Number(units)), hundredths, amount };
  }
  const what = decimals > 0 ? 'a sum above zero with two digits after the point at most' : 'a whole sum above zero';
  throw refused(scope, 'AmountInvalid', `amount "${text}" is none that ${title} take: give ${what}, such as 250000`);
}

function atPercents(
  scope: IConstruct,
  { percent: most = Number.POSITIVE_INFINITY, title }: BudgetRow,
  of: BudgetThreshold['of'],
  percents: readonly number[],
): BudgetThreshold[] {
  const wrong = percents.find((percent) => !Number.isInteger(percent) || percent < 1 || percent > most);
  if (wrong !== undefined) {
    const range = most === Number.POSITIVE_INFINITY ? '1 or more' : `1 to ${most}`;
    throw refused(
      scope,
      'AmountInvalid',
      `threshold ${wrong} is none that ${title} take: give whole percents, ${range}`,
    );
  }
  return [...new Set(percents)].sort((one, other) => one - other).map((percent) => ({ of, percent }));
}

function checkEmails(scope: IConstruct, { emails: most, title }: BudgetRow, emails: readonly string[]): void {
  if (emails.length === 0) throw refused(scope, 'NameInvalid', 'nobody would be told: give emails an address');
  const wrong = emails.find((email) => !/^[^@\s,;]+@[^@\s,;]+$/.test(email));
  if (wrong !== undefined)
    throw refused(scope, 'NameInvalid', `"${wrong}" is no address; give one such as a@example.com`);
  refuseMore(scope, 'addresses', emails.length, most, title);
}

function refuseMore(scope: IConstruct, what: string, count: number, most: number | undefined, title: string): void {
  if (most === undefined || count <= most) return;
  throw refused(scope, 'TooMany', `${count} ${what} are more than the ${most} that ${title} take; leave some out`);
}

function refused(scope: IConstruct, code: 'AmountInvalid' | 'NameInvalid' | 'TooMany', what: string): ConstructError {
  return new ConstructError(scope, code, what);
}
