import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import type { ITerraformDependable } from '../cdktf';
import type { ServiceAccount } from '../kubernetes';
import { leaveDropped, setNewer } from '../newer-arguments';
import { checkId, checkName, checkTags } from './checks';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import type { ICluster } from './node-pool';
import type { IIdentity } from './role-assignment';

/** What an {@link Identity} that is there already is known by. */
export interface IdentityAttributes {
  /** Id of the managed identity, `/subscriptions/…/userAssignedIdentities/NAME`. */
  readonly identityId: string;
  /** Its id as an application. */
  readonly clientId: string;
  /** Its object id in the directory. */
  readonly principalId: string;
}

/** Options of an {@link Identity}. */
export interface IdentityProps extends ServiceAccount {
  /** First part of every physical name. */
  readonly name: string;
  /** Cluster whose service account it is. */
  readonly cluster: ICluster;
  /** Namespace of the service account. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
  /**
   * Tags of the identity.
   * @default - none
   */
  readonly tags?: Tags;
}

/**
 * The identity of a Kubernetes service account: a managed identity that trusts the cluster's issuer, without any key.
 *
 * Pods use it through a service account that carries the annotation `azure.workload.identity/client-id`.
 */
export class Identity extends Construct implements IIdentity {
  /**
   * A managed identity that is there already, whoever acts as it; nothing is made or looked up.
   *
   * @throws ConstructError with `IdInvalid` when the id is none
   */
  static fromIdentityAttributes(scope: Construct, id: string, attributes: IdentityAttributes): IIdentity {
    const place = new Construct(scope, id);
    checkId(place, 'a managed identity', 'Microsoft.ManagedIdentity/userAssignedIdentities', attributes.identityId);
    return Object.assign(place, attributes, { dependables: [] });
  }

  /** Id of the identity as a resource. */
  readonly identityId: string;
  /** Its id as an application, which service accounts are annotated with. */
  readonly clientId: string;
  /** Its object id in the directory, which roles are given to. */
  readonly principalId: string;
  /** What must exist before anything acts as it. */
  readonly dependables: readonly ITerraformDependable[];

  /** @throws ConstructError with `NameInvalid` or `TagInvalid` when a prop cannot be right */
  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    check(this, props);
    const { cluster, namespace, serviceAccount } = props;
    const { network } = cluster;
    const name = physicalName([props.name, namespace, serviceAccount, 'workload'], LIMITS.identity);
    const identity = new UserAssignedIdentity(this, 'Resource', {
      name,
      resourceGroupName: network.resourceGroupName,
      location: network.region,
      tags: resourceTags(props.tags),
    });
    this.identityId = resourceId(network, 'Microsoft.ManagedIdentity/userAssignedIdentities', name);
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    const federation = new FederatedIdentityCredential(this, 'federation', {
      name: physicalName([cluster.clusterName, namespace, serviceAccount], LIMITS.federatedCredential),
      resourceGroupName: network.resourceGroupName,
      parentId: identity.id,
      issuer: cluster.oidcIssuerUrl,
      subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
      audience: ['api://AzureADTokenExchange'],
    });
    setNewer(federation, 'azurerm_federated_identity_credential', { user_assigned_identity_id: identity.id });
    leaveDropped(federation, 'azurerm_federated_identity_credential');
    this.dependables = [federation];
  }
}

function check(scope: Construct, { name, namespace, serviceAccount, tags }: IdentityProps): void {
  checkName(scope, 'an identity', name);
  checkName(scope, 'a namespace', namespace);
  checkName(scope, 'a service account', serviceAccount);
  checkTags(scope, `identity ${name}`, tags);
}
