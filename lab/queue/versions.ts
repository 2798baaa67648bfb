/** A Go module that the lab takes something from, in one version. */
export interface ModuleRow {
  readonly module: string;
  /** As in `go.mod`, with its `v`. */
  readonly version: string;
  /** What results call it. */
  readonly title: string;
}

/** Kubernetes, without `v`; modules of its staging area have the same number after a 0. */
export const KUBERNETES_VERSION = '1.36.3';

const STAGING_VERSION = `v0.${KUBERNETES_VERSION.replace(/^1\./, '')}`;

/**
 * What is built, all in one program module, so that what they share is compiled once.
 *
 * They have to agree: Kueue 0.19 and KWOK 0.8 are made with the libraries of Kubernetes 1.36, which wants this etcd.
 */
export const MODULES = {
  kubernetes: { module: 'k8s.io/kubernetes', version: `v${KUBERNETES_VERSION}`, title: 'Kubernetes' },
  kubectl: { module: 'k8s.io/kubectl', version: STAGING_VERSION, title: 'kubectl' },
  component: { module: 'k8s.io/component-base', version: STAGING_VERSION, title: 'component-base' },
  etcd: { module: 'go.etcd.io/etcd/server/v3', version: 'v3.6.8', title: 'etcd' },
  kueue: { module: 'sigs.k8s.io/kueue', version: 'v0.19.2', title: 'Kueue' },
  kwok: { module: 'sigs.k8s.io/kwok', version: 'v0.8.0', title: 'KWOK' },
} as const satisfies Readonly<Record<string, ModuleRow>>;

/** Version of modules of the staging area of Kubernetes, which its own `go.mod` has by folder only. */
export const stagingVersion = STAGING_VERSION;

/** Definitions of kinds, as their projects publish them: a row for each folder of a module. */
export interface ManifestRow extends ModuleRow {
  /** Name of its folder beside the programs. */
  readonly name: string;
  /** Folder in the module, or one file of it. */
  readonly path: string;
}

/** What is applied before a bundle is. Kinds that none of them defines are left out of what is applied. */
export const MANIFESTS: readonly ManifestRow[] = [
  { ...MODULES.kueue, name: 'kueue', path: 'config/components/crd/bases' },
  { ...MODULES.kueue, name: 'kueue-webhooks', path: 'config/components/webhook/manifests.yaml' },
  {
    module: 'sigs.k8s.io/jobset',
    version: 'v0.12.0',
    title: 'JobSet',
    name: 'jobset',
    path: 'config/components/crd/bases',
  },
  {
    module: 'sigs.k8s.io/lws',
    version: 'v0.9.0',
    title: 'LeaderWorkerSet',
    name: 'lws',
    path: 'config/crd/bases',
  },
  {
    module: 'github.com/GoogleCloudPlatform/gke-networking-api',
    version: 'v0.2.11',
    title: 'GKE networking API',
    name: 'gke-networking',
    path: 'config/crds',
  },
];

/** What results say that a run was made with. */
export const TOLD_VERSIONS: readonly string[] = [MODULES.kubernetes, MODULES.kueue, MODULES.kwok, MODULES.etcd].map(
  ({ title, version }) => `${title} ${version.slice(1)}`,
);
