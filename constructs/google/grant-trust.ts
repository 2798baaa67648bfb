import { IamWorkloadIdentityPool } from '@cdktf/provider-google/lib/iam-workload-identity-pool';
import { IamWorkloadIdentityPoolProvider } from '@cdktf/provider-google/lib/iam-workload-identity-pool-provider';
import { Construct } from 'constructs';
import type { ITerraformDependable } from '../cdktf';
import { checkId } from './checks';

/** What the subjects of an issuer are: service accounts of one cluster, or roles of one account of AWS. */
export type TrustedSubjects = 'service-accounts' | 'roles';

/** Options of a {@link GrantTrust}. */
export interface GrantTrustProps {
  /** Id of the pool and of its only provider: 4 to 32 lower-case letters, digits and hyphens, without `gcp-` before them. */
  readonly name: string;
  /** Project that trusts the issuer. */
  readonly projectId: string;
  /** Address of who signs the tokens, as they name it: a slash at its end is a part of it. */
  readonly issuer: string;
  /** The one audience that is taken. */
  readonly audience: string;
  /** What subjects of its tokens are; tokens of any other kind are refused. */
  readonly subjects: TrustedSubjects;
  /** What has to be there before it, such as the APIs of the project. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

const ISSUER = /^https:\/\/[\w.-]+(\/[\w./-]*)?$/;
const POOL = /^(?!gcp-)[a-z0-9-]{4,32}$/;

/** What subjects of each kind begin with. */
const PREFIXES: Readonly<Record<TrustedSubjects, string>> = {
  'service-accounts': 'system:serviceaccount:',
  roles: 'arn:aws',
};

/**
 * An issuer of another cloud that a project trusts: a workload identity pool with one provider of OpenID Connect. It lets
 * nobody in by itself: buckets name each subject.
 *
 * Google Cloud keeps a pool that is deleted for 30 days, and its id with it: until then one of the same id is made by
 * taking the deleted one back (`gcloud iam workload-identity-pools undelete`) and importing it. So no plan replaces it,
 * and another issuer or audience changes it where it is.
 */
export class GrantTrust extends Construct {
  /** Id of the pool. */
  readonly poolId: string;
  /** What has to exist before tokens are taken. */
  readonly dependables: readonly ITerraformDependable[];

  /** @throws ConstructError with `IdInvalid` when IAM would refuse its name or its issuer */
  constructor(scope: Construct, id: string, props: GrantTrustProps) {
    super(scope, id);
    const { name, projectId, issuer, audience, subjects, dependsOn = [] } = props;
    checkId(this, 'name of the pool', name, POOL, 'cluster-atlas-train');
    checkId(this, 'address of an issuer', issuer, ISSUER, 'https://oidc.example.com/id/0a1b2c3d');
    this.poolId = name;
    const pool = new IamWorkloadIdentityPool(this, 'Resource', {
      project: projectId,
      workloadIdentityPoolId: name,
      lifecycle: { preventDestroy: true },
      ...(dependsOn.length > 0 && { dependsOn: [...dependsOn] }),
    });
    const provider = new IamWorkloadIdentityPoolProvider(this, 'provider', {
      project: projectId,
      workloadIdentityPoolId: name,
      workloadIdentityPoolProviderId: name,
      attributeMapping: { 'google.subject': 'assertion.sub' },
      attributeCondition: `assertion.sub.startsWith("${PREFIXES[subjects]}")`,
      oidc: { issuerUri: issuer, allowedAudiences: [audience] },
      lifecycle: { preventDestroy: true },
      dependsOn: [pool],
    });
    this.dependables = [pool, provider];
  }
}

/** IAM member of one subject of an issuer, by the pool of the project that trusts it. */
export function memberOfPool(projectNumber: string, pool: string, subject: string): string {
  return `principal://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${pool}/subject/${subject}`;
}
