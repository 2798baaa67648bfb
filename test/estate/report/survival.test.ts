import { simulateReport } from '../../../cli/simulate';
import { survivalRows } from '../../../estate/report/survival';
import { parseEstate } from '../../../estate/spec/load';
import { pageOf } from '../../helpers/pages';
import { estateText } from '../spec/fixtures';

const KINDS = ['cloud', 'region', 'site'];

test.each(['minimal', 'linked', 'circuits', 'portfolio'])(
  'tells of %s what estate simulate tells of each loss',
  (example) => {
    const { estate, plan } = pageOf(example);
    const rows = survivalRows(estate, plan.links);
    expect(rows.length).toBeGreaterThan(1);
    // The worst of each kind: every one is asked for by a command of its own.
    const told = KINDS.flatMap((kind) => rows.filter((row) => row.kind === kind).slice(0, 2));
    for (const { kind, key, loss, links } of told) {
      const lose = [`${kind}:${key}`];
      const simulated: unknown = JSON.parse(simulateReport(`examples/${example}.yaml`, { lose, json: true }));
      expect(JSON.parse(JSON.stringify({ ...loss, ...(links && { links }) }))).toEqual(simulated);
    }
  },
);

test('begins with what takes most, of clouds and of sites', () => {
  const { estate, plan } = pageOf('portfolio');
  const rows = survivalRows(estate, plan.links);
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ key }) => key);
  expect(of('cloud')).toEqual(['azure', 'google', 'aws', 'oracle']);
  expect(of('site').slice(0, 5)).toEqual(['carolina', 'eemshaven', 'iowa', 'virginia-g', 'oregon']);
  expect(rows[0]).toMatchObject({
    cloud: 'azure',
    accelerators: { left: '99,808', all: '200,608', leftPercent: 49.8 },
    power: { leftPercent: 47.6 },
    spend: { left: '12,687,390.00 USD a day', leftPercent: 51.2 },
  });
});

test('tells nothing of the only cloud and the only site, and nothing of money without prices', () => {
  const { estate, plan } = pageOf('azure');
  expect(Object.keys(estate.sites)).toHaveLength(1);
  expect(survivalRows(estate, plan.links)).toEqual([]);
  const [first] = survivalRows(pageOf('minimal').estate, []);
  expect(first?.spend).toBeUndefined();
});

test('tells of regions with several sites', () => {
  const { estate } = parseEstate(
    estateText({ 'sites.twin': { account: 'aws-main', region: 'us-east-2', zones: ['us-east-2b'] } }),
    'estate.yaml',
  );
  const rows = survivalRows(estate, []).filter(({ kind }) => kind === 'region');
  expect(rows.map(({ key, cloud }) => [key, cloud])).toEqual([['us-east-2', 'aws']]);
});
