import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import type { Tags } from '../../estate/units';
import { checkId, checkName } from './checks';
import { addTags } from './names';

/** Options of a {@link GrantTrust}. */
export interface GrantTrustProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** Address of who signs the tokens, as they name it: a slash at its end is a part of it. */
  readonly issuer: string;
  /** The one audience that is taken (`ClientIdList`). */
  readonly audience: string;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * An issuer of another cloud that an account trusts: an OpenID Connect provider of IAM, of which an account has one for an
 * issuer. It lets nobody in by itself: roles say whose tokens they take.
 */
export class GrantTrust extends Construct {
  /** ARN of the provider, which follows from the account and the issuer. */
  readonly providerArn: string;

  /** @throws ConstructError with NameInvalid, IdInvalid or TagInvalid when IAM would refuse it */
  constructor(scope: Construct, id: string, { name, issuer, audience, tags }: GrantTrustProps) {
    super(scope, id);
    checkName(this, name);
    this.providerArn = providerArn(this, issuer);
    // IAM looks up who has signed the certificate of the issuer by itself.
    const provider = new iam.CfnOIDCProvider(this, 'Resource', { url: issuer, clientIdList: [audience] });
    this.node.defaultChild = provider;
    addTags(this, { ...tags, Name: name });
  }
}

/**
 * ARN of the provider of an issuer in the account of a stack, whichever stack makes it.
 *
 * @throws ConstructError with IdInvalid when it is no address of an issuer
 */
export function providerArn(scope: IConstruct, issuer: string): string {
  const resourceName = issuerName(scope, issuer);
  return Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName });
}

/**
 * An issuer as IAM names it, in ARNs and in keys of conditions: its address without the scheme.
 *
 * @throws ConstructError with IdInvalid when it is no address of an issuer
 */
export function issuerName(scope: IConstruct, issuer: string): string {
  checkId(scope, 'address of an issuer', issuer, ISSUER, 'https://oidc.example.com/id/0a1b2c3d');
  return issuer.replace(/^https:\/\//, '');
}

const ISSUER = /^https:\/\/[\w.-]+(\/[\w./-]*)?$/;
