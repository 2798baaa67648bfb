import type { Cloud } from '../../catalog';
import { AZURE_NAMES } from '../../catalog/azure-names';
import { fitName, hash8, type NameLimit } from '../../name';

const WORDS = { allowed: /[a-z0-9-]/, separator: '-', checked: '2026-11' } as const;

/** What clouds allow in names of what grants are made of, which others have to know before it is there. */
const LIMITS = {
  role: {
    ...WORDS,
    maxLength: 64,
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  pool: {
    ...WORDS,
    minLength: 4,
    maxLength: 32,
    source: 'https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/create',
  },
  user: {
    ...WORDS,
    maxLength: 100,
    source: 'https://docs.oracle.com/iaas/Content/Identity/users/about-managing-users.htm',
  },
} as const satisfies Readonly<Record<string, NameLimit>>;

const IDENTITY: Readonly<Partial<Record<Cloud, NameLimit>>> = { aws: LIMITS.role, azure: AZURE_NAMES.identity };

/** Name of the identity of a grant at its store; undefined where its cloud has none. */
export function identityNameOf(cloud: Cloud, name: string, ordinal: number): string | undefined {
  const limit = IDENTITY[cloud];
  return limit && fitName([`${nthIdentity(name, ordinal)}-grant`], limit);
}

/** Key of one of the identities of a grant: two hyphens stand in no key of the estate file. */
export function nthIdentity(key: string, ordinal: number): string {
  return ordinal === 1 ? key : `${key}--${ordinal}`;
}

/** Id of the pool, and of its only provider, in which Google Cloud keeps the subjects of one issuer. */
export function poolOf(estate: string, trust: string): string {
  const [kind = '', ...rest] = trust.split('-');
  // Ids that begin with `gcp-` are kept by the service.
  return fitName([kind, estate, rest.join('-')], LIMITS.pool);
}

/** Audience that the provider of a pool takes where it is told none: its own address. */
export function audienceOfPool(projectNumber: string, pool: string): string {
  return `https://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${pool}/providers/${pool}`;
}

/** Name of the service user of Oracle Cloud that one service account of a shard acts as, and of its group. */
export function userOf(estate: string, shard: string, caller: string): string {
  return fitName([estate, shard, caller], LIMITS.user);
}

/** Key of a service account inside a cluster: words with one hyphen between them could be cut elsewhere as well. */
export function callerKey(namespace: string, serviceAccount: string): string {
  const key = `${namespace}-${serviceAccount}`;
  return key.split('-').length === 2 ? key : `${key}-${hash8(`${namespace}/${serviceAccount}`)}`;
}
