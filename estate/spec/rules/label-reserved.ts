import { NODE_LABEL_PREFIX, NODE_LABELS } from '../node-labels';
import { quote } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

/** Labels and taints of pools are none that say what part of the estate a node is. */
export const labelReserved: Rule = {
  code: 'LabelReserved',
  severity: 'error',
  summary: 'labels and taints of pools are none that say what part of the estate a node is',
  why: 'nodes have those already, and what selects nodes by them relies on what they say',
  check(estate, report) {
    const hint = `choose another prefix: nodes have ${NODE_LABELS.pool} and ${NODE_LABELS.group} without it`;
    for (const { path, pool } of poolsOf(estate)) {
      for (const key of Object.keys(pool.labels)) {
        if (!key.startsWith(NODE_LABEL_PREFIX)) continue;
        report({
          path: [...path, 'labels', key],
          on: 'key',
          message: `${quote(key)} is a label of the estate's own`,
          hint,
        });
      }
      for (const [index, { key }] of pool.taints.entries()) {
        if (!key.startsWith(NODE_LABEL_PREFIX)) continue;
        const message = `${quote(key)} has the prefix of labels of the estate's own`;
        report({ path: [...path, 'taints', index, 'key'], value: key, message, hint });
      }
    }
  },
};
