import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDERS, type ProviderName } from '../../estate/terraform-providers';
import { OfflineError } from '../../provider/errors';
import { PLACEHOLDER_CONFIGURATIONS } from '../../provider/real/placeholders';
import { openRealProvider, type RealProvider } from '../../provider/real/provider';
import { findTerraform } from '../binary';
import type { Scratch } from '../scratch';
import { placeholderEnvironment } from './environment';
import { installProviders } from './installation';
import { writePlaceholderKey } from './key';
import { type Loopback, serveLoopback } from './loopback';

/** A provider's own program that can be asked, with what runs beside it. */
export interface AskedProvider {
  readonly provider: RealProvider;
  /** Ends it, and what runs beside it. */
  close(): void;
}

/** Which program to ask. */
export interface ProgramOptions {
  readonly name: ProviderName;
  readonly version: string;
  readonly scratch: Scratch;
  /** Folder of a filesystem mirror to take it from. @default what `terraform init` installs, as TF_CLI_CONFIG_FILE says */
  readonly mirror?: string;
  /** Longest time for one answer. @default 30 seconds */
  readonly timeoutMs?: number;
}

const HOSTS = ['registry.terraform.io', 'registry.opentofu.org'] as const;

/** A platform as Terraform calls it. */
export function platform(): string {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return `${process.platform === 'win32' ? 'windows' : process.platform}_${architecture}`;
}

/** The program of a provider in a filesystem mirror that is unpacked; undefined where it holds none of that version. */
export function programIn(mirror: string, name: ProviderName, version: string): string | undefined {
  for (const host of HOSTS) {
    const folder = join(mirror, host, PROVIDERS[name].source, version, platform());
    const files = existsSync(folder) ? readdirSync(folder) : [];
    const file = files.find((each) => each.startsWith(`terraform-provider-${name}_v${version}`));
    if (file !== undefined) return join(folder, file);
  }
  return undefined;
}

async function installed({ name, version, scratch }: ProgramOptions): Promise<string> {
  const folder = join(scratch.folder, `program-${name}`);
  mkdirSync(folder);
  const requirements = [{ source: PROVIDERS[name].source, version }];
  await installProviders({ binary: await findTerraform(), scratch, folder, requirements });
  return join(folder, '0', 'packages');
}

/** A provider that is something else answers with types of another name. */
async function checkTypes(provider: RealProvider, name: ProviderName, file: string): Promise<void> {
  const { resource_schemas: schemas } = await provider.schemas();
  if (Object.keys(schemas).some((type) => type.startsWith(`${name}_`))) return;
  throw new OfflineError(`${file} is not the provider ${name}`, `it has no resource whose type begins with ${name}_`);
}

function environment(options: ProgramOptions, loopback: Loopback, keyFile: string): NodeJS.ProcessEnv {
  const { scratch } = options;
  return placeholderEnvironment({ home: scratch.folder, cliConfig: scratch.cliConfig, loopback, keyFile });
}

/** Starts a provider's own program with credentials that open nothing, and no way to a network. */
export async function openProgram(options: ProgramOptions): Promise<AskedProvider> {
  const { name, version, scratch, timeoutMs } = options;
  const folder = options.mirror ?? (await installed(options));
  const file = programIn(folder, name, version);
  if (file === undefined) {
    throw new OfflineError(
      `${folder} holds no ${PROVIDERS[name].source} ${version} for ${platform()}`,
      `lay it out as a filesystem mirror that is unpacked: ${HOSTS[0]}/${PROVIDERS[name].source}/${version}/${platform()}/`,
    );
  }
  const keyFile = writePlaceholderKey(scratch.folder);
  const loopback = await serveLoopback();
  try {
    const env = environment(options, loopback, keyFile);
    const configuration = PLACEHOLDER_CONFIGURATIONS[name](keyFile);
    const provider = await openRealProvider({
      file,
      env,
      configuration,
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    const close = () => {
      provider.end();
      loopback.close();
    };
    try {
      await checkTypes(provider, name, file);
    } catch (error) {
      provider.end();
      throw error;
    }
    return { provider, close };
  } catch (error) {
    loopback.close();
    throw error;
  }
}
