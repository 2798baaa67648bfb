import type { ComponentRow } from '../../catalog/software';
import { minorOf } from '../versions';
import { quote } from '../words';
import type { Rule } from './rule';
import { clusterSoftware } from './software-walk';

/** Components run on the Kubernetes of their cluster. */
export const softwareKubernetes: Rule = {
  code: 'SoftwareKubernetes',
  severity: 'error',
  summary: 'components run on the Kubernetes version of their cluster',
  why: 'a chart is refused by an older cluster, or asks it for kinds of objects that it does not have',
  check(estate, report) {
    for (const { entry, choice, kubernetes, pathOf } of clusterSoftware(estate)) {
      const { cluster } = entry;
      for (const { row } of choice.components) {
        if (runsOn(row, kubernetes)) continue;
        const path = pathOf(row.name) ?? (cluster.kubernetes === undefined ? undefined : [...entry.path, 'kubernetes']);
        if (path === undefined) continue;
        const { from, to } = row.kubernetes;
        report({
          path,
          message: `${row.title} runs on Kubernetes ${from}${to === undefined ? ' and newer' : ` to ${to}`}, cluster ${quote(entry.key)} has ${kubernetes}`,
          hint: `upgrade the cluster, or write software: { ${row.name}: none }`,
        });
      }
    }
  },
};

function runsOn({ kubernetes: { from, to } }: ComponentRow, version: string): boolean {
  const minor = minorOf(version);
  return minor >= minorOf(from) && (to === undefined || minor <= minorOf(to));
}
