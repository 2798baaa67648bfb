import { AWS_DNS_SERVERS } from './aws-limits';
import { ORACLE_DNS_SERVERS } from './oracle';
import type { Cloud, Sourced } from './types';

/** What an estate can name that exists already. */
export type ExistingKind = 'network' | 'subnet' | 'cluster' | 'file system' | 'object store' | 'key' | 'next hop';

/** How one key of such a thing is written. */
export interface ExistingKey {
  /** @default any text */
  readonly pattern?: RegExp;
  /** What it is, as part of a sentence, with the beginning of one. */
  readonly what: string;
  /** Whether nothing can be done without it. @default false */
  readonly needed?: boolean;
}

/** How a cloud names one kind of thing, and what else is said of it there. */
export interface ExistingRow extends Sourced {
  readonly keys: Readonly<Record<string, ExistingKey>>;
}

const checked = '2026-11';
const NAMES = 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules';
const ARNS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html';
const OCIDS = 'https://docs.oracle.com/en-us/iaas/Content/General/Concepts/identifiers.htm';

const aws = (prefix: string): RegExp => new RegExp(`^${prefix}-[0-9a-f]{8,17}$`);
const ocid = (...kinds: string[]): RegExp => new RegExp(`^ocid1\\.(${kinds.join('|')})\\.[a-z0-9]+\\.[a-z0-9-]*\\..+$`);
const KMS_KEY = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
const GOOGLE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

const RESOURCE_GROUP: ExistingKey = { pattern: /^[\w.()-]{1,90}$/, what: 'the name of a resource group' };
const SUBSCRIPTION: ExistingKey = { what: 'the id of a subscription' };
const COMPARTMENT: ExistingKey = { pattern: ocid('compartment', 'tenancy'), what: 'ocid1.compartment.…' };
const SECURITY_GROUP: ExistingKey = { pattern: aws('sg'), what: 'the id of a security group, sg-…', needed: true };
const ISSUER: ExistingKey = { pattern: /^https:\/\/.+$/, what: 'the address of its OIDC issuer, https://…' };
const MOUNT: ExistingKey = { what: 'the address that it is mounted by' };

/** How what exists is named, by its kind and cloud. Keys that a row does not list have no meaning on its cloud. */
export const EXISTING: Readonly<Record<ExistingKind, Readonly<Record<Cloud, ExistingRow>>>> = {
  network: {
    aws: {
      keys: {
        id: { pattern: aws('vpc'), what: 'the id of a VPC, vpc-…', needed: true },
        accountId: { pattern: /^\d{12}$/, what: '12 digits in quotes' },
        routeTables: { pattern: aws('rtb'), what: 'the id of a route table, rtb-…' },
      },
      source: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html',
      checked,
    },
    azure: {
      keys: {
        id: { pattern: /^[A-Za-z0-9][\w.-]{0,62}\w$/, what: 'the name of a virtual network', needed: true },
        subscriptionId: SUBSCRIPTION,
        resourceGroup: { ...RESOURCE_GROUP, needed: true },
        privateDns: { what: 'the resource group of the private DNS zones', needed: true },
      },
      source: NAMES,
      checked,
    },
    google: {
      keys: {
        id: { pattern: GOOGLE_NAME, what: 'the name of a VPC network', needed: true },
        projectId: { pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, what: 'the id of its host project' },
      },
      source: 'https://cloud.google.com/vpc/docs/shared-vpc',
      checked,
    },
    oracle: {
      keys: { id: { pattern: ocid('vcn'), what: 'ocid1.vcn.…', needed: true }, compartmentId: COMPARTMENT },
      source: OCIDS,
      checked,
    },
  },
  subnet: {
    aws: {
      keys: {
        id: { pattern: aws('subnet'), what: 'the id of a subnet, subnet-…', needed: true },
      },
      source: 'https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html',
      checked,
    },
    azure: {
      keys: {
        id: { pattern: /^[A-Za-z0-9]([\w.-]{0,78}\w)?$/, what: 'the name of a subnet', needed: true },
        securityGroup: { pattern: /^[A-Za-z0-9][\w.-]{0,79}$/, what: 'the name of a network security group' },
      },
      source: NAMES,
      checked,
    },
    google: {
      keys: { id: { pattern: GOOGLE_NAME, what: 'the name of a subnet or of a range', needed: true } },
      source: 'https://cloud.google.com/compute/docs/naming-resources',
      checked,
    },
    oracle: {
      keys: { id: { pattern: ocid('subnet'), what: 'ocid1.subnet.…', needed: true } },
      source: OCIDS,
      checked,
    },
  },
  cluster: {
    aws: {
      keys: {
        id: { pattern: /^[A-Za-z0-9][\w-]{0,99}$/, what: 'the name of an EKS cluster', needed: true },
        securityGroupId: SECURITY_GROUP,
        nodeRole: {
          pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/,
          what: 'the ARN of an IAM role',
          needed: true,
        },
        oidcIssuer: ISSUER,
      },
      source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html',
      checked,
    },
    azure: {
      keys: {
        id: { pattern: /^[A-Za-z0-9]([\w-]{0,61}[A-Za-z0-9])?$/, what: 'the name of an AKS cluster', needed: true },
        resourceGroup: { ...RESOURCE_GROUP, needed: true },
        oidcIssuer: { ...ISSUER, needed: true },
        principalId: { what: 'the object id of its identity' },
      },
      source: NAMES,
      checked,
    },
    google: {
      keys: {
        id: { pattern: /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/, what: 'the name of a GKE cluster', needed: true },
        nodeServiceAccount: {
          pattern: /^[^@\s]+@[^@\s]+$/,
          what: 'the address of a service account',
          needed: true,
        },
        oidcIssuer: ISSUER,
      },
      source: 'https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters',
      checked,
    },
    oracle: {
      keys: {
        id: { pattern: ocid('cluster'), what: 'ocid1.cluster.…', needed: true },
        securityGroupId: { pattern: ocid('networksecuritygroup'), what: 'ocid1.networksecuritygroup.…', needed: true },
        compartmentId: COMPARTMENT,
        oidcIssuer: ISSUER,
        endpoint: { pattern: IPV4, what: 'an IPv4 address' },
        certificateAuthority: { pattern: /^[A-Za-z0-9+/]+={0,2}$/, what: 'a certificate in base64' },
      },
      source: OCIDS,
      checked,
    },
  },
  'file system': {
    aws: {
      keys: {
        id: { pattern: aws('fs'), what: 'the id of a file system, fs-…', needed: true },
        securityGroupId: SECURITY_GROUP,
        mountAddress: MOUNT,
      },
      source: 'https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html',
      checked,
    },
    azure: {
      keys: {
        id: { pattern: /^[A-Za-z0-9][\w-]{0,78}\w$/, what: 'the name of a file system', needed: true },
        subscriptionId: SUBSCRIPTION,
        resourceGroup: { ...RESOURCE_GROUP, needed: true },
        mountAddress: MOUNT,
      },
      source: NAMES,
      checked,
    },
    google: {
      keys: {
        id: { pattern: GOOGLE_NAME, what: 'the name of an instance', needed: true },
        mountAddress: MOUNT,
      },
      source: 'https://cloud.google.com/managed-lustre/docs/reference/rest/v1/projects.locations.instances',
      checked,
    },
    oracle: {
      keys: {
        id: { pattern: ocid('lustrefilesystem'), what: 'ocid1.lustrefilesystem.…', needed: true },
        cidr: { what: 'the range of its subnet', needed: true },
        mountAddress: MOUNT,
      },
      source: OCIDS,
      checked,
    },
  },
  'object store': {
    aws: {
      keys: {
        id: { pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, what: 'the name of a bucket', needed: true },
        encryptionKey: { pattern: KMS_KEY, what: 'the ARN of a KMS key' },
      },
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
      checked,
    },
    azure: {
      keys: {
        id: { pattern: /^[a-z0-9]{3,24}$/, what: 'the name of a storage account', needed: true },
        container: { pattern: /^[a-z0-9](-?[a-z0-9]){2,62}$/, what: 'the name of a container', needed: true },
        subscriptionId: SUBSCRIPTION,
        resourceGroup: { ...RESOURCE_GROUP, needed: true },
      },
      source: NAMES,
      checked,
    },
    google: {
      keys: { id: { pattern: /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, what: 'the name of a bucket', needed: true } },
      source: 'https://cloud.google.com/storage/docs/buckets#naming',
      checked,
    },
    oracle: {
      keys: {
        id: { pattern: /^[\w.-]{1,256}$/, what: 'the name of a bucket', needed: true },
        compartmentId: COMPARTMENT,
        namespace: { pattern: /^[\w-]+$/, what: 'an Object Storage namespace' },
      },
      source: 'https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/managingbuckets.htm',
      checked,
    },
  },
  key: {
    aws: {
      keys: { existing: { pattern: KMS_KEY, what: 'the ARN of a KMS key, arn:aws:kms:…:key/…', needed: true } },
      source: ARNS,
      checked,
    },
    azure: {
      keys: {
        existing: {
          pattern:
            /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/vaults\/[^/]+\/keys\/[^/]+$/,
          what: 'the resource id of a key, /subscriptions/…/vaults/…/keys/…',
          needed: true,
        },
      },
      source: NAMES,
      checked,
    },
    google: {
      keys: {
        existing: {
          pattern: /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
          what: 'the name of a key, projects/…/locations/…/keyRings/…/cryptoKeys/…',
          needed: true,
        },
      },
      source: 'https://cloud.google.com/kms/docs/getting-resource-ids',
      checked,
    },
    oracle: {
      keys: { existing: { pattern: ocid('key'), what: 'ocid1.key.…', needed: true } },
      source: OCIDS,
      checked,
    },
  },
  'next hop': {
    aws: {
      keys: { via: { pattern: aws('tgw'), what: 'the id of a transit gateway, tgw-…', needed: true } },
      source: 'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html',
      checked,
    },
    azure: {
      keys: { via: { pattern: IPV4, what: 'the address of a firewall, such as 10.1.0.4', needed: true } },
      source: 'https://learn.microsoft.com/azure/aks/egress-outboundtype',
      checked,
    },
    google: {
      keys: { via: { pattern: IPV4, what: 'the address of a firewall, such as 10.1.0.4', needed: true } },
      source: 'https://cloud.google.com/vpc/docs/routes#static-route-next-hops',
      checked,
    },
    oracle: {
      keys: {
        via: { pattern: ocid('drg', 'privateip'), what: 'ocid1.drg.… or ocid1.privateip.…', needed: true },
      },
      source: 'https://docs.oracle.com/en-us/iaas/Content/Network/Tasks/managingroutetables.htm',
      checked,
    },
  },
};

/** Most DNS servers that the machines of one network are told. @default no limit is known */
export const DNS_SERVERS: { readonly [C in Cloud]?: { readonly most: number } & Sourced } = {
  aws: AWS_DNS_SERVERS,
  oracle: ORACLE_DNS_SERVERS,
};
