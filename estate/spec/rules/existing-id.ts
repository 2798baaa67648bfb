import { quote } from '../words';
import { distinct, existingThings } from './existing-things';
import type { Rule } from './rule';

/** Ids and names of what exists are of the kind that their key stands for, as its cloud writes them. */
export const existingId: Rule = {
  code: 'ExistingId',
  severity: 'error',
  summary: 'ids and names of what exists already are of the kind that their key stands for',
  why: 'nothing is looked up when planning; a wrong one fails when resources are created',
  check(estate, report) {
    for (const { path, written, at, row } of distinct(existingThings(estate))) {
      for (const [key, { pattern, what }] of Object.entries(row.keys)) {
        const value = written[key];
        if (typeof value !== 'string' || pattern === undefined || pattern.test(value)) continue;
        const message = `${quote(value)} is not ${what}`;
        report({ path: [...path, key], value, message, hint: `write it as ${at.catalog.title} does (${row.source})` });
      }
    }
  },
};
