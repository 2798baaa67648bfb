import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { orList } from '../../estate/spec/words';
import { OfflineError } from '../../provider/errors';
import { programsFolder } from './programs';

/** What to try. */
export interface QueueOptions {
  /** Folder with programs, built there where they are missing. */
  readonly programs: string;
  /** Names of the trials. */
  readonly only: readonly string[];
  /** Estate whose bundle is tried. @default examples/queue.yaml */
  readonly estate?: string;
  /** Number that random jobs are made from. */
  readonly seed: number;
  /** Number of random jobs, over all clusters. */
  readonly jobs: number;
}

/** The options of the lab, one a line. */
export const OPTIONS: readonly string[] = [
  '--only TRIAL        only this trial, by its name; may be given several times',
  '--estate FILE       estate file whose bundle is tried; default: examples/queue.yaml',
  '--programs DIR      folder with etcd, kube, kubectl, kueue and kwok, built there where they are missing; default: in the cache of the user',
  '--seed NUMBER       number that random jobs are made from; default: 1',
  '--jobs NUMBER       number of random jobs, over all clusters; default: 200',
];

const USAGE = '"npm run lab -- queue --help" says what it takes';

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        estate: { type: 'string' },
        programs: { type: 'string' },
        seed: { type: 'string', default: '1' },
        jobs: { type: 'string', default: '200' },
      },
    }).values;
  } catch (error) {
    throw new OfflineError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

/** Reads the command line; fails with how to use it. */
export function parseOptions(args: readonly string[], trials: readonly string[]): QueueOptions {
  const { programs, seed, jobs, only, estate } = parse(args);
  const stray = only?.find((name) => !trials.includes(name));
  if (stray !== undefined) throw new OfflineError(`--only ${stray} is not ${orList(trials)}`, USAGE);
  if (estate !== undefined && !existsSync(estate)) throw new OfflineError(`there is no estate file ${estate}`, USAGE);
  if (!/^\d{1,9}$/.test(seed)) throw new OfflineError(`--seed ${seed} is not a number`, USAGE);
  if (!/^[1-9]\d{0,4}$/.test(jobs)) throw new OfflineError(`--jobs ${jobs} is not a number from 1 to 99999`, USAGE);
  return {
    programs: resolve(programs ?? programsFolder()),
    only: only ?? trials,
    seed: Number(seed),
    jobs: Number(jobs),
    ...(estate !== undefined && { estate }),
  };
}
