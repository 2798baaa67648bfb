import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDay } from '../estate/days';
import { recordedReleases } from '../estate/terraform-providers';
import { ASKS } from '../tools/facts/asks';
import { RELEASES } from '../tools/facts/releases';
import { NO_FACTS, readFacts } from '../tools/facts/rows';
import { stale } from '../tools/stale';
import { ROOT } from './helpers/cli';
import { shownOutput } from './helpers/documents';

const { rows, unlisted } = readFacts(ROOT);
const today = new Date().toISOString().slice(0, 10);

interface Told {
  readonly source: string;
  readonly checked: string;
  readonly unverified?: unknown;
}

/** Every object with a source and a month in what a module exports. */
function sourced(value: unknown, seen = new Set<unknown>()): Told[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const { source, checked, unverified } = value as Record<string, unknown>;
  const own = typeof source === 'string' && typeof checked === 'string' ? [{ source, checked, unverified }] : [];
  return [...own, ...Object.values(value).flatMap((member) => sourced(member, seen))];
}

describe('facts of the checkout', () => {
  test('are found in every room that has some', () => {
    const files = new Set(rows.map(({ file }) => file.replace(/[^/]+$/, '')));
    const known = [
      'estate/catalog/',
      'estate/spec/rules/',
      'diff/facts/',
      'provider/checks/',
      'provider/rules/',
      'tools/facts/',
    ];
    expect([...files]).toEqual(expect.arrayContaining(known));
    expect(rows.length).toBeGreaterThan(800);
  });

  test('all stand in rows that npm run stale can list: a source, a month and what is assumed are constants', () => {
    expect(unlisted.map(({ file, line, why }) => `${file}:${line} ${why}`)).toEqual([]);
  });

  test('have a source, and a month that is not in the future', () => {
    const wrong = rows.filter(
      ({ source, checked }) =>
        !/\S{6}/.test(source) || !/^20\d\d-(0[1-9]|1[0-2])$/.test(checked) || checked > today.slice(0, 7),
    );
    expect(wrong.map(({ file, line, source, checked }) => [file, line, source, checked])).toEqual([]);
  });

  test('say what is assumed in words', () => {
    const short = rows.filter(({ unverified }) => unverified !== undefined && unverified.length < 12);
    expect(short.map(({ file, line }) => [file, line])).toEqual([]);
  });

  test.each(['estate/catalog', 'diff/facts', 'provider/checks'])(
    'of %s that a run sees are the rows that are read',
    (room) => {
      const names = readdirSync(join(ROOT, room)).filter((name) => name.endsWith('.ts'));
      const seen = names.flatMap((name) => sourced(require(join(ROOT, room, name))));
      expect(seen.length).toBeGreaterThan(10);
      const sources = rows.map(({ source }) => source);
      const doubts = rows.flatMap(({ unverified }) => unverified ?? []);
      const isRead = ({ source, checked, unverified }: Told) =>
        source.split(/; |, (?=http)/).every((part) => sources.some((each) => each.includes(part))) &&
        rows.some((row) => row.checked === checked) &&
        (unverified === undefined || doubts.some((each) => each.includes(String(unverified))));
      expect([
        ...new Set(seen.filter((one) => !isRead(one)).map(({ source, unverified }) => `${source} ${unverified}`)),
      ]).toEqual([]);
    },
  );

  test('that are left out of the list are left out by files that say no facts', () => {
    for (const [file, why] of Object.entries(NO_FACTS)) {
      expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
      expect([file, /\b(source|checked)\b/.test(readFileSync(join(ROOT, file), 'utf8'))]).toEqual([file, true]);
      expect(why.length).toBeGreaterThan(10);
    }
  });

  test('that only an account or a lab can tell have rows that say how', () => {
    for (const { files } of ASKS)
      expect([String(files), rows.some(({ file }) => files.test(file))]).toEqual([String(files), true]);
  });

  test('of recorded releases say when each came out', () => {
    const recorded = recordedReleases().map(({ name, version }) => `${name} ${version}`);
    expect(RELEASES.map(({ name, version }) => `${name} ${version}`).sort()).toEqual(recorded.sort());
    for (const { released } of RELEASES)
      expect([released, isDay(released) && released <= today]).toEqual([released, true]);
  });

  test('are shown in docs/facts.md as they are listed', () => {
    const { text } = stale(['--unverified', 'power.ts'], '2026-11-29', () => rows);
    expect(shownOutput('npm run stale -- --unverified power.ts').split('\n')).toEqual(text.split('\n'));
  });

  test('can be listed by cloud and by table', () => {
    const { code, text } = stale(['--json', '--months', '0', '--cloud', 'oracle', 'quotas.ts'], today, () => rows);
    const list = JSON.parse(text) as { rows: number; listed: { file: string; cloud: string }[] };
    expect([code, list.rows, list.listed.length > 10]).toEqual([0, list.listed.length, true]);
    for (const row of list.listed) expect([row.file, row.cloud]).toEqual(['estate/catalog/oracle-quotas.ts', 'oracle']);
  });
});
