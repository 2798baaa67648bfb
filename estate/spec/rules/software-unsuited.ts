import { COMPONENTS } from '../../catalog/software';
import { lookup } from '../lookup';
import { quote } from '../words';
import type { Rule } from './rule';
import { clusterSoftware, softwareEntries } from './software-walk';

/** What is asked for has nodes that it is for. */
export const softwareUnsuited: Rule = {
  code: 'SoftwareUnsuited',
  severity: 'error',
  summary: 'a component that is asked for has nodes that it is for',
  why: 'it would be installed nowhere, and somebody relies on it',
  check(estate, report) {
    const clusters = clusterSoftware(estate);
    for (const { name, path, setting } of softwareEntries(estate)) {
      const row = lookup(COMPONENTS, name);
      if (row === undefined || setting === 'none') continue;
      if (path.length === 2 && typeof setting === 'object') {
        if (clusters.some(({ choice }) => choice.components.some((component) => component.row === row))) continue;
        report({
          path,
          value: setting,
          message: `no cluster has ${row.title}, and how it is installed brings it nowhere`,
          hint: `write it under each cluster that shall have it, such as clusters: { ${Object.keys(estate.clusters)[0]}: { software: { ${name}: install } } }, or remove it`,
          on: 'key',
        });
        continue;
      }
      const reached = clusters.filter(({ pathOf }) => pathOf(name)?.join('.') === path.join('.'));
      const isUnsuited = reached.every(({ choice }) => choice.unsuited.includes(row));
      if (reached.length === 0 || !isUnsuited) continue;
      const clouds = [...row.clouds, ...(row.mayRunOn ?? [])].join(', ');
      report({
        path,
        value: setting,
        message: `no nodes of ${path.length > 2 ? `cluster ${quote(path[1])}` : 'the estate'} are for ${row.title}`,
        hint: `remove it: it is for ${clouds}${row.nodes === undefined ? '' : ', and for some machines only'}`,
        on: 'key',
      });
    }
  },
};
