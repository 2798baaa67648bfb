import { parseSum } from '../../money';
import { lookup } from '../lookup';
import { sumsIn } from './amount-absurd';
import type { Rule } from './rule';

/** Sums in another currency than that of the prices have an exchange rate. */
export const priceExchange: Rule = {
  code: 'PriceExchange',
  severity: 'error',
  summary: 'sums in another currency than that of the prices have an exchange rate',
  why: 'sums of different currencies are never added up, and nobody guesses what one is worth in another',
  check(estate, report) {
    const { prices } = estate;
    if (prices === undefined) return;
    for (const { path, text } of sumsIn(estate)) {
      const { currency = prices.currency } = parseSum(text) ?? {};
      if (currency === prices.currency || lookup(prices.exchange, currency) !== undefined) continue;
      const message = `the sum is in ${currency}, and spend is told in ${prices.currency}`;
      const rate = `prices.exchange: { ${currency}: { rate: "…", source: …, date: … } }`;
      report({ path, value: text, message, hint: `say what one ${currency} is worth in ${prices.currency}: ${rate}` });
    }
    if (lookup(prices.exchange, prices.currency) !== undefined) {
      const path = ['prices', 'exchange', prices.currency];
      const message = `${prices.currency} is the currency of the prices itself`;
      report({ path, value: prices.currency, message, hint: 'remove the entry', on: 'key' });
    }
    for (const [currency, { rate }] of Object.entries(prices.exchange)) {
      if (/^[0.]+$/.test(rate)) {
        report({
          path: ['prices', 'exchange', currency, 'rate'],
          value: rate,
          message: `${currency} is worth nothing`,
        });
      }
    }
  },
};
