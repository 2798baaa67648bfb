import { isObject, type Json, type JsonObject, objectAt, objectsOf, textOf } from './json';
import { CREATED, change, fillChanged, fillNew, kindOf, type Surroundings } from './oracle-fill';
import type { Echo, EchoAnswer, EchoRequest, Memory } from './server';

/** Collections whose changes are work requests and answer nothing else. */
const WAITED_FOR: ReadonlySet<string> = new Set(['clusters', 'nodePools', 'addons', 'logGroups', 'logs']);

/** Collections whose changes answer with the thing, and with a work request. */
const ALSO_WAITED_FOR: ReadonlySet<string> = new Set(['lustreFileSystems', 'computeGpuMemoryClusters']);

/** Collections whose lists are wrapped. */
const WRAPPED: ReadonlySet<string> = new Set(['lustreFileSystems', 'computeClusters', 'computeGpuMemoryClusters']);

/** Members that lists can be asked for by. */
const FILTERS = ['compartmentId', 'displayName', 'name', 'vcnId', 'clusterId'];

const OPERATIONS: Readonly<Record<string, string>> = { CREATED: 'CREATE', UPDATED: 'UPDATE', DELETED: 'DELETE' };

const KUBE_CONFIG = [
  'apiVersion: v1',
  'kind: Config',
  'clusters:',
  '- name: c',
  '  cluster:',
  '    server: https://10.192.32.70:6443',
  '    certificate-authority-data: ZWNobw==',
  'users: []',
  'contexts: []',
  '',
].join('\n');

const MISSING: EchoAnswer = { status: 404, body: { code: 'NotAuthorizedOrNotFound', message: 'not here' } };

/** Codes of the regions that OCIDs of the echo carry. */
const REGION_CODES: Readonly<Record<string, string>> = {
  'us-phoenix-1': 'phx',
  'us-ashburn-1': 'iad',
  'us-chicago-1': 'ord',
  'eu-frankfurt-1': 'fra',
};

/** One request, and the region of the host that it was sent to. */
interface Call extends EchoRequest {
  readonly region: string;
}

/**
 * A stand-in for Oracle Cloud: keeps a body that is sent under a made-up OCID, adds what a service is known to fill in,
 * and calls every work request done. A model, not the service.
 */
export class OracleEcho implements Echo {
  memory: Memory = {};

  answer(request: EchoRequest): EchoAnswer {
    const [, region] = /\.([a-z]+-[a-z]+-\d)\./.exec(request.host) ?? [];
    if (region === undefined || !request.host.endsWith('.oraclecloud.com')) return { status: 501 };
    const call = { ...request, region };
    const parts = request.path.split('/').filter((part) => part !== '');
    const answer = parts[0] === 'n' ? this.buckets(call, parts) : this.things(call, parts);
    return { ...answer, headers: { 'opc-request-id': 'echo', etag: 'echo', ...answer.headers } };
  }

  private collection(name: string): JsonObject {
    return objectAt(this.memory, 'things', name);
  }

  private around(region: string): Surroundings {
    return {
      region,
      ocid: (name) => {
        const count = Number(this.memory.count ?? 0) + 1;
        this.memory.count = count;
        return `ocid1.${kindOf(name)}.oc1.${REGION_CODES[region] ?? region}.echo${String(count).padStart(8, '0')}`;
      },
      collection: (name) => this.collection(name),
    };
  }

  private make({ region, body }: Call, collection: string, more: JsonObject = {}): JsonObject {
    const around = this.around(region);
    const id = around.ocid(collection);
    const thing = fillNew(collection, { id, ...more, ...body }, around);
    this.collection(collection)[id] = thing;
    return thing;
  }

  /** The work request of a change, where there is one. */
  private work({ region }: Call, collection: string, id: string, action: string): Record<string, string> {
    if (!WAITED_FOR.has(collection) && !ALSO_WAITED_FOR.has(collection)) return {};
    const kind = kindOf(collection);
    const workId = this.around(region).ocid('workrequests');
    objectAt(this.memory, 'work')[workId] = {
      id: workId,
      status: 'SUCCEEDED',
      operationType: `${OPERATIONS[action] ?? action}_${kind.toUpperCase()}`,
      compartmentId: 'c',
      percentComplete: 100,
      timeAccepted: CREATED,
      timeStarted: CREATED,
      timeFinished: CREATED,
      resources: [{ entityType: kind, actionType: action, identifier: id, entityUri: `/${collection}/${id}` }],
    };
    return { 'opc-work-request-id': workId };
  }

  private things(call: Call, all: readonly string[]): EchoAnswer {
    const { method, path } = call;
    const parts = /^\d{8}$/.test(all[0] ?? '') ? all.slice(1) : all;
    const [collection = '', id = '', inner] = parts;
    if (collection === 'workRequests' || collection === 'taggingWorkRequests') {
      if (parts.length > 2) return { body: [] };
      const work = objectAt(this.memory, 'work')[id];
      return work === undefined ? MISSING : { body: work };
    }
    // Logs lie in their group; everything else is known by its own id.
    if (collection === 'logGroups' && inner === 'logs') {
      return this.things({ ...call, body: { ...call.body, logGroupId: id } }, parts.slice(2));
    }
    if (parts.length === 1) {
      if (method !== 'POST') return this.list(call, collection);
      const thing = this.make(call, collection);
      const headers = this.work(call, collection, textOf(thing.id), 'CREATED');
      return { body: WAITED_FOR.has(collection) ? {} : thing, headers };
    }
    if (inner === 'tags' || inner === 'addons') return this.inside(call, inner, id, parts[3]);
    if (path.endsWith('/kubeconfig/content')) return { body: KUBE_CONFIG };
    if (collection === 'networkSecurityGroups' && parts.length > 2) return this.rules(call, id, parts.at(-1) ?? '');
    const thing = this.collection(collection)[id];
    if (!isObject(thing)) return MISSING;
    if (parts[2] === 'actions') return this.act(call, collection, thing, parts[3] ?? '');
    // Credentials and the like of a cluster.
    if (parts.length === 3 && collection === 'clusters') {
      return { body: {}, headers: this.work(call, collection, id, 'UPDATED') };
    }
    return this.one(call, collection, thing);
  }

  private list({ query }: Call, collection: string): EchoAnswer {
    const found = Object.values(this.collection(collection))
      .filter(isObject)
      .filter((thing) =>
        FILTERS.every((name) => {
          const wanted = query.get(name);
          return wanted === null || thing[name] === undefined || String(thing[name]) === wanted;
        }),
      );
    return { body: WRAPPED.has(collection) ? { items: found } : found };
  }

  private one(call: Call, collection: string, thing: JsonObject): EchoAnswer {
    const { method, body } = call;
    const id = textOf(thing.id);
    if (method === 'GET') return { body: thing };
    if (method === 'PUT' || method === 'PATCH') {
      change(thing, body);
      fillChanged(collection, thing);
      const headers = this.work(call, collection, id, 'UPDATED');
      return { body: WAITED_FOR.has(collection) ? {} : thing, headers };
    }
    if (method !== 'DELETE') return { status: 501 };
    if (collection === 'vaults' || collection === 'keys') {
      return { status: 405, body: { code: 'MethodNotAllowed', message: 'schedule the deletion' } };
    }
    delete this.collection(collection)[id];
    const headers = this.work(call, collection, id, 'DELETED');
    return { status: Object.keys(headers).length > 0 ? 202 : 204, headers };
  }

  private act(call: Call, collection: string, thing: JsonObject, action: string): EchoAnswer {
    const { body } = call;
    const id = textOf(thing.id);
    switch (action) {
      case 'scheduleDeletion':
        Object.assign(thing, { lifecycleState: 'PENDING_DELETION', timeOfDeletion: CREATED });
        break;
      case 'changeCompartment':
        thing.compartmentId = body.compartmentId;
        break;
      case 'cascadeDelete':
        delete this.collection(collection)[id];
        break;
      case 'updateEndpointConfig':
        change(objectAt(thing, 'endpointConfig'), isObject(body.endpointConfig) ? body.endpointConfig : body);
        break;
      case 'addCidr':
        thing.cidrBlocks = [...(Array.isArray(thing.cidrBlocks) ? thing.cidrBlocks : []), body.cidrBlock ?? null];
        break;
      default:
        return { status: 501 };
    }
    const headers = this.work(call, collection, id, 'UPDATED');
    return { body: WAITED_FOR.has(collection) ? {} : thing, headers };
  }

  /** Tags of a namespace and add-ons of a cluster: known by their names. */
  private inside(call: Call, collection: 'tags' | 'addons', owner: string, name: string | undefined): EchoAnswer {
    const { method, body } = call;
    const ownerKey = collection === 'tags' ? 'tagNamespaceId' : 'clusterId';
    const own = Object.values(this.collection(collection))
      .filter(isObject)
      .filter((thing) => thing[ownerKey] === owner);
    if (name === undefined) {
      if (method !== 'POST') return { body: own };
      const made = this.make(call, collection, { name: body.name ?? body.addonName, [ownerKey]: owner });
      const headers = this.work(call, collection, textOf(made.id), 'CREATED');
      return { body: WAITED_FOR.has(collection) ? {} : made, headers };
    }
    const thing = own.find((each) => each.name === name);
    if (thing === undefined) return MISSING;
    const id = textOf(thing.id);
    if (method === 'GET') return { body: thing };
    if (method === 'PUT') change(thing, body);
    if (method === 'DELETE') {
      if (collection === 'tags' && thing.isRetired !== true) {
        return { status: 409, body: { code: 'IncorrectState', message: 'retire the tag first' } };
      }
      delete this.collection(collection)[id];
      return { body: {}, headers: this.workOfInside(call, collection, id, 'DELETED') };
    }
    const headers = WAITED_FOR.has(collection) ? this.work(call, collection, id, 'UPDATED') : {};
    return { body: WAITED_FOR.has(collection) ? {} : thing, headers };
  }

  /** Tags are deleted by work requests although they are changed without. */
  private workOfInside(call: Call, collection: string, id: string, action: string): Record<string, string> {
    const known = this.work(call, collection, id, action);
    return Object.keys(known).length > 0 ? known : this.work(call, 'addons', id, action);
  }

  private rules({ method, body }: Call, group: string, action: string): EchoAnswer {
    const all = objectAt(this.memory, 'rules');
    const rules = objectsOf(all[group]);
    const sent = objectsOf(body.securityRules);
    switch (action) {
      case 'securityRules':
        return { body: rules };
      case 'addSecurityRules': {
        const count = Number(this.memory.count ?? 0) + 1;
        this.memory.count = count;
        const added: Json[] = sent.map((rule, index) => {
          const id = `${count.toString(16).padStart(4, '0')}${index.toString(16).padStart(2, '0')}`.toUpperCase();
          return { id, isValid: true, timeCreated: CREATED, ...rule };
        });
        all[group] = [...rules, ...added];
        return { body: { securityRules: added } };
      }
      case 'updateSecurityRules':
        all[group] = rules.map((rule) => {
          const changed = sent.find(({ id }) => id === rule.id);
          return changed === undefined ? rule : { isValid: true, timeCreated: CREATED, ...changed };
        });
        return { body: { securityRules: sent } };
      case 'removeSecurityRules': {
        const gone = Array.isArray(body.securityRuleIds) ? body.securityRuleIds : [];
        all[group] = rules.filter(({ id }) => !gone.includes(id ?? null));
        return { status: 204 };
      }
      default:
        return { status: method === 'GET' ? 404 : 501 };
    }
  }

  private buckets(call: Call, [, namespace = '', , name, inner]: readonly string[]): EchoAnswer {
    const { method, region, body } = call;
    const buckets = this.collection('buckets');
    if (call.path === `/n/${namespace}` || call.path === '/n/') return { body: JSON.stringify(namespace) };
    if (name === undefined) {
      const bucket = fillNew(
        'buckets',
        {
          namespace,
          id: this.around(region).ocid('buckets'),
          createdBy: 'who',
          etag: 'e1',
          publicAccessType: 'NoPublicAccess',
          storageTier: 'Standard',
          objectEventsEnabled: false,
          versioning: 'Disabled',
          autoTiering: 'Disabled',
          isReadOnly: false,
          replicationEnabled: false,
          approximateCount: 0,
          approximateSize: 0,
          metadata: {},
          ...body,
        },
        this.around(region),
      );
      buckets[textOf(body.name)] = bucket;
      return { body: bucket };
    }
    const bucket = buckets[name];
    if (!isObject(bucket)) return { status: 404, body: { code: 'BucketNotFound', message: 'no such bucket' } };
    if (inner === 'l') return this.lifecycle(call, name);
    if (inner !== undefined && method === 'GET') {
      return { body: inner === 'u' || inner === 'p' ? [] : { items: [], objects: [] } };
    }
    if (method === 'POST') change(bucket, body);
    if (method === 'DELETE') {
      delete buckets[name];
      return { status: 204 };
    }
    return { body: bucket };
  }

  private lifecycle({ method, body }: Call, bucket: string): EchoAnswer {
    const policies = this.collection('lifecycles');
    if (method === 'PUT') policies[bucket] = { timeCreated: CREATED, items: body.items };
    if (method === 'DELETE') {
      delete policies[bucket];
      return { status: 204 };
    }
    const policy = policies[bucket];
    return policy === undefined
      ? { status: 404, body: { code: 'LifecyclePolicyNotFound', message: 'none' } }
      : { body: policy };
  }
}
