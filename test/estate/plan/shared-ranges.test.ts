import fc from 'fast-check';
import { CLOUDS } from '../../../estate/catalog';
import { cidr, cidrContains, cidrsOverlap } from '../../../estate/cidr';
import { EstateError } from '../../../estate/diagnostics';
import { planLayout } from '../../../estate/plan/layout';
import type { Lock } from '../../../estate/plan/lock';
import type { Estate } from '../../../estate/spec/schema';
import { sharedRanges } from '../../../estate/spec/shared-ranges';
import { blueprints, estateOf, inputOf, lockAndResolve, type SiteBlueprint } from '../../helpers/estates';

type Addressing = Partial<Estate['addressing']>;

function estateWith(sites: readonly SiteBlueprint[], addressing: Addressing): Estate {
  const estate = estateOf(inputOf(sites));
  return { ...estate, addressing: { ...estate.addressing, ...addressing } };
}

const siteOf = (account: SiteBlueprint['account'], accelerator: string, zone: string): SiteBlueprint => ({
  name: 'here',
  account,
  stores: 0,
  clusters: { one: { pools: { train: { accelerator, nodes: 2, zone } } } },
});
const GOOGLE = siteOf('google-main', 'b200', 'us-central1-a');
const AWS = siteOf('aws-main', 'h200', 'us-west-2a');
const used = (...blocks: readonly string[]): Addressing => ({
  used: blocks.map((block) => ({ cidr: block, note: 'VPN' })),
});

function rangesOf({ addresses }: Lock, role: 'pods' | 'services'): string[] {
  return Object.entries(addresses).flatMap(([key, block]) => (key.endsWith(`.${role}`) ? [block] : []));
}

function messagesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof EstateError) return error.diagnostics.map(({ code, message }) => `${code} ${message}`);
    throw error;
  }
  return [];
}

describe('pods and services', () => {
  test('are given ranges beside what something else uses', () => {
    const google = planLayout(estateWith([GOOGLE], used('100.64.0.0/12', '172.20.0.0/15'))).lock;
    expect([rangesOf(google, 'pods'), rangesOf(google, 'services')]).toEqual([['100.80.0.0/14'], ['172.22.0.0/20']]);
    const aws = planLayout(estateWith([AWS], { exclude: ['100.64.0.0/16'] })).lock;
    expect(rangesOf(aws, 'pods')).toEqual(['100.65.0.0/16', '100.66.0.0/16']);
  });

  test('are given ranges of the blocks that the estate names', () => {
    const { plan, lock } = lockAndResolve(
      estateWith([GOOGLE], { pods: '10.0.0.0/10', services: '172.28.0.0/14', fabrics: { google: '172.24.0.0/16' } }),
    );
    expect([rangesOf(lock, 'pods'), rangesOf(lock, 'services')]).toEqual([['10.0.0.0/14'], ['172.28.0.0/20']]);
    expect(plan.sites('google')[0]?.fabricCidr).toBe('172.24.0.0/16');
    const azure = siteOf('azure-gb', 'h200', '1');
    const [shard] = lockAndResolve(estateWith([azure], { pods: '10.0.0.0/10', services: '172.24.0.0/14' })).plan.shards(
      'azure',
    );
    expect(shard).toMatchObject({ podCidr: '10.0.0.0/10', serviceCidr: '172.24.0.0/16' });
    expect(shard?.site.fabricCidr).toBeUndefined();
  });

  test('fail where a range that they have is said to be in use, and never move in silence', () => {
    const { lock } = planLayout(estateWith([GOOGLE], {}));
    expect(messagesOf(() => planLayout(estateWith([GOOGLE], used('100.64.0.0/10', '172.20.0.0/14')), lock))).toEqual([
      'AddressTaken 100.64.0.0/14 of "sites.here.shards.here-xone.pods" overlaps 100.64.0.0/10, which is in use already: VPN',
      'AddressTaken 172.20.0.0/20 of "sites.here.shards.here-xone.services" overlaps 172.20.0.0/14, which is in use already: VPN',
    ]);
  });

  test('fail where nothing is left, with the key that gives more', () => {
    try {
      planLayout(estateWith([GOOGLE], used('100.64.0.0/10')));
      throw new Error('it has found a place');
    } catch (error) {
      if (!(error instanceof EstateError)) throw error;
      expect(error.diagnostics).toMatchObject([
        { code: 'AddressSpaceFull', hint: 'move clusters to another site, or set addressing.pods to a larger block' },
      ]);
    }
  });

  test('never lie in what something else uses, and always in their own block', () => {
    const blocks = fc.subarray(['100.64.0.0/12', '100.80.0.0/14', '100.96.0.0/16', '172.20.0.0/16', '172.21.128.0/17']);
    fc.assert(
      fc.property(blueprints(3), blocks, (sites, taken) => {
        const estate = estateWith(sites, used(...taken));
        const { plan, lock } = lockAndResolve(estate);
        const { pods, services } = sharedRanges(estate);
        for (const [role, space] of [
          ['pods', pods],
          ['services', services],
        ] as const) {
          for (const range of rangesOf(lock, role)) {
            expect(cidrContains(cidr(space), cidr(range))).toBe(true);
            expect(taken.some((block) => cidrsOverlap(cidr(block), cidr(range)))).toBe(false);
          }
        }
        expect(CLOUDS.flatMap((cloud) => plan.shards(cloud)).every(({ podCidr }) => podCidr !== '')).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
