import { fillIn, isObject, type Json, type JsonObject, listOf, merge, objectAt, objectsOf, textOf } from './json';

/** When everything was made, as far as the echo is concerned. */
export const CREATED = '2026-11-01T10:00:00.000Z';

/** State of what is there, by collection. */
const STATES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'vcns',
      'subnets',
      'natGateways',
      'routeTables',
      'securityLists',
      'dhcps',
      'serviceGateways',
      'networkSecurityGroups',
    ].map((collection) => [collection, 'AVAILABLE']),
  ),
  ...Object.fromEntries(
    [
      'policies',
      'dynamicGroups',
      'tagNamespaces',
      'tags',
      'tagDefaults',
      'vaults',
      'lustreFileSystems',
      'clusters',
      'nodePools',
      'addons',
      'computeClusters',
      'computeGpuMemoryClusters',
      'computeCapacityReservations',
      'computeHostGroups',
      'topics',
      'subscriptions',
      'alarms',
      'logGroups',
      'logs',
    ].map((collection) => [collection, 'ACTIVE']),
  ),
  keys: 'ENABLED',
};

const KINDS: Readonly<Record<string, string>> = {
  policies: 'policy',
  dhcps: 'dhcpoptions',
  nodePools: 'nodepool',
  computeGpuMemoryClusters: 'computegpumemorycluster',
  lustreFileSystems: 'lustrefilesystem',
};

/** The word for one thing of a collection, as OCIDs and work requests use it. */
export function kindOf(collection: string): string {
  return KINDS[collection] ?? collection.slice(0, -1).toLowerCase();
}

/** Members that a change replaces as a whole. */
const WHOLE: ReadonlySet<string> = new Set([
  'freeformTags',
  'definedTags',
  'systemTags',
  'nodeMetadata',
  'metadata',
  'extendedMetadata',
  'securityAttributes',
]);

/** Applies a change to a thing, as the services do. */
export function change(thing: JsonObject, body: JsonObject): JsonObject {
  return merge(thing, body, WHOLE);
}

/** What the fillers need of the echo. */
export interface Surroundings {
  /** Region in the host that was asked, such as `us-phoenix-1`. */
  readonly region: string;
  /** A new OCID of a thing of a collection. */
  ocid(collection: string): string;
  collection(name: string): JsonObject;
}

/** Rules that a new network's default security list has. */
const DEFAULT_RULES: JsonObject = {
  ingressSecurityRules: [
    {
      protocol: '6',
      source: '0.0.0.0/0',
      sourceType: 'CIDR_BLOCK',
      isStateless: false,
      tcpOptions: { destinationPortRange: { min: 22, max: 22 } },
    },
  ],
  egressSecurityRules: [
    { protocol: 'all', destination: '0.0.0.0/0', destinationType: 'CIDR_BLOCK', isStateless: false },
  ],
};

/** What comes with a network: its member, its collection, and what is in it. */
const WITH_A_NETWORK: readonly (readonly [string, string, JsonObject])[] = [
  ['defaultSecurityListId', 'securityLists', DEFAULT_RULES],
  ['defaultRouteTableId', 'routeTables', { routeRules: [] }],
  ['defaultDhcpOptionsId', 'dhcps', { options: [] }],
];

function thingAt(collection: JsonObject, id: Json | undefined): JsonObject {
  const found = collection[textOf(id)];
  return isObject(found) ? found : {};
}

/** What each service adds to a new thing, by collection. */
const FILLERS: Readonly<Record<string, (thing: JsonObject, around: Surroundings) => void>> = {
  vcns: (vcn, around) => {
    Object.assign(vcn, {
      cidrBlock: listOf(vcn.cidrBlocks)[0],
      vcnDomainName: `${vcn.dnsLabel}.oraclevcn.com`,
      securityAttributes: {},
    });
    fillIn(vcn, { ipv6CidrBlocks: [], byoipv6CidrBlocks: [], ipv6PrivateCidrBlocks: [] });
    for (const [member, name, more] of WITH_A_NETWORK) {
      const id = around.ocid(name);
      vcn[member] = id;
      around.collection(name)[id] = {
        id,
        compartmentId: vcn.compartmentId,
        vcnId: vcn.id,
        displayName: 'Default',
        lifecycleState: 'AVAILABLE',
        timeCreated: CREATED,
        definedTags: {},
        freeformTags: {},
        ...structuredClone(more),
      };
    }
  },
  subnets: (subnet, around) => {
    const vcn = thingAt(around.collection('vcns'), subnet.vcnId);
    fillIn(subnet, { dhcpOptionsId: vcn.defaultDhcpOptionsId, ipv6CidrBlocks: [] });
    Object.assign(subnet, {
      virtualRouterIp: '10.0.0.1',
      virtualRouterMac: '00:00:17:00:00:01',
      subnetDomainName: `${subnet.dnsLabel}.${vcn.vcnDomainName}`,
      ipv4CidrBlocks: [subnet.cidrBlock],
    });
  },
  natGateways: (gateway, around) => {
    fillIn(gateway, { blockTraffic: false });
    Object.assign(gateway, { natIp: '192.0.2.7', publicIpId: around.ocid('publicips') });
  },
  serviceGateways: (gateway) => {
    fillIn(gateway, { blockTraffic: false });
    for (const service of objectsOf(gateway.services)) {
      service.serviceName = 'All Services In Oracle Services Network';
    }
  },
  routeTables: fillRoutes,
  tagNamespaces: (namespace) => {
    Object.assign(namespace, { isRetired: false, locks: [] });
  },
  tags: (tag, around) => {
    const namespace = thingAt(around.collection('tagNamespaces'), tag.tagNamespaceId);
    Object.assign(tag, {
      tagNamespaceName: namespace.name,
      compartmentId: namespace.compartmentId,
      isRetired: false,
    });
    fillIn(tag, { isCostTracking: false });
  },
  tagDefaults: (tagDefault, around) => {
    const tag = thingAt(around.collection('tags'), tagDefault.tagDefinitionId);
    Object.assign(tagDefault, {
      tagNamespaceId: tag.tagNamespaceId,
      tagDefinitionName: tag.name,
      tagNamespaceName: tag.tagNamespaceName,
      locks: [],
    });
    fillIn(tagDefault, { isRequired: false });
  },
  vaults: (vault, around) => {
    const host = (kind: string) =>
      `https://v${textOf(vault.id).slice(-8)}-${kind}.kms.${around.region}.oraclecloud.com`;
    Object.assign(vault, {
      managementEndpoint: host('management'),
      cryptoEndpoint: host('crypto'),
      wrappingkeyId: around.ocid('keys'),
      isPrimary: true,
      isVaultReplicable: false,
    });
  },
  keys: (key, around) => {
    Object.assign(key, {
      currentKeyVersion: around.ocid('keyversions'),
      vaultId: 'ocid1.vault.oc1.phx.echo',
      isPrimary: true,
      isAutoRotationEnabled: key.isAutoRotationEnabled ?? false,
    });
    fillIn(objectAt(key, 'keyShape'), { curveId: null });
  },
  lustreFileSystems: (fileSystem) => {
    Object.assign(fileSystem, {
      lifecycleDetails: '',
      majorVersion: '2.15',
      managementServiceAddress: '10.192.32.5',
      lnet: 'tcp',
      timeUpdated: CREATED,
      timeBillingCycleEnd: CREATED,
      maintenanceWindow: { dayOfWeek: 'MONDAY', timeStart: '22:00' },
      systemTags: {},
    });
    fillIn(fileSystem, { maintenanceScheduleStartTime: null, clusterPlacementGroupId: null });
    fillIn(objectAt(fileSystem, 'rootSquashConfiguration'), { clientExceptions: [], identitySquash: 'NONE' });
  },
  clusters: (cluster) => {
    Object.assign(cluster, {
      endpoints: {
        privateEndpoint: '10.192.32.70:6443',
        kubernetes: '',
        publicEndpoint: '',
        vcnHostnameEndpoint: '',
      },
      availableKubernetesUpgrades: [],
      lifecycleDetails: '',
      openIdConnectDiscoveryEndpoint: 'https://oke.example.com/x',
      openIdConnectDiscoveryKey: '',
      metadata: {
        timeCreated: CREATED,
        createdByUserId: 'ocid1.user.oc1..echo',
        createdByWorkRequestId: 'ocid1.clustersworkrequest.oc1.phx.echo',
      },
    });
    fillIn(cluster, { imagePolicyConfig: { isPolicyEnabled: false, keyDetails: [] } });
    const options = fillIn(objectAt(cluster, 'options'), {
      addOns: { isKubernetesDashboardEnabled: false, isTillerEnabled: false },
      admissionControllerOptions: { isPodSecurityPolicyEnabled: false },
      ipFamilies: ['IPv4'],
      serviceLbSubnetIds: [],
      openIdConnectTokenAuthenticationConfig: { isOpenIdConnectAuthEnabled: false },
      serviceLbConfig: { definedTags: {}, freeformTags: {}, backendNsgIds: [] },
    });
    fillIn(objectAt(options, 'persistentVolumeConfig'), { definedTags: {} });
    fillIn(objectAt(cluster, 'endpointConfig'), { nsgIds: [] });
  },
  nodePools: (pool) => {
    const imageId = objectAt(pool, 'nodeSourceDetails').imageId;
    Object.assign(pool, {
      nodeSource: { sourceType: 'IMAGE', sourceName: 'echo-image', imageId },
      nodeImageId: imageId,
      nodeImageName: 'echo-image',
      quantityPerSubnet: 0,
      lifecycleDetails: '',
      sshPublicKey: pool.sshPublicKey ?? '',
      subnetIds: [],
    });
    fillIn(objectAt(pool, 'nodeConfigDetails'), { definedTags: {} });
    fillIn(pool, {
      initialNodeLabels: [],
      nodeEvictionNodePoolSettings: { evictionGraceDuration: 'PT1H' },
      nodePoolCyclingDetails: { isNodeCyclingEnabled: false, maximumSurge: '1', maximumUnavailable: '0' },
    });
    fillNodes(pool);
  },
  addons: (addon) => {
    addon.currentInstalledVersion = 'v1.0.0';
    addon.version ??= null;
    fillIn(addon, { configurations: [] });
  },
  computeGpuMemoryClusters: (cluster) => {
    fillIn(cluster, { size: 1, privateIpIds: [] });
    cluster.systemTags = {};
    followTarget(cluster);
  },
  topics: (topic, { region }) => {
    Object.assign(topic, {
      topicId: topic.id,
      shortTopicId: textOf(topic.id).slice(-12),
      apiEndpoint: `https://cell1.notification.${region}.oci.oraclecloud.com`,
      etag: 'e',
    });
  },
  subscriptions: (subscription) => {
    Object.assign(subscription, {
      createdTime: Date.parse(CREATED),
      etag: 'e',
      deliverPolicy: '{"backoffRetryPolicy":{"maxRetryDuration":7200000,"policyType":"EXPONENTIAL"}}',
    });
  },
  alarms: (alarm) => {
    alarm.timeUpdated = CREATED;
    fillIn(alarm, {
      evaluationSlackDuration: 'PT3M',
      isNotificationsPerMetricDimensionEnabled: false,
      messageFormat: 'RAW',
      metricCompartmentIdInSubtree: false,
      overrides: [],
      pendingDuration: 'PT1M',
      resolution: '1m',
      ruleName: 'BASE',
    });
  },
  logGroups: (group) => {
    group.timeLastModified = CREATED;
  },
  logs: (log) => {
    Object.assign(log, { timeLastModified: CREATED, tenancyId: 'ocid1.tenancy.oc1..placeholder' });
    fillIn(log, { isEnabled: true, retentionDuration: 30 });
    fillIn(objectAt(log, 'configuration'), { compartmentId: log.compartmentId });
  },
  instanceConfigurations: (configuration) => {
    configuration.deferredFields = [];
    fillIn(objectAt(configuration, 'instanceDetails', 'launchDetails'), { definedTags: {} });
  },
};

function fillRoutes(table: JsonObject): void {
  for (const rule of objectsOf(table.routeRules)) fillIn(rule, { routeType: 'STATIC' });
}

function fillNodes(pool: JsonObject): void {
  const details = objectAt(pool, 'nodeConfigDetails');
  const places = objectsOf(details.placementConfigs);
  pool.nodes = Array.from({ length: Number(details.size ?? 0) }, (_, index) => {
    const place = places[index % Math.max(1, places.length)] ?? {};
    return {
      id: `ocid1.instance.oc1.phx.${textOf(pool.id).slice(-8)}n${index}`,
      name: `oke-${index}`,
      availabilityDomain: place.availabilityDomain,
      subnetId: place.subnetId,
      nodePoolId: pool.id,
      lifecycleState: 'ACTIVE',
      kubernetesVersion: pool.kubernetesVersion,
      privateIp: `10.192.1.${index % 250}`,
      definedTags: {},
      freeformTags: {},
      systemTags: {},
    };
  });
}

function followTarget(cluster: JsonObject): void {
  const scale = isObject(cluster.gpuMemoryClusterScaleConfig) ? cluster.gpuMemoryClusterScaleConfig : {};
  if (typeof scale.targetSize === 'number') cluster.size = scale.targetSize;
}

/** What a service adds to a new thing: state, tags of the tenancy and the compartment, and its own. */
export function fillNew(collection: string, thing: JsonObject, around: Surroundings): JsonObject {
  fillIn(thing, { timeCreated: CREATED, freeformTags: {} });
  const tags = objectAt(thing, 'definedTags');
  fillIn(tags, { 'Oracle-Tags': { CreatedBy: 'default/who@example.com', CreatedOn: CREATED } });
  for (const tagDefault of Object.values(around.collection('tagDefaults')).filter(isObject)) {
    if (tagDefault.compartmentId !== thing.compartmentId) continue;
    const own = objectAt(tags, textOf(tagDefault.tagNamespaceName));
    fillIn(own, { [textOf(tagDefault.tagDefinitionName)]: tagDefault.value });
  }
  const state = STATES[collection];
  if (state !== undefined) thing.lifecycleState = state;
  FILLERS[collection]?.(thing, around);
  return thing;
}

/** What follows from a change. */
export function fillChanged(collection: string, thing: JsonObject): void {
  if (collection === 'nodePools') {
    const imageId = objectAt(thing, 'nodeSourceDetails').imageId;
    thing.nodeImageId = imageId;
    objectAt(thing, 'nodeSource').imageId = imageId;
    fillNodes(thing);
  }
  if (collection === 'routeTables') fillRoutes(thing);
  if (collection === 'computeGpuMemoryClusters') followTarget(thing);
}
