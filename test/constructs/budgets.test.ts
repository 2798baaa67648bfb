import { Construct, RootConstruct } from 'constructs';
import fc from 'fast-check';
import { type BudgetThreshold, checkBudget } from '../../constructs/budgets';
import { CLOUDS } from '../../estate/catalog';
import { BUDGETS } from '../../estate/catalog/budgets';

const scope = new Construct(new RootConstruct(), 'budget');
const GIVEN = { amount: '250000', emails: ['finance@example.com'] } as const;
const of = (what: BudgetThreshold['of'], ...percents: number[]) => percents.map((percent) => ({ of: what, percent }));

describe('what budgets of all clouds are given', () => {
  test.each(CLOUDS)('is told at 50, 80 and 100 percent, and by a forecast of all of it, on %s', (cloud) => {
    expect(checkBudget(scope, BUDGETS[cloud], GIVEN)).toEqual({
      units: '250000',
      hundredths: 0,
      amount: 250_000,
      thresholds: [...of('actual', 50, 80, 100), ...of('forecast', 100)],
    });
  });

  test('has each threshold once, in their order', () => {
    const asked = { ...GIVEN, thresholds: [100, 80, 100], forecastThresholds: [] };
    expect(checkBudget(scope, BUDGETS.aws, asked).thresholds).toEqual(of('actual', 80, 100));
  });

  test('reads one digit behind the point as ten hundredths', () => {
    const { units, hundredths, amount } = checkBudget(scope, BUDGETS.azure, { ...GIVEN, amount: '0001999.5' });
    expect([units, hundredths, amount]).toEqual(['1999', 50, 1999.5]);
  });

  test('takes as many thresholds and addresses as its cloud does, up to the largest percent, in its currency', () => {
    const emails = [1, 2, 3, 4, 5].map((n) => `${n}@example.com`);
    const asked = { ...GIVEN, currency: 'EUR', emails, thresholds: [1, 99, 100, 1000], forecastThresholds: [1000] };
    expect(checkBudget(scope, BUDGETS.azure, asked).thresholds).toEqual([
      ...of('actual', 1, 99, 100, 1000),
      ...of('forecast', 1000),
    ]);
  });

  test('keeps every hundredth of an amount', () => {
    const sums = fc.record({ units: fc.bigInt({ min: 1n, max: 999_999_999_999n }), cents: fc.nat({ max: 99 }) });
    fc.assert(
      fc.property(sums, ({ units, cents }) => {
        const amount = `${units}.${String(cents).padStart(2, '0')}`;
        const checked = checkBudget(scope, BUDGETS.google, { ...GIVEN, amount });
        expect([checked.units, checked.hundredths]).toEqual([String(units), cents]);
        expect(checked.amount.toFixed(2)).toBe(amount);
      }),
    );
  });

  test.each([
    ['aws', { amount: '0' }, /amount "0" is none that AWS Budgets take: give a sum above zero.*\[AmountInvalid\]/],
    ['aws', { amount: '-5' }, /amount "-5".*\[AmountInvalid\]/],
    ['aws', { amount: '1e6' }, /amount "1e6".*\[AmountInvalid\]/],
    ['google', { amount: '10.555' }, /amount "10\.555".*two digits after the point at most.*\[AmountInvalid\]/],
    ['azure', { amount: '1000000000000' }, /amount "1000000000000".*\[AmountInvalid\]/],
    [
      'oracle',
      { amount: '10.50' },
      /amount "10\.50" is none that Oracle budgets take: give a whole sum.*\[AmountInvalid\]/,
    ],
    ['google', { currency: 'dollars' }, /currency "dollars" is none; give three capital letters.*\[AmountInvalid\]/],
    ['azure', { thresholds: [1001] }, /threshold 1001 .* give whole percents, 1 to 1000 \[AmountInvalid\]/],
    ['oracle', { forecastThresholds: [0.5] }, /threshold 0\.5 .* 1 to 10000 \[AmountInvalid\]/],
    ['google', { thresholds: [0] }, /threshold 0 .* 1 or more \[AmountInvalid\]/],
    ['aws', { thresholds: [], forecastThresholds: [] }, /no threshold: give percents.*\[AmountInvalid\]/],
    [
      'aws',
      { thresholds: [10, 20, 30, 40, 50] },
      /6 thresholds are more than the 5 that AWS Budgets take.*\[TooMany\]/,
    ],
    ['azure', { thresholds: [10, 20, 30, 40, 50] }, /6 thresholds are more than the 5 .*\[TooMany\]/],
    ['google', { emails: [] }, /nobody would be told: give emails an address \[NameInvalid\]/],
    [
      'oracle',
      { emails: ['a@example.com,b@example.com'] },
      /"a@example\.com,b@example\.com" is no address.*\[NameInvalid\]/,
    ],
    [
      'azure',
      { emails: [1, 2, 3, 4, 5, 6].map((n) => `${n}@example.com`) },
      /6 addresses are more than the 5 .*\[TooMany\]/,
    ],
  ] as const)('fails when %s would not take %j', (cloud, wrong, message) => {
    expect(() => checkBudget(scope, BUDGETS[cloud], { ...GIVEN, ...wrong })).toThrow(message);
  });
});
