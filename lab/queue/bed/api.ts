import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { KubeObject } from '../../../bundle/types';
import type { BedCertificates } from './certificates';

/** What a server answered to one request. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** What a server says where it refuses. */
export interface Refusal {
  readonly message?: string;
  readonly reason?: string;
}

/** Where objects of a kind are. */
export interface KindRow {
  readonly group: string;
  /** Of the API, such as `batch/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** A server of Kubernetes as an administrator of the lab talks to it. */
export interface Api {
  readonly server: string;
  readonly ask: <T>(method: string, path: string, body?: unknown, type?: string) => Promise<Answer<T>>;
  /** What the server has at a path; fails for everything but 200. */
  readonly get: <T>(path: string) => Promise<T>;
  readonly items: <T>(path: string) => Promise<readonly T[]>;
  /** Row of a kind, if the server knows it; asked again where it was not known. */
  readonly kindOf: (object: Pick<KubeObject, 'apiVersion' | 'kind'>) => Promise<KindRow | undefined>;
  /** Path of an object. */
  readonly pathOf: (object: KubeObject) => Promise<string>;
  /** Server-side apply, as GitOps does it: unknown fields are refused. Fails with what the server says. */
  readonly apply: (object: KubeObject) => Promise<KubeObject>;
  /** As `apply`, but returns what the server says. */
  readonly tryApply: (object: KubeObject) => Promise<Answer<KubeObject & Refusal>>;
  readonly remove: (object: KubeObject) => Promise<void>;
  readonly close: () => void;
}

const FIELD_MANAGER = 'training-estate';
const LONGEST_MS = 60_000;
const APPLY = 'application/apply-patch+yaml';

/** Type of a patch that sets what it names. */
export const MERGE = 'application/merge-patch+json';

/** A refusal, as an error. */
export class RefusedError extends Error {
  constructor(
    what: string,
    readonly status: number,
    readonly refusal: Refusal,
  ) {
    super(`${what}: ${status} ${refusal.message ?? refusal.reason ?? ''}`);
    this.name = 'RefusedError';
  }
}

interface ResourceList {
  readonly groupVersion: string;
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

const groupPath = (apiVersion: string) => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** A client of a server. */
export function openApi(server: string, { authority, admin }: BedCertificates): Api {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 16,
    ca: readFileSync(authority),
    cert: readFileSync(admin.certificate),
    key: readFileSync(admin.key),
  });
  const ask = <T>(method: string, path: string, body?: unknown, type = 'application/json') =>
    new Promise<Answer<T>>((done, fail) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = text === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) };
      const sent = request(`${server}${path}`, { method, agent, headers, timeout: LONGEST_MS }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', fail);
        response.once('end', () => {
          const told = Buffer.concat(parts).toString();
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          done({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(told) : told });
        });
      });
      sent.once('timeout', () => sent.destroy(new Error(`${method} ${path} took more than ${LONGEST_MS / 1000} s`)));
      sent.once('error', fail);
      sent.end(text);
    });
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await ask<T & Refusal>('GET', path);
    if (status !== 200) throw new RefusedError(`GET ${path}`, status, body);
    return body;
  };
  const kinds = new Map<string, KindRow>();
  const learn = async (apiVersion: string) => {
    const { status, body } = await ask<ResourceList>('GET', groupPath(apiVersion));
    if (status !== 200) return;
    for (const { name, kind, namespaced } of body.resources) {
      if (name.includes('/')) continue;
      const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [];
      kinds.set(`${apiVersion} ${kind}`, { group, apiVersion, kind, plural: name, namespaced });
    }
  };
  const kindOf: Api['kindOf'] = async ({ apiVersion, kind }) => {
    const key = `${apiVersion} ${kind}`;
    if (!kinds.has(key)) await learn(apiVersion);
    return kinds.get(key);
  };
  const pathOf = async (object: KubeObject) => {
    const row = await kindOf(object);
    if (row === undefined) throw new Error(`the server knows no ${object.kind} of ${object.apiVersion}`);
    const { name, namespace } = object.metadata;
    const inside = row.namespaced ? `/namespaces/${namespace ?? 'default'}` : '';
    return `${groupPath(object.apiVersion)}${inside}/${row.plural}/${encodeURIComponent(name)}`;
  };
  const tryApply: Api['tryApply'] = async (object) => {
    const query = `fieldManager=${FIELD_MANAGER}&force=true&fieldValidation=Strict`;
    return ask('PATCH', `${await pathOf(object)}?${query}`, object, APPLY);
  };
  return {
    server,
    ask,
    get,
    items: async <T>(path: string) => (await get<{ readonly items: readonly T[] }>(path)).items,
    kindOf,
    pathOf,
    tryApply,
    apply: async (object) => {
      const { status, body } = await tryApply(object);
      if (status !== 200 && status !== 201) {
        throw new RefusedError(`${object.kind} ${object.metadata.name}`, status, body);
      }
      return body;
    },
    remove: async (object) => {
      const path = await pathOf(object);
      const { status, body } = await ask<Refusal>('DELETE', path, { propagationPolicy: 'Background' });
      if (status >= 300 && status !== 404) throw new RefusedError(`DELETE ${path}`, status, body);
    },
    close: () => agent.destroy(),
  };
}
