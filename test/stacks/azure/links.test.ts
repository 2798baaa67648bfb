import { join } from 'node:path';
import fc from 'fast-check';
import { planLayout } from '../../../estate/plan/layout';
import { estateSchema } from '../../../estate/spec/schema';
import { PROVIDERS } from '../../../estate/terraform-providers';
import { planOf } from '../../helpers/linked';
import { askRecorded } from '../../helpers/recorded';
import { synthesizePlan, withFolder } from '../../helpers/synth';
import { onlyResource, resourcesOf, type TerraformJson } from '../../helpers/terraform';
import { ALL, CIRCUIT, estateOf, stacksOf, toldTo } from './linked';

function jsonOf(stacks: ReturnType<typeof stacksOf>, id: string): TerraformJson {
  const found = stacks.get(id);
  if (found === undefined) throw new Error(`no stack ${id} among ${[...stacks.keys()].join(', ')}`);
  return found.json;
}

const told = ({ output = {} }: TerraformJson) => String(output.exchange?.value);

describe('stacks of links on Azure', () => {
  const stacks = stacksOf(estateOf({ ...ALL, ...CIRCUIT }));

  test('come after the network of their site, and after its gateway where it has one', () => {
    const earlier = (id: string) => stacks.get(id)?.after;
    expect(earlier('atlas-eastus2-gateway')).toEqual(['atlas-eastus2-network']);
    expect(earlier('atlas-west-eastus2-link')).toEqual(['atlas-eastus2-network', 'atlas-eastus2-gateway']);
    expect(earlier('atlas-inside-london-link')).toEqual(['atlas-london-network']);
  });

  test('are not made where nothing asks for them', () => {
    const ids = [...stacksOf(estateOf({})).keys()];
    expect(ids.filter((id) => /gateway|link/.test(id))).toEqual([]);
    expect(stacks.has('atlas-london-gateway')).toBe(false);
  });

  test('have a gateway with the addresses of all its tunnels, and tell its public ones', () => {
    const json = jsonOf(stacks, 'atlas-eastus2-gateway');
    const settings = Object(onlyResource(json, 'azurerm_virtual_network_gateway').bgp_settings);
    const inside = settings.peering_addresses.map((each: { apipa_addresses: string[] }) => each.apipa_addresses.length);
    expect(inside).toEqual([5, 5]);
    const [first, second] = Object.keys(resourcesOf(json, 'azurerm_public_ip'));
    expect(told(json)).toBe(
      `\${jsonencode({"estate" = "atlas", "gateways" = {"eastus2" = {"addresses" = [azurerm_public_ip.${first}.ip_address, azurerm_public_ip.${second}.ip_address]}}})}`,
    );
  });

  test('leave the subnet of the gateway out of the network, whose stack is the same without links', () => {
    const without = stacksOf(estateOf({}));
    const network = (from: typeof stacks) => resourcesOf(jsonOf(from, 'atlas-eastus2-network'), 'azurerm_subnet');
    expect(network(stacks)).toEqual(network(without));
    expect(onlyResource(jsonOf(stacks, 'atlas-eastus2-gateway'), 'azurerm_subnet')).toMatchObject({
      name: 'GatewaySubnet',
      virtual_network_name: 'atlas-eastus2-network',
    });
  });

  test.each(['west', 'google', 'oracle'])('name each tunnel of %s by addresses that its gateway has', (link) => {
    const json = jsonOf(stacks, `atlas-${link}-eastus2-link`);
    const gateway = JSON.stringify(
      onlyResource(jsonOf(stacks, 'atlas-eastus2-gateway'), 'azurerm_virtual_network_gateway'),
    );
    const made = Object.values(resourcesOf(json, 'azurerm_virtual_network_gateway_connection'));
    expect(made).toHaveLength(link === 'google' ? 2 : 4);
    for (const { custom_bgp_addresses, virtual_network_gateway_id } of made) {
      for (const address of Object.values(Object(custom_bgp_addresses))) expect(gateway).toContain(`"${address}"`);
      expect(virtual_network_gateway_id).toMatch(/atlas-eastus2-gateway-vpn$/);
    }
  });

  test('peer networks of two sites, each told of the other by its id', () => {
    const remote = (site: string) =>
      onlyResource(jsonOf(stacks, `atlas-inside-${site}-link`), 'azurerm_virtual_network_peering');
    expect(remote('london').remote_virtual_network_id).toBe(
      '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/atlas-eastus2-site/providers/Microsoft.Network/virtualNetworks/atlas-eastus2-network',
    );
    expect(remote('eastus2')).toMatchObject({ virtual_network_name: 'atlas-eastus2-network' });
  });

  test('order a circuit, tell its id, and hide its key', () => {
    const json = jsonOf(stacks, 'atlas-circuit-westus3-link');
    const [circuit] = Object.keys(resourcesOf(json, 'azurerm_express_route_circuit'));
    expect(onlyResource(json, 'azurerm_express_route_circuit')).toMatchObject({
      peering_location: 'Phoenix',
      bandwidth_in_mbps: 2000,
    });
    expect(json.output?.['circuit-key-1']).toEqual({
      value: `\${azurerm_express_route_circuit.${circuit}.service_key}`,
      sensitive: true,
    });
    expect(told(json)).toContain(
      `"circuits" = {"circuit" = {"westus3" = [azurerm_express_route_circuit.${circuit}.id]}}`,
    );
    expect(told(json)).not.toContain('service_key');
    expect(jsonOf(stacks, 'atlas-westus3-gateway').resource).not.toHaveProperty('azurerm_public_ip');
  });

  test('connect a circuit once Oracle Cloud has accepted it', () => {
    const circuits = { circuit: { phoenix: ['ocid1.virtualcircuit.oc1.phx.aaaa'] } };
    const json = jsonOf(stacksOf(estateOf(CIRCUIT), { circuits }), 'atlas-circuit-westus3-link');
    expect(onlyResource(json, 'azurerm_virtual_network_gateway_connection')).toMatchObject({ type: 'ExpressRoute' });
  });

  test('take each key from a variable that tools hide', () => {
    for (const [id, { json }] of stacks) {
      const made = Object.values(resourcesOf(json, 'azurerm_virtual_network_gateway_connection'));
      const keys = made.flatMap(({ shared_key }) => shared_key ?? []).map((key) => String(key).slice(6, -1));
      const variables = Object.entries(Object(json).variable ?? {});
      expect([id, variables.map(([name]) => name).sort()]).toEqual([id, keys.sort()]);
      for (const [, variable] of variables) expect(variable).toMatchObject({ sensitive: true, nullable: false });
      for (const key of keys) expect(key).toMatch(/^preshared_key_[a-z]+_\d$/);
    }
  });

  test('are in the subscription of a network that exists elsewhere, beside it', () => {
    const estate = estateOf(ALL);
    const { eastus2 } = estate.sites;
    const existing = {
      id: 'hub',
      subscriptionId: '33333333-3333-3333-3333-333333333333',
      resourceGroup: 'hub-network',
      cidrs: ['10.20.0.0/16'],
      privateDns: { resourceGroup: 'hub-dns' },
      subnets: { gateway: { role: 'gateway', id: 'GatewaySubnet', cidr: '10.20.1.0/26' } },
    };
    const at = estateSchema.parse({
      ...estate,
      sites: { ...estate.sites, eastus2: { ...eastus2, network: { existing } } },
    });
    const made = stacksOf(at);
    const gateway = jsonOf(made, 'atlas-eastus2-gateway');
    expect(gateway.provider?.azurerm).toMatchObject([{ subscription_id: existing.subscriptionId }]);
    expect(resourcesOf(gateway, 'azurerm_subnet')).toEqual({});
    expect(onlyResource(gateway, 'azurerm_virtual_network_gateway')).toMatchObject({
      resource_group_name: 'hub-network',
    });
    const peering = (site: string) =>
      onlyResource(jsonOf(made, `atlas-inside-${site}-link`), 'azurerm_virtual_network_peering');
    const hub = `/subscriptions/${existing.subscriptionId}/resourceGroups/hub-network/providers/Microsoft.Network/virtualNetworks/hub`;
    expect(peering('london').remote_virtual_network_id).toBe(hub);
    expect(peering('eastus2')).toMatchObject({ virtual_network_name: 'hub', resource_group_name: 'hub-network' });
    const west = Object.values(resourcesOf(jsonOf(made, 'atlas-west-eastus2-link'), 'azurerm_local_network_gateway'));
    expect(new Set(west.map((each) => each.resource_group_name))).toEqual(new Set(['hub-network']));
  });

  test('change no other link when one is added or leaves', () => {
    const keys = ['west', 'google', 'oracle', 'inside'] as const;
    const exchange = toldTo(estateOf(ALL));
    const of = (some: readonly (keyof typeof ALL)[]) =>
      estateOf(Object.fromEntries(some.map((key) => [key, ALL[key]])));
    fc.assert(
      fc.property(fc.subarray([...keys]), fc.subarray([...keys]), (some, others) => {
        const { lock } = planLayout(of(some));
        const before = stacksOf(of(some), exchange, lock);
        const after = stacksOf(of(others), exchange, planLayout(of(others), lock).lock);
        const isOf = (key: string) =>
          [...before].filter(([id]) => id.startsWith(`atlas-${key}-`) && id.endsWith('-link'));
        for (const [id, { json }] of some.filter((key) => others.includes(key)).flatMap(isOf)) {
          expect([id, after.get(id)?.json]).toEqual([id, json]);
        }
      }),
      { numRuns: 12 },
    );
  });

  test.each(PROVIDERS.azurerm.releases)('are taken by azurerm %s', async (version) => {
    const estate = { ...estateOf({ ...ALL, ...CIRCUIT }), providers: { azurerm: version } };
    const exchange = { ...toldTo(estate), circuits: { circuit: { phoenix: ['ocid1.virtualcircuit.oc1.phx.aaaa'] } } };
    await withFolder((folder) => {
      const plan = planOf(estate, exchange);
      synthesizePlan({ ...plan, clouds: ['azure'] }, folder);
      const { pinned, found, resources } = askRecorded(join(folder, 'cdktf.out'));
      expect(pinned).toEqual([`azurerm ${version}`]);
      expect(found).toEqual([]);
      expect(resources).toBeGreaterThan(40);
    });
  });
});
