import type { AccountPlan } from '../../../estate/plan/types';
import { parseEstate } from '../../../estate/spec/load';
import { lockAndResolve } from '../../helpers/estates';
import { type Changes, estateText } from '../spec/fixtures';

const READ = { source: 'made up for this test', date: '2026-11-02' };
const PRICES = {
  currency: 'USD',
  rows: [
    { machine: 'p5en.48xlarge', price: '63.505 USD', per: 'node-hour', ...READ },
    { store: 'scratch', price: '145 USD', per: 'TiB-month', ...READ },
  ],
};

function account(
  changes: Changes,
  cloud: 'aws' | 'azure' | 'oracle' = 'aws',
): Pick<AccountPlan, 'budget' | 'guardrails'> {
  const { estate } = parseEstate(estateText(changes), 'estate.yaml');
  const [found] = lockAndResolve(estate).plan.accounts(cloud);
  if (found === undefined) throw new Error(`no account on ${cloud}`);
  return found;
}

test('an account has neither a budget nor guardrails unless they are asked for', () => {
  expect(Object.keys(account({}))).not.toEqual(expect.arrayContaining(['budget']));
  expect(Object.keys(account({ policy: { regions: { deny: ['us-west-1'] } } }))).not.toContain('guardrails');
});

describe('budgets', () => {
  test('have the amount, thresholds and owner that are written', () => {
    const owners = { finance: { team: 'finance', email: 'finance@example.com' } };
    const budget = {
      amount: '12.5M USD',
      thresholds: [80, 100],
      owner: 'finance',
      counts: 'estate',
      stopsCapacity: true,
    };
    expect(account({ owners, 'budgets.aws-main': budget }).budget).toEqual({
      amount: '12500000.00',
      currency: 'USD',
      period: 'month',
      thresholds: [80, 100],
      email: 'finance@example.com',
      counts: 'estate',
      stopsCapacity: true,
    });
  });

  test('mail who gets the alerts of the account, at 50, 80 and 100 percent, by default', () => {
    expect(account({ 'budgets.azure-gb': { amount: '1M JPY' } }, 'azure').budget).toEqual({
      amount: '1000000',
      currency: 'JPY',
      period: 'month',
      thresholds: [50, 80, 100],
      email: 'training@example.com',
    });
  });

  test('are what everything in the account costs in a month, to the next whole unit, where that is asked for', () => {
    const expected = { prices: PRICES, 'budgets.aws-main': { amount: 'expected' } };
    // 16 nodes x 63.505 USD x 730 hours, and 9,600 GiB of 145 USD a TiB: 741,738.40 + 1,359.375.
    expect(account(expected).budget?.amount).toBe('743098.00');
    const more = { ...expected, 'budgets.aws-main': { amount: 'expected', headroomPercent: 10 } };
    expect(account(more).budget?.amount).toBe('817408.00');
  });
});

describe('guardrails', () => {
  const regions = { allow: ['us-east-2', 'us-west-2', 'eastus2', 'us-central1', 'us-phoenix-1'] };

  test('are the regions of the cloud that policy allows, and those that it denies', () => {
    const { guardrails } = account({ policy: { regions, enforce: { 'aws-main': { mode: 'deny' } } } });
    expect(guardrails).toMatchObject({ regions: ['us-east-2', 'us-west-2'] });
    expect(guardrails?.deniedRegions).toEqual(expect.arrayContaining(['us-east-1', 'me-west-1']));
    expect(guardrails?.deniedRegions).not.toContain('us-east-2');
    expect(Object.keys(guardrails ?? {})).toEqual(['regions', 'deniedRegions']);
  });

  test('leave regions open that nothing is said of, where policy only denies', () => {
    const policy = { countries: { deny: ['ZA', 'IL'] }, enforce: { 'aws-main': { mode: 'dry-run' } } };
    expect(account({ policy }).guardrails).toEqual({ deniedRegions: ['af-south-1', 'il-central-1'], dryRun: true });
  });

  test('are the regions that are left, where the form of the cloud names those alone', () => {
    const policy = { regions: { deny: ['qatarcentral'] }, enforce: { 'azure-gb': { mode: 'deny' } } };
    const { regions, deniedRegions } = account({ policy }, 'azure').guardrails ?? {};
    expect(deniedRegions).toEqual(['qatarcentral']);
    expect(regions).toContain('eastus2');
    expect(regions).not.toContain('qatarcentral');
  });

  test('are the service limits of machine types on Oracle Cloud, in the compartment that is named', () => {
    const enforce = { 'oracle-main': { mode: 'deny', machines: true, compartment: 'research:training' } };
    expect(account({ policy: { enforce } }, 'oracle').guardrails).toMatchObject({
      machineLimits: expect.arrayContaining(['standard-e5-core-count']),
      compartment: 'research:training',
    });
  });

  test('are of countries what the catalog or the estate knows of their regions', () => {
    const enforce = { 'azure-gb': { mode: 'deny' } };
    const policy = { countries: { allow: ['US', 'SE'], deny: ['ZA'] }, regionCountries: { eastasia: 'SE' }, enforce };
    expect(account({ policy }, 'azure').guardrails?.regions).toEqual([
      'centralus',
      'eastasia',
      'eastus',
      'eastus2',
      'northcentralus',
      'southcentralus',
      'swedencentral',
      'swedensouth',
      'westcentralus',
      'westus',
      'westus2',
      'westus3',
    ]);
  });

  test('are the machine types that the estate uses, those of system pools too, where that is asked for', () => {
    const enforce = { 'aws-main': { mode: 'deny', machines: true, targets: ['ou-ab12-cdefgh34'] } };
    expect(account({ policy: { enforce } }).guardrails).toEqual({
      machines: ['m7i.4xlarge', 'p5en.48xlarge'],
      targets: ['ou-ab12-cdefgh34'],
    });
  });
});
