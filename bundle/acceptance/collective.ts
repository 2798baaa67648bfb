import {
  bandwidthFloor,
  type CollectiveImage,
  type CollectivePath,
  type CollectiveTool,
  collectiveImage,
  MESSAGE_BYTES,
  NEURON_CORES,
  TPU_LABEL_KEYS,
  TPU_LABELS,
} from '../../estate/catalog/acceptance';
import { type PodFabric, podFabric } from '../../estate/catalog/acceptance-fabrics';
import { POD_SECURITY } from '../../estate/catalog/pods';
import { ACCEPTANCE, acceptanceJob } from '../../estate/plan/acceptance-jobs';
import { interfaceAnnotations } from '../../estate/plan/software/data-networks';
import type { KubeObject } from '../types';
import { acceptanceLabels, envOf, type JobShape, jobOf, SCRIPTS_FOLDER } from './job';
import type { PoolScene } from './scene';

/** Nodes of an all-reduce over the fabric: the number that providers publish figures of. */
const PAIR = 2;

/** Keeps collectives of racks off NVLink, so that the fabric is measured. */
const WITHOUT_DOMAIN = { NCCL_MNNVL_ENABLE: '0' } as const;

/** What starts the script of each tool. */
const COMMANDS: Readonly<Record<CollectiveTool, string>> = {
  torch: `exec python3 ${SCRIPTS_FOLDER}/torch.py`,
  'torch-neuronx':
    'exec torchrun --nnodes "$NODES" --node_rank "$JOB_COMPLETION_INDEX" --nproc_per_node "$RANKS_PER_NODE" ' +
    `--master_addr "$HEAD" --master_port 29500 ${SCRIPTS_FOLDER}/neuron.py`,
  jax: `exec python3 ${SCRIPTS_FOLDER}/jax.py`,
};

/** All-reduces of a pool: over the fabric between two nodes, and over the NVLink of a rack or the links of a slice. */
export function collectiveObjects(scene: PoolScene): readonly KubeObject[] {
  const { machine, rackNodes, reach, flavor, together } = scene;
  const image = collectiveImage(machine);
  if (image === undefined) return [];
  const most = Math.min(reach, flavor.nodes);
  const isSlice = machine.topologies !== undefined;
  const whole = rackNodes !== undefined && rackNodes > 1 && rackNodes <= most ? rackNodes : undefined;
  return [
    ...(whole === undefined ? [] : measured(scene, image, { path: 'domain', nodes: whole, within: together })),
    ...(isSlice || machine.scaleOutGbps === 0 || most < PAIR
      ? []
      : measured(scene, image, { path: 'fabric', nodes: PAIR, within: together })),
  ];
}

interface Measure {
  readonly path: CollectivePath;
  readonly nodes: number;
  readonly within: string | undefined;
}

function measured(scene: PoolScene, image: CollectiveImage, { path, nodes, within }: Measure): readonly KubeObject[] {
  const { machine } = scene;
  const fabric = podFabric(machine.cloud, machine);
  const floor = bandwidthFloor(machine, path);
  const name = acceptanceJob(scene.pool.key, path);
  const isRack = machine.vendor === 'nvidia' && machine.scaleUpNodes > 1;
  const channel = isRack && path === 'domain' ? `${name}-channel` : undefined;
  const claims = claimsOf(channel, fabric);
  const script = [fabric.setUp, COMMANDS[image.tool]].filter((line) => line !== undefined).join('\n');
  return [
    jobOf(scene, {
      check: path,
      expects:
        floor === undefined
          ? 'completes; no floor of its bandwidth is known, its log says what it is'
          : `completes: the bus bandwidth of an all-reduce is at least ${floor.busGBps} GB/s`,
      nodes,
      seconds: 3600,
      hasScripts: true,
      ...(within !== undefined && { within }),
      pod: {
        ...(fabric.isHost && { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }),
        ...sliceSelector(scene),
        ...(claims.length > 0 && {
          resourceClaims: claims.map(({ name: claim, template }) => ({
            name: claim,
            resourceClaimTemplateName: template,
          })),
        }),
      },
      volumes: [
        { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '32Gi' } },
        ...fabric.folders.map(({ name: folder, path: hostPath }) => ({ name: folder, hostPath: { path: hostPath } })),
      ],
      annotations: networksOf(scene),
      container: {
        image: image.image,
        command: ['/bin/bash', '-c', script],
        ...securityOf(scene, fabric),
        env: envOf({
          ...fabric.env,
          ...(isRack && (path === 'fabric' ? WITHOUT_DOMAIN : { NCCL_MNNVL_ENABLE: '1' })),
          NCCL_DEBUG: 'WARN',
          HEAD: `${name}-0.${ACCEPTANCE}`,
          MESSAGE_BYTES: String(MESSAGE_BYTES[image.tool]),
          NODES: String(nodes),
          RANKS_PER_NODE: String(ranksOf(scene)),
          ...(floor !== undefined && { FLOOR_GBPS: String(floor.busGBps) }),
        }),
        resources: {
          requests: { cpu: '8', memory: '64Gi' },
          ...(Object.keys(fabric.resources).length > 0 && {
            limits: Object.fromEntries(Object.entries(fabric.resources).map(([key, count]) => [key, String(count)])),
          }),
          ...(claims.length > 0 && { claims: claims.map(({ name: claim }) => ({ name: claim })) }),
        },
        volumeMounts: [
          { name: 'shared-memory', mountPath: '/dev/shm' },
          ...fabric.folders.map(({ name: folder, mountPath }) => ({ name: folder, mountPath })),
        ],
      },
    } satisfies JobShape),
    ...(channel === undefined ? [] : [domainOf(scene, name, channel, nodes)]),
  ];
}

/** Processes of one node: one for each accelerator, on Trainium one for each of its cores. */
function ranksOf({ machine }: PoolScene): number {
  return machine.accelerators * (NEURON_CORES[machine.accelerator ?? '']?.cores ?? 1);
}

/** GKE tells pods of a slice their addresses where they name its chips and its topology. */
function sliceSelector({ machine, pool, flavor }: PoolScene): {
  readonly nodeSelector?: Readonly<Record<string, string>>;
} {
  const label = TPU_LABELS[machine.accelerator ?? ''];
  if (machine.topologies === undefined || label === undefined || pool.topology === undefined) return {};
  return {
    nodeSelector: {
      ...flavor.nodeLabels,
      [TPU_LABEL_KEYS.accelerator]: label.value,
      [TPU_LABEL_KEYS.topology]: pool.topology,
    },
  };
}

/** Rights on the node as far as the namespace of the cloud lets pods have them. */
function securityOf({ shard }: PoolScene, { isHost }: PodFabric) {
  if (POD_SECURITY[shard.cloud].level === 'baseline') return {};
  return { securityContext: isHost ? { privileged: true } : { capabilities: { add: ['IPC_LOCK'] } } };
}

/** Networks that pods join beside that of the cluster, where the cloud hands them out by annotations. */
function networksOf({ plan, shard: { key }, pool }: PoolScene): Readonly<Record<string, string>> {
  const shard = plan.shards('google').find((one) => one.key === key);
  const own = shard?.pools.find((one) => one.key === pool.key);
  return shard === undefined || own === undefined ? {} : interfaceAnnotations(shard, own);
}

function claimsOf(channel: string | undefined, { claims }: PodFabric) {
  return [
    ...(channel === undefined ? [] : [{ name: 'channel', template: channel }]),
    ...(claims === undefined ? [] : [{ name: 'rdma', template: `rdma-${claims}` }]),
  ];
}

/** The domain that shares memory over NVLink: it belongs to its job, and its driver makes the template of the channel. */
function domainOf(scene: PoolScene, name: string, channel: string, nodes: number): KubeObject {
  return {
    apiVersion: 'resource.nvidia.com/v1beta1',
    kind: 'ComputeDomain',
    metadata: { name, namespace: scene.namespace, labels: acceptanceLabels(scene, 'domain') },
    spec: { numNodes: nodes, channel: { resourceClaimTemplate: { name: channel } } },
  };
}
