import { EncryptionKey, FileSystem, Network, ObjectStore } from '../../../constructs/google';
import { lustreTier } from '../../../estate/catalog';
import { attributesOf, loadProvider } from '../../../provider/schema';
import { resourcesOf, synthStack } from '../../helpers/terraform';
import {
  importedNetwork,
  machine,
  newCapacity,
  newCluster,
  newFabric,
  newStack,
  PROJECT,
  REGION,
  SUBNETS,
  ZONE,
  ZONES,
} from './support';

/** A stack with everything that is protected. */
function protectedStack() {
  const stack = newStack();
  const create = { name: 'atlas-h200', zone: ZONE, machine: machine('a4-highgpu-8g'), nodeCount: 4 };
  const capacity = newCapacity(stack, { kind: 'reservation', create });
  newCluster(stack).addNodePool('train', {
    name: 'train',
    machine: machine('a4-highgpu-8g'),
    nodeCount: 4,
    zone: ZONE,
    fabric: newFabric(stack, 'a4-highgpu-8g'),
    capacity,
  });
  const site = { name: 'atlas-iowa', ...PROJECT, region: REGION, zones: ZONES, cidrs: ['10.160.0.0/16'] };
  new Network(stack, 'site', { ...site, subnets: SUBNETS });
  const encryptionKey = new EncryptionKey(stack, 'storage-key', { name: 'atlas-iowa', ...PROJECT, region: REGION });
  new ObjectStore(stack, 'data', { name: 'atlas-data', ...PROJECT, region: REGION, encryptionKey, retainDays: 30 });
  const size = { tier: lustreTier('google', 1000), capacityGiB: 9000 };
  new FileSystem(stack, 'scratch', {
    name: 'atlas-scratch',
    network: importedNetwork(stack, 'other'),
    zone: ZONE,
    ...size,
  });
  return { stack, json: synthStack(stack) };
}

/** A stack in which nothing is to be kept. */
function unprotectedStack() {
  const stack = newStack();
  const key = { ...PROJECT, region: REGION, removalPolicy: 'destroy' } as const;
  const encryptionKey = new EncryptionKey(stack, 'gone-key', { name: 'gone', ...key });
  newCluster(stack, { deletionProtection: false, encryptionKey }).addNodePool('train', {
    name: 'train',
    machine: machine('a4-highgpu-8g'),
    nodeCount: 4,
    zone: ZONE,
    fabric: newFabric(stack, 'a4-highgpu-8g'),
    capacity: newCapacity(stack),
    deletionProtection: false,
  });
  const store = { name: 'gone', ...key, encryptionKey, retainDays: 0 };
  new ObjectStore(stack, 'data', store);
  new FileSystem(stack, 'scratch', {
    name: 'gone',
    network: importedNetwork(stack, 'other'),
    zone: ZONE,
    tier: lustreTier('google', 1000),
    capacityGiB: 9000,
    removalPolicy: 'destroy',
  });
  return synthStack(stack).resource;
}

describe('protection', () => {
  const { json } = protectedStack();
  const all = Object.entries(json.resource ?? {}).flatMap(([type, byId]) =>
    Object.values(byId).map((resource) => ({ type, resource })),
  );
  const guarded = all.filter(({ resource }) => Object(resource).lifecycle?.prevent_destroy === true);

  test('covers networks, reservations, clusters, their reserved pools, keys, file systems and buckets', () => {
    expect(
      guarded.map(({ type, resource }) => `${type} ${Object(resource).name ?? Object(resource).instance_id}`).sort(),
    ).toEqual([
      'google_compute_network atlas-iowa',
      'google_compute_network atlas-one-us-central1-a-rdma',
      'google_compute_reservation atlas-h200',
      'google_container_cluster atlas-one',
      'google_container_node_pool train',
      'google_kms_crypto_key atlas-iowa',
      'google_kms_crypto_key atlas-one',
      'google_kms_key_ring atlas-iowa',
      'google_kms_key_ring atlas-one',
      'google_lustre_instance atlas-scratch',
      expect.stringMatching(/^google_storage_bucket atlas-data-[0-9a-f]{8}$/),
    ]);
  });

  test('is in the state too, of every type whose provider has it', () => {
    const { resource_schemas: resources } = loadProvider('google');
    for (const { type, resource } of guarded) {
      const offered = attributesOf(resources[type]?.block ?? {}).deletion_policy !== undefined;
      expect([type, Object(resource).deletion_policy]).toEqual([type, offered ? 'PREVENT' : undefined]);
    }
    expect(attributesOf(resources.google_kms_key_ring?.block ?? {}).deletion_policy).toBeUndefined();
  });

  test('is said of nothing where nothing is to be kept', () => {
    const text = JSON.stringify(unprotectedStack());
    expect(text).not.toContain('PREVENT');
    expect(text).not.toContain('prevent_destroy');
    expect(text.match(/"deletion_policy":"DELETE"/g)).toHaveLength(7);
    expect(text).toContain('"deletion_protection":false');
  });

  test('is said of nothing else', () => {
    for (const { type, resource } of all) {
      if (guarded.some((one) => one.resource === resource)) continue;
      expect([type, Object(resource).deletion_policy]).not.toEqual([type, 'PREVENT']);
    }
    expect(resourcesOf(json, 'google_compute_subnetwork')).not.toEqual({});
  });
});
