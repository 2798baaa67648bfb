import { Random } from '../../offline/fuzz/random';
import { fuzzRound } from '../../offline/fuzz/run';
import { loadProvider, PROVIDER_NAMES } from '../../offline/schema';

/** Types of each provider in one run; every run takes others. */
const TYPES = 60;

// Another part each time; the seed is in the test's name, so that a failure can be repeated.
const seed = Number(process.env.OFFLINE_FUZZ_SEED ?? Math.floor(Date.now() / 1000) % 1_000_000);

test.each(PROVIDER_NAMES)(
  `%s: random configurations plan, apply, change and are destroyed cleanly (OFFLINE_FUZZ_SEED=${seed})`,
  async (provider) => {
    const types = Object.keys(loadProvider(provider).resource_schemas).sort();
    const round = await fuzzRound(seed, provider, new Random(seed).shuffle(types).slice(0, TYPES));
    expect(round).toMatchObject({ problems: [], skipped: [], types: TYPES });
  },
);
