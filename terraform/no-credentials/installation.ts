import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { OfflineError } from '../../provider/errors';
import { runTerraform, type TerraformBinary, terraformEnvironment } from '../binary';
import type { Scratch } from '../scratch';
import type { ProviderRequirement } from './requirements';

/** Where real providers come from, and where they are put. */
export interface InstallationOptions {
  readonly binary: TerraformBinary;
  readonly scratch: Pick<Scratch, 'follow'>;
  /** Folder to install into. */
  readonly folder: string;
  readonly requirements: readonly ProviderRequirement[];
}

const HOW_TO_GET = [
  'let "terraform init" reach its registry, or bring the providers from where there is a network:',
  '- there, "terraform providers mirror FOLDER" in the folder of a synthesized stack fills a folder',
  '- here, name it as a filesystem_mirror in the CLI configuration file that TF_CLI_CONFIG_FILE names',
  '"estate plan --offline" needs no provider',
].join('\n');

/** Variables that say from where Terraform installs providers, and with which token it asks there. */
const SOURCES = /^(TF_CLI_CONFIG_FILE|TERRAFORM_CONFIG|TF_TOKEN_.+)$/;

function sources(): Record<string, string> {
  const found = Object.entries(process.env).flatMap(([name, value]) => {
    if (!SOURCES.test(name) || value === undefined) return [];
    // Terraform runs in another folder than this process.
    return [[name, name.startsWith('TF_TOKEN_') ? value : resolve(value)]];
  });
  return Object.fromEntries(found);
}

/** The first thing that Terraform complains about, on one line and without its frame. */
function reasonOf(stderr: string): string {
  const text = stderr.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ').trim();
  return text
    .replace(/^Error: (Failed to query available provider packages )?/, '')
    .replace(/ (Error: |To see which modules ).*$/, '');
}

function messageOf(reason: unknown): string {
  if (reason instanceof OfflineError) return reason.message;
  throw reason;
}

async function install(
  { binary, scratch, folder }: InstallationOptions,
  requirement: ProviderRequirement,
  position: number,
): Promise<string> {
  const cwd = join(folder, String(position));
  const packages = join(cwd, 'packages');
  mkdirSync(packages, { recursive: true });
  const required = { terraform: { required_providers: { wanted: requirement } } };
  writeFileSync(join(cwd, 'wanted.tf.json'), JSON.stringify(required));
  // A cache of its own: the user's is neither written to nor trusted, and this one is laid out as a mirror.
  const env = terraformEnvironment({ ...sources(), TF_PLUGIN_CACHE_DIR: packages });
  const { exitCode, stderr } = await runTerraform(binary, ['init', '-no-color', '-backend=false'], {
    cwd,
    env,
    onStart: scratch.follow,
  });
  if (exitCode === 0) return packages;
  const name = [requirement.source, requirement.version].join(' ').trim();
  throw new OfflineError(`the real provider ${name} cannot be had: ${reasonOf(stderr)}`, HOW_TO_GET);
}

/**
 * Installs real providers as `terraform init` would, once for all stacks; returns a CLI configuration that names them.
 *
 * With it each stack finds its providers on the disk, and no other ones.
 */
export async function installProviders(options: InstallationOptions): Promise<string> {
  const installed = await Promise.allSettled(
    options.requirements.map((requirement, position) => install(options, requirement, position)),
  );
  const messages = installed.flatMap((each) => (each.status === 'rejected' ? [messageOf(each.reason)] : []));
  if (messages.length > 0) throw new OfflineError(messages.join('\n'), HOW_TO_GET);
  const packages = installed.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const mirrors = packages.map((path) => `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n`);
  const file = join(options.folder, 'terraform.rc');
  writeFileSync(file, `disable_checkpoint = true\nprovider_installation {\n${mirrors.join('')}}\n`);
  return file;
}
