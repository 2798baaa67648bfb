import { Construct, type IConstruct } from 'constructs';
import type { Tags } from '../../estate/units';
import type { ITerraformDependable } from '../cdktf';
import { checkId } from './checks';
import type { ICluster } from './node-pool';

/** Somebody that stores are opened to. */
export interface IIdentity extends IConstruct {
  /** IAM member, such as `principal://…`. */
  readonly principal: string;
  /** Tells grants apart: cluster, namespace and service account. */
  readonly key: string;
  /** Cluster whose workloads it is: the title of its grants. @default - of none; its grants are everybody's who has it */
  readonly clusterName?: string;
  /** What has to exist before the principal does. */
  readonly dependables: readonly ITerraformDependable[];
}

/** What an identity is known by that exists already. */
export interface IdentityAttributes {
  /** IAM member, such as `serviceAccount:runner@project.iam.gserviceaccount.com`, `group:…` or `principal://…`. */
  readonly principal: string;
  /** Tells its grants apart from those of others; part of their construct ids. @default - the principal */
  readonly key?: string;
  /** Cluster whose workloads it is: the title of its grants. @default - of none */
  readonly clusterName?: string;
}

/** Options of an {@link Identity}. */
export interface IdentityProps {
  /** Not used: the principal follows from the service account. */
  readonly name: string;
  /** Cluster whose workloads it is; it may exist already. */
  readonly cluster: ICluster;
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
  /** Not used: a principal has no labels. @default - none */
  readonly tags?: Tags;
}

/**
 * A Kubernetes service account as IAM knows it: a principal of the project's workload identity pool, without a Google
 * service account and without a key.
 *
 * All clusters of a project share the pool: the same namespace and service account is the same principal in each.
 */
export class Identity extends Construct implements IIdentity {
  /**
   * An identity that exists already.
   *
   * @throws ConstructError with `IdInvalid` when the principal is no IAM member
   */
  static fromIdentityAttributes(scope: Construct, id: string, attributes: IdentityAttributes): IIdentity {
    return new ImportedIdentity(scope, id, attributes);
  }

  /** IAM member, `principal://…`. */
  readonly principal: string;
  /** Tells grants apart: cluster, namespace and service account. */
  readonly key: string;
  /** Cluster whose workloads it is. */
  readonly clusterName: string;
  /** What has to exist before it does: the pool comes into being with the first cluster of the project. */
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { cluster, namespace, serviceAccount }: IdentityProps) {
    super(scope, id);
    const pool = `projects/${cluster.projectNumber}/locations/global/workloadIdentityPools/${cluster.projectId}.svc.id.goog`;
    this.principal = `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${serviceAccount}`;
    this.key = `${cluster.clusterName}-${namespace}-${serviceAccount}`;
    this.clusterName = cluster.clusterName;
    this.dependables = cluster.dependables;
  }
}

class ImportedIdentity extends Construct implements IIdentity {
  readonly principal: string;
  readonly key: string;
  readonly clusterName?: string;
  readonly dependables: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { principal, key, clusterName }: IdentityAttributes) {
    super(scope, id);
    const form = /^(principal(Set)?:\/\/|user:|group:|serviceAccount:|domain:).+$/;
    checkId(this, 'principal of the identity', principal, form, 'serviceAccount:NAME@PROJECT.iam.gserviceaccount.com');
    this.principal = principal;
    // Construct ids hold no slash.
    this.key = (key ?? principal).replaceAll('/', '-');
    this.clusterName = clusterName;
  }
}
