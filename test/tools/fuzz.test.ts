import { loadProvider, PROVIDER_NAMES } from '../../provider/schema';
import { Random } from '../../tools/fuzz/random';
import { fuzzRound } from '../../tools/fuzz/run';

/** Resource types, and data sources, of each provider in one run; every run takes others. */
const TYPES = 12;

// Another part each time; the seed is in the test's name, so that a failure can be repeated.
const seed = Number(process.env.OFFLINE_FUZZ_SEED ?? Math.floor(Date.now() / 1000) % 1_000_000);

test.each(PROVIDER_NAMES)(
  `%s: random configurations plan, apply, change and are destroyed cleanly (OFFLINE_FUZZ_SEED=${seed})`,
  async (provider) => {
    const { resource_schemas, data_source_schemas } = loadProvider(provider);
    const some = (schemas: object) => new Random(seed).shuffle(Object.keys(schemas).sort()).slice(0, TYPES);
    const types = { resources: some(resource_schemas), dataSources: some(data_source_schemas) };
    expect(await fuzzRound(seed, provider, types)).toMatchObject({
      problems: [],
      skipped: [],
      types: TYPES,
      dataSources: TYPES,
    });
  },
);
