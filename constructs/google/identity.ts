import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import type { ITerraformDependable } from '../cdktf';
import type { ICluster } from './cluster';

/** Somebody that stores are opened to. */
export interface IIdentity {
  /** IAM member, such as `principal://…`. */
  readonly principal: string;
  /** Tells grants apart: cluster, namespace and service account. */
  readonly key: string;
  /** Cluster whose workloads it is. */
  readonly clusterName: string;
  /** What has to exist before the principal does. */
  readonly dependables: readonly ITerraformDependable[];
}

/** Properties of an `Identity`. */
export interface IdentityProps {
  /** Not used: the principal follows from the service account. */
  readonly name: string;
  readonly cluster: ICluster;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Not used: a principal has no labels. @default none */
  readonly tags?: Tags;
}

/**
 * A Kubernetes service account as IAM knows it: a principal of the project's workload identity pool, without a Google
 * service account and without a key.
 *
 * All clusters of a project share the pool: the same namespace and service account is the same principal in each.
 */
export class Identity extends Construct implements IIdentity {
  readonly principal: string;
  readonly key: string;
  readonly clusterName: string;
  /** The pool comes into being with the first cluster of the project. */
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
