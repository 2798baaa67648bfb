import type { Cloud } from '../../catalog';
import type { ReplicationEngine, ReplicationMode } from '../../catalog/replication';
import type { PendingFact } from '../links/types';

/** One end of a replication: an object store with where it lies. */
export interface ReplicationEnd {
  readonly cloud: Cloud;
  /** Identity of the site. */
  readonly site: string;
  readonly region: string;
  /** Identity of the account. */
  readonly account: string;
  /** The id that other accounts know it by: AWS account, subscription, project, tenancy. */
  readonly accountId: string;
  /** Number of the project, Google Cloud only. */
  readonly accountNumber?: string;
  /** Identity of the store. */
  readonly store: string;
  /** Which of the stacks of the stores of its site it lies in, from 1. */
  readonly stack: number;
  /** `<estate>-<store>`, which its names follow from; of one that exists its own name. */
  readonly name: string;
  /** Whether it exists already: its owner lets in what copies. @default a stack makes it */
  readonly exists?: true;
  /** Name of its bucket, on Azure of its storage account. @default known after an apply only, AWS */
  readonly bucket?: string;
  /** Name of its container, Azure only. */
  readonly container?: string;
  /** Object Storage namespace, Oracle Cloud only. */
  readonly namespace?: string;
  /** Its compartment, Oracle Cloud only. */
  readonly compartmentId?: string;
  /** ARN of its bucket on AWS, resource name on Google Cloud, once that is told. */
  readonly id?: string;
  /** ARN of the key of its objects, AWS only, once that is known. */
  readonly encryptionKey?: string;
}

/** The role of AWS that copies, which the other end has to know before it is there. */
export interface ReplicationCaller {
  readonly roleName: string;
  readonly roleArn: string;
  /** How Google Cloud takes tokens of the role: by what its account trusts anyway. @default AWS at both ends */
  readonly trust?: ReplicationTrust;
}

/** An account of AWS as an account of Google Cloud trusts it, for replications as for grants. */
export interface ReplicationTrust {
  /** `account-<account>`: key of the trust in `grants.trusts` of the account of Google Cloud. */
  readonly key: string;
  /** Id of the pool, and of its only provider. */
  readonly pool: string;
  /** Audience of the tokens. */
  readonly audience: string;
  /** Who signs them. @default not known yet: the replication waits for it */
  readonly issuer?: string;
}

/** A replication, resolved. */
export interface ReplicationPlan {
  readonly key: string;
  /** `<estate>-<replication>`. */
  readonly name: string;
  readonly engine: ReplicationEngine;
  readonly mode: ReplicationMode;
  /** Hours between two runs. @default it copies as objects come */
  readonly everyHours?: number;
  /** Beginning of the names of what is copied. @default everything */
  readonly prefix?: string;
  readonly source: ReplicationEnd;
  readonly destination: ReplicationEnd;
  /** Whose stacks or clusters run it. */
  readonly runsAt: 'source' | 'destination';
  /** As whom it copies, where a service of AWS does. @default as what its cloud says itself */
  readonly caller?: ReplicationCaller;
  /** Shard that runs rclone. @default none: a service of a provider copies */
  readonly shard?: string;
  /** What the estimate reckons with, Gbit/s. */
  readonly gbps: number;
  /** What is copied at first, TiB. @default nobody has said so */
  readonly volumeTiB?: number;
  /** What is added in a day, TiB. @default nobody has said so */
  readonly dailyTiB?: number;
  /** What what runs it waits for; empty where it can be applied. */
  readonly pending: readonly PendingFact[];
}

/** What the foundation of an account makes possible for transfers between buckets of Google Cloud. */
export interface AccountTransfersPlan {
  /** Whether jobs run in it. */
  readonly jobs: boolean;
  /** Whether buckets of it tell jobs of new objects. */
  readonly events: boolean;
}

/** What the stack of one of both stores makes of a replication. */
export interface ReplicationHalf {
  /** Identity of the replication: ids of constructs follow from it. */
  readonly key: string;
  /** First part of the names of its resources: `<estate>-<replication>`. */
  readonly name: string;
  readonly engine: ReplicationEngine;
  readonly mode: ReplicationMode;
  /** Hours between two runs. @default it copies as objects come */
  readonly everyHours?: number;
  /** Beginning of the names of what is copied. @default everything */
  readonly prefix?: string;
  /** Which end the own store is. */
  readonly end: 'source' | 'destination';
  /** Whether this half runs it; the other one lets it in. */
  readonly runs: boolean;
  /** Identity of the own store, which is in `stores` or `existingStores` of the site. */
  readonly store: string;
  /** Which of the stacks of the stores of its site it lies in, from 1. */
  readonly stack: number;
  /** As whom it copies, where a service of AWS does. @default as what its cloud says itself */
  readonly caller?: ReplicationCaller;
  /** The other store. */
  readonly peer: ReplicationEnd;
}
