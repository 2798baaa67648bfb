import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { orList } from '../../estate/spec/words';
import { OfflineError } from '../../provider/errors';
import { MODES, type Mode } from './ability';

/** What to bring up. */
export interface LinksOptions {
  /** Estate file whose links are brought up. @default that of the lab */
  readonly estate?: string;
  /** Only connections whose names hold a text. @default all */
  readonly only?: string;
  /** Whether to change one thing on one side, too, again and again. */
  readonly mutations: boolean;
  /** How much to bring up. @default the most that this machine can */
  readonly mode?: Mode;
}

/** The options of the lab, one a line. */
export const OPTIONS: readonly string[] = [
  '--estate FILE       estate file whose links are brought up; default: lab/links/estate.yaml',
  '--only TEXT         only connections whose names hold the text',
  '--mutations         also changes one number on one side, in turn, and sees that it is noticed',
  `--mode NAME         brings up less than this machine can: ${Object.keys(MODES).join(', ')}`,
];

const USAGE = '"npm run lab -- links --help" says what it takes';

const isMode = (name: string): name is Mode => name in MODES;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        estate: { type: 'string' },
        only: { type: 'string' },
        mutations: { type: 'boolean', default: false },
        mode: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new OfflineError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

/** Reads the command line; fails with how to use it. */
export function parseOptions(args: readonly string[]): LinksOptions {
  const { mode, ...options } = parse(args);
  if (options.estate !== undefined && !existsSync(options.estate)) {
    throw new OfflineError(`there is no estate file ${options.estate}`, USAGE);
  }
  if (mode === undefined) return options;
  if (!isMode(mode)) throw new OfflineError(`--mode ${mode} is not ${orList(Object.keys(MODES))}`, USAGE);
  return { ...options, mode };
}
