import { EstateError } from '../../../../estate/diagnostics';
import { planLayout } from '../../../../estate/plan/layout';
import { type Estate, estateSchema } from '../../../../estate/spec/schema';
import { linkedEstate } from '../../../helpers/linked';

const CLUSTER = { pools: {} };

/** Two sites on Google Cloud with a cluster on each of some, and a link between them. */
function estateOf(link: object, clusters: readonly string[] = ['iowa', 'dulles']): Estate {
  const { sites, ...rest } = linkedEstate({ low: { between: ['iowa', 'dulles'], ...link } });
  return estateSchema.parse({
    ...rest,
    sites: { ...sites, dulles: { account: 'google', region: 'us-east4', zones: ['us-east4-a'] } },
    clusters: Object.fromEntries(clusters.map((site) => [site, { site, ...CLUSTER }])),
  });
}

function found(estate: Estate): unknown {
  try {
    planLayout(estate);
    return [];
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return error.diagnostics.map(({ code, path, hint }) => [code, path, hint]);
  }
}

describe('peerings of networks that show each other all ranges', () => {
  test('are refused where clusters have the same pods, with what works', () => {
    expect(found(estateOf({}))).toEqual([
      ['LinkRangesOverlap', 'links.low', 'write kind: vpn, which shows routable blocks only'],
    ]);
  });

  test('say which ranges meet', () => {
    expect(() => planLayout(estateOf({}))).toThrow(
      /100\.64\.0\.0\/14 of "dulles" \(pods\) overlaps 100\.64\.0\.0\/14 of "iowa" \(pods\)/,
    );
  });

  test.each([
    ['tunnels show routable blocks only', estateOf({ kind: 'vpn' })],
    ['one side has no pods', estateOf({}, ['iowa'])],
    ['there are no clusters', estateOf({}, [])],
  ])('pass where %s', (_, estate) => {
    expect(found(estate)).toEqual([]);
  });

  test('are no matter in an estate as it was', () => {
    expect(planLayout(estateOf({}), undefined, [], true).lock.addresses).toMatchObject({
      'sites.iowa.shards.iowa.pods': '100.64.0.0/14',
    });
  });
});
