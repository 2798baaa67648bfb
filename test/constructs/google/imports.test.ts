import {
  bucketNameOf,
  Capacity,
  Cluster,
  type ClusterAttributes,
  EncryptionKey,
  Fabric,
  FileSystem,
  Identity,
  type INetwork,
  Network,
  type NetworkAttributes,
  NodePool,
  ObjectStore,
} from '../../../constructs/google';
import { onlyResource, resourceCount, resourcesOf, synthStack } from '../../helpers/terraform';
import { machine, newCluster, newFabric, newStack, PROJECT, REGION, ZONE, ZONES } from './support';

const KEY = 'projects/security/locations/us-central1/keyRings/train/cryptoKeys/train';

/** A shared VPC whose names nobody here chose. */
function sharedNetwork(stack = newStack(), attributes: Partial<NetworkAttributes> = {}): INetwork {
  return Network.fromNetworkAttributes(stack, 'network', {
    name: 'corp-vpc',
    projectId: 'corp-host',
    region: REGION,
    zones: ZONES,
    subnets: [
      { key: 'nodes', role: 'nodes', cidr: '10.8.0.0/19', subnetName: 'train-central1' },
      { key: 'pods', role: 'pods', cidr: '100.64.0.0/14', subnetName: 'gke-pods' },
      { key: 'services', role: 'services', cidr: '172.20.0.0/20', subnetName: 'gke-services' },
      { key: 'storage', role: 'storage', cidr: '10.8.32.0/20' },
    ],
    ...attributes,
  });
}

function importedCluster(attributes: Partial<ClusterAttributes> = {}) {
  const stack = newStack();
  const cluster = Cluster.fromClusterAttributes(stack, 'cluster', {
    clusterName: 'train-prod',
    ...PROJECT,
    region: REGION,
    nodeServiceAccount: 'nodes@test-train.iam.gserviceaccount.com',
    ...attributes,
  });
  return { stack, cluster };
}

describe('a network that exists already', () => {
  test('is known by its names, in the project that hosts it, without any resource', () => {
    const stack = newStack();
    const network = sharedNetwork(stack);
    expect(network).toMatchObject({
      networkName: 'corp-vpc',
      networkId: 'projects/corp-host/global/networks/corp-vpc',
      dependables: [],
    });
    const names = (['nodes', 'pods', 'services'] as const).map((role) => network.subnetName(network.subnetFor(role)));
    expect(names).toEqual(['train-central1', 'gke-pods', 'gke-services']);
    const json = synthStack(stack);
    expect([resourceCount(json), json.data]).toEqual([0, undefined]);
  });

  test('takes a cluster of another project', () => {
    const stack = newStack();
    const cluster = newCluster(stack, {
      network: sharedNetwork(stack),
      podCidr: '100.64.0.0/14',
      projectId: PROJECT.projectId,
    });
    expect(cluster.clusterId).toBe('projects/test-train/locations/us-central1/clusters/atlas-one');
    expect(cluster.nodeServiceAccount).toBe('atlas-one-nodes@test-train.iam.gserviceaccount.com');
    const json = synthStack(stack);
    expect(onlyResource(json, 'google_container_cluster')).toMatchObject({
      project: 'test-train',
      network: 'projects/corp-host/global/networks/corp-vpc',
      subnetwork: 'projects/corp-host/regions/us-central1/subnetworks/train-central1',
      ip_allocation_policy: {
        cluster_secondary_range_name: 'gke-pods',
        services_secondary_range_name: 'gke-services',
      },
      workload_identity_config: { workload_pool: 'test-train.svc.id.goog' },
      fleet: { project: 'test-train' },
    });
    expect(JSON.stringify(json.resource)).not.toContain('"project":"corp-host"');
  });

  test('has the roles of the agents in its project given by its owner, unless it is told to give them', () => {
    const stack = newStack();
    newCluster(stack, { network: sharedNetwork(stack, { assignsRoles: true }), projectId: PROJECT.projectId });
    const json = synthStack(stack);
    const users = Object.values(resourcesOf(json, 'google_compute_subnetwork_iam_member'));
    expect(users.map(({ member }) => member)).toEqual([
      'serviceAccount:123456789012@cloudservices.gserviceaccount.com',
      'serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com',
    ]);
    for (const user of users) {
      expect(user).toMatchObject({
        project: 'corp-host',
        region: 'us-central1',
        subnetwork: 'train-central1',
        role: 'roles/compute.networkUser',
      });
    }
    const roles = Object.entries(resourcesOf(json, 'google_project_iam_member'));
    const [id, host] = roles.find(([, { project }]) => project === 'corp-host') ?? [];
    expect(host).toMatchObject({
      role: 'roles/container.hostServiceAgentUser',
      member: 'serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com',
    });
    const { depends_on } = onlyResource(json, 'google_container_cluster');
    expect(depends_on).toContain(`google_project_iam_member.${id}`);
  });

  test('has nobody to be let in where the cluster is of its own project', () => {
    const stack = newStack();
    newCluster(stack, { network: sharedNetwork(stack, { assignsRoles: true }) });
    expect(resourcesOf(synthStack(stack), 'google_compute_subnetwork_iam_member')).toEqual({});
  });

  test('has file systems of another project, reached by rules in its own', () => {
    const stack = newStack();
    const fileSystem = FileSystem.fromFileSystemAttributes(stack, 'scratch', {
      instanceName: 'corp-scratch',
      network: sharedNetwork(stack),
    });
    fileSystem.allowClient(stack, 'nodes', { name: 'train', cidr: '10.8.0.0/19' });
    expect(onlyResource(synthStack(stack), 'google_compute_firewall')).toMatchObject({
      project: 'corp-host',
      network: 'projects/corp-host/global/networks/corp-vpc',
      source_ranges: ['10.8.32.0/20'],
      destination_ranges: ['10.8.0.0/19'],
    });
    expect(() => fileSystem.allowClient(stack, 'wrong', { name: 'train', cidr: '10.8.0.1/19' })).toThrow(
      /"10\.8\.0\.1\/19".*\[RangeInvalid\]/,
    );
    const bare = newStack();
    const unknown = FileSystem.fromFileSystemAttributes(bare, 'scratch', {
      instanceName: 'corp-scratch',
      network: sharedNetwork(bare, { subnets: [] }),
    });
    expect(() => unknown.allowClient(bare, 'nodes', { name: 'train', cidr: '10.8.0.0/19' })).toThrow(
      /"corp-vpc" needs a range of role "storage" \[SubnetMissing\]/,
    );
  });

  test.each([
    [{ name: '-vpc' }, /name of the network is "-vpc".*\[NameInvalid\]/],
    [{ zones: ['us-east1-b'] }, /"us-east1-b", which is not in us-central1.*\[ZoneUnknown\]/],
    [
      { subnets: [{ key: 'nodes', role: 'nodes', cidr: '10.8.0.0' }] },
      /range "nodes" is "10\.8\.0\.0".*\[RangeInvalid\]/,
    ],
  ] as const)('fails when it is %j', (attributes, message) => {
    expect(() => sharedNetwork(newStack(), attributes)).toThrow(message);
  });
});

describe('a cluster that exists already', () => {
  test('takes pools, with the policies that they need, and is not made', () => {
    const { stack, cluster } = importedCluster({ encryptionKey: EncryptionKey.fromKeyId(newStack(), 'key', KEY) });
    const pool = new NodePool(stack, 'rack', {
      cluster,
      name: 'rack-1',
      machine: machine('a4x-highgpu-4g'),
      nodeCount: 18,
      zone: ZONE,
      fabric: newFabric(stack, 'a4x-highgpu-4g'),
      capacity: Capacity.fromReservation(stack, 'capacity', { id: 'projects/shared/reservations/gb200' }),
    });
    const json = synthStack(stack);
    expect(resourcesOf(json, 'google_container_cluster')).toEqual({});
    expect(onlyResource(json, 'google_container_node_pool')).toMatchObject({
      name: 'rack-1',
      cluster: 'train-prod',
      project: 'test-train',
      location: 'us-central1',
      placement_policy: { policy_name: 'train-prod-1x72' },
      deletion_policy: 'PREVENT',
      node_config: { service_account: 'nodes@test-train.iam.gserviceaccount.com', boot_disk_kms_key: KEY },
    });
    expect(onlyResource(json, 'google_compute_resource_policy')).toMatchObject({ name: 'train-prod-1x72' });
    expect(pool.node.defaultChild).toMatchObject({ terraformResourceType: 'google_container_node_pool' });
    expect(json.data).toBeUndefined();
  });

  test('brings its own policies, and leaves boot disks to the key of Google', () => {
    const { stack, cluster } = importedCluster({ workloadPolicies: { '4x4x4': 'cube' } });
    new NodePool(stack, 'slice', {
      cluster,
      name: 'slice',
      machine: machine('tpu7x-standard-4t'),
      nodeCount: 16,
      topology: '4x4x4',
      zone: ZONE,
      capacity: Capacity.spot(stack, 'capacity'),
    });
    const json = synthStack(stack);
    const pool = onlyResource(json, 'google_container_node_pool');
    expect(pool).toMatchObject({ placement_policy: { policy_name: 'cube' } });
    expect(pool.node_config).not.toHaveProperty('boot_disk_kms_key');
    expect(resourcesOf(json, 'google_compute_resource_policy')).toEqual({});
  });

  test('lets the agent of disks use its key where that is to be let in', () => {
    const stack = newStack();
    const encryptionKey = EncryptionKey.fromEncryptionKeyAttributes(stack, 'key', {
      keyId: KEY,
      projectNumber: PROJECT.projectNumber,
    });
    const { cluster } = importedCluster({ encryptionKey });
    expect(cluster.dependables).toHaveLength(1);
    expect(onlyResource(synthStack(stack), 'google_kms_crypto_key_iam_member')).toMatchObject({
      crypto_key_id: KEY,
      member: 'serviceAccount:service-123456789012@compute-system.iam.gserviceaccount.com',
    });
  });

  test('has workloads of its own, which are let into stores', () => {
    const { stack, cluster } = importedCluster();
    const identity = new Identity(stack, 'w', { name: 'w', cluster, namespace: 'training', serviceAccount: 'runner' });
    const grant = ObjectStore.fromBucketName(stack, 'data', 'corp-datasets').grants.read(identity);
    expect(grant.dependables).toHaveLength(1);
    expect(onlyResource(synthStack(stack), 'google_storage_bucket_iam_member')).toMatchObject({
      bucket: 'corp-datasets',
      role: 'roles/storage.objectViewer',
      member: expect.stringContaining('/test-train.svc.id.goog/subject/ns/training/sa/runner'),
      condition: { title: 'cluster train-prod' },
    });
  });

  test.each([
    [{ enableMultiNetworking: false }, 'a4-highgpu-8g', /need multi-networking turned on.*\[MachineUnsuitable\]/],
    [{ enableShieldedNodes: true }, 'a4x-maxgpu-4g-metal', /need no shielded nodes.*\[MachineUnsuitable\]/],
    [{ podCidr: '100.64.0.0/24' }, 'a4-highgpu-8g', /need 320 addresses, .*has 256.*\[RangeInvalid\]/],
  ])('of %j takes no pool of %s', (attributes, type, message) => {
    const { cluster } = importedCluster(attributes);
    expect(() => cluster.admit(machine(type), 5)).toThrow(message);
    expect(() => importedCluster().cluster.admit(machine(type), 5)).not.toThrow();
  });

  test('fails when a pool is put outside of the zones that it has', () => {
    const add = (zones: readonly string[] | undefined) => {
      const { stack, cluster } = importedCluster({ zones });
      const capacity = Capacity.onDemand(stack, 'capacity');
      const cpu = { name: 'cpu', machine: machine('n4-standard-16'), nodeCount: 1, capacity };
      new NodePool(stack, 'cpu', { ...cpu, cluster, zone: 'us-central1-f' });
    };
    expect(() => add(ZONES)).toThrow(/"us-central1-f", which is none of its network's.*\[ZoneUnknown\]/);
    expect(() => add(undefined)).not.toThrow();
  });
});

describe('a key that exists already', () => {
  test('is used by services that its owner has let in, or lets them in', () => {
    const stack = newStack();
    const trusted = EncryptionKey.fromKeyId(stack, 'trusted', KEY);
    expect(trusted.grants.serviceAgent('storage').dependables).toEqual([]);
    const attributes = { keyId: KEY, projectNumber: PROJECT.projectNumber };
    const own = EncryptionKey.fromEncryptionKeyAttributes(stack, 'own', attributes);
    const store = { name: 'atlas-data', ...PROJECT, region: REGION, retainDays: 7 };
    new ObjectStore(stack, 'data', { ...store, encryptionKey: own });
    const json = synthStack(stack);
    const [id] = Object.keys(resourcesOf(json, 'google_kms_crypto_key_iam_member'));
    expect(onlyResource(json, 'google_kms_crypto_key_iam_member')).toMatchObject({
      crypto_key_id: KEY,
      member: 'serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com',
    });
    expect(onlyResource(json, 'google_storage_bucket').depends_on).toEqual([`google_kms_crypto_key_iam_member.${id}`]);
    expect(resourcesOf(json, 'google_kms_crypto_key')).toEqual({});
  });

  test('fails when its id is not that of a key', () => {
    const ring = 'projects/p/locations/us-central1/keyRings/k';
    expect(() => EncryptionKey.fromKeyId(newStack(), 'key', ring)).toThrow(
      /keyRings\/k".*cryptoKeys\/K.*\[IdInvalid\]/,
    );
  });
});

describe('an identity that exists already', () => {
  test('is let into stores without the title of a cluster, or with one', () => {
    const stack = newStack();
    const principal = 'serviceAccount:runner@corp.iam.gserviceaccount.com';
    const runner = Identity.fromIdentityAttributes(stack, 'runner', { principal });
    const titled = { principal: 'principal://iam.googleapis.com/x', key: 'x', clusterName: 'train-prod' };
    const store = ObjectStore.fromObjectStoreAttributes(stack, 'data', {
      bucketName: bucketNameOf('atlas-data', PROJECT.projectId),
    });
    store.grants.readWrite(runner);
    store.grants.read(Identity.fromIdentityAttributes(stack, 'titled', titled));
    const grants = Object.values(resourcesOf(synthStack(stack), 'google_storage_bucket_iam_member'));
    expect(grants).toEqual([
      expect.objectContaining({ member: principal, role: 'roles/storage.objectUser' }),
      expect.objectContaining({ condition: expect.objectContaining({ title: 'cluster train-prod' }) }),
    ]);
    expect(grants[0]).not.toHaveProperty('condition');
  });

  test('fails when its principal is no member', () => {
    expect(() => Identity.fromIdentityAttributes(newStack(), 'runner', { principal: 'runner@corp' })).toThrow(
      /"runner@corp", it must be such as serviceAccount:.*\[IdInvalid\]/,
    );
  });
});

test('everything that exists already makes nothing and reads nothing', () => {
  const stack = newStack();
  const network = sharedNetwork(stack);
  FileSystem.fromFileSystemAttributes(stack, 'scratch', { instanceName: 'scratch', network });
  ObjectStore.fromBucketName(stack, 'data', 'corp-datasets');
  EncryptionKey.fromKeyId(stack, 'key', KEY);
  Identity.fromIdentityAttributes(stack, 'identity', { principal: 'group:train@example.com' });
  const interfaces = Array(9).fill({ network: 'n', subnetwork: 's' });
  Fabric.fromFabricAttributes(stack, 'fabric', {
    zone: ZONE,
    machine: machine('a4-highgpu-8g'),
    nodeInterfaces: interfaces,
  });
  const json = synthStack(stack);
  expect([resourceCount(json), json.data]).toEqual([0, undefined]);
});
