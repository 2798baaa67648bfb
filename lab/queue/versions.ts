import { SCHEMA_ROWS } from '../../tools/kube-schemas/rows';

/** A Go module that the lab takes something from, in one version. */
export interface ModuleRow {
  readonly module: string;
  /** As in `go.mod`, with its `v`. */
  readonly version: string;
  /** What results call it. */
  readonly title: string;
}

/** The release of a component whose schemas bundles are checked against: what is checked there is tried here. */
function recorded(name: string): {
  readonly module: string;
  readonly version: string;
  readonly paths: readonly string[];
} {
  const row = SCHEMA_ROWS.find((each) => each.name === name);
  if (row?.module === undefined) throw new Error(`no module is recorded of ${name}`);
  return { module: row.module, version: row.moduleVersion ?? `v${row.version}`, paths: row.paths };
}

const kubernetes = recorded('kubernetes');
const kueue = recorded('kueue');

/** Version of modules of the staging area of Kubernetes, which its own `go.mod` has by folder only. */
export const STAGING_VERSION = kubernetes.version.replace(/^v1\./, 'v0.');

/**
 * What is built, all in one program module, so that what they share is compiled once.
 *
 * They have to agree: Kueue 0.19 and KWOK 0.8 are made with the libraries of Kubernetes 1.36, which wants this etcd.
 */
export const MODULES = {
  kubernetes: { ...kubernetes, title: 'Kubernetes' },
  kubectl: { module: 'k8s.io/kubectl', version: STAGING_VERSION, title: 'kubectl' },
  component: { module: 'k8s.io/component-base', version: STAGING_VERSION, title: 'component-base' },
  etcd: { module: 'go.etcd.io/etcd/server/v3', version: 'v3.6.8', title: 'etcd' },
  kueue: { ...kueue, title: 'Kueue' },
  kwok: { module: 'sigs.k8s.io/kwok', version: 'v0.8.0', title: 'KWOK' },
} as const satisfies Readonly<Record<string, ModuleRow>>;

/** Files of a module that are applied before a bundle is. */
export interface ManifestRow {
  /** Name of its folder beside the programs, with the version in it. */
  readonly folder: string;
  readonly module: string;
  readonly version: string;
  readonly paths: readonly string[];
}

const manifest = (name: string, { module, version, paths }: ReturnType<typeof recorded>): ManifestRow => ({
  folder: `${name}-${version}`,
  module,
  version,
  paths,
});

/** Components whose kinds are there: those of jobs that the queue takes, and what else bundles have of modules that are served. */
const DEFINED = ['kueue', 'jobset', 'lws', 'kubeflow-trainer', 'gke-networking-api'];

/** The kind by which Kueue asks an autoscaler for nodes: GKE brings it. The version is that in the `go.mod` of Kueue. */
const PROVISIONING: ManifestRow = manifest('autoscaler', {
  module: 'k8s.io/autoscaler/cluster-autoscaler/apis',
  version: 'v0.0.0-20240830133931-adfbe7e45277',
  paths: ['config/crd/autoscaling.x-k8s.io_provisioningrequests.yaml'],
});

/** Definitions of kinds. Objects of kinds that none of them defines are left out of what is applied. */
export const DEFINITIONS: readonly ManifestRow[] = [
  ...DEFINED.map((name) => manifest(name, recorded(name))),
  PROVISIONING,
];

/** What asks Kueue about objects that somebody writes. */
export const WEBHOOKS: ManifestRow = manifest('kueue-webhooks', {
  ...kueue,
  paths: ['config/components/webhook/manifests.yaml'],
});

/** Everything that is fetched beside the programs. */
export const MANIFESTS: readonly ManifestRow[] = [...DEFINITIONS, WEBHOOKS];

const TOLD: readonly ModuleRow[] = [MODULES.kubernetes, MODULES.kueue, MODULES.kwok, MODULES.etcd];

/** What results say that a run was made with. */
export const TOLD_VERSIONS: readonly string[] = TOLD.map(({ title, version }) => `${title} ${version.slice(1)}`);
