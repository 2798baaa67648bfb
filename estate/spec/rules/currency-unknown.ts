import { isCurrency } from '../../money';
import type { Path } from '../positions';
import { quote } from '../words';
import { sumsIn } from './amount-absurd';
import type { Rule } from './rule';

/** Currencies are ones that there are. */
export const currencyUnknown: Rule = {
  code: 'CurrencyUnknown',
  severity: 'error',
  summary: 'currencies are ones that there are (ISO 4217)',
  why: 'sums of a misspelt currency would stand beside the others and never be added up with them',
  source: 'https://www.iso.org/iso-4217-currency-codes.html',
  checked: '2026-11',
  check(estate, report) {
    const look = (currency: string, path: Path, on?: 'key'): void => {
      if (isCurrency(currency)) return;
      const message = `there is no currency ${quote(currency)}`;
      report({ path, value: currency, message, hint: 'such as USD, EUR, GBP or JPY', ...(on && { on }) });
    };
    for (const { path, text } of sumsIn(estate)) look(text.slice(-3), path);
    const { prices } = estate;
    if (prices === undefined) return;
    look(prices.currency, ['prices', 'currency']);
    for (const currency of Object.keys(prices.exchange)) look(currency, ['prices', 'exchange', currency], 'key');
  },
};
