import type { Architecture, Cloud, MachineBase, Sourced } from '../types';

/** Values of a chart: plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Values of a chart as a whole. */
export interface Values {
  readonly [key: string]: Json;
}

/** Where a component comes from, pinned; nothing of it is rendered or kept here. */
export type ComponentSource =
  /** A chart in an OCI registry, such as `oci://registry.k8s.io/kueue/charts/kueue`. */
  | { readonly kind: 'oci'; readonly url: string; readonly version: string; readonly digest?: string }
  /** A chart of a Helm repository. */
  | { readonly kind: 'helm'; readonly url: string; readonly chart: string; readonly version: string }
  /** Manifests of a repository on GitHub at a tag or commit. */
  | {
      readonly kind: 'git';
      /** `https://github.com/OWNER/NAME`. */
      readonly url: string;
      readonly ref: string;
      /** Folder of the files. */
      readonly path: string;
      /** Names of files in it: a folder often holds examples too. */
      readonly files: readonly string[];
      /** What is put behind the names of its objects, where another component has the same ones. @default nothing */
      readonly nameSuffix?: string;
    };

/** What software gives to nodes. One of each has one owner on a pool, but for what several may add to. */
export const CAPABILITIES = [
  'driver',
  'device-plugin',
  'fabric',
  'fabric-library',
  'shared-memory-domain',
  'exporter',
  'node-problems',
  'queue',
  'job-kinds',
  'lustre-driver',
  'object-driver',
  'local-disks',
] as const;

/** What exactly one owner gives to the nodes of a pool. */
export type Capability = (typeof CAPABILITIES)[number];

/** Capabilities that several components give parts of, such as one kind of jobs each. */
export const ADDED_TO: readonly Capability[] = ['job-kinds'];

/** How pods of several nodes reach each other besides the network of their cluster. */
export type NodeNetwork =
  /** Not at all, or by the chips themselves. */
  | 'none'
  /** Elastic Fabric Adapters of AWS. */
  | 'efa'
  /** InfiniBand adapters of Azure. */
  | 'infiniband'
  /** Four data networks of gVNIC interfaces on Google Cloud. */
  | 'gvnic-4'
  /** Eight of them. */
  | 'gvnic-8'
  /** RDMA networks of Google Cloud, as networks of the cluster. */
  | 'roce'
  /** The same as claims, on bare metal. */
  | 'roce-claims'
  /** RDMA ports of hosts on Oracle Cloud. */
  | 'host-rdma';

/** What the row of a machine says of the software of its nodes. */
export interface NodeTraits {
  /** @default - a CPU machine, or a maker that is not known */
  readonly vendor?: MachineBase['vendor'];
  readonly architecture: Architecture;
  /** Who brings the driver: `cloud` with the image or by itself, `operator`: an operator inside of the cluster. */
  readonly driver: 'none' | 'cloud' | 'operator';
  readonly network: NodeNetwork;
  /** Whether the nodes of a rack share memory through IMEX, which a driver has to set up for each job. */
  readonly sharesMemory: boolean;
  /** Whether nodes with accelerators have NVMe drives of their own. */
  readonly hasLocalDisks: boolean;
}

/** Which nodes something is for; what it does not say does not matter. */
export interface NodeSelector {
  readonly vendors?: readonly NonNullable<NodeTraits['vendor']>[];
  readonly architectures?: readonly Architecture[];
  readonly drivers?: readonly NodeTraits['driver'][];
  readonly networks?: readonly NodeNetwork[];
  readonly sharesMemory?: true;
  readonly hasLocalDisks?: true;
}

/** A capability that a component gives, where not to all of its nodes. */
export interface Gift {
  readonly capability: Capability;
  /** @default all clouds of the component */
  readonly clouds?: readonly Cloud[];
  /** @default all nodes of the component */
  readonly nodes?: NodeSelector;
  /**
   * Label of the pods that hold it on nodes, where another version comes to a node only when somebody deletes its pod there,
   * which ends what uses it. @default pods are replaced by themselves
   */
  readonly heldBy?: string;
  /** Whether another version is written onto nodes in the place of files that jobs have open. @default false */
  readonly isWritten?: true;
}

/** A component that GitOps can install. */
export interface ComponentRow extends Sourced {
  /** Key in estate files, and name of its release. */
  readonly name: string;
  readonly title: string;
  readonly from: ComponentSource;
  readonly namespace: string;
  /** Where it is installed unless the estate says otherwise. */
  readonly clouds: readonly Cloud[];
  /** Where the estate may ask for it besides. @default nowhere */
  readonly mayRunOn?: readonly Cloud[];
  /** Nodes that it is for. @default it is for a cluster as a whole */
  readonly nodes?: NodeSelector;
  /** Kind of stores without which it is not needed. @default it is needed without any */
  readonly store?: 'lustre' | 'object';
  readonly gives: readonly Gift[];
  /** Names of components that have to be there before it. */
  readonly needs: readonly string[];
  /** The same for some of its nodes only. @default none */
  readonly needsWhere?: readonly { readonly name: string; readonly clouds: readonly Cloud[] }[];
  /** Kubernetes minor versions that it runs on. */
  readonly kubernetes: { readonly from: string; readonly to?: string };
  /** Oldest version that the objects of bundles go with. @default any */
  readonly oldest?: string;
  /** Whether its pods may do everything on nodes: its namespace says so to pod security. */
  readonly isPrivileged: boolean;
  /** Whether its pods have a priority class of the system, which Google Cloud allows by a quota of the namespace only. */
  readonly hasSystemPriority: boolean;
  /** Whether it builds a driver, which it keeps in a registry that the estate may name. @default false */
  readonly buildsDriver?: true;
  /** Whether only an estate that asks for it has it. @default false */
  readonly isOptional?: true;
}

/** What a cloud brings by itself, or stacks of this project have it bring. */
export interface ManagedRow extends Sourced {
  /** Stable name, which estate files cannot use. */
  readonly name: string;
  readonly cloud: Cloud;
  readonly gives: readonly Capability[];
  /** Nodes that it is for. @default all */
  readonly nodes?: NodeSelector;
  /** Kind of stores with which it comes. @default always */
  readonly store?: 'lustre' | 'object';
  /** Clusters that it is in: those that a stack makes, those that exist, or those with alarms. @default all */
  readonly in?: 'made' | 'existing' | 'with-alarms';
  /** What brings it, as part of a sentence. */
  readonly because: string;
}

/** A capability that a cloud has no software for, with the reason. */
export interface AbsentRow extends Sourced {
  readonly cloud: Cloud;
  readonly capability: Capability;
  /** Why, and what is done in its place, as part of a sentence. */
  readonly reason: string;
}

/** A kind of jobs that the queue holds back until there is room. */
export interface JobFramework {
  /** Name in the configuration of Kueue. */
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Name of the component that brings the kind. @default Kubernetes itself */
  readonly component?: string;
  /** Whether a manager copies its pods to workers in its place, since Kueue has no adapter for it. @default false */
  readonly copiesPods?: true;
}
