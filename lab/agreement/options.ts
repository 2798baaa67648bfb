import { parseArgs } from 'node:util';
import { OfflineError } from '../../provider/errors';
import { PROVIDER_NAMES, type ProviderName } from '../../provider/schema';
import { chooseMirror, needProviders } from '../mirror';

/** What to ask. */
export interface AgreementOptions {
  /** Filesystem mirror with the real providers. */
  readonly mirror: string;
  readonly providers: readonly ProviderName[];
  /** Mutated configurations of each provider. */
  readonly count: number;
  readonly seed: number;
}

const DEFAULT_COUNT = 3000;

/** The options of the lab, one a line. */
export const OPTIONS: readonly string[] = [
  '--providers DIR     filesystem mirror with the real providers; default: that of the Terraform CLI configuration',
  '--provider NAME     google, azurerm or oci, repeatable; default: all three',
  `--count N           mutated configurations of each provider (${DEFAULT_COUNT})`,
  '--seed N            another series of them (1)',
];

const USAGE = '"npm run lab -- agreement --help" says what it takes';

function isProvider(name: string): name is ProviderName {
  return PROVIDER_NAMES.some((each) => each === name);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        providers: { type: 'string' },
        provider: { type: 'string', multiple: true, default: [...PROVIDER_NAMES] },
        count: { type: 'string', default: String(DEFAULT_COUNT) },
        seed: { type: 'string', default: '1' },
      },
    }).values;
  } catch (error) {
    throw new OfflineError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new OfflineError(`--${option} ${text} is not a whole number from 1 on`, USAGE);
}

/** Reads the command line; fails with how to use it. */
export function parseOptions(args: readonly string[]): AgreementOptions {
  const values = parse(args);
  const unknown = values.provider.filter((name) => !isProvider(name));
  if (unknown.length > 0) {
    throw new OfflineError(`--provider ${unknown.join(', ')} is not one of ${PROVIDER_NAMES.join(', ')}`, USAGE);
  }
  const [count, seed] = [wholeNumber('count', values.count), wholeNumber('seed', values.seed)];
  const providers = values.provider.filter(isProvider);
  const mirror = chooseMirror(values.providers);
  needProviders(mirror, providers);
  return { mirror, providers, count, seed };
}
