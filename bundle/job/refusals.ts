import { DEVICE_CLASS_MAPPINGS, JOB_FRAMEWORKS } from '../../estate/catalog/software/job-kinds';
import type { QueuePlan } from '../../estate/plan/queue/types';
import { didYouMean } from '../../estate/spec/suggest';
import { counted, joined, quote } from '../../estate/spec/words';
import { jobKind } from './kinds';
import type { JobManifest, Outcome, PodSet, Reason } from './types';

/** What is wrong with a job wherever it would run. */
export interface JobRefusal {
  readonly outcome: Outcome;
  readonly reason: Reason;
}

/** Most pod sets of a workload of Kueue. */
const MOST_POD_SETS = 18;

/** Longest value of a label of Kubernetes. */
const LABEL_VALUE = 63;

/** A queue for a job that names none. */
export interface QueueAdvice {
  readonly name: string;
  /** Whether it starts there. */
  readonly starts: boolean;
}

/** Says which of some queues of a job's namespace is the one for it; undefined where none counts what it asks for. */
export type QueueAdviser = (names: readonly string[]) => QueueAdvice | undefined;

interface Context {
  readonly queue: QueuePlan;
  readonly templates: ReadonlyMap<string, readonly string[]>;
}

/** What keeps a job from every queue of the estate. */
export function refusalsOf(job: JobManifest, context: Context, adviser: QueueAdviser): readonly JobRefusal[] {
  const queue = (own: JobManifest) => queueRefusal(own, context, adviser);
  const checks = [
    kindRefusal,
    nameRefusal,
    nodeRefusal,
    labelRefusal,
    ...POD_CHECKS,
    queue,
    priorityRefusal,
    countRefusal,
  ];
  return checks.flatMap((check) => check(job, context));
}

function kindRefusal(job: JobManifest): readonly JobRefusal[] {
  const { group, version, kind, framework } = jobKind(job.kind);
  if (JOB_FRAMEWORKS.kinds.some(({ name }) => name === framework)) return [];
  const kinds = JOB_FRAMEWORKS.kinds.map((each) => each.kind);
  const says = `no matches for kind "${kind}" in version "${group}/${version}"`;
  return [
    refused(
      'KindMissing',
      says,
      'no cluster of the estate has this kind of job',
      `kinds that the queue takes: ${joined(kinds, 'and')}`,
      job.at.kind,
    ),
  ];
}

/** Names of pods of indexed jobs have the index behind that of the job, and are names of hosts. */
function nameRefusal({ kind, name, lastIndex, at }: JobManifest): readonly JobRefusal[] {
  const { longestName } = jobKind(kind);
  if (longestName === undefined) return [];
  const index = lastIndex === undefined ? '' : `-${lastIndex}`;
  const most = Math.min(longestName, LABEL_VALUE - index.length);
  const isLabel = index === '' || /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(`${name}${index}`);
  if (name.length <= most && !isLabel) {
    const says = `metadata.name: Invalid value: ${quote(name)}: will not able to create pod with invalid DNS label: ${name}${index}`;
    const means = 'pods of an Indexed Job are named after it, and their names are names of hosts';
    return [refused('JobName', says, means, 'write lower-case letters, digits and "-" only', at.name)];
  }
  if (name.length <= most) return [];
  const says =
    name.length > longestName
      ? `must be no more than ${longestName} bytes`
      : `will not able to create pod with invalid DNS label: ${name}${index}`;
  const means = `its name has ${name.length} characters${index === '' ? '' : ', and names of its pods have an index behind it'}`;
  return [
    refused(
      'NameTooLong',
      `metadata.name: Invalid value: ${quote(name)}: ${says}`,
      means,
      `write at most ${most}`,
      at.name,
    ),
  ];
}

/** A pod of a queue waits behind a gate, and cannot name its node until that is gone. */
function nodeRefusal({ kind, part }: JobManifest): readonly JobRefusal[] {
  if (jobKind(kind).isPod !== true) return [];
  return part.podSets.flatMap(({ needs }) => {
    if (needs?.node === undefined) return [];
    const says = 'spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared';
    const instead = 'leave nodeName out: the queue chooses the node, or a nodeSelector of estate/pool or estate/group';
    return [refused('NodeName', says, 'a pod that waits for its queue names no node', instead, needs.node.at)];
  });
}

function labelRefusal(job: JobManifest): readonly JobRefusal[] {
  const { queue } = job;
  if (queue === undefined) return [];
  if (queue.length > LABEL_VALUE) {
    const says = `metadata.labels: Invalid value: ${quote(queue)}: must be no more than ${LABEL_VALUE} bytes`;
    return [
      refused(
        'QueueLabel',
        says,
        `the label has ${queue.length} characters`,
        'name a queue of the estate',
        job.at.queue,
      ),
    ];
  }
  if (/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(queue)) return [];
  const says = `metadata.labels[kueue.x-k8s.io/queue-name]: Invalid value: ${quote(queue)}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`;
  return [refused('QueueLabel', says, 'it is no name of a queue', 'name a queue of the estate', job.at.queue)];
}

const POD_CHECKS = [
  (job: JobManifest): readonly JobRefusal[] => job.refusals.map((reason) => ({ outcome: 'refused' as const, reason })),
  (job: JobManifest): readonly JobRefusal[] =>
    job.part.podSets.flatMap(({ refusals }) => refusals.map((reason) => ({ outcome: 'refused' as const, reason }))),
  groupRefusal,
  (job: JobManifest, context: Context): readonly JobRefusal[] =>
    job.part.podSets.flatMap((podSet) => claimRefusals(podSet, context)),
];

/** A group has two pod sets, one of them a leader, which wish for the same. */
function groupRefusal(job: JobManifest): readonly JobRefusal[] {
  if (jobKind(job.kind).hasGroups !== true) return [];
  const groups = new Map<string, PodSet[]>();
  for (const podSet of job.part.podSets) {
    const group = podSet.topology?.group;
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), podSet]);
  }
  return [...groups].flatMap(([group, members]) => {
    const [one, other] = members;
    const tell = (message: string, instead: string) => [
      refused(
        'PodSetGroup',
        `template.metadata.annotations[kueue.x-k8s.io/podset-group-name]: Invalid value: ${quote(group)}: ${message}`,
        'a group is one leader and its workers',
        instead,
        one?.at,
      ),
    ];
    if (one === undefined || other === undefined || members.length !== 2) {
      return tell(
        `can only define groups of exactly 2 pod sets, got: ${members.length} pod set(s)`,
        'write the group on a leader and on its workers',
      );
    }
    if (one.count !== 1 && other.count !== 1) {
      return tell(
        `can only define groups where at least one pod set has only 1 replica, got: ${one.count} replica(s) and ${other.count} replica(s) in the group`,
        'give the leader one pod',
      );
    }
    if (one.topology?.required === other.topology?.required && one.topology?.preferred === other.topology?.preferred)
      return [];
    return tell(
      "must specify 'kueue.x-k8s.io/podset-required-topology' or 'kueue.x-k8s.io/podset-preferred-topology' topology consistent",
      'write the same on both',
    );
  });
}

function claimRefusals(podSet: PodSet, { templates }: Context): readonly JobRefusal[] {
  const mapped = DEVICE_CLASS_MAPPINGS.rows.flatMap(({ classes }) => classes);
  return podSet.claims.flatMap(({ name, isTemplate, at }): readonly JobRefusal[] => {
    if (!isTemplate) {
      return [
        never(
          'DirectClaim',
          'KueueDRAIntegration feature does not support use of resource claims',
          'pods that share one claim are not counted by the queue',
          'claim by resourceClaimTemplateName',
          at,
        ),
      ];
    }
    const classes = templates.get(name);
    if (classes === undefined) {
      const means = `which device class the template ${quote(name)} claims is not known: it is not in this file`;
      return [
        {
          outcome: 'depends',
          reason: {
            code: 'ClaimTemplate',
            says: '',
            means,
            instead: `put the ResourceClaimTemplate in the file, and claim only ${joined(mapped, 'or')}`,
            at,
          },
        },
      ];
    }
    const unknown = classes.find((each) => !mapped.includes(each));
    if (unknown === undefined) return [];
    const says = `DeviceClass ${unknown} is not mapped in DRA configuration for podset ${podSet.name}`;
    return [
      never(
        'DeviceClass',
        says,
        'the queue does not count devices of this class; accelerators are counted by their device plugin, since placement by topology does not see claims',
        `ask for accelerators under resources.limits; claim only ${joined(mapped, 'or')}`,
        at,
      ),
    ];
  });
}

function queueRefusal(job: JobManifest, { queue: plan }: Context, adviser: QueueAdviser): readonly JobRefusal[] {
  const all = plan.sets
    .filter(({ role }) => role !== 'worker' || plan.manager === undefined)
    .concat(
      plan.sets
        .filter(({ role }) => role === 'worker' && plan.manager !== undefined)
        .map((set) => ({
          ...set,
          localQueues: set.localQueues.filter(({ clusterQueue }) =>
            set.queues.some(({ name, kind }) => name === clusterQueue && kind === 'serving'),
          ),
        })),
    )
    .flatMap(({ localQueues }) => localQueues);
  const here = [...new Set(all.filter(({ namespace }) => namespace === job.namespace).map(({ name }) => name))].sort();
  const namespaces = [...new Set(all.map(({ namespace }) => namespace))].sort();
  if (here.length === 0) {
    const means = `no queue looks at jobs of the namespace ${quote(job.namespace)}, so that it stays suspended or runs past them, without a word${didYouMean(job.namespace, namespaces)}`;
    return [
      never(
        'NoNamespace',
        '',
        means,
        `namespaces with queues: ${joined(namespaces, 'and')}; write metadata.namespace, or give --namespace`,
        job.at.name,
      ),
    ];
  }
  if (job.queue === undefined) {
    const means = 'it names no queue, so that Kueue suspends it and nobody ever starts it';
    const best = adviser(here);
    const label =
      best === undefined
        ? 'write the label kueue.x-k8s.io/queue-name'
        : `write the label kueue.x-k8s.io/queue-name: ${best.name}${best.starts ? '' : ', though it does not start there as it is'}`;
    const instead = `${label}; queues of the namespace: ${joined(here, 'and')}`;
    return [never('NoQueue', "LocalQueue  doesn't exist", means, instead, job.at.name)];
  }
  if (here.includes(job.queue)) return [];
  const elsewhere = [...new Set(all.filter(({ name }) => name === job.queue).map(({ namespace }) => namespace))].sort();
  const other =
    elsewhere.length === 0
      ? didYouMean(job.queue, here)
      : `; ${joined(elsewhere, 'and')} ${elsewhere.length === 1 ? 'has' : 'have'} one`;
  return [
    never(
      'NoLocalQueue',
      `LocalQueue ${job.queue} doesn't exist`,
      `the namespace ${quote(job.namespace)} has no queue ${quote(job.queue)}${other}`,
      `queues of the namespace: ${joined(here, 'and')}`,
      job.at.queue,
    ),
  ];
}

function priorityRefusal(job: JobManifest, { queue: { priorities } }: Context): readonly JobRefusal[] {
  const names = priorities.map(({ name }) => name);
  const own =
    job.priority === undefined || names.includes(job.priority)
      ? []
      : [
          never(
            'PriorityClass',
            '',
            `the estate has no priority ${quote(job.priority)}${didYouMean(job.priority, names)}`,
            `priorities: ${joined(names, 'and')}`,
            job.at.priority,
          ),
        ];
  const classes = priorities.map(({ podClass }) => podClass);
  const pods = job.part.podSets.flatMap(({ priorityClass }) => {
    if (priorityClass === undefined || classes.includes(priorityClass.name) || priorityClass.name.startsWith('system-'))
      return [];
    return [
      never(
        'PodPriorityClass',
        '',
        `the estate has no PriorityClass ${quote(priorityClass.name)}${didYouMean(priorityClass.name, classes)}`,
        `classes of pods: ${joined(classes, 'and')}`,
        priorityClass.at,
      ),
    ];
  });
  return [...own, ...pods];
}

function countRefusal(job: JobManifest): readonly JobRefusal[] {
  const count = job.part.podSets.length;
  if (count <= MOST_POD_SETS) return [];
  return [
    never(
      'PodSets',
      '',
      `it has ${counted(count, 'pod set')}, and Kueue takes ${MOST_POD_SETS}`,
      'write alike jobs as one with more replicas',
      job.part.podSets[MOST_POD_SETS]?.at,
    ),
  ];
}

function refused(code: string, says: string, means: string, instead: string, at?: Reason['at']): JobRefusal {
  return { outcome: 'refused', reason: { code, says, means, instead, ...(at && { at }) } };
}

function never(code: string, says: string, means: string, instead: string, at?: Reason['at']): JobRefusal {
  return { outcome: 'never', reason: { code, says, means, instead, ...(at && { at }) } };
}
