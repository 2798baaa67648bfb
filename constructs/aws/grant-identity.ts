import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkId, checkName, ROLE_ARN } from './checks';
import { issuerName, providerArn } from './grant-trust';
import type { IIdentity } from './identity';
import { addTags } from './names';

/** A workload of another cloud, which shows a token of an issuer that the account trusts. */
export interface FederatedGrantCaller {
  /** What it is let in by. */
  readonly kind: 'federated';
  /** Address of who signs the token; a {@link GrantTrust} makes it known to the account. */
  readonly issuer: string;
  /** Whom the token is of (`sub`). */
  readonly subject: string;
  /** Whom the token is for (`aud`). */
  readonly audience: string;
}

/** A workload of AWS, of any account and region. */
export interface NativeGrantCaller {
  /** What it is let in by. */
  readonly kind: 'native';
  /** ARN of its role, which exists: IAM refuses a trust in one that does not. */
  readonly roleArn: string;
}

/** Options of a {@link GrantIdentity}. */
export interface GrantIdentityProps {
  /** Name of the role, which those who act as it know before it is there. */
  readonly name: string;
  /** Who may act as it; a role has room for some only (`AssumeRolePolicyDocument`, 2,048 characters). */
  readonly callers: readonly (FederatedGrantCaller | NativeGrantCaller)[];
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * What workloads of other clouds, accounts and sites act as at a store: a role that takes the tokens of exactly these
 * subjects and audiences, or is assumed by exactly these roles. What it may do is given to it by the grants of the store.
 */
export class GrantIdentity extends Construct implements IIdentity {
  /** The role. */
  readonly role: iam.Role;
  /** ARN of the role. */
  readonly roleArn: string;
  /** What grants are given to. */
  readonly grantPrincipal: iam.IPrincipal;

  /** @throws ConstructError with NameInvalid, IdInvalid or TagInvalid when IAM would refuse it */
  constructor(scope: Construct, id: string, { name, callers, tags }: GrantIdentityProps) {
    super(scope, id);
    checkName(this, name);
    const [first, ...others] = callers.map((caller) => this.principalOf(caller));
    if (first === undefined) {
      throw new ConstructError(this, 'IdInvalid', `nobody may act as "${name}"; name one caller or leave the role out`);
    }
    this.role = new iam.Role(this, 'Resource', {
      roleName: name,
      assumedBy: others.length === 0 ? first : new iam.CompositePrincipal(first, ...others),
    });
    this.node.defaultChild = this.role.node.defaultChild;
    this.roleArn = this.role.roleArn;
    this.grantPrincipal = this.role.grantPrincipal;
    addTags(this, { ...tags, Name: name });
  }

  private principalOf(caller: FederatedGrantCaller | NativeGrantCaller): iam.PrincipalBase {
    if (caller.kind === 'native') {
      checkId(this, 'ARN of a role', caller.roleArn, ROLE_ARN, 'arn:aws:iam::111122223333:role/train');
      // Sessions of pods have tags that go on with them to the next role.
      return new iam.SessionTagsPrincipal(new iam.ArnPrincipal(caller.roleArn));
    }
    const { issuer, audience, subject } = caller;
    const name = issuerName(this, issuer);
    return new iam.WebIdentityPrincipal(providerArn(this, issuer), {
      StringEquals: { [`${name}:aud`]: audience, [`${name}:sub`]: subject },
    });
  }
}
