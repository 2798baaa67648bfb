import { type Report, shown } from '../problems';
import { type Fields, fieldsOf, type KindCheck, listOf } from './kind-check';
import { checkName, checkSelector, NAME_FORMS } from './names';
import { checkPod, checkTemplate } from './pods';

const KUBERNETES = 'https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis';

/** Most pods of an indexed job that run at the same time. */
const INDEXED_MOST = 100_000;

const COUNTS = [
  'activeDeadlineSeconds',
  'backoffLimit',
  'backoffLimitPerIndex',
  'completions',
  'maxFailedIndexes',
  'parallelism',
  'ttlSecondsAfterFinished',
];

function checkCounts(spec: Fields, names: readonly string[], path: string, report: Report): void {
  for (const name of names) {
    const count = spec[name];
    if (typeof count === 'number' && count < 0)
      report('NotAllowed', `${path}.${name}`, `is ${count}; it has to be at least 0`);
  }
}

function checkJobSpec(spec: Fields, path: string, report: Report): void {
  checkCounts(spec, COUNTS, path, report);
  checkTemplate(fieldsOf(spec.template), `${path}.template`, report);
  const isIndexed = spec.completionMode === 'Indexed';
  if (isIndexed && spec.completions === undefined)
    report('MissingField', `${path}.completions`, 'is missing, which Indexed needs');
  if (isIndexed && typeof spec.parallelism === 'number' && spec.parallelism > INDEXED_MOST)
    report(
      'NotAllowed',
      `${path}.parallelism`,
      `is ${spec.parallelism}; at most ${INDEXED_MOST} are allowed with Indexed`,
    );
  for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy']) {
    if (!isIndexed && spec[name] !== undefined)
      report('Rule', `${path}.${name}`, 'goes with completionMode Indexed only');
  }
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    report('MissingField', `${path}.backoffLimitPerIndex`, 'is missing, which maxFailedIndexes needs');
  const { restartPolicy } = fieldsOf(fieldsOf(spec.template).spec);
  const at = `${path}.template.spec.restartPolicy`;
  if (restartPolicy === undefined || restartPolicy === 'Always')
    report('MissingField', at, 'has to be Never or OnFailure in a job: other pods never end');
  else if (spec.podFailurePolicy !== undefined && restartPolicy !== 'Never')
    report('Rule', at, 'has to be Never with a podFailurePolicy');
  if (spec.selector !== undefined && spec.manualSelector !== true)
    report('Rule', `${path}.selector`, 'is made by the server, unless manualSelector is true');
}

function checkJob(job: Fields, report: Report): void {
  checkJobSpec(fieldsOf(job.spec), 'spec', report);
  const { name } = fieldsOf(job.metadata);
  // It becomes a label of each pod.
  if (typeof name === 'string' && name.length > 63) checkName(name, NAME_FORMS.labelValue, 'metadata.name', report);
}

function checkCronJob(job: Fields, report: Report): void {
  const spec = fieldsOf(job.spec);
  checkCounts(
    spec,
    ['failedJobsHistoryLimit', 'startingDeadlineSeconds', 'successfulJobsHistoryLimit'],
    'spec',
    report,
  );
  checkJobSpec(fieldsOf(fieldsOf(spec.jobTemplate).spec), 'spec.jobTemplate.spec', report);
  const schedule = String(spec.schedule);
  const isCron =
    /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(schedule) ||
    schedule.trim().split(/\s+/).length === 5;
  if (!isCron)
    report('NotAllowed', 'spec.schedule', `is ${shown(schedule)}; it has to be five fields of cron, or such as @daily`);
  const { name } = fieldsOf(job.metadata);
  if (typeof name === 'string' && name.length > 52)
    report('NotAllowed', 'metadata.name', `has ${name.length} characters; at most 52 are allowed`);
}

/** Controllers whose pods run until they are stopped. */
function checkController(object: Fields, report: Report): void {
  const spec = fieldsOf(object.spec);
  checkCounts(spec, ['minReadySeconds', 'progressDeadlineSeconds', 'replicas', 'revisionHistoryLimit'], 'spec', report);
  checkTemplate(fieldsOf(spec.template), 'spec.template', report);
  checkSelector(spec.selector, 'spec.selector', report);
  const { matchLabels, matchExpressions } = fieldsOf(spec.selector);
  const labels = fieldsOf(fieldsOf(fieldsOf(spec.template).metadata).labels);
  const wanted = Object.entries(fieldsOf(matchLabels));
  if (wanted.length + listOf(matchExpressions).length === 0)
    report('MissingField', 'spec.selector', 'is empty, and would select every pod');
  const missed = wanted.filter(([key, value]) => labels[key] !== value).map(([key]) => key);
  if (missed.length > 0)
    report('Rule', 'spec.template.metadata.labels', `lacks labels of spec.selector: ${missed.join(', ')}`);
  const { restartPolicy = 'Always' } = fieldsOf(fieldsOf(spec.template).spec);
  if (restartPolicy !== 'Always')
    report('NotAllowed', 'spec.template.spec.restartPolicy', `is ${shown(restartPolicy)}; it has to be Always`);
}

/** What Kubernetes refuses in objects that make pods, beyond its schemas. */
export const WORKLOAD_CHECKS: readonly KindCheck[] = [
  {
    kinds: ['v1/Pod'],
    check: (pod, report) => checkPod(fieldsOf(pod.spec), 'spec', report),
    source: `${KUBERNETES}/core/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['batch/v1/Job'],
    check: checkJob,
    source: `${KUBERNETES}/batch/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['batch/v1/CronJob'],
    check: checkCronJob,
    source: `${KUBERNETES}/batch/validation/validation.go`,
    checked: '2026-11',
  },
  {
    kinds: ['apps/v1/DaemonSet', 'apps/v1/Deployment', 'apps/v1/ReplicaSet', 'apps/v1/StatefulSet'],
    check: checkController,
    source: `${KUBERNETES}/apps/validation/validation.go`,
    checked: '2026-11',
  },
];
