import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { OfflineError } from '../../provider/errors';
import { missingManifests, missingPrograms, PROGRAMS, type ProgramFolder, programsOf } from './programs';
import { linkerFlags, moduleFile, PACKAGES, SOURCES, stagingModules } from './sources';
import { type ManifestRow, MODULES } from './versions';

const run = promisify(execFile);

/** Oldest Go that builds them. */
const OLDEST_GO = [1, 26] as const;
const NEEDS_GO = `install Go ${OLDEST_GO.join('.')} or newer as "go" on PATH, or name a folder of programs with --programs`;

/** Two at a time: linking takes a gigabyte each. */
const AT_A_TIME = '2';
const LONGEST_MS = 2 * 60 * 60 * 1000;

/** Whether what a Go says of itself is new enough. */
export function isNewGo(told: string): boolean {
  const [, major = '0', minor = '0'] = /\bgo(\d+)\.(\d+)/.exec(told) ?? [];
  return Number(major) > OLDEST_GO[0] || (Number(major) === OLDEST_GO[0] && Number(minor) >= OLDEST_GO[1]);
}

async function go(folder: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' };
  try {
    const { stdout } = await run('go', args, { cwd: folder, env, maxBuffer: 1 << 28, timeout: LONGEST_MS });
    return stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    const last = said.split('\n').slice(-5).join('\n');
    throw new OfflineError(`"go ${args[0]} ${args[1] ?? ''}" failed: ${last}`, `it needs modules; ${NEEDS_GO}`);
  }
}

async function needGo(): Promise<void> {
  let told: string;
  try {
    told = (await run('go', ['version'])).stdout.trim();
  } catch {
    throw new OfflineError('there is no Go to build Kubernetes and Kueue with', NEEDS_GO);
  }
  if (!isNewGo(told)) throw new OfflineError(`${told} is too old to build Kubernetes and Kueue with`, NEEDS_GO);
}

interface Downloaded {
  readonly Dir: string;
  readonly GoMod: string;
}

/** Unpacks a module outside of any other: what is there may be of no module. */
async function download(folder: string, { module, version }: { module: string; version: string }): Promise<Downloaded> {
  return JSON.parse(await go(folder, 'mod', 'download', '-json', `${module}@${version}`));
}

function place(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function buildPrograms(folder: string): Promise<void> {
  const sources = join(folder, 'sources');
  const built = join(folder, 'built');
  rmSync(sources, { recursive: true, force: true });
  mkdirSync(sources, { recursive: true });
  mkdirSync(built, { recursive: true });
  const { GoMod } = await download(folder, MODULES.kubernetes);
  place(sources, 'go.mod', moduleFile(stagingModules(readFileSync(GoMod, 'utf8'))));
  for (const [path, text] of Object.entries(SOURCES)) place(sources, path, text);
  // Tests of modules name modules that nothing here needs.
  await go(sources, 'mod', 'tidy', '-e');
  await go(sources, 'build', '-p', AT_A_TIME, '-trimpath', `-ldflags=${linkerFlags()}`, '-o', `${built}/`, ...PACKAGES);
  for (const name of PROGRAMS) renameSync(join(built, name), join(folder, name));
  rmSync(built, { recursive: true, force: true });
}

async function fetchManifests(folder: string, rows: readonly ManifestRow[]): Promise<void> {
  for (const row of rows) {
    const { Dir } = await download(folder, row);
    const to = programsOf(folder).manifests(row);
    const part = `${to}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    for (const path of row.paths) copyFileSync(join(Dir, path), join(part, basename(path)));
    renameSync(part, to);
  }
}

/** Builds the programs and fetches the manifests that a folder lacks; what is there is left as it is. */
export async function ensurePrograms(folder: string, say: (text: string) => void): Promise<ProgramFolder> {
  const programs = missingPrograms(folder);
  const manifests = missingManifests(folder);
  if (programs.length + manifests.length > 0) {
    await needGo();
    mkdirSync(folder, { recursive: true });
  }
  if (programs.length > 0) {
    say(`building ${programs.join(', ')} in ${folder}: ten minutes of a processor, once`);
    await buildPrograms(folder);
  }
  if (manifests.length > 0) await fetchManifests(folder, manifests);
  return programsOf(folder);
}
