import { holdsFor, providerOfType, type ReleaseRange } from '../estate/terraform-providers';
import type { TerraformResource } from './cdktf';
import { releaseOf } from './provider-release';

/** What an argument takes, in words of Terraform: a value, several texts, a block of values, or any number of blocks. */
export type ArgumentShape =
  | 'string'
  | 'number'
  | 'bool'
  | readonly ['list' | 'map', 'string']
  | { readonly [name: string]: ArgumentShape }
  | readonly [{ readonly [name: string]: ArgumentShape }];

/** The value of a shape; of a block, what is left out is not said. */
export type ArgumentValue<S> = S extends 'string'
  ? string
  : S extends 'number'
    ? number
    : S extends 'bool'
      ? boolean
      : S extends readonly ['list', 'string']
        ? readonly string[]
        : S extends readonly ['map', 'string']
          ? Readonly<Record<string, string>>
          : S extends readonly [infer Block]
            ? readonly ArgumentValue<Block>[]
            : { readonly [Name in keyof S]?: ArgumentValue<S[Name]> };

/** Several texts. */
const TEXTS = ['list', 'string'] as const;

/** Says whether the state lets the provider delete a resource: `PREVENT` or `DELETE`. */
const DELETION = { deletion_policy: 'string' } as const;

/** Whether routes are exchanged over BGP; the bindings know it by a name that is deprecated, and gone in azurerm 5.0. */
const BGP = { bgp_enabled: 'bool' } as const;

/**
 * Arguments that all recorded releases of the providers take and the bindings on npm do not know, by resource type and
 * dotted path.
 *
 * A row whose path the bindings know takes the whole of it because something inside is newer. A test holds each row
 * against the recorded schema and the bindings, so that it goes when they catch up.
 */
export const NEWER_ARGUMENTS = {
  azurerm_federated_identity_credential: { user_assigned_identity_id: 'string' },
  azurerm_kubernetes_cluster: { node_provisioning_profile: { mode: 'string' } },
  azurerm_resource_provider_feature_registration: { name: 'string', provider_name: 'string' },
  azurerm_virtual_network_gateway: BGP,
  azurerm_virtual_network_gateway_connection: BGP,
  google_compute_ha_vpn_gateway: DELETION,
  google_compute_network: DELETION,
  google_compute_reservation: DELETION,
  google_compute_vpn_tunnel: {
    cipher_suite: {
      phase1: { encryption: TEXTS, integrity: TEXTS, prf: TEXTS, dh: TEXTS },
      phase2: { encryption: TEXTS, pfs: TEXTS },
    },
  },
  google_container_cluster: {
    ...DELETION,
    'maintenance_policy.maintenance_exclusion': [
      {
        exclusion_name: 'string',
        start_time: 'string',
        end_time: 'string',
        exclusion_options: { scope: 'string', end_time_behavior: 'string' },
      },
    ],
    skip_node_pool_refresh: 'bool',
  },
  google_container_node_pool: {
    ...DELETION,
    ignore_node_count_changes: 'bool',
    'node_config.kubelet_config.topology_manager': { policy: 'string', scope: 'string' },
  },
  google_kms_crypto_key: DELETION,
  google_logging_project_bucket_config: DELETION,
  google_lustre_instance: { ...DELETION, kms_key: 'string' },
  google_network_connectivity_transport: {
    advertised_routes: TEXTS,
    bandwidth: 'string',
    labels: ['map', 'string'],
    name: 'string',
    network: 'string',
    project: 'string',
    region: 'string',
    remote_account_id: 'string',
    remote_profile: 'string',
  },
  google_storage_bucket: DELETION,
} as const satisfies Readonly<Record<string, Readonly<Record<string, ArgumentShape>>>>;

/** A resource type that has arguments which are newer than the bindings. */
export type NewerType = keyof typeof NEWER_ARGUMENTS;

/** The newer arguments of a resource type, by dotted path. */
export type NewerArguments<T extends NewerType> = T extends NewerType
  ? ArgumentValue<(typeof NEWER_ARGUMENTS)[T]>
  : never;

/**
 * Arguments that the bindings insist on and no recorded release does: the older ones warn of them, and the newer ones
 * have none of them any more. By resource type; a test holds each against the recorded schemas and the bindings.
 */
export const DROPPED_ARGUMENTS = {
  azurerm_federated_identity_credential: ['parent_id', 'resource_group_name'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What releases of a provider take in the place of arguments that they no longer have. */
export interface SuccessorRow extends ReleaseRange {
  /** What they take, by its path. */
  readonly takes: Readonly<Record<string, ArgumentShape>>;
  /** What they no longer have. */
  readonly dropped: readonly string[];
  /** Where that is written. */
  readonly source: string;
  /** Month in which it was read. */
  readonly checked: string;
}

/** What some recorded releases take in the place of what the others do, by resource type; tested as the tables above. */
export const SUCCESSORS = {
  azurerm_log_analytics_workspace: {
    since: '5.0.0',
    takes: { internet_ingestion_access_type: 'string' },
    dropped: ['internet_ingestion_enabled'],
    source: 'https://registry.terraform.io/providers/hashicorp/azurerm/5.2.0/docs/guides/5.0-upgrade-guide',
    checked: '2026-11',
  },
  azurerm_private_dns_zone_virtual_network_link: {
    since: '5.0.0',
    takes: { private_dns_zone_id: 'string' },
    dropped: ['private_dns_zone_name', 'resource_group_name'],
    source: 'https://registry.terraform.io/providers/hashicorp/azurerm/5.2.0/docs/guides/5.0-upgrade-guide',
    checked: '2026-11',
  },
} as const satisfies Readonly<Record<string, SuccessorRow>>;

/** A resource type whose arguments differ between recorded releases. */
export type SucceededType = keyof typeof SUCCESSORS;

/**
 * Says what the stack's release of the provider takes in the place of arguments that it no longer has; with a release
 * that has them, nothing changes.
 */
export function setSuccessors<T extends SucceededType>(
  resource: TerraformResource,
  type: T,
  values: ArgumentValue<(typeof SUCCESSORS)[T]['takes']>,
): void {
  requireType(resource, type);
  const provider = providerOfType(type);
  const { dropped, ...range } = SUCCESSORS[type];
  if (provider === undefined || !holdsFor(range, releaseOf(resource, provider))) return;
  for (const path of dropped) resource.addOverride(path, undefined);
  for (const [path, value] of Object.entries(values)) if (value !== undefined) resource.addOverride(path, value);
}

/**
 * Says arguments that are newer than the bindings; what is undefined is not said.
 *
 * @param type the resource's type, which decides on the arguments that there are
 */
export function setNewer<T extends NewerType>(resource: TerraformResource, type: T, values: NewerArguments<T>): void {
  requireType(resource, type);
  for (const [path, value] of Object.entries(values)) if (value !== undefined) resource.addOverride(path, value);
}

/** Leaves out arguments that the bindings insist on and that no recorded release wants. */
export function leaveDropped(resource: TerraformResource, type: keyof typeof DROPPED_ARGUMENTS): void {
  requireType(resource, type);
  for (const path of DROPPED_ARGUMENTS[type]) resource.addOverride(path, undefined);
}

function requireType({ terraformResourceType, node }: TerraformResource, type: string): void {
  if (terraformResourceType === type) return;
  throw new TypeError(`${node.path} is a ${terraformResourceType}, which takes no arguments of ${type}`);
}
