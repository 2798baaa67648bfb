import { JOB_FRAMEWORKS } from '../../estate/catalog/software';
import { MANAGER_ACCOUNT, QUEUE_NAMESPACE } from '../../estate/plan/queue/manager-names';
import { KEPT } from '../kept';
import type { BundleContext, KubeObject } from '../types';

export { MANAGER_ACCOUNT, managerSecret } from '../../estate/plan/queue/manager-names';

/** Verbs on kinds of jobs that the manager makes copies of; of `workloads` it also takes a finalizer away. */
const COPIED = ['create', 'delete', 'get'] as const;

/** A kind of objects, as roles name it. */
interface Resource {
  readonly group: string;
  readonly resource: string;
}

/** Kinds of which the manager makes copies on workers, of those that the queue takes. */
const KINDS: readonly Resource[] = JOB_FRAMEWORKS.kinds
  .filter(({ copiesPods }) => copiesPods !== true)
  .map(({ group, kind }) => ({ group, resource: `${kind.toLowerCase()}s` }));

const WORKLOADS: Resource = { group: 'kueue.x-k8s.io', resource: 'workloads' };

/** What the manager writes when it ends a job that it had sent: without it jobs are ended on the manager alone, and run on. */
const STATUS: Resource = { group: 'kueue.x-k8s.io', resource: 'workloads/status' };

/** The namespace of Kueue in a cluster: that of whatever gives the queue. */
export function queueNamespace({ software }: Pick<BundleContext, 'software'>): string {
  return software.components.find(({ gives }) => gives.includes('queue'))?.namespace ?? QUEUE_NAMESPACE;
}

/**
 * What the manager may do on a worker: see jobs and workloads wherever they are, since it watches the whole cluster, and make
 * and remove them in the namespaces of the queue alone. There it may do so as long as there is the namespace: jobs of a team
 * that has left the estate are ended by it too.
 */
export function managerAccess(context: BundleContext): KubeObject[] {
  const namespace = queueNamespace(context);
  const subjects = [{ kind: 'ServiceAccount', name: MANAGER_ACCOUNT, namespace }];
  const [watch, copy] = [`${MANAGER_ACCOUNT}-watch`, `${MANAGER_ACCOUNT}-copy`];
  const queued = [
    ...new Set(context.set.queues.flatMap(({ kind, namespaces }) => (kind === 'worker' ? namespaces : []))),
  ];
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: MANAGER_ACCOUNT, namespace } },
    clusterRole(watch, [rulesFor(KINDS, ['list', 'watch']), rulesFor([WORKLOADS], ['list', 'watch'])].flat()),
    clusterRole(
      copy,
      [
        rulesFor(KINDS, COPIED),
        rulesFor([WORKLOADS], [...COPIED, 'update']),
        rulesFor([STATUS], ['get', 'patch', 'update']),
      ].flat(),
    ),
    binding('ClusterRoleBinding', watch, undefined, subjects),
    ...queued.sort().map((each) => binding('RoleBinding', copy, each, subjects)),
  ];
}

const RBAC = 'rbac.authorization.k8s.io';

function clusterRole(name: string, rules: readonly object[]): KubeObject {
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name }, rules };
}

function rulesFor(kinds: readonly Resource[], verbs: readonly string[]): object[] {
  return kinds.map(({ group, resource }) => ({ apiGroups: [group], resources: [resource], verbs }));
}

function binding(
  kind: 'ClusterRoleBinding' | 'RoleBinding',
  name: string,
  namespace: string | undefined,
  subjects: readonly object[],
): KubeObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace, annotations: KEPT }) },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
    subjects,
  };
}
