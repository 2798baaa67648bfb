import { COMPUTE_SITE } from './google-compute';
import { fillIn, isObject, type Json, type JsonObject, listOf, merge, objectAt, objectsOf, textOf } from './json';

const CONTAINER_SITE = 'https://container.googleapis.com/v1/';

/** Release that GKE gives where a cluster asks for none. */
const RELEASE = '1.35.1-gke.100';

function releaseOf(version: string): string {
  if (version === '' || version.includes('gke')) return version === '' ? RELEASE : version;
  return version.split('.').length === 2 ? `${version}.1-gke.100` : `${version}-gke.100`;
}

/** What a new cluster is given, where nothing was sent. */
function newCluster(path: string, release: string): JsonObject {
  const [, , , location] = path.split('/');
  return {
    location,
    zone: location,
    selfLink: CONTAINER_SITE + path,
    initialClusterVersion: release,
    currentMasterVersion: release,
    currentNodeVersion: release,
    status: 'RUNNING',
    endpoint: '',
    loggingService: 'logging.googleapis.com/kubernetes',
    monitoringService: 'monitoring.googleapis.com/kubernetes',
    initialNodeCount: 1,
    etag: 'e',
    labelFingerprint: 'f',
    clusterIpv4Cidr: '100.64.0.0/14',
    servicesIpv4Cidr: '172.20.0.0/20',
    autopilot: {},
    autoscaling: { autoscalingProfile: 'BALANCED' },
    binaryAuthorization: {},
    identityServiceConfig: {},
    enterpriseConfig: { clusterTier: 'STANDARD' },
    notificationConfig: { pubsub: {} },
    legacyAbac: {},
    defaultMaxPodsConstraint: { maxPodsPerNode: '110' },
    networkPolicy: {},
  };
}

function fillEndpoints(cluster: JsonObject, location: string): void {
  const dns = objectAt(cluster, 'controlPlaneEndpointsConfig', 'dnsEndpointConfig');
  dns.endpoint = `gke-x.${location}.gke.goog`;
  fillIn(dns, { allowExternalTraffic: false });
  const ip = objectAt(cluster, 'controlPlaneEndpointsConfig', 'ipEndpointsConfig');
  if (ip.enabled === true) return;
  Object.assign(ip, {
    enabled: false,
    enablePublicEndpoint: false,
    globalAccess: false,
    authorizedNetworksConfig: {},
  });
  objectAt(cluster, 'privateClusterConfig').enablePrivateEndpoint = true;
}

function fillNetwork(cluster: JsonObject): void {
  const network = objectAt(cluster, 'networkConfig');
  for (const link of ['network', 'subnetwork']) {
    network[link] ??= cluster[link];
    cluster[link] = textOf(cluster[link]).split('/').at(-1);
  }
  fillIn(network, {
    defaultSnatStatus: {},
    serviceExternalIpsConfig: {},
    gatewayApiConfig: { channel: 'CHANNEL_STANDARD' },
    defaultEnablePrivateNodes: true,
  });
  const ips = objectAt(cluster, 'ipAllocationPolicy');
  Object.assign(ips, {
    useIpAliases: true,
    clusterIpv4CidrBlock: '100.64.0.0/14',
    servicesIpv4CidrBlock: '172.20.0.0/20',
  });
  fillIn(ips, { stackType: 'IPV4', defaultPodIpv4RangeUtilization: 0 });
}

/** What GKE fills in when a cluster is made or changed. */
export function fillCluster(path: string, cluster: JsonObject): JsonObject {
  const [, project, , location = ''] = path.split('/');
  if (cluster.currentMasterVersion === undefined) {
    const sent = { ...cluster };
    const release = releaseOf(textOf(sent.initialClusterVersion));
    for (const name of Object.keys(cluster)) delete cluster[name];
    for (const name of ['nodeConfig', 'nodePools', 'initialClusterVersion']) delete sent[name];
    merge(Object.assign(cluster, newCluster(path, release)), sent);
  }
  fillNetwork(cluster);
  fillIn(objectAt(cluster, 'addonsConfig'), {
    networkPolicyConfig: { disabled: true },
    kubernetesDashboard: { disabled: true },
    configConnectorConfig: {},
    gcpFilestoreCsiDriverConfig: {},
    gkeBackupAgentConfig: {},
    statefulHaConfig: {},
  });
  fillEndpoints(cluster, location);
  objectAt(cluster, 'databaseEncryption').currentState = 'CURRENT_STATE_ENCRYPTED';
  if (isObject(cluster.fleet)) {
    const membership = `//gkehub.googleapis.com/projects/${project}/locations/${location}/memberships/${cluster.name}`;
    Object.assign(cluster.fleet, { membership, preRegistered: false });
  }
  if (isObject(cluster.maintenancePolicy)) {
    cluster.maintenancePolicy.resourceVersion = '1';
    const exclusions = objectAt(cluster.maintenancePolicy, 'window').maintenanceExclusions;
    for (const exclusion of isObject(exclusions) ? Object.values(exclusions) : []) {
      if (isObject(exclusion)) fillIn(exclusion, { endTime: '2027-02-11T00:00:00Z' });
    }
  }
  cluster.masterAuth = { clusterCaCertificate: 'eA==' };
  fillIn(cluster, { masterAuthorizedNetworksConfig: { gcpPublicCidrsAccessEnabled: true } });
  fillIn(objectAt(cluster, 'monitoringConfig', 'managedPrometheusConfig'), { autoMonitoringConfig: { scope: 'NONE' } });
  const nodes = objectAt(cluster, 'nodePoolDefaults', 'nodeConfigDefaults');
  fillIn(nodes, { loggingConfig: { variantConfig: { variant: 'DEFAULT' } }, gcfsConfig: {} });
  fillIn(objectAt(nodes, 'nodeKubeletConfig'), { insecureKubeletReadonlyPortEnabled: false });
  return cluster;
}

const isTpu = (machine: string) => /^(ct\d|tpu)/.test(machine);

function fillNodes(config: JsonObject): void {
  fillIn(config, {
    diskType: 'pd-balanced',
    diskSizeGb: 100,
    imageType: 'COS_CONTAINERD',
    windowsNodeConfig: {},
    loggingConfig: { variantConfig: { variant: 'DEFAULT' } },
  });
  const hyperdisk = textOf(config.diskType).startsWith('hyper')
    ? { provisionedIops: '4200', provisionedThroughput: '290' }
    : {};
  config.bootDisk = { diskType: config.diskType, sizeGb: String(config.diskSizeGb), ...hyperdisk };
  fillIn(objectAt(config, 'kubeletConfig'), { maxParallelImagePulls: 10 });
  config.effectiveCgroupMode = 'EFFECTIVE_CGROUP_MODE_V2';
  fillIn(objectAt(config, 'linuxNodeConfig'), {
    transparentHugepageEnabled: 'TRANSPARENT_HUGEPAGE_ENABLED_ALWAYS',
  });
  const labels = objectAt(config, 'resourceLabels');
  fillIn(labels, { 'goog-gke-node-pool-provisioning-model': 'x' });
  const machine = textOf(config.machineType);
  if (listOf(config.accelerators).length > 0 || isTpu(machine)) fillIn(labels, { 'goog-gke-accelerator-type': 'x' });
  if (isTpu(machine)) addTaint(config, 'google.com/tpu', 'present');
  // Machines with Grace processors; those with local disks that come with the machine.
  if (machine.startsWith('a4x')) addTaint(config, 'kubernetes.io/arch', 'arm64');
  const hasDisks = /^(a3-(mega|ultra|high)|a4)/.test(machine);
  if (hasDisks && !('ephemeralStorageLocalSsdConfig' in config || 'localNvmeSsdBlockConfig' in config)) {
    config.ephemeralStorageLocalSsdConfig = { localSsdCount: 16 };
  }
}

function addTaint(config: JsonObject, key: string, value: string): void {
  const taints: Json[] = listOf(config.taints);
  if (!objectsOf(taints).some((taint) => taint.key === key)) taints.push({ key, value, effect: 'NO_SCHEDULE' });
  config.taints = taints;
}

/** Name of the group of machines behind a node pool. */
export function groupName(path: string): string {
  const [, , , , , cluster, , pool] = path.split('/');
  return `gke-${cluster}-${pool}-grp`;
}

/** What GKE fills in when a node pool is made or changed. */
export function fillNodePool(path: string, pool: JsonObject, cluster: JsonObject): JsonObject {
  const project = path.split('/')[1];
  fillIn(pool, {
    initialNodeCount: 0,
    locations: cluster.locations ?? [],
    version: cluster.currentMasterVersion ?? RELEASE,
    upgradeSettings: { maxSurge: 1, strategy: 'SURGE' },
    maxPodsConstraint: { maxPodsPerNode: '110' },
  });
  pool.instanceGroupUrls = listOf(pool.locations).map(
    (zone) => `${COMPUTE_SITE}projects/${project}/zones/${zone}/instanceGroupManagers/${groupName(path)}`,
  );
  Object.assign(pool, { status: 'RUNNING', podIpv4CidrSize: 26, etag: 'e', selfLink: CONTAINER_SITE + path });
  const network = objectAt(pool, 'networkConfig');
  Object.assign(network, { podRange: 'pods', podIpv4CidrBlock: '100.64.0.0/14', podIpv4RangeUtilization: 0.01 });
  const own = isObject(cluster.networkConfig) ? cluster.networkConfig.subnetwork : undefined;
  if (own !== undefined) fillIn(network, { subnetwork: own });
  fillNodes(objectAt(pool, 'config'));
  if (isObject(pool.placementPolicy)) fillIn(pool.placementPolicy, { type: 'COMPACT' });
  return pool;
}

/** Applies a request that changes a node pool. */
export function changeNodePool(pool: JsonObject, verb: string, body: JsonObject): void {
  if (verb === 'setSize') pool.initialNodeCount = body.nodeCount;
  else if (verb === 'setAutoscaling') pool.autoscaling = body.autoscaling;
  else if (verb === 'setManagement') pool.management = body.management;
  else {
    const config = objectAt(pool, 'config');
    for (const [name, value] of Object.entries(body)) {
      if (name === 'name' || name === 'etag') continue;
      // These come wrapped: { labels: { labels: {...} } }.
      if (['labels', 'taints', 'resourceLabels'].includes(name)) {
        config[name] = isObject(value) ? (Object.values(value)[0] ?? {}) : value;
      } else if (name === 'nodeVersion') {
        if (!['-', 'latest', ''].includes(textOf(value))) pool.version = releaseOf(textOf(value));
      } else if (['locations', 'upgradeSettings', 'queuedProvisioning'].includes(name)) pool[name] = value;
      else config[name] = value;
    }
    if (isObject(config.taints)) delete config.taints;
  }
}

/** Applies a request that changes a cluster. */
export function changeCluster(cluster: JsonObject, verb: string, body: JsonObject): void {
  const update = isObject(body.update) ? body.update : {};
  for (const [name, value] of Object.entries(update)) {
    if (name === 'desiredEnableMultiNetworking') objectAt(cluster, 'networkConfig').enableMultiNetworking = value;
    else if (name === 'desiredMasterVersion') cluster.currentMasterVersion = releaseOf(textOf(value));
    else if (name.startsWith('desired')) {
      cluster[`${name.charAt(7).toLowerCase()}${name.slice(8)}`] = value;
    }
  }
  if (verb === 'setResourceLabels') cluster.resourceLabels = body.resourceLabels;
  if (verb === 'setMaintenancePolicy') cluster.maintenancePolicy = body.maintenancePolicy;
}
