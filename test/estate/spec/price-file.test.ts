import { filesOf } from '../../../estate/spec/files';
import { parseEstate } from '../../../estate/spec/load';
import { estateText, findingsIn } from './fixtures';

const CSV = `machine,price,per,rate,source,date
p5en.48xlarge,63.50 USD,node-hour,contract,"annex B, page 3 (made up for this test)",2026-11-02

a4x-highgpu-4g,41 USD,node-hour,,made up for this test,2026-11-02
`;
const YAML = `currency: USD
rows:
  - { machine: p5en.48xlarge, price: 63.50 USD, per: node-hour, source: made up for this test, date: 2026-11-02 }
`;
const files = (texts: Readonly<Record<string, string>>) =>
  filesOf(Object.entries(texts).map(([path, text]) => ({ path, name: path, text })));
const read = (prices: unknown, texts: Readonly<Record<string, string>>) =>
  parseEstate(estateText({ prices }), 'estate.yaml', files(texts)).estate.prices;
const found = (prices: unknown, texts: Readonly<Record<string, string>>) =>
  findingsIn(estateText({ prices }), files(texts));

describe('prices in a file beside the estate', () => {
  test('CSV has one price a line, and the currency of all of them', () => {
    expect(read('prices.csv', { 'prices.csv': CSV })).toMatchObject({
      currency: 'USD',
      rows: [
        {
          machine: 'p5en.48xlarge',
          price: '63.50 USD',
          rate: 'contract',
          source: 'annex B, page 3 (made up for this test)',
        },
        { machine: 'a4x-highgpu-4g', price: '41 USD', rate: 'list' },
      ],
    });
  });

  test('YAML has what may stand below prices', () => {
    expect(read('money/prices.yaml', { 'money/prices.yaml': YAML })).toMatchObject({
      currency: 'USD',
      exchange: {},
      rows: [{ machine: 'p5en.48xlarge' }],
    });
  });

  test('prices of the estate stand beside those of the file', () => {
    const rows = [{ storeKind: 'lustre', price: '145 USD', per: 'TiB-month', source: 'made up', date: '2026-11-02' }];
    const prices = read({ currency: 'USD', file: 'prices.csv', rows }, { 'prices.csv': CSV });
    expect(prices?.rows.map(({ machine, storeKind }) => machine ?? storeKind)).toEqual([
      'lustre',
      'p5en.48xlarge',
      'a4x-highgpu-4g',
    ]);
  });

  test('a file that is included names the file as seen from itself', () => {
    const { prices: _none, ...rest } = JSON.parse(estateText());
    const texts = { 'money/all.yaml': 'prices: prices.csv\n', 'money/prices.csv': CSV };
    const text = JSON.stringify({ ...rest, include: ['money/all.yaml'] });
    expect(parseEstate(text, 'estate.yaml', files(texts)).estate.prices?.rows).toHaveLength(2);
  });

  test('findings are where the price stands', () => {
    const [machine] = found('prices.csv', { 'prices.csv': CSV.replace('a4x-highgpu-4g', 'a4x-highgpu-5g') });
    expect(machine).toMatchObject({ code: 'PriceSubject', at: { file: 'prices.csv', line: 4, column: 1, length: 14 } });
    const [per] = found('prices.yaml', { 'prices.yaml': YAML.replace('node-hour', 'node') });
    expect(per).toMatchObject({ path: 'prices.rows.0.per', at: { file: 'prices.yaml', line: 3 } });
    const [key] = found('prices.csv', { 'prices.csv': CSV.replace('machine,', 'machin,') });
    expect(key).toMatchObject({ code: 'UnknownKey', at: { file: 'prices.csv', line: 2 } });
  });

  test.each([
    ['a file that is not there', 'prices.csv', {}, 'FileMissing', 'estate.yaml'],
    ['a path of one machine', '/prices.csv', {}, 'FilePath', 'estate.yaml'],
    ['a file that is empty', 'prices.csv', { 'prices.csv': '\n' }, 'PricesUnreadable', 'prices.csv'],
    [
      'a comma without quotes',
      'prices.csv',
      { 'prices.csv': `${CSV}a,1 USD,hour,,b,2026-01-01,c\n` },
      'PricesUnreadable',
      'prices.csv',
    ],
    ['a list', 'prices.yaml', { 'prices.yaml': '- 1\n' }, 'PricesUnreadable', 'prices.yaml'],
    ['no YAML', 'prices.yaml', { 'prices.yaml': '{' }, 'YamlSyntax', 'prices.yaml'],
  ])('fails with %s', (_what, prices, texts, code, file) => {
    const [first, ...others] = found(prices, texts);
    expect([first?.code, first?.at?.file, others]).toEqual([code, file, []]);
  });

  test('fails when lines have several currencies and nobody says which one counts', () => {
    const mixed = { 'prices.csv': CSV.replace('41 USD', '41 EUR') };
    expect(found('prices.csv', mixed).map(({ code, path }) => [code, path])).toEqual([
      ['MissingKey', 'prices.currency'],
    ]);
    const exchange = { EUR: { rate: '1.08', source: 'made up', date: '2026-11-02' } };
    expect(found({ currency: 'USD', exchange, file: 'prices.csv' }, mixed)).toEqual([]);
  });

  test('fails when the estate and the file both say the currency', () => {
    const twice = found({ currency: 'USD', file: 'prices.yaml' }, { 'prices.yaml': YAML });
    expect(twice.map(({ code, path }) => [code, path])).toEqual([['DuplicateKey', 'prices.currency']]);
  });
});
