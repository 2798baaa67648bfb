import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OfflineError } from '../../provider/errors';
import { PROVIDER_NAMES, type ProviderName, RECORDINGS } from '../../provider/schema';

/** What to record, and how. */
export interface RecordOptions {
  readonly name: ProviderName;
  readonly version: string;
  /** Release whose facts are asked again, and which the report compares with. @default the nearest one that is not newer */
  readonly from?: string;
  /** Filesystem mirror to take the provider from. @default what `terraform init` installs */
  readonly providers?: string;
  /** Folder of the recording. */
  readonly out: string;
  /** Folder of the report. */
  readonly reports: string;
  /** Folder of the journal. */
  readonly work: string;
  /** Only types whose names hold this text; nothing is written then but the report. @default all */
  readonly types?: string;
  /** Estate files whose stacks the report looks at. @default the default estate and all examples */
  readonly estates?: readonly string[];
  /** Types that are asked about at the same time. */
  readonly parallel: number;
}

const USAGE = [
  'npm run record -- PROVIDER VERSION [--from VERSION] [--providers DIR] [--out DIR] [--reports DIR]',
  '    [--work DIR] [--types TEXT] [--estate FILE]… [--parallel N]',
  `PROVIDER is one of ${PROVIDER_NAMES.join(', ')}, VERSION a release such as 5.2.0; docs/recording.md says what it does`,
].join('\n');

/** Where reports of recordings are kept. */
const REPORTS = join(RECORDINGS.folder, '../reports');

const VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        providers: { type: 'string' },
        out: { type: 'string', default: RECORDINGS.folder },
        reports: { type: 'string', default: REPORTS },
        work: { type: 'string' },
        types: { type: 'string' },
        estate: { type: 'string', multiple: true },
        parallel: { type: 'string', default: '4' },
      },
    });
  } catch (error) {
    throw new OfflineError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

/** Reads the command line; fails with how to use it. */
export function parseOptions(args: readonly string[]): RecordOptions {
  const { values, positionals } = parse(args);
  const [wanted, version, ...more] = positionals;
  const name = PROVIDER_NAMES.find((each) => each === wanted);
  if (name === undefined) throw new OfflineError(`${wanted ?? 'nothing'} is not a provider that is recorded`, USAGE);
  if (version === undefined || !VERSION.test(version)) {
    throw new OfflineError(`${version ?? 'nothing'} is not a release`, USAGE);
  }
  if (more.length > 0) throw new OfflineError(`${more.join(' ')} is one thing too many`, USAGE);
  const parallel = Number(values.parallel);
  if (!Number.isInteger(parallel) || parallel < 1)
    throw new OfflineError(`--parallel ${values.parallel} is no number of types`, USAGE);
  return {
    name,
    version,
    out: resolve(values.out),
    reports: resolve(values.reports),
    work: resolve(values.work ?? join('.record', `${name}-${version}`)),
    parallel,
    ...(values.from !== undefined && { from: values.from }),
    ...(values.providers !== undefined && { providers: resolve(values.providers) }),
    ...(values.types !== undefined && { types: values.types }),
    ...(values.estate !== undefined && { estates: values.estate.map((file) => resolve(file)) }),
  };
}
