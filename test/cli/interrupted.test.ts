import { spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ESTATE_BIN, estate, ROOT } from '../helpers/cli';
import { readTree, withFolder } from '../helpers/synth';

/** Starts a synthesis and kills it, with all that it has started, after a while. */
async function killed(cwd: string, env: NodeJS.ProcessEnv, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [ESTATE_BIN, 'synth'], { cwd, env, stdio: 'ignore', detached: true });
  const ended = new Promise((done) => child.once('close', done));
  await setTimeout(milliseconds);
  if (child.pid !== undefined) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  await ended;
}

test('whenever a run is killed, the next one writes what a run without a cache does', () =>
  withFolder(async (folder) => {
    for (const name of ['cached', 'plain']) {
      mkdirSync(join(folder, name));
      for (const suffix of ['yaml', 'lock.json'])
        cpSync(join(ROOT, `examples/google.${suffix}`), join(folder, name, `estate.${suffix}`));
    }
    const env = { ESTATE_CACHE: join(folder, 'cache') };
    for (const part of [0.3, 0.6, 0.9]) {
      // Anywhere in its third of a run, which takes about two seconds.
      const moment = (part + (Math.random() - 0.5) * 0.3) * 2000;
      await killed(join(folder, 'cached'), { ...process.env, ...env }, moment);
    }
    const runs = await Promise.all([
      estate(['synth'], join(folder, 'cached'), env),
      estate(['synth', '--no-cache'], join(folder, 'plain'), env),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(readTree(join(folder, 'cached'))).toEqual(readTree(join(folder, 'plain')));
    // And again, now that all of it is known.
    await estate(['synth'], join(folder, 'cached'), env);
    expect(readTree(join(folder, 'cached'))).toEqual(readTree(join(folder, 'plain')));
  }));
