import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withScratch } from '../../terraform/scratch';
import type { LabPart } from '../lab';
import { ensurePrograms } from './build';
import { parseOptions } from './options';
import type { Trial } from './trial';
import { assumptions } from './trials/assumptions';
import { bundle } from './trials/bundle';
import { TOLD_VERSIONS } from './versions';

export { OPTIONS as options } from './options';

/** All trials, in the order in which they are run. */
function trials(estate?: string): readonly Trial[] {
  return [assumptions, bundle(estate)];
}

/** Names of everything that is tried. */
export function parts(): readonly string[] {
  return trials().map(({ name }) => name);
}

/** Runs trials, each on clusters of its own; everything is run, or fails. */
export async function run(args: readonly string[], done: (part: LabPart) => void): Promise<readonly string[]> {
  const { programs: folder, only, estate } = parseOptions(args, parts());
  const programs = await ensurePrograms(folder, (text) => process.stdout.write(`${text}\n`));
  for (const trial of trials(estate).filter(({ name }) => only === undefined || name === only)) {
    await withScratch(async (scratch) => {
      const own = join(scratch.folder, trial.name);
      mkdirSync(own);
      const start = Date.now();
      const outcome = await trial.run({ programs, folder: own });
      const seconds = Math.round((Date.now() - start) / 1000);
      done({ ...outcome, name: trial.name, versions: TOLD_VERSIONS, result: `${outcome.result}; ${seconds} s` });
    });
  }
  return [];
}
