import type { ChildProcess } from 'node:child_process';

/** Processes that work on the user's own states, and are therefore never killed: they end in their own way. */
export interface Children {
  /** Ends this process when the run is interrupted. */
  follow(child: ChildProcess): void;
  /** Whether the run was interrupted, so that nothing new should be started. */
  readonly interrupted: boolean;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs something whose processes are asked to end when this one is interrupted, and waited for.
 *
 * A Terraform that is killed leaves the lock of a state behind; one that is interrupted gives it back.
 */
export async function withChildren<T>(run: (children: Children) => Promise<T>): Promise<T> {
  const running = new Set<ChildProcess>();
  let received: NodeJS.Signals | undefined;
  const pass = (signal: NodeJS.Signals) => {
    received = signal;
    // Terraform runs in a process group of its own, so that no terminal tells it.
    for (const child of running) child.kill('SIGINT');
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  try {
    return await run({
      follow: (child) => {
        running.add(child);
        child.once('close', () => running.delete(child));
      },
      get interrupted() {
        return received !== undefined;
      },
    });
  } finally {
    for (const signal of SIGNALS) process.off(signal, pass);
    // Now without a handler: this process ends the way the signal asks.
    if (received !== undefined) process.kill(process.pid, received);
  }
}
