import type { SubnetAllocation } from '../catalog';

/** How nodes reach the internet: by address translation, not at all, or through something that exists already. */
export type EgressPlan = 'nat' | 'none' | { readonly via: string };

/** A subnet that exists already, in the place of an allocated one. */
export interface ExistingSubnet extends SubnetAllocation {
  /** Its id or name; of ranges that lie in another subnet or beside all of them, the name of the range. */
  readonly id: string;
  /** Name of its network security group, Azure only. @default its owner makes the rules */
  readonly securityGroup?: string;
}

/** Where a network is that exists already, and what of it is used. */
export interface ExistingNetworkOf {
  readonly aws: {
    /** Id of the VPC. */
    readonly id: string;
    /** Account that it belongs to. */
    readonly accountId: string;
    /** Ids of route tables that lead to links, sorted. @default its owner adds the routes */
    readonly routeTables?: readonly string[];
    readonly subnets: readonly ExistingSubnet[];
  };
  readonly azure: {
    /** Name of the virtual network. */
    readonly id: string;
    readonly subscriptionId: string;
    readonly resourceGroup: string;
    /** Where the private DNS zones are that it is linked to. */
    readonly privateDns: { readonly subscriptionId: string; readonly resourceGroup: string };
    readonly subnets: readonly ExistingSubnet[];
  };
  readonly google: {
    /** Name of the VPC network. */
    readonly id: string;
    /** Project that it belongs to. */
    readonly projectId: string;
    readonly subnets: readonly ExistingSubnet[];
  };
  readonly oracle: {
    /** OCID of the VCN. */
    readonly id: string;
    readonly compartmentId: string;
    readonly subnets: readonly ExistingSubnet[];
  };
}

/** A Kubernetes cluster that exists already: what pools on it need. */
export interface ExistingClusterOf {
  readonly aws: {
    /** Name of the cluster. */
    readonly id: string;
    /** Security group that EKS has made for it. */
    readonly securityGroupId: string;
    /** ARN of the role of its nodes. */
    readonly nodeRole: string;
  };
  readonly azure: {
    /** Name of the cluster. */
    readonly id: string;
    readonly resourceGroup: string;
    readonly oidcIssuer: string;
    /** Object id of its identity. @default its owner lets it into reservations */
    readonly principalId?: string;
  };
  readonly google: {
    /** Name of the cluster. */
    readonly id: string;
    /** Address of the service account of its nodes. */
    readonly nodeServiceAccount: string;
  };
  readonly oracle: {
    /** OCID of the cluster. */
    readonly id: string;
    readonly compartmentId: string;
    /** OCID of the network security group of its nodes. */
    readonly securityGroupId: string;
    /** Private address of its API server. @default none: it has no pools of racks */
    readonly endpoint?: string;
    /** Certificate authority of its API server in base64. @default none: it has no pools of racks */
    readonly certificateAuthority?: string;
  };
}

/** A file system that exists already. */
export interface ExistingFileSystemOf {
  readonly aws: {
    /** Id of the file system. */
    readonly id: string;
    readonly securityGroupId: string;
    /** @default not told */
    readonly mountAddress?: string;
  };
  readonly azure: {
    /** Name of the file system. */
    readonly id: string;
    readonly subscriptionId: string;
    readonly resourceGroup: string;
    /** @default not told */
    readonly mountAddress?: string;
  };
  readonly google: {
    /** Name of the instance. */
    readonly id: string;
    /** @default not told */
    readonly mountAddress?: string;
  };
  readonly oracle: {
    /** OCID of the file system. */
    readonly id: string;
    /** Range of its subnet. */
    readonly cidr: string;
    /** @default not told */
    readonly mountAddress?: string;
  };
}

/** An object store that exists already. */
export interface ExistingObjectStoreOf {
  readonly aws: {
    /** Name of the bucket. */
    readonly id: string;
    /** ARN of the key of its objects. @default none of one's own */
    readonly encryptionKey?: string;
  };
  readonly azure: {
    /** Name of the storage account. */
    readonly id: string;
    readonly container: string;
    readonly subscriptionId: string;
    readonly resourceGroup: string;
  };
  readonly google: {
    /** Name of the bucket. */
    readonly id: string;
  };
  readonly oracle: {
    /** Name of the bucket. */
    readonly id: string;
    readonly compartmentId: string;
    readonly namespace: string;
  };
}
