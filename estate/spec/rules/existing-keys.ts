import { CLOUDS } from '../../catalog';
import { EXISTING } from '../../catalog/existing';
import { orList, quote } from '../words';
import { distinct, existingThings } from './existing-things';
import type { Rule } from './rule';

/** Of what exists it is said what its cloud needs to know, and nothing that has no meaning there. */
export const existingKeys: Rule = {
  code: 'ExistingKeys',
  severity: 'error',
  summary: 'of what exists already it is said what its cloud needs to know, and nothing else',
  why: 'nothing is looked up when planning, so what is not said cannot be used, and what has no meaning says what is not so',
  check(estate, report) {
    for (const { kind, path, written, at, row } of distinct(existingThings(estate))) {
      const { title } = at.catalog;
      const missing = Object.entries(row.keys).filter(([key, { needed }]) => needed && written[key] === undefined);
      if (missing.length > 0) {
        const keys = missing.map(([key, { what }]) => `${quote(key)}, ${what}`);
        const message = `a ${kind} that exists on ${title} needs ${keys.join(', and ')}`;
        const hint = `write ${missing.map(([key]) => `${key}: …`).join(', ')} (${row.source})`;
        report({ path, on: 'key', message, hint });
      }
      for (const [key, value] of Object.entries(written)) {
        if (value === undefined || Object.hasOwn(row.keys, key)) continue;
        const owners = CLOUDS.filter((cloud) => Object.hasOwn(EXISTING[kind][cloud].keys, key));
        const message = `${quote(key)} of a ${kind} that exists has no meaning on ${title}, only on ${owners.join(' and ')}`;
        report({
          path: [...path, key],
          on: 'key',
          message,
          hint: `remove it; known there: ${orList(Object.keys(row.keys))}`,
        });
      }
    }
  },
};
