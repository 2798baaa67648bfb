import { groupBy } from '../../units';
import type { Price } from '../schema';
import { subjectOf } from '../spend';
import type { Rule } from './rule';

/** Nothing has two prices of one rate at the same time. */
export const priceTwice: Rule = {
  code: 'PriceTwice',
  severity: 'error',
  summary: 'nothing has two prices of one rate at the same time',
  why: 'which of them counts would depend on the order of the file',
  check(estate, report) {
    const rows = (estate.prices?.rows ?? []).map((row, index) => ({ row, index }));
    for (const same of groupBy(rows, ({ row }) => `${row.rate} ${subjectOf(row)}`).values()) {
      for (const [at, { row, index }] of same.entries()) {
        const first = same.slice(0, at).find((other) => overlap(other.row, row));
        if (first === undefined) continue;
        const message = `${subjectOf(row)} has a price of the same ${row.rate} already, ${first.row.price}`;
        const hint = 'keep one of them, or give each a time of its own with from and until';
        report({ path: ['prices', 'rows', index, 'price'], value: row.price, message, hint });
      }
    }
  },
};

function overlap(one: Price, other: Price): boolean {
  return starts(one) <= ends(other) && starts(other) <= ends(one);
}

function starts({ from = '' }: Price): string {
  return from;
}

function ends({ until = '~' }: Price): string {
  return until;
}
