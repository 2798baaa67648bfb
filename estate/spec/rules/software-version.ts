import { COMPONENTS } from '../../catalog/software';
import { lookup } from '../lookup';
import { quote } from '../words';
import type { Rule } from './rule';
import { softwareEntries } from './software-walk';

/** Versions that objects of bundles go with. */
export const softwareVersion: Rule = {
  code: 'SoftwareVersion',
  severity: 'error',
  summary: 'components that have versions are not older than what the objects of bundles are written for',
  why: 'an older version takes the objects and does something else with them, or refuses fields that it does not know',
  check(estate, report) {
    for (const { name, path, setting } of softwareEntries(estate)) {
      const { from, oldest } = lookup(COMPONENTS, name) ?? {};
      const version = typeof setting === 'object' ? setting.version : undefined;
      if (version === undefined) continue;
      if (from?.kind === 'git' && !isVersion(from.ref)) {
        report({
          path: [...path, 'version'],
          message: `${name} has no versions: the bundle takes commit ${from.ref.slice(0, 12)} of ${from.url}`,
          hint: 'write install, none where somebody else installs it, or leave it out',
        });
      }
      if (oldest === undefined || !isOlder(version, oldest)) continue;
      report({
        path: [...path, 'version'],
        message: `${name} ${quote(version)} is older than ${oldest}, which the objects of the queue are for`,
        hint: `write ${oldest} or newer, or leave the version out`,
      });
    }
  },
};

/** Whether it is the tag of a release, and no commit. */
function isVersion(ref: string): boolean {
  return /^v?\d+\.\d+/.test(ref);
}

/** Compares what stands before a hyphen, number by number. */
function isOlder(version: string, than: string): boolean {
  const numbers = (text: string) => (text.replace(/^v/, '').split(/[-+]/)[0] ?? '').split('.').map(Number);
  const [one, other] = [numbers(version), numbers(than)];
  for (const [index, number] of other.entries()) {
    const own = one[index] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}
