import { COMPUTE_KINDS, COMPUTE_SITE, CREATED, fillCompute } from './google-compute';
import { changeCluster, changeNodePool, fillCluster, fillNodePool, groupName } from './google-container';
import { GOVERNING_SERVICES, governedThing, logSettings } from './google-governance';
import { fillIn, isObject, type Json, type JsonObject, merge, objectAt, objectsOf, textOf } from './json';
import type { Echo, EchoAnswer, EchoRequest, Memory } from './server';

/** Number of every project. */
const PROJECT_NUMBER = '123456789012';

/** What the services that answer with operations say: that it is done. */
function done(target = '', response: JsonObject = {}): EchoAnswer {
  return {
    body: {
      kind: 'x#operation',
      name: 'operations/done',
      id: '1',
      status: 'DONE',
      done: true,
      targetLink: target,
      selfLink: 'x',
      response: { '@type': 'x', ...response },
    },
  };
}

function missing(path: string): EchoAnswer {
  const errors = [{ reason: 'notFound', message: 'not found' }];
  return { status: 404, body: { error: { code: 404, message: `not found: ${path}`, errors, status: 'NOT_FOUND' } } };
}

/** Applies an update mask: only what it names changes; what it names and was not sent is cleared. */
function applyMask(target: JsonObject, body: JsonObject, paths: readonly string[]): void {
  for (const path of paths) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let source: JsonObject | undefined = body;
    for (const name of names) {
      const next: Json | undefined = source?.[name];
      source = isObject(next) ? next : undefined;
    }
    const place = objectAt(target, ...names);
    if (source?.[last] === undefined) delete place[last];
    else place[last] = source[last];
  }
}

/** One request inside its service: the path without the service's own part. */
interface Call extends EchoRequest {
  readonly rest: string;
}

/** How something is made: its key in the collection, and what the service fills in. */
interface Making {
  readonly key: string;
  readonly fill: (path: string, thing: JsonObject) => JsonObject;
  /** Whether the service answers with an operation, not with the thing. @default true */
  readonly waits?: boolean;
}

/**
 * A stand-in for the Google APIs that estates use: remembers what is sent, adds what a service is known to fill in, and
 * calls every operation done. A model, not the service.
 */
export class GoogleEcho implements Echo {
  memory: Memory = {};

  private readonly services: Readonly<Record<string, (call: Call) => EchoAnswer>> = {
    compute: (call) => this.compute(call),
    container: (call) => this.container(call),
    cloudkms: (call) => this.keys(call),
    lustre: (call) => this.lustre(call),
    storage: (call) => this.storage(call),
    serviceusage: (call) => this.serviceUsage(call),
    servicenetworking: (call) => this.serviceNetworking(call),
    cloudresourcemanager: (call) => this.projects(call),
    cloudbilling: () => ({ body: { billingEnabled: true } }),
    iam: (call) => this.accounts(call),
    ...Object.fromEntries(GOVERNING_SERVICES.map((name) => [name, (call: Call) => this.governed(name, call)])),
    openidconnect: () => ({ body: { sub: '1', email: 'nobody@example.com', email_verified: true } }),
  };

  answer(request: EchoRequest): EchoAnswer {
    const [service = '', domain = ''] = request.host.split(/\.(.*)/s);
    const serve = domain === 'googleapis.com' ? this.services[service] : undefined;
    const rest = /^\/(?:(?:compute|storage|dns)\/)?v\d+\/(.*)$/.exec(request.path)?.[1];
    if (serve === undefined || rest === undefined) return { status: 501 };
    return serve({ ...request, rest });
  }

  isChange({ method, path }: EchoRequest): boolean {
    return method !== 'GET' && !/IamPolicy$|:testIamPermissions$/.test(path) ? true : path.endsWith(':setIamPolicy');
  }

  private get store(): JsonObject {
    return objectAt(this.memory, 'store');
  }

  private thing(path: string): JsonObject | undefined {
    const found = this.store[path];
    return isObject(found) ? found : undefined;
  }

  /** Create by POST on the collection, GET, PATCH with a mask, DELETE. */
  private keep({ method, query, body }: Call, path: string, { key, fill, waits = true }: Making): EchoAnswer {
    const found = this.thing(path);
    if (method === 'GET') return found === undefined ? missing(path) : { body: found };
    let at = path;
    if (method === 'POST') {
      at = `${path}/${key}`;
      this.store[at] = fill(at, body);
    } else if (method === 'DELETE') delete this.store[path];
    else if (found === undefined) return missing(path);
    else {
      const paths = query.getAll('updateMask').flatMap((mask) => mask.split(','));
      if (paths.length > 0) applyMask(found, body, paths);
      else merge(found, body, new Set(), true);
      fill(path, found);
    }
    const now = this.thing(at);
    return waits ? done(at, now) : { body: now ?? {} };
  }

  /** Policies of access: one for each thing. */
  private policy({ method, rest, body }: Call, service: string): EchoAnswer {
    if (rest.endsWith(':testIamPermissions')) return { body: { permissions: [] } };
    const policies = objectAt(this.memory, 'policies');
    const key = `${service}/${rest.replace(/:[a-zA-Z]+$|\/iam$/, '')}`;
    if (method === 'PUT' || rest.endsWith(':setIamPolicy')) {
      const sent = isObject(body.policy) ? body.policy : body;
      const count = Number(objectAt(this.memory, 'counters').policies ?? 0) + 1;
      objectAt(this.memory, 'counters').policies = count;
      policies[key] = { ...sent, etag: Buffer.from(String(count)).toString('base64') };
    }
    policies[key] ??= { etag: 'MA==' };
    const policy = objectAt(policies, key);
    fillIn(policy, { version: 1 });
    return { body: policy };
  }

  /** What watches, logs, budgets and restricts. */
  private governed(service: string, call: Call): EchoAnswer {
    const { rest, body, query } = call;
    if (rest.includes('/operations/')) return done();
    if (rest.endsWith('/cmekSettings')) return { body: logSettings(rest) };
    const found = governedThing(service, rest, body, query, Object.keys(this.store).length);
    return found === undefined ? { status: 501 } : this.keep(call, found.path, found.making);
  }

  private projects(call: Call): EchoAnswer {
    if (/IamPolicy$|testIamPermissions$/.test(call.rest)) return this.policy(call, 'projects');
    const projectId = call.rest.split('/')[1];
    const name = call.path.startsWith('/v3/') ? `projects/${PROJECT_NUMBER}` : projectId;
    return {
      body: { projectNumber: PROJECT_NUMBER, projectId, lifecycleState: 'ACTIVE', name, createTime: CREATED },
    };
  }

  private serviceUsage({ rest, body }: Call): EchoAnswer {
    if (rest.includes('operations/')) return done();
    const [, project = ''] = rest.split('/');
    const enabled = objectAt(this.memory, 'enabled', project);
    const [service = '', verb] = (rest.split('/').at(-1) ?? '').split(':');
    if (verb === 'batchEnable') for (const id of [body.serviceIds ?? []].flat()) enabled[String(id)] = true;
    else if (verb === 'enable') enabled[service] = true;
    else if (verb === 'disable') delete enabled[service];
    else if (rest.endsWith('/services')) {
      const services = Object.keys(enabled).sort();
      return {
        body: {
          services: services.map((id) => ({
            name: `projects/${PROJECT_NUMBER}/services/${id}`,
            state: 'ENABLED',
          })),
        },
      };
    } else return { body: { name: rest, state: enabled[service] === true ? 'ENABLED' : 'DISABLED' } };
    return done();
  }

  private serviceNetworking({ method, rest, query, body }: Call): EchoAnswer {
    if (rest.includes('operations/')) return done();
    const peerings = objectAt(this.memory, 'peerings');
    const of = (network: string): Json[] =>
      objectsOf(Object.values(peerings).filter(isObject)).filter((peering) => peering.network === network);
    if (method === 'GET') return { body: { connections: of(query.get('network') ?? '') } };
    const network = textOf(body.network);
    if (method === 'POST' && rest.endsWith('/connections')) {
      peerings[network] = {
        ...body,
        peering: 'servicenetworking-googleapis-com',
        service: 'services/servicenetworking.googleapis.com',
      };
    } else if (method === 'PATCH') merge(objectAt(peerings, network), body);
    else if (method === 'POST' || method === 'DELETE') {
      // The connection is removed by the network that it belongs to.
      delete peerings[textOf(body.consumerNetwork)];
    }
    return done();
  }

  private accounts(call: Call): EchoAnswer {
    if (/IamPolicy$/.test(call.rest)) return this.policy(call, 'iam');
    const project = call.rest.split('/')[1] ?? '';
    if (/^projects\/[^/]+\/roles/.test(call.rest)) return this.roles(call);
    const fill = (path: string, sent: JsonObject): JsonObject => {
      const { serviceAccount, accountId: _accountId, ...rest } = sent;
      const email = path.split('/').at(-1);
      return {
        ...rest,
        ...(isObject(serviceAccount) ? serviceAccount : {}),
        ...{ name: path, projectId: project, uniqueId: '1', email, etag: 'e', oauth2ClientId: '1' },
      };
    };
    const body = call.method === 'PATCH' && isObject(call.body.serviceAccount) ? call.body.serviceAccount : call.body;
    const key = `${textOf(body.accountId)}@${project}.iam.gserviceaccount.com`;
    return this.keep({ ...call, body }, call.rest, { key, fill, waits: false });
  }

  /** Roles of a project: what is sent lies in `role`, beside the id. */
  private roles(call: Call): EchoAnswer {
    const body = isObject(call.body.role) ? call.body.role : call.body;
    const fill = (path: string, role: JsonObject): JsonObject => Object.assign(role, { name: path, etag: 'e' });
    return this.keep({ ...call, body }, call.rest, { key: textOf(call.body.roleId), fill, waits: false });
  }

  private keys(call: Call): EchoAnswer {
    const { rest, query } = call;
    if (/IamPolicy$/.test(rest)) return this.policy(call, 'kms');
    if (rest.endsWith('/cryptoKeyVersions')) {
      return { body: { cryptoKeyVersions: [{ name: `${rest}/1`, state: 'ENABLED' }] } };
    }
    const fill = (path: string, thing: JsonObject): JsonObject => {
      Object.assign(thing, { name: path, createTime: CREATED });
      if (!path.includes('/cryptoKeys/')) return thing;
      fillIn(thing, {
        destroyScheduledDuration: '2592000s',
        versionTemplate: { protectionLevel: 'SOFTWARE', algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION' },
        nextRotationTime: '2027-01-01T00:00:00Z',
      });
      thing.primary = { name: `${path}/cryptoKeyVersions/1`, state: 'ENABLED' };
      return thing;
    };
    const key = query.get('keyRingId') ?? query.get('cryptoKeyId') ?? '';
    return this.keep(call, rest, { key, fill, waits: false });
  }

  private lustre(call: Call): EchoAnswer {
    if (call.rest.includes('operations/')) return done();
    const fill = (path: string, thing: JsonObject): JsonObject =>
      Object.assign(thing, {
        name: path,
        state: 'ACTIVE',
        createTime: CREATED,
        updateTime: CREATED,
        mountPoint: `10.0.0.2@tcp:/${thing.filesystem}`,
        uid: 'u',
      });
    return this.keep(call, call.rest, { key: call.query.get('instanceId') ?? '', fill });
  }

  private storage(call: Call): EchoAnswer {
    const { method, rest, body } = call;
    if (rest.endsWith('/iam')) return this.policy(call, 'storage');
    if (rest.endsWith('/o') || rest.includes('anywhereCaches')) return { body: { items: [] } };
    if (rest.includes('serviceAccount')) {
      const email = `service-${PROJECT_NUMBER}@gs-project-accounts.iam.gserviceaccount.com`;
      return { body: { email_address: email, kind: 'storage#serviceAccount' } };
    }
    if (method === 'PATCH') {
      const bucket = objectAt(this.store, rest);
      for (const [name, value] of Object.entries(body)) {
        if (value !== null) continue;
        delete bucket[name];
        delete body[name];
      }
    }
    return this.keep(call, rest, { key: textOf(body.name), fill: (_, thing) => fillBucket(thing), waits: false });
  }

  private compute(call: Call): EchoAnswer {
    const { method, rest, body } = call;
    const parts = rest.split('/');
    if (rest.includes('/operations/')) return done();
    if (rest.endsWith('/reservationBlocks')) return { body: { items: [] } };
    if (parts.length === 2) {
      return { body: { name: parts[1], kind: 'compute#project', commonInstanceMetadata: {} } };
    }
    if (parts[4] === 'instanceGroupManagers') return this.groups(parts[3] ?? '', parts[5]);
    const verb = parts.at(-1) ?? '';
    if (method === 'POST' && ['setLabels', 'setPrivateIpGoogleAccess', 'expandIpCidrRange', 'resize'].includes(verb)) {
      const target = parts.slice(0, -1).join('/');
      const thing = this.thing(target);
      if (thing === undefined) return missing(target);
      if (verb === 'resize') objectAt(thing, 'specificReservation').count = body.specificSkuCount;
      else if (verb === 'setLabels') thing.labels = body.labels;
      else Object.assign(thing, body);
      return done(COMPUTE_SITE + target);
    }
    const kind = COMPUTE_KINDS.findLast((name) => parts.includes(name));
    if (kind === undefined) return { status: 501 };
    const fill = (path: string, thing: JsonObject) => fillCompute(kind, path, thing);
    return this.keep(call, rest, { key: textOf(body.name), fill });
  }

  /** The groups of machines behind the node pools of a zone. */
  private groups(zone: string, wanted: string | undefined): EchoAnswer {
    const groups = Object.entries(this.store).flatMap(([path, pool]) => {
      if (!path.includes('/nodePools/') || !isObject(pool) || ![pool.locations].flat().includes(zone)) return [];
      const name = groupName(path);
      const selfLink = `${COMPUTE_SITE}projects/${path.split('/')[1]}/zones/${zone}/instanceGroupManagers/${name}`;
      const instanceGroup = selfLink.replace('Managers', 's');
      return [{ name, selfLink, instanceGroup, targetSize: pool.initialNodeCount ?? 0, zone: COMPUTE_SITE + zone }];
    });
    if (wanted === undefined) return { body: { items: groups } };
    const found = groups.find(({ name }) => name === wanted);
    return found === undefined ? missing(wanted) : { body: found };
  }

  private container({ method, rest, body }: Call): EchoAnswer {
    if (rest.includes('/operations/')) return done();
    const [target = '', verb = ''] = rest.split(':');
    const pools = (cluster: string): JsonObject[] =>
      Object.entries(this.store).flatMap(([path, pool]) =>
        path.startsWith(`${cluster}/nodePools/`) && isObject(pool) ? [pool] : [],
      );
    if (rest.endsWith('/nodePools')) {
      if (method === 'GET') return { body: { nodePools: pools(rest.replace(/\/nodePools$/, '')) } };
      const pool = objectAt(body, 'nodePool');
      const path = `${rest}/${textOf(pool.name)}`;
      this.store[path] = fillNodePool(path, pool, this.clusterOf(path));
      return done();
    }
    if (rest.endsWith('/clusters')) {
      const cluster = objectAt(body, 'cluster');
      const path = `${rest}/${textOf(cluster.name)}`;
      this.store[path] = fillCluster(path, cluster);
      return done();
    }
    if (method === 'DELETE') {
      for (const path of Object.keys(this.store)) {
        if (path === target || path.startsWith(`${target}/`)) delete this.store[path];
      }
      return done();
    }
    const thing = this.thing(target);
    // Every new cluster has a pool of this name for as long as it takes the provider to remove it.
    if (thing === undefined) return target.endsWith('/default-pool') ? done() : missing(target);
    const isPool = target.includes('/nodePools/');
    if (method === 'GET') return { body: isPool ? thing : { ...thing, nodePools: pools(target) } };
    if (isPool) {
      changeNodePool(thing, verb, body);
      fillNodePool(target, thing, this.clusterOf(target));
      return done();
    }
    const update = isObject(body.update) ? body.update : {};
    if (update.desiredNodePoolAutoscaling !== undefined) {
      const pool = objectAt(this.store, `${target}/nodePools/${textOf(update.desiredNodePoolId)}`);
      pool.autoscaling = update.desiredNodePoolAutoscaling;
      return done();
    }
    changeCluster(thing, verb, body);
    fillCluster(target, thing);
    return done();
  }

  private clusterOf(pool: string): JsonObject {
    return this.thing(pool.split('/nodePools/')[0] ?? '') ?? {};
  }
}

/** What Cloud Storage fills in. */
function fillBucket(bucket: JsonObject): JsonObject {
  Object.assign(bucket, {
    kind: 'storage#bucket',
    id: bucket.name,
    selfLink: `https://www.googleapis.com/storage/v1/b/${bucket.name}`,
    projectNumber: PROJECT_NUMBER,
    timeCreated: CREATED,
    updated: CREATED,
    locationType: 'region',
    metageneration: '1',
    generation: '1',
    etag: 'e',
    location: textOf(bucket.location).toUpperCase(),
  });
  fillIn(bucket, { storageClass: 'STANDARD', softDeletePolicy: { retentionDurationSeconds: '604800' } });
  const soft = objectAt(bucket, 'softDeletePolicy');
  if (String(soft.retentionDurationSeconds ?? '0') !== '0') soft.effectiveTime = CREATED;
  const access = objectAt(bucket, 'iamConfiguration');
  const uniform = objectAt(access, 'uniformBucketLevelAccess');
  fillIn(uniform, { enabled: false });
  uniform.lockedTime = CREATED;
  access.bucketPolicyOnly = { ...uniform };
  fillIn(access, { publicAccessPrevention: 'inherited' });
  return bucket;
}
