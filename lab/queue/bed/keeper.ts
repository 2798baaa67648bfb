import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A program that runs as long as this process does. */
export interface Kept {
  readonly name: string;
  readonly pid: number;
  readonly isRunning: () => boolean;
  /** Last lines of what it said. */
  readonly said: (lines?: number) => string;
  /** Ends it, and returns when it is gone. */
  readonly stop: () => Promise<void>;
}

/**
 * A shell that starts a program, tells its number, and ends it when its own input ends: that is when this process does, however
 * it is ended.
 */
const KEEPER = [
  'exec 3<&0',
  'log=$1; shift',
  '"$@" </dev/null 3<&- >>"$log" 2>&1 &',
  'child=$!',
  'echo "$child"',
  '{ read -r _ <&3; kill -9 "$child"; } 2>/dev/null &',
  'watch=$!',
  'wait "$child"; code=$?',
  'kill "$watch" 2>/dev/null',
  'exit "$code"',
].join('\n');

/** Last lines of a file. */
function tail(file: string, lines: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/** Starts a program with its output in a file. */
export async function keep(name: string, command: readonly string[], log: string): Promise<Kept> {
  closeSync(openSync(log, 'w'));
  const shell = spawn('sh', ['-c', KEEPER, 'sh', log, ...command], {
    // A group of its own: an interrupt from the terminal is for this process alone, which ends it.
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const closed = new Promise<void>((done) => shell.once('close', () => done()));
  shell.stdin.on('error', () => undefined);
  const pid = await new Promise<number>((done, fail) => {
    shell.once('error', fail);
    shell.stdout.once('data', (text: Buffer) => done(Number(text.toString())));
    void closed.then(() => fail(new Error(`${name} could not be started`)));
  });
  return {
    name,
    pid,
    isRunning: () => shell.exitCode === null && shell.signalCode === null,
    said: (lines = 5) => tail(log, lines),
    stop: async () => {
      shell.stdin.end();
      await closed;
    },
  };
}

/** Resident memory of a process, MiB; 0 where it is not known. */
export function residentMiB(pid: number): number {
  try {
    const [, kib = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kib) / 1024);
  } catch {
    return 0;
  }
}
