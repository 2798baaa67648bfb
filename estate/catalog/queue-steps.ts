import type { Cloud, Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;
const MULTIKUEUE = 'https://kueue.sigs.k8s.io/docs/tasks/manage/setup_multikueue/';
const MEASURED = 'Kueue 0.19.2 on Kubernetes 1.36.3';

/** Longest time for which clusters of a cloud give a token of a service account, whatever is asked for. */
export const TOKEN_HOURS: Readonly<Record<Cloud, Sourced & { readonly hours: number }>> = {
  aws: { hours: 24, source: 'https://github.com/DataDog/stratus-red-team/issues/163', ...CHECKED },
  azure: { hours: 24, source: 'https://github.com/MicrosoftDocs/azure-docs/issues/102161', ...CHECKED },
  google: { hours: 48, source: 'https://github.com/DataDog/stratus-red-team/issues/163', ...CHECKED },
  oracle: {
    hours: 24,
    source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contengaddingserviceaccttoken.htm',
    ...CHECKED,
    unverified: 'no limit is published; that of others is taken',
  },
};

/** What somebody does by hand so that the manager reaches a worker; texts name what differs by `{word}`. */
export interface WorkerStepRow extends Sourced {
  /** Stable name of the step. */
  readonly id: string;
  readonly title: string;
  readonly why?: string;
  readonly run?: readonly string[];
  readonly see?: readonly string[];
  readonly done?: string;
}

/** Steps by which the manager gets to a worker, and keeps to it, and nobody else. */
export const WORKER_STEPS: readonly WorkerStepRow[] = [
  {
    id: 'account',
    title: 'See that the bundle of {worker} has brought the account of the manager',
    why: 'It may watch jobs and workloads, and make and remove them in the namespaces of the queue: nothing else.',
    see: ['kubectl --context {worker} --namespace {queueNamespace} get serviceaccount {account}'],
    done: 'it is there',
    source: MULTIKUEUE,
    ...CHECKED,
  },
  {
    id: 'kubeconfig',
    title: 'Write a kubeconfig with a token of {hours} hours, and give it to the manager as a secret',
    why:
      'The API server has to be reached from pods of {manager} under the address that is written, over the links of the ' +
      'estate. The queue refuses plugins (exec), files of tokens and certificates that are not checked.',
    run: [
      'umask 077',
      'SERVER="$(kubectl --context {worker} config view --minify --output \'jsonpath={.clusters[0].cluster.server}\')"',
      "kubectl --context {worker} --namespace kube-system get configmap kube-root-ca.crt --output 'jsonpath={.data.ca\\.crt}' > {worker}.ca",
      'kubectl config --kubeconfig {worker}.kubeconfig set-cluster {worker} --server="$SERVER" --certificate-authority={worker}.ca --embed-certs',
      'kubectl config --kubeconfig {worker}.kubeconfig set-credentials {account} --token="$(kubectl --context {worker} --namespace {queueNamespace} create token {account} --duration {hours}h)"',
      'kubectl config --kubeconfig {worker}.kubeconfig set-context {worker} --cluster={worker} --user={account}',
      'kubectl config --kubeconfig {worker}.kubeconfig use-context {worker}',
      'kubectl --context {manager} --namespace {queueNamespace} create secret generic {secret} --from-file=kubeconfig={worker}.kubeconfig --dry-run=client --output yaml | kubectl --context {manager} apply --server-side --filename -',
      'rm {worker}.kubeconfig {worker}.ca',
    ],
    see: [
      'kubectl --context {manager} get multikueuecluster {worker} --output \'custom-columns=WORKER:.metadata.name,ACTIVE:.status.conditions[?(@.type=="Active")].status,SAYS:.status.conditions[?(@.type=="Active")].message\'',
    ],
    done: 'ACTIVE is True',
    source: MULTIKUEUE,
    ...CHECKED,
  },
  {
    id: 'rotate',
    title: 'Do the same again every {renewal} hours, from where {worker} and {manager} are both reached',
    why:
      'No longer token is given there, and none is kept for good. The secret is never part of the bundle. While it is out of ' +
      'date nothing new is sent to {worker}; what runs there goes on.',
    source: MULTIKUEUE,
    ...CHECKED,
    unverified:
      'what becomes of jobs that run there for longer than workerLostTimeout (15 minutes) without the manager',
  },
  {
    id: 'people',
    title: 'See that nobody but {account} makes jobs in namespaces of teams on {worker}',
    why:
      'A worker has one queue for each accelerator, for all teams: a job that is made there passes shares, floors and limits ' +
      'of borrowing by. People of a team make jobs on {manager} (the role edit in its namespace), and on {worker} they ' +
      'read (the role view). Services that the estate places on {worker} are made by whoever runs them, in their own namespace.',
    see: [
      'for team in {namespaces}; do kubectl --context {worker} --namespace "$team" get rolebindings --output wide; done',
      'kubectl --context {worker} get clusterrolebindings --output wide',
      'for team in {namespaces}; do kubectl --context {worker} --namespace "$team" auth can-i create jobs.batch --as somebody --as-group GROUP; done   # for the GROUP of each team',
    ],
    done: 'no binding but that of {account} and those of administrators has a role that makes jobs, and each answer is no',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
    ...CHECKED,
  },
];

/** Steps that show that jobs get from the manager to its workers, once for all of them. */
export const MANAGER_STEPS: readonly WorkerStepRow[] = [
  {
    id: 'send',
    title: 'Send a small job to each kind of pool through the manager',
    why: 'Each names a pool by its key: of several workers with one key the first to take the job has it.',
    run: ['kubectl --context {manager} apply --server-side --kustomize {folder}/acceptance'],
    see: [
      'kubectl --context {manager} wait jobs --all-namespaces --selector app.kubernetes.io/component=reach --for=condition=complete --timeout=15m',
      "kubectl --context {manager} get workloads --all-namespaces --output 'custom-columns=NAME:.metadata.name,WHERE:.status.clusterName,SAYS:.status.admissionChecks[*].message'",
    ],
    done: 'all of them complete, and WHERE names every worker: {workers}',
    source: MULTIKUEUE,
    ...CHECKED,
  },
  {
    id: 'clean',
    title: 'Remove these jobs',
    run: ['kubectl --context {manager} delete jobs --all-namespaces --selector app.kubernetes.io/component=reach'],
    done: 'their copies on workers are gone as well',
    source: MULTIKUEUE,
    ...CHECKED,
  },
];

/** What is wrong with a worker, by what the manager says of it. */
export interface WorkerTrouble extends Sourced {
  /** What stands there, or what is seen. */
  readonly says: string;
  /** What it means and what to do. */
  readonly means: string;
  readonly measured: string;
}

/** What to do when a worker is not active, or takes nothing. */
export const WORKER_TROUBLES: readonly WorkerTrouble[] = [
  {
    says: 'key "kubeconfig" not found in secret',
    means: 'the secret has another key: it is made with --from-file=kubeconfig=FILE',
    measured: MEASURED,
    source: MULTIKUEUE,
    ...CHECKED,
  },
  {
    says: 'exec plugins are not allowed, or tokenFile is not allowed',
    means: 'it is the kubeconfig of a person: write one with a token in it, as above',
    measured: MEASURED,
    source: MULTIKUEUE,
    ...CHECKED,
  },
  {
    says: 'insecure TLS verification is not allowed',
    means: 'the certificate of the API server has to be checked: put its CA into the kubeconfig',
    measured: MEASURED,
    source: MULTIKUEUE,
    ...CHECKED,
  },
  {
    says: 'ClientConnectionFailed: no matches for kind "JobSet"',
    means: 'the worker lacks a kind of jobs that the manager sends, and gets no job of any kind: apply its bundle',
    measured: MEASURED,
    source: MULTIKUEUE,
    ...CHECKED,
  },
  {
    says: 'it is Active, and a job stays Pending with an empty message',
    means:
      'its namespace, its LocalQueue or enough quota is missing on the worker, whose own Workload says so: apply both bundles ' +
      'of one commit; it heals by itself',
    measured: MEASURED,
    source: MULTIKUEUE,
    ...CHECKED,
  },
  {
    says: 'Unauthorized, or a time-out',
    means: 'the token has ended, or the API server is not reached from pods of the manager: links, and access.ranges',
    measured: 'read, not tried',
    source: MULTIKUEUE,
    ...CHECKED,
    unverified: 'the words of the message',
  },
];
