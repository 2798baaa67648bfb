import { MANAGED } from '../../catalog/software';
import { quote } from '../words';
import type { Rule } from './rule';
import { softwareEntries } from './software-walk';

/** What a cloud brings by itself is not the estate's to install, or to leave out. */
export const softwareManaged: Rule = {
  code: 'SoftwareManaged',
  severity: 'error',
  summary: 'software says nothing of what a cloud brings by itself',
  why: 'two of one kind on a node fight over its devices, and what a cloud brings cannot be left out by a bundle',
  check(estate, report) {
    for (const { name, path, setting } of softwareEntries(estate)) {
      const row = MANAGED.find((each) => each.name === name);
      if (row === undefined) continue;
      report({
        path,
        value: setting,
        message: `${quote(name)} is not a component: ${row.because}`,
        hint: `remove it; ${row.gives.join(' and ')} of its nodes is there without`,
        on: 'key',
      });
    }
  },
};
