import type { ComponentRow, ManagedRow } from '../../catalog/software';
import { quote } from '../words';
import type { Rule } from './rule';
import { clusterSoftware } from './software-walk';

/** One owner of a driver, a plugin or an interface on each node. */
export const softwareOwners: Rule = {
  code: 'SoftwareOwners',
  severity: 'error',
  summary: 'a component that is installed has no rival on the same nodes',
  why: 'two drivers, device plugins or exporters on a node fight over its devices, and pods see some of them twice or not at all',
  check(estate, report) {
    const told = new Set<string>();
    for (const { entry, choice, pathOf } of clusterSoftware(estate)) {
      for (const { component, pool, capability, by } of choice.conflicts) {
        const path = pathOf(component.name);
        if (path === undefined || told.has(path.join('.'))) continue;
        told.add(path.join('.'));
        const where = `pool ${quote(pool)} of cluster ${quote(entry.key)}`;
        report({
          path,
          message: `two would give the ${capability} to ${where}: ${component.title}, and ${nameOf(by)}`,
          hint: path.length > 2 ? hintOf(component, by) : wideHint(component, entry.key),
        });
      }
    }
  },
};

function nameOf(by: ComponentRow | ManagedRow): string {
  return 'because' in by ? `the cloud: ${by.because}` : by.title;
}

function hintOf({ name }: ComponentRow, by: ComponentRow | ManagedRow): string {
  if ('because' in by) return `remove ${name}, or write none where the cloud brings its part`;
  return `write ${by.name}: none beside it, or remove ${name}`;
}

/** What is said of an estate as a whole is meant for some of its clusters. */
function wideHint({ name }: ComponentRow, key: string): string {
  return `write ${name}: install under the clusters that shall have it (clusters: { KEY: { software: … } }), and not for ${quote(key)}; a version alone installs it nowhere and may stay for all`;
}
