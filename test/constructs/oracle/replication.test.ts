import { TerraformElement } from '../../../constructs/cdktf';
import { GrantIdentity } from '../../../constructs/oracle/grant-identity';
import { ObjectStore } from '../../../constructs/oracle/object-store';
import { Replication } from '../../../constructs/oracle/replication';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newKey, newStack } from './scene';

function sceneOf(name = 'atlas-again') {
  const stack = newStack();
  const common = { compartmentId: COMPARTMENT, namespace: 'atlasns', encryptionKey: newKey(stack) };
  const store = new ObjectStore(stack, 'store', { name: 'atlas-data', ...common });
  const copy = new ObjectStore(stack, 'copy', { name: 'atlas-copy', isCopy: true, ...common });
  const { bucketName, dependables } = copy;
  const destination = { bucketName, region: 'us-ashburn-1', dependables };
  return { stack, store, copy, replication: new Replication(stack, 'replication', { name, store, destination }) };
}

describe('oracle Replication', () => {
  test('has the policy as its default child', () => {
    expect(sceneOf().replication.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('copies one bucket to another one of the tenancy, when both are there', () => {
    const { stack, store, copy } = sceneOf();
    expect(onlyResource(synthStack(stack), 'oci_objectstorage_replication_policy')).toEqual({
      name: 'atlas-again',
      namespace: 'atlasns',
      bucket: store.bucketName,
      destination_bucket_name: copy.bucketName,
      destination_region_name: 'us-ashburn-1',
      depends_on: [
        expect.stringMatching(/^oci_objectstorage_bucket\.store_/),
        expect.stringMatching(/^oci_objectstorage_bucket\.copy_/),
      ],
    });
  });

  test('leads to a bucket without versions and without rules that delete', () => {
    const json = synthStack(sceneOf().stack);
    const buckets = Object.values(resourcesOf(json, 'oci_objectstorage_bucket'));
    expect(buckets.map(({ name, versioning }) => [String(name).slice(0, 10), versioning])).toEqual([
      ['atlas-copy', 'Disabled'],
      ['atlas-data', 'Enabled'],
    ]);
    const { bucket } = onlyResource(json, 'oci_objectstorage_object_lifecycle_policy');
    expect(bucket).toMatch(/^\$\{oci_objectstorage_bucket\.store_/);
  });

  test('is let in at one bucket as the service of one region, with what it takes and nothing else', () => {
    const { stack, copy } = sceneOf();
    const callers = [{ kind: 'service', region: 'us-phoenix-1' }] as const;
    const service = new GrantIdentity(stack, 'in', { name: 'atlas-again', compartmentId: COMPARTMENT, callers });
    copy.grants.replicas(service);
    const permissions = ['READ', 'UPDATE'].map((name) => `request.permission = 'BUCKET_${name}'`);
    for (const name of ['CREATE', 'DELETE', 'INSPECT', 'OVERWRITE', 'READ', 'RESTORE']) {
      permissions.push(`request.permission = 'OBJECT_${name}'`);
    }
    expect(onlyResource(synthStack(stack), 'oci_identity_policy').statements).toEqual([
      `Allow service objectstorage-us-phoenix-1 to manage object-family in compartment id ${COMPARTMENT} where all {target.bucket.name = '${copy.bucketName}', any {${permissions.join(', ')}}}`,
    ]);
  });

  test('fails without a name, and when a region would be more than one', () => {
    expect(() => sceneOf('')).toThrow('the name "" must have 1 to 255 characters [NameInvalid]');
    const callers = [{ kind: 'service', region: 'x to manage' }] as const;
    expect(() => new GrantIdentity(newStack(), 'in', { name: 'a', compartmentId: COMPARTMENT, callers })).toThrow(
      '"x to manage" is no region; use one such as us-phoenix-1 [NameInvalid]',
    );
  });
});
