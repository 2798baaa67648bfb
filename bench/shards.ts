import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveEstate } from '../cli/app';
import { updateLock } from '../cli/lock';
import type { ShareResult } from '../cli/plan-report';
import { ENGINES } from '../estate/catalog';
import { stackOrder } from '../estate/plan/order';
import { stackCost } from '../estate/plan/shares';
import { formatTable } from '../estate/report/table';
import { formatCount } from '../estate/units';
import { largeEstate } from './large-estate';
import { type Cost, measure } from './measure';

const CLUSTERS = Number(process.env.BENCH_CLUSTERS ?? 1000);
const SHARDS = Number(process.env.BENCH_SHARDS ?? 8);
const ESTATE_BIN = join(__dirname, '../bin/estate.js');

/** One part of the stacks, planned. */
interface Row extends Cost {
  readonly part: string;
  readonly cloudformation: number;
  readonly terraform: number;
  /** What the division expects it to cost. */
  readonly expected: number;
}

/** The dearest of all, by the mean. */
function worst(values: readonly number[]): number {
  return Math.max(...values) / (values.reduce((sum, value) => sum + value, 0) / values.length);
}

/** Plans the parts of a large estate one after the other, merges them, and compares what they cost with what is expected. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'estate-bench-'));
  try {
    const file = join(folder, 'estate.yaml');
    writeFileSync(file, largeEstate(CLUSTERS));
    updateLock(file, { check: false, prune: false });
    const costs = new Map(stackOrder(resolveEstate(file).plan).map((stack) => [stack.stack, stackCost(stack)]));
    const outs: string[] = [];
    const rows: Row[] = [];
    for (let shard = 1; shard <= SHARDS; shard++) {
      const out = join(folder, `shard-${shard}.json`);
      const part = `${shard}/${SHARDS}`;
      const args = ['plan', '--offline', '--no-cache', '--file', file, '--shard', part, '--out', out];
      const cost = await measure({ name: part, command: [process.execPath, ESTATE_BIN, ...args] });
      const { stacks }: ShareResult = JSON.parse(readFileSync(out, 'utf8'));
      const of = (engine: string) => stacks.filter(({ cloud }) => ENGINES[cloud] === engine).length;
      const expected = stacks.reduce((sum, { stack }) => sum + (costs.get(stack) ?? 0), 0);
      rows.push({ ...cost, part, cloudformation: of('cloudformation'), terraform: of('terraform'), expected });
      outs.push(out);
      process.stderr.write(`${part}: ${cost.cpuSeconds.toFixed(1)} CPU s\n`);
    }
    const merge = ['plan', '--file', file, '--merge', ...outs];
    const merged = await measure({ name: 'merge', command: [process.execPath, ESTATE_BIN, ...merge] });
    const right = 'right' as const;
    process.stdout.write(
      [
        `${formatCount(CLUSTERS)} clusters, ${formatCount(costs.size)} stacks, in ${SHARDS} parts, one after the other, nothing cached`,
        formatTable(rows, [
          { title: 'part', value: ({ part }) => part },
          { title: 'AWS', value: ({ cloudformation }) => cloudformation },
          { title: 'Terraform', value: ({ terraform }) => terraform },
          { title: 'expected', value: ({ expected }) => expected.toFixed(0), align: right },
          { title: 'CPU s', value: ({ cpuSeconds }) => cpuSeconds.toFixed(1), align: right },
          { title: 'wall s', value: ({ wallSeconds }) => wallSeconds.toFixed(1), align: right },
          { title: 'peak MB', value: ({ peakMB }) => peakMB?.toFixed(0) ?? '', align: right },
        ]),
        `dearest part by the mean: ${worst(rows.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2)} in CPU s, ${worst(rows.map(({ expected }) => expected)).toFixed(2)} as expected`,
        `merge: ${merged.cpuSeconds.toFixed(1)} CPU s`,
        '',
      ].join('\n'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
