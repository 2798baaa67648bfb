import type { RecordedRequest } from './echo/server';
import type { LabCloud } from './options';

/** What a request asks a service to do. */
export type RequestKind = 'create' | 'update' | 'delete';

/** How many requests of each kind were sent. */
export type RequestCounts = Readonly<Record<RequestKind, number>>;

/** Verbs at the end of a path by which services delete or create without the method that says so. */
const DELETES = /removeSecurityRules$|\/actions\/(scheduleDeletion|cascadeDelete)$|:disable$/;
const CREATES = /addSecurityRules$|\/keys\/[^/]+\/create$|:(batchEnable|enable)$/;

/** Verbs by which Google's services change what exists. */
const GOOGLE_CHANGES = /:[a-zA-Z]+$|\/(setLabels|setPrivateIpGoogleAccess|expandIpCidrRange|resize)$/;

/** What a recorded request asks for; undefined when it changes nothing. */
export function kindOf(cloud: LabCloud, { method, path, status }: RecordedRequest): RequestKind | undefined {
  if (method === 'GET' || method === 'HEAD' || status >= 400) return undefined;
  if (method === 'DELETE' || DELETES.test(path)) return 'delete';
  if (CREATES.test(path)) return 'create';
  switch (cloud) {
    case 'google':
      return method === 'POST' && !GOOGLE_CHANGES.test(path) ? 'create' : 'update';
    case 'oracle':
      return method === 'POST' && !/\/actions\/|updateSecurityRules$|^\/n\//.test(path)
        ? 'create'
        : bucketKind(method, path);
    case 'azure':
      // A PUT makes what is not there yet and says so.
      if (method === 'PUT') return status === 201 ? 'create' : 'update';
      return method === 'PATCH' ? 'update' : undefined;
  }
}

/** Buckets are made by a POST to their namespace, and changed by one to themselves. */
function bucketKind(method: string, path: string): RequestKind {
  return method === 'POST' && /^\/n\/[^/]+\/b\/?$/.test(path) ? 'create' : 'update';
}

/** Counts requests by what they ask for. */
export function countRequests(cloud: LabCloud, requests: readonly RecordedRequest[]): RequestCounts {
  const counts = { create: 0, update: 0, delete: 0 };
  for (const request of requests) {
    const kind = kindOf(cloud, request);
    if (kind !== undefined) counts[kind] += 1;
  }
  return counts;
}
