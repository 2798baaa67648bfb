import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planTexts, reportOf } from '../../cli/diff';
import { diffJson, formatDiff, formatDiffMarkdown } from '../../diff';
import { planLayout } from '../../estate/plan/layout';
import { type Lock, parseLock } from '../../estate/plan/lock';
import { parseEstate } from '../../estate/spec/load';
import { expectDocument } from '../helpers/json';
import { all, swap, withoutLine } from './scene';

const ROOT = join(__dirname, '../..');
const WHOLE = readFileSync(join(ROOT, 'examples/azure.yaml'), 'utf8');
const LOCK = parseLock(readFileSync(join(ROOT, 'examples/azure.lock.json'), 'utf8'), 'azure.lock.json');

/** The example without a bucket, a file system and a rack. */
const LESS = all(
  withoutLine('  datasets:'),
  withoutLine('  scratch:'),
  (text) => text.replace(/ *mounts: .*\n/, ''),
  swap('racks: 2', 'racks: 1'),
)(WHOLE);

const GROUP = 'clusters.eastus2.pools.train.2';
const BUCKET = 'sites.eastus2.stores.datasets';
const FILES = 'sites.eastus2.stores.scratch';

const lockOf = (text: string, lock: Lock, giveUp: readonly string[] = []): Lock =>
  planLayout(parseEstate(text, 'estate.yaml').estate, lock, giveUp).lock;

/** What an estate becomes with another text and lock, as far as no resource tells it. */
function report(next: string, lock: Lock, accept: readonly string[] = []) {
  const [before, after] = [[LESS, lockOf(LESS, LOCK)] as const, [next, lockOf(next, lock)] as const].map(
    ([text, locked]) =>
      planTexts({ name: 'estate.yaml', text, lock: JSON.stringify(locked), lockName: 'l.json', isPast: false }),
  );
  if (before === undefined || after === undefined) throw new Error('there are two estates');
  return reportOf(before, after, [], { accept, base: 'base.yaml' });
}

/** What is said to be given up, and whether that is fine. */
const told = (...of: Parameters<typeof report>) => {
  const { ok, givenUp } = report(...of);
  return [ok, ...givenUp.map(({ path, isAccepted }) => (isAccepted ? `${path} accepted` : path))];
};

describe('what the lock file no longer keeps', () => {
  const kept = lockOf(LESS, LOCK);
  const none = lockOf(LESS, LOCK, ['*']);

  test('is nothing while the lock keeps it, nor where it lives again', () => {
    expect(Object.keys(kept.retired)).toEqual([GROUP, BUCKET, FILES]);
    expect(told(LESS, kept)).toEqual([true]);
    expect(told(WHOLE, lockOf(WHOLE, kept, ['*']))).toEqual([true]);
  });

  test('is protected although the two files say the same, and accepted by its key, by one above it, or by that of its store', () => {
    expect(Object.keys(none.retired)).toEqual([]);
    expect(told(LESS, none)).toEqual([false, GROUP, BUCKET, FILES]);
    expect(told(LESS, none, ['stores.datasets'])).toEqual([false, GROUP, `${BUCKET} accepted`, FILES]);
    expect(told(LESS, none, [BUCKET, 'stores.scratch', 'clusters.eastus2.pools.train'])).toEqual([
      true,
      ...[GROUP, BUCKET, FILES].map((path) => `${path} accepted`),
    ]);
    expect(told(LESS, none, ['*'])[0]).toBe(true);
  });

  test('is told one by one, where not all of it is given up', () => {
    expect(told(LESS, lockOf(LESS, LOCK, ['stores.datasets']))).toEqual([false, BUCKET]);
    expect(told(swap('racks: 1', 'racks: 2')(LESS), none)).toEqual([false, BUCKET, FILES]);
  });

  test('is accepted by the key that its entry has now', () => {
    const renamed = LESS.replace(/\n {2}eastus2:\n {4}site/, '\n  blackwell:\n    renamedFrom: eastus2\n    site');
    expect(renamed).not.toBe(LESS);
    expect(told(renamed, none, ['clusters.blackwell', 'stores'])[0]).toBe(true);
  });

  test('is printed in every form', () => {
    const given = report(LESS, none, ['stores']);
    expect(formatDiff(given).split('\n').slice(-11)).toEqual([
      `${GROUP}: no longer kept`,
      `${BUCKET}: no longer kept`,
      `${FILES}: no longer kept`,
      'No longer kept by the lock file: nothing destroys it, and nothing remembers it',
      `  ${GROUP} (protected): node group Standard_ND128isr_GB300_v6 (dedicated)`,
      `  ${BUCKET} (protected, accepted): object store`,
      `  ${FILES} (protected, accepted): file system`,
      'No resource changes.',
      'Nothing is replaced or destroyed. 4 stacks are unchanged.',
      'Refused: 1 kept entry would be given up. To go on:',
      `  --accept ${GROUP}`,
    ]);
    expect(formatDiffMarkdown(given)).toContain(`- ${BUCKET} (protected, accepted): object store`);
    expectDocument('diff', diffJson(given));
    expect(diffJson(given)).toMatchObject({
      ok: false,
      givenUp: [
        { path: GROUP, accepted: false },
        { path: BUCKET, what: 'object store', accepted: true },
        { path: FILES, accepted: true },
      ],
    });
    expect(diffJson(report(LESS, kept))).not.toHaveProperty('givenUp');
  });
});
