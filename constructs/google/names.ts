import type { IConstruct } from 'constructs';
import { GOOGLE_NAMES } from '../../estate/catalog/google-names';
import { fitName, type NameLimit } from '../../estate/name';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';

/** Names of most things of Compute Engine. */
const RFC1035 = GOOGLE_NAMES.network;

/** What Google Cloud allows in each kind of name that constructs give. */
export const LIMITS = {
  firewall: RFC1035,
  router: RFC1035,
  address: RFC1035,
  route: RFC1035,
  dnsPolicy: RFC1035,
  reservation: RFC1035,
  vpnGateway: RFC1035,
  externalVpnGateway: RFC1035,
  vpnTunnel: RFC1035,
  /** An interface of a router, and its session with a peer: unique in the router. */
  routerInterface: RFC1035,
  interconnectAttachment: RFC1035,
  peering: RFC1035,
  transport: {
    ...RFC1035,
    source: 'https://docs.cloud.google.com/sdk/gcloud/reference/network-connectivity/transports/create',
  },
  /** A workload policy, without the topology that ends its name. */
  policyStem: { ...RFC1035, maxLength: 50 },
  ...GOOGLE_NAMES,
  nodePool: {
    ...RFC1035,
    maxLength: 40,
    source:
      'https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters.nodePools',
  },
  serviceAccount: {
    ...RFC1035,
    minLength: 6,
    maxLength: 30,
    source: 'https://docs.cloud.google.com/iam/docs/service-accounts-create',
  },
  /** A role of a project: takes no hyphens. */
  role: {
    minLength: 3,
    maxLength: 64,
    allowed: /[a-z0-9_.]/,
    separator: '_',
    source: 'https://docs.cloud.google.com/iam/docs/creating-custom-roles',
    checked: '2026-11',
  },
  /** A topic of Pub/Sub, and its subscription. */
  events: {
    ...RFC1035,
    minLength: 3,
    maxLength: 255,
    source: 'https://docs.cloud.google.com/pubsub/docs/pubsub-basics#resource_names',
  },
} as const satisfies Record<string, NameLimit>;

/** A physical name that Google Cloud accepts; `scope` is the project id where names are unique beyond the project. */
export function physicalName(parts: readonly string[], limit: NameLimit, scope?: string): string {
  return fitName(parts, limit, scope);
}

/**
 * The labels of a resource: lower-case keys that start with a letter, and lower-case values, of 63 characters.
 *
 * @throws ConstructError with `TagInvalid` when nothing of a key can start a label
 */
export function resourceTags(scope: IConstruct, tags: Tags = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [labelKey(scope, key), label(value).slice(0, 63)]),
  );
}

function labelKey(scope: IConstruct, text: string): string {
  const key = label(text)
    .replace(/^[^a-z]+/, '')
    .slice(0, 63);
  if (key !== '') return key;
  throw new ConstructError(scope, 'TagInvalid', `tag "${text}" cannot be a label: its key needs a letter from a to z`);
}

function label(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9_-]/g, '-');
}
