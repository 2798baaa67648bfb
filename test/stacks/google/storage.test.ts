import { resolveEstate } from '../../../cli/app';
import { Testing } from '../../../constructs/cdktf';
import { lustreTier } from '../../../estate/catalog';
import { withLargest } from '../../../estate/catalog/lustre';
import type { StorePlan } from '../../../estate/plan/types';
import { StorageStack } from '../../../stacks/google';
import {
  forgottenBy,
  onlyResource,
  resourceCount,
  resourcesOf,
  synthStack,
  type TerraformJson,
} from '../../helpers/terraform';
import { data, newSite, scratch } from './fixture';

function synthStores(stores: readonly StorePlan<'google'>[]) {
  const site = newSite({ stores });
  const stack = new StorageStack(Testing.app(), site.stacks.storage, { site, state: { kind: 'local' } });
  return { stack, json: synthStack(stack) };
}

describe('StorageStack', () => {
  const { stack, json } = synthStores([data, scratch]);

  test('keeps every store and the key against destroy', () => {
    const types = ['google_storage_bucket', 'google_lustre_instance', 'google_kms_crypto_key', 'google_kms_key_ring'];
    for (const type of types) {
      expect(onlyResource(json, type).lifecycle).toMatchObject({ prevent_destroy: true });
    }
    // Key rings have no such argument; Google never deletes them.
    const policies = types.map((type) => onlyResource(json, type).deletion_policy);
    expect(policies).toEqual(['PREVENT', 'PREVENT', 'PREVENT', undefined]);
  });

  test('encrypts buckets with the key of the site', () => {
    expect(onlyResource(json, 'google_storage_bucket').encryption).toEqual({
      default_kms_key_name:
        'projects/atlas-train/locations/us-central1/keyRings/atlas-iowa-storage/cryptoKeys/atlas-iowa-storage',
    });
  });

  test('has the agent of Cloud Storage made before it is let into the key, once that is under way', () => {
    const [[id, asked] = []] = Object.entries(json.data?.google_storage_project_service_account ?? {});
    const [ring] = Object.keys(resourcesOf(json, 'google_kms_key_ring'));
    expect(asked).toEqual({ project: `\${element(split("/", google_kms_key_ring.${ring}.id), 1)}` });
    expect(onlyResource(json, 'google_kms_crypto_key_iam_member')).toMatchObject({
      member: 'serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com',
      depends_on: [
        expect.stringMatching(/^google_kms_crypto_key\./),
        `data.google_storage_project_service_account.${id}`,
      ],
    });
  });

  test('gives file systems no key, since GKE could not mount them', () => {
    expect(onlyResource(json, 'google_lustre_instance')).toMatchObject({
      instance_id: 'atlas-scratch',
      location: 'us-central1-a',
      capacity_gib: '36000',
      network: 'projects/atlas-train/global/networks/atlas-iowa',
    });
    expect(onlyResource(json, 'google_lustre_instance')).not.toHaveProperty('kms_key');
  });

  test('keeps deleted objects for longer than 90 days as versions', () => {
    const bucket = onlyResource(synthStores([{ ...data, retainDays: 365 }]).json, 'google_storage_bucket');
    expect(bucket).toMatchObject({ versioning: { enabled: true } });
  });

  test('tells where its stores are', () => {
    expect(Object.keys(json.output ?? {}).sort()).toEqual(['store-data-bucket', 'store-scratch-mount']);
    expect([...stack.fileSystems.keys(), ...stack.objectStores.keys()]).toEqual(['scratch', 'data']);
  });

  test.each(['key', 'network', 'backend', 'google', 'data-bucket', 'scratch-mount', 'store-data'])(
    'takes a store called %s',
    (key) => {
      const named = synthStores([data, scratch, { ...data, key, name: `atlas-${key}` }]).json;
      expect(Object.keys(named.output ?? {}).sort()).toEqual(
        ['store-data-bucket', `store-${key}-bucket`, 'store-scratch-mount'].sort(),
      );
      expect(Object.keys(resourcesOf(named, 'google_storage_bucket'))).toHaveLength(2);
    },
  );

  test('lets exactly the agent of Cloud Storage use its key', () => {
    expect(onlyResource(json, 'google_kms_crypto_key_iam_member')).toMatchObject({
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: 'serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com',
    });
    expect(Object.keys(json.resource ?? {}).filter((type) => type.includes('_iam_'))).toEqual([
      'google_kms_crypto_key_iam_member',
    ]);
  });

  test('takes a file system of the size that the plan allows, not only of the built-in tiers', () => {
    const tier = lustreTier('google', 1000);
    const large = { ...scratch, size: 20016000, throughputMBpsPerTiB: 1000, tier };
    expect(() => synthStores([large])).toThrow(/to 10,008,000 GiB.*\[SizeInvalid\]/);
    expect(() => synthStores([{ ...large, tier: withLargest(tier, 20016000) }])).not.toThrow();
  });

  test('forgets stores that left the estate, and keeps the key as the bucket uses it', () => {
    const site = newSite({
      stores: [],
      retired: [
        { kind: 'lustre', key: 'scratch', name: 'atlas-scratch', zone: 'us-central1-a' },
        { kind: 'object', key: 'data', name: 'atlas-data' },
      ],
    });
    const after = synthStack(new StorageStack(Testing.app(), site.stacks.storage, { site, state: { kind: 'local' } }));
    const [bucket] = Object.keys(resourcesOf(json, 'google_storage_bucket'));
    const [instance] = Object.keys(resourcesOf(json, 'google_lustre_instance'));
    // Also where they stood before their ids had a prefix.
    const former = (json.moved ?? []).map(({ from }) => from);
    expect(former).toHaveLength(2);
    expect(forgottenBy(after)).toEqual(
      [
        `google_lustre_instance.${instance}`,
        `google_storage_bucket.${bucket}`,
        // Who writes the log of its requests, where it had one.
        'google_storage_bucket_iam_member.store-data_access-logs-writer_F9892994',
        ...former,
      ].sort(),
    );
    expect(after.removed?.every(({ lifecycle }) => !lifecycle.destroy)).toBe(true);
    expect(after.moved).toBeUndefined();
    expect(onlyResource(after, 'google_kms_crypto_key_iam_member')).toEqual(
      onlyResource(json, 'google_kms_crypto_key_iam_member'),
    );
    expect(forgottenBy(json)).toEqual([]);
  });

  test('follows the stores of the default estate from the ids that they had without a prefix', () => {
    const { plan } = resolveEstate('estate.yaml');
    const site = plan.sites('google').find(({ key }) => key === 'iowa');
    if (site === undefined) throw new Error('the default estate has no site "iowa"');
    const { moved, resource } = synthStack(
      new StorageStack(Testing.app(), site.stacks.storage, { site, state: { kind: 'local' } }),
    );
    expect(moved).toEqual([
      {
        from: 'google_storage_bucket.iowa-checkpoints_553DE5B4',
        to: 'google_storage_bucket.store-iowa-checkpoints_65671092',
      },
      {
        from: 'google_lustre_instance.iowa-scratch_84FAF276',
        to: 'google_lustre_instance.store-iowa-scratch_644CFA48',
      },
    ]);
    // Grants and keys are not the stores' own, and stand where they stood.
    const names = Object.entries(resource ?? {}).flatMap(([type, byId]) =>
      Object.keys(byId).map((id) => `${type}.${id}`),
    );
    expect(names.filter((name) => name.includes('.store-')).sort()).toEqual(moved?.map(({ to }) => to).sort());
  });

  test('takes no store for another whose id is now what its own was', () => {
    const other = { ...data, key: 'store-data', name: 'atlas-other' };
    const from = ({ moved = [] }: TerraformJson) => moved.map((one) => one.from.replace(/_[0-9A-F]{8}$/, ''));
    expect(from(synthStores([data, other]).json)).toEqual(['google_storage_bucket.data']);
    expect(from(synthStores([scratch, other]).json)).toEqual([
      'google_lustre_instance.scratch',
      'google_storage_bucket.store-data',
    ]);
    const site = newSite({ stores: [data], retired: [{ kind: 'object', key: 'store-data', name: 'atlas-other' }] });
    const kept = synthStack(new StorageStack(Testing.app(), site.stacks.storage, { site, state: { kind: 'local' } }));
    expect(forgottenBy(kept).map((address) => address.replace(/_[0-9A-F]{8}$/, ''))).toEqual([
      'google_storage_bucket.store-store-data',
      'google_storage_bucket_iam_member.store-store-data_access-logs-writer',
    ]);
  });

  test('adds only its own resource for another store', () => {
    const more = synthStores([data, { ...data, key: 'more', name: 'atlas-more' }, scratch]).json;
    expect(resourceCount(more)).toBe(resourceCount(json) + 1);
    expect(more.resource).toMatchObject(json.resource ?? {});
  });

  test('reads nothing from another stack', () => {
    expect(Object.keys(json.data ?? {})).toEqual(['google_storage_project_service_account']);
    expect(resourcesOf(json, 'google_compute_network')).toEqual({});
  });
});
