import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asExpected, OfflineError } from '../provider/errors';

/** A folder for one run, and the processes that work in it. */
export interface Scratch {
  readonly folder: string;
  /** An empty Terraform CLI configuration: no mirror, no plugin cache, no credentials of the user. */
  readonly cliConfig: string;
  /** Ends this process together with the run. */
  follow(child: ChildProcess): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'estate-offline-'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OfflineError(
      `no scratch folder can be made: ${reason}`,
      'free some space, or set TMPDIR to a folder to use',
    );
  }
}

/** Ends a process and its group: a Terraform that is killed would leave its provider processes behind. */
function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // No group of its own.
    child.kill('SIGKILL');
  }
}

/**
 * Runs something in a scratch folder that is gone afterwards, also when it fails or is interrupted.
 *
 * ESTATE_KEEP_SCRATCH=1 keeps the folder and prints where it is.
 */
export async function withScratch<T>(
  run: (scratch: Scratch) => Promise<T>,
  options: {
    /** Whether an interrupt ends this process at once; otherwise the run handles it. @default true */
    readonly endsOnSignal?: boolean;
  } = {},
): Promise<T> {
  let folder: string | undefined;
  const children = new Set<ChildProcess>();
  const clean = () => {
    for (const child of children) end(child);
    if (folder === undefined) return;
    if (process.env.ESTATE_KEEP_SCRATCH) process.stderr.write(`scratch folder kept: ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const interrupted = (signal: NodeJS.Signals) => {
    clean();
    stopListening();
    // Again, now without a handler: this process ends the way the signal asks.
    process.kill(process.pid, signal);
  };
  const stopListening = () => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
    process.off('exit', clean);
  };
  if (options.endsOnSignal !== false) for (const signal of SIGNALS) process.on(signal, interrupted);
  process.on('exit', clean);
  try {
    // Only now: from the first moment of its life somebody listens who removes it.
    folder = makeFolder();
    const cliConfig = join(folder, 'terraform.rc');
    writeFileSync(cliConfig, '');
    return await run({
      folder,
      cliConfig,
      follow: (child) => {
        children.add(child);
        child.once('close', () => children.delete(child));
      },
    });
  } catch (error) {
    throw asExpected(error);
  } finally {
    stopListening();
    clean();
  }
}
