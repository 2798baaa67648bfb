import { ACCEPTANCE } from '../../estate/plan/acceptance-jobs';
import { collectiveObjects } from '../acceptance/collective';
import { fileJobs } from '../acceptance/files';

import { labelsJob, rackJob, readerObjects, tooLargeJob } from '../acceptance/nodes';
import { reachJobs } from '../acceptance/reach';
import { type PoolScene, poolScenes } from '../acceptance/scene';
import { JAX_SCRIPT, NEURON_SCRIPT, TORCH_SCRIPT } from '../acceptance/scripts/collective';
import { FILES_SCRIPT } from '../acceptance/scripts/files';
import { LABELS_SCRIPT } from '../acceptance/scripts/labels';
import type { KubeObject, PartMaker } from '../types';

/** Scripts by the name of their file. */
const SCRIPTS: Readonly<Record<string, string>> = {
  'files.py': FILES_SCRIPT,
  'jax.py': JAX_SCRIPT,
  'labels.py': LABELS_SCRIPT,
  'neuron.py': NEURON_SCRIPT,
  'torch.py': TORCH_SCRIPT,
};

/**
 * Jobs by which somebody accepts the nodes of a cluster, in its own queues: applied by hand, pool by pool.
 *
 * None of them has the number of racks in it, so that a rack more changes none: one job takes one rack, and a copy of it
 * the next one. On a manager they say whether its queue reaches each worker.
 */
export const acceptance: PartMaker = (context) => {
  if (context.set.role === 'manager') return reachJobs(context.set);
  const scenes = poolScenes(context);
  const namespaces = [...new Set(scenes.map(({ namespace }) => namespace))].sort();
  return [...readerObjects(namespaces), ...namespaces.flatMap(sharedObjects), ...scenes.flatMap(poolObjects)];
};

function poolObjects(scene: PoolScene): readonly KubeObject[] {
  const { rackNodes, reach } = scene;
  const isWhole = rackNodes !== undefined && rackNodes <= reach;
  return [
    labelsJob(scene),
    ...(isWhole ? [rackJob(scene, rackNodes), tooLargeJob(scene, rackNodes)] : []),
    ...collectiveObjects(scene),
    ...fileJobs(scene),
  ];
}

/** The scripts, and the service by which pods of a job find each other before they are ready. */
function sharedObjects(namespace: string): readonly KubeObject[] {
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: ACCEPTANCE, namespace }, data: SCRIPTS },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: ACCEPTANCE, namespace },
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: { 'app.kubernetes.io/part-of': ACCEPTANCE },
      },
    },
  ];
}
