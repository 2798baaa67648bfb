import { planLayout } from '../../../estate/plan/layout';
import type { Lock } from '../../../estate/plan/lock';
import { resolve } from '../../../estate/plan/resolve';
import { estateOf, lockAndResolve } from '../../helpers/estates';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };
const PATH = 'clusters.train.pools.burst';

/** An estate with a pool of CPU nodes on AWS. */
function estate(pool: Readonly<Record<string, unknown>>) {
  return estateOf({
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: { main: { cloud: 'aws', accountId: '111122223333' } },
    sites: { west: { account: 'main', region: 'us-west-2', zones: ['us-west-2b', 'us-west-2c'] } },
    clusters: { train: { site: 'west', pools: { burst: { machine: 'm7i.8xlarge', zone: 'us-west-2b', ...pool } } } },
  });
}

const SMALL = { nodes: { min: 2, max: 40 } };
const LARGE = { nodes: { min: 2, max: 60 } };
const HELD = { capacity: 'on-demand', image: 'AL2023_x86_64_STANDARD', zone: 'us-west-2b' };

/** The lock after one edit after the other, each locked. */
function locked(...pools: readonly Readonly<Record<string, unknown>>[]): Lock {
  const [first, ...further] = pools.map(estate);
  if (first === undefined) throw new Error('no pool');
  return further.reduce((lock, next) => planLayout(next, lock).lock, lockAndResolve(first).lock);
}

const sizes = (lock: Lock) => lock.chosen[PATH]?.made?.sizes;
const codesOf = (pool: Readonly<Record<string, unknown>>, lock: Lock) => () => resolve(estate(pool), lock, FILES);

describe('how many nodes of a range run', () => {
  test('is the minimum for groups that are new, with what they would be replaced by', () => {
    const lock = locked(SMALL);
    expect(lock.chosen[PATH]).toEqual({
      machine: 'm7i.8xlarge',
      groupNodes: 450,
      made: { ...HELD, sizes: { 1: '2-40' } },
    });
    expect(planLayout(estate(SMALL), lock).lock).toEqual(lock);
    expect(resolve(estate(SMALL), lock, FILES).shards('aws')[0]?.pools[0]?.groups).toEqual([
      { key: '1', id: 'burst-1', nodes: 40, minNodes: 2, trays: 40, accelerators: 0 },
    ]);
  });

  test('is left alone once they have another range, also when the first one is back', () => {
    expect(sizes(locked(SMALL, LARGE))).toEqual({ 1: 'running' });
    const back = locked(SMALL, LARGE, SMALL);
    expect(sizes(back)).toEqual({ 1: 'running' });
    expect(resolve(estate(SMALL), back, FILES).shards('aws')[0]?.pools[0]?.groups).toMatchObject([{ keepsSize: true }]);
  });

  test('is left alone where groups had a fixed size before', () => {
    expect(sizes(locked({ nodes: 24 }, SMALL))).toEqual({ 1: 'running' });
    expect(sizes(locked(SMALL, { nodes: 24 }))).toBeUndefined();
  });

  test('is the minimum of each group that is appended', () => {
    expect(sizes(locked(SMALL, { nodes: { min: 2, max: 900 } }))).toEqual({ 1: 'running', 2: '0-450' });
  });

  test.each([
    ['zone', { zone: 'us-west-2c' }],
    ['capacity', { capacity: { kind: 'spot' } }],
    ['image', { machine: 'm8g.8xlarge' }],
  ])('is the minimum again where another %s replaces them', (_what, other) => {
    expect(sizes(locked(SMALL, { ...LARGE, ...other }))).toEqual({ 1: '2-60' });
  });

  test('stays where a machine with the same images rolls them', () => {
    expect(sizes(locked(SMALL, { ...LARGE, machine: 'm7i.4xlarge' }))).toEqual({ 1: 'running' });
  });

  test('is the minimum where the group or its pool is said to be new, which accepting everything does not say', () => {
    const lock = locked(SMALL, LARGE);
    const sizesWith = (accept: string) => sizes(planLayout(estate(LARGE), lock, [accept]).lock);
    expect(sizesWith(PATH)).toEqual({ 1: '2-60' });
    expect(sizesWith(`${PATH}.1`)).toEqual({ 1: '2-60' });
    expect(sizesWith('*')).toEqual({ 1: 'running' });
    expect(sizesWith('clusters.train')).toEqual({ 1: 'running' });
  });

  test('has to be in the lock file before anything is made', () => {
    expect(codesOf(LARGE, locked(SMALL))).toThrow(
      'the sizes of the groups of "clusters.train.pools.burst" are not recorded yet',
    );
  });
});
