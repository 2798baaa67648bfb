import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withScratch } from '../../terraform/scratch';
import type { LabPart } from '../lab';
import { ensurePrograms } from './build';
import { readTried } from './estate';
import { parseOptions, type QueueOptions } from './options';
import type { ProgramFolder } from './programs';
import type { EstateTrial, Trial, TrialOutcome } from './trial';
import { acceptance } from './trials/acceptance';
import { assumptions } from './trials/assumptions';
import { bundle } from './trials/bundle';
import { contention } from './trials/contention';
import { edits } from './trials/edits';
import { openEstate } from './trials/estate-scene';
import { jobs } from './trials/jobs';
import { loss } from './trials/loss';
import { scale } from './trials/scale';
import { TOLD_VERSIONS } from './versions';

export { OPTIONS as options } from './options';

/** Trials on clusters of their own, in the order in which they are run. */
const TRIALS: readonly Trial[] = [assumptions, edits, scale];

/** Trials on the clusters of an estate, one after the other; the last one loses a cluster. */
const ESTATE_TRIALS: readonly EstateTrial[] = [bundle, contention, jobs, acceptance, loss];

/** Names of everything that is tried. */
export function parts(): readonly string[] {
  return [...TRIALS, ...ESTATE_TRIALS].map(({ name }) => name);
}

type Done = (part: LabPart) => void;

async function timed(name: string, run: () => Promise<TrialOutcome>, done: Done): Promise<void> {
  const start = Date.now();
  const outcome = await run();
  const seconds = Math.round((Date.now() - start) / 1000);
  done({ ...outcome, name, versions: TOLD_VERSIONS, result: `${outcome.result}; ${seconds} s` });
}

async function onEstate(trials: readonly EstateTrial[], programs: ProgramFolder, options: QueueOptions, done: Done) {
  const tried = readTried(options.estate);
  await withScratch(async ({ folder }) => {
    const bed = await openEstate(tried, { programs, folder });
    try {
      for (const { name, run: tryIt } of trials)
        await timed(name, () => tryIt({ bed, tried, seed: options.seed, jobs: options.jobs }), done);
    } finally {
      await bed.close();
    }
  });
}

/** Runs trials; each is run, or all fails. */
export async function run(args: readonly string[], done: Done): Promise<readonly string[]> {
  const options = parseOptions(args, parts());
  const programs = await ensurePrograms(options.programs, (text) => process.stdout.write(`${text}\n`));
  const isWanted = ({ name }: { readonly name: string }) => options.only.includes(name);
  for (const trial of TRIALS.filter(isWanted)) {
    await withScratch(async (scratch) => {
      const folder = join(scratch.folder, trial.name);
      mkdirSync(folder);
      await timed(trial.name, () => trial.run({ programs, folder }), done);
    });
  }
  const trials = ESTATE_TRIALS.filter(isWanted);
  if (trials.length > 0) await onEstate(trials, programs, options, done);
  return [];
}
