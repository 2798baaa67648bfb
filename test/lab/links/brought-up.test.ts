import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { type Ability, findAbility } from '../../../lab/links/ability';
import { openBed } from '../../../lab/links/bed';
import { proveMutations } from '../../../lab/links/mutated';
import { MUTATIONS } from '../../../lab/links/mutations';
import { type Proof, prove } from '../../../lab/links/prove';
import { referencePair } from '../../../lab/links/reference';
import { type Mutated, noticed } from '../../../lab/links/report';
import { ROOT } from '../../helpers/cli';

/** Beds work little and wait much: all of them at a time take hardly longer than one. */
const ALL = MUTATIONS.length;
const LONGEST_MS = 240_000;

interface Tried {
  readonly pair: Proof;
  readonly mutated: readonly Mutated[];
}

let found: Ability | { readonly cannot: string };
let tried: Tried | undefined;

beforeAll(async () => {
  found = await findAbility();
  if ('cannot' in found) {
    process.stderr.write(`Halves of connections are not brought up here: ${found.cannot}\n`);
    return;
  }
  const single = referencePair(1);
  const [pair, mutated] = await Promise.all([
    prove(referencePair(2), found),
    proveMutations(single, single, found, MUTATIONS, ALL),
  ]);
  tried = { pair, mutated };
}, LONGEST_MS);

/** What came out; where nothing can be brought up, that is said with what to do about it. */
function outcome(): Tried | undefined {
  if ('cannot' in found) {
    expect(found.cannot).toMatch(
      /"apt-get install [\w -]+" as root brings them|run it as root|namespaces are not allowed here: ./,
    );
  } else expect(tried).toBeDefined();
  return tried;
}

test('both halves of a connection come up, ranges arrive, and stay without each tunnel in its turn', () => {
  const result = outcome();
  if (result === undefined) return;
  expect(result.pair.problems).toEqual([]);
  expect(result.pair.rows.map(({ sessions, lost, ike }) => [sessions, lost, ike])).toEqual(
    Array(2).fill([2, 'routes stay', 'AES_CBC-256 HMAC_SHA2_384 ECP_384']),
  );
  const esp = result.pair.mode === 'esp' ? 'AES_GCM_16-256 ECP_384' : expect.anything();
  expect(result.pair.rows.map((row) => row.esp)).toEqual([esp, esp]);
});

test.each(MUTATIONS.map(({ name }) => name))('fails when one side changes %s', (name) => {
  const result = outcome();
  if (result === undefined) return;
  const one = result.mutated.find(({ mutation }) => mutation.name === name);
  // Without ESP the keys of child associations are compared only: see the judge.
  if (one?.proof.mode === 'ike' && /ESP|forward secrecy/.test(name)) {
    expect(one.proof.problems).toContainEqual(expect.stringMatching(/no proposal of ESP in common/));
  } else
    expect([name, one?.proof.problems, one && noticed(one)]).toEqual([name, expect.anything(), expect.any(String)]);
});

test('what is missing is named with how to get it', async () => {
  expect(await findAbility([])).toEqual({
    cannot: expect.stringMatching(
      /^there is no zebra, bgpd, vtysh, charon-systemd, swanctl, unshare, ip; "apt-get install frr /,
    ),
  });
});

/** Processes of this machine with a text in their command line. */
function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(text) ? [line] : [];
      } catch {
        return [];
      }
    });
}

/** Whether the processes with a text in their command line become as wanted in ten seconds: a shell that starts one is not it yet. */
async function becomes(text: string, wanted: (count: number) => boolean): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (wanted(processesWith(text).length)) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}

const runs = (text: string) => becomes(text, (count) => count > 0);
const gone = (text: string) => becomes(text, (count) => count === 0);

describe('a bed', () => {
  /** A command that no other process and no other test has. */
  const sleepOf = (test: number) => `sleep ${90_000 + process.pid}.${test}`;

  test('ends with everything in it, says what commands say, and has no way out', async () => {
    if (outcome() === undefined) return;
    const bed = await openBed();
    try {
      expect(await bed.run('echo said; exit 3')).toEqual({ code: 3, output: 'said\n' });
      expect((await bed.run('ip -o link show')).output).toMatch(/^1: lo: [^\n]*\n$/);
      await bed.run(`${sleepOf(1)} > /dev/null 2>&1 &`);
      expect(await runs(sleepOf(1))).toBe(true);
    } finally {
      await bed.close();
    }
    expect(await gone(sleepOf(1))).toBe(true);
    await expect(bed.run('true')).rejects.toThrow('the shell in the namespaces ended');
  });

  test('ends when a trial in it fails', async () => {
    if (outcome() === undefined || 'cannot' in found) return;
    const programs = { ...found.programs, charon: '/nowhere/charon' };
    await expect(prove(referencePair(1), { ...found, programs })).rejects.toThrow(
      /^Building failed .*\/nowhere\/charon/s,
    );
    expect(await gone('/run/lab/charon')).toBe(true);
  });

  test('ends when the process that opened it is killed', async () => {
    if (outcome() === undefined) return;
    // The opener's own command line holds the number in two parts, so that it does not count itself.
    const [seconds, part] = sleepOf(2).split('.');
    const program = `require('./lab/links/bed').openBed().then((bed) => bed.run('${seconds}' + '.${part} >/dev/null 2>&1 & echo')).then(() => console.log('up'))`;
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', program], { cwd: ROOT });
    try {
      await new Promise((done) => child.stdout.once('data', done));
      expect(await runs(sleepOf(2))).toBe(true);
    } finally {
      child.kill('SIGKILL');
    }
    expect(await gone(sleepOf(2))).toBe(true);
  });
});
