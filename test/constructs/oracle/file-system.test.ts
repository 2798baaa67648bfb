import { TerraformElement, type TerraformStack } from '../../../constructs/cdktf';
import { EncryptionKey } from '../../../constructs/oracle/encryption-key';
import { FileSystem, type FileSystemProps } from '../../../constructs/oracle/file-system';
import { lustreTier } from '../../../estate/catalog';
import { withLargest } from '../../../estate/catalog/lustre';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { KEY_ID, newCluster, newNetwork, newStack, ZONE } from './scene';

const TIER = lustreTier('oracle', 500);
const TOPIC = 'ocid1.onstopic.oc1.phx.alarms';

/** A network whose subnet for storage holds the servers of any file system. */
function roomy(stack: TerraformStack, cidr = '10.192.128.0/17') {
  return newNetwork(stack, { subnets: [{ key: 'storage-scratch', role: 'storage', cidr, owner: 'scratch' }] });
}

function fileSystemOf(props: Partial<FileSystemProps> = {}) {
  const stack = newStack();
  const fileSystem = new FileSystem(stack, 'scratch', {
    name: 'atlas-scratch',
    network: roomy(stack),
    zone: ZONE,
    tier: TIER,
    capacityGB: 31_200,
    clients: { gpu: '10.192.0.0/19' },
    ...props,
  });
  return { fileSystem, json: synthStack(stack) };
}

/** Rules for Lustre between a file system and its clients, as `id direction range`. */
function lustreRules(stack: TerraformStack): string[] {
  return Object.entries(resourcesOf(synthStack(stack), 'oci_core_network_security_group_security_rule'))
    .filter(([id, { protocol }]) => protocol === '6' && /lustre-|from-|to-(1|gpu)/.test(id) && !id.includes('control'))
    .filter(([, { tcp_options }]) => JSON.stringify(tcp_options).includes('988'))
    .map(([id, rule]) => `${id.replace(/_[0-9A-F]{8}$/, '')} ${rule.direction} ${rule.source ?? rule.destination}`)
    .sort();
}

describe('oracle FileSystem', () => {
  test('has the file system as its default child', () => {
    expect(fileSystemOf().fileSystem.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('is protected, in its tier, with a name that fits and time to be made', () => {
    expect(onlyResource(fileSystemOf().json, 'oci_lustre_file_storage_lustre_file_system')).toMatchObject({
      availability_domain: ZONE,
      capacity_in_gbs: 31_200,
      performance_tier: 'MBPS_PER_TB_500',
      file_system_name: expect.stringMatching(/^[a-z0-9]{1,8}$/),
      root_squash_configuration: { identity_squash: 'NONE' },
      lifecycle: { prevent_destroy: true },
      timeouts: { create: '3h' },
    });
  });

  test('tells when it is nearly full, where it is told to', () => {
    const alarms = (options?: FileSystemProps['alarms']) =>
      Object.values(resourcesOf(fileSystemOf({ alarms: options }).json, 'oci_monitoring_alarm'));
    expect(alarms()).toEqual([]);
    const of = 'resourceId = "${oci_lustre_file_storage_lustre_file_system.scratch_';
    const [alarm] = alarms({ topicId: TOPIC });
    expect(alarm).toMatchObject({
      display_name: 'atlas-scratch-free-space',
      namespace: 'oci_lustrefilesystem',
      destinations: [TOPIC],
      severity: 'CRITICAL',
    });
    expect(alarm?.query).toMatch(/capacityType = "available"\}\.mean\(\) < 3120000000000$/);
    expect(alarm?.query).toContain(of);
    expect(alarms({ topicId: TOPIC, freePercent: 25 })[0]?.query).toMatch(/ < 7800000000000$/);
  });

  test.each([0, 100, -5, Number.NaN])('fails when it is nearly full below %d percent', (freePercent) => {
    expect(() => fileSystemOf({ alarms: { topicId: TOPIC, freePercent } })).toThrow(
      `alarms need a size that is known and freePercent between 0 and 100, got ${freePercent} [SizeInvalid]`,
    );
  });

  test('squashes root and uses a key when told to', () => {
    const { json } = fileSystemOf({
      rootSquash: 'root',
      encryptionKey: EncryptionKey.fromKeyId(newStack(), 'key', KEY_ID),
    });
    expect(onlyResource(json, 'oci_lustre_file_storage_lustre_file_system')).toMatchObject({
      kms_key_id: KEY_ID,
      root_squash_configuration: { identity_squash: 'ROOT' },
    });
  });

  test('lets Lustre through between its servers and its clients, from privileged ports only', () => {
    const rules = Object.values(resourcesOf(fileSystemOf().json, 'oci_core_network_security_group_security_rule'));
    const tcp = rules.filter(({ protocol }) => protocol === '6');
    expect(tcp).toHaveLength(4);
    for (const rule of tcp) {
      expect(rule.tcp_options).toEqual({
        destination_port_range: { min: 988, max: 988 },
        source_port_range: { min: 512, max: 1023 },
      });
    }
    expect(tcp.map(({ source, destination }) => source ?? destination)).toContain('10.192.0.0/19');
  });

  test('may be destroyed when it is told so', () => {
    const { json } = fileSystemOf({ removalPolicy: 'destroy' });
    expect(onlyResource(json, 'oci_lustre_file_storage_lustre_file_system')).not.toHaveProperty('lifecycle');
  });

  test('says what clients mount', () => {
    const { fileSystem } = fileSystemOf();
    expect(fileSystem.mountPoint).toBe(`${fileSystem.mountAddress}@${fileSystem.lnet}:/${fileSystem.mountName}`);
  });

  test('lets a cluster in that it does not know, and its servers back, by rules where the client is', () => {
    const stack = newStack();
    const network = newNetwork(stack);
    const cluster = newCluster(stack, { network });
    const common = { name: 'atlas-scratch', network, zone: ZONE, tier: TIER, capacityGB: 31_200 };
    const fileSystem = new FileSystem(stack, 'scratch', common);
    fileSystem.allowClient(stack, 'mount', cluster);
    expect(lustreRules(stack)).toEqual([
      'cluster_nodes-group_lustre-from-atlas-scratch INGRESS 10.192.32.64/26',
      'cluster_nodes-group_lustre-to-atlas-scratch EGRESS 10.192.32.64/26',
      'mount_servers_from-1 INGRESS 10.192.0.0/19',
      'mount_servers_to-1 EGRESS 10.192.0.0/19',
    ]);
  });

  test('gives ranges that it lets in from birth no second rule', () => {
    const stack = newStack();
    const network = newNetwork(stack);
    const cluster = newCluster(stack, { network });
    const clients = { gpu: '10.192.0.0/19' };
    const common = { name: 'atlas-scratch', network, zone: ZONE, tier: TIER, capacityGB: 31_200, clients };
    const fileSystem = new FileSystem(stack, 'scratch', common);
    fileSystem.allowClient(stack, 'mount', cluster);
    expect(lustreRules(stack)).toEqual([
      'cluster_nodes-group_lustre-from-atlas-scratch INGRESS 10.192.32.64/26',
      'cluster_nodes-group_lustre-to-atlas-scratch EGRESS 10.192.32.64/26',
      'scratch_security_from-gpu INGRESS 10.192.0.0/19',
      'scratch_security_to-gpu EGRESS 10.192.0.0/19',
    ]);
  });

  test('keeps its mounted name when tags change', () => {
    const one = onlyResource(fileSystemOf({ tags: { team: 'a' } }).json, 'oci_lustre_file_storage_lustre_file_system');
    const two = onlyResource(fileSystemOf({ tags: { team: 'b' } }).json, 'oci_lustre_file_storage_lustre_file_system');
    expect(two).toMatchObject({ file_system_name: one.file_system_name, display_name: one.display_name });
  });

  test.each([31_200, 41_600, 124_800, 166_400])('takes %i GB', (capacityGB) => {
    const { json } = fileSystemOf({ capacityGB });
    expect(onlyResource(json, 'oci_lustre_file_storage_lustre_file_system').capacity_in_gbs).toBe(capacityGB);
  });

  test.each([
    ['10.192.32.64/26', 93_600, 104_000, 25],
    ['10.192.32.0/25', 166_400, 208_000, 24],
    ['10.192.32.0/24', 374_400, 416_000, 23],
  ])('lies in a subnet %s with %d GB, not with %d', (cidr, fits, larger, prefix) => {
    const made = (capacityGB: number, isSubnetChecked?: boolean) => {
      const stack = newStack();
      const common = { name: 'atlas-scratch', zone: ZONE, tier: TIER, clients: {}, isSubnetChecked };
      new FileSystem(stack, 'scratch', { ...common, network: roomy(stack, cidr), capacityGB });
    };
    expect(() => made(fits)).not.toThrow();
    expect(() => made(larger)).toThrow(
      `subnet "storage-scratch" is ${cidr}, too small for the servers of ${larger} GB; they need a /${prefix} or larger`,
    );
    expect(() => made(larger, true)).not.toThrow();
  });

  test('takes more than its tier once Oracle has raised the limit, in the same steps', () => {
    const tier = withLargest(TIER, 39_936_000);
    const made = (capacityGB: number) => fileSystemOf({ capacityGB, tier }).json;
    const large = onlyResource(made(39_936_000), 'oci_lustre_file_storage_lustre_file_system');
    expect(large.capacity_in_gbs).toBe(39_936_000);
    expect(() => made(39_900_000)).toThrow(/capacityGB is 39900000, .*; use 39894400 or 39936000 \[SizeInvalid\]/);
    expect(() => made(39_977_600)).toThrow(/capacityGB is 39977600, and the tier has 31,200 to 39,936,000 GB/);
  });

  test.each([
    [
      { capacityGB: 10_400 },
      /is 10400, and the tier has 31,200 to 19,968,000 GB in steps of .*; use 31200 \[SizeInvalid\]/,
    ],
    [{ capacityGB: 50_000 }, /is 50000, .*; use 41600 or 52000 \[SizeInvalid\]/],
    [{ capacityGB: 135_200 }, /is 135200, .*; use 124800 or 166400 \[SizeInvalid\]/],
    [
      { capacityGB: 99_000_000 },
      /is 99000000, .*; use 19968000, or a tier with a larger max once Oracle has raised the limit \[SizeInvalid\]/,
    ],
    [{ clients: { gpu: 'banana' } }, /range of client "gpu" is "banana"; use a range such as .* \[RangeInvalid\]/],
    [{ subnetOwner: 'other' }, /0 subnets with role "storage" of "other", expected 1; .* \[SubnetMissing\]/],
    [{ zone: 'Uocm:PHX-AD-9' }, /zone "Uocm:PHX-AD-9" is none of the network's: Uocm:PHX-AD-1 \[ZoneUnknown\]/],
  ] satisfies [Partial<FileSystemProps>, RegExp][])('fails when given %j', (props, message) => {
    expect(() => fileSystemOf(props)).toThrow(message);
  });
});
