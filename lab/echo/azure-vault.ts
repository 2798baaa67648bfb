import { uuidOf } from './azure-ids';
import { isObject, type Json, type JsonObject, merge, objectAt, objectsOf, textOf } from './json';
import type { EchoAnswer, EchoRequest } from './server';

/** Seconds since 1970 at which everything was made. */
const CREATED = 1_793_500_000;

const MISSING: EchoAnswer = { status: 404, body: { error: { code: 'KeyNotFound', message: 'no such key' } } };

/** Rotation that every key has where none was asked for. */
const NO_ROTATION: JsonObject = {
  id: 'x',
  lifetimeActions: [{ trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Notify' } }],
  attributes: {},
};

/** A key as the echo keeps it: what the service shows, and its rotation. */
interface Kept {
  readonly shown: JsonObject;
  readonly holder: JsonObject;
}

function keptIn(keys: JsonObject, name: string): Kept | undefined {
  const holder = keys[name];
  return isObject(holder) && isObject(holder.shown) ? { shown: holder.shown, holder } : undefined;
}

/** The id of the newest version of a key, by the URL of any of its versions; the URL itself where there is no such key. */
export function newestVersion(keys: JsonObject, url: string): string {
  const [, vault, name] = /^https:\/\/([^.]+)\.vault\.azure\.net(?::443)?\/keys\/([^/]+)/.exec(url) ?? [];
  const kept = keptIn(keys, `${vault}/${name}`.toLowerCase());
  return kept === undefined ? url : textOf(objectAt(kept.shown, 'key').kid);
}

function makeKey(vault: string, name: string, count: number, { body }: EchoRequest): JsonObject {
  const version = uuidOf(`${vault}/${name}${count}`).replaceAll('-', '');
  const bytes = Number(body.key_size ?? 2048) / 8;
  return {
    key: {
      kid: `https://${vault}.vault.azure.net/keys/${name}/${version}`,
      kty: body.kty,
      key_ops: body.key_ops ?? [],
      n: Buffer.alloc(bytes, 0xd1).toString('base64url'),
      e: 'AQAB',
    },
    attributes: {
      enabled: true,
      created: CREATED,
      updated: CREATED,
      recoveryLevel: 'CustomizedRecoverable',
      recoverableDays: 90,
      exportable: false,
    },
    tags: body.tags ?? {},
  };
}

/**
 * Answers for the keys of a vault.
 *
 * @param brought vaults that were there before the first apply, by name: they have every key that is asked for
 */
export function answerVault(keys: JsonObject, request: EchoRequest, brought: JsonObject = {}): EchoAnswer {
  const { method, host, path, body } = request;
  const vault = host.split('.')[0] ?? '';
  const [kind, name, verb] = path.split('/').filter((part) => part !== '');
  if (kind !== 'keys' || name === undefined) return MISSING;
  const id = `${vault}/${name}`.toLowerCase();
  if (verb === 'create' && method === 'POST') {
    const shown = makeKey(vault, name, Object.keys(keys).length, request);
    keys[id] = { shown };
    return { body: shown };
  }
  if (method === 'GET' && keys[id] === undefined && brought[vault.toLowerCase()] === true) {
    keys[id] = { shown: makeKey(vault, name, 0, { ...request, body: { kty: 'RSA' } }) };
  }
  const kept = keptIn(keys, id);
  if (kept === undefined) return MISSING;
  const { shown, holder } = kept;
  if (verb === 'rotationpolicy') {
    if (method === 'PUT') holder.rotation = rotationOf(vault, name, body);
    return { body: holder.rotation ?? NO_ROTATION };
  }
  if (method === 'PATCH') {
    const { tags, attributes, key_ops: operations } = body;
    merge(shown, { ...(tags !== undefined && { tags }), ...(attributes !== undefined && { attributes }) }, TAGS);
    if (operations !== undefined) objectAt(shown, 'key').key_ops = operations;
  }
  if (method === 'DELETE') {
    delete keys[id];
    const gone: Json = { ...shown, recoveryId: 'x', deletedDate: CREATED, scheduledPurgeDate: CREATED + 7_776_000 };
    return { body: gone };
  }
  return { body: shown };
}

const TAGS: ReadonlySet<string> = new Set(['tags']);

function rotationOf(vault: string, name: string, body: JsonObject): JsonObject {
  const { expiryTime } = isObject(body.attributes) ? body.attributes : {};
  return {
    id: `https://${vault}.vault.azure.net/keys/${name}/rotationpolicy`,
    lifetimeActions: objectsOf(body.lifetimeActions),
    attributes: { expiryTime, created: CREATED, updated: CREATED },
  };
}
