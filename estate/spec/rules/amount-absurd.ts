import { PARTS, parseSum } from '../../money';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { quote } from '../words';
import type { Rule } from './rule';

/** Dearer than anything in any currency: a slip of the unit. */
const MOST = { price: 10n ** 9n, sum: 10n ** 16n } as const;

/** Sums of money are more than nothing and no slip of the unit, and have at most nine decimals. */
export const amountAbsurd: Rule = {
  code: 'AmountAbsurd',
  severity: 'error',
  summary: 'sums of money are more than nothing, no slip of the unit, and have at most nine decimals',
  why: 'spend and draw-down would be reckoned with a number that nobody meant',
  check(estate, report) {
    for (const { path, text, isPrice } of sumsIn(estate)) {
      const sum = parseSum(text);
      const most = isPrice ? MOST.price : MOST.sum;
      if (sum === undefined) report({ path, value: text, message: `${quote(text)} has more than nine decimals` });
      else if (sum.parts === 0n && !isPrice) {
        report({ path, value: text, message: `${quote(text)} is nothing`, hint: 'leave the entry out instead' });
      } else if (sum.parts > most * PARTS) {
        const message = `${quote(text)} is more than anything costs`;
        report({ path, value: text, message, hint: 'K, M and B stand for thousands, millions and billions' });
      }
    }
  },
};

/** A sum of money that an estate names. */
interface NamedSum {
  readonly path: Path;
  readonly text: string;
  /** Of one thing for an hour or a month, which may cost nothing. */
  readonly isPrice: boolean;
}

/** Every sum of money in an estate. */
export function sumsIn({ prices, commitments, budgets, policy }: Estate): readonly NamedSum[] {
  const sum = (text: string, path: Path, isPrice = false): NamedSum => ({ path, text, isPrice });
  return [
    ...(prices?.rows ?? []).map(({ price }, index) => sum(price, ['prices', 'rows', index, 'price'], true)),
    ...Object.entries(commitments).flatMap(([key, { amount, ramp = [] }]) => [
      ...(amount === 'undisclosed' ? [] : [sum(amount, ['commitments', key, 'amount'])]),
      ...ramp.map((step, index) => sum(step.amount, ['commitments', key, 'ramp', index, 'amount'])),
    ]),
    ...Object.entries(budgets).flatMap(([key, { amount }]) =>
      amount === 'expected' ? [] : [sum(amount, ['budgets', key, 'amount'])],
    ),
    ...(policy.maxSpendPerDay === undefined ? [] : [sum(policy.maxSpendPerDay, ['policy', 'maxSpendPerDay'])]),
  ];
}
