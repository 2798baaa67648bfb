import { CLOUDS } from '../../catalog';
import { catalogOf } from '../catalog-of';
import { lookup } from '../lookup';
import type { Path } from '../positions';
import type { Estate, Price } from '../schema';
import { didYouMean } from '../suggest';
import { orList, quote } from '../words';
import type { Finding, Rule } from './rule';

const SUBJECTS = ['machine', 'store', 'storeKind', 'link'] as const;

/** Units that each kind of thing is priced in. */
const UNITS: Readonly<Record<(typeof SUBJECTS)[number], readonly Price['per'][]>> = {
  machine: ['node-hour', 'node-month', 'accelerator-hour'],
  store: ['TiB-month', 'GiB-month', 'hour', 'month'],
  storeKind: ['TiB-month', 'GiB-month', 'hour', 'month'],
  link: ['hour', 'month'],
};

/** A price is of one thing that there is, in a unit that it has, and holds for a time that there is. */
export const priceSubject: Rule = {
  code: 'PriceSubject',
  severity: 'error',
  summary: 'a price is of one thing that there is, in a unit that it has, and for a time that there is',
  why: 'a price of nothing, or of two things, is used for none of them, and what it was meant for stays without one',
  check(estate, report) {
    for (const [index, row] of (estate.prices?.rows ?? []).entries()) {
      const path = ['prices', 'rows', index];
      const found = [subjectFinding(row, path), ...placeFindings(estate, row, path), timeFinding(row, path)];
      for (const finding of found) if (finding !== undefined) report(finding);
    }
  },
};

function subjectFinding(row: Price, path: Path): Finding | undefined {
  const given = SUBJECTS.filter((key) => row[key] !== undefined);
  const [subject] = given;
  if (subject === undefined || given.length > 1) {
    const what = given.length === 0 ? 'of nothing' : `of several things (${given.join(', ')})`;
    const hint = `give exactly one of ${SUBJECTS.join(', ')}`;
    return { path, value: row.price, message: `the price is ${what}`, hint, on: 'key' };
  }
  const units = UNITS[subject];
  if (!units.includes(row.per)) {
    const message = `a price of a ${subject} is not for one ${row.per}`;
    return { path: [...path, 'per'], value: row.per, message, hint: `write ${orList(units)}` };
  }
  if (subject !== 'machine' && row.capacity !== undefined) {
    return { path: [...path, 'capacity'], message: 'only machines are had by a kind of capacity', hint: 'remove it' };
  }
  return undefined;
}

function placeFindings(estate: Estate, row: Price, path: Path): readonly (Finding | undefined)[] {
  const clouds = row.cloud === undefined ? CLOUDS : [row.cloud];
  const catalogs = clouds.map((cloud) => catalogOf(estate).clouds[cloud]);
  const unknown = (key: 'machine' | 'region', names: readonly string[]): Finding | undefined => {
    const value = row[key];
    if (value === undefined || names.includes(value)) return undefined;
    const where = row.cloud === undefined ? 'no cloud has' : `${row.cloud} has no`;
    return { path: [...path, key], value, message: `${where} ${key} ${quote(value)}${didYouMean(value, names)}` };
  };
  const account = row.account === undefined ? undefined : lookup(estate.accounts, row.account);
  const other = account !== undefined && row.cloud !== undefined && account.cloud !== row.cloud;
  return [
    unknown(
      'machine',
      catalogs.flatMap(({ machines }) => Object.keys(machines)),
    ),
    unknown(
      'region',
      catalogs.flatMap(({ regions }) => regions.names),
    ),
    ...(other ? [{ path: [...path, 'cloud'], message: `account ${quote(row.account)} is on ${account.cloud}` }] : []),
    ...(row.link === undefined
      ? []
      : [{ path: [...path, 'link'], message: `there is no link ${quote(row.link)}`, hint: 'remove the row' }]),
  ];
}

function timeFinding({ from, until }: Price, path: Path): Finding | undefined {
  if (from === undefined || until === undefined || from <= until) return undefined;
  return { path: [...path, 'until'], value: until, message: `the price ends on ${until}, before it begins on ${from}` };
}
