import type { Diagnostic, Position } from '../../estate/diagnostics';
import type { QueuePlan } from '../../estate/plan/queue/types';
import type { PlainDiagnostic } from '../../estate/report/diagnostics';
import { counted, formatPath, joined } from '../../estate/spec/words';
import type { CheckedObject } from './check';
import { type Completion, completionsOf } from './complete';
import type { ClusterVerdict, Outcome, Placement, Reason, WorkloadPart } from './types';

/** Why a job does not start, with its place in the file. */
export interface ReasonReport extends Omit<Reason, 'at'> {
  readonly at?: Omit<Position, 'text'>;
}

/** What comes of a job in one cluster, as documents have it. */
export interface ClusterReport extends Omit<ClusterVerdict, 'reasons' | 'notes'> {
  readonly reasons: readonly ReasonReport[];
  readonly notes: readonly ReasonReport[];
}

/** What comes of a job, as documents have it. */
export interface JobReport {
  readonly at: Omit<Position, 'text'>;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly queue?: string;
  readonly outcome: Outcome;
  /** How many workloads it makes, each of which is queued by itself; `placements` are those of the first. */
  readonly copies: number;
  readonly clusters: readonly ClusterReport[];
  readonly reasons: readonly ReasonReport[];
  readonly notes: readonly ReasonReport[];
  readonly completions: readonly Completion[];
}

/** What `estate job --json` prints. */
export interface JobsReport {
  /** Whether every job starts, and nothing is wrong with the file. */
  readonly ok: boolean;
  readonly jobs: readonly JobReport[];
  /** What is wrong with the file. */
  readonly diagnostics: readonly PlainDiagnostic[];
}

/** Whether a job with an outcome starts, at least once nodes are there. */
export function starts(outcome: Outcome): boolean {
  return outcome === 'admitted' || outcome === 'depends';
}

/** The document of all objects of a manifest. */
export function jobsReport(objects: readonly CheckedObject[], queue: QueuePlan): JobsReport {
  const jobs = objects.flatMap((object) => (object.told === undefined ? [] : [jobReport(object, object.told, queue)]));
  const diagnostics = objects
    .flatMap((object) => object.diagnostics)
    .map(({ at, ...found }) => ({ ...found, ...(at && { at: plain(at) }) }));
  return { ok: diagnostics.length === 0 && jobs.every(({ outcome }) => starts(outcome)), jobs, diagnostics };
}

function jobReport(
  object: CheckedObject,
  { job, verdict }: NonNullable<CheckedObject['told']>,
  queue: QueuePlan,
): JobReport {
  const { kind, name, namespace } = job;
  const reasonOf = ({ at, ...reason }: Reason): ReasonReport => ({
    ...reason,
    ...(at !== undefined && { at: plain(object.positions.locate(at)) }),
  });
  return {
    at: plain(object.positions.locate(job.at.kind)),
    kind,
    name,
    namespace,
    ...(job.queue !== undefined && { queue: job.queue }),
    outcome: verdict.outcome,
    copies: job.part.copies,
    clusters: verdict.clusters.map((cluster) => ({
      ...cluster,
      reasons: cluster.reasons.map(reasonOf),
      notes: cluster.notes.map(reasonOf),
    })),
    reasons: verdict.reasons.map(reasonOf),
    notes: verdict.notes.map(reasonOf),
    completions: completionsOf(job, queue, object.value),
  };
}

function plain({ file, line, column, length }: Position): Omit<Position, 'text'> {
  return { file, line, column, length };
}

/** What keeps jobs from starting, as findings with their places: those of the best cluster of each; notes are warnings. */
export function jobFindings(objects: readonly CheckedObject[]): readonly Diagnostic[] {
  return objects.flatMap(({ told, positions, diagnostics }) => {
    if (told === undefined) return diagnostics;
    const { verdict, job } = told;
    const [best] = verdict.clusters;
    const finding = (severity: Diagnostic['severity']) => {
      return ({ code, says, means, instead, at = job.at.kind }: Reason): Diagnostic => ({
        code,
        severity,
        path: formatPath(at),
        message: `${means}${says === '' ? '' : `; Kueue says: ${says}`}`,
        ...(instead !== undefined && { hint: instead }),
        at: positions.locate(at),
      });
    };
    return [
      ...[...verdict.reasons, ...(best?.reasons ?? [])].map(finding(starts(verdict.outcome) ? 'warning' : 'error')),
      ...[...verdict.notes, ...(best?.notes ?? [])].map(finding('warning')),
    ];
  });
}

const SAID: Readonly<Record<Outcome, string>> = {
  admitted: 'starts',
  depends: 'may start',
  hangs: 'hangs',
  never: 'never starts',
  refused: 'is refused',
};

/** One line for each job, and one for each of its pod sets where it starts. */
export function formatJobs(objects: readonly CheckedObject[]): string {
  return objects
    .flatMap(({ told, positions }) => (told === undefined ? [] : [formatJob(told, positions.locate(told.job.at.kind))]))
    .join('\n');
}

function formatJob({ job, verdict }: NonNullable<CheckedObject['told']>, { file, line }: Position): string {
  const head = `${file}:${line}  ${job.kind} ${job.namespace}/${job.name} ${SAID[verdict.outcome]}`;
  const places = verdict.clusters
    .filter(({ outcome }) => outcome !== 'never')
    .map((cluster) => formatCluster(cluster, job.part));
  return [head, ...places.flat()].join('\n');
}

function formatCluster(
  { shard, manager, clusterQueue, outcome, placements }: ClusterVerdict,
  { copies, title }: WorkloadPart,
): readonly string[] {
  const by = manager === undefined ? '' : `, sent by ${manager}`;
  const together = starts(outcome) ? ', and all run at once' : '';
  const lead =
    copies > 1 && placements.length > 0
      ? [`    ${title ?? `each of ${copies}`} is queued by itself${together}; the first:`]
      : [];
  return [
    `  ${shard}: ${SAID[outcome]}, in ${clusterQueue ?? ''}${by}`,
    ...lead,
    ...placements.map((each) => `    ${formatPlacement(each)}`),
  ];
}

function formatPlacement({ podSet, pods, pool, groups }: Placement): string {
  const what = `${podSet}: ${counted(pods, 'pod')} in pool ${pool}`;
  if (groups === undefined) return `${what}, on nodes that the scheduler chooses`;
  const lie = groups.map(
    (group) => `${group.group} (${counted(group.pods, 'pod')} on ${counted(group.nodes, 'node')})`,
  );
  return `${what}: ${joined(lie, 'and')}`;
}
