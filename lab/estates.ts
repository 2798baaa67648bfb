import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { resolveEstate } from '../cli/app';
import { synthesizeTerraform } from '../cli/synthesize';
import { OfflineError } from '../provider/errors';
import type { PromisedStack } from './second-plan/changes';

/** The project that the lab belongs to. */
export const ROOT = join(__dirname, '..');

const ESTATE = [process.execPath, join(ROOT, 'bin', 'estate.js')];

/** Large estates come last: a run may end before it has come to them. */
const LARGE = /frontier/;

/** Estate files and programs of own stacks: everything that the project shows. */
export function defaultEstates(): string[] {
  const examples = readdirSync(join(ROOT, 'examples')).filter((file) => /\.yaml$|own-stack\.ts$/.test(file));
  const files = [join(ROOT, 'estate.yaml'), ...examples.map((file) => join(ROOT, 'examples', file))];
  return [...files.filter((file) => !LARGE.test(file)), ...files.filter((file) => LARGE.test(file))];
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: readonly string[]): Promise<Ended> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, CI: '1' } });
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      texts.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      texts.stderr += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...texts }));
  });
}

/** The name of an estate file, or of a program of own stacks, in reports and folders. */
export function nameOf(file: string): string {
  return basename(file, extname(file));
}

/** Synthesizes the Terraform stacks of an estate file, or of a program of own stacks, into a folder. */
export async function synthesize(file: string, outdir: string): Promise<void> {
  if (extname(file) !== '.ts') {
    const plan = resolveEstate(file).plan.data;
    await synthesizeTerraform({ plan, awsOutdir: outdir, terraformOutdir: outdir });
    return;
  }
  mkdirSync(outdir, { recursive: true });
  const { code, stderr } = await run([process.execPath, '--require', 'tsx/cjs', file, outdir]);
  if (code !== 0) throw new OfflineError(`${file} cannot be synthesized: ${stderr.slice(-400)}`, 'run it by itself');
}

/** Writes an estate file with its lock into a folder; the lock goes on from that of another file. */
export async function writeEstate(text: string, file: string, before?: string): Promise<void> {
  const lockOf = (path: string) => path.replace(/\.ya?ml$/, '.lock.json');
  writeFileSync(file, text);
  if (before !== undefined && existsSync(lockOf(before))) copyFileSync(lockOf(before), lockOf(file));
  const { code, stderr } = await run([...ESTATE, 'lock', file]);
  if (code !== 0)
    throw new OfflineError(`${file} cannot be locked: ${stderr.trim().slice(0, 2000)}`, 'correct the edit');
}

/** What `estate diff` says of an edit, by stack, and whether it refuses it. */
export interface Promised {
  readonly stacks: readonly PromisedStack[];
  readonly refused: boolean;
}

/** Asks `estate diff` what changing one estate file into another does. */
export async function promise(base: string, edited: string): Promise<Promised> {
  const { code, stdout, stderr } = await run([...ESTATE, 'diff', base, edited, '--json']);
  if (code !== 0 && code !== 3) {
    throw new OfflineError(`estate diff ended with ${code}: ${stderr.trim().slice(0, 1000)}`, 'correct the edit');
  }
  const { stacks }: { readonly stacks: readonly PromisedStack[] } = JSON.parse(stdout);
  return { stacks, refused: code === 3 };
}
