import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { ToolError } from './app';
import type { Children } from './children';

/** How `cdk diff` counts the changes of one stack. */
export interface DiffCounts {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly destroyed: number;
}

/** What `cdk diff` came to. */
export interface CdkDiff extends DiffCounts {
  /** What it printed. */
  readonly text: string;
  /** Why there is no difference to show. */
  readonly error?: string;
}

const HOW_TO_GET = 'install it beside the project (npm install --save-dev aws-cdk@2.1148.1), or plan with --offline';

/** The `cdk` command: the one installed beside the project, else the first on PATH. */
export function findCdk(folder = process.cwd()): readonly string[] {
  for (const base of [folder, __dirname]) {
    try {
      const manifest = createRequire(join(base, 'none.js')).resolve('aws-cdk/package.json');
      const { bin }: { bin: { cdk: string } } = JSON.parse(readFileSync(manifest, 'utf8'));
      return [process.execPath, join(dirname(manifest), bin.cdk)];
    } catch {
      // Not installed there.
    }
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'cdk'));
  const found = onPath.find((file) => existsSync(file));
  if (found === undefined) throw new ToolError('there is no cdk command to compare the AWS stacks with', HOW_TO_GET);
  return [found];
}

/** Compares a synthesized AWS stack with what is deployed, reading only: no change set is made. */
export async function cdkDiff(
  cdk: readonly string[],
  outdir: string,
  stack: string,
  children: Children,
): Promise<CdkDiff> {
  const [program = '', ...first] = cdk;
  const args = ['diff', stack, '--exclusively', '--app', outdir, '--method=template', '--no-color', '--no-notices'];
  const child = spawn(program, [...first, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.follow(child);
  let text = '';
  const keep = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  if (code === 0) return { text, ...countChanges(text) };
  // It says the same for each of its look-ups.
  const said = [...new Set(text.trim().split('\n'))].join('\n');
  return { text, ...countChanges(''), error: said === '' ? `cdk ended with exit code ${code}` : said };
}

/** Counts the resources in the text of `cdk diff`; one that may be replaced counts as replaced. */
export function countChanges(text: string): DiffCounts {
  const counts = { created: 0, updated: 0, replaced: 0, destroyed: 0 };
  // Resources have a section of their own; parameters and outputs look alike.
  const [, section = ''] = /^Resources\n([\s\S]*?)(?:\n\n|$(?![\s\S]))/m.exec(text) ?? [];
  for (const line of section.split('\n')) {
    const [, mark, rest = ''] = /^\[([+~-])\] (.*)$/.exec(line) ?? [];
    if (mark === '+') counts.created++;
    // What leaves the stack but is kept ("orphan") is as gone from the estate as what is destroyed.
    else if (mark === '-') counts.destroyed++;
    else if (mark === '~' && /\s(?:replace|may be replaced)$/.test(rest)) counts.replaced++;
    else if (mark === '~') counts.updated++;
  }
  return counts;
}
