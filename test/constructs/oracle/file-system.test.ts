import { TerraformElement, type TerraformStack } from '../../../constructs/cdktf';
import { FileSystem, type FileSystemProps } from '../../../constructs/oracle/file-system';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newNetwork, newStack, ZONE } from './scene';

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
    throughputMBpsPerTiB: 500,
    capacityGB: 31_200,
    clients: { gpu: '10.192.0.0/19' },
    ...props,
  });
  return { fileSystem, json: synthStack(stack) };
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

  test('squashes root and uses a key when told to', () => {
    const { json } = fileSystemOf({ rootSquash: 'root', encryptionKey: { keyId: 'ocid1.key.oc1.phx.k' } });
    expect(onlyResource(json, 'oci_lustre_file_storage_lustre_file_system')).toMatchObject({
      kms_key_id: 'ocid1.key.oc1.phx.k',
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
      const common = { name: 'atlas-scratch', zone: ZONE, throughputMBpsPerTiB: 500, clients: {}, isSubnetChecked };
      new FileSystem(stack, 'scratch', { ...common, network: roomy(stack, cidr), capacityGB });
    };
    expect(() => made(fits)).not.toThrow();
    expect(() => made(larger)).toThrow(
      `subnet "storage-scratch" is ${cidr}, too small for the servers of ${larger} GB; they need a /${prefix} or larger`,
    );
    expect(() => made(larger, true)).not.toThrow();
  });

  test('takes more than its tier once Oracle has raised the limit, in the same steps', () => {
    const made = (capacityGB: number) => fileSystemOf({ capacityGB, maxCapacityGB: 39_936_000 }).json;
    const large = onlyResource(made(39_936_000), 'oci_lustre_file_storage_lustre_file_system');
    expect(large.capacity_in_gbs).toBe(39_936_000);
    expect(() => made(39_900_000)).toThrow(/multiple of 41600, got 39900000; use 39894400 or 39936000/);
    expect(() => made(39_977_600)).toThrow(/at most 39936000, got 39977600; raise maxCapacityGB once Oracle/);
  });

  test.each([
    [{ capacityGB: 10_400 }, /at least 31200 and a multiple of 10400, got 10400; use 31200/],
    [{ capacityGB: 50_000 }, /multiple of 10400, got 50000; use 41600 or 52000/],
    [{ capacityGB: 135_200 }, /multiple of 41600, got 135200; use 124800 or 166400/],
    [{ capacityGB: 99_000_000 }, /at most 19968000, got 99000000/],
    [{ throughputMBpsPerTiB: 300 }, /one of 125, 250, 500, 1000, got 300/],
    [{ zone: 'Uocm:PHX-AD-9' }, /zone "Uocm:PHX-AD-9" is none of the network's: Uocm:PHX-AD-1/],
  ])('fails when given %j', (props, message) => {
    expect(() => fileSystemOf(props)).toThrow(message);
  });
});
