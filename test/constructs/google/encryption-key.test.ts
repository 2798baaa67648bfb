import { Token } from '../../../constructs/cdktf';
import { EncryptionKey } from '../../../constructs/google';
import { checkKeyRegion } from '../../../constructs/google/encryption-key';
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
      name: 'atlas',
      purpose: 'ENCRYPT_DECRYPT',
      rotation_period: '7776000s',
      labels: { team: 'research' },
      lifecycle: { prevent_destroy: true },
      depends_on: [expect.stringMatching(/^google_kms_key_ring\./)],
    });
    expect(onlyResource(json, 'google_kms_key_ring')).toMatchObject({
      name: 'atlas',
      project: 'test-train',
      location: 'us-central1',
      lifecycle: { prevent_destroy: true },
    });
  });

  test('lets each service agent in once, by the number of the project', () => {
    const grants = Object.values(resourcesOf(json, 'google_kms_crypto_key_iam_member'));
    for (const grant of grants) {
      expect(grant).toMatchObject({
        crypto_key_id: key.keyId,
        role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
        depends_on: expect.arrayContaining([expect.stringMatching(/^google_kms_crypto_key\./)]),
      });
    }
    expect(grants.map(({ member }) => member).sort()).toEqual([
      'serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com',
      'serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com',
    ]);
  });

  test('asks Cloud Storage for its agent when the ring is there, and nobody else', () => {
    const [ring] = Object.keys(resourcesOf(json, 'google_kms_key_ring'));
    expect(Object.keys(json.data ?? {})).toEqual(['google_storage_project_service_account']);
    expect(Object.values(json.data?.google_storage_project_service_account ?? {})).toEqual([
      { project: `\${element(split("/", google_kms_key_ring.${ring}.id), 1)}` },
    ]);
    const other = newStack();
    new EncryptionKey(other, 'key', { name: 'atlas', ...PROJECT, region: REGION }).grants.serviceAgent('lustre');
    expect(synthStack(other).data).toBeUndefined();
  });

  test('lets the account in that Cloud Logging says', () => {
    const other = newStack();
    new EncryptionKey(other, 'key', { name: 'atlas', ...PROJECT, region: REGION }).grants.serviceAgent('logging');
    const logged = synthStack(other);
    const [settings] = Object.keys(logged.data?.google_logging_project_cmek_settings ?? {});
    expect(onlyResource(logged, 'google_kms_crypto_key_iam_member').member).toBe(
      `serviceAccount:\${data.google_logging_project_cmek_settings.${settings}.service_account_id}`,
    );
  });

  test('lets agents of a project into a key that exists already, where it is given the number', () => {
    const other = newStack();
    const attributes = { keyId: key.keyId, projectNumber: '210987654321' };
    EncryptionKey.fromEncryptionKeyAttributes(other, 'key', attributes).grants.serviceAgent('storage');
    const imported = synthStack(other);
    expect(Object.values(imported.data?.google_storage_project_service_account ?? {})).toEqual([
      { project: '210987654321' },
    ]);
    expect(onlyResource(imported, 'google_kms_crypto_key_iam_member')).toMatchObject({
      member: 'serviceAccount:service-210987654321@gs-project-accounts.iam.gserviceaccount.com',
      depends_on: [expect.stringMatching(/^data\.google_storage_project_service_account\./)],
    });
  });

  test('gives what has to exist before a service uses it, the same each time', () => {
    const other = new EncryptionKey(newStack(), 'key', { name: 'atlas', ...PROJECT, region: REGION });
    const grant = other.grants.serviceAgent('storage');
    expect(grant.dependables).toEqual([
      expect.objectContaining({ terraformResourceType: 'google_kms_crypto_key_iam_member' }),
    ]);
    expect(other.grants.serviceAgent('storage')).toBe(grant);
  });

  test('is known by its literal id before it exists', () => {
    expect(key.keyId).toBe('projects/test-train/locations/us-central1/keyRings/atlas/cryptoKeys/atlas');
  });

  test('takes another rotation', () => {
    const other = newStack();
    new EncryptionKey(other, 'key', { name: 'atlas', ...PROJECT, region: REGION, rotationDays: 30 });
    expect(onlyResource(synthStack(other), 'google_kms_crypto_key')).toMatchObject({ rotation_period: '2592000s' });
  });

  test.each([0, -1, 1.5])('fails when it should rotate after %d days', (rotationDays) => {
    const props = { name: 'atlas', ...PROJECT, region: REGION, rotationDays };
    expect(() => new EncryptionKey(newStack(), 'key', props)).toThrow(/got rotationDays.*\[RetentionInvalid\]/);
  });

  test.each([
    ['us-central1', undefined],
    [
      'us-central',
      /^test: bucket "data" is in us-central and got key "projects\/.*": use a key of the same region \[KeyUnsuitable\]$/,
    ],
    ['europe-west4', /is in europe-west4 and got key/],
  ])('is for what lies in its own region: %s', (region, message) => {
    const check = () => checkKeyRegion(stack, 'bucket "data"', key, region);
    if (message === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(message);
  });

  test('is taken on trust where its id is known only when it is applied', () => {
    const later = EncryptionKey.fromKeyId(newStack(), 'key', Token.asString({ region: 'unknown' }));
    expect(() => checkKeyRegion(stack, 'bucket "data"', later, 'us-central1')).not.toThrow();
  });

  test('takes a key that exists already without touching it', () => {
    const other = newStack();
    const imported = EncryptionKey.fromKeyId(other, 'key', key.keyId);
    expect(imported.grants.serviceAgent('storage').dependables).toEqual([]);
    expect(imported.dependables).toEqual([]);
    expect(resourceCount(synthStack(other))).toBe(0);
  });
});
