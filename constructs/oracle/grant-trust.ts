import { Construct } from 'constructs';
import { IdentityDomainsGroup } from '../../.gen/providers/oci/identity-domains-group';
import { IdentityDomainsIdentityPropagationTrust } from '../../.gen/providers/oci/identity-domains-identity-propagation-trust';
import { IdentityDomainsUser } from '../../.gen/providers/oci/identity-domains-user';
import { ConstructError } from '../errors';
import { checkName } from './checks';

/** A workload that stands for a service user. */
export interface TrustedUser {
  /** Name of the user, and of the group that it alone is in. */
  readonly user: string;
  /** Subject of the tokens that act as it (`sub`). */
  readonly subject: string;
}

/** Options of a {@link GrantTrust}. */
export interface GrantTrustProps {
  /** Name of the trust. */
  readonly name: string;
  /** Address of the identity domain, without a port. */
  readonly domainUrl: string;
  /** Id of the OAuth client that may exchange its tokens: a confidential application, which is made by hand. */
  readonly clientId: string;
  /** Address of who signs the tokens, as they name it: a slash at its end is a part of it. */
  readonly issuer: string;
  /** Where the public keys of the issuer are: identity domains do not look for them. */
  readonly keysUrl: string;
  /** The one audience that is taken (`aud`). */
  readonly audience: string;
  /** Whom its tokens are of, each another user. */
  readonly users: readonly TrustedUser[];
}

const SCHEMAS = {
  trust: ['urn:ietf:params:scim:schemas:oracle:idcs:IdentityPropagationTrust'],
  user: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:ietf:params:scim:schemas:oracle:idcs:extension:user:User'],
  group: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
} as const;

/** Members and rules are told only to who asks for everything, and would else differ in each plan. */
const EVERYTHING = ['all'];

/** Domains name each schema that they have filled in, too. */
const LIFECYCLE = { ignoreChanges: ['schemas'] };

const ISSUER = /^https:\/\/[\w.-]+(\/[\w./-]*)?$/;
/** No blanks, which end the value of a rule, no quotes, and no asterisk, which stands for any text. */
const SUBJECT = /^[\w:./@+=,-]{1,255}$/;

/**
 * An issuer of another cloud that an identity domain trusts: an identity propagation trust, with a service user for each
 * workload and a group of that user alone, which policies name. Service users have no password, no API key and no right of
 * their own.
 *
 * The client that exchanges tokens is made by hand: its secret would stand in the state.
 */
export class GrantTrust extends Construct {
  /** @throws ConstructError with `NameInvalid` or `IdInvalid` when the domain would refuse it, or take others for a user */
  constructor(scope: Construct, id: string, props: GrantTrustProps) {
    super(scope, id);
    check(this, props);
    const { name, domainUrl, clientId, issuer, keysUrl, audience, users } = props;
    const made = users.map(({ user, subject }) => ({ user: this.addUser(user, domainUrl), subject }));
    new IdentityDomainsIdentityPropagationTrust(this, 'Resource', {
      idcsEndpoint: domainUrl,
      schemas: [...SCHEMAS.trust],
      attributeSets: EVERYTHING,
      name,
      type: 'JWT',
      active: true,
      issuer,
      publicKeyEndpoint: keysUrl,
      clientClaimName: 'aud',
      clientClaimValues: [audience],
      oauthClients: [clientId],
      subjectType: 'User',
      subjectClaimName: 'sub',
      allowImpersonation: true,
      impersonationServiceUsers: made.map(({ user: { id: value, ocid }, subject }) => {
        return { rule: `sub eq ${subject}`, value, ocid };
      }),
      lifecycle: LIFECYCLE,
    });
  }

  private addUser(name: string, idcsEndpoint: string): IdentityDomainsUser {
    const user = new IdentityDomainsUser(this, `user-${name}`, {
      idcsEndpoint,
      schemas: [...SCHEMAS.user],
      userName: name,
      urnietfparamsscimschemasoracleidcsextensionuserUser: { serviceUser: true },
      // Whoever refers to it would keep it from being deleted, and Terraform may come to them later.
      forceDelete: true,
      lifecycle: LIFECYCLE,
    });
    new IdentityDomainsGroup(this, `group-${name}`, {
      idcsEndpoint,
      schemas: [...SCHEMAS.group],
      attributeSets: EVERYTHING,
      displayName: name,
      members: [{ type: 'User', value: user.id, ocid: user.ocid }],
      forceDelete: true,
      lifecycle: LIFECYCLE,
    });
    return user;
  }
}

function check(scope: Construct, { name, issuer, keysUrl, users }: GrantTrustProps): void {
  checkName(scope, name);
  for (const [what, value, form] of [
    ['address of an issuer', issuer, ISSUER] as const,
    ['address of public keys', keysUrl, ISSUER] as const,
    ...users.map(({ subject }) => ['subject', subject, SUBJECT] as const),
  ]) {
    if (form.test(value)) continue;
    throw new ConstructError(scope, 'IdInvalid', `"${value}" is no ${what}`);
  }
  for (const { user } of users) checkName(scope, user);
  if (users.length > 0) return;
  throw new ConstructError(scope, 'IdInvalid', `nobody is taken for a user by "${name}"; name one or leave it out`);
}
