import { PYTHON_IMAGE } from '../../estate/catalog/acceptance';
import { ACCEPTANCE, acceptanceJob, type Check } from '../../estate/plan/acceptance-jobs';
import type { KubeObject } from '../types';
import type { PoolScene } from './scene';

/** What a job is expected to do. */
export const EXPECTS = 'training-estate/expects';

/** Folder in which pods find the scripts. */
export const SCRIPTS_FOLDER = '/acceptance';

/** What of a job differs from the others. */
export interface JobShape {
  /** What it is about, and the last part of its name. */
  readonly check: Check;
  /** Further parts of the name. @default none */
  readonly of?: readonly string[];
  /** What is expected of it, as a sentence. */
  readonly expects: string;
  readonly nodes: number;
  /** Longest time that it runs, s. */
  readonly seconds: number;
  /** Whether each pod takes a whole node. @default true */
  readonly wholeNodes?: boolean;
  /** Whether pods see the scripts, which lie in their own cluster only. @default false */
  readonly hasScripts?: boolean;
  /** Label of the level in which all of its pods have to lie. @default anywhere */
  readonly within?: string;
  /** The only container, without its name. */
  readonly container: Readonly<Record<string, unknown>> & {
    readonly resources?: Resources;
    readonly volumeMounts?: readonly unknown[];
  };
  /** Further parts of the pod. @default none */
  readonly pod?: Readonly<Record<string, unknown>>;
  /** Volumes of the pod. @default none */
  readonly volumes?: readonly unknown[];
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Resources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
  readonly claims?: readonly { readonly name: string }[];
}

/** What of a pool, or of what stands in its place, jobs need. */
export type JobScene = Pick<PoolScene, 'namespace' | 'queue' | 'flavor'> & { readonly pool: { readonly key: string } };

/** Labels of everything that accepts a pool, so that one command lists or removes it. */
export function acceptanceLabels({ pool }: Pick<JobScene, 'pool'>, check: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/part-of': ACCEPTANCE,
    'app.kubernetes.io/instance': pool.key,
    'app.kubernetes.io/component': check,
  };
}

/** A job of a pool in its queue: one pod for each node that it asks for. */
export function jobOf(scene: JobScene, shape: JobShape): KubeObject {
  const { namespace, queue } = scene;
  const { check, of = [], expects, nodes, seconds, within, pod = {}, annotations = {}, volumes = [] } = shape;
  const labels = acceptanceLabels(scene, check);
  const topology = within === undefined ? {} : { 'kueue.x-k8s.io/podset-required-topology': within };
  const mounted = [...(shape.hasScripts ? [{ name: 'scripts', configMap: { name: ACCEPTANCE } }] : []), ...volumes];
  const podAnnotations = { ...annotations, ...topology };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: acceptanceJob(scene.pool.key, check, ...of),
      namespace,
      labels: { ...labels, 'kueue.x-k8s.io/queue-name': queue },
      annotations: { [EXPECTS]: expects },
    },
    spec: {
      suspend: true,
      completionMode: 'Indexed',
      completions: nodes,
      parallelism: nodes,
      backoffLimit: 0,
      activeDeadlineSeconds: seconds,
      template: {
        metadata: { labels, ...(Object.keys(podAnnotations).length > 0 && { annotations: podAnnotations }) },
        spec: {
          restartPolicy: 'Never',
          subdomain: ACCEPTANCE,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 5,
          nodeSelector: { ...scene.flavor.nodeLabels },
          ...pod,
          containers: [containerOf(scene, shape)],
          ...(mounted.length > 0 && { volumes: mounted }),
        },
      },
    },
  };
}

function containerOf(scene: JobScene, { wholeNodes = true, hasScripts = false, container: shaped }: JobShape) {
  const { resources = {}, volumeMounts = [], ...container } = shaped;
  const devices = wholeNodes ? nodeDevices(scene) : {};
  const mounts = [
    ...(hasScripts ? [{ name: 'scripts', mountPath: SCRIPTS_FOLDER, readOnly: true }] : []),
    ...volumeMounts,
  ];
  const { requests, limits, claims } = resources;
  return {
    name: 'check',
    image: PYTHON_IMAGE.image,
    ...container,
    resources: {
      requests: { cpu: '1', memory: '1Gi', ...requests, ...devices.requests },
      ...((limits !== undefined || devices.limits !== undefined) && { limits: { ...limits, ...devices.limits } }),
      ...(claims !== undefined && { claims }),
    },
    ...(mounts.length > 0 && { volumeMounts: mounts }),
  };
}

/** What a pod asks for so that no other one fits beside it. */
function nodeDevices({ flavor }: JobScene): Resources {
  const { accelerator, resource, perNode } = flavor;
  if (accelerator !== 'cpu') return { limits: { [resource]: String(perNode.accelerators) } };
  // More than half of what a node has: the rest is for its system.
  return perNode.vcpus === undefined ? {} : { requests: { cpu: String(Math.floor(perNode.vcpus * 0.6)) } };
}

/** Settings of a container that needs no right on its node. */
export const HARMLESS = {
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    runAsUser: 65532,
    seccompProfile: { type: 'RuntimeDefault' },
  },
} as const;

/** Variables of a container, sorted. */
export function envOf(
  env: Readonly<Record<string, string>>,
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(env)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}
