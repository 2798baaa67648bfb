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

const REPORT = '__cost__';

/** Runs a command once below a small parent that sees what its children used. */
export function measure({ name, command, cwd, env }: Candidate): Promise<Cost> {
  const parent = `
    const { spawnSync } = require('node:child_process');
    const start = process.hrtime.bigint();
    const run = spawnSync(${JSON.stringify(command[0])}, ${JSON.stringify(command.slice(1))}, { stdio: 'ignore' });
    const wall = Number(process.hrtime.bigint() - start) / 1e9;
    console.log(${JSON.stringify(REPORT)} + JSON.stringify({ status: run.status, wall }));`;
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['-e', parent], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    let times = { cpuSeconds: 0 };
    let peakMB: number | undefined;
    const poll = setInterval(() => {
      peakMB = Math.max(peakMB ?? 0, peakOf(child.pid ?? 0) ?? 0) || undefined;
      times = { cpuSeconds: cpuOf(child.pid ?? 0) ?? times.cpuSeconds };
    }, 20);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      times = { cpuSeconds: cpuOf(child.pid ?? 0) ?? times.cpuSeconds };
    });
    child.once('error', fail);
    child.once('close', () => {
      clearInterval(poll);
      const { status, wall } = JSON.parse(output.split(REPORT)[1] ?? '{}') as { status?: number; wall?: number };
      if (status !== 0 || wall === undefined) fail(new Error(`${name}: ${command.join(' ')} ended with ${status}`));
      else done({ wallSeconds: wall, ...times, ...(peakMB && { peakMB }) });
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

const TICKS_PER_SECOND = 100;

/** CPU seconds of a process's finished children, from the kernel's account of it; Linux only. */
function cpuOf(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
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
