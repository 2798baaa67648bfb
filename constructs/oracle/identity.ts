import { Construct, type IConstruct } from 'constructs';
import { IdentityPolicy } from '../../.gen/providers/oci/identity-policy';
import { hash8 } from '../../estate/name';
import { type TerraformProvider, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import { checkId, checkName, checkTags } from './checks';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';

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
export interface IIdentity extends IConstruct {
  /** Conditions of a policy statement that only this workload meets. */
  readonly conditions: readonly string[];
  /** Lets the workload do something in a compartment, such as `read buckets`, under further conditions. */
  allow(what: string, compartmentId: string, where?: readonly string[]): Grant;
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

  private readonly workload: IdentityProps;
  private readonly policies = new Map<string, { readonly policy: IdentityPolicy; readonly statements: string[] }>();

  /** @throws ConstructError with `IdInvalid`, `NameInvalid` or `TagInvalid` when there can be no such workload */
  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    check(this, props);
    this.workload = props;
  }

  /** Conditions of a policy statement that only this workload meets. */
  get conditions(): readonly string[] {
    const { cluster, namespace, serviceAccount } = this.workload;
    return [
      "request.principal.type = 'workload'",
      `request.principal.cluster_id = '${cluster.clusterId}'`,
      `request.principal.namespace = '${namespace}'`,
      `request.principal.service_account = '${serviceAccount}'`,
    ];
  }

  /**
   * Lets the workload do something in a compartment, such as `read buckets`, under further conditions. The policy lies in
   * that compartment: whoever applies must be allowed to manage policies there.
   */
  allow(what: string, compartmentId: string, where: readonly string[] = []): Grant {
    const conditions = [...this.conditions, ...where].join(', ');
    const statement = `Allow any-user to ${what} in compartment id ${compartmentId} where all {${conditions}}`;
    const { policy, statements } = this.policies.get(compartmentId) ?? this.addPolicy(compartmentId);
    statements.push(statement);
    policy.statements = [...statements];
    return new Grant([policy]);
  }

  /** A policy says what happens in its own compartment: one of the cluster's says nothing about others. */
  private addPolicy(compartmentId: string) {
    const { name, cluster } = this.workload;
    const isOwn = compartmentId === cluster.compartmentId;
    const place = hash8(compartmentId);
    const policy = new IdentityPolicy(this, isOwn ? 'Resource' : `policy-${place}`, {
      provider: cluster.homeProvider,
      compartmentId,
      name: physicalName([name, 'workload', ...(isOwn ? [] : [place])], LIMITS.identity),
      description: 'What the workloads of a cluster may use',
      statements: [],
      ...tagArguments(this.workload),
    });
    const made = { policy, statements: [] as string[] };
    this.policies.set(compartmentId, made);
    return made;
  }
}

/** Names of Kubernetes; anything else would end the condition of a policy, or match other workloads. */
const KUBERNETES_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

function check(scope: Construct, props: IdentityProps): void {
  const { name, cluster, namespace, serviceAccount } = props;
  checkName(scope, name);
  checkTags(scope, props);
  checkId(scope, cluster.clusterId, 'cluster');
  for (const [what, value] of Object.entries({ namespace, serviceAccount })) {
    if (Token.isUnresolved(value) || KUBERNETES_NAME.test(value)) continue;
    const way = 'use lower-case letters, digits and dashes, as Kubernetes does';
    throw new ConstructError(scope, 'NameInvalid', `${what} is "${value}"; ${way}`);
  }
}
