import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FINDINGS } from '../../estate/catalog/findings';
import type { Tags } from '../../estate/units';
import { acknowledge } from './findings';
import { Identity } from './identity';
import type { ICluster, NodePool } from './node-pool';

/** Options of an {@link Autoscaler}. */
export interface AutoscalerProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** Cluster that it runs in. */
  readonly cluster: ICluster;
  /** Groups that it sizes, each with its `minNodeCount`. */
  readonly pools: readonly NodePool[];
  /** Kubernetes namespace of its service account. @default 'kube-system' */
  readonly namespace?: string;
  /** Kubernetes service account that it runs as. @default 'cluster-autoscaler' */
  readonly serviceAccount?: string;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * What cluster-autoscaler may do, which GitOps installs: look, and size the groups that have a range.
 *
 * EKS gives the tags that it discovers by to every group of a cluster, the reserved ones too, whose nodes it would drain
 * when they are idle. It is therefore told the names of those that it sizes, and may touch no others:
 * `--node-group-auto-discovery=asg:tag=eks:cluster-name=CLUSTER,eks:nodegroup-name=GROUP`, once for each.
 */
export class Autoscaler extends Construct {
  /** What it acts as. */
  readonly identity: Identity;

  /** @throws ConstructError with NameInvalid or TagInvalid when its tags would be refused */
  constructor(scope: Construct, id: string, props: AutoscalerProps) {
    super(scope, id);
    const { cluster, pools, namespace = 'kube-system', serviceAccount = 'cluster-autoscaler' } = props;
    this.identity = new Identity(this, 'Resource', {
      name: props.name,
      cluster,
      namespace,
      serviceAccount,
      tags: props.tags,
    });
    this.node.defaultChild = this.identity.node.defaultChild;
    for (const statement of statements(cluster, pools)) this.identity.role.addToPolicy(statement);
    acknowledge(this, FINDINGS['aws-autoscaler-resources']);
  }
}

/** What it reads has no narrower resource; what it changes is bound to the groups by the tags that EKS gives them. */
function statements(cluster: ICluster, pools: readonly NodePool[]): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeTags',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
      ],
      resources: ['*'],
    }),
    new iam.PolicyStatement({
      actions: ['eks:DescribeNodegroup'],
      resources: pools.map(({ nodePoolArn }) => nodePoolArn),
    }),
    new iam.PolicyStatement({
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: ['*'],
      conditions: {
        StringEquals: {
          'autoscaling:ResourceTag/eks:cluster-name': cluster.clusterName,
          'autoscaling:ResourceTag/eks:nodegroup-name': pools.map(({ nodePoolName }) => nodePoolName),
        },
      },
    }),
  ];
}
