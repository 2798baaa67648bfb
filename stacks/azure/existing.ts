import { DataAzurermKeyVaultKey } from '@cdktf/provider-azurerm/lib/data-azurerm-key-vault-key';
import type { Construct } from 'constructs';
import {
  Cluster,
  ConstructError,
  EncryptionKey,
  type EncryptionKeyAttributes,
  type ICluster,
  type IEncryptionKey,
  type INetwork,
  type NetworkAttributes,
  type PrivateDnsService,
  parseResourceId,
  privateDnsZoneName,
  resourceId,
} from '../../constructs/azure';
import type { TerraformProvider, TerraformStack } from '../../constructs/cdktf';
import type { ExistingNetworkOf } from '../../estate/plan/existing-types';
import type { ShardPlan, SitePlan } from '../../estate/plan/types';
import { otherSubscription } from './azure-stack';

const SERVICES = ['blob', 'dfs', 'kubernetes', 'vault'] as const satisfies readonly PrivateDnsService[];

/** What of a network that exists differs from one that a stack made: ids in the place of names. */
export function existingNetwork(
  scope: Construct,
  { id, subscriptionId, resourceGroup, privateDns, subnets }: ExistingNetworkOf['azure'],
  region: string,
): Pick<NetworkAttributes, 'networkId' | 'subnets' | 'privateDnsZoneIds'> {
  const place = { subscriptionId, resourceGroupName: resourceGroup };
  const zones = { subscriptionId: privateDns.subscriptionId, resourceGroupName: privateDns.resourceGroup };
  const zoneId = (service: PrivateDnsService) =>
    resourceId(zones, 'Microsoft.Network/privateDnsZones', privateDnsZoneName(scope, service, region));
  return {
    networkId: resourceId(place, 'Microsoft.Network/virtualNetworks', id),
    subnets: subnets.map(({ id: name, securityGroup, ...subnet }) => ({
      ...subnet,
      subnetId: resourceId(place, 'Microsoft.Network/virtualNetworks/subnets', id, name),
      securityGroupId:
        securityGroup === undefined
          ? undefined
          : resourceId(place, 'Microsoft.Network/networkSecurityGroups', securityGroup),
    })),
    privateDnsZoneIds: Object.fromEntries(SERVICES.map((service) => [service, zoneId(service)])),
  };
}

/** The provider that rules for the file systems of a site are made with, where their groups lie elsewhere. */
export function securityProvider(stack: TerraformStack, site: SitePlan<'azure'>): TerraformProvider | undefined {
  const { existing } = site.network;
  if (existing === undefined || existing.subscriptionId === site.account.ids.subscriptionId) return undefined;
  const owners = new Set(site.stores.flatMap(({ kind, key }) => (kind === 'lustre' ? [key] : [])));
  const hasRules = existing.subnets.some(
    ({ role, owner = '', securityGroup }) => role === 'storage' && owners.has(owner) && securityGroup !== undefined,
  );
  return hasRules ? otherSubscription(stack, site.account, existing.subscriptionId) : undefined;
}

/**
 * The key of a site that exists already, in its newest version; each apply tells of the one that the vault has by then.
 *
 * Its owner lets in the identities that stacks make for it, with the roles that {@link EncryptionKeyGrants} names. They
 * are there after the first apply, which stops at what needs the key.
 */
export function existingKey(
  scope: Construct,
  id: string,
  { encryptionKey }: SitePlan<'azure'>,
  kind: Pick<EncryptionKeyAttributes, 'access' | 'keyType'>,
): IEncryptionKey | undefined {
  if (encryptionKey === undefined) return undefined;
  const key = parseResourceId(encryptionKey.id, 'Microsoft.KeyVault/vaults/keys');
  const [vaultName, name] = key?.names ?? [];
  if (key === undefined || vaultName === undefined || name === undefined) {
    const form = '/subscriptions/S/resourceGroups/G/providers/Microsoft.KeyVault/vaults/NAME/keys/NAME';
    throw new ConstructError(scope, 'IdInvalid', `"${encryptionKey.id}" is not the id of a key: it looks like ${form}`);
  }
  const vaultId = resourceId(key, 'Microsoft.KeyVault/vaults', vaultName);
  const newest = new DataAzurermKeyVaultKey(scope, 'newest-key', { name, keyVaultId: vaultId });
  const ids = { keyId: newest.id, versionlessKeyId: newest.versionlessId, vaultId };
  return EncryptionKey.fromEncryptionKeyAttributes(scope, id, { ...ids, ...kind });
}

/** The cluster of a shard that exists already. */
export function existingCluster(
  scope: Construct,
  id: string,
  { existing, site, key }: ShardPlan<'azure'>,
  network: INetwork,
): ICluster | undefined {
  if (existing === undefined) return undefined;
  const place = { subscriptionId: site.account.ids.subscriptionId, resourceGroupName: existing.resourceGroup };
  return Cluster.fromClusterAttributes(scope, id, {
    clusterId: resourceId(place, 'Microsoft.ContainerService/managedClusters', existing.id),
    oidcIssuerUrl: existing.oidcIssuer,
    network,
    subnetOwner: key,
    principalId: existing.principalId,
  });
}
