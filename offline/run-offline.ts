import { spawn } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { OfflineError } from './errors';
import { withScratch } from './scratch';
import { serveProviders } from './server';
import { terraformEnvironment } from './terraform';

/** How to run a command offline. */
export interface RunOfflineOptions {
  /** Folder to run in. @default the current folder */
  readonly cwd?: string;
  /** Folder of cdktf's output, in which what the command leaves is tidied up. @default 'cdktf.out' */
  readonly outdir?: string;
}

const TOOLS = /^(terraform|tofu|cdktf)(\.exe|\.cmd)?$/;

/** Commands that write results to a state, or ask a provider for what exists. */
const REFUSED = /^(apply|destroy|deploy|import|refresh|taint|untaint)$/;

function subcommand(command: readonly string[]): string | undefined {
  const tool = command.findIndex((word) => TOOLS.test(basename(word)));
  return tool < 0 ? undefined : command.slice(tool + 1).find((word) => !word.startsWith('-'));
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
  const verb = subcommand(command);
  if (verb !== undefined && REFUSED.test(verb)) {
    throw new OfflineError(
      `"${verb}" is refused offline: the local provider makes up its results`,
      'run the same command without "estate offline" to use the real provider',
    );
  }
  const { cwd = process.cwd(), outdir = 'cdktf.out' } = options;
  const started = Date.now();
  return withScratch(async ({ cliConfig }) => {
    // The states of `terraform test` live in memory only, so its applies may be answered.
    const servers = await serveProviders({ mode: verb === 'test' ? 'scratch' : 'plan' });
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
    // An interrupt reaches the command too: it is for the command to end, and for us to tidy up behind it.
    const wait = () => undefined;
    process.on('SIGINT', wait);
    try {
      return await new Promise<number>((resolve, reject) => {
        const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
        child.on('error', (error) =>
          reject(new OfflineError(`${program} cannot be started: ${error.message}`, 'check the name of the command')),
        );
        child.on('close', (code) => resolve(code ?? 1));
      });
    } finally {
      process.off('SIGINT', wait);
      servers.close();
      tidy(stackFolders(cwd, outdir), dataFolder, started);
    }
  });
}
