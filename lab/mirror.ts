import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { OfflineError } from '../provider/errors';
import { PROVIDERS, type ProviderName } from '../provider/schema';
import { platform, programIn } from '../terraform/no-credentials/programs';

/** How to bring real providers to a machine. */
export const HOW_TO_GET_PROVIDERS = [
  'where there is a network, "terraform providers mirror DIR" in the folder of a synthesized stack fills DIR;',
  'unpack each zip file in it into VERSION/PLATFORM, and name DIR with --providers DIR',
].join(' ');

function versionsFolder(mirror: string, name: ProviderName): string {
  return join(mirror, 'registry.terraform.io', PROVIDERS[name].source);
}

/** Where a mirror keeps a provider that is unpacked. */
export function providerFolder(mirror: string, name: ProviderName): string {
  return join(versionsFolder(mirror, name), PROVIDERS[name].version, platform());
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** What is wrong with a provider in a mirror; undefined when it is there. */
function problemOf(mirror: string, name: ProviderName): string | undefined {
  const { source, version } = PROVIDERS[name];
  const folder = providerFolder(mirror, name);
  if (programIn(mirror, name, version) !== undefined) return undefined;
  const there = namesIn(versionsFolder(mirror, name)).filter((each) => /^\d+\.\d+\.\d+/.test(each) && each !== version);
  const packed = namesIn(versionsFolder(mirror, name)).some((file) => file.includes(`_${version}_`));
  if (packed) return `${source} ${version} is there, but packed; unpack it into ${folder}`;
  const others = there.length > 0 ? `; there is ${there.join(', ')}` : '';
  return `there is no ${folder} with the provider ${source} ${version}${others}`;
}

/** Fails where a mirror lacks a provider in the version that the project pins. */
export function needProviders(mirror: string, names: readonly ProviderName[]): void {
  if (!existsSync(mirror)) throw new OfflineError(`there is no mirror ${mirror}`, HOW_TO_GET_PROVIDERS);
  const problems = names.flatMap((name) => problemOf(mirror, name) ?? []);
  if (problems.length === 0) return;
  throw new OfflineError(problems.join('\n'), HOW_TO_GET_PROVIDERS);
}

/** The filesystem mirror that the user's Terraform CLI configuration names, if any. */
function mirrorOfUser(): string | undefined {
  const file = process.env.TF_CLI_CONFIG_FILE ?? join(homedir(), '.terraformrc');
  if (!existsSync(file)) return undefined;
  return /filesystem_mirror\s*{[^}]*?\bpath\s*=\s*"([^"]+)"/.exec(readFileSync(file, 'utf8'))?.[1];
}

/** The mirror to use: what is named, else the one of the user's Terraform CLI configuration. */
export function chooseMirror(named: string | undefined): string {
  const mirror = named ?? mirrorOfUser();
  if (mirror !== undefined && mirror !== '') return resolve(mirror);
  throw new OfflineError(
    '--providers names no folder, and no filesystem_mirror stands in the CLI configuration that TF_CLI_CONFIG_FILE names',
    HOW_TO_GET_PROVIDERS,
  );
}
