import { assumptionRows } from '../../../../estate/report/assumptions/assumption-rows';
import { ASSUMPTIONS } from '../../../../estate/report/assumptions/row';
import { quotaRows } from '../../../../estate/report/quotas';
import { compareKeys } from '../../../../estate/units';
import { estateOf, inputOf, lockAndResolve } from '../../../helpers/estates';
import { pageOf } from '../../../helpers/pages';

const SITES = [
  {
    name: 'west',
    account: 'aws-main' as const,
    clusters: { dev: { pools: { b: { accelerator: 'b300', nodes: 4, zone: 'us-west-2a' } } } },
    stores: 0,
  },
];

function rowsOf(more: object = {}) {
  const estate = estateOf({ ...inputOf(SITES), ...more });
  return assumptionRows(estate, lockAndResolve(estate).plan);
}

describe('what is assumed', () => {
  test('has the power of accelerators and the average of the provider, with their sources', () => {
    const power = rowsOf().filter(({ kind }) => kind === 'power');
    expect(power).toEqual([
      expect.objectContaining({
        what: 'Power of B300',
        figure: '14.5 kW a node of 8 (DGX B300)',
        source: expect.stringMatching(/^https:/),
        checked: '2026-11',
        uses: ['west'],
      }),
      expect.objectContaining({ what: 'PUE of AWS', figure: '1.14', cloud: 'aws', uses: ['west'] }),
    ]);
  });

  test('has the PUE of a site as its own where the estate says one', () => {
    const [site] = Object.values(inputOf(SITES).sites as Record<string, object>);
    const rows = rowsOf({ sites: { west: { ...site, pue: 1.08 } } });
    expect(rows).toContainEqual(
      expect.objectContaining({
        kind: 'own',
        what: 'PUE of west',
        figure: '1.08',
        source: 'the estate file, sites.west.pue',
      }),
    );
    expect(rows.map(({ what }) => what)).not.toContain('PUE of AWS');
  });

  test('has what the estate says in the place of the catalog', () => {
    const said = { source: 'offer of 2026-10-02', checked: '2026-10' };
    const rows = rowsOf({
      catalog: {
        machines: { aws: { 'p6-b300.48xlarge': { nodeWatts: 16_000, ...said } } },
        limits: { aws: { nodesPerShard: { value: 9000, ...said } } },
        quotas: { 'aws-on-demand-p': { value: 40_000, ...said } },
      },
    });
    const own = rows.filter(({ kind }) => kind === 'own');
    expect(own.map(({ what, figure }) => [what, figure])).toEqual([
      ['Limit of AWS: nodesPerShard', '9,000'],
      ['Quota aws-on-demand-p', '40,000 granted'],
      ['p6-b300.48xlarge', 'nodeWatts 16000'],
    ]);
    expect(own.every(({ source }) => source === said.source)).toBe(true);
    expect(rows.find(({ what }) => what === 'Power of B300')).toMatchObject({
      figure: '16000 W a node of p6-b300.48xlarge',
      source: said.source,
    });
  });

  test.each(['frontier', 'queue', 'linked'])('has every doubt about quotas of %s', (example) => {
    const { estate, plan } = pageOf(example);
    const told = new Set(assumptionRows(estate, plan).map(({ what, assumed }) => `${what} ${assumed}`));
    const doubts = quotaRows(plan).filter(({ unverified }) => unverified !== undefined);
    expect(doubts.length).toBeGreaterThan(0);
    for (const { quota, unverified } of doubts) expect(told).toContain(`${quota} ${unverified}`);
  });

  test.each(['frontier', 'queue', 'linked'])('has the place of every region of %s', (example) => {
    const { estate, plan } = pageOf(example);
    const places = assumptionRows(estate, plan)
      .filter(({ kind }) => kind === 'places')
      .map(({ what }) => what);
    for (const cloud of plan.clouds) for (const { region } of plan.sites(cloud)) expect(places).toContain(region);
  });

  test('says of links, copies and the queue what only estates with them have', () => {
    const kindsOf = (example: string) => {
      const { estate, plan } = pageOf(example);
      return new Set(assumptionRows(estate, plan).map(({ kind }) => kind));
    };
    expect(kindsOf('linked')).toContain('links');
    expect(kindsOf('frontier')).not.toContain('links');
    expect(kindsOf('portfolio')).toContain('prices');
    expect(kindsOf('circuits')).not.toContain('machines');
  });

  test.each(['frontier', 'linked', 'portfolio'])('has a source and no row twice, in order, in %s', (example) => {
    const { estate, plan } = pageOf(example);
    const rows = assumptionRows(estate, plan);
    const kinds = Object.keys(ASSUMPTIONS);
    expect(rows.every(({ source, assumed, figure }) => [source, assumed, figure].every((text) => text !== ''))).toBe(
      true,
    );
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
    expect(rows.map(({ kind }) => kinds.indexOf(kind))).toEqual(
      rows.map(({ kind }) => kinds.indexOf(kind)).sort((a, b) => a - b),
    );
    for (const { uses } of rows) expect(uses).toEqual([...uses].sort(compareKeys));
  });

  test('is the same whatever the order of entries', () => {
    const { estate } = pageOf('queue');
    const turned = { ...estate, clusters: Object.fromEntries(Object.entries(estate.clusters).reverse()) };
    expect(assumptionRows(turned, lockAndResolve(turned).plan)).toEqual(
      assumptionRows(estate, lockAndResolve(estate).plan),
    );
  });
});
