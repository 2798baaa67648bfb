import type { MaintenanceOffer } from '../../catalog';
import type { Path } from '../positions';
import type { Cluster } from '../schema';
import { counted, quote } from '../words';
import type { Finding, Rule } from './rule';
import { clustersOf } from './walk';

type Maintenance = NonNullable<Cluster['maintenance']>;

/** Maintenance windows and exclusions are such as the service of the cluster keeps. */
export const maintenanceOffered: Rule = {
  code: 'MaintenanceOffered',
  severity: 'error',
  summary: 'maintenance windows and exclusions are such as the service of the cluster keeps',
  why: 'the service refuses others when they are applied, or has none and changes clusters as ever',
  check(estate, report) {
    for (const { path, cluster, at } of clustersOf(estate)) {
      const place = [...path, 'maintenance'];
      const { maintenance } = cluster;
      if (maintenance === undefined) continue;
      const row = at.catalog.maintenance;
      if (!row.offered) {
        report({ path: place, on: 'key', message: row.reason, hint: `remove it; ${row.instead}` });
        continue;
      }
      for (const finding of inWindow(maintenance, row, at.catalog.title, place)) report(finding);
      for (const finding of inExclusions(maintenance, row, at.catalog.title, place)) report(finding);
    }
  },
};

function inWindow({ window }: Maintenance, row: MaintenanceOffer, title: string, path: Path): Finding[] {
  if (window === undefined) return [];
  const findings: Finding[] = [];
  const { days, hours } = window;
  if (new Set(days).size < days.length) {
    findings.push({ path: [...path, 'window', 'days'], message: 'a day is listed twice', hint: 'list it once' });
  }
  if (new Set(days).size > row.mostDays) {
    findings.push({
      path: [...path, 'window', 'days'],
      message: `a window of ${title} opens on ${counted(row.mostDays, 'day')} of the week; this one names ${days.length}`,
      hint: `write days: [${days.slice(0, row.mostDays).join(', ')}]`,
    });
  }
  if (hours < row.fewestHours || hours > row.mostHours) {
    findings.push({
      path: [...path, 'window', 'hours'],
      message: `a window of ${title} lasts ${row.fewestHours} to ${row.mostHours} hours`,
      hint: `write hours: ${hours < row.fewestHours ? row.fewestHours : row.mostHours}`,
    });
  }
  return findings;
}

function inExclusions({ exclusions = [] }: Maintenance, row: MaintenanceOffer, title: string, path: Path): Finding[] {
  const findings: Finding[] = [];
  const { mostExclusions = Number.POSITIVE_INFINITY } = row;
  if (exclusions.length > mostExclusions) {
    findings.push({
      path: [...path, 'exclusions'],
      message: `${title} keeps ${counted(mostExclusions, 'exclusion')} of a cluster; these are ${exclusions.length}`,
      hint: 'remove those that are over',
    });
  }
  exclusions.forEach(({ name, start, end }, index) => {
    const place = [...path, 'exclusions', index];
    if (exclusions.findIndex((other) => other.name === name) < index) {
      findings.push({
        path: [...place, 'name'],
        message: `${quote(name)} is listed twice`,
        hint: 'give it another name',
      });
    }
    if (end === undefined && !row.openExclusions) {
      findings.push({ path: place, message: `an exclusion on ${title} has an end`, hint: 'add end: its last day' });
    }
    if (end !== undefined && end < start) {
      findings.push({
        path: [...place, 'end'],
        value: end,
        message: `the exclusion ends on ${end}, before it starts on ${start}`,
        hint: 'both days belong to it',
      });
    }
  });
  return findings;
}
