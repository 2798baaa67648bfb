import type { Cloud } from '../../catalog';
import type { GrantAccess, GrantAnchor } from '../../catalog/grants';
import type { PendingFact } from '../links/types';

/** A service account of one shard, as the cloud that it runs on has to know it for grants. */
export interface CallerPlan {
  /** Its key: part of construct ids (`ids.caller`), `<namespace>-<service account>`, hashed where that is ambiguous. */
  readonly key: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Whether it is the workload of the cluster, whose identity the cluster stack makes anyway. */
  readonly isWorkload: boolean;
  /**
   * Audiences of the tokens that it asks its account for, sorted; AWS only: its role may call `sts:GetWebIdentityToken`
   * with these, each alone.
   *
   * @default none: it needs none
   */
  readonly tokenAudiences?: readonly string[];
  /** ARNs of the roles of stores that it acts as, sorted; AWS only: its role may call `sts:AssumeRole` on these. @default none */
  readonly roles?: readonly string[];
  /**
   * Name under which `principals.<shard>` of the exchange tells of its identity: `roleArn` on AWS, `principalId` on Azure,
   * with `-<hash>` behind it for another service account than the workload.
   *
   * @default nobody wants to know
   */
  readonly tells?: string;
}

/** A store of the same site that a caller may use: given by the stack of the cluster, as mounts are. */
export interface DirectGrantPlan {
  /** Identity of the grant. */
  readonly key: string;
  /** Key of the store, which is in `stores` or `existingStores` of the site. */
  readonly store: string;
  readonly access: GrantAccess;
  /** Key of the caller, which is in `callers` of the grants of the shard. */
  readonly caller: string;
}

/** The source side of all grants of one shard: what the stack of its cluster makes and tells. */
export interface ShardGrantsPlan {
  /**
   * Service accounts that its cloud has to know, sorted by key: a role with its Pod Identity association on AWS, a managed
   * identity with its federated credential on Azure, a principal on Google Cloud, conditions on Oracle Cloud.
   */
  readonly callers: readonly CallerPlan[];
  /** Sorted by key. */
  readonly direct: readonly DirectGrantPlan[];
  /**
   * Whether the exchange is told who signs the tokens of its service accounts, `issuers.<shard>`; on Oracle Cloud the
   * cluster then has OpenID Connect discovery. On Google Cloud it also says that the workload identity pool is there.
   */
  readonly tellsIssuer: boolean;
  /** Whether the exchange is told the OCID of the cluster, `principals.<shard>.clusterId`; Oracle Cloud only. */
  readonly tellsClusterId: boolean;
}

/** A workload that stands for a service user of Oracle Cloud. */
export interface TrustedSubject {
  /** Name of the user, and of the group that it alone is in. */
  readonly user: string;
  /** Subject of the tokens that act as it. */
  readonly subject: string;
}

/**
 * An issuer that an account trusts, made once in its foundation: an OpenID Connect provider on AWS, a workload identity
 * pool with one provider on Google Cloud, an identity propagation trust on Oracle Cloud. Azure needs none: its federated
 * credentials name the issuer.
 */
export interface TrustPlan {
  /** `account-<account>` or `cluster-<shard>`, of whom the issuer is: part of construct ids (`ids.trust`). */
  readonly key: string;
  readonly issuer: string;
  /** The one audience that is taken. */
  readonly audience: string;
  /** Address of the public keys of the issuer; Oracle Cloud only, which does not look for them. @default none */
  readonly keysUrl?: string;
  /** Id of the pool and of its provider; Google Cloud only. @default none */
  readonly pool?: string;
  /** Service users, each for one subject, sorted by user; Oracle Cloud only. @default none */
  readonly users?: readonly TrustedSubject[];
}

/** The target side of what an account trusts: made in its foundation. */
export interface AccountGrantsPlan {
  /** Sorted by key; such as have no issuer yet are left out. */
  readonly trusts: readonly TrustPlan[];
  /** Whether the account signs for its roles, and tells `accounts.<account>.issuer` of the exchange; AWS only. */
  readonly outbound: boolean;
}

/** A workload that is let in by the token of an issuer that the account trusts. */
export interface FederatedCaller {
  readonly kind: 'federated';
  /** Key of its shard. */
  readonly shard: string;
  /** Key of the trust in `grants.trusts` of the account; Azure makes none and takes the issuer itself. */
  readonly trust: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** Id of the pool, Google Cloud only: members are `principal://…/POOL/subject/SUBJECT`. */
  readonly pool?: string;
  /** Name of the service user and of its group, Oracle Cloud only: policies name the group. */
  readonly user?: string;
}

/** A workload that the cloud of both ends knows. */
export interface NativeCaller {
  readonly kind: 'native';
  /** Key of its shard. */
  readonly shard: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /**
   * What it is known by: ARN of its role on AWS, object id of its identity on Azure, IAM member (`principal://…`) on Google
   * Cloud, OCID of its cluster on Oracle Cloud.
   */
  readonly principal: string;
  /** Name of its cluster: the title of conditions on Google Cloud. */
  readonly clusterName: string;
}

/** A workload that is let in at a store. */
export type TrustedCaller = FederatedCaller | NativeCaller;

/**
 * The target side of one grant: one identity with one right on exactly one bucket, made in a stack of the stores of its site.
 * A role on AWS, and on Azure a managed identity unless callers are native; elsewhere callers have the right themselves.
 */
export interface GrantHalfPlan {
  /** Identity of the grant, with `--<n>` behind it for the identities that follow the first: part of construct ids. */
  readonly key: string;
  /** Identity of the grant. */
  readonly grant: string;
  /** Name of the role or the managed identity, as it is made. @default callers have the right themselves */
  readonly identityName?: string;
  /** Key of the store, which is in `stores` or `existingStores` of the site. */
  readonly store: string;
  /** Which of the stacks of the stores of its site it lies in, from 1. */
  readonly stack: number;
  readonly access: GrantAccess;
  readonly anchor: GrantAnchor;
  /** Sorted by shard; all of one kind; at least one. */
  readonly callers: readonly TrustedCaller[];
  /** Name under which `grants.<grant>` of the exchange tells the client id of the identity; Azure only. @default none */
  readonly tells?: string;
}

/** A token that Kubernetes mounts into a pod. */
export interface ProjectedToken {
  readonly audience: string;
  /** Path in the pod. */
  readonly path: string;
  readonly expirationSeconds: number;
}

/** What a pod needs to use a grant; nothing in it is secret. */
export interface GrantClient {
  /** @default none: it has another way, such as the credentials of its role */
  readonly token?: ProjectedToken;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string>>;
  /** Texts of files by their path. */
  readonly files: Readonly<Record<string, string>>;
  /** What it still has to do itself, a sentence for each. */
  readonly notes: readonly string[];
}

/** One shard of the cluster at the source of a grant. */
export interface GrantEdge {
  readonly shard: string;
  /** Stack that makes the source side. */
  readonly sourceStack: string;
  /** Stack that makes the target side; that of the cluster where it lies at the site of the store. */
  readonly targetStack: string;
  /** Who signs its token. @default native, or not known yet */
  readonly issuer?: string;
  /** Whom the token is of, or what its cloud knows the workload by. @default not known yet */
  readonly subject?: string;
  /** Whom the token is for. @default native: there is none */
  readonly audience?: string;
  /** What it is at the store: ARN of a role, name of an identity, an IAM member, a group. @default not known yet */
  readonly identity?: string;
  /** What it waits for; empty where it can be applied. */
  readonly pending: readonly PendingFact[];
  /** Places of the exchange file that its target side is made from, told or not. */
  readonly reads: readonly string[];
  /** Stacks that make its target side: that of the store, and the foundation of its account where that trusts an issuer. */
  readonly targets: readonly string[];
  /** What its pods still have to be told, while it can be applied already. @default nothing */
  readonly untold?: readonly PendingFact[];
  /** What the pod needs; @default its cloud gives it what it needs, as with what its cluster mounts */
  readonly client?: GrantClient;
}

/** A grant, resolved. */
export interface GrantPlan {
  readonly key: string;
  /** `<estate>-<grant>`. */
  readonly name: string;
  readonly from: {
    readonly cloud: Cloud;
    readonly account: string;
    readonly site: string;
    readonly cluster: string;
    readonly namespace: string;
    readonly serviceAccount: string;
  };
  readonly to: {
    readonly cloud: Cloud;
    readonly account: string;
    readonly site: string;
    readonly store: string;
    readonly isExisting: boolean;
  };
  readonly access: GrantAccess;
  readonly anchor: GrantAnchor;
  /** Whether both ends lie at one site: it is given as mounts are. */
  readonly isDirect: boolean;
  /** The key that it cannot do without, part of a sentence, and why that is accepted. @default none: nothing is stored */
  readonly storedKey?: { readonly what: string; readonly reason: string };
  /** One for each shard of the cluster, sorted by shard. */
  readonly edges: readonly GrantEdge[];
}
