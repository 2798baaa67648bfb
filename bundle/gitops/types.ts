import type { ComponentPlan } from '../../estate/plan/software/types';
import type { ShardPlan } from '../../estate/plan/types';
import type { BundleFile, KubeObject, Part } from '../types';

/** Where the files of a bundle lie for those who read them. */
export interface BundleSource {
  /** Folder of the bundle in its repository, with forward slashes. @default the repository has nothing else */
  readonly folder?: string;
  /**
   * Repository that it is read from: for Flux the name of a GitRepository, for Argo CD a URL.
   *
   * @default for Flux the one that its bootstrap makes, `flux-system`; for Argo CD there is none
   */
  readonly repository?: string;
  /** Branch that is applied, Argo CD only. @default main */
  readonly branch?: string;
}

/** The same, with the name of the estate as names of things have it. */
export interface NamedSource extends BundleSource {
  readonly name: string;
}

/** One cluster with the parts that it has, in their order. */
export interface ClusterScene {
  readonly shard: ShardPlan;
  readonly components: readonly ComponentPlan[];
  readonly parts: readonly PartScene[];
}

/** One part of a cluster. */
export interface PartScene {
  readonly part: Part;
  readonly objects: readonly KubeObject[];
}

/** What brings the components of a cluster into it. */
export interface Installed {
  /** Objects that lie in the folder of the software. */
  readonly objects: readonly KubeObject[];
  /** What stands in its kustomization.yaml besides objects. */
  readonly kustomization: Readonly<Record<string, unknown>>;
}

/** A tool that applies bundles. */
export interface GitOpsTool {
  /** How it installs components; the values of each lie in the file that is named. */
  readonly install: (components: readonly ComponentPlan[], values: (component: ComponentPlan) => string) => Installed;
  /** Files that say what it applies, in which order. */
  readonly around: (clusters: readonly ClusterScene[], source: NamedSource) => readonly BundleFile[];
}
