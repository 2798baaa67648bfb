import { Fn, Token } from '../../../constructs/cdktf';
import { EncryptionKey, FileSystem, type FileSystemProps } from '../../../constructs/google';
import { lustreTier } from '../../../estate/catalog';
import { withLargest } from '../../../estate/catalog/lustre';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { importedNetwork, newStack, PROJECT, REGION, SUBNETS, ZONE } from './support';

function synthFileSystem(props: Partial<FileSystemProps> = {}) {
  const stack = newStack();
  const fileSystem = new FileSystem(stack, 'scratch', {
    name: 'atlas-scratch',
    network: importedNetwork(stack),
    zone: ZONE,
    tier: lustreTier('google', 500),
    capacityGiB: 18000,
    ...props,
  });
  return { fileSystem, json: synthStack(stack) };
}

describe('FileSystem', () => {
  test('has the Lustre instance as its default child', () => {
    expect(synthFileSystem().fileSystem.node.defaultChild).toMatchObject({
      terraformResourceType: 'google_lustre_instance',
    });
  });

  test('is protected, patient, and named by literal names', () => {
    const instance = onlyResource(synthFileSystem().json, 'google_lustre_instance');
    expect(instance).toMatchObject({
      instance_id: 'atlas-scratch',
      location: ZONE,
      filesystem: expect.stringMatching(/^l[0-9a-f]{7}$/),
      capacity_gib: '18000',
      per_unit_storage_throughput: '500',
      network: 'projects/test-train/global/networks/atlas-iowa',
      deletion_policy: 'PREVENT',
      lifecycle: { prevent_destroy: true, ignore_changes: ['network'] },
      timeouts: { create: '120m', update: '120m', delete: '120m' },
    });
    expect(instance).not.toHaveProperty('gke_support_enabled');
    expect(instance).not.toHaveProperty('kms_key');
    expect(instance).not.toHaveProperty('description');
  });

  test('takes a key of the customer for clients outside of GKE', () => {
    const stack = newStack();
    const encryptionKey = new EncryptionKey(stack, 'key', { name: 'atlas', ...PROJECT, region: REGION });
    const props = { name: 'atlas-scratch', network: importedNetwork(stack), zone: ZONE };
    new FileSystem(stack, 'scratch', { ...props, tier: lustreTier('google', 1000), capacityGiB: 9000, encryptionKey });
    const json = synthStack(stack);
    expect(onlyResource(json, 'google_lustre_instance')).toMatchObject({ kms_key: encryptionKey.keyId });
    expect(onlyResource(json, 'google_kms_crypto_key_iam_member')).toMatchObject({
      member: 'serviceAccount:service-123456789012@gcp-sa-lustre.iam.gserviceaccount.com',
    });
  });

  test('reaches its clients on the Lustre port from the services range only', () => {
    const clients = { nodes: { name: 'atlas-one', cidr: '10.160.0.0/19' } };
    const { json, fileSystem } = synthFileSystem({ clients });
    expect(onlyResource(json, 'google_compute_firewall')).toMatchObject({
      name: 'atlas-one-lustre',
      source_ranges: ['10.160.32.0/20'],
      destination_ranges: ['10.160.0.0/19'],
      allow: [{ protocol: 'tcp', ports: ['988'] }],
    });
    expect(fileSystem.instanceName).toBe('atlas-scratch');
  });

  test('lets clients in from another stack', () => {
    const stack = newStack();
    const imported = FileSystem.fromFileSystemAttributes(stack, 'scratch', {
      instanceName: 'atlas-scratch',
      network: importedNetwork(stack),
      mountPoint: '10.160.32.2@tcp:/scratch',
    });
    expect(imported).toMatchObject({ instanceName: 'atlas-scratch', mountPoint: '10.160.32.2@tcp:/scratch' });
    expect(imported.dependables).toEqual([]);
    imported.allowClient(stack, 'client', { name: 'atlas-one-scratch', cidr: '10.160.0.0/19' });
    const json = synthStack(stack);
    expect(resourcesOf(json, 'google_lustre_instance')).toEqual({});
    expect(onlyResource(json, 'google_compute_firewall')).toMatchObject({ name: 'atlas-one-scratch-lustre' });
  });

  test.each([
    [125, 72000],
    [125, 12240000],
    [250, 36000],
    [250, 6120000],
    [250, 6336000],
    [500, 20016000],
    [1000, 9000],
    [1000, 1530000],
    [1000, 1584000],
    [1000, 10008000],
  ])('takes %i MB/s per TiB with %i GiB', (throughputMBpsPerTiB, capacityGiB) => {
    expect(() => synthFileSystem({ tier: lustreTier('google', throughputMBpsPerTiB), capacityGiB })).not.toThrow();
  });

  test.each([
    [500, 9000, /from 18,000 to 20,016,000 GiB in steps of 18,000 \(up to 3,060,000\), 144,000/],
    [500, 27000, /got capacityGiB 27000/],
    [1000, 1539000, /got capacityGiB 1539000/],
    [125, 12312000, /got capacityGiB 12312000/],
  ])('fails when it is asked for %i MB/s per TiB with %i GiB', (throughputMBpsPerTiB, capacityGiB, message) => {
    const props = { tier: lustreTier('google', throughputMBpsPerTiB), capacityGiB };
    expect(() => synthFileSystem(props)).toThrow(message);
    expect(() => synthFileSystem(props)).toThrow(/\[SizeInvalid\]$/);
  });

  test('tells a channel when one of its targets fills up, and nobody unless it has one', () => {
    const notificationChannel = 'projects/test-train/notificationChannels/1';
    const { json } = synthFileSystem({ alarms: { notificationChannel }, tags: { team: 'research' } });
    const of =
      '{monitored_resource="lustre.googleapis.com/Instance",instance_id="atlas-scratch",location="us-central1-a"}';
    expect(onlyResource(json, 'google_monitoring_alert_policy')).toEqual({
      project: 'test-train',
      display_name: 'Lustre atlas-scratch: little free space',
      combiner: 'OR',
      severity: 'WARNING',
      notification_channels: [notificationChannel],
      conditions: [
        {
          display_name: 'Lustre atlas-scratch: little free space',
          condition_prometheus_query_language: {
            query:
              `min by (component) (lustre_googleapis_com:instance_available_bytes${of} / ` +
              `lustre_googleapis_com:instance_capacity_bytes${of}) < 0.1`,
            duration: '600s',
            evaluation_interval: '60s',
            // Otherwise the first apply is refused: nothing has been measured by then.
            disable_metric_validation: true,
          },
        },
      ],
      documentation: { content: expect.stringContaining('atlas-scratch'), mime_type: 'text/markdown' },
      user_labels: { team: 'research' },
    });
    expect(resourcesOf(synthFileSystem().json, 'google_monitoring_alert_policy')).toEqual({});
    expect(() => synthFileSystem({ alarms: { notificationChannel: 'ops@example.com' } })).toThrow(
      'notificationChannel is "ops@example.com", it must be such as projects/P/notificationChannels/ID [IdInvalid]',
    );
  });

  test.each([
    [5, /< 0\.05$/],
    [25, /< 0\.25$/],
  ])('is nearly full where less than %d %% is free', (freePercent, end) => {
    const alarms = { notificationChannel: 'projects/test-train/notificationChannels/1', freePercent };
    const { conditions } = onlyResource(synthFileSystem({ alarms }).json, 'google_monitoring_alert_policy');
    expect(Object([conditions].flat()[0]).condition_prometheus_query_language.query).toMatch(end);
  });

  test.each([0, 100, 2.5])('fails when it should be nearly full with %d %% free', (freePercent) => {
    const alarms = { notificationChannel: 'projects/test-train/notificationChannels/1', freePercent };
    expect(() => synthFileSystem({ alarms })).toThrow(/freePercent of file system "atlas-scratch" is .* from 1 to 99/);
  });

  test('takes a size that Google has granted above its tier, in the last steps of the tier', () => {
    const tier = lustreTier('google', 1000);
    const granted = { tier: withLargest(tier, 20016000) };
    expect(() => synthFileSystem({ ...granted, capacityGiB: 20016000 })).not.toThrow();
    expect(() => synthFileSystem({ ...granted, capacityGiB: 20016000 - 9000 })).toThrow(/in steps of/);
    expect(() => synthFileSystem({ ...granted, capacityGiB: 20016000 + 72000 })).toThrow(
      /to 20,016,000 GiB \(raise the largest size of the tier once Google has\)/,
    );
    expect(() => synthFileSystem({ tier: withLargest(tier, 9000), capacityGiB: 18000 })).toThrow(
      /from 9,000 to 9,000 GiB/,
    );
  });

  test('takes a zone and a size that are known after apply only', () => {
    const zone = Fn.trimspace('zone');
    const capacityGiB = Token.asNumber(Fn.tonumber('18000'));
    expect(onlyResource(synthFileSystem({ zone, capacityGiB }).json, 'google_lustre_instance')).toMatchObject({
      location: expect.stringContaining('trimspace("zone")'),
      capacity_gib: expect.stringContaining('tonumber("18000")'),
    });
  });

  test('has a mount name of its own, since a node cannot mount two of the same', () => {
    const mountName = (props: Partial<FileSystemProps>) =>
      onlyResource(synthFileSystem(props).json, 'google_lustre_instance').filesystem;
    expect(mountName({})).toBe(mountName({ capacityGiB: 36000, zone: 'us-central1-b' }));
    expect(mountName({ name: 'atlas-scratch-2' })).not.toBe(mountName({}));
    expect(mountName({ mountName: 'scratch' })).toBe('scratch');
  });

  test.each(['scratch-01', '1scratch', 'scratch01x', ''])('fails when it should be mounted as "%s"', (mountName) => {
    expect(() => synthFileSystem({ mountName })).toThrow(/got mountName.*a letter and up to 7 letters and digits/);
  });

  test('fails when its zone or its key is of another region', () => {
    expect(() => synthFileSystem({ zone: 'us-east1-b' })).toThrow(
      /"us-east1-b", which is none of its network's: us-central1-a,.*\[ZoneUnknown\]/,
    );
    const keyId = 'projects/p/locations/us-east1/keyRings/k/cryptoKeys/k';
    const encryptionKey = EncryptionKey.fromKeyId(newStack(), 'key', keyId);
    expect(() => synthFileSystem({ encryptionKey })).toThrow(/is in us-central1 and got key .*us-east1/);
  });

  test('fails when the network has no private services access', () => {
    const stack = newStack();
    const network = importedNetwork(stack, 'bare', SUBNETS.slice(0, 3));
    expect(() => synthFileSystem({ network })).toThrow(/needs a range of role "storage"/);
  });
});
