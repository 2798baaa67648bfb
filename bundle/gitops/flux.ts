import { byKind } from '../../estate/by-kind';
import type { ComponentPlan } from '../../estate/plan/software/types';
import { objectFile } from '../files';
import { kustomizationFile } from '../kustomize';
import { BY_HAND, clusterFolder, partFolder } from '../places';
import type { BundleFile, KubeObject, Part } from '../types';
import { manifestFolder } from './manifests';
import { neededParts } from './order';
import type { BundleSource, ClusterScene, GitOpsTool, Installed, PartScene } from './types';

/** Where Flux runs, and its own objects lie. */
const NAMESPACE = 'flux-system';

const [SOURCES, KUSTOMIZE, HELM] = [
  'source.toolkit.fluxcd.io/v1',
  'kustomize.toolkit.fluxcd.io/v1',
  'helm.toolkit.fluxcd.io/v2',
];

/** Name of the Kustomization of a part: of each cluster by itself, since Flux runs in each. */
const nameOf = (part: string) => `estate-${part}`;

/** How each part is applied: how long it may take, and whether those after it wait until all of it is ready. */
const PART_SETTINGS: Readonly<Record<Part, { readonly timeout: string; readonly wait: boolean }>> = {
  base: { timeout: '5m', wait: true },
  // Manifests among it run on every node, and of thousands of nodes one is always broken: what is waited for are releases.
  software: { timeout: '30m', wait: false },
  // An operator may turn an object into something on every node, and of thousands of nodes one is always broken.
  fabric: { timeout: '5m', wait: false },
  queue: { timeout: '5m', wait: true },
  // Claims that wait for their first pod are never ready by themselves.
  storage: { timeout: '5m', wait: false },
  // So is a DaemonSet with one broken node.
  monitoring: { timeout: '5m', wait: false },
  acceptance: { timeout: '2h', wait: true },
};

/** Kinds of the queue that tell by a condition of their own whether they work. */
const ACTIVE = ['ClusterQueue', 'AdmissionCheck', 'MultiKueueCluster'];

/** Flux, which runs in each cluster and reads the folder of that cluster: one Kustomization for each part, in their order. */
export const flux: GitOpsTool = {
  install: (components, values) => installed(components, values),
  around: (clusters, source) => clusters.flatMap((cluster) => clusterFiles(cluster, source)),
};

function clusterFiles(cluster: ClusterScene, source: BundleSource): BundleFile[] {
  const { key } = cluster.shard;
  const folder = `${clusterFolder(key)}/flux`;
  const objects = cluster.parts.map((part) => objectFile(folder, partKustomization(cluster, part, source)));
  return [
    ...objects,
    kustomizationFile(
      folder,
      objects.map(({ path }) => path.slice(folder.length + 1)),
    ),
    kustomizationFile(clusterFolder(key), ['flux']),
  ].map((file) => ({ ...file, shard: key }));
}

function partKustomization(cluster: ClusterScene, { part }: PartScene, source: BundleSource): KubeObject {
  const { shard, parts, components } = cluster;
  const { folder, repository = NAMESPACE } = source;
  const needs = neededParts(
    part,
    parts.map((each) => each.part),
  );
  const isByHand = BY_HAND.includes(part);
  return kustomization(nameOf(part), {
    ...(needs.length > 0 && { dependsOn: needs.map((each) => ({ name: nameOf(each) })) }),
    path: `./${[folder, partFolder(shard.key, part)].filter(Boolean).join('/')}`,
    sourceRef: { kind: 'GitRepository', name: repository },
    ...PART_SETTINGS[part],
    ...(part === 'software' && { healthChecks: chartsOf(components).map(releaseCheck) }),
    ...(part === 'queue' && { healthCheckExprs: ACTIVE.map(activeCheck) }),
    // Jobs cannot be changed: those of the last time go.
    ...(isByHand && { suspend: true, force: true }),
  });
}

function kustomization(name: string, spec: Readonly<Record<string, unknown>>): KubeObject {
  return fluxObject(KUSTOMIZE, 'Kustomization', name, { interval: '10m', retryInterval: '1m', prune: true, ...spec });
}

function releaseCheck({ name }: ComponentPlan) {
  return { apiVersion: HELM, kind: 'HelmRelease', name, namespace: NAMESPACE };
}

function chartsOf(components: readonly ComponentPlan[]): readonly ComponentPlan[] {
  return components.filter(({ source }) => source.kind !== 'git');
}

function activeCheck(kind: string) {
  return {
    apiVersion: 'kueue.x-k8s.io/v1beta2',
    kind,
    current: "has(status.conditions) && status.conditions.exists(e, e.type == 'Active' && e.status == 'True')",
  };
}

function fluxObject(
  apiVersion: string,
  kind: string,
  name: string,
  spec: Readonly<Record<string, unknown>>,
): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace: NAMESPACE }, spec };
}

function installed(components: readonly ComponentPlan[], values: (component: ComponentPlan) => string): Installed {
  const charts = chartsOf(components);
  return {
    objects: components.flatMap((component) => sourceAndRelease(component, charts)),
    kustomization: {
      resources: components.filter(({ source }) => source.kind === 'git').map(manifestFolder),
      ...(charts.length > 0 && {
        configMapGenerator: charts.map((component) => ({
          name: valuesName(component),
          namespace: NAMESPACE,
          files: [`values.yaml=${values(component)}`],
        })),
        // Releases name them, and go on when what is in them changes.
        generatorOptions: { disableNameSuffixHash: true, labels: { 'reconcile.fluxcd.io/watch': 'Enabled' } },
      }),
    },
  };
}

const valuesName = ({ name }: ComponentPlan) => `${name}-values`;

function sourceAndRelease(component: ComponentPlan, charts: readonly ComponentPlan[]): KubeObject[] {
  const { name } = component;
  return byKind(component.source, {
    oci: ({ url, version, digest }) => [
      fluxObject(SOURCES, 'OCIRepository', name, {
        interval: '1h',
        url,
        ref: digest === undefined ? { tag: version } : { digest },
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      }),
      release(component, charts, { chartRef: { kind: 'OCIRepository', name } }),
    ],
    helm: ({ url, chart, version }) => [
      fluxObject(SOURCES, 'HelmRepository', name, { interval: '1h', url }),
      release(component, charts, {
        chart: { spec: { chart, version, interval: '1h', sourceRef: { kind: 'HelmRepository', name } } },
      }),
    ],
    // A folder of the software that kustomize fills.
    git: () => [],
  });
}

/**
 * A HelmRelease, after those that it needs.
 *
 * One that runs on nodes of pools does not wait until it is ready on all of them: one broken node of thousands would have it
 * rolled back on all.
 */
function release(
  component: ComponentPlan,
  charts: readonly ComponentPlan[],
  chart: Readonly<Record<string, unknown>>,
): KubeObject {
  const { name, namespace, pools, needs } = component;
  const releases = charts.filter((each) => needs.includes(each.name));
  const action = {
    crds: 'CreateReplace',
    ...(pools.length > 0 && { disableWait: true }),
    remediation: { retries: 3 },
  };
  return fluxObject(HELM, 'HelmRelease', name, {
    interval: '1h',
    timeout: '15m',
    releaseName: name,
    targetNamespace: namespace,
    storageNamespace: namespace,
    ...chart,
    ...(releases.length > 0 && { dependsOn: releases.map((each) => ({ name: each.name })) }),
    install: action,
    upgrade: action,
    valuesFrom: [{ kind: 'ConfigMap', name: valuesName(component) }],
  });
}
