import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RELYING } from '../../estate/catalog/grants';
import { sortedEntries, type Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkId, checkName, ROLE_ARN } from './checks';
import { issuerName, providerArn } from './grant-trust';
import type { IIdentity } from './identity';
import { addTags } from './names';

/** Somebody of another cloud, who shows who he is by a token of an issuer that the account trusts. */
export interface FederatedSubject {
  /** Who signs his tokens, an address that begins with https; a {@link GrantTrust} makes it known to the account. */
  readonly issuer: string;
  /** Whom the tokens are of (`sub`). */
  readonly subject: string;
  /** Whom they are for (`aud`). */
  readonly audience: string;
}

/** Options of a {@link FederatedIdentity}. */
export interface FederatedIdentityProps {
  /** Its whole name, which those who act as it know before it is there; another one is another role. */
  readonly name: string;
  /** Who acts as it from other clouds, by a key of each that stays. @default - nobody */
  readonly subjects?: Readonly<Record<string, FederatedSubject>>;
  /** ARNs of roles that act as it, of any account; IAM refuses such as do not exist. @default - none */
  readonly roleArns?: readonly string[];
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

const MOST_CALLERS = RELYING.aws.callersPerIdentity;

/**
 * A role that somebody of another cloud, account or site acts as, without any key: it takes tokens of exactly these subjects
 * for exactly these audiences, and is assumed by exactly these roles. It may do nothing until it is granted something.
 */
export class FederatedIdentity extends Construct implements IIdentity {
  /** The role that is acted as. */
  readonly role: iam.Role;
  /** ARN of the role. */
  readonly roleArn: string;
  /** What grants are given to. */
  readonly grantPrincipal: iam.IPrincipal;

  /** @throws ConstructError with NameInvalid, IdInvalid, TagInvalid, TooMany or AccessMissing when IAM would refuse it */
  constructor(scope: Construct, id: string, props: FederatedIdentityProps) {
    super(scope, id);
    const { name, subjects = {}, roleArns = [], tags } = props;
    checkName(this, name);
    const callers = [
      ...sortedEntries(subjects).map(([, subject]) => this.subject(subject)),
      ...roleArns.map((roleArn) => this.assumer(roleArn)),
    ];
    const [first, ...others] = callers;
    if (first === undefined) {
      throw new ConstructError(this, 'AccessMissing', `nobody acts as role ${name}: name one subject or role, or more`);
    }
    if (callers.length > MOST_CALLERS) {
      const what = `${callers.length} subjects and roles act as role ${name}, whose trust has room for ${MOST_CALLERS}`;
      throw new ConstructError(this, 'TooMany', `${what}: make another one for the others`);
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

  private subject({ issuer, audience, subject }: FederatedSubject): iam.PrincipalBase {
    const name = issuerName(this, issuer);
    return new iam.WebIdentityPrincipal(providerArn(this, issuer), {
      StringEquals: { [`${name}:aud`]: audience, [`${name}:sub`]: subject },
    });
  }

  private assumer(roleArn: string): iam.PrincipalBase {
    checkId(this, 'ARN of a role', roleArn, ROLE_ARN, 'arn:aws:iam::111122223333:role/train');
    // Sessions of pods have tags that go on with them to the next role.
    return new iam.SessionTagsPrincipal(new iam.ArnPrincipal(roleArn));
  }
}
