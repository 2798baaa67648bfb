import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import type { Cluster } from './cluster';
import { addTags } from './names';

/** A Kubernetes service account of one cluster. */
export interface ServiceAccount {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Options of an {@link Identity}. */
export interface IdentityProps {
  /** Value of the Name tag. */
  readonly name: string;
  readonly cluster: Cluster;
  /** Kubernetes namespace of the service account. */
  readonly namespace: string;
  /** Kubernetes service account whose pods get the role. */
  readonly serviceAccount: string;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** What a workload of a cluster may do on AWS: a role that EKS Pod Identity hands to one service account, no keys. */
export class Identity extends Construct {
  readonly role: iam.Role;
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    const { cluster, namespace, serviceAccount } = props;
    this.role = new iam.Role(this, 'Resource', {
      assumedBy: podIdentityPrincipal({ clusterName: cluster.clusterName, namespace, serviceAccount }),
    });
    this.roleArn = this.role.roleArn;
    new CfnPodIdentityAssociation(this, 'association', {
      clusterName: cluster.clusterName,
      namespace,
      serviceAccount,
      roleArn: this.roleArn,
    });
    addTags(this, { ...props.tags, Name: props.name });
  }
}

/**
 * The principal that assumes a role for one service account.
 *
 * Without the conditions every Pod Identity association of the account could use the role.
 */
export function podIdentityPrincipal({ clusterName, namespace, serviceAccount }: ServiceAccount): iam.IPrincipal {
  return new iam.SessionTagsPrincipal(
    new iam.PrincipalWithConditions(new iam.ServicePrincipal('pods.eks.amazonaws.com'), {
      StringEquals: {
        'aws:RequestTag/eks-cluster-name': clusterName,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': serviceAccount,
      },
    }),
  );
}
