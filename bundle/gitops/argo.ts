import { posix } from 'node:path';
import { byKind } from '../../estate/by-kind';
import { EstateError } from '../../estate/diagnostics';
import { hash8 } from '../../estate/name';
import type { ComponentPlan } from '../../estate/plan/software/types';
import type { ShardPlan } from '../../estate/plan/types';
import { objectFile } from '../files';
import { kustomizationFile } from '../kustomize';
import { APPLIED, BY_HAND, clusterFolder, partFolder } from '../places';
import type { BundleFile, KubeObject, Part } from '../types';
import { manifestFolder } from './manifests';
import { depthOf } from './order';
import type { BundleSource, ClusterScene, GitOpsTool, PartScene } from './types';

/** Where Argo CD runs, and its own objects lie. */
const NAMESPACE = 'argocd';
const ARGO = 'argoproj.io/v1alpha1';
const FOLDER = 'argo';

/** Longest name: that of an Application is the value of a label on what it applies. */
const LONGEST_NAME = 63;

/** When each part comes; components of the software come between it and what is behind it, by what they need. */
const WAVES: Readonly<Record<Part, number>> = {
  base: 0,
  software: 1,
  fabric: 20,
  queue: 20,
  storage: 20,
  monitoring: 20,
  acceptance: 30,
};

/** What others than the bundle write into objects that it has: the controllers of Kubernetes, when they bind claims. */
const BOUND = ['PersistentVolume', 'PersistentVolumeClaim'].map((kind) => ({
  kind,
  managedFieldsManagers: ['kube-controller-manager'],
}));

/** Where the files lie, with a repository. */
interface ArgoSource {
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly folder: string;
}

/**
 * Argo CD, which runs in one place and knows each cluster by the first part of the names of its resources: one Application for
 * each part and component of each cluster, below one that somebody makes by hand for their folder.
 */
export const argo: GitOpsTool = {
  install: (components) => ({
    objects: [],
    kustomization: { resources: components.filter(({ source }) => source.kind === 'git').map(manifestFolder) },
  }),
  around: (clusters, source) => {
    const from = argoSource(source);
    const objects = [
      ...clusters.flatMap((cluster) => [
        ...cluster.parts.map((part) => partApplication(cluster, part, from, source.name)),
        ...cluster.components.flatMap((component) => chartApplication(cluster, component, from, source.name)),
      ]),
      ...(clusters.length > 0 ? [projectObject(clusters, from, source.name)] : []),
    ].map((object) => objectFile(FOLDER, object));
    const listed = objects.map(({ path }) => path.slice(FOLDER.length + 1));
    return [...objects, ...(objects.length > 0 ? [kustomizationFile(FOLDER, listed)] : []), ...clusters.map(partsOf)];
  },
};

function partsOf({ shard, parts }: ClusterScene): BundleFile {
  const present = parts.map(({ part }) => part);
  const listed = APPLIED.filter((part) => present.includes(part));
  return { ...kustomizationFile(clusterFolder(shard.key), listed), shard: shard.key };
}

function argoSource({ repository, branch = 'main', folder = '' }: BundleSource): ArgoSource {
  if (repository === undefined)
    throw new EstateError([
      {
        code: 'BundleRepository',
        severity: 'error',
        path: '--repository',
        message: 'Argo CD has to know where the bundle is read from',
        hint: 'write the URL of the repository',
      },
    ]);
  return { repoURL: repository, targetRevision: branch, folder };
}

function application(name: string, wave: number, spec: Readonly<Record<string, unknown>>): KubeObject {
  return {
    apiVersion: ARGO,
    kind: 'Application',
    metadata: {
      name: fittedName(name),
      namespace: NAMESPACE,
      annotations: {
        'argocd.argoproj.io/compare-options': 'ServerSideDiff=true,IncludeMutationWebhook=true',
        'argocd.argoproj.io/sync-wave': String(wave),
      },
    },
    spec,
  };
}

function fittedName(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 9)}-${hash8(name)}`;
}

const destination = ({ name }: ShardPlan, namespace?: string) => ({ name, ...(namespace && { namespace }) });

function partApplication({ shard }: ClusterScene, { part }: PartScene, from: ArgoSource, project: string): KubeObject {
  return application(`${shard.name}-${part}`, WAVES[part], {
    project,
    source: {
      repoURL: from.repoURL,
      targetRevision: from.targetRevision,
      path: posix.join(from.folder, partFolder(shard.key, part)),
    },
    destination: destination(shard),
    syncPolicy: syncPolicy(!BY_HAND.includes(part)),
    ...(part === 'storage' && { ignoreDifferences: BOUND }),
  });
}

/** Fields that others write stay theirs, and what cannot be applied yet is tried again. */
function syncPolicy(isAutomated: boolean): Readonly<Record<string, unknown>> {
  return {
    ...(isAutomated && { automated: { prune: true, selfHeal: true } }),
    syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'],
    retry: { limit: -1, backoff: { duration: '30s', factor: 2, maxDuration: '5m' } },
  };
}

/** The Application of a component with a chart; others lie in the folder of the software. */
function chartApplication(
  { shard, components }: ClusterScene,
  component: ComponentPlan,
  from: ArgoSource,
  project: string,
): KubeObject[] {
  const chart = chartOf(component);
  if (chart === undefined) return [];
  const values = posix.join('$bundle', from.folder, partFolder(shard.key, 'software'), `values-${component.name}.yaml`);
  return [
    application(`${shard.name}-${component.name}`, WAVES.software + 1 + depthOf(component, components), {
      project,
      sources: [
        { ...chart, helm: { releaseName: component.name, valueFiles: [values] } },
        { repoURL: from.repoURL, targetRevision: from.targetRevision, ref: 'bundle' },
      ],
      destination: destination(shard, component.namespace),
      syncPolicy: syncPolicy(true),
    }),
  ];
}

interface Chart {
  readonly repoURL: string;
  readonly chart: string;
  readonly targetRevision: string;
}

/** Where a chart comes from; Argo CD takes registries without their scheme. */
function chartOf({ source }: ComponentPlan): Chart | undefined {
  return byKind(source, {
    oci: ({ url, version }) => {
      const [, path = url] = /^oci:\/\/(.*)$/.exec(url) ?? [];
      return { repoURL: posix.dirname(path), chart: posix.basename(path), targetRevision: version };
    },
    helm: ({ url, chart, version }) => ({ repoURL: url, chart, targetRevision: version }),
    git: () => undefined,
  });
}

/** What the Applications may read from, and where they may write. */
function projectObject(clusters: readonly ClusterScene[], from: ArgoSource, name: string): KubeObject {
  const charts = clusters.flatMap(({ components }) => components.flatMap((each) => chartOf(each)?.repoURL ?? []));
  return {
    apiVersion: ARGO,
    kind: 'AppProject',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      description: 'What the estate has inside of its clusters',
      sourceRepos: [...new Set([from.repoURL, ...charts])].sort(),
      destinations: clusters.map(({ shard }) => ({ name: shard.name, namespace: '*' })),
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
}
