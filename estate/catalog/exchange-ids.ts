import type { Cloud, Sourced } from './types';

const CHECKED = { checked: '2026-11', unverified: 'that ids of this kind have no other form' } as const;

/** Sections of an exchange whose values are ids that a cloud gave. */
export type IdSection = 'gateways' | 'peerings' | 'circuits' | 'stores' | 'encryptionKeys' | 'principals' | 'grants';

/** How the ids of one cloud look at one kind of place of an exchange. */
export interface ExchangeId extends Sourced {
  readonly form: RegExp;
  /** What it is the id of, with its article. */
  readonly title: string;
  /** How one looks, in short. */
  readonly example: string;
}

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Id of a resource of Azure of a kind of `Microsoft.Network`. */
function ofNetwork(kind: string, title: string): ExchangeId {
  return {
    form: new RegExp(
      `^/subscriptions/[\\w-]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/${kind}/[^/]+(/[^/]+)*$`,
      'i',
    ),
    title,
    example: `/subscriptions/…/${kind}/…`,
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules',
    ...CHECKED,
  };
}

function ocid(kind: string, title: string): ExchangeId {
  return {
    form: new RegExp(`^ocid1\\.${kind}\\.`),
    title,
    example: `ocid1.${kind}.…`,
    source: 'https://docs.oracle.com/iaas/Content/General/Concepts/identifiers.htm',
    ...CHECKED,
  };
}

function ofProject(form: RegExp, title: string): ExchangeId {
  return {
    form,
    title,
    example: 'projects/…',
    source: 'https://docs.cloud.google.com/apis/design/resource_names',
    ...CHECKED,
  };
}

function ofAws(form: RegExp, title: string, example: string, source: string): ExchangeId {
  return { form, title, example, source, ...CHECKED };
}

/** Forms of ids by the kind of their place and by the cloud that gave them. A cloud that tells nothing there has none. */
export const EXCHANGE_IDS: Readonly<Record<IdSection, Readonly<Partial<Record<Cloud, ExchangeId>>>>> = {
  gateways: {
    aws: ofAws(
      /^tgw-[0-9a-f]{8,17}$/,
      'a transit gateway',
      'tgw-0a1b2c3d4e5f60718',
      'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html',
    ),
    azure: ofNetwork('virtualNetworkGateways', 'a virtual network gateway'),
    google: ofProject(/^projects\/[^/]+\/regions\/[^/]+\/vpnGateways\/[^/]+$/, 'a VPN gateway'),
    oracle: ocid('drg', 'a dynamic routing gateway'),
  },
  peerings: {
    aws: ofAws(
      /^tgw-attach-[0-9a-f]{8,17}$/,
      'an attachment of a transit gateway',
      'tgw-attach-0a1b2c3d4e5f60718',
      'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html',
    ),
    azure: ofNetwork('virtualNetworks', 'a virtual network peering'),
    google: ofProject(/^projects\/[\w./:-]+$/, 'a network peering'),
    oracle: ocid('remotepeeringconnection', 'a remote peering connection'),
  },
  circuits: {
    aws: ofAws(
      /^arn:aws[a-z-]*:/,
      'a connection of AWS Interconnect',
      'arn:aws:…',
      'https://docs.aws.amazon.com/interconnect/latest/userguide/what-is.html',
    ),
    // The key of a circuit is a UUID: it is a secret, and no id of one.
    azure: ofNetwork('expressRouteCircuits', 'an ExpressRoute circuit'),
    google: ofProject(/^projects\/[\w./:-]+$/, 'a transport or an interconnect attachment'),
    oracle: ocid('virtualcircuit', 'a virtual circuit'),
  },
  stores: {
    aws: ofAws(
      /^arn:aws[a-z-]*:s3:::[a-z0-9.-]+$/,
      'a bucket',
      'arn:aws:s3:::…',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html',
    ),
  },
  encryptionKeys: {
    aws: ofAws(
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
      'a key of KMS',
      'arn:aws:kms:…:key/…',
      'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html',
    ),
  },
  principals: {
    aws: ofAws(
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      'a role',
      'arn:aws:iam::…:role/…',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    ),
    azure: {
      form: new RegExp(`^${UUID}$`),
      title: 'a principal',
      example: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
      source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
      ...CHECKED,
    },
    oracle: ocid('cluster', 'a cluster'),
  },
  grants: {
    azure: {
      form: new RegExp(`^${UUID}$`),
      title: 'a client',
      example: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
      source: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
      ...CHECKED,
    },
  },
};
