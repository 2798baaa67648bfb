import { Fabric } from '../../../constructs/google';
import { googleFabricRanges } from '../../../estate/catalog/google';
import { onlyResource, resourceCount, resourcesOf, synthStack } from '../../helpers/terraform';
import { importedNetwork, machine, newFabric, newStack, SUBNETS, ZONE } from './support';

function synthFabric(type: string) {
  const stack = newStack();
  const fabric = newFabric(stack, type);
  return { fabric, json: synthStack(stack) };
}

function named(resources: Record<string, Record<string, unknown>>, name: string) {
  return Object.values(resources).find((resource) => resource.name === name);
}

describe('Fabric', () => {
  test('has the RDMA network as its default child', () => {
    const { fabric } = synthFabric('a4x-highgpu-4g');
    expect(fabric.node.defaultChild).toMatchObject({ terraformResourceType: 'google_compute_network' });
  });

  test.each([
    ['a3-ultragpu-8g', 8, 20],
    ['a4-highgpu-8g', 8, 20],
    ['a4x-highgpu-4g', 4, 19],
  ])('gives %s an RDMA network with %i subnets of /%i', (type, rails, prefix) => {
    const { json, fabric } = synthFabric(type);
    const networks = resourcesOf(json, 'google_compute_network');
    expect(named(networks, 'atlas-one-us-central1-a-rdma')).toMatchObject({
      network_profile: 'projects/test-train/global/networkProfiles/us-central1-a-vpc-roce',
      mtu: 8896,
      auto_create_subnetworks: false,
      deletion_policy: 'DELETE',
    });
    const subnets = Object.values(resourcesOf(json, 'google_compute_subnetwork'));
    const ranges = subnets.map((subnet) => String(subnet.ip_cidr_range)).filter((range) => range !== '192.168.0.0/17');
    expect(ranges).toHaveLength(rails);
    expect(ranges.every((range) => range.endsWith(`/${prefix}`))).toBe(true);
    expect(ranges).toContain(`192.168.128.0/${prefix}`);
    expect(fabric.nodeInterfaces).toHaveLength(1 + rails);
  });

  test('takes its networks from the ranges that it is given', () => {
    const stack = newStack();
    new Fabric(stack, 'fabric', {
      name: 'atlas-one',
      network: importedNetwork(stack),
      zone: ZONE,
      machine: machine('a4x-highgpu-4g'),
      ranges: googleFabricRanges('172.28.0.0/16'),
    });
    const subnets = Object.values(resourcesOf(synthStack(stack), 'google_compute_subnetwork'));
    expect(subnets.map((subnet) => subnet.ip_cidr_range)).toEqual([
      '172.28.0.0/17',
      '172.28.128.0/19',
      '172.28.160.0/19',
      '172.28.192.0/19',
      '172.28.224.0/19',
    ]);
  });

  test('protects its RDMA network for nodes that cannot be had again, and no other network', () => {
    const stack = newStack();
    newFabric(stack, 'a4x-highgpu-4g').retain();
    const networks = resourcesOf(synthStack(stack), 'google_compute_network');
    expect(named(networks, 'atlas-one-us-central1-a-rdma')).toMatchObject({
      deletion_policy: 'PREVENT',
      lifecycle: { prevent_destroy: true },
    });
    expect(named(networks, 'atlas-one-us-central1-a-net-1')).not.toHaveProperty('deletion_policy');
  });

  test('leaves the protection of a fabric of another stack to that stack, and has none without RDMA', () => {
    const stack = newStack();
    const { nodeInterfaces } = synthFabric('a4-highgpu-8g').fabric;
    const attributes = { zone: ZONE, machine: machine('a4-highgpu-8g'), nodeInterfaces };
    Fabric.fromFabricAttributes(stack, 'other', attributes).retain();
    expect(resourceCount(synthStack(stack))).toBe(0);
    const plain = newStack();
    newFabric(plain, 'a3-megagpu-8g').retain();
    expect(JSON.stringify(synthStack(plain))).not.toContain('PREVENT');
  });

  test('lists the gVNIC network first and then the rails in their order', () => {
    const { fabric } = synthFabric('a4x-highgpu-4g');
    expect(fabric.nodeInterfaces.map(({ subnetwork }) => subnetwork)).toEqual([
      'atlas-one-us-central1-a-net-1',
      ...[0, 1, 2, 3].map((rail) => `atlas-one-us-central1-a-rdma-${rail}`),
    ]);
  });

  test('makes no subnet in a metal RDMA network and names the one that Google makes', () => {
    const { json, fabric } = synthFabric('a4x-maxgpu-4g-metal');
    const rdma = named(resourcesOf(json, 'google_compute_network'), 'atlas-one-us-central1-a-rdma');
    expect(rdma).toMatchObject({
      network_profile: 'projects/test-train/global/networkProfiles/us-central1-a-vpc-roce-metal',
    });
    expect(onlyResource(json, 'google_compute_subnetwork')).toMatchObject({ name: 'atlas-one-us-central1-a-net-1' });
    expect(fabric.nodeInterfaces.slice(1)).toEqual(
      Array(8).fill({
        network: 'atlas-one-us-central1-a-rdma',
        subnetwork: 'default-subnet-1-atlas-one-us-central1-a-rdma',
      }),
    );
  });

  test('keeps the name of a metal network short enough for the subnet that Google names after it', () => {
    const stack = newStack();
    const fabric = new Fabric(stack, 'fabric', {
      name: 'a-very-long-estate-and-a-very-long-cluster-us-central1-a',
      network: importedNetwork(stack),
      zone: ZONE,
      machine: machine('a4x-maxgpu-4g-metal'),
    });
    const longest = Math.max(...fabric.nodeInterfaces.map(({ subnetwork }) => subnetwork.length));
    expect(longest).toBeLessThanOrEqual(63);
  });

  test.each([
    ['a3-highgpu-8g', 4, 19],
    ['a3-megagpu-8g', 8, 20],
  ])('gives %s %i gVNIC networks with subnets of /%i and no RDMA network', (type, count, prefix) => {
    const { json, fabric } = synthFabric(type);
    const networks = Object.values(resourcesOf(json, 'google_compute_network'));
    expect(networks).toHaveLength(count);
    expect(networks.every((network) => network.mtu === 8244 && network.network_profile === undefined)).toBe(true);
    const ranges = Object.values(resourcesOf(json, 'google_compute_subnetwork')).map((subnet) => subnet.ip_cidr_range);
    expect(new Set(ranges).size).toBe(count);
    expect(ranges).toContain(`192.168.0.0/${prefix}`);
    expect(fabric.nodeInterfaces).toHaveLength(count);
  });

  test('puts firewall rules on gVNIC networks only, open to their own range', () => {
    const rule = onlyResource(synthFabric('a4-highgpu-8g').json, 'google_compute_firewall');
    expect(rule).toMatchObject({
      network: 'projects/test-train/global/networks/atlas-one-us-central1-a-net-1',
      source_ranges: ['192.168.0.0/17'],
    });
  });

  test('may exist already, and has all interfaces of its machine then', () => {
    const stack = newStack();
    const host = 'projects/host/global/networks';
    const nodeInterfaces = [0, 1, 2, 3, 4].map((index) => ({
      network: `${host}/data-${index}`,
      subnetwork: `projects/host/regions/us-central1/subnetworks/data-${index}`,
    }));
    const attributes = { zone: ZONE, machine: machine('a4x-highgpu-4g'), nodeInterfaces };
    const imported = Fabric.fromFabricAttributes(stack, 'imported', attributes);
    expect(imported.nodeInterfaces).toEqual(nodeInterfaces);
    expect(imported.layout.name).toBe('roce-4');
    expect(imported.dependables).toEqual([]);
    expect(resourceCount(synthStack(stack))).toBe(0);
    expect(() =>
      Fabric.fromFabricAttributes(stack, 'few', { ...attributes, nodeInterfaces: nodeInterfaces.slice(1) }),
    ).toThrow(/^test\/few: fabric has 4 interfaces, machine "a4x-highgpu-4g" joins 5: .* \[FabricMismatch\]$/);
  });

  test('is made in the project of the cluster, which need not be that of its network', () => {
    const stack = newStack();
    new Fabric(stack, 'fabric', {
      name: 'atlas-one',
      network: importedNetwork(stack),
      projectId: 'test-clusters',
      zone: ZONE,
      machine: machine('a4x-highgpu-4g'),
    });
    const json = synthStack(stack);
    for (const type of ['google_compute_network', 'google_compute_subnetwork', 'google_compute_firewall']) {
      const projects = Object.values(resourcesOf(json, type)).map(({ project }) => project);
      expect([type, new Set(projects)]).toEqual([type, new Set(['test-clusters'])]);
    }
    expect(JSON.stringify(json)).not.toContain('test-train/');
  });

  test('has its first network as its default child where there is no RDMA network', () => {
    const { fabric } = synthFabric('a3-megagpu-8g');
    expect(fabric.node.defaultChild).toMatchObject({ terraformResourceType: 'google_compute_network' });
  });

  test.each(['192.168.0.0/19', '192.168.192.0/20', '192.160.0.0/12'])('fails when nodes are in %s', (cidr) => {
    const stack = newStack();
    const nodes = { key: 'nodes-near', role: 'nodes', cidr, owner: 'near' } as const;
    const network = importedNetwork(stack, 'near', [...SUBNETS, nodes]);
    const props = { name: 'near', network, zone: ZONE, machine: machine('a4-highgpu-8g') };
    expect(() => new Fabric(stack, 'fabric', props)).toThrow(/"nodes-near".*overlaps 192\.168\..*choose another/);
  });

  test('fails when the machine joins no data network', () => {
    expect(() => newFabric(newStack(), 'tpu7x-standard-4t')).toThrow(/"tpu7x-standard-4t".*no fabric.*FabricMismatch/);
  });

  test('fails when its zone is of another region, or its name is no start of one', () => {
    expect(() => newFabric(newStack(), 'a4-highgpu-8g', 'europe-west4-a')).toThrow(
      /not in us-central1.*\[ZoneUnknown\]/,
    );
    const stack = newStack();
    const props = { network: importedNetwork(stack), zone: ZONE, machine: machine('a4-highgpu-8g') };
    expect(() => new Fabric(stack, 'fabric', { ...props, name: '4-data' })).toThrow(/"4-data".*\[NameInvalid\]/);
  });
});
