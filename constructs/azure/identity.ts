import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import { leaveDropped, setNewer } from '../newer-arguments';
import type { Cluster } from './cluster';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';

/** Properties of Identity. */
export interface IdentityProps {
  /** First part of every physical name. */
  readonly name: string;
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** @default none */
  readonly tags?: Tags;
}

/** Something that may be given access to a store. */
export interface IGrantee extends Construct {
  /** Object id of the identity in the directory. */
  readonly principalId: string;
}

/**
 * The identity of a Kubernetes service account: a managed identity that trusts the cluster's issuer, without any key.
 *
 * Pods use it through a service account that carries the annotation `azure.workload.identity/client-id`.
 */
export class Identity extends Construct implements IGrantee {
  readonly identityId: string;
  readonly clientId: string;
  readonly principalId: string;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
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
  }
}
