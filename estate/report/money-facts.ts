import { sumText } from '../money';
import { identityOf } from '../plan/identity';
import { countsOf, termOf } from '../spec/commitments';
import { holdingsOf } from '../spec/holdings';
import { MEASURES, type Measure, stockOf, sumOf } from '../spec/limits';
import { lookup } from '../spec/lookup';
import type { Path } from '../spec/positions';
import { costsOf, priceRowOf } from '../spec/spend';
import { formatPath, joined } from '../spec/words';
import { few, type Resolved, type ResolvedFact } from './fact';

/** What the budget of an account was resolved to. */
export function budgetFacts(resolved: Resolved, key: string): readonly ResolvedFact[] {
  const written = lookup(resolved.estate.budgets, key);
  const plan = accountOf(resolved, key)?.budget;
  if (written === undefined || plan === undefined) return [];
  const isExpected = written.amount === 'expected';
  const headroom = written.headroomPercent === undefined ? '' : ', and headroomPercent';
  return [
    {
      what: 'amount',
      value: `${plan.amount} ${plan.currency} a month`,
      because: isExpected ? `what everything in the account costs by prices${headroom}` : 'amount',
      keys: ['amount', 'headroomPercent'],
    },
    {
      what: 'mailed',
      value: `${plan.email} at ${joined(
        plan.thresholds.map((threshold) => `${threshold}%`),
        'and',
      )}`,
      because:
        written.owner === undefined ? 'who gets the alerts of the account, and thresholds' : 'owner, and thresholds',
      keys: ['owner', 'thresholds'],
    },
  ];
}

/** What a commitment was resolved to. */
export function commitmentFacts({ estate }: Resolved, key: string): readonly ResolvedFact[] {
  const commitment = lookup(estate.commitments, key);
  if (commitment === undefined) return [];
  const term = termOf(commitment);
  const counted: ResolvedFact = {
    what: 'drawn down by',
    value: `${joined(countsOf(commitment), 'and')} in ${few(commitment.accounts ?? []) || `all accounts on ${commitment.cloud}`}`,
    because: commitment.counts || commitment.accounts ? 'counts and accounts' : 'the default: all spend on the cloud',
    keys: ['counts', 'accounts', 'cloud'],
  };
  if (term === undefined) return [counted];
  const because = commitment.end === undefined ? 'start and years' : 'start and end';
  return [{ what: 'term', value: `${term.start} to ${term.end}`, because, keys: ['start', 'end', 'years'] }, counted];
}

/** What an account may cost, and what it is limited to in its provider's own form. */
export function limitFacts(resolved: Resolved, key: string): readonly ResolvedFact[] {
  const { budget, guardrails } = accountOf(resolved, key) ?? {};
  const { regions, deniedRegions = [], machines, dryRun } = guardrails ?? {};
  const what = dryRun ? 'only reported' : 'denied';
  const limits = [
    ...(regions === undefined ? [] : [`regions but ${few(regions) || 'none'}`]),
    ...(regions === undefined && deniedRegions.length > 0 ? [`regions ${few(deniedRegions)}`] : []),
    ...(machines === undefined ? [] : [`machines but ${few(machines) || 'none'}`]),
  ];
  return [
    ...(budget === undefined
      ? []
      : [
          {
            what: 'budget',
            value: `${budget.amount} ${budget.currency} a month`,
            because: `budgets.${key}`,
            keys: [],
          },
        ]),
    ...(limits.length === 0
      ? []
      : [{ what, value: limits.join('; '), because: `policy.enforce.${key}, and the limits of policy`, keys: [] }]),
  ];
}

/** What a pool or a store costs when all of it stands, and what it draws down to. */
export function costFacts({ estate }: Resolved, path: Path): readonly ResolvedFact[] {
  const holding = holdingsOf(estate).find((each) => each.path === formatPath(path));
  const { prices } = estate;
  const price = holding && priceRowOf(estate, holding);
  if (holding === undefined || prices === undefined || price === undefined) return [];
  const { row, index } = price;
  const [found] = costsOf(estate).costs.filter((cost) => cost.holding === holding);
  const parts = found?.perHour ?? 0n;
  const sum = (hours: bigint) => sumText({ currency: prices.currency, parts: parts * hours });
  return [
    {
      what: 'costs',
      value: `${sum(1n)} an hour, ${sum(24n)} a day`,
      because: `prices.rows.${index}, ${row.price} a ${row.per}`,
      source: `${row.source} (${row.date})`,
      keys: [],
    },
  ];
}

/** What sums of the estate are, beside the limits that policy sets them. */
export function policyFacts({ estate }: Resolved, key: string): readonly ResolvedFact[] {
  const because = 'everything that the estate has, when all of it stands';
  const sum = (name: 'power' | 'spend' | 'accelerators', keys: readonly string[]): readonly ResolvedFact[] => {
    const measure: Measure = MEASURES[name];
    const parts = measure.parts(stockOf(estate));
    if (parts.length === 0) return [];
    return [{ what: measure.noun, value: measure.print(sumOf(parts), estate), because, keys }];
  };
  if (key === 'maxMegawatts') return sum('power', []);
  if (key === 'maxSpendPerDay') return sum('spend', []);
  if (key === 'maxProviderShare') {
    return [...sum('accelerators', ['accelerators']), ...sum('power', ['power']), ...sum('spend', ['spend'])];
  }
  return [];
}

function accountOf({ estate, plan }: Resolved, key: string) {
  const entry = lookup(estate.accounts, key);
  return entry && plan.accounts(entry.cloud).find((one) => one.key === identityOf(key, entry));
}
