import { COMPONENTS } from '../../catalog/software';
import { lookup } from '../lookup';
import { quote } from '../words';
import type { Rule } from './rule';
import { softwareEntries } from './software-walk';

/** Registries of drivers are named for components that build one. */
export const softwareDriverImage: Rule = {
  code: 'SoftwareDriverImage',
  severity: 'error',
  summary: 'driverImage is said of components that build a driver',
  why: 'others build none and would never read it, while somebody relies on it',
  check(estate, report) {
    const building = Object.values(COMPONENTS).flatMap(({ name, buildsDriver }) => (buildsDriver ? [name] : []));
    for (const { name, path, setting } of softwareEntries(estate)) {
      const row = lookup(COMPONENTS, name);
      if (row === undefined || row.buildsDriver || typeof setting !== 'object') continue;
      if (setting.driverImage === undefined) continue;
      report({
        path: [...path, 'driverImage'],
        message: `${row.title} builds no driver that ${quote(setting.driverImage)} could keep`,
        hint: `remove it: it is for ${building.sort().join(', ')}`,
        on: 'key',
      });
    }
  },
};
