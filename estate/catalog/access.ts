import type { Cloud, Sourced } from './types';

const checked = '2026-11';

/** How a cloud names who may use a Kubernetes cluster. */
export interface PrincipalRow extends Sourced {
  readonly pattern: RegExp;
  /** What it is, as part of a sentence. */
  readonly what: string;
  readonly example: string;
}

/** Principals of clusters, by cloud. */
export const PRINCIPALS: Readonly<Record<Cloud, PrincipalRow>> = {
  aws: {
    // Roles of IAM Identity Center have a path, which tools leave out and EKS asks for.
    pattern: /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/(?!AWSReservedSSO_).+$/,
    what: 'the ARN of an IAM role or user with its whole path',
    example: 'arn:aws:iam::111122223333:role/platform-admin',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
    checked,
  },
  azure: {
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    what: 'the object id of an Entra group, a lower-case UUID',
    example: '7d3f1a52-0c4e-4b6a-9d1c-3e5f7a9b1c21',
    source: 'https://learn.microsoft.com/azure/aks/manage-azure-rbac',
    checked,
  },
  google: {
    pattern:
      /^(((user|group|serviceAccount):)?[^@\s:/]+@[^@\s:/]+|domain:[^@\s:/]+|principal(Set)?:\/\/iam\.googleapis\.com\/\S+)$/,
    what: 'the address of a Google group, or an IAM member such as user:lead@example.com',
    example: 'platform-admins@example.com',
    source: 'https://cloud.google.com/iam/docs/principal-identifiers',
    checked,
  },
  oracle: {
    pattern: /^[^\s/'"][^/'"]*(\/[^\s/'"][^/'"]*)?$/,
    what: 'the name of an IAM group, GROUP or DOMAIN/GROUP',
    example: 'platform-admins',
    source: 'https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/subject.htm',
    checked,
  },
};

/** What reaches the API servers of a cloud besides the network of their site. */
export interface ApiAccessRow extends Sourced {
  /** Which ranges can be let in: private ones only where an API server has no public address. */
  readonly ranges: 'any' | 'private';
  /** What to do in place of a public range. @default none is needed */
  readonly instead?: string;
  /** How people reach it where no range is named. @default not at all */
  readonly otherWay?: string;
}

/** Ranges that reach API servers, by cloud. */
export const API_ACCESS: Readonly<Record<Cloud, ApiAccessRow>> = {
  aws: {
    ranges: 'any',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
    checked,
  },
  azure: {
    ranges: 'private',
    instead: 'name the private range of a VPN or of a network that is peered with this one',
    source: 'https://learn.microsoft.com/azure/aks/api-server-vnet-integration',
    checked,
  },
  google: {
    ranges: 'any',
    otherWay: 'the DNS name of the cluster, which IAM guards',
    source: 'https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation',
    checked,
  },
  oracle: {
    ranges: 'private',
    instead: 'name the private range of what a dynamic routing gateway or a bastion connects',
    source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Concepts/contengnetworkconfig.htm',
    checked,
  },
};

/** Clouds where an apply speaks to something that lets in only whom it knows, with what that is. */
export const RUNNER_ACCESS: Readonly<
  Partial<Record<Cloud, { readonly subnet: RegExp; readonly what: string } & Sourced>>
> = {
  azure: {
    subnet:
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/,
    what: 'the firewall of a key vault',
    source: 'https://learn.microsoft.com/azure/key-vault/general/network-security',
    checked,
  },
};
