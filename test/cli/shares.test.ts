import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveEstate } from '../../cli/app';
import { type PlanFlags, runPlan } from '../../cli/plan-command';
import { formatPlan, type ShareResult } from '../../cli/plan-report';
import { mergeShares, parseShare, shareOrigin, shareText } from '../../cli/shares';
import { EstateError } from '../../estate/diagnostics';
import { stacksOfShare } from '../../estate/plan/shares';
import { stackRows } from '../../estate/report/views';
import { estate, ROOT } from '../helpers/cli';
import { expectDocument } from '../helpers/json';
import { withFolder } from '../helpers/synth';

// Some of these plan stacks, which takes long where several run at a time.
jest.setTimeout(180_000);

const { plan } = resolveEstate(join(ROOT, 'estate.yaml'));
const RELEASE = '1.2.3';
const counts = { tool: 'terraform', created: 3, updated: 0, replaced: 0, destroyed: 0, seconds: 1 } as const;
const planned = stackRows(plan).map((row) => ({ ...row, ...counts }));

/** The text of a share as if each of its stacks had been planned, edited. */
function written(share: number, of: number, edit: (result: ShareResult) => object = (result) => result): string {
  const names = stacksOfShare(plan, { share, of });
  const stacks = planned.filter(({ stack }) => names.includes(stack));
  const report = { ok: true, stacks, details: [], seconds: share };
  return JSON.stringify(edit(JSON.parse(shareText(shareOrigin(plan, RELEASE), { share, of }, report))));
}

/** Merges files of these texts; gives the codes, files and messages of what is refused. */
function refused(texts: Readonly<Record<string, string>>, more: readonly string[] = []): Promise<string[]> {
  return withFolder((folder) => {
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    const files = [...Object.keys(texts), ...more].map((name) => join(folder, name));
    try {
      mergeShares(files, plan, RELEASE);
    } catch (error) {
      if (!(error instanceof EstateError)) throw error;
      return error.diagnostics.map(({ code, message }) => `${code} ${message.replaceAll(`${folder}/`, '')}`);
    }
    return [];
  });
}

const withoutTimes = (text: string) => text.replace(/ *\d+\.\d(?=\n)/g, '');

describe('the parts of a plan', () => {
  test('merged say what one plan says, with its exit code', async () => {
    await withFolder(async (folder) => {
      for (const kind of ['yaml', 'lock.json'])
        cpSync(join(ROOT, `examples/google.${kind}`), join(folder, `estate.${kind}`));
      const whole = await estate(['plan', '--offline', '--no-cache'], folder);
      for (const part of ['1/2', '2/2']) {
        const { code } = await estate(
          ['plan', '--offline', '--no-cache', '--shard', part, '--out', `${part[0]}.json`],
          folder,
        );
        expect(code).toBe(0);
        expectDocument('plan-shard', readFileSync(join(folder, `${part[0]}.json`), 'utf8'));
      }
      const merged = await estate(['plan', '--merge', '2.json', '1.json'], folder);
      expect([merged.code, withoutTimes(merged.stdout)]).toEqual([whole.code, withoutTimes(whole.stdout)]);
      const json = await estate(['plan', '--json', '--merge', '2.json', '1.json'], folder);
      expectDocument('plan', json.stdout);
      // One stack that failed makes the whole plan fail.
      const result: ShareResult = JSON.parse(readFileSync(join(folder, '2.json'), 'utf8'));
      const failed = { ...result, stacks: result.stacks.map((stack) => ({ ...stack, error: 'no such machine' })) };
      writeFileSync(join(folder, '2.json'), JSON.stringify(failed));
      const broken = await estate(['plan', '--merge', '1.json', '2.json'], folder);
      expect(broken.code).toBe(1);
      expect(broken.stdout).toContain('failed:\n  no such machine\n');
    });
  });

  test('are in the order of the estate however they are divided and named', async () => {
    await withFolder((folder) => {
      const files = [3, 1, 2].map((share) => {
        const path = join(folder, `${share}`);
        writeFileSync(path, written(share, 3));
        return path;
      });
      const report = mergeShares(files, plan, RELEASE);
      expect(report.seconds).toBe(3);
      expect(formatPlan(report)).toBe(formatPlan({ ok: true, stacks: planned, details: [], seconds: 3 }));
    });
  });

  test('fail to merge when one is missing, there twice, or part of another division', async () => {
    expect(await refused({ a: written(1, 4), b: written(4, 4) })).toEqual([
      'ShardMissing --merge lacks 2 parts of 4: 2 and 3',
    ]);
    expect(await refused({ a: written(1, 2), b: written(2, 2), c: written(2, 2) })).toEqual([
      'ShardTwice b and c are all part 2/2',
    ]);
    expect(await refused({ a: written(1, 2), b: written(2, 3) })).toEqual([
      'ShardMixed --merge names parts of different divisions: a of 2; b of 3',
    ]);
  });

  test('fail to merge when they are of another estate, another state of it, or another release', async () => {
    const foreign = written(1, 3, (result) => ({ ...result, estate: 'other' }));
    const edited = written(2, 3, (result) => ({ ...result, plan: 'f00d' }));
    const older = written(3, 3, (result) => ({ ...result, tool: '1.2.2' }));
    expect(await refused({ foreign, edited, older })).toEqual([
      'ShardForeign foreign is of the estate "other", not of "atlas"',
      'ShardForeign edited is of another state of the estate: it, or its lock file, was edited since',
      'ShardVersion older was written by release 1.2.2, this is 1.2.3',
    ]);
  });

  test('fail to merge when they are half-written, of another form, no results, not there, or lack stacks: all at once', async () => {
    const half = written(1, 9).slice(0, 300);
    const newer = written(2, 9, (result) => ({ ...result, version: 2 }));
    const other = '{ "ok": true }';
    const short = written(5, 9, (result) => ({ ...result, stacks: [] }));
    const beyond = written(6, 9, (result) => ({ ...result, shard: 10 }));
    const found = await refused({ half, newer, other, short, beyond }, ['gone']);
    expect(found.map((text) => text.replace(/ENOENT.*/, 'ENOENT'))).toEqual([
      'ShardUnreadable half is no whole JSON document',
      'ShardVersion newer has form 2, this release reads form 1',
      'ShardUnreadable other is not what "estate plan --shard" writes',
      'ShardUnreadable beyond is not what "estate plan --shard" writes',
      'ShardUnreadable gone cannot be read: ENOENT',
      'ShardUnreadable short has other stacks than part 5/9',
      'ShardMissing --merge lacks 8 parts of 9: 1, 2, 3, 4, 6, 7, 8 and 9',
    ]);
  });

  test.each(['0/8', '9/8', 'a/b', '3', '3/8/9', '-1/2', '1/0', ' 1/2', '00001/2'])(
    'fail when "%s" names one',
    (text) => {
      expect(() => parseShare(text)).toThrow(`"${text}" is no part of the stacks`);
    },
  );

  test('are named from the first to the last', () => {
    expect([parseShare('1/1'), parseShare('8/8')]).toEqual([
      { share: 1, of: 1 },
      { share: 8, of: 8 },
    ]);
  });
});

describe('flags of parts', () => {
  const part = { offline: true, shard: '1/8', out: 'x' };
  const cases: readonly (readonly [flags: PlanFlags, code: string])[] = [
    [{ ...part, shard: '0/8' }, 'ShardForm --shard'],
    [{ ...part, out: 'none/x' }, 'OutUnwritable --out'],
    [{ ...part, out: ROOT }, 'OutUnwritable --out'],
    [{ offline: true, shard: '1/8' }, 'ShardFlags --shard'],
    [{ shard: '1/8', out: 'x' }, 'ShardFlags --shard'],
    [{ offline: true, out: 'x' }, 'ShardFlags --out'],
    [{ ...part, stack: 'a' }, 'ShardFlags --shard'],
    [{ merge: true }, 'MergeFiles --merge'],
    [{ ...part, merge: ['x'] }, 'ShardFlags --merge'],
    [{ details: true, merge: ['x'] }, 'ShardFlags --merge'],
  ];
  test.each(cases)('fail as %j', async (flags, code) => {
    const error: unknown = await runPlan(undefined, flags, RELEASE).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(EstateError);
    const { diagnostics, exitCode } = error as EstateError;
    expect([diagnostics.map((found) => `${found.code} ${found.path}`), exitCode]).toEqual([[code], 2]);
  });

  test('fail on the command line with exit code 2, with nothing written', async () => {
    await withFolder(async (folder) => {
      const done = await estate(['plan', '--offline', '--shard', '9/8', '--out', 'x', '--merge'], folder);
      expect([done.code, done.stdout, done.stderr.split('\n')[0]]).toEqual([2, '', 'ShardFlags  --merge']);
      const bare = await estate(['plan', '--merge'], folder);
      expect([bare.code, bare.stdout, bare.stderr.split('\n')[0]]).toEqual([2, '', 'MergeFiles  --merge']);
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});
