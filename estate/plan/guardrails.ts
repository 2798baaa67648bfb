import type { Cloud } from '../catalog';
import { COUNTRIES } from '../catalog/countries';
import { GUARDRAIL_FORMS } from '../catalog/guardrails';
import { decimalText, PARTS, parseSum } from '../money';
import { catalogOf } from '../spec/catalog-of';
import { machinesOf } from '../spec/holdings';
import { lookup } from '../spec/lookup';
import { type Owned, ownerOf } from '../spec/ownership';
import { isRegionAllowed } from '../spec/policy';
import type { Estate } from '../spec/schema';
import { costsOf } from '../spec/spend';
import { compareKeys } from '../units';
import type { BudgetPlan, GuardrailsPlan } from './money-types';

const MONTH_HOURS = 730n;

/** The monthly budget of an account, by its key in the estate file; undefined where none is asked for. */
export function planBudget(estate: Estate, key: string, account: Owned): BudgetPlan | undefined {
  const budget = lookup(estate.budgets, key);
  if (budget === undefined) return undefined;
  const { amount, thresholds, owner, counts, stopsCapacity } = budget;
  const sum = amount === 'expected' ? expected(estate, key, budget.headroomPercent ?? 0) : parseSum(amount);
  if (sum === undefined)
    throw new Error(`the budget of ${key} has no amount: the rules must refuse it before planning`);
  return {
    amount: decimalText(sum),
    currency: sum.currency,
    period: 'month',
    thresholds,
    email: ownerOf(estate, owner === undefined ? [account] : [account, { owner }]).email,
    ...(counts === 'estate' && { counts }),
    ...(stopsCapacity && { stopsCapacity }),
  };
}

/** What everything in an account costs in a month when all of it stands, to the next whole unit of the currency. */
function expected(estate: Estate, account: string, headroomPercent: number) {
  const { prices } = estate;
  if (prices === undefined) return undefined;
  const { costs } = costsOf(estate);
  const perHour = costs.reduce((sum, cost) => sum + (cost.holding.account === account ? cost.perHour : 0n), 0n);
  const parts = (perHour * MONTH_HOURS * BigInt(100 + headroomPercent)) / 100n;
  return { currency: prices.currency, parts: ((parts + PARTS - 1n) / PARTS) * PARTS };
}

/** What an account is limited to in its provider's own form, by its key in the estate file; undefined where nothing is. */
export function planGuardrails(estate: Estate, key: string, cloud: Cloud): GuardrailsPlan | undefined {
  const { policy } = estate;
  const guard = lookup(policy.enforce ?? {}, key);
  if (guard === undefined) return undefined;
  const names = catalogOf(estate).clouds[cloud].regions.names;
  const known = [...new Set([...names, ...Object.values(COUNTRIES[cloud].regions).flat()])].sort(compareKeys);
  const allowed = known.filter((region) => isRegionAllowed(estate, cloud, region));
  const hasAllowed = policy.regions?.allow !== undefined || policy.countries?.allow !== undefined;
  const hasDenied = policy.regions?.deny !== undefined || policy.countries?.deny !== undefined;
  const machines = guard.machines && machineTypes(estate, key, cloud);
  return {
    ...((hasAllowed || (hasDenied && GUARDRAIL_FORMS[cloud].names === 'allowed')) && { regions: allowed }),
    ...((hasAllowed || hasDenied) && { deniedRegions: known.filter((region) => !allowed.includes(region)) }),
    ...(machines && { machines }),
    ...(machines && cloud === 'oracle' && { machineLimits: limitsOf(estate, machines) }),
    ...(guard.compartment && { compartment: guard.compartment }),
    ...(guard.targets && { targets: guard.targets }),
    ...(guard.mode === 'dry-run' && { dryRun: true }),
  };
}

/** Machine types that the estate uses in an account, those of system pools too. */
function machineTypes(estate: Estate, account: string, cloud: Cloud): readonly string[] {
  const { systemMachine } = catalogOf(estate).clouds[cloud];
  const pools = machinesOf(estate).flatMap((each) => (each.account === account ? each.machine.type : []));
  const system = Object.values(estate.clusters).flatMap(({ site, systemPool }) =>
    lookup(estate.sites, site)?.account === account ? (systemPool.machine ?? systemMachine) : [],
  );
  return [...new Set([...pools, ...system])].sort(compareKeys);
}

/** Service limits of Oracle Cloud that machine types count against. */
function limitsOf(estate: Estate, types: readonly string[]): readonly string[] {
  const { machines } = catalogOf(estate).clouds.oracle;
  return [...new Set(types.flatMap((type) => lookup(machines, type)?.limit.name ?? []))].sort(compareKeys);
}
