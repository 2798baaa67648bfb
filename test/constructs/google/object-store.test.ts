import { bucketNameOf, EncryptionKey, Identity, ObjectStore, type ObjectStoreProps } from '../../../constructs/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newCluster, newStack, PROJECT, REGION } from './support';

function newStore(props: Partial<ObjectStoreProps> = {}) {
  const stack = newStack();
  const encryptionKey = new EncryptionKey(stack, 'store-key', { name: 'atlas-stores', ...PROJECT, region: REGION });
  const store = new ObjectStore(stack, 'data', {
    name: 'atlas-data',
    projectId: PROJECT.projectId,
    region: REGION,
    encryptionKey,
    retainDays: 30,
    ...props,
  });
  return { stack, store };
}

const bucketOf = (props: Partial<ObjectStoreProps>) =>
  onlyResource(synthStack(newStore(props).stack), 'google_storage_bucket');

describe('ObjectStore', () => {
  test('has the bucket as its default child', () => {
    expect(newStore().store.node.defaultChild).toMatchObject({ terraformResourceType: 'google_storage_bucket' });
  });

  test('is private, encrypted with its own key and kept', () => {
    expect(bucketOf({})).toMatchObject({
      name: expect.stringMatching(/^atlas-data-[0-9a-f]{8}$/),
      location: 'US-CENTRAL1',
      uniform_bucket_level_access: true,
      public_access_prevention: 'enforced',
      force_destroy: false,
      encryption: { default_kms_key_name: expect.stringContaining('/cryptoKeys/atlas-stores') },
      lifecycle: { prevent_destroy: true },
    });
  });

  test('has real folders and so neither versions nor classes that change by themselves', () => {
    const bucket = bucketOf({});
    expect(bucket.hierarchical_namespace).toEqual({ enabled: true });
    expect(bucket).not.toHaveProperty('versioning');
    expect(bucket).not.toHaveProperty('autoclass');
  });

  test.each([
    [0, 0],
    [1, 7],
    [7, 7],
    [30, 30],
    [90, 90],
  ])('keeps deleted objects, asked for %i days, for %i', (retainDays, days) => {
    expect(bucketOf({ retainDays }).soft_delete_policy).toEqual({ retention_duration_seconds: days * 86400 });
  });

  test('lists requests in a bucket beside it, for as long as it is told', () => {
    const json = synthStack(newStore({ accessLogRetentionDays: 400, tags: { team: 'research' } }).stack);
    const buckets = Object.values(resourcesOf(json, 'google_storage_bucket'));
    const logs = buckets.find(({ name }) => String(name).includes('access-logs'));
    const own = buckets.find((bucket) => bucket !== logs);
    expect(buckets).toHaveLength(2);
    expect(logs).toEqual({
      name: expect.stringMatching(/^atlas-data-access-logs-[0-9a-f]{8}$/),
      project: 'test-train',
      location: 'US-CENTRAL1',
      storage_class: 'STANDARD',
      uniform_bucket_level_access: true,
      public_access_prevention: 'enforced',
      force_destroy: false,
      encryption: own?.encryption,
      labels: { team: 'research' },
      soft_delete_policy: { retention_duration_seconds: 604800 },
      lifecycle_rule: [{ action: { type: 'Delete' }, condition: { age: 400 } }],
      deletion_policy: 'PREVENT',
      lifecycle: { prevent_destroy: true },
      depends_on: [expect.stringMatching(/^google_kms_crypto_key_iam_member\./)],
    });
    expect(own?.logging).toEqual({ log_bucket: logs?.name });
    const writer = onlyResource(json, 'google_storage_bucket_iam_member');
    expect(writer).toMatchObject({
      bucket: logs?.name,
      role: 'roles/storage.objectCreator',
      member: 'group:cloud-storage-analytics@google.com',
    });
    expect(own?.depends_on).toEqual([
      expect.stringMatching(/^google_kms_crypto_key_iam_member\./),
      expect.stringMatching(/^google_storage_bucket_iam_member\./),
    ]);
    // A store of this name would have another bucket.
    expect(bucketNameOf('atlas-data-access-logs', PROJECT.projectId)).not.toBe(logs?.name);
    const given = Object.values(
      resourcesOf(
        synthStack(newStore({ accessLogRetentionDays: 1, removalPolicy: 'destroy' }).stack),
        'google_storage_bucket',
      ),
    );
    expect(given.map(({ deletion_policy, lifecycle }) => [deletion_policy, lifecycle])).toEqual([
      ['DELETE', undefined],
      ['DELETE', undefined],
    ]);
  });

  test('lists no requests unless it is told to', () => {
    expect(bucketOf({})).not.toHaveProperty('logging');
  });

  test.each([0, 1.5, 3651])('fails when requests are to be listed for %d days', (accessLogRetentionDays) => {
    expect(() => bucketOf({ accessLogRetentionDays })).toThrow(
      `accessLogRetentionDays of object store "atlas-data" is ${accessLogRetentionDays}; use a whole number of days from 1 to 3650 [RetentionInvalid]`,
    );
  });

  test('goes on deleting versions when it keeps no new ones', () => {
    expect(bucketOf({ retainDays: 0, namespace: 'flat' })).toMatchObject({
      versioning: { enabled: false },
      lifecycle_rule: [
        { action: { type: 'Delete' }, condition: { days_since_noncurrent_time: 1, with_state: 'ARCHIVED' } },
      ],
    });
  });

  test('keeps deleted objects of a flat bucket as versions', () => {
    const bucket = bucketOf({ retainDays: 365, namespace: 'flat' });
    expect(bucket).toMatchObject({
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 0 },
      lifecycle_rule: [
        { action: { type: 'Delete' }, condition: { days_since_noncurrent_time: 365, with_state: 'ARCHIVED' } },
      ],
    });
    expect(bucket).not.toHaveProperty('hierarchical_namespace');
  });

  test('fails when folders should keep deleted objects for more than 90 days', () => {
    expect(() => newStore({ retainDays: 91 })).toThrow(/"atlas-data" got retainDays 91.*90 days, use namespace "flat"/);
  });

  test.each([-1, 1.5])('fails when it should keep deleted objects for %d days', (retainDays) => {
    expect(() => newStore({ retainDays })).toThrow(/got retainDays .*whole number of days.*\[RetentionInvalid\]/);
  });

  test('fails when its key is of another region', () => {
    const keyId = 'projects/p/locations/europe-west4/keyRings/k/cryptoKeys/k';
    const encryptionKey = EncryptionKey.fromKeyId(newStack(), 'key', keyId);
    expect(() => newStore({ encryptionKey })).toThrow(/"atlas-data" is in us-central1 .*europe-west4.*same region/);
  });

  test('lets an identity in by its own grant, after the identity exists', () => {
    const { stack, store } = newStore();
    const cluster = newCluster(stack);
    const identity = new Identity(stack, 'workload', {
      name: 'atlas-one',
      cluster,
      namespace: 'training',
      serviceAccount: 'runner',
    });
    store.grants.readWrite(identity);
    const json = synthStack(stack);
    const grant = onlyResource(json, 'google_storage_bucket_iam_member');
    expect(grant).toMatchObject({
      bucket: store.bucketName,
      role: 'roles/storage.objectUser',
      member: identity.principal,
      condition: { title: 'cluster atlas-one' },
    });
    const [clusterId] = Object.keys(resourcesOf(json, 'google_container_cluster'));
    expect(grant.depends_on).toContain(`google_container_cluster.${clusterId}`);
  });

  test('lets an identity read from a bucket of another stack', () => {
    const stack = newStack();
    const store = ObjectStore.fromBucketName(stack, 'data', bucketNameOf('atlas-data', PROJECT.projectId));
    const cluster = newCluster(stack);
    store.grants.read(new Identity(stack, 'w', { name: 'w', cluster, namespace: 'n', serviceAccount: 's' }));
    const json = synthStack(stack);
    expect(store.bucketName).toBe(newStore().store.bucketName);
    expect(resourcesOf(json, 'google_storage_bucket')).toEqual({});
    expect(onlyResource(json, 'google_storage_bucket_iam_member')).toMatchObject({
      role: 'roles/storage.objectViewer',
    });
  });

  test('lets somebody add objects to a bucket and do nothing else, once what it waits for is there', () => {
    const { store, stack } = newStore();
    const attributes = { bucketName: store.bucketName, dependables: store.dependables };
    const known = ObjectStore.fromObjectStoreAttributes(stack, 'known', attributes);
    known.grants.write(Identity.fromIdentityAttributes(stack, 'loader', { principal: 'group:loaders@example.com' }));
    expect(onlyResource(synthStack(stack), 'google_storage_bucket_iam_member')).toEqual({
      bucket: store.bucketName,
      role: 'roles/storage.objectCreator',
      member: 'group:loaders@example.com',
      depends_on: [expect.stringMatching(/^google_storage_bucket\./)],
    });
  });
});
