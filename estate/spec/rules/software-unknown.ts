import { COMPONENTS, MANAGED } from '../../catalog/software';
import { lookup } from '../lookup';
import { didYouMean } from '../suggest';
import { quote } from '../words';
import type { Rule } from './rule';
import { softwareEntries } from './software-walk';

/** What an estate says of software is said of components that there are. */
export const softwareUnknown: Rule = {
  code: 'SoftwareUnknown',
  severity: 'error',
  summary: 'software names components of the catalog',
  why: 'the bundle would leave out what somebody relies on',
  check(estate, report) {
    const names = Object.keys(COMPONENTS).sort();
    for (const { name, path, setting } of softwareEntries(estate)) {
      if (lookup(COMPONENTS, name) !== undefined || MANAGED.some((row) => row.name === name)) continue;
      report({
        path,
        value: setting,
        message: `there is no component ${quote(name)}${didYouMean(name, names)}`,
        hint: `use one of ${names.join(', ')}`,
        on: 'key',
      });
    }
  },
};
