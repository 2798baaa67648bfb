import fc from 'fast-check';
import { decimalText } from '../../../estate/money';
import { formatCsv } from '../../../estate/report/csv';
import { focusRows, formatSpend, SPEND_KEYS, spendReport } from '../../../estate/report/spend';
import { acceleratorsOn, machinesOf } from '../../../estate/spec/holdings';
import { parseEstate } from '../../../estate/spec/load';
import type { Estate } from '../../../estate/spec/schema';
import { costsOf, spansOf } from '../../../estate/spec/spend';
import { blueprints, estateOf, inputOf, lockAndResolve } from '../../helpers/estates';
import { type Changes, estateText } from '../spec/fixtures';

const READ = { source: 'made up for this test', date: '2026-11-02' };
const TRAIN = 'clusters.ohio.pools.train';
const H200 = { machine: 'p5en.48xlarge', price: '63.50 USD', per: 'node-hour', ...READ };
const LUSTRE = { storeKind: 'lustre', price: '146 USD', per: 'TiB-month', ...READ };
const book = (...rows: readonly object[]) => ({ currency: 'USD', rows });
const estateWith = (changes: Changes): Estate => parseEstate(estateText(changes), 'estate.yaml').estate;
const perHour = (changes: Changes, path = TRAIN, at?: string): string | undefined =>
  spendReport(estateWith(changes), { by: 'pool', ...(at && { at }) }).rows.find(({ key }) => key === path)?.perHour;

describe('what one thing costs in an hour', () => {
  test.each([
    // 16 nodes of 8 accelerators.
    ['by the node', book(H200), '1016.00'],
    ['by the accelerator', book({ ...H200, per: 'accelerator-hour', price: '7.9375 USD' }), '1016.00'],
    ['by the month of 730 hours', book({ ...H200, per: 'node-month', price: '46355 USD' }), '1016.00'],
    ['a contract rather than a list', book(H200, { ...H200, price: '50 USD', rate: 'contract' }), '800.00'],
    ['what is narrowed most', book(H200, { ...H200, price: '60 USD', region: 'us-east-2' }), '960.00'],
    [
      'the account rather than the region',
      book({ ...H200, region: 'us-east-2' }, { ...H200, price: '40 USD', account: 'aws-main' }),
      '640.00',
    ],
    ['not what is of another capacity', book(H200, { ...H200, capacity: 'reservation', price: '1 USD' }), '1016.00'],
    [
      'in another currency by its exchange',
      { ...book({ ...H200, price: '60 EUR' }), exchange: { EUR: { rate: '1.0842', ...READ } } },
      '1040.832',
    ],
    [
      'the price that holds last, without a day',
      book({ ...H200, until: '2026-12-31' }, { ...H200, price: '50 USD', from: '2027-01-01' }),
      '800.00',
    ],
  ])('%s', (_what, prices, expected) => {
    expect(perHour({ prices })).toBe(expected);
  });

  test.each([
    // 9,600 GiB are 9.375 TiB, and 31.2 TB are 28.376233… TiB.
    ['a file system by the TiB', 'stores.scratch', LUSTRE, '1.875'],
    ['a file system by the GiB', 'stores.scratch', { ...LUSTRE, price: '0.142578125 USD', per: 'GiB-month' }, '1.875'],
    ['a file system sized in TB, exactly to a millionth', 'stores.fast', LUSTRE, '5.675247'],
    [
      'a store by the month',
      'stores.checkpoints',
      { store: 'checkpoints', price: '7300 USD', per: 'month', ...READ },
      '10.00',
    ],
    [
      'a store by the hour',
      'stores.checkpoints',
      { store: 'checkpoints', price: '3 USD', per: 'hour', ...READ },
      '3.00',
    ],
  ])('%s', (_what, path, row, expected) => {
    expect(perHour({ prices: book(row) }, path)).toBe(expected);
  });

  test('racks with their spares: they are bought', () => {
    const gb300 = { machine: 'Standard_ND128isr_GB300_v6', price: '50 USD', per: 'node-hour', ...READ };
    const path = 'clusters.east.pools.train';
    expect(perHour({ prices: book(gb300), [`${path}.spareTraysPerRack`]: 2 }, path)).toBe('1800.00');
  });

  test('what stands on a day, at the price of the day', () => {
    const changes = {
      prices: book({ ...H200, until: '2027-06-30' }, { ...H200, price: '50 USD', from: '2027-07-01' }),
      [`${TRAIN}.phases`]: [
        { from: '2027-01-01', nodes: 4 },
        { from: '2027-04-01', nodes: 16 },
      ],
    };
    const days = ['2026-12-31', '2027-01-01', '2027-04-01', '2027-07-01'];
    expect(days.map((day) => perHour(changes, TRAIN, day))).toEqual(['0.00', '254.00', '1016.00', '800.00']);
  });
});

describe('what an estate costs', () => {
  const prices = book(H200, LUSTRE);

  test('is told by cloud, account, site, cluster and pool', () => {
    const keys = Object.fromEntries(
      (['cloud', 'account', 'site', 'cluster', 'pool'] as const).map((by) => [
        by,
        spendReport(estateWith({ prices }), { by }).rows.map(({ key }) => key),
      ]),
    );
    expect(keys).toEqual({
      cloud: ['aws', 'oracle'],
      account: ['aws-main', 'oracle-main'],
      site: ['ohio', 'phoenix'],
      cluster: ['ohio', 'stores.fast', 'stores.scratch'],
      pool: ['clusters.ohio.pools.train', 'stores.fast', 'stores.scratch'],
    });
  });

  test('is of an hour, a day and a month of 730 hours', () => {
    expect(spendReport(estateWith({ prices: book(H200) }), { by: 'cloud' })).toMatchObject({
      currency: 'USD',
      rows: [{ key: 'aws', perHour: '1016.00', perDay: '24384.00', perMonth: '741680.00' }],
    });
  });

  test('lists what has no price, and why', () => {
    const { unpriced } = spendReport(
      estateWith({ prices: book({ ...H200, from: '2027-01-01' }, { ...LUSTRE, storeKind: 'object' }) }),
      {
        by: 'cloud',
        at: '2026-12-31',
      },
    );
    expect(unpriced).toEqual(
      expect.arrayContaining([
        {
          path: TRAIN,
          why: 'no price of it holds on 2026-12-31: p5en.48xlarge, on-demand in us-east-2, account aws-main',
        },
        { path: 'stores.checkpoints', why: 'it has no size that its price counts' },
        { path: 'stores.fast', why: 'it has no price: a file system in us-phoenix-1, account oracle-main' },
      ]),
    );
  });

  test('is not told of CPU nodes by a price for accelerators', () => {
    const row = { machine: 'm7i.8xlarge', price: '1 USD', per: 'accelerator-hour', ...READ };
    const data = { machine: 'm7i.8xlarge', nodes: 2, zone: 'us-east-2b' };
    const { unpriced } = spendReport(estateWith({ prices: book(row), 'clusters.ohio.pools.data': data }), {
      by: 'pool',
    });
    expect(unpriced).toContainEqual({
      path: 'clusters.ohio.pools.data',
      why: 'its price is for accelerators, and it has none',
    });
  });

  test('over a time is what it was in each part of it', () => {
    const changes = {
      prices: book(H200),
      [`${TRAIN}.phases`]: [
        { from: '2027-01-11', nodes: 4 },
        { from: '2027-02-01', nodes: 16 },
      ],
    };
    const time = { from: '2027-01-01', until: '2027-02-28' };
    // 21 days of 4 nodes, then 28 of 16: 128,016 and 682,752 USD.
    const months = spendReport(estateWith(changes), { by: 'month', time });
    expect(months.rows.map(({ key, total }) => [key, total])).toEqual([
      ['2027-01', '128016.00'],
      ['2027-02', '682752.00'],
    ]);
    expect(spendReport(estateWith(changes), { by: 'pool', time }).rows).toEqual([
      { key: TRAIN, total: '810768.00', perHour: '572.576271', perDay: '13741.830508', perMonth: '417980.677966' },
    ]);
    expect(focusRows(months)).toMatchObject([
      {
        ChargePeriodStart: '2027-01-01T00:00:00Z',
        ChargePeriodEnd: '2027-02-01T00:00:00Z',
        EffectiveCost: '128016.00',
      },
      { ChargePeriodStart: '2027-02-01T00:00:00Z', ChargePeriodEnd: '2027-03-01T00:00:00Z', BillingCurrency: 'USD' },
    ]);
  });

  test('is printed with shares, the time, and what has no price', () => {
    const text = formatSpend(estateWith({ prices }), { by: 'cloud' });
    expect(text).toContain('all     1,023.55  24,565.21  747,191.68  100.0%');
    expect(text).toContain('USD, when everything stands; pools with their spares');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(text).toContain('without a price');
  });

  test('has columns of FOCUS in CSV where that has them', () => {
    const csv = formatCsv(focusRows(spendReport(estateWith({ prices: book(H200) }), { by: 'cloud' })));
    expect(csv.split('\r\n')).toEqual([
      'ProviderName,BillingCurrency,EffectiveCost,x_PerHour,x_PerDay,x_PerMonth',
      'aws,USD,741680.00,1016.00,24384.00,741680.00',
    ]);
  });
});

describe('for any estate', () => {
  const every = (estate: Estate): Estate => ({
    ...estate,
    prices: {
      currency: 'USD',
      exchange: {},
      rows: [
        ...[...new Set(machinesOf(estate).map(({ machine }) => machine.type))].map((machine, index) => ({
          machine,
          price: `${index + 1}.37 USD`,
          per: 'accelerator-hour' as const,
          rate: 'list' as const,
          ...READ,
        })),
        ...(['lustre', 'object'] as const).map((storeKind) => ({
          storeKind,
          price: '100.01 USD',
          per: 'month' as const,
          rate: 'list' as const,
          ...READ,
        })),
      ],
    },
  });
  const total = (estate: Estate) => costsOf(estate).costs.reduce((sum, { perHour: each }) => sum + each, 0n);

  test('every accelerator of the plan is counted once', () => {
    fc.assert(
      fc.property(blueprints(4), (sites) => {
        const estate = estateOf(inputOf(sites));
        const { plan } = lockAndResolve(estate);
        const planned = plan.clouds
          .flatMap((cloud) => plan.shards(cloud).flatMap(({ pools }) => pools.flatMap(({ groups }) => groups)))
          .reduce((sum, { accelerators }) => sum + accelerators, 0);
        const held = machinesOf(estate).reduce((sum, holding) => sum + acceleratorsOn(holding), 0);
        expect(held).toBe(planned);
      }),
      { numRuns: 30 },
    );
  });

  test('groups of any kind add up to the whole, and the parts of a time to all of it', () => {
    fc.assert(
      fc.property(blueprints(4), fc.constantFrom(...SPEND_KEYS), (sites, by) => {
        const estate = every(estateOf(inputOf(sites)));
        const time = { from: '2027-01-15', until: '2027-03-14' };
        const days = 59n;
        const all = spansOf(estate, time.from, time.until)
          .flatMap(({ costs, hours }) => costs.map(({ perHour: each }) => each * hours))
          .reduce((sum, each) => sum + each, 0n);
        expect(all).toBe(total(estate) * 24n * days);
        const { rows } = spendReport(estate, { by, time });
        // Millionths are rounded in each row.
        const shown = rows.reduce((sum, row) => sum + Number(row.total), 0);
        expect(Math.abs(shown - Number(decimalText({ currency: 'USD', parts: all })))).toBeLessThan(0.01);
      }),
      { numRuns: 30 },
    );
  });

  test('removing a pool lowers the cost of no other pool', () => {
    fc.assert(
      fc.property(blueprints(4), fc.nat(), (sites, which) => {
        const estate = every(estateOf(inputOf(sites)));
        const { costs } = costsOf(estate);
        const gone = machinesOf(estate)[which % Math.max(machinesOf(estate).length, 1)];
        fc.pre(gone !== undefined);
        const { [gone?.pool ?? '']: _gone, ...pools } = estate.clusters[gone?.cluster ?? '']?.pools ?? {};
        const cluster = { ...estate.clusters[gone?.cluster ?? ''], pools } as Estate['clusters'][string];
        const less = { ...estate, clusters: { ...estate.clusters, [gone?.cluster ?? '']: cluster } };
        const after = new Map(costsOf(less).costs.map(({ holding, perHour: each }) => [holding.path, each]));
        const others = costs.filter(({ holding }) => holding.path !== gone?.path);
        expect(others.map(({ holding }) => after.get(holding.path))).toEqual(others.map(({ perHour: each }) => each));
        expect(after.size).toBe(others.length);
      }),
      { numRuns: 30 },
    );
  });
});
