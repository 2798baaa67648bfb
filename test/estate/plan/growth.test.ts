import fc from 'fast-check';
import { CATALOG } from '../../../estate/catalog';
import { planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK, formatLock, type Lock, parseLock, unpackKeys } from '../../../estate/plan/lock';
import { estateOf, inputOf, type SiteBlueprint } from '../../helpers/estates';

/** Pools of one cluster by their key: how many racks or nodes each has. */
type Sizes = Readonly<Record<string, number>>;

const CLOUDS = [
  { account: 'azure-gb', accelerator: 'gb300', unit: 'racks', zone: '1', cloud: 'azure' },
  { account: 'google-main', accelerator: 'b200', unit: 'nodes', zone: 'us-central1-a', cloud: 'google' },
  { account: 'aws-main', accelerator: 'h200', unit: 'nodes', zone: 'us-west-2a', cloud: 'aws' },
] as const;

type Place = (typeof CLOUDS)[number];

function estateWith({ account, accelerator, unit, zone }: Place, clusters: Readonly<Record<string, Sizes>>) {
  const sites = Object.entries(clusters).map(([name, sizes]): SiteBlueprint => {
    const pools = Object.entries(sizes).map(([pool, size]) => [pool, { accelerator, [unit]: size, zone }] as const);
    return { name, account, stores: 0, clusters: { train: { pools: Object.fromEntries(pools) } } };
  });
  return estateOf(inputOf(sites));
}

/** Where every group lives, and every address. */
function decided(lock: Lock): Record<string, string> {
  const homes = Object.entries(lock.shards).flatMap(([cluster, shards]) =>
    Object.entries(shards).flatMap(([ordinal, pools]) =>
      Object.entries(pools).flatMap(([pool, keys]) =>
        unpackKeys(keys).map((key) => [`${cluster}/${pool}/${key}`, ordinal] as const),
      ),
    ),
  );
  return { ...lock.addresses, ...Object.fromEntries(homes) };
}

const sizes = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 260 }), { minKeys: 1 });
/** What is added to each pool and cluster in one step. */
const steps = fc.array(
  fc.dictionary(fc.constantFrom('one', 'two'), fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(150))),
  { minLength: 1, maxLength: 5 },
);

function grow(before: Readonly<Record<string, Sizes>>, step: Readonly<Record<string, Sizes>>): Record<string, Sizes> {
  const after: Record<string, Sizes> = { ...before };
  for (const [cluster, pools] of Object.entries(step)) {
    const own = { ...after[cluster] };
    for (const [pool, more] of Object.entries(pools)) own[pool] = Math.min((own[pool] ?? 0) + more, 300);
    after[cluster] = Object.fromEntries(Object.entries(own).filter(([, size]) => size > 0));
  }
  return after;
}

test('moves nothing, stays within every limit and makes few shards while an estate grows', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CLOUDS), sizes, steps, (place, first, growth) => {
      const { limits } = CATALOG[place.cloud];
      let clusters: Record<string, Sizes> = { one: first };
      let lock = EMPTY_LOCK;
      let before: Record<string, string> = {};
      for (const step of [{}, ...growth]) {
        clusters = grow(clusters, step);
        const layout = planLayout(estateWith(place, clusters), lock);
        lock = parseLock(formatLock(layout.lock), 'estate.lock.json');
        const after = decided(lock);
        expect(after).toMatchObject(before);
        before = after;
        for (const { shards } of layout.placements.values()) {
          const loads = shards.map(({ groups }) => ({
            pools: groups.length,
            nodes: 3 + groups.reduce((sum, { group }) => sum + group.trays, 0),
          }));
          for (const { pools, nodes } of loads) {
            expect(pools).toBeLessThanOrEqual(limits.poolsPerShard.value);
            expect(nodes).toBeLessThanOrEqual(limits.nodesPerShard.value);
          }
          // Groups of two sizes at most: full ones, and the rest of a pool. First fit then wastes less than a shard in five.
          const total = loads.reduce(
            (sum, load) => ({ pools: sum.pools + load.pools, nodes: sum.nodes + load.nodes - 3 }),
            {
              pools: 0,
              nodes: 0,
            },
          );
          const fewest = Math.max(
            1,
            Math.ceil(total.pools / limits.poolsPerShard.value),
            Math.ceil(total.nodes / (limits.nodesPerShard.value - 3)),
          );
          expect(shards.length).toBeLessThanOrEqual(Math.ceil(fewest * 1.25));
        }
      }
    }),
    { numRuns: 60 },
  );
});
