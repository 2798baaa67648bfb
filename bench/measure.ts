import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one run of a command cost, its children included. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Largest memory of a single process, in MB; undefined where the system does not tell. */
  readonly peakMB?: number;
}

/** A command that is measured. */
export interface Candidate {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What bash tells of a command and its children: seconds that passed, and those of processors, to the millisecond. */
const TIMED = 'TIMEFORMAT="%3R %3U %3S"; time "$@" >/dev/null 2>&1';

/** Runs a command once below a shell that sees what it and its children used. */
export function measure({ name, command, cwd, env }: Candidate): Promise<Cost> {
  return new Promise((done, fail) => {
    const child = spawn('bash', ['-c', TIMED, 'bash', ...command], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    let peakMB: number | undefined;
    const poll = setInterval(() => {
      peakMB = Math.max(peakMB ?? 0, peakOf(child.pid ?? 0) ?? 0) || undefined;
    }, 20);
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', fail);
    child.once('close', (status) => {
      clearInterval(poll);
      const [wallSeconds = Number.NaN, user = 0, system = 0] = output.trim().split(' ').map(Number);
      if (status !== 0 || Number.isNaN(wallSeconds))
        fail(new Error(`${name}: ${command.join(' ')} ended with ${status}`));
      else done({ wallSeconds, cpuSeconds: user + system, ...(peakMB && { peakMB }) });
    });
  });
}

/** Medians over several runs, after one that is not counted. */
export async function measureMany(candidate: Candidate, runs: number): Promise<Cost> {
  await measure(candidate);
  const costs: Cost[] = [];
  for (let run = 0; run < runs; run++) costs.push(await measure(candidate));
  return {
    wallSeconds: median(costs.map((cost) => cost.wallSeconds)),
    cpuSeconds: median(costs.map((cost) => cost.cpuSeconds)),
    peakMB: median(costs.map((cost) => cost.peakMB ?? 0)),
  };
}

/** The middle one of several values. */
export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** Runs a program of this folder with arguments in a process that has done nothing before; gives what it prints as JSON. */
export function inFreshProcess<T>(program: string, ...args: readonly string[]): T {
  const command = ['--require', 'tsx/cjs', program, ...args];
  return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8', cwd: join(__dirname, '..') })) as T;
}

/** Largest memory of a process and those below it, in MB; Linux only. */
function peakOf(pid: number): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    const below = children === '' ? [] : children.split(' ').map((child) => peakOf(Number(child)) ?? 0);
    const own = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.max(Number(own ?? 0) / 1024, ...below);
  } catch {
    return undefined;
  }
}
