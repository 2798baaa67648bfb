import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE_LOCK } from '../bundle/lock';
import { CLOUDS, type Cloud } from '../estate/catalog';
import { GITOPS_TOOLS, type GitOpsTool } from '../estate/catalog/gitops-steps';
import { planQueue } from '../estate/plan/queue/plan-queue';
import { planSoftware } from '../estate/plan/software/plan-software';
import { firstApply } from '../estate/report/first-apply/build';
import type { ApplyFiles } from '../estate/report/first-apply/guide';
import { formatFirstApply } from '../estate/report/first-apply/text';
import { formatRunbook } from '../estate/report/runbooks/markdown';
import { poolRunbook, type RunbookInput, writtenPools } from '../estate/report/runbooks/pool';
import { queueRunbook } from '../estate/report/runbooks/queue';
import { BUNDLE_FOLDER, type Runbook } from '../estate/report/runbooks/types';
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
  /** What brings the bundle into clusters. @default that of the bundle in `gitops`, else Flux */
  readonly gitops?: string;
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

function firstApplyReport(file: string, flags: RunbookFlags): string {
  const { plan, files } = inputOf(file, flags);
  const { cloud, json } = flags;
  const clouds = cloud === undefined ? plan.clouds : [cloudOf(cloud, plan.clouds)];
  const order = firstApply(plan, files, clouds);
  return json ? JSON.stringify(order, undefined, 2) : formatFirstApply(order);
}

function queueReport(file: string, flags: RunbookFlags): string {
  const input = inputOf(file, flags);
  const runbook = queueRunbook(input);
  if (runbook === undefined)
    throw new ToolError(
      `the queue of ${input.plan.name} has no manager`,
      'each cluster queues for itself; queue.manager names the cluster that holds one queue over all others',
    );
  return printed(runbook, flags);
}

function poolReport([cluster, pool]: readonly [string, string], file: string, flags: RunbookFlags): string {
  const { estate, ...input } = inputOf(file, flags);
  const name = `${cluster}.${pool}`;
  const found = writtenPools(estate).find(({ written, first }) => name === written || name === first);
  const software = planSoftware(estate, input.plan, input.queue);
  const runbook = found && poolRunbook({ ...input, software }, found);
  if (runbook !== undefined && runbook.clusters.length > 0) return printed(runbook, flags);
  const pools = poolsOf(estate);
  throw new ToolError(`there is no pool "${name}"${didYouMean(name, pools)}`, poolHint(pools));
}

function inputOf(file: string, flags: RunbookFlags): RunbookInput & { readonly estate: Estate } {
  const gitops = flags.gitops === undefined ? undefined : toolOf(flags.gitops);
  const { loaded, plan } = resolveEstate(file);
  const queue = planQueue(loaded.estate, plan);
  const written = writtenFor();
  const files: ApplyFiles = {
    estate: file,
    lock: lockPathOf(file),
    gitops: gitops ?? written ?? 'flux',
    isWritten: written !== undefined && (gitops ?? written) === written,
    ...(queue.manager !== undefined && { manager: queue.manager }),
  };
  return { estate: loaded.estate, plan, queue, files };
}

/** What the bundle in the folder of runbooks is for; undefined where there is none, or none that can be read. */
function writtenFor(): GitOpsTool | undefined {
  try {
    const lock: unknown = JSON.parse(readFileSync(join(BUNDLE_FOLDER, BUNDLE_LOCK), 'utf8'));
    return GITOPS_TOOLS.find((tool) => tool === (lock as { readonly gitops?: unknown } | null)?.gitops);
  } catch {
    return undefined;
  }
}

function toolOf(named: string): GitOpsTool {
  const found = GITOPS_TOOLS.find((tool) => tool === named);
  if (found !== undefined) return found;
  const hint = `ways: ${GITOPS_TOOLS.join(', ')}`;
  throw new ToolError(`there is no way "${named}" to apply a bundle${didYouMean(named, GITOPS_TOOLS)}`, hint);
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
