import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { OfflineError } from '../provider/errors';

/** Oldest Terraform or OpenTofu whose protocol the local provider is made for. */
const OLDEST = [1, 9] as const;

const HOW_TO_GET = 'install Terraform or OpenTofu 1.9 or newer, or name its binary in TERRAFORM_BINARY_NAME';

/** A Terraform or OpenTofu executable that was found and asked its version. */
export interface TerraformBinary {
  readonly command: string;
  readonly version: string;
}

/** How a Terraform command ended. */
export interface TerraformRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The signal that ended it. @default - it ended by itself */
  readonly signal?: NodeJS.Signals;
}

function versionOf(command: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    execFile(command, ['version', '-json'], { env: terraformEnvironment({}) }, (error, stdout) => {
      if (error !== null && error.code === 'ENOENT') return resolve(undefined);
      const version = /"terraform_version":\s*"([^"]+)"/.exec(stdout)?.[1];
      if (error === null && version !== undefined) return resolve(version);
      const reason = error?.message ?? 'it does not tell its version';
      reject(new OfflineError(`${command} does not work: ${reason}`, HOW_TO_GET));
    });
  });
}

/** Finds Terraform as cdktf does: TERRAFORM_BINARY_NAME, else `terraform` and then `tofu` on PATH. */
export async function findTerraform(): Promise<TerraformBinary> {
  const named = process.env.TERRAFORM_BINARY_NAME;
  for (const command of named ? [named] : ['terraform', 'tofu']) {
    const version = await versionOf(command);
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
      throw new OfflineError(`${command} is version ${version}, older than ${OLDEST.join('.')}`, HOW_TO_GET);
    }
    return { command, version };
  }
  throw new OfflineError(named ? `there is no ${named} to run` : 'there is no Terraform to run', HOW_TO_GET);
}

/** Variables by which a user's own set-up would change an offline run. */
const REMOVED =
  /^TF_(CLI_ARGS|CLI_CONFIG_FILE|PLUGIN_CACHE|WORKSPACE|DATA_DIR|REATTACH_PROVIDERS|VAR_|TOKEN_|LOG)|^TERRAFORM_CONFIG$/;

/** The environment of an offline Terraform: the user's, without what would reach for a network or for the user's files. */
export function terraformEnvironment(added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !REMOVED.test(name) || (name.startsWith('TF_LOG') && process.env.ESTATE_DEBUG !== undefined),
  );
  return {
    ...Object.fromEntries(kept),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    ...added,
  };
}

/** Runs a Terraform command and collects what it prints; the caller may follow the child through `onStart`. */
export function runTerraform(
  binary: TerraformBinary,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly onStart?: (child: ChildProcess) => void },
): Promise<TerraformRun> {
  return new Promise((resolve, reject) => {
    // A group of its own, which can be ended together with the provider processes in it.
    const detached = process.platform !== 'win32';
    const child = spawn(binary.command, args, { ...options, detached, stdio: ['ignore', 'pipe', 'pipe'] });
    options.onStart?.(child);
    const output: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
    child.stdout.on('data', (chunk: Buffer) => output.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.stderr.push(chunk));
    child.on('error', (error) =>
      reject(new OfflineError(`${binary.command} cannot be started: ${error.message}`, HOW_TO_GET)),
    );
    child.on('close', (code, signal) =>
      resolve({
        exitCode: code ?? 1,
        stdout: Buffer.concat(output.stdout).toString('utf8'),
        stderr: Buffer.concat(output.stderr).toString('utf8'),
        ...(signal !== null && { signal }),
      }),
    );
  });
}
