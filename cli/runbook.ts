import { CLOUDS, type Cloud } from '../estate/catalog';
import { planQueue } from '../estate/plan/queue/plan-queue';
import { firstApply } from '../estate/report/first-apply/build';
import { formatFirstApply } from '../estate/report/first-apply/text';
import { formatRunbook } from '../estate/report/runbooks/markdown';
import { poolRunbook, type RunbookInput, writtenPools } from '../estate/report/runbooks/pool';
import { queueRunbook } from '../estate/report/runbooks/queue';
import type { Runbook } from '../estate/report/runbooks/types';
import { lockPathOf } from '../estate/spec/load';
import type { Estate } from '../estate/spec/schema';
import { didYouMean } from '../estate/spec/suggest';
import { joined } from '../estate/spec/words';
import { resolveEstate, ToolError } from './app';
import { RUNBOOKS } from './choices';

/** Flags of `estate runbook`. */
export interface RunbookFlags {
  /** One cloud of the estate. @default all of them */
  readonly cloud?: string;
  readonly json?: boolean;
}

/** What somebody does by hand with an estate, its queue or one of its pools, in order, as text or JSON. */
export function runbookReport(runbook: string, file: string, flags: RunbookFlags): string {
  const [cluster, pool, ...rest] = runbook.replace(/^clusters\.([^.]+)\.pools\./, '$1.').split('.');
  if (cluster !== undefined && pool !== undefined && rest.length === 0) return poolReport([cluster, pool], file, flags);
  const found = RUNBOOKS.find((name) => name === runbook);
  if (found === undefined) throw unknown(runbook, file);
  return REPORTS[found](file, flags);
}

const REPORTS: Readonly<Record<(typeof RUNBOOKS)[number], (file: string, flags: RunbookFlags) => string>> = {
  'first-apply': firstApplyReport,
  queue: queueReport,
};

function firstApplyReport(file: string, { cloud, json }: RunbookFlags): string {
  const { plan } = resolveEstate(file);
  const clouds = cloud === undefined ? plan.clouds : [cloudOf(cloud, plan.clouds)];
  const order = firstApply(plan, { estate: file, lock: lockPathOf(file) }, clouds);
  return json ? JSON.stringify(order, undefined, 2) : formatFirstApply(order);
}

function queueReport(file: string, flags: RunbookFlags): string {
  const input = inputOf(file);
  const runbook = queueRunbook(input);
  if (runbook === undefined)
    throw new ToolError(
      `the queue of ${input.plan.name} has no manager`,
      'each cluster queues for itself; queue.manager names the cluster that holds one queue over all others',
    );
  return printed(runbook, flags);
}

function poolReport([cluster, pool]: readonly [string, string], file: string, flags: RunbookFlags): string {
  const { estate, ...input } = inputOf(file);
  const name = `${cluster}.${pool}`;
  const found = writtenPools(estate).find(({ written, first }) => name === written || name === first);
  const runbook = found && poolRunbook(input, found);
  if (runbook !== undefined && runbook.clusters.length > 0) return printed(runbook, flags);
  const pools = poolsOf(estate);
  throw new ToolError(`there is no pool "${name}"${didYouMean(name, pools)}`, poolHint(pools));
}

function inputOf(file: string): RunbookInput & { readonly estate: Estate } {
  const { loaded, plan } = resolveEstate(file);
  return { estate: loaded.estate, plan, queue: planQueue(loaded.estate, plan), file };
}

function printed(runbook: Runbook, { json }: RunbookFlags): string {
  return json ? JSON.stringify(runbook, undefined, 2) : formatRunbook(runbook);
}

/** Pools by the keys that they have in the estate file, sorted. */
function poolsOf(estate: Estate): readonly string[] {
  return writtenPools(estate)
    .map(({ written }) => written)
    .sort();
}

function poolHint(pools: readonly string[]): string {
  return pools.length === 0 ? 'the estate has no pools' : `its pools: ${joined(pools, 'and')}`;
}

function unknown(runbook: string, file: string): ToolError {
  const isFile = runbook === file || /\.ya?ml$/.test(runbook);
  const names = isFile ? RUNBOOKS : [...RUNBOOKS, ...poolsOf(resolveEstate(file).loaded.estate)];
  const hint = `runbooks: ${RUNBOOKS.join(', ')}, and CLUSTER.POOL of each pool; the runbook comes before the file: npx estate runbook first-apply FILE`;
  return new ToolError(`there is no runbook "${runbook}"${didYouMean(runbook, names)}`, hint);
}

function cloudOf(name: string, used: readonly Cloud[]): Cloud {
  const found = used.find((cloud) => cloud === name);
  if (found !== undefined) return found;
  const known = CLOUDS.some((cloud) => cloud === name);
  const problem = known
    ? `the estate has nothing on ${name}`
    : `there is no cloud "${name}"${didYouMean(name, CLOUDS)}`;
  throw new ToolError(problem, `its clouds: ${used.join(', ')}`);
}
