import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

const ROOT = join(__dirname, '..');

/** Documents of a synthesis by their path, parsed, without the release that wrote them. */
export type Documents = ReadonlyMap<string, unknown>;

/** Paths of documents that are not the same in two syntheses, or are in one only. */
export function differences(one: Documents, other: Documents): string[] {
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths].filter((path) => !isDeepStrictEqual(one.get(path), other.get(path))).sort();
}

/** A document without the release of the library that wrote it, which stands in the manifest and in every stack. */
export function withoutRelease(text: string): unknown {
  const isWriter = (holder: object) => 'stackName' in holder || 'stacks' in holder;
  return JSON.parse(text, function drop(this: object, key, value: unknown) {
    return key === 'version' && isWriter(this) ? undefined : value;
  });
}

/** Synthesizes the Terraform stacks of an estate as `cdktf synth` does, with a hook that is loaded first. */
function synthesize(estate: string, library: 'cdktf' | 'cdktn'): Documents {
  const outdir = mkdtempSync(join(tmpdir(), 'fork-'));
  try {
    const hook = library === 'cdktn' ? ['--require', join(__dirname, 'fork-hook.js')] : [];
    const argv = [...hook, '--require', 'tsx/cjs', 'bin/terraform.ts'];
    const env = { ...process.env, ESTATE: estate, CDKTF_OUTDIR: outdir };
    const { status, stderr } = spawnSync(process.execPath, argv, { cwd: ROOT, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the synthesis of ${estate} ended with ${status}\n${stderr}`);
    const { version } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as { version: string };
    const wanted: { version: string } = require(`${library}/package.json`);
    if (version !== wanted.version) throw new Error(`${estate} was synthesized by ${version}, not by ${library}`);
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
    return new Map(files.map((name) => [name, withoutRelease(readFileSync(join(outdir, name), 'utf8'))]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/**
 * Compares what cdktf and its fork make of the default estate and all examples; `npm run test:cdktn` runs it, and then
 * the tests with the fork.
 */
function main(): void {
  const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));
  for (const estate of ['estate.yaml', ...examples.map((name) => `examples/${name}`)]) {
    const original = synthesize(estate, 'cdktf');
    const found = differences(original, synthesize(estate, 'cdktn'));
    process.stdout.write(`${estate}: ${original.size} documents, ${found.length} differ\n`);
    for (const path of found) process.stdout.write(`  ${path}\n`);
    if (found.length > 0) process.exitCode = 1;
  }
}

if (require.main === module) main();
