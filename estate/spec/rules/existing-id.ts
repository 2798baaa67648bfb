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
        for (const { value, place } of textsOf(written[key])) {
          if (pattern === undefined || pattern.test(value)) continue;
          const message = `${quote(value)} is not ${what}`;
          const hint = `write it as ${at.catalog.title} does (${row.source})`;
          report({ path: [...path, key, ...place], value, message, hint });
        }
      }
    }
  },
};

/** The texts of a value: itself, or those of a list with their positions. */
function textsOf(value: unknown): readonly { readonly value: string; readonly place: readonly number[] }[] {
  if (typeof value === 'string') return [{ value, place: [] }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown, index) => (typeof each === 'string' ? [{ value: each, place: [index] }] : []));
}
