/** Edits of an estate that reach queues and jobs. */
export const QUEUE_EDITS = [
  'flavor-renamed',
  'flavor-removed',
  'topology-replaced',
  'nodes-fewer',
  'nodes-more',
  'quota-lower',
  'borrowing-lower',
  'lending-lower',
  'floor-higher',
  'cohort-changed',
  'queue-removed',
  'local-queue-removed',
  'namespace-removed',
  'priority-changed',
  'priority-removed',
  'manager-changed',
  'worker-removed',
  'cluster-removed',
  'fair-sharing-changed',
  'preemption-changed',
  'immutable',
  'driver-changed',
  'library-changed',
  'queue-software-changed',
  'component-changed',
  'component-removed',
] as const;

/** One of {@link QUEUE_EDITS}. */
export type QueueEdit = (typeof QUEUE_EDITS)[number];

/** What an edit does to queues and to jobs that run. */
export interface QueueEditRow {
  /** What happens, as a sentence without its point. */
  readonly does: string;
  /** What to do before it is applied, or instead. @default nothing */
  readonly way?: string;
  /** Whether that is to hold the queues that it is about, so that commands for them follow. @default false */
  readonly isHeld?: true;
  /** What it was tried with. @default none: it was read */
  readonly measured?: string;
  readonly source: string;
  readonly checked: string;
  readonly unverified?: string;
}

const checked = '2026-11';
const measured = 'Kueue 0.19.2 on Kubernetes 1.36.3';
const KUEUE = 'https://github.com/kubernetes-sigs/kueue/tree/v0.19.2';
const CONCEPTS = 'https://kueue.sigs.k8s.io/docs/concepts';

const HELD =
  'let jobs end first: hold its queues, and apply the bundle when RUNNING is 0; HoldAndDrain in the place of Hold ends them ' +
  'at once, to be queued again';

/** How a queue lets its jobs end and starts no other one, and what shows how many still run. */
export const HOLDING = {
  commands: [
    `kubectl --context {cluster} patch clusterqueue {queues} --type merge --patch '{"spec":{"stopPolicy":"Hold"}}'`,
    'kubectl --context {cluster} get clusterqueue {queues} --output custom-columns=QUEUE:.metadata.name,RUNNING:.status.admittedWorkloads',
  ],
  source: `${KUEUE}/apis/kueue/v1beta2/clusterqueue_types.go`,
  checked,
} as const;

/** What each edit does: {@link QueueEditRow.measured} rows are tried again by the lab. */
export const QUEUE_EDIT_ROWS: Readonly<Record<QueueEdit, QueueEditRow>> = {
  'flavor-renamed': {
    does:
      'the new flavor stands beside the old one: running jobs go on and no quota counts them any more, so that more is ' +
      'admitted than fits; the old flavor hangs on its finalizer until no queue names it',
    way: HELD,
    isHeld: true,
    measured,
    source: `${CONCEPTS}/resource_flavor/`,
    checked,
  },
  'flavor-removed': {
    does:
      'running jobs go on until their nodes go; the flavor hangs on its finalizer until no queue names it, and a queue that ' +
      'still does takes no jobs (FlavorNotFound)',
    way: HELD,
    isHeld: true,
    measured,
    source: `${CONCEPTS}/resource_flavor/`,
    checked,
  },
  'topology-replaced': {
    does: 'levels of a topology cannot change: its flavors are other ones, and it hangs on its finalizer and serves until none names it',
    way: 'let jobs of its flavors end first',
    measured,
    source: `${CONCEPTS}/topology_aware_scheduling/`,
    checked,
  },
  'nodes-fewer': {
    does:
      'jobs on nodes that go are ended as a whole within seconds (NodeFailures) and queued again; other jobs go on. Where ' +
      'the bundle is applied later than the stack, quota stays too high: new jobs wait for a fit',
    way: 'apply the bundle first, and cordon the nodes that go before the stack takes them',
    measured,
    source: `${CONCEPTS}/topology_aware_scheduling/`,
    checked,
  },
  'nodes-more': {
    does: 'waiting jobs start once the bundle is applied, not when the nodes are there',
    measured,
    source: `${CONCEPTS}/cluster_queue/`,
    checked,
  },
  'quota-lower': {
    does:
      'by itself it ends nothing: running jobs go on, and new ones wait (insufficient unused quota). What runs above the new ' +
      'quota is borrowed from now on: where others have jobs waiting for what is theirs, it ends within seconds, each job as a whole',
    way: 'where shares of others grow with it, apply it when long jobs have just saved their state',
    measured,
    source: `${CONCEPTS}/cluster_queue/`,
    checked,
  },
  'borrowing-lower': {
    does: 'nothing is ended: what is borrowed stays until jobs end, and new jobs wait that would borrow more',
    measured,
    source: `${CONCEPTS}/cluster_queue/`,
    checked,
  },
  'lending-lower': {
    does: 'nothing is ended: what is lent stays so until jobs end or it is taken back, and less of it is lent from now on',
    source: `${CONCEPTS}/cluster_queue/#lendinglimit`,
    checked,
    unverified: 'read, not tried',
  },
  'floor-higher': {
    does: 'as soon as the service starts more pods, training jobs that borrow its nodes are ended, each as a whole however few nodes are wanted, and queued again',
    way: 'raise it when long jobs have just saved their state',
    measured,
    source: `${CONCEPTS}/preemption/`,
    checked,
  },
  'cohort-changed': {
    does: 'nothing is ended: what the queue has borrowed of its old cohort it keeps until its jobs end, and its new cohort counts them',
    measured,
    source: `${CONCEPTS}/cohort/`,
    checked,
  },
  'queue-removed': {
    does: 'it takes no job any more and stays, terminating, until its running jobs have ended; server-side apply takes it again until then and changes nothing, to create it is refused (object is being deleted)',
    measured,
    source: `${CONCEPTS}/cluster_queue/`,
    checked,
  },
  'local-queue-removed': {
    does: 'it is gone at once: running jobs go on; waiting jobs that name it wait for ever, as do pods of a service that come in the place of others',
    way: 'delete waiting jobs and send them to another queue',
    measured,
    source: `${CONCEPTS}/local_queue/`,
    checked,
  },
  'namespace-removed': {
    does: 'it stays with everything in it, since tools are told not to prune it; its queues are gone, so that no job starts in it any more',
    way: 'delete it by hand when nothing in it is needed',
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
    checked,
    unverified: 'that Argo CD leaves it as Flux does, by the option that it has for that',
  },
  'priority-changed': {
    does:
      'jobs that wait and jobs that run have the new value in the queue. The class of their pods is another one with each ' +
      'value: pods that run keep theirs, and a job that names the old class makes no pod any more (no PriorityClass with name)',
    way: 'name the new class in jobs that are made anew, and let those end that name the old one',
    measured,
    source: `${CONCEPTS}/workload_priority_class/`,
    checked,
  },
  'priority-removed': {
    does:
      'running jobs go on with the value that they have; a job that names it is not queued any more (its WorkloadPriorityClass ' +
      'is not found), and makes no pod where it names the class of pods',
    way: 'let jobs end that name it, and name another one in those that are made anew',
    source: `${CONCEPTS}/workload_priority_class/`,
    checked,
    unverified: 'read in the code of Kueue, not tried',
  },
  'manager-changed': {
    does: 'jobs of the old manager do not move: those that run go on as long as it is there, and waiting ones have to be sent to the new queue',
    way: `${HELD}. Then send jobs to the new manager`,
    isHeld: true,
    source: `${CONCEPTS}/multikueue/`,
    checked,
    unverified: 'read, not tried',
  },
  'worker-removed': {
    does: 'jobs that the manager sent there are taken for lost after 15 minutes (workerLostTimeout) and queued again elsewhere, while their copies there go on: both run',
    way: HELD,
    isHeld: true,
    measured,
    source: `${CONCEPTS}/multikueue/`,
    checked,
  },
  'cluster-removed': {
    does:
      'the bundle has no folder of it any more, so that its queues stay as they are until the cluster goes, and jobs with it; ' +
      'where the root of Argo CD prunes, its applications and what they made go first',
    way: HELD,
    isHeld: true,
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
    checked,
    unverified: 'read, not tried',
  },
  'fair-sharing-changed': {
    does: 'Kueue starts anew with it: jobs go on, which of them end for others changes from then on, and what is borrowed is given back job by job',
    measured,
    source: `${CONCEPTS}/preemption/`,
    checked,
  },
  'preemption-changed': {
    does:
      'waiting jobs are ordered by it, and it decides which running jobs end for others: where some wait for what others ' +
      'borrow, that may be within seconds',
    way: 'apply it when long jobs have just saved their state',
    source: `${CONCEPTS}/preemption/`,
    checked,
    unverified: 'tried once by hand for taking back; weights are read',
  },
  immutable: {
    does: 'the server refuses the change (422): the field cannot change once the object is there',
    way: 'give the object another name, or delete it by hand where nothing uses it',
    measured,
    source: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/',
    checked,
  },
  'driver-changed': {
    does:
      'jobs go on, and nodes keep the driver that they have: its pods are replaced only when somebody deletes them (OnDelete), ' +
      'which ends what uses it there. Until then old and new nodes differ; its other pods start anew by themselves',
    way: 'plan who restarts drivers afterwards, node by node: npx estate runbook CLUSTER.POOL',
    source: 'https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-driver-upgrades.html',
    checked,
    unverified: 'read in the manifests of both operators and in their settings in the bundle, not seen on nodes',
  },
  'library-changed': {
    does:
      'its pods write it onto nodes anew, where running jobs have the old files open: they may fail, and jobs that start ' +
      'meanwhile may load some of both',
    way: 'hold the queues of its pools with stopPolicy: Hold, and apply it when their jobs have ended',
    source: 'https://github.com/GoogleCloudPlatform/container-engine-accelerators',
    checked,
    unverified: 'that files which are written over hurt jobs that have them open; installers copy in place',
  },
  'queue-software-changed': {
    does: 'running jobs go on; while Kueue starts anew no job is admitted, and to make jobs of its kinds is refused (its webhooks fail)',
    measured,
    source: `${KUEUE}/charts/kueue`,
    checked,
  },
  'component-changed': {
    does: 'its pods start anew; jobs go on. Where it counts what nodes have, or gives it to pods, new pods wait on a node until it is there again',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/',
    checked,
    unverified: 'that no pod of a job depends on it while it starts',
  },
  'component-removed': {
    does: 'where GitOps prunes, it is removed with the objects of its kinds; running jobs keep what they have, nodes keep what is loaded until they start anew, and what it counted is counted no more',
    way: 'see that something else gives what it gave',
    source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
    checked,
    unverified: 'that charts keep or take their kinds with them as Helm does',
  },
};
