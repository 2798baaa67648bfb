import { stringify } from 'yaml';
import { EMPTY_LOCK } from '../../estate/plan/lock';
import { GOVERNED } from '../stacks/governed';
import { all, DiffScene, type EditRow, outline, swap } from './scene';

const TEXT = stringify(GOVERNED);

/** Takes budgets and limits away, which stand at the end. */
const bare = (text: string) => text.slice(0, text.indexOf('budgets:\n'));

const EDITS: readonly EditRow[] = [
  {
    name: 'other sums',
    edit: all(
      swap('12.5M USD', '13M USD'),
      swap('9M EUR', '10M EUR'),
      swap('7000000.50', '8000000'),
      swap('5M USD', '6M USD'),
    ),
    expected: [
      '~ aws-foundation budgets.aws Budget.BudgetLimit.Amount',
      '~ azure-foundation budgets.azure amount',
      '~ google-foundation budgets.google amount.specified_amount.nanos amount.specified_amount.units',
      '~ oracle-foundation budgets.oracle amount',
    ],
  },
  {
    name: 'another threshold, which is another budget on AWS and another rule on Oracle Cloud',
    edit: all(
      swap('      - 80\n      - 100\n    owner', '      - 90\n      - 100\n    owner'),
      swap('amount: 5M USD', 'amount: 5M USD\n    thresholds: [50, 90, 100]'),
    ),
    expected: [
      '+ oracle-foundation budgets.oracle',
      '- oracle-foundation budgets.oracle',
      '-/+ aws-foundation budgets.aws BudgetName',
      '-/+ aws-foundation budgets.aws NotificationsWithSubscribers',
    ],
  },
  {
    name: 'another address',
    edit: swap('finance@example.com', 'money@example.com'),
    expected: [
      '-/+ aws-foundation budgets.aws BudgetName',
      '-/+ aws-foundation budgets.aws NotificationsWithSubscribers',
    ],
  },
  {
    name: 'limits that deny what was only reported',
    edit: (text) => text.replaceAll('mode: dry-run', 'mode: deny'),
    expected: [
      '~ azure-foundation policy.enforce.azure enforce',
      '~ google-foundation policy.enforce.google dry_run_spec spec',
    ],
  },
  {
    name: 'a region more',
    edit: swap(
      '- us-east-2\n',
      '- us-east-2\n      - westus3\n      - us-west-2\n      - us-east5\n      - us-ashburn-1\n',
    ),
    expected: [
      '~ aws-foundation policy.enforce.aws Content.Statement.Condition.StringNotEquals.aws:RequestedRegion',
      '~ azure-foundation policy.enforce.azure parameters',
      '~ google-foundation policy.enforce.google dry_run_spec.rules.values.allowed_values',
      '~ oracle-foundation policy.enforce.oracle statements',
    ],
  },
  {
    name: 'no budgets and no limits any more',
    edit: bare,
    expected: [
      '- aws-foundation budgets.aws',
      '- aws-foundation policy.enforce.aws',
      '- azure-foundation budgets.azure',
      '- azure-foundation policy.enforce.azure',
      '- google-foundation accounts.google',
      '- google-foundation budgets.google',
      '- google-foundation policy.enforce.google',
      '- oracle-foundation budgets.oracle',
      '- oracle-foundation policy.enforce.oracle',
    ],
  },
];

describe('an edit of budgets and limits', () => {
  const scene = new DiffScene(TEXT, EMPTY_LOCK);
  afterAll(() => scene.close());

  test.each(EDITS)('$name', ({ edit, expected }) => {
    const report = scene.diff(edit);
    expect(outline(report)).toEqual(expected);
  });
});
