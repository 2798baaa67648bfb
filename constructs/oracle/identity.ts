import { Construct, type IConstruct } from 'constructs';
import { type TerraformProvider, Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { Grant } from '../grant';
import { checkId, checkName, checkTags } from './checks';
import { CompartmentPolicies, type IGrantee } from './compartment-policies';
import type { TagOptions } from './names';

/** The cluster that a workload runs in. */
export interface IWorkloadCluster {
  /** OCID of the cluster. */
  readonly clusterId: string;
  /** Compartment that its policies are written in. */
  readonly compartmentId: string;
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
}

/** What a workload is given access as. */
export interface IIdentity extends IConstruct, IGrantee {
  /** Conditions of a policy statement that only this workload meets. */
  readonly conditions: readonly string[];
}

/** A service account of a cluster, as policies know it. */
export interface Workload {
  /** Cluster that it is of. */
  readonly cluster: Pick<IWorkloadCluster, 'clusterId'>;
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
}

/** Names of Kubernetes; anything else would end the condition of a policy, or match other workloads. */
const KUBERNETES_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/**
 * Conditions of a policy statement that only one workload meets.
 *
 * @throws ConstructError with `IdInvalid` or `NameInvalid` when there can be no such workload
 */
export function workloadConditions(scope: IConstruct, workload: Workload): readonly string[] {
  const { cluster, namespace, serviceAccount } = workload;
  checkId(scope, cluster.clusterId, 'cluster');
  for (const [what, value] of Object.entries({ namespace, serviceAccount })) {
    if (Token.isUnresolved(value) || KUBERNETES_NAME.test(value)) continue;
    const way = 'use lower-case letters, digits and dashes, as Kubernetes does';
    throw new ConstructError(scope, 'NameInvalid', `${what} is "${value}"; ${way}`);
  }
  return [
    "request.principal.type = 'workload'",
    `request.principal.cluster_id = '${cluster.clusterId}'`,
    `request.principal.namespace = '${namespace}'`,
    `request.principal.service_account = '${serviceAccount}'`,
  ];
}

/** What is known of a workload of a cluster that exists already. */
export interface IdentityAttributes extends IWorkloadCluster {
  /** First part of the names of the policies that its grants make; no other policies of the tenancy may have them. */
  readonly name: string;
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
}

/** Options of an {@link Identity}. */
export interface IdentityProps extends TagOptions {
  /** First part of the names of its policies. */
  readonly name: string;
  /** Cluster that the workload runs in. */
  readonly cluster: IWorkloadCluster;
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
}

/**
 * The identity of a Kubernetes service account: pods that run under it sign with the certificate of their cluster.
 *
 * Oracle Cloud knows such a workload by conditions in policies alone, so there is no resource until the first grant.
 */
export class Identity extends Construct implements IIdentity {
  /**
   * A workload of a cluster that exists already: nothing is made, and what it is granted becomes a policy here.
   *
   * @throws ConstructError with `IdInvalid` or `NameInvalid` when there can be no such workload
   */
  static fromIdentityAttributes(scope: Construct, id: string, attributes: IdentityAttributes): IIdentity {
    const { name, namespace, serviceAccount, ...cluster } = attributes;
    return new Identity(scope, id, { name, cluster, namespace, serviceAccount });
  }

  /** Conditions of a policy statement that only this workload meets. */
  readonly conditions: readonly string[];
  private readonly policies: CompartmentPolicies;

  /** @throws ConstructError with `IdInvalid`, `NameInvalid` or `TagInvalid` when there can be no such workload */
  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    const { name, cluster } = props;
    checkName(this, name);
    checkTags(this, props);
    this.conditions = workloadConditions(this, props);
    this.policies = new CompartmentPolicies(this, {
      ...props,
      name: [name, 'workload'],
      compartmentId: cluster.compartmentId,
      description: 'What the workloads of a cluster may use',
      homeProvider: cluster.homeProvider,
    });
  }

  /**
   * Lets the workload do something in a compartment, such as `read buckets`, under further conditions. The policy lies in
   * that compartment: whoever applies must be allowed to manage policies there.
   */
  allow(what: string, compartmentId: string, where: readonly string[] = []): Grant {
    return this.policies.allow('any-user', what, compartmentId, [...this.conditions, ...where]);
  }
}
