import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiffReport } from '../../diff';
import { mergeLocks } from '../../estate/plan/merge-lock';
import { all, outline } from '../diff/scene';
import { preciousOf } from './clouds';
import { History } from './history';
import { BRANCHES, YEAR } from './steps';

const ROOT = join(__dirname, '../..');
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

/** What a diff says beside what it creates and updates. */
function told(report: DiffReport): string[] {
  return outline(report).filter((line) => !/^[+~] /.test(line));
}

describe('a year of the default estate', () => {
  const history = new History(read('estate.yaml'), read('estate.lock.json'));
  const first = history.clouds.precious();
  const gone: string[] = [];
  afterAll(() => history.close());

  test.each(YEAR)('$name', ({ edit, accept, giveUp, told: expected, gone: precious = [] }) => {
    const next = edit(history.text);
    if (accept !== undefined) {
      // Without a word of its authors the edit is refused, and changes nothing.
      const refused = history.write(next, { giveUp });
      expect([refused.report.ok, refused.destroyed]).toEqual([false, []]);
    }
    const { report, destroyed } = history.write(next, { accept, giveUp });
    expect([report.ok, told(report)]).toEqual([true, expected]);
    expect(preciousOf(destroyed)).toEqual(precious);
    gone.push(...preciousOf(destroyed));
  });

  test('two branches that each add a site are merged', () => {
    const base = history.lock;
    const [ours, theirs] = BRANCHES.map((edit) => history.branch(edit(history.text)));
    if (ours === undefined || theirs === undefined) throw new Error('there are two branches');
    const { lock } = mergeLocks(ours, theirs, theirs);
    const { report, destroyed } = history.write(all(...BRANCHES)(history.text), { lock });
    expect([report.ok, told(report), destroyed]).toEqual([true, [], []]);
    expect(history.lock.addresses).toMatchObject(base.addresses);
    expect(history.lock.addresses).toMatchObject(theirs.addresses);
  });

  test('ends with nothing lost that nobody gave up, and with everything that is kept on record', () => {
    const names = new Set(history.clouds.precious());
    const without = gone.map((each) =>
      each
        .split(' ')
        .filter((_, index) => index !== 1)
        .join(' '),
    );
    expect(first.filter((each) => !names.has(each) && !without.includes(each))).toEqual([]);
    expect(Object.keys(history.lock.retired)).toEqual([
      'clusters.iowa.pools.gb200.r22d85581',
      'clusters.iowa.pools.gb200.r22d85581-2',
      'clusters.iowa.pools.gb200.r22d85581-3',
      'clusters.iowa.pools.gb200.r22d85581-4',
      'clusters.phoenix.pools.gb300.r35afc1be',
      'clusters.virginia.pools.b300.r935c781c',
      'clusters.virginia.pools.gb200.re0f51106',
      'sites.eastus2.stores.eastus2-scratch',
      'sites.oregon.stores.oregon-data',
      'sites.virginia.stores.virginia-logs',
    ]);
  });
});
