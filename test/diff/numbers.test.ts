import { diffOne, diffResources } from './documents';

const NODES = { name: 'p', kubernetes_cluster_id: '/c', vm_size: 'x' };
const PAST = { name: 'p', cluster: 'c' };
const scaling = (MinSize: number, DesiredSize: number, MaxSize: number) => ({
  ScalingConfig: { MinSize, DesiredSize, MaxSize },
});
const kept = (days: number | undefined, status = 'Enabled') => ({
  VersioningConfiguration: { Status: status },
  LifecycleConfiguration: {
    Rules: [
      { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
      ...(days === undefined ? [] : [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: days } }]),
    ],
  },
});
const expiring = (days: number) => ({
  LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: days }] },
});
const ACCOUNT = {
  name: 'a',
  location: 'l',
  resource_group_name: 'g',
  account_tier: 'Standard',
  account_replication_type: 'ZRS',
};
const soft = (days: number | undefined) => ({
  ...ACCOUNT,
  blob_properties: [{ versioning_enabled: false, ...(days !== undefined && { delete_retention_policy: [{ days }] }) }],
});
const BUCKET = { name: 'b', location: 'l' };
const seconds = (days: number) => ({ ...BUCKET, soft_delete_policy: [{ retention_duration_seconds: days * 86400 }] });
const versions = (days: number, enabled = true) => ({
  ...BUCKET,
  versioning: [{ enabled }],
  lifecycle_rule: [{ action: [{ type: 'Delete' }], condition: [{ days_since_noncurrent_time: days }] }],
});
const POLICY = { bucket: 'b', namespace: 'n' };
const rule = (target: string, days: number, unit = 'DAYS') => ({
  ...POLICY,
  rules: [{ name: target, action: 'DELETE', target, time_amount: String(days), time_unit: unit, is_enabled: true }],
});
const PREVIOUS = 'previous-object-versions';
const retention = (amount: number, unit: string) => ({
  compartment_id: 'c',
  name: 'b',
  namespace: 'n',
  retention_rules: [{ display_name: 'r', duration: [{ time_amount: String(amount), time_unit: unit }] }],
});
const GMC = {
  compartment_id: 'c',
  availability_domain: 'ad',
  compute_cluster_id: 'cc',
  instance_configuration_id: 'ic',
};
const rack = (size: number) => ({ ...GMC, gpu_memory_cluster_scale_config: [{ target_size: String(size) }] });

describe('numbers that shrink', () => {
  test.each<[string, string, object, object, [number, number, string] | undefined]>([
    ['a group that runs fewer', 'AWS::EKS::Nodegroup', scaling(0, 4, 4), scaling(0, 1, 1), [4, 1, 'nodes']],
    ['a group that runs more', 'AWS::EKS::Nodegroup', scaling(0, 1, 1), scaling(0, 4, 4), undefined],
    ['a group whose size is given away', 'AWS::EKS::Nodegroup', scaling(0, 4, 4), scaling(0, 0, 450), [4, 0, 'nodes']],
    [
      'a group whose size was given away',
      'AWS::EKS::Nodegroup',
      scaling(0, 0, 450),
      scaling(0, 0, 128),
      [450, 0, 'nodes'],
    ],
    ['the same with more room', 'AWS::EKS::Nodegroup', scaling(0, 0, 128), scaling(0, 0, 450), [128, 0, 'nodes']],
    ['a group whose size is taken back', 'AWS::EKS::Nodegroup', scaling(0, 0, 450), scaling(0, 4, 4), undefined],
    ['versions for fewer days', 'AWS::S3::Bucket', kept(30), kept(7), [30, 7, 'days']],
    ['versions for more days', 'AWS::S3::Bucket', kept(7), kept(30), undefined],
    ['no versions any longer', 'AWS::S3::Bucket', kept(30), kept(30, 'Suspended'), [30, 0, 'days']],
    [
      'logs of EKS for fewer days',
      'AWS::Logs::LogGroup',
      { RetentionInDays: 365 },
      { RetentionInDays: 90 },
      [365, 90, 'days'],
    ],
    ['logs of EKS for more days', 'AWS::Logs::LogGroup', { RetentionInDays: 90 }, { RetentionInDays: 365 }, undefined],
    ['access logs for fewer days', 'AWS::S3::Bucket', expiring(365), expiring(90), [365, 90, 'days']],
    [
      'access logs of Google Cloud for fewer days',
      'google_storage_bucket',
      { ...BUCKET, lifecycle_rule: [{ action: [{ type: 'Delete' }], condition: [{ age: 90 }] }] },
      { ...BUCKET, lifecycle_rule: [{ action: [{ type: 'Delete' }], condition: [{ age: 30 }] }] },
      [90, 30, 'days'],
    ],
    ['versions for the first time', 'AWS::S3::Bucket', kept(30, 'Suspended'), kept(30), undefined],
    [
      'a pool of AKS',
      'azurerm_kubernetes_cluster_node_pool',
      { ...NODES, node_count: 9 },
      { ...NODES, node_count: 4 },
      [9, 4, 'nodes'],
    ],
    [
      'a pool of AKS that grows',
      'azurerm_kubernetes_cluster_node_pool',
      { ...NODES, node_count: 4 },
      { ...NODES, node_count: 9 },
      undefined,
    ],
    ['deleted blobs for fewer days', 'azurerm_storage_account', soft(30), soft(7), [30, 7, 'days']],
    ['deleted blobs for no day', 'azurerm_storage_account', soft(30), soft(undefined), [30, 0, 'days']],
    ['deleted blobs for the first time', 'azurerm_storage_account', soft(undefined), soft(7), undefined],
    [
      'a pool of GKE',
      'google_container_node_pool',
      { ...PAST, node_count: 9 },
      { ...PAST, node_count: 4 },
      [9, 4, 'nodes'],
    ],
    [
      'a pool of GKE in fewer zones',
      'google_container_node_pool',
      { ...PAST, node_count: 2, node_locations: ['a', 'b'] },
      { ...PAST, node_count: 2, node_locations: ['a'] },
      [4, 2, 'nodes'],
    ],
    [
      'a pool of GKE that spreads',
      'google_container_node_pool',
      { ...PAST, node_count: 3, node_locations: ['a'] },
      { ...PAST, node_count: 1, node_locations: ['a', 'b', 'c'] },
      undefined,
    ],
    [
      'an autoscaler of GKE',
      'google_container_node_pool',
      { ...PAST, autoscaling: [{ total_max_node_count: 8 }] },
      { ...PAST, autoscaling: [{ total_max_node_count: 4 }] },
      [8, 4, 'nodes'],
    ],
    ['soft deletion', 'google_storage_bucket', seconds(30), seconds(7), [30, 7, 'days']],
    ['soft deletion that is turned off', 'google_storage_bucket', seconds(30), seconds(0), [30, 0, 'days']],
    ['soft deletion that nobody writes any longer', 'google_storage_bucket', seconds(30), BUCKET, undefined],
    ['versions of Google', 'google_storage_bucket', versions(30), versions(7), [30, 7, 'days']],
    [
      'versions of Google that are turned off',
      'google_storage_bucket',
      versions(30),
      versions(30, false),
      [30, 0, 'days'],
    ],
    ['a rack of Oracle', 'oci_core_compute_gpu_memory_cluster', rack(18), rack(16), [18, 16, 'nodes']],
    ['a rack of Oracle without spares', 'oci_core_compute_gpu_memory_cluster', rack(16), rack(18), undefined],
    [
      'versions of Oracle',
      'oci_objectstorage_object_lifecycle_policy',
      rule(PREVIOUS, 30),
      rule(PREVIOUS, 7),
      [30, 7, 'days'],
    ],
    [
      'versions of Oracle in years',
      'oci_objectstorage_object_lifecycle_policy',
      rule(PREVIOUS, 1, 'YEARS'),
      rule(PREVIOUS, 30),
      [365, 30, 'days'],
    ],
    [
      'uploads of Oracle, which are no data',
      'oci_objectstorage_object_lifecycle_policy',
      rule('multipart-uploads', 30),
      rule('multipart-uploads', 7),
      undefined,
    ],
    [
      'a retention rule of Oracle',
      'oci_objectstorage_bucket',
      retention(1, 'YEARS'),
      retention(30, 'DAYS'),
      [365, 30, 'days'],
    ],
  ])('%s', (_, type, before, after, expected) => {
    const change = diffOne(type, before, after);
    const [found] = change?.shrunk ?? [];
    expect(found && [found.before, found.after, found.unit]).toEqual(expected);
  });

  test('says that CloudFormation sets a size that belongs to somebody else', () => {
    const notes = (before: object, after: object) =>
      diffOne('AWS::EKS::Nodegroup', before, after)?.shrunk.map(({ note }) => note);
    const set = 'CloudFormation sets the running size to 0';
    expect(notes(scaling(0, 0, 450), scaling(0, 0, 128))).toEqual([set]);
    expect(notes(scaling(0, 4, 4), scaling(0, 0, 450))).toEqual([set]);
    expect(notes(scaling(0, 4, 4), scaling(0, 1, 1))).toEqual([undefined]);
  });

  test('measures files in TiB', () => {
    const [change] = diffResources(
      { oci_lustre_file_storage_lustre_file_system: { f: { capacity_in_gbs: 83200 } } },
      { oci_lustre_file_storage_lustre_file_system: { f: { capacity_in_gbs: 31200 } } },
    );
    expect(change?.shrunk[0]?.before).toBeCloseTo(75.67, 2);
    const gib = diffOne('AWS::FSx::FileSystem', { StorageCapacity: 19200 }, { StorageCapacity: 9600 });
    expect(gib?.shrunk).toEqual([{ path: 'StorageCapacity', unit: 'TiB', before: 18.75, after: 9.375 }]);
  });

  test('is not asked of what is replaced', () => {
    const lustre = { name: 'l', storage_capacity_in_tb: 16 };
    const change = diffOne('azurerm_managed_lustre_file_system', lustre, { ...lustre, storage_capacity_in_tb: 8 });
    expect([change?.action, change?.shrunk]).toEqual(['replaced', []]);
  });
});

describe('what only new nodes get', () => {
  const pool = { cluster_id: 'c', compartment_id: 'c', name: 'p', node_shape: 's', kubernetes_version: 'v1.34.1' };
  const cycling = (on: boolean) => ({ node_pool_cycling_details: [{ is_node_cycling_enabled: on }] });

  test.each([
    ['a pool of OKE', {}, { newNodesOnly: ['kubernetes_version'], rolled: [] }],
    ['a pool that does not cycle', cycling(false), { newNodesOnly: ['kubernetes_version'], rolled: [] }],
    ['a pool that cycles', cycling(true), { newNodesOnly: [], rolled: ['kubernetes_version'] }],
  ])('%s', (_, more, expected) => {
    const before = { ...pool, ...more };
    expect(
      diffOne('oci_containerengine_node_pool', before, { ...before, kubernetes_version: 'v1.35.2' }),
    ).toMatchObject(expected);
  });

  test('a rack of Oracle with another template', () => {
    const change = diffOne('oci_core_compute_gpu_memory_cluster', rack(16), {
      ...rack(16),
      instance_configuration_id: 'other',
    });
    expect(change?.newNodesOnly).toEqual(['instance_configuration_id']);
  });
});
