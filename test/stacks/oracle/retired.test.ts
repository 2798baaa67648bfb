import type { RetiredGroup } from '../../../estate/plan/types';
import { forgottenBy, resourcesOf, type TerraformJson } from '../../helpers/terraform';
import { DATASETS, HOSTS, machine, RACKS, SCRATCH, ZONE } from './fixture';
import { addresses, stacksOf } from './synth';

const SCRATCH_GONE = { kind: 'lustre', key: 'scratch', name: 'atlas-scratch', zone: ZONE } as const;
const DATASETS_GONE = { kind: 'object', key: 'datasets', name: 'atlas-datasets' } as const;
const RACK_GONE: RetiredGroup<'oracle'> = {
  id: 'train-2',
  pool: 'train',
  key: '2',
  machine: machine('BM.GPU.GB300.4'),
  zone: ZONE,
  capacity: 'dedicated',
};
const HOSTS_GONE: RetiredGroup<'oracle'> = {
  id: 'amd-1',
  pool: 'amd',
  key: '1',
  machine: machine('BM.GPU.MI355X.8'),
  zone: ZONE,
  capacity: 'reservation',
};

/** Addresses that Terraform is told to forget. */
function forgotten(json: TerraformJson | undefined): string[] {
  for (const { lifecycle } of json?.removed ?? []) expect(lifecycle).toEqual({ destroy: false });
  return forgottenBy(json ?? {});
}

/** What an earlier synthesis declared and a later one does not. */
function missing(before: TerraformJson | undefined, after: TerraformJson | undefined): string[] {
  const now = addresses(after ?? {});
  return Object.keys(addresses(before ?? {})).filter((address) => !(address in now));
}

describe('oracle stores that left the estate', () => {
  const before = stacksOf();

  test('are forgotten whole, with all that they stand on, and destroyed in no part', () => {
    const after = stacksOf({ stores: [DATASETS], retiredStores: [SCRATCH_GONE] });
    const gone = missing(before.storage, after.storage);
    expect(gone.map((address) => address.split('.')[0])).toEqual(
      expect.arrayContaining([
        'oci_lustre_file_storage_lustre_file_system',
        'oci_core_network_security_group',
        'oci_core_network_security_group_security_rule',
      ]),
    );
    expect(forgotten(after.storage)).toEqual(expect.arrayContaining(gone));
  });

  test('leave a bucket with the rule that ends its earlier versions', () => {
    const after = stacksOf({ stores: [SCRATCH], retiredStores: [DATASETS_GONE] });
    const gone = missing(before.storage, after.storage);
    expect(gone).toHaveLength(2);
    expect(forgotten(after.storage)).toEqual(expect.arrayContaining(gone));
  });

  test('keep the stack of their key when they were the last', () => {
    const { storage } = stacksOf({ stores: [], retiredStores: [SCRATCH_GONE, DATASETS_GONE] });
    expect(forgotten(storage)).toEqual(expect.arrayContaining(missing(before.storage, storage)));
    expect(Object.keys(addresses(storage ?? {})).map((address) => address.split('.')[0])).toEqual([
      'oci_kms_key',
      'oci_kms_vault',
    ]);
  });

  test('forget nothing that lives', () => {
    expect(forgotten(before.storage)).toEqual([]);
    const { storage } = stacksOf({ stores: [DATASETS], retiredStores: [SCRATCH_GONE] });
    const living = addresses(storage ?? {});
    expect(forgotten(storage).filter((address) => address in living)).toEqual([]);
  });
});

describe('oracle groups that left the estate', () => {
  const before = stacksOf();

  test('are forgotten: a rack alone, while its pool has others', () => {
    const [first] = RACKS.groups;
    const pools = [{ ...RACKS, groups: first === undefined ? [] : [first] }, HOSTS];
    const { cluster } = stacksOf({ pools, retiredGroups: [RACK_GONE] });
    expect(forgotten(cluster)).toEqual(expect.arrayContaining(missing(before.cluster, cluster)));
    // Also where it stood before its id had a prefix.
    expect(forgotten(cluster)).toEqual([
      expect.stringMatching(/^oci_core_compute_gpu_memory_cluster\.cluster_train-2_/),
      expect.stringMatching(/^oci_core_compute_gpu_memory_cluster\.pool-train-2_/),
    ]);
  });

  test('are forgotten with the template of their pool, and keep their RDMA network and their policies', () => {
    const both = [{ ...RACK_GONE, id: 'train-1', key: '1' }, RACK_GONE];
    const after = stacksOf({ pools: [HOSTS], retiredGroups: both });
    const gone = missing(before.cluster, after.cluster).filter((address) => !address.startsWith('terraform_data.'));
    expect(forgotten(after.cluster).filter((address) => !address.includes('.cluster_'))).toEqual(gone);
    expect(gone.map((address) => address.split('.')[0])).toEqual([
      'oci_core_compute_gpu_memory_cluster',
      'oci_core_compute_gpu_memory_cluster',
      'oci_core_instance_configuration',
    ]);
    expect(Object.keys(resourcesOf(after.cluster, 'oci_core_compute_cluster'))).toEqual(
      Object.keys(resourcesOf(before.cluster, 'oci_core_compute_cluster')),
    );
    expect(resourcesOf(after.foundation, 'oci_identity_policy')).toEqual(
      resourcesOf(before.foundation, 'oci_identity_policy'),
    );
  });

  test('of hosts keep their node pool, their RDMA network and what counts their accelerators', () => {
    const { cluster } = stacksOf({ pools: [RACKS], retiredGroups: [HOSTS_GONE] });
    const gone = missing(before.cluster, cluster);
    expect(gone).toEqual([expect.stringMatching(/^oci_containerengine_node_pool\.pool-amd-1_/)]);
    expect(forgotten(cluster)).toEqual([
      expect.stringMatching(/^oci_containerengine_node_pool\.cluster_amd-1_/),
      ...gone,
    ]);
  });

  test('leave nothing behind once they are given up', () => {
    const { cluster, foundation } = stacksOf({ pools: [HOSTS] });
    expect(forgotten(cluster)).toEqual([]);
    expect(JSON.stringify(foundation)).not.toContain('CLUSTER_JOIN');
  });
});

describe('keys of the user', () => {
  test.each(['encryption-key', 'backend', 'oci', 'store', 'removed'])('may be %s for a store', (key) => {
    const { storage } = stacksOf({ stores: [{ ...DATASETS, key }] });
    expect(Object.keys(resourcesOf(storage ?? {}, 'oci_objectstorage_bucket'))).toEqual([
      expect.stringMatching(new RegExp(`^store-${key}_`)),
    ]);
  });

  test('move what an earlier release made of a store without the prefix', () => {
    const { storage } = stacksOf();
    const { moved = [] } = (storage ?? {}) as { moved?: { from: string; to: string }[] };
    // All that the stack declares: the key had another id too.
    expect(moved.map(({ to }) => to).sort()).toEqual(Object.keys(addresses(storage ?? {})).sort());
    expect(moved.map(({ from }) => from)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^oci_objectstorage_bucket\.datasets_[0-9A-F]{8}$/),
        expect.stringMatching(/^oci_lustre_file_storage_lustre_file_system\.scratch_[0-9A-F]{8}$/),
      ]),
    );
  });

  test('take no store for another whose id is now what its own was', () => {
    const { storage } = stacksOf({ stores: [DATASETS, { ...DATASETS, key: 'store-datasets' }] });
    const { moved = [] } = (storage ?? {}) as { moved?: { from: string }[] };
    const from = moved.map((one) => one.from.replace(/_[0-9A-F]{8}$/, ''));
    expect([...new Set(from)].filter((one) => !one.startsWith('oci_kms_')).sort()).toEqual([
      'oci_objectstorage_bucket.datasets',
      'oci_objectstorage_object_lifecycle_policy.datasets_retention',
    ]);
  });
});
