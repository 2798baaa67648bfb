import { parseArgs } from 'node:util';
import { loadProvider, PROVIDER_NAMES, type ProviderName } from '../provider/schema';
import type { ServedTypes } from '../provider/schema-message';
import { Random } from './fuzz/random';
import { fuzzRound } from './fuzz/run';

/**
 * Fuzz of the local provider: random valid configurations of resources and data sources through real Terraform.
 *
 *     node --require tsx/cjs tools/fuzz.ts --seed 7 --types all [--provider google] [--batch 150]
 *
 * `--types` is `all`, a number of resources and of data sources drawn from each provider, or the name of one.
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
  const batch = Number(values.batch);
  const providers = PROVIDER_NAMES.filter((name) => values.provider === undefined || name === values.provider);
  const sums = { types: 0, dataSources: 0, rounds: 0, problems: 0 };
  const begun = performance.now();
  for (const provider of providers) {
    for (const [index, types] of roundsOf(provider, values.types, seed, batch).entries()) {
      const started = performance.now();
      const round = await fuzzRound(seed + index * batch, provider, types);
      sums.rounds += 1;
      sums.types += round.types;
      sums.dataSources += round.dataSources;
      sums.problems += round.problems.length;
      process.stdout.write(
        `seed ${seed} ${provider} round ${index + 1}: ${round.types} types, ${round.dataSources} data sources, ` +
          `${round.problems.length} problems, skipped ${round.skipped.join(' ') || 'none'}, ${secondsSince(started)} s\n`,
      );
      for (const problem of round.problems) process.stdout.write(`${problem}\n`);
    }
  }
  process.stdout.write(
    `seed ${seed}: ${sums.types} types and ${sums.dataSources} data sources in ${sums.rounds} rounds, ` +
      `${sums.problems} problems, ${secondsSince(begun)} s\n`,
  );
  process.exitCode = sums.problems === 0 ? 0 : 1;
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}

/** The types of each round; data sources are spread evenly, because some providers have many more of them. */
function roundsOf(provider: ProviderName, choice: string, seed: number, batch: number): ServedTypes[] {
  const { resource_schemas, data_source_schemas } = loadProvider(provider);
  const resources = chosen(Object.keys(resource_schemas), choice, seed);
  const dataSources = chosen(Object.keys(data_source_schemas), choice, seed);
  const rounds = Math.max(1, Math.ceil(resources.length / batch));
  const share = Math.ceil(dataSources.length / rounds);
  return Array.from({ length: rounds }, (_, round) => ({
    resources: resources.slice(round * batch, (round + 1) * batch),
    dataSources: dataSources.slice(round * share, (round + 1) * share),
  }));
}

function chosen(names: readonly string[], choice: string, seed: number): string[] {
  const all = [...names].sort();
  if (choice === 'all') return all;
  if (/^\d+$/.test(choice)) return new Random(seed).shuffle(all).slice(0, Number(choice));
  return all.filter((name) => name === choice);
}

void main();
