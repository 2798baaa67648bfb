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
    pattern: /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/.+$/,
    what: 'the ARN of an IAM role or user',
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
