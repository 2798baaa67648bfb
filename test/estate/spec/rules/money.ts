import type { Changes } from '../fixtures';
import type { RuleTable } from './table';

const READ = { source: 'made up for this test', date: '2026-11-02' };
/** A price of a machine that the base estate has. */
const H200 = { machine: 'p5en.48xlarge', price: '63.50 USD', per: 'node-hour', ...READ };
const prices = (...rows: readonly object[]): Changes => ({ prices: { currency: 'USD', rows } });
const EURO = { EUR: { rate: '1.08', ...READ } };
const aws = (more: object = {}): Changes => ({ 'commitments.aws': { cloud: 'aws', amount: '38B USD', ...more } });
const TERM = { start: '2026-01-01', years: 7 };
const ramp = (...steps: readonly (readonly [string, string])[]): Changes =>
  aws({ ...TERM, ramp: steps.map(([by, amount]) => ({ by, amount })) });
const budget = (amount: string, more: object = {}): Changes => ({ 'budgets.aws-main': { amount, ...more } });
const TRAIN = 'clusters.ohio.pools.train';
const PHASES = `${TRAIN}.phases`;
const phases = (...list: readonly object[]): Changes => ({ [PHASES]: list });
const HELD = { kind: 'reservation', ids: ['cr-0123456789abcdef0'] };
const policy = (limits: object): Changes => ({ policy: limits });

/** Rules on prices, commitments, budgets and phases, and on the form of policy. */
export const MONEY_RULES: Readonly<Record<string, RuleTable>> = {
  AmountAbsurd: {
    holds: [
      aws(),
      prices({ ...H200, price: '0 USD' }, { ...H200, rate: 'contract', price: '0.000000001 USD' }),
      policy({ maxSpendPerDay: '30M USD' }),
    ],
    fails: [
      [aws({ amount: '0 USD' }), 'commitments.aws.amount', '"0 USD" is nothing'],
      [aws({ amount: '99999999B USD' }), 'commitments.aws.amount', 'is more than anything costs'],
      [prices({ ...H200, price: '63.5B USD' }), 'prices.rows.0.price', 'K, M and B stand for thousands'],
      [prices({ ...H200, price: '0.0000000001 USD' }), 'prices.rows.0.price', 'has more than nine decimals'],
      [budget('0 USD'), 'budgets.aws-main.amount', 'is nothing'],
      [policy({ maxSpendPerDay: '0 USD' }), 'policy.maxSpendPerDay', 'is nothing'],
      [ramp(['2027-12-31', '0 USD']), 'commitments.aws.ramp.0.amount', 'is nothing'],
    ],
  },
  BudgetForm: {
    holds: [
      budget('12M USD'),
      { ...prices(H200), ...budget('expected', { headroomPercent: 10, thresholds: [80, 100] }) },
    ],
    fails: [
      [budget('expected'), 'budgets.aws-main.amount', 'nothing is expected without prices'],
      [budget('12M USD', { headroomPercent: 10 }), 'budgets.aws-main.headroomPercent', 'the expected spend only'],
      [budget('12M USD', { thresholds: [80, 80] }), 'budgets.aws-main.thresholds.1', 'threshold 80 comes after 80'],
    ],
  },
  BudgetNotOffered: {
    holds: [
      budget('12.5M USD', { stopsCapacity: true }),
      { 'budgets.azure-gb': { amount: '9M EUR', stopsCapacity: false }, 'budgets.oracle-main': { amount: '5.5K USD' } },
      {
        'accounts.google-main.billingAccount': '0A1B2C-3D4E5F-6A7B8C',
        'budgets.google-main': { amount: '7000000.50 EUR' },
      },
      { ...prices(H200), ...budget('expected') },
    ],
    fails: [
      [budget('12M EUR'), 'budgets.aws-main.amount', 'AWS Budgets count us-east-2 in USD, not in EUR'],
      [
        { prices: { currency: 'EUR', rows: [] }, ...budget('expected') },
        'budgets.aws-main.amount',
        'write the sum in USD, such as amount: 12M USD',
      ],
      [
        { ...budget('12M USD'), 'sites.ohio.region': 'us-gov-west-1' },
        'budgets.aws-main.amount',
        'partition aws-us-gov has no budgets of its own',
      ],
      [budget('1.005 USD'), 'budgets.aws-main.amount', 'AWS Budgets take 2 digits after the point'],
      [{ 'budgets.oracle-main': { amount: '5.50 USD' } }, 'budgets.oracle-main.amount', 'take whole sums'],
      [{ 'budgets.google-main': { amount: '7M USD' } }, 'budgets.google-main', 'add billingAccount to the account'],
      [
        { 'budgets.azure-gb': { amount: '9M USD', stopsCapacity: true } },
        'budgets.azure-gb.stopsCapacity',
        'has a meaning on AWS only',
      ],
    ],
  },
  CommitmentShared: {
    holds: [
      { ...aws(TERM), 'commitments.more': { cloud: 'aws', amount: '1B USD' } },
      { ...aws(TERM), 'commitments.next': { cloud: 'aws', amount: '1B USD', start: '2033-01-01', years: 1 } },
      {
        ...aws({ ...TERM, counts: ['machines'] }),
        'commitments.data': { cloud: 'aws', amount: '1B USD', ...TERM, counts: ['stores'] },
      },
      { ...aws(TERM), 'commitments.azure': { cloud: 'azure', amount: '1B USD', ...TERM } },
    ],
    fails: [
      [
        { ...aws(TERM), 'commitments.more': { cloud: 'aws', amount: '1B USD', start: '2032-12-31', years: 1 } },
        'commitments.more',
        'spend on aws draws down aws too',
      ],
      [
        {
          ...aws({ ...TERM, accounts: ['aws-main'] }),
          'commitments.more': { cloud: 'aws', amount: '1B USD', ...TERM },
        },
        'commitments.more',
        'accounts, counts or a term of its own',
      ],
    ],
  },
  CommitmentTerm: {
    holds: [
      aws(TERM),
      aws({ start: '2026-01-01', end: '2032-12-31' }),
      aws({ ...TERM, end: '2032-12-31' }),
      ramp(['2026-12-31', '1B USD'], ['2032-12-31', '38B USD']),
      aws({ accounts: ['aws-main'] }),
    ],
    fails: [
      [aws({ start: '2026-01-01', end: '2025-12-31' }), 'commitments.aws.end', 'before it begins on 2026-01-01'],
      [aws({ end: '2025-12-31' }), 'commitments.aws.end', 'ends but never begins'],
      [aws({ ...TERM, end: '2031-12-31' }), 'commitments.aws.end', '7 years from 2026-01-01 end on 2032-12-31'],
      [ramp(['2033-01-01', '1B USD']), 'commitments.aws.ramp.0.by', 'outside the term from 2026-01-01 to 2032-12-31'],
      [aws({ ramp: [{ by: '2027-01-01', amount: '1B USD' }] }), 'commitments.aws.ramp.0.by', 'has no term'],
      [
        ramp(['2027-12-31', '2B USD'], ['2026-12-31', '3B USD']),
        'commitments.aws.ramp.1.by',
        'comes before that of 2027-12-31',
      ],
      [ramp(['2027-12-31', '2B USD'], ['2028-12-31', '1B USD']), 'commitments.aws.ramp.1.amount', 'less than the step'],
      [ramp(['2027-12-31', '39B USD']), 'commitments.aws.ramp.0.amount', 'more than the commitment of 38B USD'],
      [ramp(['2027-12-31', '1B EUR']), 'commitments.aws.ramp.0.amount', 'the commitment is in USD'],
      [aws({ accounts: ['azure-gb'] }), 'commitments.aws.accounts.0', 'account "azure-gb" is on azure'],
    ],
  },
  CurrencyUnknown: {
    holds: [aws({ amount: '38B JPY' }), { prices: { currency: 'EUR' } }],
    fails: [
      [aws({ amount: '38B USX' }), 'commitments.aws.amount', 'there is no currency "USX"'],
      [{ prices: { currency: 'UDS' } }, 'prices.currency', 'such as USD, EUR'],
      [{ prices: { currency: 'USD', exchange: { QQQ: { rate: '1', ...READ } } } }, 'prices.exchange.QQQ', '"QQQ"'],
    ],
  },
  GuardrailNotOffered: {
    holds: [
      policy({ regions: { allow: ['us-east-2'] }, enforce: { 'aws-main': { mode: 'deny', machines: true } } }),
      policy({ enforce: { 'azure-gb': { mode: 'dry-run', machines: true } } }),
      policy({ enforce: { 'oracle-main': { mode: 'deny', machines: true, compartment: 'research:training' } } }),
      {
        'accounts.oracle-main.compartmentId': 'ocid1.tenancy.oc1..aaaa',
        ...policy({ enforce: { 'oracle-main': { mode: 'deny', machines: true } } }),
      },
    ],
    fails: [
      [
        policy({ enforce: { 'google-main': { mode: 'deny', machines: true } } }),
        'policy.enforce.google-main.machines',
        'by constraints that only an organization defines',
      ],
      [
        policy({ enforce: { 'oracle-main': { mode: 'deny', machines: true } } }),
        'policy.enforce.oracle-main',
        'add compartment: the names on the way to it',
      ],
      [
        policy({ enforce: { 'aws-main': { mode: 'deny', machines: true, compartment: 'research' } } }),
        'policy.enforce.aws-main.compartment',
        'has a meaning on Oracle Cloud only',
      ],
    ],
  },
  PolicyForm: {
    holds: [
      policy({ regions: { allow: ['us-east-2'], deny: ['eastus2'] }, countries: { allow: ['US'], deny: ['QA'] } }),
      policy({ regionCountries: { 'us-east-2': 'XK' }, countries: { allow: ['XK'] } }),
      policy({ confine: [{ accelerators: ['gb300'], countries: ['US'], reason: 'class', source: 'memo' }] }),
      policy({
        survive: [
          { lose: 'any cloud', keep: '60% of accelerators' },
          { lose: 'any 2 sites', keep: '10.5% of gb300' },
          { lose: 'region:us-east-2', keep: '100% of stores' },
          { lose: 'machine:h200', keep: '0% of power' },
        ],
      }),
      policy({ waivers: [{ rule: 'PolicyRegion', path: 'sites.ohio', reason: 'moves', until: '2027-01-31' }] }),
      policy({ regions: { deny: ['eastus2'] }, enforce: { 'aws-main': { mode: 'deny', targets: ['r-ab12'] } } }),
      policy({ enforce: { 'azure-gb': { mode: 'dry-run', machines: true } } }),
    ],
    fails: [
      [policy({ regions: { allow: ['us-est-2'] } }), 'policy.regions.allow.0', 'did you mean "us-east-2"?'],
      [policy({ regions: { allow: ['eastus2'], deny: ['eastus2'] } }), 'policy.regions.deny.0', 'allowed and denied'],
      [policy({ countries: { allow: ['US'], deny: ['US'] } }), 'policy.countries.deny.0', 'allowed and denied'],
      [policy({ countries: { allow: ['UK'] } }), 'policy.countries.allow.0', 'no region that is known lies in UK'],
      [policy({ minClouds: { gb301: 2 } }), 'policy.minClouds.gb301', 'the catalog has no accelerator "gb301"'],
      [
        policy({ confine: [{ accelerators: ['gb3000'], countries: ['US'], reason: 'class', source: 'memo' }] }),
        'policy.confine.0.accelerators.0',
        'the catalog has no accelerator "gb3000"',
      ],
      [
        policy({
          countries: { deny: ['US'] },
          confine: [{ accelerators: ['gb300'], countries: ['US'], reason: 'class', source: 'memo' }],
        }),
        'policy.confine.0.countries',
        'no site may lie in US',
      ],
      [policy({ survive: [{ lose: 'site:oio', keep: '60% of power' }] }), 'policy.survive.0.lose', 'no site "oio"'],
      [
        policy({ survive: [{ lose: 'any cloud', keep: '60% of gb301' }] }),
        'policy.survive.0.keep',
        'nothing is called "gb301"',
      ],
      [
        policy({ waivers: [{ rule: 'StoreSize', path: 'stores', reason: 'x', until: '2027-01-31' }] }),
        'policy.waivers.0.rule',
        '"StoreSize" is no limit of policy',
      ],
      [
        policy({
          waivers: ['2027-01-31', '2027-02-28'].map((until) => ({
            rule: 'PolicyRegion',
            path: 'sites.ohio',
            reason: 'moves',
            until,
          })),
        }),
        'policy.waivers.1.path',
        'is waived there already',
      ],
      [policy({ enforce: { 'aws-main': { mode: 'deny' } } }), 'policy.enforce.aws-main', 'nothing to enforce'],
      [
        policy({ enforce: { 'azure-gb': { mode: 'deny', machines: true, targets: ['x'] } } }),
        'policy.enforce.azure-gb.targets',
        'policies of azure lie in the account itself',
      ],
    ],
  },
  PoolPhases: {
    holds: [
      phases({ from: '2027-01-01', nodes: 8 }, { from: '2027-07-01', nodes: 16, optionBy: '2027-05-31' }),
      phases({ from: '2027-01-01', accelerators: 64 }, { from: '2028-01-01', nodes: 0 }),
      {
        [`${TRAIN}.capacity`]: HELD,
        ...phases({ from: '2027-01-01', nodes: 16 }, { from: '2028-01-01', nodes: 8, shrinks: true }),
      },
      {
        'clusters.east.pools.train.phases': [
          { from: '2027-01-01', racks: 1 },
          { from: '2027-07-01', nodes: 36 },
        ],
      },
      {
        [`${TRAIN}.capacity`]: { ...HELD, window: { start: '2027-01-01', end: '2027-12-31' } },
        ...phases({ from: '2027-01-01', nodes: 16 }, { from: '2028-01-01', nodes: 0, shrinks: true }),
      },
    ],
    fails: [
      [
        phases({ from: '2027-01-01', nodes: 8 }, { from: '2027-01-01', nodes: 9 }),
        `${PHASES}.1.from`,
        'not after that',
      ],
      [phases({ from: '2027-01-01', nodes: 17 }), `${PHASES}.0.nodes`, 'the phase has 17 nodes, the pool 16 nodes'],
      [phases({ from: '2027-01-01' }), `${PHASES}.0.from`, 'exactly one of racks, nodes and accelerators'],
      [phases({ from: '2027-01-01', nodes: 8, accelerators: 64 }), `${PHASES}.0.from`, 'no size in whole nodes'],
      [phases({ from: '2027-01-01', racks: 1 }), `${PHASES}.0.from`, 'no size in whole nodes'],
      [phases({ from: '2027-01-01', accelerators: 65 }), `${PHASES}.0.from`, 'no size in whole nodes'],
      [
        { 'clusters.east.pools.train.phases': [{ from: '2027-01-01', nodes: 17 }] },
        'clusters.east.pools.train.phases.0.from',
        'no size in whole racks of 18 nodes',
      ],
      [phases({ from: '2027-01-01', nodes: 8, optionBy: '2027-01-01' }), `${PHASES}.0.optionBy`, 'is there already'],
      [
        { [`${TRAIN}.capacity`]: HELD, ...phases({ from: '2027-01-01', nodes: 16 }, { from: '2028-01-01', nodes: 8 }) },
        `${PHASES}.1.nodes`,
        'held capacity shrinks from 16 nodes to 8',
      ],
      [phases({ from: '2027-01-01', nodes: 8, shrinks: true }), `${PHASES}.0.shrinks`, 'does not shrink'],
      [
        {
          [`${TRAIN}.capacity`]: { ...HELD, window: { start: '2027-01-01', end: '2027-12-31' } },
          ...phases({ from: '2026-12-01', nodes: 16 }),
        },
        `${PHASES}.0.from`,
        'the capacity is ours from 2027-01-01 to 2027-12-31',
      ],
      [
        { [`${TRAIN}.nodes`]: { min: 0, max: 16 }, ...phases({ from: '2027-01-01', nodes: 8 }) },
        PHASES,
        'an autoscaler sizes the pool',
      ],
    ],
  },
  PriceExchange: {
    holds: [
      prices(H200),
      { prices: { currency: 'USD', exchange: EURO, rows: [{ ...H200, price: '60 EUR' }] } },
      // Without prices nothing is added up.
      aws({ amount: '38B EUR' }),
    ],
    fails: [
      [prices({ ...H200, price: '60 EUR' }), 'prices.rows.0.price', 'say what one EUR is worth in USD'],
      [{ ...prices(H200), ...aws({ amount: '38B EUR' }) }, 'commitments.aws.amount', 'spend is told in USD'],
      [{ prices: { currency: 'EUR', exchange: EURO } }, 'prices.exchange.EUR', 'is the currency of the prices itself'],
      [
        { prices: { currency: 'USD', exchange: { EUR: { rate: '0.0', ...READ } } } },
        'prices.exchange.EUR.rate',
        'EUR is worth nothing',
      ],
    ],
  },
  PriceSubject: {
    holds: [
      prices(
        H200,
        { ...H200, cloud: 'aws', region: 'us-east-2', account: 'aws-main', capacity: 'on-demand' },
        { storeKind: 'lustre', price: '145 USD', per: 'TiB-month', ...READ },
        { store: 'checkpoints', price: '20K USD', per: 'month', from: '2026-01-01', until: '2026-12-31', ...READ },
      ),
    ],
    fails: [
      [prices({ price: '1 USD', per: 'hour', ...READ }), 'prices.rows.0', 'the price is of nothing'],
      [prices({ ...H200, store: 'scratch' }), 'prices.rows.0', 'of several things (machine, store)'],
      [prices({ ...H200, per: 'TiB-month' }), 'prices.rows.0.per', 'is not for one TiB-month'],
      [prices({ ...H200, machine: 'p5en.48xlarg' }), 'prices.rows.0.machine', 'did you mean "p5en.48xlarge"?'],
      [prices({ ...H200, cloud: 'azure' }), 'prices.rows.0.machine', 'azure has no machine'],
      [prices({ ...H200, region: 'nowhere' }), 'prices.rows.0.region', 'no cloud has region "nowhere"'],
      [
        prices({ storeKind: 'lustre', account: 'aws-main', cloud: 'azure', price: '1 USD', per: 'month', ...READ }),
        'prices.rows.0.cloud',
        'account "aws-main" is on aws',
      ],
      [
        prices({ storeKind: 'lustre', capacity: 'spot', price: '1 USD', per: 'month', ...READ }),
        'prices.rows.0.capacity',
        'only machines are had',
      ],
      [prices({ link: 'a-b', price: '1 USD', per: 'hour', ...READ }), 'prices.rows.0.link', 'there is no link "a-b"'],
      [
        prices({ ...H200, from: '2027-01-01', until: '2026-12-31' }),
        'prices.rows.0.until',
        'before it begins on 2027-01-01',
      ],
    ],
  },
  PriceTwice: {
    holds: [
      prices(H200, { ...H200, rate: 'contract' }, { ...H200, region: 'us-east-2' }),
      prices({ ...H200, until: '2026-12-31' }, { ...H200, from: '2027-01-01' }),
    ],
    fails: [
      [prices(H200, { ...H200, price: '60 USD' }), 'prices.rows.1.price', 'has a price of the same list already'],
      [
        prices({ ...H200, until: '2027-01-01' }, { ...H200, from: '2027-01-01' }),
        'prices.rows.1.price',
        'machine p5en.48xlarge',
      ],
    ],
  },
};
