import ids from './rules/ids.json';
import type { ProviderName } from './schema';
import { isObject, type Value, type ValueObject } from './values';

/** What an id is made up for. */
export interface IdSubject {
  /** Resource type without the provider's prefix. */
  readonly type: string;
  /** The resource as it is planned. */
  readonly values: ValueObject;
  /** The provider's own configuration. */
  readonly config: ValueObject;
}

// A type that a release does not have is never asked for.
const AZURE: Readonly<Record<string, string>> = Object.assign({}, ids.azurerm, ...ids.some.map(({ rows }) => rows));
const GOOGLE: Readonly<Record<string, string>> = ids.google;
const ORACLE_SERVICES: readonly string[] = ids.oci;

/** Templates of Azure ids inside a resource group leave this out. */
const IN_GROUP = '/subscriptions/*/resourceGroups/*/providers/';

/** Types that ids which are only referred to most probably have, by the end of the attribute's name. */
const AZURE_REFERENCES: readonly (readonly [RegExp, string])[] = [
  [/resource_group_id$/, '/subscriptions/*/resourceGroups/*'],
  [/subnet_ids?$/, `${IN_GROUP}Microsoft.Network/virtualNetworks/*/subnets/*`],
  [/(virtual_)?network_id$/, `${IN_GROUP}Microsoft.Network/virtualNetworks/*`],
  [/network_interface_ids?$/, `${IN_GROUP}Microsoft.Network/networkInterfaces/*`],
  [/public_ip(_address)?_ids?$|outbound_ips$/, `${IN_GROUP}Microsoft.Network/publicIPAddresses/*`],
  [/private_dns_zone_ids?$/, `${IN_GROUP}Microsoft.Network/privateDnsZones/*`],
  [/identity_ids?$/, `${IN_GROUP}Microsoft.ManagedIdentity/userAssignedIdentities/*`],
  [/storage_account_id$/, `${IN_GROUP}Microsoft.Storage/storageAccounts/*`],
  [/key_vault_id$/, `${IN_GROUP}Microsoft.KeyVault/vaults/*`],
  [/role_definition_id$/, '/subscriptions/*/providers/Microsoft.Authorization/roleDefinitions/*'],
];

/** Where the API of a service of Google names what it holds. */
const GOOGLE_SITES: readonly (readonly [RegExp, string])[] = [
  [/^compute_/, 'https://www.googleapis.com/compute/v1/'],
  [/^container_/, 'https://container.googleapis.com/v1/'],
  [/^storage_/, 'https://www.googleapis.com/storage/v1/b/'],
];

function textIn(values: ValueObject, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A UUID in the place of a mark: made of the mark's own digits. */
export type Uuid = (text: string) => string;

const partsOf = (path: string) => path.split('/').filter((part) => part !== '');

/** How many parts of a template an id fills from its beginning; 0 when it is no beginning of it. */
function fills(id: string, template: readonly string[]): number {
  const parts = partsOf(id);
  if (!id.startsWith('/') || parts.length > template.length) return 0;
  const agrees = parts.every((part, i) => template[i] === '*' || template[i]?.toLowerCase() === part.toLowerCase());
  return agrees ? parts.length : 0;
}

/** `virtualNetworks` as an argument calls it: `virtual_network_name`. */
function nameArgument(collection: string): string {
  const snake = collection.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^_/, '');
  return `${snake.replace(/ies$/, 'y').replace(/s$/, '')}_name`;
}

function azureSubscription({ config }: IdSubject, uuid: Uuid): string {
  return textIn(config, 'subscription_id') ?? uuid('subscription');
}

/** Builds an id by its template, from the longest id in the resource that begins like it. */
function azurePath(subject: IdSubject, template: string, mark: string, uuid: Uuid): string {
  const { values } = subject;
  const wanted = partsOf(template);
  const given = Object.values(values).flatMap((value) => (typeof value === 'string' ? [value] : []));
  const [base = ''] = given.sort((a, b) => fills(b, wanted) - fills(a, wanted));
  const start = fills(base, wanted) > 0 ? partsOf(base) : [];
  const scope = textIn(values, 'scope');
  // What is granted or attached to another resource lies below it.
  if (scope?.startsWith('/') && wanted.includes('providers')) {
    const own = wanted.slice(wanted.lastIndexOf('providers')).slice(0, -1);
    return `${scope === '/' ? '' : scope}/${own.join('/')}/${textIn(values, 'name') ?? uuid(mark)}`;
  }
  const parts = wanted.map((part, i) => {
    if (start[i] !== undefined) return start[i];
    if (part !== '*') return part;
    const collection = wanted[i - 1] ?? '';
    if (collection === 'subscriptions') return azureSubscription(subject, uuid);
    if (i === wanted.length - 1) return textIn(values, 'name') ?? mark;
    const named = collection === 'resourceGroups' ? 'resource_group_name' : nameArgument(collection);
    return textIn(values, named) ?? mark;
  });
  return `/${parts.join('/')}`;
}

/** The ids of an item of a key vault: at the vault and in the resource manager, with its version and without. */
function vaultItem({ type, values }: IdSubject, attribute: string, mark: string, uuid: Uuid): string {
  const vaultId = textIn(values, 'key_vault_id') ?? '';
  const vault = partsOf(vaultId).at(-1) ?? mark;
  const kind = attribute.endsWith('secret_id') ? 'secrets' : `${type.replace('key_vault_', '')}s`;
  const item = `${kind}/${textIn(values, 'name') ?? mark}`;
  const isVersionless = attribute.includes('versionless');
  const version = uuid(mark).replaceAll('-', '');
  if (attribute.startsWith('resource_')) return `${vaultId}/${item}${isVersionless ? '' : `/versions/${version}`}`;
  return `https://${vault}.vault.azure.net/${item}${isVersionless ? '' : `/${version}`}`;
}

/** The id of an Azure resource, or one that it refers to. */
export function azureId(subject: IdSubject, attribute: string, mark: string, uuid: Uuid): string {
  if (/^key_vault_(key|secret|certificate)$/.test(subject.type)) return vaultItem(subject, attribute, mark, uuid);
  if (attribute === 'id') {
    const template = AZURE[subject.type];
    if (template !== undefined) {
      return azurePath(subject, template.startsWith('/') ? template : IN_GROUP + template, mark, uuid);
    }
  }
  const reference = AZURE_REFERENCES.find(([names]) => names.test(attribute))?.[1];
  const template = reference ?? `${IN_GROUP}Microsoft.Resources/${subject.type}/*`;
  return azurePath({ ...subject, values: {} }, template, mark, uuid);
}

/** A value of a Google resource by its name: of its own, or of the provider. */
function googleValue({ values, config }: IdSubject, name: string): string | undefined {
  if (name === 'location') {
    return textIn(values, name) ?? textIn(values, 'region') ?? textIn(values, 'zone') ?? textIn(config, 'region');
  }
  if (name === 'email') {
    const project = textIn(values, 'project') ?? textIn(config, 'project') ?? 'offline';
    const account = textIn(values, 'account_id');
    return account === undefined ? undefined : `${account}@${project}.iam.gserviceaccount.com`;
  }
  return textIn(values, name) ?? (/^(project|region|zone)$/.test(name) ? textIn(config, name) : undefined);
}

/** The id of a Google resource. */
export function googleId(subject: IdSubject, mark: string): string {
  const format = GOOGLE[subject.type] ?? `projects/{{project}}/locations/{{location}}/${subject.type}/{{name}}`;
  const last = (text: string, name: string) =>
    // A link of another resource stands for its name, except where the whole link is wanted.
    /^(network|key_ring|crypto_key_id|service_account_id|role|member)$/.test(name)
      ? text
      : (text.split('/').at(-1) ?? text);
  return format.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = googleValue(subject, name);
    return value === undefined ? mark : last(value, name);
  });
}

/** The address of a Google resource in its API. */
export function googleSelfLink(subject: IdSubject, mark: string): string {
  const site = GOOGLE_SITES.find(([types]) => types.test(subject.type))?.[1] ?? 'https://www.googleapis.com/';
  return site + googleId(subject, mark);
}

/** Attributes that the Google provider computes from what it is given, not from what the service answers. */
export function googleDerived(subject: IdSubject, attribute: string): Value | undefined {
  const { values } = subject;
  switch (attribute) {
    case 'project':
    case 'region':
    case 'zone':
    case 'location':
    case 'email':
      return googleValue(subject, attribute);
    // google/tpgresource/utils.go of v7.45.0: the provider's own default, else that of nearly every resource.
    case 'deletion_policy':
      return textIn(subject.config, attribute) ?? 'DELETE';
    // google/services/container/resource_container_cluster.go of v7.45.0.
    case 'autopilot_privileged_admission':
      return ['gke://*'];
    // google/services/compute/resource_compute_firewall.go of v7.45.0: a rule logs where it says how.
    case 'enable_logging':
      return subject.type === 'compute_firewall' && Array.isArray(values.log_config) && values.log_config.length > 0;
    case 'terraform_labels':
    case 'effective_labels':
      return [values.labels, values.resource_labels].find(isObject);
    case 'effective_annotations':
      return isObject(values.annotations) ? values.annotations : undefined;
    default:
      return undefined;
  }
}

/** The OCID of an Oracle Cloud resource, or of one that it refers to. */
export function oracleId({ type, config }: IdSubject, attribute: string, mark: string): string {
  const service = ORACLE_SERVICES.filter((name) => type.startsWith(`${name}_`)).sort((a, b) => b.length - a.length)[0];
  const own = type.slice((service ?? type.split('_')[0] ?? '').length + 1);
  const referred = attribute.replace(/^default_/, '').replace(/_ids?$/, '');
  const kind = (attribute === 'id' || referred === 'id' ? own : referred).replaceAll('_', '');
  return `ocid1.${kind}.oc1.${textIn(config, 'region') ?? ''}.${mark}`;
}

/** Ids in the form that each cloud gives them. */
export function idOf(provider: ProviderName, subject: IdSubject, attribute: string, mark: string, uuid: Uuid): string {
  switch (provider) {
    case 'azurerm':
      return azureId(subject, attribute, mark, uuid);
    case 'google':
      return googleId(subject, mark);
    case 'oci':
      return oracleId(subject, attribute, mark);
  }
}
