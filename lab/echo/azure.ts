import { placeholderToken } from '../../terraform/no-credentials/token';
import { broughtThing, groupOf, groupsIn, vaultOf } from './azure-brought';
import { KUBE_CONFIG, PATCHES } from './azure-cluster';
import { fillAzure, type Kept } from './azure-fill';
import { CREATED, childrenOf, keyOf, partsOf, TENANT, typeOf, uuidOf } from './azure-ids';
import { CLOUD_METADATA } from './azure-metadata';
import { answerVault } from './azure-vault';
import { copyOf, isObject, type Json, type JsonObject, merge, objectAt, objectsOf, textOf } from './json';
import type { Echo, EchoAnswer, EchoRequest, Memory } from './server';

/** Types whose making is answered as if they had been there. */
const ANSWERED_AS_THERE = new Set([
  'Microsoft.Compute/diskEncryptionSets',
  'Microsoft.Storage/storageAccounts',
  'Microsoft.Insights/metricAlerts',
  'Microsoft.Insights/diagnosticSettings',
]);

const TAGS: ReadonlySet<string> = new Set(['tags']);

const MISSING: EchoAnswer = { status: 404, body: { error: { code: 'ResourceNotFound', message: 'not here' } } };

/** Resource providers that subscriptions know. */
const NAMESPACES = [
  'Microsoft.ContainerService',
  'Microsoft.Compute',
  'Microsoft.Network',
  'Microsoft.Storage',
  'Microsoft.KeyVault',
];

/** A request, taken apart. */
interface Call extends EchoRequest {
  readonly parts: readonly string[];
  /** The parts in lower case, as Azure compares them. */
  readonly low: readonly string[];
}

/**
 * A stand-in for Azure's resource manager and key vaults: keeps a body that is sent under its path, adds what a service
 * is known to fill in, and calls every operation done. A model, not the service.
 */
export class AzureEcho implements Echo {
  memory: Memory = {};

  /** Resource groups that stacks make, whether they have or not: stacks are applied at the same time. */
  private readonly groups = new Set<string>();

  expect(documents: readonly object[]): void {
    for (const document of documents) for (const name of groupsIn(document)) this.groups.add(name);
  }

  answer(request: EchoRequest): EchoAnswer {
    if (request.host === '' && request.path === '/token') return token();
    const parts = partsOf(request.path);
    const call = { ...request, parts, low: parts.map((part) => part.toLowerCase()) };
    let answer: EchoAnswer;
    if (request.host.endsWith('.vault.azure.net'))
      answer = answerVault(objectAt(this.memory, 'keys'), request, objectAt(this.memory, 'broughtVaults'));
    else if (request.host === 'management.azure.com') answer = this.manage(call);
    else return { status: 501 };
    const headers = { 'x-ms-request-id': 'echo', 'x-ms-keyvault-region': 'eastus2', ...operationOf(call, answer) };
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }

  private get things(): JsonObject {
    return objectAt(this.memory, 'things');
  }

  private get kept(): Kept {
    return { things: this.things, keys: objectAt(this.memory, 'keys') };
  }

  private thing(path: string): JsonObject | undefined {
    const found = this.things[keyOf(path)];
    return isObject(found) ? found : undefined;
  }

  private manage(call: Call): EchoAnswer {
    const { method, path, parts, low } = call;
    if (low[0] === 'metadata') return { body: CLOUD_METADATA };
    if (parts.length === 2 && low[0] === 'subscriptions') {
      const subscription = {
        id: path,
        subscriptionId: parts[1],
        displayName: 'echo',
        state: 'Enabled',
        tenantId: TENANT,
      };
      return { body: subscription };
    }
    const known = low[2] === 'providers' ? this.registration(call) : undefined;
    if (known !== undefined) return known;
    if (low.at(-1) === 'checknameavailability') return { body: { nameAvailable: true } };
    if (low.includes('roledefinitions')) return this.role(call);
    if (low.includes('operations') && low.includes('echo')) {
      return { body: { id: path, name: parts.at(-1), status: 'Succeeded', startTime: CREATED, endTime: CREATED } };
    }
    if (low.at(-1) === 'resources' && (parts.length === 3 || parts.length === 5)) return this.resources(call);
    if (method === 'POST') return answerPost(low.at(-1) ?? '');
    if (low.includes('soa')) return startOfAuthority(call);
    if (low.at(-1) === 'availableagentpoolversions') return this.poolVersions(call);
    const isCollection = parts.length % 2 === 1 && low[0] === 'subscriptions';
    if (method === 'GET' && isCollection) return this.collection(call);
    return this.one(call);
  }

  private one({ method, path, body, low }: Call): EchoAnswer {
    const key = keyOf(path);
    const before = this.thing(path);
    if (method === 'PUT') {
      const type = typeOf(path);
      const sent = copyOf(body);
      // A vault keeps what is not sent again.
      const thing =
        before !== undefined && type === 'Microsoft.KeyVault/vaults' ? merge(copyOf(before), sent, TAGS) : sent;
      for (const rule of objectsOf(objectAt(sent, 'properties').securityRules)) {
        const at = `${path}/securityRules/${textOf(rule.name)}`;
        this.things[keyOf(at)] = fillAzure(at, copyOf(rule), this.kept);
      }
      this.things[key] = fillAzure(path, thing, this.kept);
      return { status: before !== undefined || ANSWERED_AS_THERE.has(type) ? 200 : 201, body: this.view(key) };
    }
    // In a resource group that no stack makes lies what was there before.
    const brought = method === 'GET' && before === undefined && !this.groups.has(groupOf(path));
    const found = brought ? broughtThing(path) : undefined;
    if (found !== undefined) {
      this.things[key] = fillAzure(path, found, this.kept);
      if (typeOf(path) === 'Microsoft.KeyVault/vaults') objectAt(this.memory, 'broughtVaults')[vaultOf(path)] = true;
      return { body: this.view(key) };
    }
    if (low.includes('managementpolicies') || low.includes('encryptionscopes') || before === undefined) return MISSING;
    if (method === 'PATCH') fillAzure(path, merge(before, body, TAGS), this.kept);
    if (method === 'DELETE') {
      for (const other of Object.keys(this.things)) {
        if (other === key || other.startsWith(`${key}/`)) delete this.things[other];
      }
      return { status: low.includes('agentpools') ? 202 : 200, body: {} };
    }
    return method === 'HEAD' ? { status: 204 } : { body: this.view(key) };
  }

  /** Something as it is read: with what lies below it, and what points at it. */
  private view(key: string): JsonObject {
    const found = this.things[key];
    const thing: JsonObject = isObject(found) ? copyOf(found) : {};
    const id = textOf(thing.id);
    const properties = objectAt(thing, 'properties');
    const below = (kind: string): Json[] => childrenOf(this.things, id, kind).map((child) => this.view(child));
    switch (textOf(thing.type).toLowerCase()) {
      case 'microsoft.network/virtualnetworks':
        properties.subnets = below('subnets');
        break;
      case 'microsoft.network/networksecuritygroups':
        properties.securityRules = below('securityRules');
        properties.subnets = this.pointingAt('networkSecurityGroup', id);
        break;
      case 'microsoft.network/natgateways':
        properties.subnets = this.pointingAt('natGateway', id);
        break;
      case 'microsoft.containerservice/managedclusters':
        properties.agentPoolProfiles = below('agentPools').flatMap((pool) =>
          isObject(pool) && isObject(pool.properties) ? [{ name: pool.name, ...pool.properties }] : [],
        );
        break;
    }
    return thing;
  }

  private pointingAt(member: string, id: string): Json[] {
    return Object.values(this.things).flatMap((thing) => {
      const properties = isObject(thing) && isObject(thing.properties) ? thing.properties : {};
      const target = isObject(properties[member]) ? properties[member] : undefined;
      const points = target !== undefined && keyOf(textOf(target.id)) === keyOf(id);
      return points && isObject(thing) ? [{ id: thing.id }] : [];
    });
  }

  private collection({ path, parts, low }: Call): EchoAnswer {
    if (low[2] === 'providers') {
      const type = low.slice(3).join('/');
      const found = Object.entries(this.things).filter(
        ([key, thing]) =>
          isObject(thing) && textOf(thing.type).toLowerCase() === type && key.startsWith(`/subscriptions/${low[1]}/`),
      );
      return { body: { value: found.map(([key]) => this.view(key)) } };
    }
    const owner = path.split('/').slice(0, -1).join('/');
    return { body: { value: childrenOf(this.things, owner, parts.at(-1)).map((key) => this.view(key)) } };
  }

  /** The lists by which the provider looks for something by its type. */
  private resources({ low, query }: Call): EchoAnswer {
    const types = [...(query.get('$filter') ?? '').matchAll(/resourceType eq '([^']+)'/g)].map(([, type = '']) =>
      type.toLowerCase(),
    );
    const start = `/${low.slice(0, -1).join('/')}/`;
    const found = Object.entries(this.things).flatMap(([key, thing]) => {
      if (!isObject(thing) || !key.startsWith(start) || !key.includes('/providers/')) return [];
      if (types.length > 0 && !types.includes(textOf(thing.type).toLowerCase())) return [];
      return [{ id: thing.id, name: thing.name, type: thing.type, location: thing.location }];
    });
    return { body: { value: found } };
  }

  private poolVersions({ path, parts }: Call): EchoAnswer {
    const cluster = this.thing(parts.slice(0, -1).join('/'));
    const mine = textOf(objectAt(cluster ?? {}, 'properties').currentKubernetesVersion);
    const versions = Object.values(PATCHES).filter((version) => version <= mine);
    const agentPoolVersions = versions.map((kubernetesVersion) => ({ kubernetesVersion }));
    return { body: { id: path, name: 'default', type: 'x', properties: { agentPoolVersions } } };
  }

  private role({ parts, low, query }: Call): EchoAnswer {
    const roles = objectAt(this.memory, 'roles');
    const at = low.indexOf('roledefinitions');
    const isList = parts.length === at + 1;
    let id = low[at + 1] ?? '';
    if (isList) {
      const name = /roleName eq '([^']+)'/.exec(query.get('$filter') ?? '')?.[1] ?? '?';
      id = uuidOf(`role${name}`);
      roles[id] = name;
    }
    const subscription = low[0] === 'subscriptions' ? `/subscriptions/${parts[1]}` : '';
    const definition = {
      id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
      name: id,
      type: 'Microsoft.Authorization/roleDefinitions',
      properties: {
        roleName: roles[id] ?? '?',
        type: 'BuiltInRole',
        description: '',
        assignableScopes: ['/'],
        permissions: [],
      },
    };
    return { body: isList ? { value: [definition] } : definition };
  }

  /** Resource providers and features of a subscription; undefined for everything else. */
  private registration(call: Call): EchoAnswer | undefined {
    const { parts, low } = call;
    const [, subscription = '', , namespace] = parts;
    if (namespace === undefined)
      return { body: { value: NAMESPACES.map((name) => this.namespace(subscription, name)) } };
    if (parts.length === 4) return { body: this.namespace(subscription, namespace) };
    if (parts.length === 5 && (low[4] === 'register' || low[4] === 'unregister')) {
      objectAt(this.memory, 'registered')[`${low[1]}/${low[3]}`] = low[4] === 'register';
      return { body: this.namespace(subscription, namespace) };
    }
    if (low[3] === 'microsoft.features') return this.feature(call);
    if (low.includes('deletedvaults')) return MISSING;
    return undefined;
  }

  private namespace(subscription: string, namespace: string): JsonObject {
    const known = objectAt(this.memory, 'registered')[`${subscription}/${namespace}`.toLowerCase()];
    // What an estate registers itself is not there yet in a new subscription.
    const isRegistered = known ?? namespace.toLowerCase() !== 'microsoft.containerservice';
    return {
      id: `/subscriptions/${subscription}/providers/${namespace}`,
      namespace,
      registrationState: isRegistered ? 'Registered' : 'NotRegistered',
      registrationPolicy: 'RegistrationRequired',
      resourceTypes: [],
    };
  }

  private feature({ method, path, parts, low }: Call): EchoAnswer | undefined {
    const features = objectAt(this.memory, 'features');
    const [namespace = '', name = ''] = [parts[5] ?? '', parts[7] ?? ''];
    const key = `${low[1]}/${low[5]}/${low[7]}`;
    if (low[4] === 'featureproviders') {
      if (method === 'PUT') features[key] = 'Registered';
      if (method === 'DELETE') {
        delete features[key];
        return { body: {} };
      }
      const state = features[key];
      if (state === undefined) return MISSING;
      const type = 'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations';
      const properties = { state, featureName: name, providerNamespace: namespace, approvalType: 'AutoApproval' };
      return { body: { id: path, name, type, properties } };
    }
    if (low[4] !== 'providers' || low[6] !== 'features') return undefined;
    if (parts.length === 9) features[key] = low[8] === 'register' ? 'Registered' : 'Unregistered';
    const shown = (feature: string): JsonObject => ({
      id: `/subscriptions/${parts[1]}/providers/Microsoft.Features/providers/${namespace}/features/${feature}`,
      name: `${namespace}/${feature}`,
      type: 'Microsoft.Features/providers/features',
      properties: { state: features[`${low[1]}/${low[5]}/${feature.toLowerCase()}`] ?? 'NotRegistered' },
    });
    if (parts.length === 7) return { body: { value: ['AKSInfinibandSupport', 'EncryptionAtHost'].map(shown) } };
    return { body: shown(name) };
  }
}

function token(): EchoAnswer {
  const expires = String(Math.floor(Date.now() / 1000) + 86_400);
  return {
    body: { access_token: placeholderToken(), expires_in: '86400', expires_on: expires, token_type: 'Bearer' },
  };
}

/** Where the provider asks whether a change is done. */
function operationOf({ method, host, parts }: Call, { status = 200 }: EchoAnswer): Record<string, string> {
  if (host !== 'management.azure.com' || method === 'GET' || method === 'HEAD' || status >= 300) return {};
  const url = `https://management.azure.com/subscriptions/${parts[1] ?? 'x'}/providers/echo/operations/op`;
  return { 'Azure-AsyncOperation': `${url}?api-version=1`, 'Retry-After': '0' };
}

function answerPost(action: string): EchoAnswer {
  if (action === 'listclusterusercredential' || action === 'listclusteradmincredential') {
    return { body: { kubeconfigs: [{ name: 'c', value: KUBE_CONFIG }] } };
  }
  if (action === 'listkeys') {
    const keys = ['key1', 'key2'].map((keyName) => ({ keyName, value: 'ZWNobw==', permissions: 'FULL' }));
    return { body: { keys } };
  }
  return { body: {} };
}

/** The record that every private DNS zone begins with. */
function startOfAuthority({ path, parts, low }: Call): EchoAnswer {
  const zone = parts[low.indexOf('soa') - 1] ?? '';
  const soaRecord = {
    email: 'azureprivatedns-host.microsoft.com',
    host: 'azureprivatedns.net',
    expireTime: 2_419_200,
    minimumTtl: 10,
    refreshTime: 3600,
    retryTime: 300,
    serialNumber: 1,
  };
  const properties = { fqdn: `${zone}.`, ttl: 3600, soaRecord };
  return { body: { id: path, name: '@', type: 'Microsoft.Network/privateDnsZones/SOA', properties } };
}
