import type { TerraformStack } from '../../../constructs/cdktf';
import {
  Capacity,
  Cluster,
  type ClusterAttributes,
  EncryptionKey,
  Fabric,
  FileSystem,
  type ICluster,
  Identity,
  Network,
  NodePool,
  ObjectStore,
} from '../../../constructs/oracle';
import { lustreTier } from '../../../estate/catalog';
import { onlyResource, resourceCount, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, KEY_ID, machine, newStack, ZONE } from './scene';

const NETWORKS = 'ocid1.compartment.oc1..networks';
const STORES = 'ocid1.compartment.oc1..stores';
const SECURITY = 'ocid1.compartment.oc1..security';
const CLUSTER_ID = 'ocid1.cluster.oc1.phx.c';
const NODES_GROUP = 'ocid1.networksecuritygroup.oc1.phx.nodes';
const FILE_SYSTEM = {
  fileSystemName: 'shared',
  fileSystemId: 'ocid1.lustrefilesystem.oc1.phx.f',
  cidr: '10.0.64.0/26',
};

function newNetwork(stack: TerraformStack) {
  return Network.fromNetworkAttributes(stack, 'network', {
    networkId: 'ocid1.vcn.oc1.phx.hub',
    compartmentId: NETWORKS,
    zones: [ZONE],
    subnets: [
      { key: 'nodes', role: 'nodes', cidr: '10.0.0.0/19', subnetId: 'ocid1.subnet.oc1.phx.nodes' },
      { key: 'api', role: 'control-plane', cidr: '10.0.32.0/28', subnetId: 'ocid1.subnet.oc1.phx.api' },
      { key: 'files', role: 'storage', cidr: '10.0.64.0/26', subnetId: 'ocid1.subnet.oc1.phx.files' },
    ],
  });
}

function newCluster(stack: TerraformStack, more: Partial<ClusterAttributes> = {}): ICluster {
  return Cluster.fromClusterAttributes(stack, 'cluster', {
    clusterName: 'atlas-gpu',
    clusterId: CLUSTER_ID,
    network: newNetwork(stack),
    compartmentId: COMPARTMENT,
    tenancyId: 'ocid1.tenancy.oc1..atlas',
    version: '1.35',
    nodesGroupId: NODES_GROUP,
    ...more,
  });
}

function newIdentity(stack: TerraformStack): Identity {
  const account = { namespace: 'training', serviceAccount: 'trainer' };
  return new Identity(stack, 'identity', { name: 'atlas-gpu', cluster: newCluster(stack), ...account });
}

describe('what exists already on Oracle Cloud', () => {
  test('makes nothing and asks nothing', () => {
    const stack = newStack();
    newCluster(stack, { privateEndpoint: '10.0.32.5:6443', certificateAuthority: 'Y2E=' });
    EncryptionKey.fromKeyId(stack, 'key', KEY_ID);
    EncryptionKey.fromEncryptionKeyAttributes(stack, 'key-of-others', { keyId: KEY_ID, compartmentId: SECURITY });
    Fabric.fromFabricAttributes(stack, 'fabric', { zone: ZONE, computeClusterId: 'ocid1.computecluster.oc1.phx.f' });
    FileSystem.fromFileSystemAttributes(stack, 'files', FILE_SYSTEM);
    ObjectStore.fromObjectStoreAttributes(stack, 'bucket', {
      bucketName: 'shared',
      compartmentId: STORES,
      namespace: 'atlasns',
    });
    Identity.fromIdentityAttributes(stack, 'identity', {
      name: 'atlas',
      clusterId: CLUSTER_ID,
      compartmentId: COMPARTMENT,
      namespace: 'training',
      serviceAccount: 'trainer',
    });
    const json = synthStack(stack);
    expect(resourceCount(json)).toBe(0);
    expect(json.data).toBeUndefined();
  });

  test('takes a cluster into a network of another compartment', () => {
    const stack = newStack();
    new Cluster(stack, 'cluster', {
      name: 'atlas-gpu',
      network: newNetwork(stack),
      compartmentId: COMPARTMENT,
      tenancyId: 'ocid1.tenancy.oc1..atlas',
      version: '1.35',
      podCidr: '100.64.0.0/10',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machine('VM.Standard.E5.Flex'), nodeCount: 3, image: 'ocid1.image.oc1.phx.cpu' },
    });
    const json = synthStack(stack);
    expect(onlyResource(json, 'oci_containerengine_cluster')).toMatchObject({
      compartment_id: COMPARTMENT,
      vcn_id: 'ocid1.vcn.oc1.phx.hub',
      endpoint_config: { subnet_id: 'ocid1.subnet.oc1.phx.api' },
    });
    expect(JSON.stringify(json)).not.toContain(NETWORKS);
  });

  test('takes a file system into a network of another compartment, with a key of a third', () => {
    const stack = newStack();
    const network = newNetwork(stack);
    new FileSystem(stack, 'files', {
      name: 'scratch',
      network,
      compartmentId: COMPARTMENT,
      zone: ZONE,
      tier: lustreTier('oracle', 500),
      capacityGB: 31_200,
      encryptionKey: EncryptionKey.fromKeyId(stack, 'key', KEY_ID),
    });
    expect(onlyResource(synthStack(stack), 'oci_lustre_file_storage_lustre_file_system')).toMatchObject({
      compartment_id: COMPARTMENT,
      subnet_id: 'ocid1.subnet.oc1.phx.files',
      kms_key_id: KEY_ID,
    });
  });

  test('gets pools of hosts', () => {
    const stack = newStack();
    new NodePool(stack, 'train', {
      cluster: newCluster(stack, { encryptionKey: EncryptionKey.fromKeyId(stack, 'key', KEY_ID) }),
      name: 'atlas-gpu-train',
      machine: machine('BM.GPU.H200.8'),
      nodeCount: 16,
      zone: ZONE,
      image: 'ocid1.image.oc1.phx.gpu',
      fabric: Fabric.fromFabricAttributes(stack, 'fabric', {
        zone: ZONE,
        computeClusterId: 'ocid1.computecluster.oc1.phx.f',
      }),
      capacity: Capacity.onDemand(stack, 'capacity'),
    });
    const json = synthStack(stack);
    expect(resourceCount(json)).toBe(1);
    expect(onlyResource(json, 'oci_containerengine_node_pool')).toMatchObject({
      cluster_id: CLUSTER_ID,
      compartment_id: COMPARTMENT,
      kubernetes_version: 'v1.35.2',
      node_config_details: {
        compute_cluster_id: 'ocid1.computecluster.oc1.phx.f',
        nsg_ids: [NODES_GROUP],
        kms_key_id: KEY_ID,
        placement_configs: [{ subnet_id: 'ocid1.subnet.oc1.phx.nodes' }],
      },
    });
  });

  test('gets racks, whose nodes find the API server by what the import says', () => {
    const rack = (cluster: Partial<ClusterAttributes>) => {
      const stack = newStack();
      new NodePool(stack, 'rack', {
        cluster: newCluster(stack, cluster),
        name: 'atlas-gpu-rack',
        machine: machine('BM.GPU.GB300.4'),
        nodeCount: 18,
        zone: ZONE,
        image: 'ocid1.image.oc1.phx.arm',
        fabric: Fabric.fromFabricAttributes(stack, 'fabric', {
          zone: ZONE,
          computeClusterId: 'ocid1.computecluster.oc1.phx.f',
        }),
        capacity: Capacity.fromReservation(stack, 'capacity', { kind: 'dedicated' }),
      });
      return synthStack(stack);
    };
    const known = { privateEndpoint: '10.0.32.5:6443', certificateAuthority: 'Y2E=' };
    expect(onlyResource(rack(known), 'oci_core_instance_configuration')).toMatchObject({
      instance_details: {
        launch_details: { metadata: { apiserver_host: '10.0.32.5', cluster_ca_cert: 'Y2E=' } },
      },
    });
    expect(() => rack({ ...known, privateEndpoint: undefined })).toThrow(
      'nodes of racks find their API server by its privateEndpoint, which is not known; give it to the import ' +
        '[MachineUnsuitable]',
    );
    expect(() => rack({ ...known, certificateAuthority: undefined })).toThrow(/by its certificateAuthority, .*/);
  });

  test.each([
    [{}, ['cluster_existing-nodes-group_lustre-from-shared', 'cluster_existing-nodes-group_lustre-to-shared']],
    [
      { securityGroupId: 'ocid1.networksecuritygroup.oc1.phx.files' },
      [
        'cluster_existing-nodes-group_lustre-from-shared',
        'cluster_existing-nodes-group_lustre-to-shared',
        'mount_servers_from-1',
        'mount_servers_to-1',
      ],
    ],
  ])('is mounted by a cluster that exists too: a file system with %j', (more, expected) => {
    const stack = newStack();
    const fileSystem = FileSystem.fromFileSystemAttributes(stack, 'files', { ...FILE_SYSTEM, ...more });
    fileSystem.allowClient(stack, 'mount', newCluster(stack));
    const rules = resourcesOf(synthStack(stack), 'oci_core_network_security_group_security_rule');
    expect(
      Object.keys(rules)
        .map((id) => id.replace(/_[0-9A-F]{8}$/, ''))
        .sort(),
    ).toEqual(expected);
    const groups = Object.values(rules).map(({ network_security_group_id }) => network_security_group_id);
    expect(new Set(groups)).toEqual(new Set([NODES_GROUP, ...Object.values(more)]));
  });

  test('lets workloads of a cluster that exists use a bucket that exists, in its own compartment', () => {
    const stack = newStack();
    const attributes = { bucketName: 'shared', compartmentId: STORES, namespace: 'atlasns' };
    const store = ObjectStore.fromObjectStoreAttributes(stack, 'bucket', attributes);
    const grant = store.grants.read(newIdentity(stack));
    expect(grant.dependables).toHaveLength(1);
    const { compartment_id, statements } = onlyResource(synthStack(stack), 'oci_identity_policy');
    expect(compartment_id).toBe(STORES);
    expect(statements).toEqual([
      expect.stringMatching(`^Allow any-user to read buckets in compartment id ${STORES} where all {.*'${CLUSTER_ID}'`),
      expect.stringMatching(`^Allow any-user to read objects in compartment id ${STORES} where all {.*'shared'}$`),
    ]);
  });

  test('lets workloads use a key, where policies find its compartment', () => {
    const stack = newStack();
    const attributes = { keyId: KEY_ID, compartmentId: SECURITY };
    const key = EncryptionKey.fromEncryptionKeyAttributes(stack, 'key', attributes);
    const identity = newIdentity(stack);
    key.grants.use(identity);
    expect(onlyResource(synthStack(stack), 'oci_identity_policy').statements).toEqual([
      expect.stringMatching(
        `^Allow any-user to use keys in compartment id ${SECURITY} where all {.*, target.key.id = '${KEY_ID}'}$`,
      ),
    ]);
    const alone = EncryptionKey.fromKeyId(stack, 'alone', KEY_ID);
    expect(() => alone.grants.use(identity)).toThrow(/import it by fromEncryptionKeyAttributes .* \[KeyUnsuitable\]/);
  });

  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ['cluster', (stack) => newCluster(stack, { clusterId: 'atlas' }), 'ocid1.cluster.…'],
    ['nodes group', (stack) => newCluster(stack, { nodesGroupId: CLUSTER_ID }), 'ocid1.networksecuritygroup.…'],
    ['key', (stack) => EncryptionKey.fromKeyId(stack, 'key', CLUSTER_ID), 'ocid1.key.…'],
    [
      'fabric',
      (stack) => Fabric.fromFabricAttributes(stack, 'fabric', { zone: ZONE, computeClusterId: KEY_ID }),
      'ocid1.computecluster.…',
    ],
    [
      'file system',
      (stack) => FileSystem.fromFileSystemAttributes(stack, 'files', { ...FILE_SYSTEM, fileSystemId: KEY_ID }),
      'ocid1.lustrefilesystem.…',
    ],
    [
      'network',
      (stack) =>
        Network.fromNetworkAttributes(stack, 'network', {
          networkId: KEY_ID,
          compartmentId: NETWORKS,
          zones: [],
          subnets: [],
        }),
      'ocid1.vcn.…',
    ],
  ])('fails when the id of a %s is that of something else', (_, make, expected) => {
    expect(() => make(newStack())).toThrow(new RegExp(`is none of ${expected.replaceAll('.', '\\.')} \\[IdInvalid\\]`));
  });

  test('fails when a range is none, or a version is not to be had', () => {
    const files = () => FileSystem.fromFileSystemAttributes(newStack(), 'files', { ...FILE_SYSTEM, cidr: '10.0.0.1' });
    expect(files).toThrow('cidr is "10.0.0.1"; use a range such as 10.0.0.0/16 [RangeInvalid]');
    expect(() => newCluster(newStack(), { version: '1.20' })).toThrow(
      /OKE has no Kubernetes 1\.20; .* \[VersionInvalid\]/,
    );
  });
});
