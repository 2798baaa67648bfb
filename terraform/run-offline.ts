import { type SpawnOptions, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { OfflineError } from '../provider/errors';
import { serveProviders } from '../provider/server';
import { terraformEnvironment } from './binary';
import { isJsonObject } from './document';
import { type Scratch, withScratch } from './scratch';
import { wantedRelease } from './wanted-release';

/** How to run a command offline. */
export interface RunOfflineOptions {
  /** Folder to run in. @default the current folder */
  readonly cwd?: string;
  /** Folder of cdktf's output, in which what the command leaves is tidied up. @default 'cdktf.out' */
  readonly outdir?: string;
  /** Where the command's output goes. @default 'inherit' */
  readonly output?: 'inherit' | 'ignore';
}

const TOOLS = /^(terraform|tofu|cdktf)(\.exe|\.cmd)?$/;

/** Commands that write results to a state, or ask a provider for what exists. */
const REFUSED = /^(apply|destroy|deploy|import|refresh|taint|untaint)$/;

/** Commands of Terraform that need an initialized folder. */
const NEED_INIT = /^(plan|validate|test|graph|console|providers|show|output)$/;

interface ToolCall {
  readonly tool: string;
  readonly verb: string;
  /** Folder that Terraform runs in, absolute or relative to that of the command. */
  readonly folder: string;
  /** Whether the command is the tool itself, not a wrapper that calls it. */
  readonly isDirect: boolean;
}

/** The Terraform, OpenTofu or cdktf call in a command. */
function toolCall(command: readonly string[]): ToolCall | undefined {
  const position = command.findIndex((word) => TOOLS.test(basename(word)));
  const tool = command[position];
  if (tool === undefined) return undefined;
  const words = command.slice(position + 1);
  return {
    tool,
    verb: words.find((word) => !word.startsWith('-')) ?? '',
    folder: words.find((word) => word.startsWith('-chdir='))?.slice('-chdir='.length) ?? '.',
    isDirect: position === 0 && !basename(tool).startsWith('cdktf'),
  };
}

/** Refuses a folder whose state lives elsewhere: reading it would need an account, and made-up plans do not belong there. */
function refuseRemoteState(folder: string): void {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
  } catch {
    return;
  }
  const terraform = isJsonObject(json) && isJsonObject(json.terraform) ? json.terraform : {};
  const kinds = [
    ...Object.keys(isJsonObject(terraform.backend) ? terraform.backend : {}),
    ...('cloud' in terraform ? ['cloud'] : []),
  ];
  const remote = kinds.find((kind) => kind !== 'local');
  if (remote === undefined) return;
  throw new OfflineError(
    `the stack in ${folder} keeps its state in ${remote}, which cannot be reached offline`,
    'use npx estate plan --offline, which plans it with an empty state of its own',
  );
}

/** Removes what Terraform left in the stack folders: its data folder of this run, and plans made with made-up schemas. */
function tidy(folders: readonly string[], dataFolder: string, since: number): void {
  for (const folder of folders) {
    rmSync(join(folder, dataFolder), { recursive: true, force: true });
    const plan = join(folder, 'plan');
    const stat = statSync(plan, { throwIfNoEntry: false });
    if (stat?.isFile() && stat.mtimeMs >= since) rmSync(plan);
  }
}

function stackFolders(cwd: string, outdir: string): string[] {
  try {
    const stacks = join(cwd, outdir, 'stacks');
    return [cwd, ...readdirSync(stacks).map((name) => join(stacks, name))];
  } catch {
    return [cwd];
  }
}

/** Folders of the stacks that a command names; of all, where it names none. */
function namedFolders(command: readonly string[], cwd: string, outdir: string): string[] {
  const folders = stackFolders(cwd, outdir);
  const named = folders.filter((each) => command.includes(basename(each)));
  return named.length > 0 ? named : folders;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a program to its end. A signal is for the program: it ends in its own way, and this process tidies up behind it. */
function run(program: string, args: readonly string[], options: SpawnOptions): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    const child = spawn(program, args, options);
    // A terminal sends an interrupt to the program too; a second one would make Terraform give up its locks.
    const pass = (signal: NodeJS.Signals) =>
      signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, pass);
    const settle = () => SIGNALS.map((signal) => process.off(signal, pass));
    child.on('error', (error) => {
      settle();
      reject(new OfflineError(`${program} cannot be started: ${error.message}`, 'check the name of the command'));
    });
    child.on('close', (code, signal) => {
      settle();
      // The way shells say that a signal ended a program.
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Runs a command in an environment in which Terraform, OpenTofu and cdktf use the local provider; returns its exit code.
 *
 * Whatever would apply is refused, so that no made-up result reaches a state file.
 */
export async function runOffline(command: readonly string[], options: RunOfflineOptions = {}): Promise<number> {
  const [program, ...args] = command;
  if (program === undefined) {
    throw new OfflineError(
      'there is no command to run offline',
      'for example: npx estate offline -- npx cdktf plan STACK',
    );
  }
  const call = toolCall(command);
  const verb = call?.verb ?? '';
  if (REFUSED.test(verb)) {
    throw new OfflineError(
      `"${verb}" is refused offline: the local provider makes up its results`,
      'run the same command without "estate offline" to use the real provider',
    );
  }
  const { cwd = process.cwd(), outdir = 'cdktf.out', output = 'inherit' } = options;
  const started = Date.now();
  const folder = resolve(cwd, call?.folder ?? '.');
  if (call?.isDirect) refuseRemoteState(folder);
  const inScratch = async ({ cliConfig }: Scratch): Promise<number> => {
    // The states of `terraform test` live in memory only, so its applies may be answered.
    const servers = await serveProviders({
      mode: verb === 'test' ? 'scratch' : 'plan',
      // Told only when it is asked for: cdktf writes the stacks in the same command.
      releaseOf: (name) => wantedRelease(name, call?.isDirect ? [folder] : namedFolders(command, cwd, outdir)),
    });
    // Relative, so that each stack has its own, next to and never instead of the one of the user's real runs.
    const dataFolder = `.terraform-offline-${process.pid}`;
    const env = terraformEnvironment({
      TF_REATTACH_PROVIDERS: servers.reattach,
      TF_CLI_CONFIG_FILE: cliConfig,
      TF_DATA_DIR: dataFolder,
      CI: '1',
      CDKTF_SKIP_PROVIDER_LOCK: 'true',
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    });
    try {
      if (call?.isDirect && NEED_INIT.test(verb)) {
        // The data folder of this run is new, so nothing is initialized in it yet.
        const init = await run(call.tool, ['init', '-no-color'], {
          cwd: folder,
          env,
          stdio: ['ignore', 'ignore', output],
        });
        if (init !== 0) return init;
      }
      return await run(program, args, { cwd, env, stdio: ['inherit', output, output] });
    } finally {
      servers.close();
      tidy([folder, ...stackFolders(cwd, outdir)], dataFolder, started);
    }
  };
  return withScratch(inScratch, { endsOnSignal: false });
}
