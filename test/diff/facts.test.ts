import { NUMBERS, PLAN_TIME_RULES } from '../../diff/facts';
import { diffOne, diffResources, diffTemplate } from './documents';

describe('facts about changes', () => {
  test('cite where they come from and when that was read', () => {
    for (const { source, checked, type } of [...PLAN_TIME_RULES, ...NUMBERS]) {
      expect([type, source]).toEqual([
        type,
        expect.stringMatching(/^https:\/\/|^terraform-provider-\w+ v[\d.]+ \S+\.go/),
      ]);
      expect([type, checked]).toEqual([type, expect.stringMatching(/^20\d\d-\d\d$/)]);
    }
  });

  test('say who refuses, why and what works, and only where something is refused', () => {
    for (const { effect, refusal, type } of PLAN_TIME_RULES) {
      expect([type, refusal !== undefined]).toEqual([type, effect === 'refuse']);
    }
  });
});

const GKE = { name: 'c', location: 'l' };
const VERSION = 'min_master_version';
const LUSTRE = { instance_id: 'l', location: 'l', filesystem: 'fs', network: 'n', per_unit_storage_throughput: '1000' };
const PAST = { name: 'p', cluster: 'c' };
const NODES = { name: 'p', kubernetes_cluster_id: '/c', vm_size: 'x' };
const OKE = { compartment_id: 'c', name: 'n', vcn_id: 'v' };
const AKS = { name: 'c', location: 'l', resource_group_name: 'g', default_node_pool: [{ name: 's', vm_size: 'x' }] };
const slice = (topology: string | undefined) => ({
  ...PAST,
  placement_policy: [{ type: 'COMPACT', ...(topology !== undefined && { tpu_topology: topology }) }],
});
const SUBNET = { name: 's', resource_group_name: 'g', virtual_network_name: 'n' };
const NET = { name: 'n', location: 'l', resource_group_name: 'g' };
const GATEWAY = { name: 'n', resource_group_name: 'g', location: 'l', type: 'ExpressRoute' };
const EFA = { FileSystemType: 'LUSTRE' };
const tier = (throughput: number, efa: boolean) => ({
  ...EFA,
  LustreConfiguration: { DeploymentType: 'PERSISTENT_2', PerUnitStorageThroughput: throughput, EfaEnabled: efa },
});

describe('what is refused', () => {
  test.each<[string, string, object, object, string | undefined]>([
    ['EKS goes up by one version', 'AWS::EKS::Cluster', { Version: '1.34' }, { Version: '1.35' }, undefined],
    ['EKS goes up by two versions', 'AWS::EKS::Cluster', { Version: '1.34' }, { Version: '1.36' }, 'EKS'],
    ['EKS goes back', 'AWS::EKS::Cluster', { Version: '1.34' }, { Version: '1.33' }, 'EKS'],
    ['EKS gets a version', 'AWS::EKS::Cluster', {}, { Version: '1.33' }, undefined],
    [
      'AKS goes up',
      'azurerm_kubernetes_cluster',
      { ...AKS, kubernetes_version: '1.35' },
      { ...AKS, kubernetes_version: '1.36' },
      undefined,
    ],
    [
      'AKS skips one',
      'azurerm_kubernetes_cluster',
      { ...AKS, kubernetes_version: '1.35' },
      { ...AKS, kubernetes_version: '1.37' },
      'AKS',
    ],
    [
      'AKS goes back',
      'azurerm_kubernetes_cluster',
      { ...AKS, kubernetes_version: '1.36' },
      { ...AKS, kubernetes_version: '1.35' },
      'AKS',
    ],
    [
      'a pool of AKS catches up by two',
      'azurerm_kubernetes_cluster_node_pool',
      { ...NODES, orchestrator_version: '1.35' },
      { ...NODES, orchestrator_version: '1.37' },
      undefined,
    ],
    [
      'a pool of AKS goes back',
      'azurerm_kubernetes_cluster_node_pool',
      { ...NODES, orchestrator_version: '1.36' },
      { ...NODES, orchestrator_version: '1.35' },
      'AKS',
    ],
    [
      'GKE goes up',
      'google_container_cluster',
      { ...GKE, [VERSION]: '1.34' },
      { ...GKE, [VERSION]: '1.35' },
      undefined,
    ],
    [
      'GKE goes up in full spelling',
      'google_container_cluster',
      { ...GKE, [VERSION]: '1.34.1-gke.1' },
      { ...GKE, [VERSION]: '1.36.2-gke.9' },
      'GKE',
    ],
    ['GKE goes back', 'google_container_cluster', { ...GKE, [VERSION]: '1.35' }, { ...GKE, [VERSION]: '1.34' }, 'GKE'],
    [
      'OKE goes up',
      'oci_containerengine_cluster',
      { ...OKE, kubernetes_version: 'v1.34.1' },
      { ...OKE, kubernetes_version: 'v1.35.2' },
      undefined,
    ],
    [
      'OKE skips one',
      'oci_containerengine_cluster',
      { ...OKE, kubernetes_version: 'v1.34.1' },
      { ...OKE, kubernetes_version: 'v1.36.0' },
      'OKE',
    ],
    [
      'OKE goes back',
      'oci_containerengine_cluster',
      { ...OKE, kubernetes_version: 'v1.35.2' },
      { ...OKE, kubernetes_version: 'v1.34.1' },
      'OKE',
    ],
    [
      'FSx grows',
      'AWS::FSx::FileSystem',
      { ...EFA, StorageCapacity: 9600 },
      { ...EFA, StorageCapacity: 19200 },
      undefined,
    ],
    [
      'FSx shrinks',
      'AWS::FSx::FileSystem',
      { ...EFA, StorageCapacity: 19200 },
      { ...EFA, StorageCapacity: 9600 },
      'FSx',
    ],
    ['FSx with EFA gets another tier', 'AWS::FSx::FileSystem', tier(500, true), tier(1000, true), 'FSx'],
    ['FSx without EFA gets another tier', 'AWS::FSx::FileSystem', tier(500, false), tier(1000, false), undefined],
    [
      'Lustre of Google grows to the threshold',
      'google_lustre_instance',
      { ...LUSTRE, capacity_gib: '18000' },
      { ...LUSTRE, capacity_gib: '1530000' },
      undefined,
    ],
    [
      'Lustre of Google grows over it',
      'google_lustre_instance',
      { ...LUSTRE, capacity_gib: '18000' },
      { ...LUSTRE, capacity_gib: '1584000' },
      'Managed Lustre',
    ],
    [
      'Lustre of Google grows beyond it',
      'google_lustre_instance',
      { ...LUSTRE, capacity_gib: '1584000' },
      { ...LUSTRE, capacity_gib: '1656000' },
      undefined,
    ],
    [
      'Lustre of Google shrinks',
      'google_lustre_instance',
      { ...LUSTRE, capacity_gib: '18000' },
      { ...LUSTRE, capacity_gib: '9000' },
      'Managed Lustre',
    ],
    ['a slice gets another topology', 'google_container_node_pool', slice('4x4'), slice('4x8'), 'google'],
    [
      'a slice keeps its topology',
      'google_container_node_pool',
      slice('4x4'),
      { ...slice('4x4'), node_count: 4 },
      undefined,
    ],
    [
      'a subnet of Azure gets a further range',
      'azurerm_subnet',
      { ...SUBNET, address_prefixes: ['10.0.0.0/24'] },
      { ...SUBNET, address_prefixes: ['10.0.0.0/24', '10.0.2.0/24'] },
      undefined,
    ],
    [
      'a subnet of Azure grows in place',
      'azurerm_subnet',
      { ...SUBNET, address_prefixes: ['10.0.0.0/24'] },
      { ...SUBNET, address_prefixes: ['10.0.0.0/23'] },
      'Azure',
    ],
    [
      'a network of Azure gets a further range',
      'azurerm_virtual_network',
      { ...NET, address_space: ['10.0.0.0/16'] },
      { ...NET, address_space: ['10.0.0.0/16', '10.1.0.0/16'] },
      undefined,
    ],
    [
      'a network of Azure gets a wider range',
      'azurerm_virtual_network',
      { ...NET, address_space: ['10.0.0.0/16'] },
      { ...NET, address_space: ['10.0.0.0/15'] },
      undefined,
    ],
    [
      'a network of Azure loses a range',
      'azurerm_virtual_network',
      { ...NET, address_space: ['10.0.0.0/16', '10.1.0.0/16'] },
      { ...NET, address_space: ['10.1.0.0/16'] },
      'Azure',
    ],
    [
      'a gateway of Azure for circuits gets smaller',
      'azurerm_virtual_network_gateway',
      { ...GATEWAY, sku: 'ErGw3AZ' },
      { ...GATEWAY, sku: 'ErGw2AZ' },
      'Azure',
    ],
    [
      'a gateway of Azure for tunnels gets smaller',
      'azurerm_virtual_network_gateway',
      { ...GATEWAY, type: 'Vpn', sku: 'VpnGw4AZ' },
      { ...GATEWAY, type: 'Vpn', sku: 'VpnGw3AZ' },
      undefined,
    ],
    [
      'a subnet of Oracle grows from its start',
      'oci_core_subnet',
      { compartment_id: 'c', vcn_id: 'v', cidr_block: '10.0.0.0/24' },
      { compartment_id: 'c', vcn_id: 'v', cidr_block: '10.0.0.0/23' },
      undefined,
    ],
    [
      'a subnet of Oracle grows to another start',
      'oci_core_subnet',
      { compartment_id: 'c', vcn_id: 'v', cidr_block: '10.0.1.0/24' },
      { compartment_id: 'c', vcn_id: 'v', cidr_block: '10.0.0.0/23' },
      'Oracle Cloud',
    ],
    [
      'a subnet of Oracle shrinks',
      'oci_core_subnet',
      { compartment_id: 'c', vcn_id: 'v', cidr_block: '10.0.0.0/23' },
      { compartment_id: 'c', vcn_id: 'v', cidr_block: '10.0.0.0/24' },
      'Oracle Cloud',
    ],
    [
      'a network of Oracle gets a further range',
      'oci_core_vcn',
      { compartment_id: 'c', cidr_blocks: ['10.0.0.0/16'] },
      { compartment_id: 'c', cidr_blocks: ['10.0.0.0/16', '10.1.0.0/16'] },
      undefined,
    ],
    [
      'a network of Oracle loses a range',
      'oci_core_vcn',
      { compartment_id: 'c', cidr_blocks: ['10.0.0.0/16'] },
      { compartment_id: 'c', cidr_blocks: ['10.1.0.0/16'] },
      'Oracle Cloud',
    ],
    [
      'Lustre of Oracle grows',
      'oci_lustre_file_storage_lustre_file_system',
      { capacity_in_gbs: 31200 },
      { capacity_in_gbs: 41600 },
      undefined,
    ],
    [
      'Lustre of Oracle shrinks',
      'oci_lustre_file_storage_lustre_file_system',
      { capacity_in_gbs: 41600 },
      { capacity_in_gbs: 31200 },
      'File Storage with Lustre',
    ],
  ])('%s', (_, type, before, after, who) => {
    const change = diffOne(type, before, after);
    expect(change?.refused.map((refusal) => refusal.who)).toEqual(who === undefined ? [] : [who]);
  });

  test('names every minor version in between', () => {
    const change = diffOne('AWS::EKS::Cluster', { Version: '1.33' }, { Version: '1.36' });
    expect(change?.refused[0]?.way).toBe(
      'set kubernetes to "1.34", then to "1.35", apply with its pools each time, then to "1.36"',
    );
  });

  test('tells up to where an instance can grow', () => {
    const change = diffOne(
      'google_lustre_instance',
      { ...LUSTRE, capacity_gib: '18000' },
      { ...LUSTRE, capacity_gib: '1584000' },
    );
    expect(change?.refused[0]?.why).toBe('an instance that was made with small steps grows to 1,530,000 GiB at most');
    expect(change?.refused[0]?.way).toMatch(/^set capacityGiB to 1530000 or less, or /);
  });

  test('stands in the way of a replacement only where something is in use', () => {
    const subnet = { name: 's', network: 'n', region: 'r', ip_cidr_range: '10.0.0.0/20' };
    const [moved] = diffResources(
      { google_compute_subnetwork: { s: subnet } },
      { google_compute_subnetwork: { s: { ...subnet, ip_cidr_range: '10.1.0.0/20' } } },
    );
    expect([moved?.action, moved?.refused.map(({ who }) => who)]).toEqual(['replaced', ['Compute Engine']]);
    const ranges = (pods: string) => ({
      ...subnet,
      secondary_ip_range: [{ range_name: 'pods', ip_cidr_range: pods }],
    });
    const refusals = (before: object, after: object) =>
      diffResources({ google_compute_subnetwork: { s: before } }, { google_compute_subnetwork: { s: after } }).flatMap(
        ({ refused }) => refused.map(({ who }) => who),
      );
    expect(refusals(ranges('100.64.0.0/14'), ranges('100.68.0.0/14'))).toEqual(['GKE']);
    expect(refusals(subnet, ranges('100.64.0.0/14'))).toEqual([]);
    const [other] = diffResources(
      { oci_containerengine_cluster: { c: { ...OKE, kubernetes_version: 'v1.35.2' } } },
      { oci_containerengine_cluster: { c: { ...OKE, kubernetes_version: 'v1.34.1', vcn_id: 'w' } } },
    );
    expect([other?.action, other?.refused]).toEqual(['replaced', []]);
  });
});

describe('the way back of EKS', () => {
  const cluster = (version: string) => ({ C: { Type: 'AWS::EKS::Cluster', Properties: { Version: version } } });
  const ways = (from: string, to: string) =>
    diffTemplate(cluster(from), cluster(to)).flatMap(({ refused }) => refused.map(({ why, way }) => [why, way]));

  test('is a rollback of the last upgrade, and a cluster beside it where that is over', () => {
    expect(ways('1.36', '1.35')).toEqual([
      [
        'no deployment takes a control plane back',
        'within seven days of its upgrade, roll back its node groups, then the cluster, both with "aws eks", and only then make this edit; later, make a cluster of the older version beside it and move the work',
      ],
    ]);
    expect(ways('1.36', '1.34')).toEqual([
      [
        'no deployment takes a control plane back',
        'keep kubernetes as it is, and make a cluster of the older version beside it and move the work',
      ],
    ]);
  });
});

describe('groups of EKS that are behind', () => {
  const cluster = (version: string) => ({ Type: 'AWS::EKS::Cluster', Properties: { Version: version } });
  const group = (version: string | undefined, of = 'C') => ({
    Type: 'AWS::EKS::Nodegroup',
    Properties: { ClusterName: { Ref: of }, ...(version !== undefined && { Version: version }) },
  });
  const refusedBy = (groups: object) => {
    const changes = diffTemplate({ C: cluster('1.35'), ...groups }, { C: cluster('1.36'), ...groups });
    const refusals = changes.find(({ address }) => address === 'C')?.refused;
    return refusals?.map(({ why, subjects }) => [why.split(':')[0], subjects?.map(({ address }) => address)]);
  };

  test('stop their control plane from moving', () => {
    expect(refusedBy({ A: group('1.35'), B: group('1.34') })).toEqual([['behind', ['B']]]);
    expect(refusedBy({ A: group('1.34'), B: group('1.33') })).toEqual([['behind', ['A', 'B']]]);
  });

  test('stop nobody else, nor where their version is not written', () => {
    expect(refusedBy({ A: group('1.35') })).toEqual([]);
    expect(refusedBy({ A: group('1.34', 'Other') })).toEqual([]);
    expect(refusedBy({ A: group(undefined) })).toEqual([]);
  });
});
