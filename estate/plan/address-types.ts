import type { Cloud, RangeUser, SubnetAllocation } from '../catalog';
import type { Diagnostic } from '../diagnostics';
import type { ExistingSubnet } from './existing-types';

/** A subnet as the estate file writes it, with the identities of what it is for. */
export interface BroughtSubnet extends Pick<ExistingSubnet, 'id' | 'role' | 'cidr' | 'zone' | 'securityGroup'> {
  /** Shard or file system that it is for. @default everything of its role that has none of its own */
  readonly owner?: string;
  /** Which of several of its role and zone it is. */
  readonly ordinal: number;
}

/** A network that a site has already. */
export interface BroughtNetwork {
  readonly cidrs: readonly string[];
  /** By their keys in the estate file. */
  readonly subnets: Readonly<Record<string, BroughtSubnet>>;
  /** What is made at the site. */
  readonly users: readonly RangeUser[];
  /** Shards that are pools of a cluster that exists already. */
  readonly joined: readonly string[];
}

/** The addresses of one site. */
export interface SiteAddresses {
  readonly cidrs: readonly string[];
  readonly subnets: readonly SubnetAllocation[];
  /** The same subnets by their ids, where the network exists already. */
  readonly existing?: readonly ExistingSubnet[];
}

/** The addresses of the estate. */
export interface AddressPlan {
  readonly sites: ReadonlyMap<string, SiteAddresses>;
  /** Every allocated block by its key in the lock file. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly released: Readonly<Record<string, string>>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The block that the networks of one cloud are cut from. */
export interface SupernetPlan {
  readonly cloud: Cloud;
  readonly cidr: string;
  /** Addresses in it. */
  readonly size: number;
  /** Addresses that networks of sites hold. */
  readonly allocated: number;
  /** Addresses that the lock file keeps for keys that left the estate. */
  readonly released: number;
  /** Addresses that `addressing.exclude` takes away. */
  readonly excluded: number;
  readonly free: number;
}
