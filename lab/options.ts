import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OfflineError } from '../provider/errors';
import { PROVIDERS, type ProviderName } from '../provider/schema';

/** Clouds that Terraform plans, with the provider of each. */
export const LAB_CLOUDS = { google: 'google', azure: 'azurerm', oracle: 'oci' } as const satisfies Record<
  string,
  ProviderName
>;

/** A cloud that the lab can stand in for. */
export type LabCloud = keyof typeof LAB_CLOUDS;

/** What to run. */
export interface LabOptions {
  /** Filesystem mirror with the real providers, laid out as `terraform providers mirror` does. */
  readonly providers: string;
  readonly clouds: readonly LabCloud[];
  /** Estate files, and programs of own stacks, that are applied and planned again. */
  readonly estates: readonly string[];
  /** Whether to make edits too, and which: those whose names hold a text. */
  readonly edits: { readonly run: boolean; readonly named?: string };
  /** Whether to plan states that the local provider made up with the real one. */
  readonly madeUp: boolean;
  /** Folder to work in, kept afterwards. @default a temporary one, which is removed */
  readonly keep?: string;
  /** Time after which nothing new is started, in minutes. */
  readonly minutes: number;
}

const USAGE = [
  'npm run lab:second-plan -- --providers DIR [--cloud google|azure|oracle]… [--estate FILE]… [--no-edits]',
  '    [--edit TEXT] [--made-up] [--keep DIR] [--minutes N]',
  'lab/README.md says what it does and what it needs',
].join('\n');

const DEFAULT_MINUTES = 120;

function isLabCloud(name: string): name is LabCloud {
  return name in LAB_CLOUDS;
}

/** The architecture as Terraform calls it. */
function platform(): string {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return `${process.platform === 'win32' ? 'windows' : process.platform}_${architecture}`;
}

/** Where a mirror keeps a provider that is unpacked. */
export function providerFolder(mirror: string, cloud: LabCloud): string {
  const { source, version } = PROVIDERS[LAB_CLOUDS[cloud]];
  return join(mirror, 'registry.terraform.io', source, version, platform());
}

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
  if (values.providers === undefined) throw new OfflineError('--providers names no folder', USAGE);
  const unknown = values.cloud.filter((name) => !isLabCloud(name));
  if (unknown.length > 0) {
    throw new OfflineError(`--cloud ${unknown.join(', ')} is not one of ${Object.keys(LAB_CLOUDS).join(', ')}`, USAGE);
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new OfflineError(`--minutes ${values.minutes} is not a number of minutes`, USAGE);
  const providers = resolve(values.providers);
  const clouds = values.cloud.filter(isLabCloud);
  const missing = clouds.filter((cloud) => !existsSync(providerFolder(providers, cloud)));
  if (missing.length > 0) {
    const folders = missing.map((cloud) => providerFolder(providers, cloud)).join(', ');
    throw new OfflineError(
      `there is no ${folders}`,
      `bring the providers there, or choose the clouds that are: --cloud NAME\n${USAGE}`,
    );
  }
  return {
    providers,
    clouds,
    estates: (values.estate.length > 0 ? values.estate : defaults.estates).map((file) => resolve(file)),
    edits: { run: !values['no-edits'], named: values.edit },
    madeUp: values['made-up'],
    keep: values.keep === undefined ? undefined : resolve(values.keep),
    minutes,
  };
}
