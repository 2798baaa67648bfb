import { CLOUDS, type Cloud, type Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** What may be done with the objects of a store. */
export const GRANT_ACCESS = ['read', 'write', 'readWrite'] as const;

/** What may be done with the objects of a store, as one of {@link GRANT_ACCESS}. */
export type GrantAccess = (typeof GRANT_ACCESS)[number];

/**
 * Who vouches for a workload: its account signs for its role, its cluster signs for its service account, or the cloud of
 * both ends knows it without any token of its own.
 */
export const GRANT_ANCHORS = ['account', 'cluster', 'native'] as const;

/** Who vouches for a workload, as one of {@link GRANT_ANCHORS}. */
export type GrantAnchor = (typeof GRANT_ANCHORS)[number];

/** How the workloads of one cloud are told apart by somebody who trusts an issuer there. */
export interface IssuerRow extends Sourced {
  /** Form of the address of the issuer. */
  readonly issuer: string;
  /** Form of the subject of its tokens. */
  readonly subject: string;
  /** Where its public keys are, below the address of the issuer, for who does not look for them. */
  readonly keys: string;
  /** Whether the address follows from the estate file. @default false: it is known after an apply */
  readonly isComputed?: true;
}

/** Issuers of each cloud by what they are of; a cloud without one of a kind has none that a pod can use without a key. */
export const ISSUERS: Readonly<Record<Cloud, Readonly<Partial<Record<'account' | 'cluster', IssuerRow>>>>> = {
  aws: {
    account: {
      issuer: 'https://ID.tokens.sts.global.api.aws',
      subject: 'arn:aws:iam::ACCOUNT:role/ROLE',
      keys: '/.well-known/jwks.json',
      source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html',
      ...CHECKED,
    },
    cluster: {
      issuer: 'https://oidc.eks.REGION.amazonaws.com/id/ID',
      subject: 'system:serviceaccount:NAMESPACE:NAME',
      keys: '/keys',
      source: 'https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html',
      ...CHECKED,
    },
  },
  azure: {
    // A token of Entra with an audience of its own wants an application registration, so one of the tenant is no way here.
    cluster: {
      issuer: 'https://REGION.oic.prod-aks.azure.com/TENANT/ID/',
      subject: 'system:serviceaccount:NAMESPACE:NAME',
      keys: '/openid/v1/jwks',
      source: 'https://learn.microsoft.com/azure/aks/use-oidc-issuer',
      ...CHECKED,
    },
  },
  google: {
    // Tokens of accounts.google.com want a service account bound to that of the pod, which would take over its mounts.
    cluster: {
      issuer: 'https://container.googleapis.com/v1/projects/PROJECT/locations/LOCATION/clusters/CLUSTER',
      subject: 'system:serviceaccount:NAMESPACE:NAME',
      keys: '/jwks',
      isComputed: true,
      source:
        'https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters.well-known/getOpenid-configuration',
      ...CHECKED,
    },
  },
  oracle: {
    cluster: {
      issuer: 'https://HOST/ID',
      subject: 'system:serviceaccount:NAMESPACE:NAME',
      keys: '/jwks',
      source: 'https://docs.oracle.com/iaas/Content/ContEng/Tasks/contengOpenIDConnect-Discovery.htm',
      ...CHECKED,
    },
  },
};

/** How a cloud takes in the tokens of another one. */
export interface RelyingRow extends Sourced {
  /** Form of the audience that tokens must have. */
  readonly audience: string;
  /** What it cannot do without, although it is a key; part of a sentence. @default nothing: no key is stored anywhere */
  readonly key?: string;
  /** Callers that one identity takes at most; the next ones get another identity. */
  readonly callersPerIdentity: number;
  /** Issuers that one account trusts at most. @default no limit is known */
  readonly issuersPerAccount?: number;
}

/** How each cloud takes in tokens. */
export const RELYING: Readonly<Record<Cloud, RelyingRow>> = {
  aws: {
    audience: 'sts.amazonaws.com',
    // Trust policies have room for 2,048 characters, and a statement, with the issuer in it three times, may take 750.
    callersPerIdentity: 2,
    issuersPerAccount: 100,
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    ...CHECKED,
    unverified: 'how many providers an account may have; the quota can be raised',
  },
  azure: {
    audience: 'api://AzureADTokenExchange',
    callersPerIdentity: 20,
    source: 'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations',
    ...CHECKED,
  },
  google: {
    audience:
      'https://iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER',
    callersPerIdentity: 20,
    issuersPerAccount: 100,
    source: 'https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes',
    ...CHECKED,
    unverified: 'how many pools a project may have; the quota can be raised',
  },
  oracle: {
    audience: 'https://idcs-ID.identity.oraclecloud.com',
    key: 'the secret of an OAuth client, without which the identity domain exchanges no token',
    callersPerIdentity: 20,
    source: 'https://docs.oracle.com/iaas/Content/Identity/api-getstarted/json_web_token_exchange.htm',
    ...CHECKED,
    unverified: 'that a service user is matched by the subject of the token alone',
  },
};

/** One of the sixteen directions, as the planner takes it. */
export interface GrantDirection extends Sourced {
  readonly from: Cloud;
  readonly to: Cloud;
  /** Ways in the order in which they are preferred. */
  readonly anchors: readonly GrantAnchor[];
}

const NATIVE: Readonly<Record<Cloud, Sourced>> = {
  aws: {
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_cross-account-with-roles.html',
    ...CHECKED,
  },
  azure: { source: 'https://learn.microsoft.com/azure/role-based-access-control/scope-overview', ...CHECKED },
  google: { source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/workload-identity', ...CHECKED },
  oracle: {
    source: 'https://docs.oracle.com/iaas/Content/ContEng/Tasks/contenggrantingworkloadaccesstoresources.htm',
    ...CHECKED,
  },
};

/** The sixteen directions: what each cloud's workloads are known by at each other one. */
export const GRANT_DIRECTIONS: readonly GrantDirection[] = CLOUDS.flatMap((from) =>
  CLOUDS.map((to): GrantDirection => {
    if (from === to) {
      // Subscriptions of two tenants share no directory: the issuer of the cluster leads from one to the other.
      const anchors: readonly GrantAnchor[] = from === 'azure' ? ['native', 'cluster'] : ['native'];
      return { from, to, anchors, ...NATIVE[from] };
    }
    const { source, checked, unverified } = RELYING[to];
    const anchors = (['account', 'cluster'] as const).filter((anchor) => ISSUERS[from][anchor] !== undefined);
    return { from, to, anchors, source, checked, ...(unverified !== undefined && { unverified }) };
  }),
);

/** What a cloud is told to let somebody do, in its own words. */
export interface PermissionRow extends Sourced {
  /** Actions on AWS, a role on Azure and Google Cloud or the actions of one that is defined, permissions on Oracle Cloud. */
  readonly objects: readonly string[];
  /** The same of the bucket itself. @default nothing */
  readonly bucket?: readonly string[];
  /** The same of the key that encrypts the objects. @default the service itself uses the key */
  readonly key?: readonly string[];
}

const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html';
const BLOB = 'https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage';
const GCS = 'https://docs.cloud.google.com/storage/docs/access-control/iam-roles';
const OCI = 'https://docs.oracle.com/iaas/Content/Identity/Reference/objectstoragepolicyreference.htm';
const LIST = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'];

/**
 * What each access is on each cloud. `readWrite` is what a cluster has of what it mounts; `write` adds objects, and
 * neither reads nor deletes any; earlier versions are out of reach of all three.
 */
export const GRANT_PERMISSIONS: Readonly<Record<Cloud, Readonly<Record<GrantAccess, PermissionRow>>>> = {
  aws: {
    read: {
      bucket: LIST,
      objects: ['s3:GetObject', 's3:ListMultipartUploadParts'],
      key: ['kms:Decrypt'],
      source: S3,
      ...CHECKED,
    },
    write: {
      bucket: LIST,
      objects: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
      // Parts of an upload are put together by decrypting them.
      key: ['kms:Decrypt', 'kms:GenerateDataKey'],
      source: S3,
      ...CHECKED,
    },
    readWrite: {
      bucket: LIST,
      objects: [
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject',
        's3:ListMultipartUploadParts',
        's3:PutObject',
      ],
      key: ['kms:Decrypt', 'kms:GenerateDataKey'],
      source: S3,
      ...CHECKED,
    },
  },
  azure: {
    read: { objects: ['Storage Blob Data Reader'], source: BLOB, ...CHECKED },
    // The built-in roles that write also delete, the container among it, which no condition takes away: a role of our own.
    write: {
      bucket: ['Microsoft.Storage/storageAccounts/blobServices/containers/read'],
      objects: [
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action',
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
      ],
      source: BLOB,
      ...CHECKED,
    },
    readWrite: { objects: ['Storage Blob Data Contributor'], source: BLOB, ...CHECKED },
  },
  google: {
    read: { objects: ['roles/storage.objectViewer'], source: GCS, ...CHECKED },
    write: { objects: ['roles/storage.objectCreator'], source: GCS, ...CHECKED },
    readWrite: { objects: ['roles/storage.objectUser'], source: GCS, ...CHECKED },
  },
  oracle: {
    read: {
      bucket: ['BUCKET_INSPECT', 'BUCKET_READ'],
      objects: ['OBJECT_INSPECT', 'OBJECT_READ'],
      source: OCI,
      ...CHECKED,
    },
    write: {
      bucket: ['BUCKET_INSPECT', 'BUCKET_READ'],
      objects: ['OBJECT_CREATE', 'OBJECT_INSPECT', 'OBJECT_OVERWRITE'],
      source: OCI,
      ...CHECKED,
    },
    readWrite: {
      bucket: ['BUCKET_INSPECT', 'BUCKET_READ'],
      // All of them but `OBJECT_VERSION_DELETE`.
      objects: [
        'OBJECT_CREATE',
        'OBJECT_DELETE',
        'OBJECT_INSPECT',
        'OBJECT_OVERWRITE',
        'OBJECT_READ',
        'OBJECT_RESTORE',
        'OBJECT_UPDATE_TIER',
      ],
      source: OCI,
      ...CHECKED,
    },
  },
};
