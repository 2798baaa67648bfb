import type { ReleaseRange } from '../../estate/terraform-providers';
import { isObject, type Value } from '../../provider/values';

/** A resource as another release knows it. */
type Prior = Readonly<Record<string, Value>>;

/**
 * An argument that a release of a provider has in the place of others, and the value that the provider finds for it when it
 * first reads what another release has made.
 */
export interface SuccessorFact extends ReleaseRange {
  readonly type: string;
  /** Name of the argument. */
  readonly path: string;
  /**
   * Its value; null where it is not known.
   *
   * @param prior the resource as the other release knows it
   * @param written what is written for the argument now
   */
  readonly read: (prior: Prior, written: Value) => Value;
  /** URL, or file of the provider with its tag. */
  readonly source: string;
  /** Month in which the source was read. */
  readonly checked: string;
}

const LINK = {
  type: 'azurerm_private_dns_zone_virtual_network_link',
  source:
    'terraform-provider-azurerm v5.2.0 internal/services/privatedns/private_dns_zone_virtual_network_link_resource.go',
  checked: '2026-11',
} as const;

const WORKSPACE = {
  type: 'azurerm_log_analytics_workspace',
  source: 'terraform-provider-azurerm v5.2.0 internal/services/loganalytics/log_analytics_workspace_resource.go',
  checked: '2026-11',
} as const;

const WORKSPACE_BEFORE = {
  type: 'azurerm_log_analytics_workspace',
  source: 'terraform-provider-azurerm v4.81.0 internal/services/loganalytics/log_analytics_workspace_resource.go',
  checked: '2026-11',
} as const;

/** Arguments that releases have in the place of others, there and back. */
export const SUCCESSOR_FACTS: readonly SuccessorFact[] = [
  { path: 'private_dns_zone_id', since: '5.0.0', read: zoneId },
  { path: 'private_dns_zone_name', before: '5.0.0', read: ofZone(/\/privateDnsZones\/([^/]+)$/) },
  { path: 'resource_group_name', before: '5.0.0', read: ofZone(/\/resourceGroups\/([^/]+)\//) },
]
  .map((fact): SuccessorFact => ({ ...fact, ...LINK }))
  .concat(
    ['ingestion', 'query'].flatMap((way): SuccessorFact[] => {
      const [is, was] = [`internet_${way}_access_type`, `internet_${way}_enabled`];
      return [
        { path: is, since: '5.0.0', read: (prior) => (prior[was] === false ? 'Disabled' : 'Enabled'), ...WORKSPACE },
        { path: was, before: '5.0.0', read: (prior) => (prior[is] ?? 'Enabled') === 'Enabled', ...WORKSPACE },
      ];
    }),
    { path: 'local_authentication_enabled', since: '5.0.0', read: localAuthentication, ...WORKSPACE_BEFORE },
  );

/** Releases that compute it plan true where nothing is written. */
function localAuthentication(prior: Prior): Value {
  const { local_authentication_enabled: enabled, local_authentication_disabled: disabled } = prior;
  return typeof enabled === 'boolean' ? enabled : disabled !== true;
}

/** The id of the zone of a link, which is part of the id of the link; its subscription is that of the provider. */
function zoneId({ private_dns_zone_name: name, resource_group_name: group }: Prior, written: Value): Value {
  if (typeof name !== 'string' || typeof group !== 'string') return null;
  const place = `/resourceGroups/${group}/providers/Microsoft.Network/privateDnsZones/${name}`;
  const subscription = typeof written === 'string' ? /^\/subscriptions\/[^/]+/.exec(written)?.[0] : undefined;
  return subscription === undefined ? null : subscription + place;
}

/** A part of the id of the zone of a link. */
function ofZone(part: RegExp): SuccessorFact['read'] {
  return ({ private_dns_zone_id: id }) => (typeof id === 'string' ? (part.exec(id)?.[1] ?? null) : null);
}

/** A configuration with the arguments that a later release reads from what an earlier one has made. */
export function withSuccessors(facts: readonly SuccessorFact[], written: Value, prior: Prior, next: Prior): Value {
  const found = facts.map(({ path, read }) => [path, read(prior, next[path] ?? null)] as const);
  return { ...(isObject(written) ? written : {}), ...Object.fromEntries(found.filter(([, value]) => value !== null)) };
}
