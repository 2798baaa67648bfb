import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** The command line: as it is installed where that was laid out for a run of all tests, else the sources. */
export const ESTATE_BIN = join(process.env.ESTATE_INSTALLED ?? ROOT, 'bin/estate.js');

/** What a command left behind. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as a user would, without the settings of the test run. */
export function runCommand(
  command: readonly string[],
  cwd = ROOT,
  env: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  const [program = '', ...args] = command;
  const { ESTATE: _estate, CDK_VALIDATION: _validation, TF_CLI_CONFIG_FILE: _config, ...inherited } = process.env;
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...inherited, CI: '1', CHECKPOINT_DISABLE: '1', NO_COLOR: '1', FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      texts.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      texts.stderr += chunk.toString();
    });
    child.once('error', fail);
    child.once('close', (code) => done({ code, ...texts }));
  });
}

/** Runs `estate` of this checkout. */
export function estate(args: readonly string[], cwd?: string, env?: NodeJS.ProcessEnv): Promise<CommandResult> {
  return runCommand([process.execPath, ESTATE_BIN, ...args], cwd, env);
}
