import type { Rule } from './rule';

/** Budgets say what they are made from, and thresholds ascend. */
export const budgetForm: Rule = {
  code: 'BudgetForm',
  severity: 'error',
  summary: 'budgets of the expected spend have prices to expect it by, and thresholds ascend',
  why: 'a budget of nothing mails at once, and a threshold that stands twice is refused by providers',
  check(estate, report) {
    for (const [key, { amount, headroomPercent, thresholds }] of Object.entries(estate.budgets)) {
      const path = ['budgets', key];
      if (amount === 'expected' && estate.prices === undefined) {
        const hint = 'add prices, or write a sum, such as amount: 12M USD';
        report({ path: [...path, 'amount'], value: amount, message: 'nothing is expected without prices', hint });
      }
      if (amount !== 'expected' && headroomPercent !== undefined) {
        const hint = 'write the sum with it, or amount: expected';
        const message = 'headroom is added to the expected spend only';
        report({ path: [...path, 'headroomPercent'], value: headroomPercent, message, hint });
      }
      for (const [index, threshold] of thresholds.entries()) {
        const before = thresholds[index - 1];
        if (before === undefined || before < threshold) continue;
        const message = `threshold ${threshold} comes after ${before}`;
        report({ path: [...path, 'thresholds', index], value: threshold, message, hint: 'write each once, ascending' });
      }
    }
  },
};
