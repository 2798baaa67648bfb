import { AZURE_NAMES } from '../../estate/catalog/azure-names';
import { fitName, type NameLimit } from '../../estate/name';
import type { Tags } from '../../estate/units';

const RULES = {
  source:
    'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and the name checks of azurerm 4.81.0',
  checked: '2026-11',
} as const;
const HYPHENATED = { allowed: /[a-z0-9-]/, separator: '-', ...RULES } as const;
const COMPACT = { allowed: /[a-z0-9]/, separator: '', ...RULES } as const;

/** What Azure allows in the names that these constructs give. */
export const LIMITS = {
  ...AZURE_NAMES,
  /** First label of the API server's name; AKS appends its zone. */
  dnsPrefix: { maxLength: 54, ...HYPHENATED },
  nodeResourceGroup: { maxLength: 80, ...HYPHENATED },
  /** `^[a-z][a-z0-9]{0,11}$`; a new name is a new pool. */
  nodePool: { maxLength: 12, ...COMPACT },
  federatedCredential: { maxLength: 120, minLength: 3, ...HYPHENATED },
  capacityReservation: { maxLength: 64, ...HYPHENATED },
  fileSystem: { maxLength: 80, minLength: 2, ...HYPHENATED },
  key: { maxLength: 127, ...HYPHENATED },
  /** What mails and messages call an action group. */
  alarmShortName: { maxLength: 12, ...COMPACT },
  /** A budget of a subscription. */
  budget: { maxLength: 63, ...HYPHENATED },
  /** The assignment of a policy to a subscription. */
  policyAssignment: { maxLength: 64, ...HYPHENATED },
} as const satisfies Readonly<Record<string, NameLimit>>;

/** A physical name made of parts, cut with a hash where Azure allows less; `scope` is the subscription. */
export function physicalName(parts: readonly string[], limit: NameLimit, scope?: string): string {
  return fitName(parts, limit, scope);
}

/** Where a resource lives. */
export interface ResourceScope {
  /** Id of the subscription, a GUID. */
  readonly subscriptionId: string;
  /** Name of the resource group. */
  readonly resourceGroupName: string;
}

/**
 * The id of a resource, built from its name.
 *
 * Ids of this form are known before anything exists, so an attribute that forces a replacement never becomes unknown.
 * `type` is `Namespace/type/subtype`, with a name for each type.
 */
export function resourceId(scope: ResourceScope, type: string, ...names: readonly string[]): string {
  const [namespace = '', ...types] = type.split('/');
  const path = types.map((segment, index) => `${segment}/${names[index] ?? ''}`).join('/');
  return `/subscriptions/${scope.subscriptionId}/resourceGroups/${scope.resourceGroupName}/providers/${namespace}/${path}`;
}

/** An id taken apart: where the resource lies, and the name of each of its types. */
export interface ParsedId extends ResourceScope {
  /** Names, from the outermost resource to the resource itself. */
  readonly names: readonly string[];
}

/** The parts of an id of `type` (`Namespace/type/subtype`), spelled as the provider wants it; undefined for others. */
export function parseResourceId(id: string, type: string): ParsedId | undefined {
  const [namespace = '', ...types] = type.split('/');
  const [, subscriptionId, resourceGroupName, provider, ...rest] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/
      .exec(id)
      ?.flatMap((part, index) => (index === 4 ? part.split('/') : [part])) ?? [];
  if (subscriptionId === undefined || resourceGroupName === undefined || provider !== namespace) return undefined;
  const names = rest.filter((_, index) => index % 2 === 1);
  const segments = rest.filter((_, index) => index % 2 === 0);
  const isOfType = segments.length === types.length && segments.every((segment, index) => segment === types[index]);
  return isOfType && names.length === types.length && !names.includes('')
    ? { subscriptionId, resourceGroupName, names }
    : undefined;
}

/** Tags as Azure takes them: no `<>%&\?/` in keys, at most 256 characters of value. */
export function resourceTags(tags: Tags = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key.replace(/[<>%&\\?/\s]/g, '-').slice(0, 128), value.slice(0, 256)]),
  );
}
