import { OciProvider } from '../../../.gen/providers/oci/provider';
import { TerraformElement, type TerraformStack } from '../../../constructs/cdktf';
import { Capacity } from '../../../constructs/oracle/capacity';
import { CLUSTER_ROLES } from '../../../constructs/oracle/cluster-access';
import type { Network } from '../../../constructs/oracle/network';
import { NodeTemplate } from '../../../constructs/oracle/node-template';
import { onlyResource, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';
import { COMPARTMENT, KEY_ID, machine, newCluster, newFabric, newKey, newNetwork, newStack, ZONE } from './scene';

/** Rules of the nodes or of the API server, as `direction protocol ports`. */
function rulesOf(json: TerraformJson, group: string): string[] {
  return Object.entries(resourcesOf(json, 'oci_core_network_security_group_security_rule'))
    .filter(([id]) => id.includes(group))
    .map(([, rule]) => {
      const [, port = '*'] = /"destination_port_range":\{"max":(\d+)/.exec(JSON.stringify(rule)) ?? [];
      return `${rule.direction} ${rule.protocol} ${port}`;
    })
    .sort();
}

/** A network that has a subnet for load balancers besides. */
function balancedNetwork(stack: TerraformStack): Network {
  return newNetwork(stack, {
    subnets: [
      { key: 'control-plane-gpu', role: 'control-plane', cidr: '10.192.32.0/28', owner: 'gpu' },
      { key: 'load-balancers-gpu', role: 'load-balancers', cidr: '10.192.33.0/26', owner: 'gpu' },
      { key: 'nodes-gpu', role: 'nodes', cidr: '10.192.0.0/19', owner: 'gpu' },
    ],
  });
}

describe('oracle Cluster', () => {
  test('has the OKE cluster as its default child', () => {
    expect(newCluster(newStack()).node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('is enhanced, private, and keeps pods on an overlay', () => {
    const stack = newStack();
    newCluster(stack);
    expect(onlyResource(synthStack(stack), 'oci_containerengine_cluster')).toMatchObject({
      lifecycle: { prevent_destroy: true },
      type: 'ENHANCED_CLUSTER',
      kubernetes_version: 'v1.35.2',
      cluster_pod_network_options: [{ cni_type: 'FLANNEL_OVERLAY' }],
      endpoint_config: { is_public_ip_enabled: false },
      options: {
        kubernetes_network_config: { pods_cidr: '100.64.0.0/10', services_cidr: '172.20.0.0/16' },
        open_id_connect_discovery: { is_open_id_connect_discovery_enabled: true },
      },
      timeouts: { create: '1h', update: '3h', delete: '1h' },
    });
  });

  test('encrypts secrets and disks with the given key', () => {
    const stack = newStack();
    newCluster(stack, { encryptionKey: newKey(stack) });
    const json = synthStack(stack);
    expect(onlyResource(json, 'oci_containerengine_cluster').kms_key_id).toBe(KEY_ID);
    expect(onlyResource(json, 'oci_containerengine_node_pool')).toMatchObject({
      node_config_details: { kms_key_id: KEY_ID },
    });
  });

  test('spreads system nodes over the zones of the network', () => {
    const stack = newStack();
    newCluster(stack, { network: newNetwork(stack, { zones: [ZONE, 'Uocm:PHX-AD-2'] }) });
    expect(onlyResource(synthStack(stack), 'oci_containerengine_node_pool')).toMatchObject({
      node_shape: 'VM.Standard.E5.Flex',
      node_shape_config: { ocpus: 8, memory_in_gbs: 64 },
      node_config_details: {
        size: 3,
        is_pv_encryption_in_transit_enabled: true,
        placement_configs: [{ availability_domain: ZONE }, { availability_domain: 'Uocm:PHX-AD-2' }],
      },
    });
  });

  test('lets through what OKE needs and nothing else', () => {
    const stack = newStack();
    newCluster(stack);
    const json = synthStack(stack);
    expect(rulesOf(json, 'control-plane-group')).toEqual([
      'EGRESS 1 *',
      'EGRESS 6 *',
      'EGRESS 6 *',
      'INGRESS 1 *',
      'INGRESS 6 10250',
      'INGRESS 6 12250',
      'INGRESS 6 6443',
    ]);
    expect(rulesOf(json, 'nodes-group').filter((rule) => rule.startsWith('INGRESS'))).toEqual([
      'INGRESS 1 *',
      'INGRESS all *',
      'INGRESS all *',
    ]);
    const open = Object.values(resourcesOf(json, 'oci_core_network_security_group_security_rule')).filter(
      ({ source }) => source === '0.0.0.0/0',
    );
    expect(open.map(({ protocol }) => protocol)).toEqual(['1', '1']);
  });

  test('keeps nodes from the internet in a network without egress', () => {
    const stack = newStack();
    newCluster(stack, { network: newNetwork(stack, { egress: 'none' }) });
    const rules = Object.values(resourcesOf(synthStack(stack), 'oci_core_network_security_group_security_rule'));
    expect(rules.filter(({ destination, protocol }) => destination === '0.0.0.0/0' && protocol !== '1')).toEqual([]);
  });

  test('lets nodes reach what is linked to them where they have no other way out', () => {
    const ways = (egress: 'nat' | 'none') => {
      const stack = newStack();
      newCluster(stack, { network: newNetwork(stack, { egress }), linkedCidrs: ['10.128.0.0/16'] });
      const rules = Object.values(resourcesOf(synthStack(stack), 'oci_core_network_security_group_security_rule'));
      return rules.filter(({ destination }) => destination === '10.128.0.0/16');
    };
    expect(ways('none')).toMatchObject([{ direction: 'EGRESS', protocol: 'all' }]);
    expect(ways('nat')).toEqual([]);
  });

  test('lets the platform reach the API server from given addresses', () => {
    const stack = newStack();
    newCluster(stack, { apiAccessCidrs: ['10.0.0.0/16'] });
    const rules = Object.values(resourcesOf(synthStack(stack), 'oci_core_network_security_group_security_rule'));
    expect(rules.filter(({ source }) => source === '10.0.0.0/16')).toMatchObject([
      { direction: 'INGRESS', tcp_options: { destination_port_range: { min: 6443, max: 6443 } } },
    ]);
  });

  test('has its load balancers in their own subnet, which one that exists already never gets', () => {
    const stack = newStack();
    newCluster(stack, { network: balancedNetwork(stack), subnetOwner: 'gpu' });
    const json = synthStack(stack);
    const subnet = expect.stringMatching(/^\$\{oci_core_subnet\.network_load-balancers-gpu_\w+\.id\}$/);
    expect(onlyResource(json, 'oci_containerengine_cluster')).toMatchObject({
      options: { service_lb_subnet_ids: [subnet] },
      // The provider would replace the cluster.
      lifecycle: { ignore_changes: ['options[0].service_lb_subnet_ids'], prevent_destroy: true },
    });
    expect(rulesOf(json, 'cluster_load-balancers-group_')).toEqual([
      'EGRESS 1 *',
      'EGRESS 17 32767',
      'EGRESS 6 10256',
      'EGRESS 6 32767',
      'INGRESS 1 *',
      'INGRESS 6 *',
    ]);
    const ofNodes = Object.entries(resourcesOf(json, 'oci_core_network_security_group_security_rule'))
      .filter(([id]) => id.startsWith('cluster_nodes-group_') && id.includes('balancers'))
      .map(([id, { direction, source, destination, protocol, tcp_options, udp_options }]) => {
        expect(source ?? destination).toMatch(/cluster_load-balancers-group_/);
        const ports =
          JSON.stringify(tcp_options ?? udp_options)
            ?.match(/\d+/g)
            ?.join('-') ?? '*';
        return `${id.replace(/^cluster_nodes-group_|_[0-9A-F]{8}$/g, '')} ${direction} ${protocol} ${ports}`;
      });
    expect(ofNodes.sort()).toEqual([
      'datagrams-from-balancers INGRESS 17 32767-30000',
      'health-from-balancers INGRESS 6 10256-10256',
      'node-ports-from-balancers INGRESS 6 32767-30000',
      'to-balancers EGRESS 6 *',
    ]);
  });

  test('has no group of load balancers where its network has no subnet for them', () => {
    const stack = newStack();
    expect(newCluster(stack).loadBalancersGroup).toBeUndefined();
    const json = synthStack(stack);
    expect(rulesOf(json, 'balancers')).toEqual([]);
    expect(onlyResource(json, 'oci_containerengine_cluster').options).not.toHaveProperty('service_lb_subnet_ids');
  });

  test('keeps logs of its control plane for as long as it is told, and none otherwise', () => {
    const logs = (logRetentionDays?: number) => {
      const stack = newStack();
      newCluster(stack, { logRetentionDays });
      return Object.values(resourcesOf(synthStack(stack), 'oci_logging_log'));
    };
    expect(logs()).toEqual([]);
    expect(logs(60)).toMatchObject([
      {
        display_name: 'atlas-gpu-all-service-logs',
        retention_duration: 60,
        configuration: {
          source: {
            service: 'oke-k8s-cp-prod',
            category: 'all-service-logs',
            resource: expect.stringMatching(/^\$\{oci_containerengine_cluster\.cluster_\w+\.id\}$/),
          },
        },
      },
    ]);
  });

  test('lets administrators and viewers in by policies of the home region, for this cluster only', () => {
    const stack = newStack();
    const homeProvider = new OciProvider(stack, 'home', { alias: 'home', region: 'us-ashburn-1' });
    newCluster(stack, { clusterAdmins: ['Default/trainers'], clusterViewers: ['research'], homeProvider });
    const policies = Object.entries(resourcesOf(synthStack(stack), 'oci_identity_policy'));
    const here = `in compartment id ${COMPARTMENT} where target.cluster.id = '`;
    const said = policies.map(([id, { name, provider, statements }]) => [
      id.replace(/_[0-9A-F]{8}$/, ''),
      name,
      provider,
      JSON.stringify(statements).replace(/\$\{[^}]*\}/, 'CLUSTER'),
    ]);
    expect(said).toEqual([
      [
        'cluster_admins',
        'atlas-gpu-admins',
        'oci.home',
        `["Allow group 'Default'/'trainers' to {CLUSTER_READ, CLUSTER_USE, CLUSTER_MANAGE} ${here}CLUSTER'"]`,
      ],
      [
        'cluster_viewers',
        'atlas-gpu-viewers',
        'oci.home',
        `["Allow group 'research' to {CLUSTER_READ, CLUSTER_USE} ${here}CLUSTER'"]`,
      ],
    ]);
  });

  test('lets nobody change or delete it', () => {
    for (const { permissions } of CLUSTER_ROLES.roles) {
      expect(permissions.filter((one) => /CREATE|DELETE|UPDATE/.test(one))).toEqual([]);
    }
  });

  test('has no policy where nobody is let in', () => {
    const stack = newStack();
    newCluster(stack, { clusterAdmins: [] });
    expect(resourcesOf(synthStack(stack), 'oci_identity_policy')).toEqual({});
  });

  test('installs AMD’s device plugin once, when system nodes are there to run it', () => {
    const stack = newStack();
    const network = newNetwork(stack);
    const cluster = newCluster(stack, { network });
    const fabric = newFabric(stack, 'BM.GPU.MI355X.8', network);
    const common = { machine: machine('BM.GPU.MI355X.8'), nodeCount: 4, zone: ZONE, image: 'i', fabric };
    const capacity = new Capacity(stack, 'capacity', { kind: 'on-demand' });
    for (const name of ['one', 'two']) cluster.addNodePool(name, { ...common, name, capacity });
    const addon = onlyResource(synthStack(stack), 'oci_containerengine_addon');
    expect(addon).toMatchObject({
      addon_name: 'AmdGpuPlugin',
      override_existing: true,
      lifecycle: { ignore_changes: ['version'] },
    });
    expect(addon.depends_on).toEqual([expect.stringContaining('oci_containerengine_node_pool.cluster_system')]);
  });

  test('leaves the version of an add-on to Oracle unless it is given one', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    cluster.addAddon('AmdGpuPlugin');
    cluster.addAddon('CertManager', { numOfReplicas: '2' }, 'v1.17.1');
    expect(Object.values(resourcesOf(synthStack(stack), 'oci_containerengine_addon'))).toMatchObject([
      { addon_name: 'AmdGpuPlugin', lifecycle: { ignore_changes: ['version'] } },
      { addon_name: 'CertManager', version: 'v1.17.1', configurations: [{ key: 'numOfReplicas', value: '2' }] },
    ]);
    const pinned = Object.values(resourcesOf(synthStack(stack), 'oci_containerengine_addon'))[1];
    expect(pinned).not.toHaveProperty('lifecycle');
  });

  test('may be destroyed when it is told so', () => {
    const stack = newStack();
    newCluster(stack, { deletionProtection: false });
    const { lifecycle } = onlyResource(synthStack(stack), 'oci_containerengine_cluster');
    expect(lifecycle).toEqual({ ignore_changes: ['options[0].service_lb_subnet_ids'] });
  });

  test('lies in another compartment than its network when it is told so, with its nodes and groups', () => {
    const stack = newStack();
    const compartmentId = 'ocid1.compartment.oc1..platform';
    newCluster(stack, { compartmentId, clusterAdmins: ['trainers'] });
    const json = synthStack(stack);
    for (const type of [
      'oci_containerengine_cluster',
      'oci_containerengine_node_pool',
      'oci_core_network_security_group',
      'oci_identity_policy',
    ]) {
      const places = Object.values(resourcesOf(json, type)).map(({ compartment_id }) => compartment_id);
      expect([type, new Set(places)]).toEqual([type, new Set([compartmentId])]);
    }
    expect(onlyResource(json, 'oci_core_vcn').compartment_id).toBe(COMPARTMENT);
  });

  test('asks for its certificate only when a node needs it', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    expect(synthStack(stack).data).toBeUndefined();
    new NodeTemplate(stack, 'template', {
      cluster,
      name: 'racks',
      machine: machine('BM.GPU.GB300.4'),
      zone: ZONE,
      image: 'i',
    });
    const json = synthStack(stack);
    expect(Object.keys(json.data ?? {})).toEqual(['oci_containerengine_cluster_kube_config']);
    expect(onlyResource(json, 'terraform_data')).toMatchObject({
      input: { value: expect.stringMatching(/^\$\{yamldecode\(data\..*\["certificate-authority-data"\]\}$/) },
      triggers_replace: { of: expect.stringMatching(/^\$\{oci_containerengine_cluster\.cluster_\w+\.id\}$/) },
      lifecycle: { ignore_changes: ['input'] },
    });
  });

  test('puts nodes into the first of its subnets that has room for them', () => {
    const stack = newStack();
    const network = newNetwork(stack, {
      subnets: [
        { key: 'control-plane-gpu', role: 'control-plane', cidr: '10.192.32.0/28', owner: 'gpu' },
        { key: 'nodes-gpu', role: 'nodes', cidr: '10.192.0.0/28', owner: 'gpu' },
        { key: 'nodes-gpu-2', role: 'nodes', cidr: '10.192.0.16/28', owner: 'gpu' },
        { key: 'nodes-other', role: 'nodes', cidr: '10.192.0.32/28', owner: 'other' },
      ],
    });
    const cluster = newCluster(stack, { network, subnetOwner: 'gpu' });
    const capacity = new Capacity(stack, 'capacity', { kind: 'on-demand' });
    const common = { machine: machine('VM.Standard.E5.Flex'), zone: ZONE, image: 'i', capacity };
    // A /28 takes 13; the system pool has 3 in the first.
    for (const [name, nodeCount] of [['larger', 12] as const, ['fits', 10] as const]) {
      cluster.addNodePool(name, { ...common, name, nodeCount });
    }
    const pools = Object.values(resourcesOf(synthStack(stack), 'oci_containerengine_node_pool'));
    const places = pools.map(({ name, node_config_details }) => [
      name,
      JSON.stringify(node_config_details).match(/oci_core_subnet\.network_(nodes-[a-z]+(?:-2)?)_/)?.[1],
    ]);
    expect(Object.fromEntries(places)).toEqual({
      'atlas-gpu-system': 'nodes-gpu',
      larger: 'nodes-gpu-2',
      fits: 'nodes-gpu',
    });
  });

  test('fails when nobody says which subnet of nodes is its own', () => {
    const stack = newStack();
    const network = newNetwork(stack, {
      subnets: [
        { key: 'control-plane', role: 'control-plane', cidr: '10.192.32.0/28' },
        { key: 'nodes-one', role: 'nodes', cidr: '10.192.0.0/24', owner: 'one' },
        { key: 'nodes-two', role: 'nodes', cidr: '10.192.1.0/24', owner: 'two' },
      ],
    });
    expect(() => newCluster(stack, { network })).toThrow('the network has 2 subnets with role "nodes", expected 1');
  });

  test('takes a release that the catalog does not name', () => {
    const stack = newStack();
    newCluster(stack, { version: '1.35.4' });
    expect(onlyResource(synthStack(stack), 'oci_containerengine_cluster').kubernetes_version).toBe('v1.35.4');
  });

  test.each([
    [{ podCidr: '192.168.0.0/16' }, 'podCidr 192.168.0.0/16 overlaps 192.168.0.0/16, which RDMA interfaces use'],
    [{ podCidr: '10.192.0.0/12' }, 'podCidr 10.192.0.0/12 overlaps 10.192.0.0/19, which nodes use'],
    [{ podCidr: '172.16.0.0/12' }, 'podCidr 172.16.0.0/12 overlaps 172.20.0.0/16, which services use'],
    [
      { serviceCidr: '192.168.4.0/24' },
      'serviceCidr 192.168.4.0/24 overlaps 192.168.0.0/16, which RDMA interfaces use',
    ],
    [
      { podCidr: '172.16.0.0/16', rdmaCidr: '172.16.0.0/16' },
      'podCidr 172.16.0.0/16 overlaps 172.16.0.0/16, which RDMA interfaces use',
    ],
    [{ serviceCidr: '10.192.8.0/24' }, 'serviceCidr 10.192.8.0/24 overlaps 10.192.0.0/19, which nodes use'],
  ])('fails when given %j', (props, message) => {
    expect(() => newCluster(newStack(), props)).toThrow(message);
  });

  test('takes pods where RDMA interfaces usually are when images put those elsewhere', () => {
    expect(() => newCluster(newStack(), { podCidr: '192.168.0.0/16', rdmaCidr: '172.16.0.0/16' })).not.toThrow();
  });

  test('fails when the pools have more nodes than the range of pods has blocks', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { podCidr: '10.244.0.0/16' });
    const common = { machine: machine('VM.Standard.E5.Flex'), zone: ZONE, image: 'i' };
    const capacity = new Capacity(stack, 'capacity', { kind: 'on-demand' });
    const add = (name: string, nodeCount: number) =>
      cluster.addNodePool(name, { ...common, name, nodeCount, capacity });
    // The system pool has 3.
    expect(() => add('fits', 509)).not.toThrow();
    expect(() => add('more', 1)).toThrow(
      'podCidr 10.244.0.0/16 holds the pods of 512 nodes, a /25 for each, and the pools have 513 nodes',
    );
  });

  test('fails when OKE does not have the version', () => {
    expect(() => newCluster(newStack(), { version: '1.20' })).toThrow(
      'OKE has no Kubernetes 1.20; it has 1.34, 1.35, 1.36',
    );
  });
});
