import { FILE_FLOORS } from '../../estate/catalog/acceptance';
import type { FileSystemPlan, MountPlan } from '../../estate/plan/types';
import { claimOf } from '../../estate/plan/volumes/plan-volumes';
import { convertSize } from '../../estate/units';
import type { KubeObject } from '../types';
import { envOf, jobOf, SCRIPTS_FOLDER } from './job';
import type { PoolScene } from './scene';

/** Nodes that measure a file system together. */
const CLIENTS = 4;
const MOUNT = '/data';

/** The run, which tells files of this one from those of an earlier one that was ended. */
const RUN = {
  name: 'RUN',
  valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/controller-uid']" } },
} as const;

/** Whether the nodes of a pool get from each file system that they mount what its tier promises. */
export function fileJobs(scene: PoolScene): readonly KubeObject[] {
  return scene.shard.mounts.flatMap((store) => (isMade(store) ? [fileJob(scene, store)] : []));
}

/** Of file systems that exist already nobody says the tier. */
function isMade(store: MountPlan): store is FileSystemPlan {
  return store.kind === 'lustre' && store.existing === undefined;
}

function fileJob(scene: PoolScene, store: FileSystemPlan): KubeObject {
  const nodes = Math.min(CLIENTS, scene.reach, scene.flavor.nodes);
  const { share, nodeMBps } = FILE_FLOORS[scene.shard.cloud];
  const floor = Math.floor(tierMBps(store) * share);
  return jobOf(scene, {
    check: 'files',
    of: [store.key],
    expects: `completes: its nodes together write and read at least ${Math.min(floor, nodes * nodeMBps)} MB/s`,
    nodes,
    seconds: 3600,
    hasScripts: true,
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: claimOf(scene.plan, store.key) } }],
    container: {
      // Root of the node: the root of a new file system is his.
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      command: ['python3', `${SCRIPTS_FOLDER}/files.py`],
      env: [
        ...envOf({
          MOUNT,
          NODES: String(nodes),
          NODE_FLOOR_MBPS: String(nodeMBps),
          SECONDS: '60',
          STORE_FLOOR_MBPS: String(floor),
          STREAMS: '16',
          STREAM_BYTES: String(4 * 1024 ** 3),
        }),
        RUN,
      ],
      volumeMounts: [{ name: 'data', mountPath: MOUNT }],
    },
  });
}

/** Throughput that the tier of a file system promises for its size, MB/s. */
function tierMBps({ size, unit, tier }: FileSystemPlan): number {
  return convertSize(size, unit, 'TiB') * tier.throughputMBpsPerTiB;
}
