import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OfflineError } from '../../provider/errors';
import { isLabCloud, LAB_CLOUDS, type LabCloud } from '../clouds';
import { chooseMirror, needProviders } from '../mirror';

/** What to run. */
export interface LabOptions {
  /** Filesystem mirror with the real providers, laid out as `terraform providers mirror` does. */
  readonly providers: string;
  readonly clouds: readonly LabCloud[];
  /** Estate files, and programs of own stacks, that are applied and planned again. */
  readonly estates: readonly string[];
  /** Whether to apply the estates and plan them again. */
  readonly again: boolean;
  /** Whether to make edits too, and which: those whose names hold a text. */
  readonly edits: { readonly run: boolean; readonly named?: string };
  /** Whether to plan states that the local provider made up with the real one. */
  readonly madeUp: boolean;
  /** Folder to work in, kept afterwards. @default a temporary one, which is removed */
  readonly keep?: string;
  /** Time after which nothing new is started, in minutes. */
  readonly minutes: number;
}

/** The options of the lab, one a line. */
export const OPTIONS: readonly string[] = [
  '--providers DIR     filesystem mirror with the real providers; default: that of the Terraform CLI configuration',
  '--cloud NAME        google, azure or oracle, repeatable; default: all three',
  '--estate FILE       estate file or program of own stacks, repeatable; default: estate.yaml and all examples',
  '--no-edits          only applies and plans again',
  '--only-edits        only makes the edits',
  '--edit TEXT         only the edits whose names hold the text',
  '--made-up           applies with the local provider instead and plans those states with the real one',
  '--keep DIR          works in DIR and leaves everything there; default: a temporary folder',
  '--minutes N         starts nothing new after so many minutes (120)',
];

const USAGE = '"npm run lab -- second-plan --help" says what it takes';

const DEFAULT_MINUTES = 120;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        providers: { type: 'string' },
        cloud: { type: 'string', multiple: true, default: Object.keys(LAB_CLOUDS) },
        estate: { type: 'string', multiple: true, default: [] },
        edit: { type: 'string' },
        'no-edits': { type: 'boolean', default: false },
        'only-edits': { type: 'boolean', default: false },
        'made-up': { type: 'boolean', default: false },
        keep: { type: 'string' },
        minutes: { type: 'string', default: String(DEFAULT_MINUTES) },
      },
    }).values;
  } catch (error) {
    throw new OfflineError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

/** Reads the command line; fails with how to use it. */
export function parseOptions(args: readonly string[], defaults: { readonly estates: readonly string[] }): LabOptions {
  const values = parse(args);
  const unknown = values.cloud.filter((name) => !isLabCloud(name));
  if (unknown.length > 0) {
    throw new OfflineError(`--cloud ${unknown.join(', ')} is not one of ${Object.keys(LAB_CLOUDS).join(', ')}`, USAGE);
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new OfflineError(`--minutes ${values.minutes} is not a number of minutes`, USAGE);
  const clouds = values.cloud.filter(isLabCloud);
  const providers = chooseMirror(values.providers);
  needProviders(
    providers,
    clouds.map((cloud) => LAB_CLOUDS[cloud]),
  );
  return {
    providers,
    clouds,
    estates: (values.estate.length > 0 ? values.estate : defaults.estates).map((file) => resolve(file)),
    again: !values['only-edits'],
    edits: { run: !values['no-edits'], named: values.edit },
    madeUp: values['made-up'],
    keep: values.keep === undefined ? undefined : resolve(values.keep),
    minutes,
  };
}
