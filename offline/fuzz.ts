import { parseArgs } from 'node:util';
import { Random } from './fuzz/random';
import { fuzzRound } from './fuzz/run';
import { loadProvider, PROVIDER_NAMES, type ProviderName } from './schema';

/**
 * Fuzz of the local provider: random valid configurations of resource types through real Terraform.
 *
 *     node --require tsx/cjs offline/fuzz.ts --seed 7 --types all [--provider google] [--batch 150]
 *
 * `--types` is `all`, a number of types drawn from each provider, or one type's name.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      types: { type: 'string', default: 'all' },
      provider: { type: 'string' },
      batch: { type: 'string', default: '150' },
    },
  });
  const seed = Number(values.seed);
  const providers = PROVIDER_NAMES.filter((name) => values.provider === undefined || name === values.provider);
  let failed = 0;
  for (const provider of providers) {
    const types = chosenTypes(provider, values.types, seed);
    for (let start = 0; start < types.length; start += Number(values.batch)) {
      const started = performance.now();
      const round = await fuzzRound(seed + start, provider, types.slice(start, start + Number(values.batch)));
      failed += round.problems.length;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(
        `seed ${seed} ${provider} ${start}+${round.types}: ${round.problems.length} problems, skipped ${round.skipped.join(' ') || 'none'}, ${seconds} s\n`,
      );
      for (const problem of round.problems) process.stdout.write(`${problem}\n`);
    }
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

function chosenTypes(provider: ProviderName, choice: string, seed: number): string[] {
  const all = Object.keys(loadProvider(provider).resource_schemas).sort();
  if (choice === 'all') return all;
  if (/^\d+$/.test(choice)) return new Random(seed).shuffle(all).slice(0, Number(choice));
  return all.filter((type) => type === choice);
}

void main();
