import { TerraformElement } from '../../../constructs/cdktf';
import { Identity } from '../../../constructs/oracle/identity';
import { ObjectStore, type ObjectStoreProps } from '../../../constructs/oracle/object-store';
import { GRANT_PERMISSIONS } from '../../../estate/catalog/grants';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, KEY_ID, newKey, newStack } from './scene';

const CLUSTER = { clusterId: 'ocid1.cluster.oc1.phx.c', compartmentId: COMPARTMENT };

function storeOf(props: Partial<ObjectStoreProps> = {}) {
  const stack = newStack();
  const common = {
    name: 'atlas-datasets',
    compartmentId: COMPARTMENT,
    namespace: 'atlasns',
    encryptionKey: newKey(stack),
  };
  const store = new ObjectStore(stack, 'store', { ...common, ...props });
  const grantee = new Identity(stack, 'identity', {
    name: 'atlas-gpu',
    cluster: CLUSTER,
    namespace: 'training',
    serviceAccount: 'trainer',
  });
  return { stack, store, grantee };
}

describe('oracle ObjectStore', () => {
  test('has the bucket as its default child', () => {
    expect(storeOf().store.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('is private, encrypted with the given key, versioned and protected', () => {
    const bucket = onlyResource(synthStack(storeOf().stack), 'oci_objectstorage_bucket');
    expect(bucket).toMatchObject({
      access_type: 'NoPublicAccess',
      kms_key_id: KEY_ID,
      // A data key for the bucket saves a call of the key service for each object.
      is_bucket_key_enabled: true,
      versioning: 'Enabled',
      object_events_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
    // Retention rules and versions exclude each other.
    expect(bucket).not.toHaveProperty('retention_rules');
  });

  test.each([
    [undefined, '30'],
    [90, '90'],
    [0, '1'],
  ])('keeps earlier versions for retainDays %p', (retainDays, days) => {
    const policy = onlyResource(synthStack(storeOf({ retainDays }).stack), 'oci_objectstorage_object_lifecycle_policy');
    expect(policy.rules).toContainEqual({
      name: 'delete-previous-versions',
      action: 'DELETE',
      target: 'previous-object-versions',
      time_amount: days,
      time_unit: 'DAYS',
      is_enabled: true,
    });
  });

  test('keeps who read and wrote its objects for as long as it is told, and nothing of it otherwise', () => {
    const logs = (accessLogRetentionDays?: number) =>
      Object.values(resourcesOf(synthStack(storeOf({ accessLogRetentionDays }).stack), 'oci_logging_log'));
    expect(logs()).toEqual([]);
    const resource = expect.stringMatching(/^\$\{oci_objectstorage_bucket\.store_\w+\.name\}$/);
    expect(logs(30).map(({ configuration }) => configuration)).toMatchObject([
      { source: { service: 'objectstorage', category: 'read', resource } },
      { source: { service: 'objectstorage', category: 'write', resource } },
    ]);
  });

  test('may be destroyed when it is told so', () => {
    const bucket = onlyResource(synthStack(storeOf({ removalPolicy: 'destroy' }).stack), 'oci_objectstorage_bucket');
    expect(bucket.lifecycle).toEqual({ ignore_changes: ['metadata'] });
  });

  test.each([1.5, -1, Number.NaN])('fails when it is to keep objects for %d days', (retainDays) => {
    expect(() => storeOf({ retainDays })).toThrow(
      `retainDays is ${retainDays}; use a whole number of days from 0 [RetentionInvalid]`,
    );
  });

  test('removes the parts of uploads that were never finished', () => {
    const policy = onlyResource(synthStack(storeOf().stack), 'oci_objectstorage_object_lifecycle_policy');
    expect(policy.rules).toContainEqual(
      expect.objectContaining({ action: 'ABORT', target: 'multipart-uploads', time_amount: '7', time_unit: 'DAYS' }),
    );
  });

  test('lets nobody in until granted', () => {
    expect(resourcesOf(synthStack(storeOf().stack), 'oci_identity_policy')).toEqual({});
  });

  test('grants one service account of one cluster the objects of one bucket, but not their earlier versions', () => {
    const { stack, store, grantee } = storeOf();
    store.grants.readWrite(grantee);
    const where =
      "request.principal.type = 'workload', request.principal.cluster_id = 'ocid1.cluster.oc1.phx.c', " +
      "request.principal.namespace = 'training', request.principal.service_account = 'trainer', " +
      `target.bucket.name = '${store.bucketName}'`;
    expect(onlyResource(synthStack(stack), 'oci_identity_policy').statements).toEqual([
      `Allow any-user to read buckets in compartment id ${COMPARTMENT} where all {${where}}`,
      `Allow any-user to manage objects in compartment id ${COMPARTMENT} where all {${where}, request.permission != 'OBJECT_VERSION_DELETE'}`,
    ]);
  });

  test('grants reading without writing', () => {
    const { stack, store, grantee } = storeOf();
    store.grants.read(grantee);
    const { statements } = onlyResource(synthStack(stack), 'oci_identity_policy');
    expect(JSON.stringify(statements)).toContain('to read objects');
    expect(JSON.stringify(statements)).not.toContain('manage');
  });

  test('grants adding objects without reading or deleting any', () => {
    const { stack, store, grantee } = storeOf();
    store.grants.write(grantee);
    const [, statement = ''] = Object(onlyResource(synthStack(stack), 'oci_identity_policy').statements);
    expect(statement.replace(/^.*, target/, 'target')).toBe(
      `target.bucket.name = '${store.bucketName}', any {request.permission = 'OBJECT_CREATE', request.permission = 'OBJECT_INSPECT', request.permission = 'OBJECT_OVERWRITE'}}`,
    );
  });

  test('grants what the catalog says that each access is', () => {
    // What verbs give, https://docs.oracle.com/iaas/Content/Identity/Reference/objectstoragepolicyreference.htm
    const read = ['OBJECT_INSPECT', 'OBJECT_READ'];
    const rest = ['CREATE', 'DELETE', 'OVERWRITE', 'RESTORE', 'UPDATE_TIER', 'VERSION_DELETE'];
    const manage = [...read, ...rest.map((name) => `OBJECT_${name}`)];
    const given = (access: 'read' | 'write' | 'readWrite') => {
      const { stack, store, grantee } = storeOf();
      store.grants[access](grantee);
      const [, statement = ''] = Object(onlyResource(synthStack(stack), 'oci_identity_policy').statements);
      const all = statement.includes('to manage objects') ? manage : read;
      const named = (form: RegExp) => [...statement.matchAll(form)].map(([, name]) => name);
      const only = named(/request\.permission = '(\w+)'/g);
      const none = named(/request\.permission != '(\w+)'/g);
      return all.filter((name) => (only.length === 0 || only.includes(name)) && !none.includes(name)).sort();
    };
    for (const access of ['read', 'write', 'readWrite'] as const) {
      expect([access, given(access)]).toEqual([access, GRANT_PERMISSIONS.oracle[access].objects]);
    }
  });
});
