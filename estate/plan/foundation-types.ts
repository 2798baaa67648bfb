import type { Cloud, MachineOf } from '../catalog';

/** What the foundation of an account has to know of its sites and clusters. */
export interface FoundationNeeds<C extends Cloud = Cloud> {
  /** Machine types of nodes that left the estate file and run on, sorted by type. */
  readonly keptMachines: readonly MachineOf[C][];
  /** Regions in which a stack makes a network, sorted. */
  readonly networkRegions: readonly string[];
  /** Whether a network that a stack makes tells of DNS servers. */
  readonly dnsServers: boolean;
  /** Whether a cluster asks a policy which images it runs. */
  readonly binaryAuthorization: boolean;
  /** Whether a site has circuits to another provider. */
  readonly interconnects: boolean;
}

/** Needs of the foundations of a plan, by cloud and the key of the account. */
export type NeedsByCloud = { readonly [C in Cloud]?: Readonly<Record<string, FoundationNeeds<C>>> };
