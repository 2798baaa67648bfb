import type { Rule } from './rule';

/** Keys have their present names. */
export const deprecatedKey: Rule = {
  code: 'DeprecatedKey',
  severity: 'warning',
  summary: 'keys have their present names',
  why: 'a former name goes with the next major release',
  check(estate, report) {
    for (const [key, { clusterAdmins }] of Object.entries(estate.accounts)) {
      if (clusterAdmins.length === 0) continue;
      const shown = clusterAdmins.map((admin) => JSON.stringify(admin)).join(', ');
      report({
        path: ['accounts', key, 'clusterAdmins'],
        on: 'key',
        message: '"clusterAdmins" is the former name of "access.administrators", which sites and clusters have too',
        hint: `write access: { administrators: [${shown}] }`,
      });
    }
  },
};
