import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { FINDINGS } from '../../estate/catalog/findings';
import type { Tags } from '../../estate/units';
import type { ServiceAccount } from '../kubernetes';
import { checkId, checkName, ROLE_ARN } from './checks';
import { acknowledge } from './findings';
import { addTags } from './names';
import type { ICluster } from './node-pool';

/** Options of an {@link Identity}. */
export interface IdentityProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** Cluster that the workload runs in. */
  readonly cluster: ICluster;
  /** Kubernetes namespace of the service account. */
  readonly namespace: string;
  /** Kubernetes service account whose pods get the role. */
  readonly serviceAccount: string;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/** What is known of an identity that was made elsewhere. */
export interface IdentityAttributes {
  /** ARN of its role. */
  readonly roleArn: string;
}

/** What a workload may be given access as. */
export interface IIdentity extends IConstruct, iam.IGrantable {
  /** The role that it acts as. */
  readonly role: iam.IRole;
  /** ARN of the role. */
  readonly roleArn: string;
}

/** What a workload of a cluster may do on AWS: a role that EKS Pod Identity hands to one service account, no keys. */
export class Identity extends Construct implements IIdentity {
  /**
   * Imports a role that was made elsewhere. What it is granted becomes a policy of this stack that is attached to it;
   * a role of another account is left as it is.
   *
   * @throws ConstructError with IdInvalid when it is no ARN of a role
   */
  static fromRoleArn(scope: Construct, id: string, roleArn: string): IIdentity {
    return new ImportedIdentity(scope, id, roleArn);
  }

  /** As {@link Identity.fromRoleArn}. */
  static fromIdentityAttributes(scope: Construct, id: string, attributes: IdentityAttributes): IIdentity {
    return Identity.fromRoleArn(scope, id, attributes.roleArn);
  }

  /** The role that it acts as. */
  readonly role: iam.Role;
  /** ARN of the role. */
  readonly roleArn: string;
  /** What grants are given to. */
  readonly grantPrincipal: iam.IPrincipal;

  /** @throws ConstructError with NameInvalid or TagInvalid when its tags would be refused */
  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    checkName(this, props.name);
    const { cluster, namespace, serviceAccount } = props;
    this.role = new iam.Role(this, 'Resource', {
      assumedBy: podIdentityPrincipal(cluster.clusterName, { namespace, serviceAccount }),
    });
    this.node.defaultChild = this.role.node.defaultChild;
    this.roleArn = this.role.roleArn;
    this.grantPrincipal = this.role.grantPrincipal;
    new CfnPodIdentityAssociation(this, 'association', {
      clusterName: cluster.clusterName,
      namespace,
      serviceAccount,
      roleArn: this.roleArn,
    });
    addTags(this, { ...props.tags, Name: props.name });
  }

  /**
   * Lets it ask its account for tokens that show others who it is, each for one of these audiences alone, signed as other
   * clouds read it, and for no longer than tokens last by default. The account has to sign for its roles first:
   * {@link OutboundFederation}.
   */
  allowTokens(audiences: readonly string[]): void {
    for (const audience of audiences) {
      this.role.addToPolicy(
        new iam.PolicyStatement({
          actions: ['sts:GetWebIdentityToken'],
          resources: ['*'],
          conditions: {
            'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': [audience] },
            // All of none are any: a request without an audience is none of these.
            Null: { 'sts:IdentityTokenAudience': 'false' },
            NumericLessThanEqualsIfExists: { 'sts:DurationSeconds': TOKEN_SECONDS },
            StringEquals: { 'sts:SigningAlgorithm': 'RS256' },
          },
        }),
      );
    }
    if (audiences.length > 0) acknowledge(this, FINDINGS['aws-identity-tokens']);
  }

  /** Lets it act as roles of other sites and accounts, which have to let it in as well: {@link FederatedIdentity}. */
  allowRoles(roleArns: readonly string[]): void {
    for (const arn of roleArns) checkId(this, 'ARN of a role', arn, ROLE_ARN, 'arn:aws:iam::111122223333:role/store');
    if (roleArns.length === 0) return;
    this.role.addToPolicy(
      new iam.PolicyStatement({
        // Sessions of pods have tags that go on with them to the next role.
        actions: ['sts:AssumeRole', 'sts:TagSession'],
        resources: [...roleArns],
      }),
    );
  }
}

/** What a token lasts where nobody asks for more or less. */
const TOKEN_SECONDS = 300;

class ImportedIdentity extends Construct implements IIdentity {
  readonly role: iam.IRole;
  readonly roleArn: string;
  readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, roleArn: string) {
    super(scope, id);
    checkId(this, 'ARN of a role', roleArn, ROLE_ARN, 'arn:aws:iam::111122223333:role/train');
    this.role = iam.Role.fromRoleArn(this, 'role', roleArn);
    this.roleArn = roleArn;
    this.grantPrincipal = this.role.grantPrincipal;
  }
}

/**
 * The principal that assumes a role for one service account of a cluster.
 *
 * Without the conditions every Pod Identity association of the account could use the role.
 */
export function podIdentityPrincipal(
  clusterName: string,
  { namespace, serviceAccount }: ServiceAccount,
): iam.IPrincipal {
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
