import type { MachineOf } from '../../estate/catalog';
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
import { efaOf, googleFabricOf, infinibandOf, type PodFabric, roceOf } from '../../estate/catalog/acceptance-fabrics';
import type { KubeObject } from '../types';
import { ACCEPTANCE, envOf, type JobShape, jobName, jobOf, SCRIPTS_FOLDER } from './job';
import type { PoolScene } from './scene';

/** Nodes of an all-reduce over the fabric: the number that providers publish figures of. */
const PAIR = 2;

/** Keeps collectives of racks off NVLink, so that the fabric is measured. */
const WITHOUT_DOMAIN = { NCCL_MNNVL_ENABLE: '0' } as const;

const FABRICS: { readonly [C in keyof MachineOf]: (machine: MachineOf[C]) => PodFabric } = {
  aws: efaOf,
  azure: infinibandOf,
  google: googleFabricOf,
  oracle: roceOf,
};

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
  const fabric = fabricOf(machine);
  const floor = bandwidthFloor(machine, path);
  const name = jobName(scene, path);
  const isRack = machine.vendor === 'nvidia' && machine.scaleUpNodes > 1;
  const channel = isRack && path === 'domain' ? `${name}-channel` : undefined;
  const claims = claimsOf(name, channel, fabric);
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
      annotations: networksOf(fabric),
      container: {
        image: image.image,
        command: ['/bin/bash', '-c', script],
        securityContext: fabric.isHost ? { privileged: true } : { capabilities: { add: ['IPC_LOCK'] } },
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
    ...(fabric.claim === undefined ? [] : [devicesOf(scene, name, fabric.claim)]),
  ];
}

function fabricOf(machine: PoolScene['machine']): PodFabric {
  const of = FABRICS[machine.cloud] as (machine: PoolScene['machine']) => PodFabric;
  return of(machine);
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

function networksOf({ networks = {} }: PodFabric): Readonly<Record<string, string>> {
  const joined = Object.entries(networks);
  if (joined.length === 0) return {};
  const interfaces = [['eth0', 'default'], ...joined].map(([interfaceName, network]) => ({ interfaceName, network }));
  return {
    'networking.gke.io/default-interface': 'eth0',
    'networking.gke.io/interfaces': JSON.stringify(interfaces),
  };
}

function claimsOf(name: string, channel: string | undefined, { claim }: PodFabric) {
  return [
    ...(channel === undefined ? [] : [{ name: 'channel', template: channel }]),
    ...(claim === undefined ? [] : [{ name: 'rdma', template: `${name}-rdma` }]),
  ];
}

/** The domain that shares memory over NVLink: it belongs to its job, and its driver makes the template of the channel. */
function domainOf(scene: PoolScene, name: string, channel: string, nodes: number): KubeObject {
  return {
    apiVersion: 'resource.nvidia.com/v1beta1',
    kind: 'ComputeDomain',
    metadata: { name, namespace: scene.namespace },
    spec: { numNodes: nodes, channel: { resourceClaimTemplate: { name: channel } } },
  };
}

function devicesOf(
  scene: PoolScene,
  name: string,
  { deviceClass, count }: NonNullable<PodFabric['claim']>,
): KubeObject {
  return {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaimTemplate',
    metadata: { name: `${name}-rdma`, namespace: scene.namespace },
    spec: {
      spec: {
        devices: {
          requests: [{ name: 'rdma', exactly: { deviceClassName: deviceClass, allocationMode: 'ExactCount', count } }],
        },
      },
    },
  };
}
