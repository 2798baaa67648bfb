import { CLIQUE_LABEL, CLIQUE_LABELS } from '../../estate/catalog/acceptance';
import { ACCEPTANCE, quotaPerNode } from '../../estate/plan/acceptance-jobs';
import { NODE_LABEL_PREFIX, NODE_LABELS } from '../../estate/spec/node-labels';
import type { KubeObject } from '../types';
import { envOf, HARMLESS, jobOf, SCRIPTS_FOLDER } from './job';
import type { PoolScene } from './scene';

/** Name of what lets the service account of acceptance read nodes and quotas. */
const READER = 'training-estate-acceptance';

/** Time that all racks of a pool are held at once, so that each is used by one job, s. */
const HOLD_SECONDS = 600;

/** Taint of spares that somebody starts. */
const SPARE_TAINT = `${NODE_LABEL_PREFIX}spare`;

/** The right to read nodes and quotas, for the service account of acceptance in one namespace each. */
export function readerObjects(namespaces: readonly string[]): readonly KubeObject[] {
  if (namespaces.length === 0) return [];
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: READER },
      rules: [
        { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] },
        { apiGroups: ['kueue.x-k8s.io'], resources: ['clusterqueues', 'cohorts'], verbs: ['get', 'list'] },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: READER },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: READER },
      subjects: namespaces.map((namespace) => ({ kind: 'ServiceAccount', name: ACCEPTANCE, namespace })),
    },
    ...namespaces.map((namespace) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: ACCEPTANCE, namespace },
      automountServiceAccountToken: false,
    })),
  ];
}

/** Whether every node has all labels, groups have their size and one NVLink domain, and quotas are the sum of the nodes. */
export function labelsJob(scene: PoolScene): KubeObject {
  const { flavor, levels, machine, rackNodes } = scene;
  const isRack = rackNodes !== undefined && machine.vendor === 'nvidia' && machine.scaleUpNodes > 1;
  const sizes = [...new Set(flavor.groups.map(({ nodes }) => nodes))].sort((one, other) => one - other);
  return jobOf(scene, {
    check: 'labels',
    expects: 'completes; each node or group that is not as planned is a line WRONG of its log',
    nodes: 1,
    seconds: 900,
    // Nobody starts a node of a pool that may be empty for a pod that asks for none of its accelerators.
    wholeNodes: flavor.isAutoscaled,
    hasScripts: true,
    pod: { serviceAccountName: ACCEPTANCE, automountServiceAccountToken: true },
    container: {
      ...HARMLESS,
      command: ['python3', `${SCRIPTS_FOLDER}/labels.py`],
      env: envOf({
        CLIQUE: isRack ? CLIQUE_LABELS[flavor.cloud].label : 'none',
        CLIQUE_KEY: CLIQUE_LABEL.key,
        FLAVOR: flavor.name,
        GROUP_KEY: NODE_LABELS.group,
        // Pools without whole units differ in size from group to group, and with each change of their number.
        GROUP_NODES: rackNodes === undefined ? '' : sizes.join(','),
        LEVELS: [...new Set([...levels.map(({ key }) => key), ...Object.keys(flavor.nodeLabels)])].join(','),
        PER_NODE: String(quotaPerNode(flavor)),
        POOL: flavor.pool,
        QUOTA: flavor.isAutoscaled ? 'most' : 'exact',
        RESOURCE: flavor.resource,
        SPARE_TAINT,
      }),
    },
  });
}

/** A job that takes one whole rack, or slice: as many of them as there are run at once, each in a rack of its own. */
export function rackJob(scene: PoolScene, nodes: number): KubeObject {
  return jobOf(scene, {
    check: 'rack',
    expects: `is admitted and runs ${HOLD_SECONDS} s with its ${nodes} pods in one value of ${NODE_LABELS.group}; a copy for each rack`,
    nodes,
    seconds: 4 * HOLD_SECONDS,
    within: NODE_LABELS.group,
    container: { ...HARMLESS, command: ['python3', '-c', `import time; time.sleep(${HOLD_SECONDS})`] },
  });
}

/** A job that no rack has room for. It waits for ever, which is what shows that the queue knows racks. */
export function tooLargeJob(scene: PoolScene, nodes: number): KubeObject {
  return jobOf(scene, {
    check: 'too-large',
    expects:
      `waits: its Workload says "allows to fit only ${nodes} out of ${nodes + 1} pod(s)", or "insufficient quota" ` +
      'where the pool is one rack; delete it afterwards',
    nodes: nodes + 1,
    seconds: 60,
    within: NODE_LABELS.group,
    container: { ...HARMLESS, command: ['python3', '-c', 'pass'] },
  });
}
