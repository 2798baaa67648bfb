import { type CheckedObject, checkManifest } from '../bundle/job/check';
import { completedManifest } from '../bundle/job/complete';
import { formatJobs, jobFindings, jobsReport, starts } from '../bundle/job/report';
import { surroundingsOf } from '../bundle/job/surroundings';
import { planQueue } from '../estate/plan/queue/plan-queue';
import { formatDiagnostics } from '../estate/report/diagnostics';
import { readJobText, STANDARD_INPUT } from '../estate/spec/load';
import { resolveEstate, terminalColor, terminalWidth } from './app';

/** Flags of `estate job`. */
export interface JobFlags {
  /** Only the verdict, without the manifest. */
  readonly check?: boolean;
  /** Namespace of jobs that name none. @default `default`, as kubectl takes it */
  readonly namespace?: string;
  readonly json?: boolean;
}

/** Says what would come of the jobs of a manifest on an estate, and what they lack; nothing is sent anywhere. */
export function runJob(manifest: string, file: string, { check = false, namespace, json = false }: JobFlags): void {
  const text = readJobText(manifest);
  const name = manifest === STANDARD_INPUT ? 'stdin' : manifest;
  const { plan, loaded } = resolveEstate(file);
  const queue = planQueue(loaded.estate, plan);
  const options = { surroundings: surroundingsOf(plan, queue), ...(namespace !== undefined && { namespace }) };
  const written = checkManifest(text, name, queue, options);
  const completed = check || !isWhole(written) ? text : completedManifest(text, written, queue);
  // What is printed is what the verdict is of.
  const isAsWritten = json || completed.trim() === text.trim();
  const objects = isAsWritten ? written : checkManifest(completed, `${name} (completed)`, queue, options);
  const findings = jobFindings(objects);
  if (json) process.stdout.write(`${JSON.stringify(jobsReport(objects, queue), undefined, 2)}\n`);
  else {
    const verdicts = formatJobs(objects);
    if (!check && isWhole(written)) process.stdout.write(completed.endsWith('\n') ? completed : `${completed}\n`);
    if (verdicts !== '') (check ? process.stdout : process.stderr).write(`${verdicts}\n`);
    if (findings.length > 0) {
      const shape = { color: terminalColor(process.stderr), width: terminalWidth(process.stderr) };
      process.stderr.write(`${formatDiagnostics(findings, shape)}\n`);
    }
  }
  if (!isWhole(objects)) process.exitCode = 2;
  else if (objects.some(({ told }) => told !== undefined && !starts(told.verdict.outcome))) process.exitCode = 3;
}

function isWhole(objects: readonly CheckedObject[]): boolean {
  return objects.every(({ diagnostics }) => diagnostics.length === 0);
}
