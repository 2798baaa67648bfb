import type { NameLimit } from '../name';

const RULES = {
  allowed: /[a-z0-9-]/,
  separator: '-',
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and the name checks of azurerm 4.81.0',
  checked: '2026-11',
} as const;

/** What Azure allows in names that the plan says beside the stacks, since people need them to reach what is made. */
export const AZURE_NAMES = {
  resourceGroup: { maxLength: 90, ...RULES },
  virtualNetwork: { maxLength: 64, minLength: 2, ...RULES },
  /** Subnets, security groups, NAT gateways, address prefixes, private endpoints, links, disk encryption sets. */
  networkResource: { maxLength: 80, ...RULES },
  cluster: { maxLength: 63, ...RULES },
  /** Label in front of the zone of API servers, for the zone of one of them. */
  dnsSubzone: { maxLength: 32, ...RULES },
  /** Action groups and metric alerts. */
  alarm: { maxLength: 260, ...RULES },
  identity: { maxLength: 128, minLength: 3, ...RULES },
  /** Log Analytics. */
  workspace: { maxLength: 63, minLength: 4, ...RULES },
  /** Unique in all of Azure, also against names that were deleted in the last 90 days. */
  keyVault: { maxLength: 24, minLength: 3, global: true, ...RULES },
  /** Unique in all of Azure. */
  storageAccount: { ...RULES, maxLength: 24, minLength: 3, global: true, allowed: /[a-z0-9]/, separator: '' },
} as const satisfies Readonly<Record<string, NameLimit>>;

/** The one container of the account of an object store. */
export const AZURE_STORE_CONTAINER = 'data';
