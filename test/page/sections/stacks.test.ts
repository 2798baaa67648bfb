import { stackOrder } from '../../../estate/plan/order';
import { parseEstate } from '../../../estate/spec/load';
import { STACKS } from '../../../page/sections/stacks';
import { estateText } from '../../estate/spec/fixtures';
import { tableOf, textOf } from '../../helpers/page-tables';
import { bodyOf, pageFrom, pageOf } from '../../helpers/pages';

const TABLE = 'Stacks in an order that works, with all that each comes after';

test.each(['frontier', 'linked', 'minimal', 'queue'])(
  'the table of %s has every stack with all that it comes after',
  (example) => {
    const page = pageOf(example);
    const { columns, rows } = tableOf(bodyOf(STACKS, page), TABLE);
    expect(columns.map(({ title }) => title)).toEqual(['Stack', 'Cloud', 'Layer', 'Account', 'Region', 'After']);
    expect(rows).toEqual(
      stackOrder(page.plan).map(({ stack, cloud, layer, account, region = '', after }) => {
        return [stack, cloud, layer, account.key, region, after.join(', ')];
      }),
    );
  },
);

test('says how many stacks there are in how many steps, beside a picture of them', () => {
  const html = bodyOf(STACKS, pageOf('minimal')) ?? '';
  expect(textOf(html)).toContain('12 stacks in 3 steps: 4 of foundation, 4 of network and 4 of cluster.');
  expect(html).toContain('<title id="stacks-graph-title">Stacks in order of apply</title>');
  expect(html).not.toContain('outputs to import first');
});

test('lists halves of links that wait, with what for and who tells it', () => {
  const html = bodyOf(STACKS, pageOf('queue'));
  const { rows } = tableOf(html, 'Stacks that cannot be made before outputs of others are imported');
  expect(rows).toContainEqual([
    'orbit-aws-azure-virginia-link',
    'aws-azure',
    'virginia',
    'gateways.eastus2.addresses',
    'orbit-eastus2-gateway',
  ]);
  expect(html).toContain('outputs to import first, and stacks that wait for them');
});

test('is left out where nothing is made', () => {
  const { estate } = parseEstate(estateText({ sites: {}, clusters: {}, stores: {} }), 'estate.yaml');
  expect(bodyOf(STACKS, pageFrom(estate))).toBeUndefined();
});
