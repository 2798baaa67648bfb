import type { QuotaNeed } from '../../../estate/plan/quotas';
import { quotaCounts, quotaRaises, quotaState } from '../../../estate/report/quota-states';

const need = (key: string, needed: number, granted?: number, account = 'main'): QuotaNeed => ({
  cloud: 'aws',
  account,
  region: 'us-east-2',
  quota: key,
  unit: 'node',
  needed,
  ...(granted !== undefined && { default: granted }),
  because: 'ohio',
  key,
  source: 'case 4711',
});

const NEEDS = [
  need('a', 5, 5),
  need('b', 6, 5),
  need('c', 20, 5),
  need('d', 1, 0),
  need('e', 1),
  need('f', 12, 10, 'other'),
];

test('as much as is granted is enough, more has to be raised, and what nobody knows stays unknown', () => {
  expect(NEEDS.map(quotaState)).toEqual(['enough', 'raise', 'raise', 'raise', 'unknown', 'raise']);
});

test('what has to be raised most comes first, and what nothing is granted of before all', () => {
  expect(quotaRaises(NEEDS).map(({ key, raiseBy, times }) => [key, raiseBy, times])).toEqual([
    ['d', 1, null],
    ['c', 15, 4],
    ['b', 1, 1.2],
    ['f', 2, 1.2],
  ]);
});

test('counts of accounts add up to all needs', () => {
  expect(quotaCounts(NEEDS)).toEqual([
    { cloud: 'aws', account: 'main', enough: 1, raise: 3, unknown: 1 },
    { cloud: 'aws', account: 'other', enough: 0, raise: 1, unknown: 0 },
  ]);
  expect(quotaCounts([])).toEqual([]);
});
