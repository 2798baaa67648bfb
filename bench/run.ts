import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatTable } from '../estate/report/table';
import { type Candidate, type Cost, measureMany } from './measure';

const ROOT = join(__dirname, '..');
const RUNS = Number(process.env.BENCH_RUNS ?? 5);

/** Measures the commands that users wait for, beside what an empty program of the same tool costs. */
async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'estate-bench-'));
  try {
    const rows: (Cost & { name: string })[] = [];
    for (const candidate of candidates(scratch))
      rows.push({ name: candidate.name, ...(await measureMany(candidate, RUNS)) });
    const [floor] = rows;
    const ratio = (cost: Cost) => (cost.cpuSeconds / Math.max(floor?.cpuSeconds ?? 1, 0.01)).toFixed(1);
    process.stdout.write(
      `${formatTable(rows, [
        { title: `median of ${RUNS} runs`, value: (row) => row.name },
        { title: 'wall s', value: (row) => row.wallSeconds.toFixed(2), align: 'right' },
        { title: 'cpu s', value: (row) => row.cpuSeconds.toFixed(2), align: 'right' },
        { title: 'x node', value: ratio, align: 'right' },
        { title: 'peak MB', value: (row) => (row.peakMB ?? 0).toFixed(0), align: 'right' },
      ])}\n`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function candidates(scratch: string): Candidate[] {
  const node = process.execPath;
  const estate = (...args: string[]) => [node, join(ROOT, 'bin/estate.js'), ...args];
  const emptyCdk = `const { App, Stack } = require('${join(ROOT, 'node_modules/aws-cdk-lib/core')}'); const app = new App(); new Stack(app, 'empty'); app.synth();`;
  const emptyCdktf = `const { App, TerraformStack } = require('${join(ROOT, 'node_modules/cdktf')}'); const app = new App(); new TerraformStack(app, 'empty'); app.synth();`;
  writeFileSync(join(scratch, 'empty-cdk.js'), emptyCdk);
  writeFileSync(join(scratch, 'empty-cdktf.js'), emptyCdktf);
  const outdirs = {
    CDK_OUTDIR: join(scratch, 'cdk.out'),
    CDKTF_OUTDIR: join(scratch, 'cdktf.out'),
    CDK_VALIDATION: 'false',
  };
  const at = { cwd: scratch, env: outdirs };
  const file = (name: string) => join(ROOT, name);
  return [
    { name: 'node -e 0', command: [node, '-e', '0'], ...at },
    { name: 'empty CDK app', command: [node, join(scratch, 'empty-cdk.js')], ...at },
    { name: 'empty cdktf app', command: [node, join(scratch, 'empty-cdktf.js')], ...at },
    { name: 'terraform version', command: [process.env.TERRAFORM_BINARY_NAME ?? 'terraform', 'version'], ...at },
    { name: 'estate validate, default estate', command: estate('validate', file('estate.yaml')), ...at },
    { name: 'estate synth, examples/minimal.yaml', command: estate('synth', file('examples/minimal.yaml')), ...at },
    { name: 'estate synth, default estate', command: estate('synth', file('estate.yaml')), ...at },
    { name: 'estate synth, examples/frontier.yaml', command: estate('synth', file('examples/frontier.yaml')), ...at },
    {
      name: 'estate bundle, examples/frontier.yaml',
      command: estate('bundle', file('examples/frontier.yaml'), '--out', join(scratch, 'bundle')),
      ...at,
    },
    {
      name: 'estate plan --offline, examples/minimal.yaml',
      command: estate('plan', '--offline', '--file', file('examples/minimal.yaml')),
      ...at,
    },
    {
      name: 'estate plan --offline, default estate',
      command: estate('plan', '--offline', '--file', file('estate.yaml')),
      ...at,
    },
  ];
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
