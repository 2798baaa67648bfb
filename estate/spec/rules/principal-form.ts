import { CATALOG } from '../../catalog';
import { PRINCIPALS } from '../../catalog/access';
import { accessEntries } from '../access';
import { quote } from '../words';
import type { Rule } from './rule';

/** Who administers or views a cluster is named as its cloud does it. */
export const principalForm: Rule = {
  code: 'PrincipalForm',
  severity: 'error',
  summary: 'who administers or views clusters is named as their cloud does it',
  why: 'the provider refuses another one when the cluster is there already, or lets in nobody',
  source: PRINCIPALS.aws.source,
  check(estate, report) {
    for (const { path, access, cloud } of accessEntries(estate)) {
      const { pattern, what, example, source } = PRINCIPALS[cloud];
      for (const key of ['administrators', 'viewers'] as const) {
        for (const [index, principal] of access[key].entries()) {
          if (pattern.test(principal)) continue;
          const message = `${quote(principal)} is not ${what}, as ${CATALOG[cloud].title} has it`;
          report({ path: [...path, key, index], value: principal, message, hint: `such as ${example} (${source})` });
        }
      }
    }
  },
};
