import { EncryptionKey } from '../../../constructs/google';
import { onlyResource, resourceCount, resourcesOf, synthStack } from '../../helpers/terraform';
import { newStack, PROJECT, REGION } from './support';

describe('EncryptionKey', () => {
  const stack = newStack();
  const key = new EncryptionKey(stack, 'key', {
    name: 'atlas',
    ...PROJECT,
    region: REGION,
    tags: { team: 'Research' },
  });
  key.grants.serviceAgent('storage');
  key.grants.serviceAgent('storage');
  key.grants.serviceAgent('container');
  const json = synthStack(stack);

  test('has the key as its default child', () => {
    expect(key.node.defaultChild).toMatchObject({ terraformResourceType: 'google_kms_crypto_key' });
  });

  test('rotates every 90 days and is never destroyed', () => {
    expect(onlyResource(json, 'google_kms_crypto_key')).toMatchObject({
      key_ring: 'projects/test-train/locations/us-central1/keyRings/atlas',
      rotation_period: '7776000s',
      labels: { team: 'research' },
      lifecycle: { prevent_destroy: true },
    });
    expect(onlyResource(json, 'google_kms_key_ring')).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  test('lets each service agent in once, by the number of the project', () => {
    const members = Object.values(resourcesOf(json, 'google_kms_crypto_key_iam_member')).map(({ member }) => member);
    expect(members.sort()).toEqual([
      'serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com',
      'serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com',
    ]);
  });

  test('is known by its literal id before it exists', () => {
    expect(key.keyId).toBe('projects/test-train/locations/us-central1/keyRings/atlas/cryptoKeys/atlas');
  });

  test('takes another rotation', () => {
    const other = newStack();
    new EncryptionKey(other, 'key', { name: 'atlas', ...PROJECT, region: REGION, rotationDays: 30 });
    expect(onlyResource(synthStack(other), 'google_kms_crypto_key')).toMatchObject({ rotation_period: '2592000s' });
  });

  test('takes a key that exists already without touching it', () => {
    const other = newStack();
    const imported = EncryptionKey.fromKeyId(other, 'key', key.keyId);
    expect(imported.grants.serviceAgent('storage')).toEqual([]);
    expect(resourceCount(synthStack(other))).toBe(0);
  });
});
