import { ORACLE_NAMES } from '../../estate/catalog/oracle-names';
import { fitName, type NameLimit } from '../../estate/name';
import type { Tags } from '../../estate/units';

const DISPLAY_NAME = {
  maxLength: 255,
  allowed: /[a-z0-9-]/,
  separator: '-',
  source: 'https://github.com/oracle/terraform-provider-oci/tree/v8.28.0/website/docs/r',
  checked: '2026-11',
} as const satisfies NameLimit;

/** What Oracle Cloud allows in names, by the kind of name. */
export const LIMITS = {
  ...ORACLE_NAMES,
  /** Display names: not unique, and free to change. */
  displayName: DISPLAY_NAME,
  /** Names of policies, dynamic groups and tag namespaces; they identify, so a change replaces. */
  identity: {
    maxLength: 100,
    allowed: /[a-z0-9-]/,
    separator: '-',
    source: 'https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/Policy/',
    checked: '2026-11',
  },
  /** The name that clients mount. */
  lustre: {
    maxLength: 8,
    allowed: /[a-z0-9]/,
    separator: '',
    source: 'https://github.com/oracle/terraform-provider-oci/tree/v8.28.0/website/docs/r',
    checked: '2026-11',
  },
  /** DNS labels of networks and subnets: letters and digits, starting with a letter. */
  dnsLabel: {
    maxLength: 15,
    allowed: /[a-z0-9]/,
    separator: '',
    source: 'https://docs.oracle.com/en-us/iaas/Content/Network/Concepts/dns.htm',
    checked: '2026-11',
  },
} as const satisfies Readonly<Record<string, NameLimit>>;

/** Joins parts to a name that Oracle Cloud accepts. */
export function physicalName(parts: readonly string[], limit: NameLimit, scope?: string): string {
  return fitName(parts, limit, scope);
}

/** Tags whose keys exist in a namespace of the account. */
export interface DefinedTags {
  /** Name of the tag namespace. */
  readonly namespace: string;
  /** Values by their keys. */
  readonly values: Tags;
}

/**
 * Tags that costs are counted by: defined tags, with every key of the namespace that the compartment has a default for,
 * since a key left out would be taken off again.
 */
export type CostTags = DefinedTags;

/** How a resource is tagged. */
export interface TagOptions {
  /** Free-form tags. @default - none */
  readonly tags?: Tags;
  /**
   * Written on the resource itself, since the defaults of a compartment reach only what is made after them.
   * @default - those that the compartment gave it when it was made, for ever
   */
  readonly costTags?: CostTags;
}

/** The two kinds of tags of a resource, as its arguments. */
export function tagArguments({ tags, costTags }: TagOptions): {
  freeformTags: Record<string, string>;
  definedTags?: Record<string, string>;
} {
  if (costTags === undefined) return { freeformTags: resourceTags(tags) };
  return { freeformTags: resourceTags(tags), definedTags: definedTags(costTags) };
}

/** Defined tags as an argument of a resource. */
export function definedTags({ namespace, values }: DefinedTags): Record<string, string> {
  const entries = Object.entries(resourceTags(values));
  return Object.fromEntries(entries.map(([key, value]) => [`${namespace}.${key}`, value]));
}

/** Free-form tags of a resource: keys as they are, values cut to what Oracle Cloud keeps. */
export function resourceTags(tags: Tags = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => [key.replace(/[^\w-]/g, '-'), value.slice(0, 256)]),
  );
}
