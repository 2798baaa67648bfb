import { Construct } from 'constructs';
import { FileSystem, type FileSystemProps, type NetworkEgress } from '../../../constructs/azure';
import { TerraformStack } from '../../../constructs/cdktf';
import { lustreTier } from '../../../estate/catalog';
import { withLargest } from '../../../estate/catalog/lustre';
import { onlyResource, resourcesOf } from '../../helpers/terraform';
import { defaultType, key, network, stack, synth } from './setup';

function fileSystem(props: Partial<FileSystemProps> = {}) {
  const scope = stack();
  return new FileSystem(scope, 'scratch', {
    name: 'lab-scratch',
    network: network(scope),
    zone: '1',
    tier: lustreTier('azure', 500),
    capacityTiB: 128,
    clients: ['10.128.0.0/19'],
    ...props,
  });
}

describe('FileSystem', () => {
  test('is mainly a managed Lustre file system that stays', () => {
    const made = fileSystem();
    expect(defaultType(made)).toBe('azurerm_managed_lustre_file_system');
    expect(onlyResource(synth(made), 'azurerm_managed_lustre_file_system')).toMatchObject({
      sku_name: 'AMLFS-Durable-Premium-500',
      storage_capacity_in_tb: 128,
      zones: ['1'],
      maintenance_window: { day_of_week: 'Sunday', time_of_day_in_utc: '02:00' },
      timeouts: { create: '2h' },
      lifecycle: { prevent_destroy: true, ignore_changes: ['subnet_id'] },
    });
  });

  test('has no zone in a network without zones, and one of its zones in another', () => {
    const scope = stack();
    const made = fileSystem({ network: network(scope, { zones: [] }), zone: undefined });
    expect(onlyResource(synth(made), 'azurerm_managed_lustre_file_system')).toMatchObject({ zones: [] });
    expect(() => fileSystem({ zone: undefined })).toThrow('names no zone: name one of network lab, 1, 2');
    expect(() => fileSystem({ zone: '3' })).toThrow(`zone "3" is none of network lab's (1, 2)`);
  });

  test('lets its clients in on the ports of Lustre, its servers among themselves, and nobody else', () => {
    const rules = Object.values(resourcesOf(synth(fileSystem()), 'azurerm_network_security_rule'));
    const named = Object.fromEntries(rules.map((rule) => [rule.name, rule]));
    expect(named['clients-in']).toMatchObject({
      access: 'Allow',
      protocol: 'Tcp',
      destination_port_ranges: ['988', '1019-1023'],
      source_address_prefixes: ['10.128.0.0/19'],
      destination_address_prefixes: ['10.128.34.0/23'],
    });
    expect(named['servers-in']).toMatchObject({ access: 'Allow', source_address_prefixes: ['10.128.34.0/23'] });
    expect(named['others-in']).toMatchObject({ access: 'Deny', source_address_prefix: 'VirtualNetwork' });
    expect(named['azure-out']).toMatchObject({ access: 'Allow', destination_address_prefix: 'AzureCloud' });
  });

  test('leaves the rules for clients out where there are none', () => {
    const rules = Object.values(resourcesOf(synth(fileSystem({ clients: [] })), 'azurerm_network_security_rule'));
    expect(rules.map(({ name }) => name).sort()).toEqual(['azure-out', 'others-in', 'servers-in', 'servers-out']);
  });

  test('lets further clients in one by one, each in its own place', () => {
    const made = fileSystem({ clients: [] });
    const scope = TerraformStack.of(made);
    const grant = made.allowClient(scope, 'blue', { cidr: '10.129.0.0/19' });
    made.allowClient(scope, 'green', { cidr: '10.130.0.0/19' });
    const rules = Object.values(resourcesOf(synth(made), 'azurerm_network_security_rule'));
    const clients = rules.filter(({ name }) => String(name).startsWith('client-'));
    expect(grant.dependables).toHaveLength(2);
    expect(clients).toHaveLength(4);
    for (const rule of clients) {
      expect(rule).toMatchObject({ access: 'Allow', protocol: 'Tcp', destination_port_ranges: ['988', '1019-1023'] });
      expect(rule.priority).toBeGreaterThanOrEqual(200);
      expect(rule.priority).toBeLessThan(4000);
      expect(rule.depends_on).toEqual(
        expect.arrayContaining([expect.stringMatching(/nsg_association|nsg-association/)]),
      );
    }
    expect(new Set(clients.map(({ direction, priority }) => `${direction} ${priority}`)).size).toBe(4);
    const again = fileSystem({ clients: [] });
    again.allowClient(TerraformStack.of(again), 'green', { cidr: '10.130.0.0/19' });
    const alone = Object.values(resourcesOf(synth(again), 'azurerm_network_security_rule'));
    expect(clients).toEqual(expect.arrayContaining(alone.filter(({ name }) => String(name).startsWith('client-'))));
  });

  test('lets a cluster in by the subnet of its nodes', () => {
    const made = fileSystem({ clients: [] });
    const scope = TerraformStack.of(made);
    made.allowClient(scope, 'cluster', { nodesSubnet: network(new Construct(scope, 'other')).subnetFor('nodes') });
    const rules = Object.values(resourcesOf(synth(made), 'azurerm_network_security_rule'));
    expect(rules).toContainEqual(
      expect.objectContaining({ direction: 'Inbound', source_address_prefixes: ['10.128.0.0/19'] }),
    );
  });

  test('goes where it is told to', () => {
    const made = onlyResource(synth(fileSystem({ removalPolicy: 'destroy' })), 'azurerm_managed_lustre_file_system');
    expect(made.lifecycle).toEqual({ ignore_changes: ['subnet_id'] });
  });

  test('uses the newest version of a key through an identity that is named, since a change would replace it', () => {
    const scope = stack();
    const at = network(scope);
    const encryptionKey = key(scope, at, { access: 'trusted-services', keyType: 'RSA' });
    const made = new FileSystem(scope, 'scratch', {
      name: 'lab-scratch',
      network: at,
      zone: '1',
      tier: lustreTier('azure', 40),
      capacityTiB: 96,
      clients: [],
      encryptionKey,
    });
    const lustre = onlyResource(synth(made), 'azurerm_managed_lustre_file_system');
    expect(lustre).toMatchObject({
      identity: { type: 'UserAssigned', identity_ids: [expect.not.stringContaining('${')] },
      encryption_key: {
        key_url: expect.stringMatching(/^\$\{data\.azurerm_key_vault_key\..*\.id\}$/),
        source_vault_id: expect.not.stringContaining('${'),
      },
    });
  });

  test('never says a squash id of 0, which the provider refuses', () => {
    expect(onlyResource(synth(fileSystem()), 'azurerm_managed_lustre_file_system')).not.toHaveProperty('root_squash');
  });

  test.each([
    [{ tier: lustreTier('azure', 250), capacityTiB: 100 }, /100 TiB.*multiples of 8 TiB.*\[SizeInvalid\]/],
    [{ capacityTiB: 0 }, /0 TiB/],
    [{ capacityTiB: 132 }, /raise the largest size of the tier/],
  ])('fails when its size is %j', (props, message) => {
    expect(() => fileSystem(props)).toThrow(message);
  });

  test('grows beyond the default quota where the subscription may', () => {
    expect(() => fileSystem({ capacityTiB: 256, tier: withLargest(lustreTier('azure', 500), 512) })).not.toThrow();
  });

  test('fails when its network has no way out, which its servers need', () => {
    const at = (egress: NetworkEgress) => fileSystem({ network: network(stack(), { egress }) });
    expect(() => at('none')).toThrow(/network lab has no way out; give the network egress 'nat'.*\[EgressMissing\]/);
    expect(() => at({ via: '10.0.0.4' })).not.toThrow();
  });

  test('fails when its subnet is too small', () => {
    const scope = stack();
    const subnets = [{ key: 'storage', role: 'storage', cidr: '10.128.34.0/27' } as const];
    expect(() => fileSystem({ network: network(scope, { subnets }) })).toThrow(
      /\/27: 128 TiB.*need a \/24 \[RangeInvalid\]/,
    );
    const other = network(stack(), { subnets });
    expect(() => fileSystem({ network: other, isSubnetChecked: true })).not.toThrow();
  });

  test('fails when its key is in a vault that Lustre cannot reach, or of a kind it does not take', () => {
    const scope = stack();
    const closed = key(scope, network(scope));
    expect(() => fileSystem({ encryptionKey: closed })).toThrow(/access 'trusted-services'.*\[KeyUnsuitable\]/);
    const other = stack();
    const hardware = key(other, network(other), { access: 'trusted-services' });
    expect(() => fileSystem({ encryptionKey: hardware })).toThrow(/type RSA, not RSA-HSM/);
  });
});
