import { z } from 'zod';
import { GRANT_ACCESS, GRANT_ANCHORS } from '../../estate/catalog/grants';
import type { GrantClient, ProjectedToken } from '../../estate/plan/grants/types';
import type { PendingFact } from '../../estate/plan/links/types';
import type { IdentityCount, IdentityReport, IdentityRow, StoredKeyRow } from '../../estate/report/identity';
import { cloud, count, objectOf, text, texts } from './parts';

const textOrNull = (meaning: string) => z.union([z.string(), z.null()]).describe(meaning);
const textsBy = (meaning: string) => z.record(z.string(), z.string()).describe(meaning);

const client = objectOf<GrantClient>()({
  token: objectOf<ProjectedToken>()({
    audience: text('Audience of the token.'),
    path: text('Path in the pod.'),
    expirationSeconds: count('For how long it holds.'),
  })
    .optional()
    .describe('Token of its service account that Kubernetes mounts; absent where it has another way.'),
  env: textsBy('Environment variables.'),
  files: textsBy('Texts of files by their path; nothing in them is secret.'),
  notes: texts('What it still has to do itself.'),
});

const row = objectOf<IdentityRow>()({
  grant: text('Key of the grant.'),
  shard: text('Shard of its cluster.'),
  namespace: text('Kubernetes namespace of the service account.'),
  serviceAccount: text('Kubernetes service account.'),
  store: text('Key of the store.'),
  from: cloud,
  to: cloud,
  access: z.enum(GRANT_ACCESS).describe('What it may do there.'),
  anchor: z.enum(GRANT_ANCHORS).describe('Who vouches for it.'),
  issuer: textOrNull('Who signs its token; null where there is none, or it is not known yet.'),
  subject: textOrNull('Whom the token is of, or what its cloud knows the workload by; null until it is known.'),
  audience: textOrNull('Whom the token is for; null where there is none.'),
  identity: textOrNull('What it is at the store; null until it is known, and where a mount would be the same.'),
  state: z.enum(['ready', 'pending']).describe('Whether something is missing that is known only after an apply.'),
  pending: z
    .array(
      objectOf<PendingFact>()({
        path: text('What it waits for, by its place in the exchange file.'),
        from: text('Stack that tells it once it is applied.'),
      }),
    )
    .describe('What its target side waits for.'),
  sourceStack: text('Stack that makes the source side.'),
  targetStack: text('Stack that makes the target side.'),
  client: client.optional().describe('What the pod needs; absent where its cloud gives it what it needs.'),
});

/** What `estate show identity --json` prints. */
export const identityDocument = objectOf<IdentityReport>()({
  rows: z.array(row).describe('Grants by shard, sorted by grant.'),
  counts: z
    .array(
      objectOf<IdentityCount>()({
        what: text('What is counted.'),
        count: count('How many there are.'),
        limit: count('How many there may be.'),
        of: text('Account or grant that they are of.'),
      }),
    )
    .describe('Counts against limits of clouds.'),
  storedKeys: z
    .array(
      objectOf<StoredKeyRow>()({
        grant: text('Key of the grant.'),
        what: text('The key that it cannot do without.'),
        reason: text('Why that is accepted.'),
      }),
    )
    .describe('Keys that grants cannot do without, as accepted.'),
});
