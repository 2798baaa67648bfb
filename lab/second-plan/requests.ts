import type { LabCloud } from '../clouds';
import type { RecordedRequest } from '../echo/server';

/** What a request asks a service to do. */
export type RequestKind = 'create' | 'update' | 'delete';

/** The requests of each kind that were sent, such as `DELETE /v1/projects/…`. */
export type SentRequests = Readonly<Record<RequestKind, readonly string[]>>;

/** Verbs at the end of a path by which services delete or create without the method that says so. */
const DELETES = /removeSecurityRules$|\/actions\/(scheduleDeletion|cascadeDelete)$|:disable$/;
const CREATES = /addSecurityRules$|\/keys\/[^/]+\/create$|:(batchEnable|enable)$/;

/** Paths that are asked with a method which changes something, and only read. */
const READS = /\/kubeconfig\/content$|\/list[a-zA-Z]*$/i;

/** Verbs by which Google's services change what exists. */
const GOOGLE_CHANGES = /:[a-zA-Z]+$|\/(setLabels|setPrivateIpGoogleAccess|expandIpCidrRange|resize)$/;

/** What a recorded request asks for; undefined when it changes nothing. */
export function kindOf(cloud: LabCloud, { method, path, status }: RecordedRequest): RequestKind | undefined {
  if (method === 'GET' || method === 'HEAD' || status >= 400 || READS.test(path)) return undefined;
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

/** Sorts requests by what they ask for. */
export function sentRequests(cloud: LabCloud, requests: readonly RecordedRequest[]): SentRequests {
  const sent: Record<RequestKind, string[]> = { create: [], update: [], delete: [] };
  for (const request of requests) {
    const kind = kindOf(cloud, request);
    if (kind !== undefined) sent[kind].push(`${request.method} ${request.path}`);
  }
  return sent;
}
