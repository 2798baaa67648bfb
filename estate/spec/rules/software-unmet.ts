import type { ComponentRow } from '../../catalog/software';
import type { Path } from '../positions';
import { joined } from '../words';
import type { Rule } from './rule';
import { clusterSoftware } from './software-walk';

/** What a component needs is there. */
export const softwareUnmet: Rule = {
  code: 'SoftwareUnmet',
  severity: 'warning',
  summary: 'what a component needs is installed by the bundle too',
  why: 'a component that waits for another never gets ready, and nothing in the bundle says why',
  check(estate, report) {
    const found = new Map<string, { path: Path; needs: ComponentRow; by: Map<string, ComponentRow> }>();
    for (const { choice, pathOf } of clusterSoftware(estate)) {
      for (const { component, needs } of choice.unmet) {
        const path = pathOf(needs.name);
        if (path === undefined) continue;
        const place = path.join('.');
        const entry = found.get(place) ?? { path, needs, by: new Map<string, ComponentRow>() };
        entry.by.set(component.name, component);
        found.set(place, entry);
      }
    }
    for (const { path, needs, by } of found.values()) {
      const rows = [...by.values()].toSorted((one, other) => (one.title < other.title ? -1 : 1));
      report({
        path,
        message: `${joined(
          rows.map(({ title }) => title),
          'and',
        )} ${rows.length === 1 ? 'needs' : 'need'} ${needs.title}, which somebody else has to install`,
        hint: `write none for ${joined([...by.keys()].sort(), 'and')} too, or acknowledge who installs ${needs.name}`,
      });
    }
  },
};
