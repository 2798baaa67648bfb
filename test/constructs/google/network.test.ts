import { Fn } from '../../../constructs/cdktf';
import { Network, type NetworkProps } from '../../../constructs/google';
import { onlyResource, resourceCount, resourcesOf, synthStack } from '../../helpers/terraform';
import { importedNetwork, newStack, PROJECT, REGION, SUBNETS, ZONES } from './support';

function synthNetwork(props: Partial<NetworkProps> = {}) {
  const stack = newStack();
  const network = new Network(stack, 'network', {
    name: 'atlas-iowa',
    projectId: PROJECT.projectId,
    region: REGION,
    zones: ZONES,
    cidrs: ['10.160.0.0/16'],
    subnets: SUBNETS,
    ...props,
  });
  return { network, json: synthStack(stack) };
}

describe('Network', () => {
  test('has the VPC network as its default child', () => {
    const { network } = synthNetwork();
    expect(network.node.defaultChild).toMatchObject({ terraformResourceType: 'google_compute_network' });
  });

  test('makes no subnets by itself and takes the MTU that every machine accepts', () => {
    expect(onlyResource(synthNetwork().json, 'google_compute_network')).toMatchObject({
      name: 'atlas-iowa',
      project: 'test-train',
      auto_create_subnetworks: false,
      mtu: 8244,
    });
  });

  test('gives the node subnet of an owner the ranges of its pods and services', () => {
    expect(onlyResource(synthNetwork().json, 'google_compute_subnetwork')).toMatchObject({
      name: 'atlas-iowa-nodes-one',
      network: 'projects/test-train/global/networks/atlas-iowa',
      ip_cidr_range: '10.160.0.0/19',
      private_ip_google_access: true,
      secondary_ip_range: [
        { range_name: 'pods', ip_cidr_range: '100.64.0.0/14' },
        { range_name: 'services', ip_cidr_range: '172.20.0.0/20' },
      ],
    });
  });

  test('refuses and logs what nothing else lets in, after every other rule', () => {
    const rule = onlyResource(synthNetwork().json, 'google_compute_firewall');
    expect(rule).toEqual({
      name: 'atlas-iowa-deny-ingress',
      project: 'test-train',
      network: 'projects/test-train/global/networks/atlas-iowa',
      direction: 'INGRESS',
      priority: 65534,
      source_ranges: ['0.0.0.0/0'],
      deny: [{ protocol: 'all' }],
      log_config: { metadata: 'EXCLUDE_ALL_METADATA' },
      depends_on: [expect.stringMatching(/^google_compute_network\./)],
    });
    expect(resourcesOf(synthNetwork({ refusedIngress: 'unlogged' }).json, 'google_compute_firewall')).toEqual({});
    expect(synthNetwork({ refusedIngress: 'logged' }).json).toEqual(synthNetwork().json);
  });

  test('keeps flow logs sparse', () => {
    const { log_config } = onlyResource(synthNetwork().json, 'google_compute_subnetwork');
    expect(log_config).toMatchObject({ aggregation_interval: 'INTERVAL_10_MIN', flow_sampling: 0.01 });
  });

  test('reserves exactly the storage range for private services access', () => {
    const { json } = synthNetwork();
    expect(onlyResource(json, 'google_compute_global_address')).toMatchObject({
      purpose: 'VPC_PEERING',
      address: '10.160.32.0',
      prefix_length: 20,
    });
    expect(onlyResource(json, 'google_service_networking_connection')).toMatchObject({
      reserved_peering_ranges: ['atlas-iowa-services'],
      deletion_policy: 'ABANDON',
      update_on_creation_fail: true,
    });
  });

  test('translates addresses on the way out unless egress is none', () => {
    expect(onlyResource(synthNetwork().json, 'google_compute_router_nat')).toMatchObject({
      nat_ip_allocate_option: 'AUTO_ONLY',
      enable_dynamic_port_allocation: true,
      enable_endpoint_independent_mapping: false,
    });
    const { json } = synthNetwork({ egress: 'none' });
    expect(resourcesOf(json, 'google_compute_router')).toEqual({});
    expect(resourcesOf(json, 'google_compute_router_nat')).toEqual({});
  });

  test('sends what leaves through a firewall where it is given one', () => {
    const { json } = synthNetwork({ egress: { via: '10.1.0.4' } });
    expect(onlyResource(json, 'google_compute_route')).toMatchObject({
      name: 'atlas-iowa-egress',
      project: 'test-train',
      network: 'projects/test-train/global/networks/atlas-iowa',
      dest_range: '0.0.0.0/0',
      next_hop_ilb: '10.1.0.4',
      // The way out that every network has from the start has 1000.
      priority: 900,
    });
    expect(resourcesOf(json, 'google_compute_router_nat')).toEqual({});
    expect(resourcesOf(synthNetwork().json, 'google_compute_route')).toEqual({});
  });

  test('asks the DNS servers that it is given', () => {
    const { json } = synthNetwork({ dnsServers: ['10.1.0.10', '10.1.0.11'] });
    expect(onlyResource(json, 'google_dns_policy')).toMatchObject({
      name: 'atlas-iowa-dns',
      project: 'test-train',
      networks: [{ network_url: 'projects/test-train/global/networks/atlas-iowa' }],
      alternative_name_server_config: {
        target_name_servers: [{ ipv4_address: '10.1.0.10' }, { ipv4_address: '10.1.0.11' }],
      },
    });
    expect(resourcesOf(synthNetwork().json, 'google_dns_policy')).toEqual({});
  });

  test('lets GKE of another project into its subnets', () => {
    const { network } = synthNetwork();
    const nodes = network.subnetFor('nodes');
    const stack = newStack();
    const own = network.grants.join(stack, 'own', PROJECT, nodes);
    expect([own.dependables, resourceCount(synthStack(stack))]).toEqual([[], 0]);
    const other = network.grants.join(network, 'other', { projectId: 'other', projectNumber: '42' }, nodes);
    expect(other.dependables).toHaveLength(3);
  });

  test('refers to itself by literal names, so that nothing becomes unknown', () => {
    const { json } = synthNetwork();
    const text = JSON.stringify(Object.values(json.resource ?? {}).map((byId) => Object.values(byId)));
    expect(text).not.toContain('${');
  });

  test('adds only a subnet when another owner comes', () => {
    const before = synthNetwork().json;
    const after = synthNetwork({
      subnets: [
        ...SUBNETS,
        { key: 'nodes-two', role: 'nodes', cidr: '10.160.64.0/19', owner: 'two' },
        { key: 'pods-two', role: 'pods', cidr: '100.68.0.0/14', owner: 'two' },
        { key: 'services-two', role: 'services', cidr: '172.20.16.0/20', owner: 'two' },
      ],
    }).json;
    expect(resourceCount(after)).toBe(resourceCount(before) + 1);
    expect(after.resource).toMatchObject(before.resource ?? {});
  });

  test('is known in another stack by its name', () => {
    const stack = newStack();
    const network = importedNetwork(stack);
    const [nodes] = network.subnetsFor('nodes', { owner: 'one' });
    expect(network.networkId).toBe('projects/test-train/global/networks/atlas-iowa');
    expect(nodes && network.subnetName(nodes)).toBe('atlas-iowa-nodes-one');
    expect(network.dependables).toEqual([]);
    expect(resourceCount(synthStack(stack))).toBe(0);
  });

  test('fails when the range of private services is too small for a file system', () => {
    const subnets = [{ key: 'storage', role: 'storage', cidr: '10.160.32.0/24' } as const];
    expect(() => synthNetwork({ subnets })).toThrow(/"storage".*10\.160\.32\.0\/24.*needs \/22/);
  });

  test('offers every range of private services to the one connection', () => {
    const more = { key: 'storage-2', role: 'storage', cidr: '10.160.48.0/20', ordinal: 2 } as const;
    const { json } = synthNetwork({ subnets: [...SUBNETS, more] });
    const connection = onlyResource(json, 'google_service_networking_connection');
    expect(connection.reserved_peering_ranges).toEqual(['atlas-iowa-services', 'atlas-iowa-services-2']);
    const ranges = Object.values(resourcesOf(json, 'google_compute_global_address'));
    expect(ranges.map(({ address, prefix_length }) => `${address}/${prefix_length}`).sort()).toEqual([
      '10.160.32.0/20',
      '10.160.48.0/20',
    ]);
  });

  test('fails when two ranges of private services have one number', () => {
    const more = { key: 'storage-2', role: 'storage', cidr: '10.160.48.0/20' } as const;
    expect(() => synthNetwork({ subnets: [...SUBNETS, more] })).toThrow(/two ranges of role "storage" with ordinal 1/);
  });

  test('is protected against destroy, by Terraform and in the state', () => {
    expect(onlyResource(synthNetwork().json, 'google_compute_network')).toMatchObject({
      deletion_policy: 'PREVENT',
      lifecycle: { prevent_destroy: true },
    });
  });

  test('is not protected where it need not be', () => {
    const network = onlyResource(synthNetwork({ deletionProtection: false }).json, 'google_compute_network');
    expect(network).toMatchObject({ deletion_policy: 'DELETE' });
    expect(network).not.toHaveProperty('lifecycle');
  });

  test('takes ranges that are known after apply only', () => {
    const range = Fn.trimspace('range');
    const subnets = [{ key: 'storage', role: 'storage', cidr: range } as const];
    expect(onlyResource(synthNetwork({ subnets }).json, 'google_compute_global_address')).toMatchObject({
      address: expect.stringContaining('element(split("/", trimspace("range")), 0)'),
      prefix_length: expect.stringContaining('element(split("/", trimspace("range")), 1)'),
    });
  });

  test('fails when a range lies outside the blocks of the network', () => {
    expect(() => synthNetwork({ cidrs: ['10.161.0.0/16'] })).toThrow(
      /"nodes-one" is 10\.160\.0\.0\/19.*10\.161\.0\.0\/16/,
    );
  });
});
