import { partsOf, TENANT, typeOf } from './azure-ids';
import { copyOf, type JsonObject } from './json';

/** What is asked for by its id and that others have made: networks of a landing zone, clusters and vaults of others. */
const BROUGHT: Readonly<Record<string, JsonObject>> = {
  'Microsoft.Network/virtualNetworks': {},
  'Microsoft.Network/virtualNetworks/subnets': {},
  'Microsoft.ContainerService/managedClusters': {
    kubernetesVersion: '1.36',
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vmSize: 'Standard_D16ads_v5' }],
  },
  'Microsoft.KeyVault/vaults': {
    tenantId: TENANT,
    sku: { family: 'A', name: 'premium' },
    enableRbacAuthorization: true,
    enablePurgeProtection: true,
    publicNetworkAccess: 'Disabled',
  },
};

/** The name of the resource group in an id, as Azure compares them. */
export function groupOf(path: string): string {
  return (partsOf(path)[3] ?? '').toLowerCase();
}

/** What of a synthesized document says which resource groups it makes. */
interface Document {
  readonly resource?: { readonly azurerm_resource_group?: Readonly<Record<string, { readonly name?: string }>> };
}

/** Names of the resource groups that a document makes. */
export function groupsIn({ resource }: Document): string[] {
  return Object.values(resource?.azurerm_resource_group ?? {}).flatMap(({ name }) => name?.toLowerCase() ?? []);
}

/** The name of the vault with an id, as hosts write it. */
export function vaultOf(path: string): string {
  return (partsOf(path).at(-1) ?? '').toLowerCase();
}

/** What was there before the first apply, as it would be sent; nothing for types of which stacks ask before they make one. */
export function broughtThing(path: string): JsonObject | undefined {
  const properties = BROUGHT[typeOf(path)];
  return properties === undefined ? undefined : { location: 'eastus2', properties: copyOf(properties) };
}
