import { Construct } from 'constructs';
import { IdentityPolicy } from '../../.gen/providers/oci/identity-policy';
import type { TerraformProvider } from '../cdktf';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';

/** The cluster that a workload runs in. */
export interface IWorkloadCluster {
  readonly clusterId: string;
  readonly compartmentId: string;
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
}

/** Properties of {@link Identity}. */
export interface IdentityProps extends TagOptions {
  readonly name: string;
  readonly cluster: IWorkloadCluster;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * The identity of a Kubernetes service account: pods that run under it sign with the certificate of their cluster.
 *
 * Oracle Cloud knows such a workload by conditions in policies alone, so there is no resource until the first grant.
 */
export class Identity extends Construct {
  private readonly workload: IdentityProps;
  private readonly statements: string[] = [];
  private policy?: IdentityPolicy;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    this.workload = props;
  }

  /** Conditions of a policy statement that only this workload meets. */
  public get conditions(): readonly string[] {
    const { cluster, namespace, serviceAccount } = this.workload;
    return [
      "request.principal.type = 'workload'",
      `request.principal.cluster_id = '${cluster.clusterId}'`,
      `request.principal.namespace = '${namespace}'`,
      `request.principal.service_account = '${serviceAccount}'`,
    ];
  }

  /** Lets the workload do something in a compartment, such as `read buckets`, under further conditions. */
  public allow(what: string, compartmentId: string, where: readonly string[] = []): void {
    const conditions = [...this.conditions, ...where].join(', ');
    this.statements.push(`Allow any-user to ${what} in compartment id ${compartmentId} where all {${conditions}}`);
    this.policy ??= this.addPolicy();
    this.policy.statements = [...this.statements];
  }

  private addPolicy(): IdentityPolicy {
    const { name, cluster } = this.workload;
    return new IdentityPolicy(this, 'Resource', {
      provider: cluster.homeProvider,
      compartmentId: cluster.compartmentId,
      name: physicalName([name, 'workload'], LIMITS.identity),
      description: 'What the workloads of a cluster may use',
      statements: this.statements,
      ...tagArguments(this.workload),
    });
  }
}
