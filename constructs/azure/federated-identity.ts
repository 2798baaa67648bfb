import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { RELYING } from '../../estate/catalog/grants';
import { sortedEntries, type Tags } from '../../estate/units';
import type { ITerraformDependable } from '../cdktf';
import { ConstructError } from '../errors';
import { leaveDropped, setNewer } from '../newer-arguments';
import { checkName, checkTags } from './checks';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import type { INetwork } from './network-attributes';
import type { IIdentity } from './role-assignment';

/** Somebody who shows who he is by a token of somebody else. */
export interface FederatedSubject {
  /** Who signs his tokens, an address that begins with https. */
  readonly issuer: string;
  /** Whom the tokens are of. */
  readonly subject: string;
  /** Whom they are for. */
  readonly audience: string;
}

/** Options of a {@link FederatedIdentity}. */
export interface FederatedIdentityProps {
  /** Its whole name; another one is another identity. */
  readonly name: string;
  /** Network of what it is for: it lies in the same resource group and region. */
  readonly network: Pick<INetwork, 'subscriptionId' | 'resourceGroupName' | 'region'>;
  /** Who acts as it, 1 to 20, by a key of each that stays. */
  readonly subjects: Readonly<Record<string, FederatedSubject>>;
  /**
   * Tags of the identity.
   * @default - none
   */
  readonly tags?: Tags;
}

const MOST_SUBJECTS = RELYING.azure.callersPerIdentity;

/** A managed identity that somebody acts as whom Azure does not know: it trusts his issuer, without any key. */
export class FederatedIdentity extends Construct implements IIdentity {
  /** Id of the identity as a resource. */
  readonly identityId: string;
  /** Its id as an application, which tokens are exchanged for. */
  readonly clientId: string;
  /** Its object id in the directory, which roles are given to. */
  readonly principalId: string;
  /** What must exist before anybody acts as it. */
  readonly dependables: readonly ITerraformDependable[];

  /** @throws ConstructError with `NameInvalid`, `TagInvalid`, `TooMany` or `AccessMissing` when a prop cannot be right */
  constructor(scope: Construct, id: string, props: FederatedIdentityProps) {
    super(scope, id);
    check(this, props);
    const { name, network, subjects, tags } = props;
    const identity = new UserAssignedIdentity(this, 'Resource', {
      name,
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      tags: resourceTags(tags),
    });
    this.identityId = resourceId(network, 'Microsoft.ManagedIdentity/userAssignedIdentities', name);
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.dependables = sortedEntries(subjects).map(([key, subject]) => this.trust(identity, key, subject));
  }

  /**
   * Azure refuses credentials of one identity that are written at the same time, and azurerm writes them one by one: it
   * locks the identity (`federated_identity_credential_resource.go` of 4.81.0 and 5.2.0). So none waits for another, and one
   * that comes or goes leaves the others as they are.
   */
  private trust(
    identity: UserAssignedIdentity,
    key: string,
    { issuer, subject, audience }: FederatedSubject,
  ): FederatedIdentityCredential {
    const credential = new FederatedIdentityCredential(this, `trusts-${key}`, {
      name: physicalName([key, 'trust'], LIMITS.federatedCredential),
      resourceGroupName: identity.resourceGroupName,
      parentId: identity.id,
      issuer,
      subject,
      audience: [audience],
    });
    setNewer(credential, 'azurerm_federated_identity_credential', { user_assigned_identity_id: identity.id });
    leaveDropped(credential, 'azurerm_federated_identity_credential');
    return credential;
  }
}

function check(scope: Construct, { name, subjects, tags }: FederatedIdentityProps): void {
  checkName(scope, 'an identity', name);
  checkTags(scope, `identity ${name}`, tags);
  const { length } = Object.keys(subjects);
  if (length === 0) {
    throw new ConstructError(scope, 'AccessMissing', `nobody acts as identity ${name}: name one subject or more`);
  }
  if (length <= MOST_SUBJECTS) return;
  const what = `${length} subjects act as identity ${name}, which takes ${MOST_SUBJECTS}: make another one for the others`;
  throw new ConstructError(scope, 'TooMany', what);
}
