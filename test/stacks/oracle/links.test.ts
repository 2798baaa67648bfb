import fc from 'fast-check';
import { planFrom } from '../../../estate/plan/data';
import { planLayout } from '../../../estate/plan/layout';
import { accountOrder } from '../../../estate/plan/order';
import { resolve } from '../../../estate/plan/resolve';
import { slicesOf } from '../../../estate/plan/slices';
import { EMPTY_EXCHANGE } from '../../../estate/spec/exchange';
import { linkedEstate, planOf } from '../../helpers/linked';
import { onlyResource, resourcesOf, type TerraformJson } from '../../helpers/terraform';
import { stacksOf, stacksOfPlan, withAshburn, withSites } from './linked';

const TO_AZURE = { pair: { between: ['phoenix', 'eastus2'] } };
const TO_DUBLIN = {
  between: ['phoenix'],
  to: {
    onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['172.16.0.0/16'] },
  },
};
const AZURE_GATEWAY = { eastus2: { addresses: ['198.51.100.20', '198.51.100.21'] } };
const HALF = 'atlas-pair-phoenix-link';

/** What an output says, with what is known later as it is referred to. */
function toldBy(json: TerraformJson | undefined): string {
  return String(json?.output?.exchange?.value);
}

describe('links at a site of Oracle Cloud', () => {
  test('end at a gateway, which the stack of the network attaches and leads to', () => {
    const stacks = stacksOf(linkedEstate(TO_AZURE), { gateways: AZURE_GATEWAY });
    const { [HALF]: half, 'atlas-phoenix-gateway': gateway, 'atlas-phoenix-network': network } = stacks;
    expect(onlyResource(gateway ?? {}, 'oci_core_drg').display_name).toBe('atlas-phoenix-gateway');
    const attachment = onlyResource(network ?? {}, 'oci_core_drg_attachment');
    expect(attachment.drg_id).toMatch(/^\$\{data\.terraform_remote_state\..*atlas-phoenix-gateway/);
    for (const { route_rules } of Object.values(resourcesOf(network ?? {}, 'oci_core_route_table'))) {
      expect(JSON.stringify(route_rules)).toContain('"destination":"10.128.0.0/16"');
    }
    expect(Object.keys(resourcesOf(half ?? {}, 'oci_core_ipsec'))).toHaveLength(2);
  });

  test('tell the exchange file their gateway, and each tunnel by its range', () => {
    const stacks = stacksOf(linkedEstate(TO_AZURE), { gateways: AZURE_GATEWAY });
    expect(toldBy(stacks['atlas-phoenix-gateway'])).toMatch(
      /^\$\{jsonencode\(\{"estate" = "atlas", "gateways" = \{"phoenix" = \{"id" = oci_core_drg\.\w+\.id\}\}\}\)\}$/,
    );
    const told = toldBy(stacks[HALF]);
    expect(told).toContain('"tunnels" = {"pair" = {"phoenix" = [');
    expect(told.match(/"inside" = "169\.254\.21\.\d+\/30"/g)).toHaveLength(4);
    expect(
      told.match(/"address" = oci_core_ipsec_connection_tunnel_management\.link_tunnel-\d_\w+\.vpn_ip/g),
    ).toHaveLength(4);
  });

  test('have their keys in sensitive variables, which nothing is written for', () => {
    const stacks = stacksOf(linkedEstate(TO_AZURE), { gateways: AZURE_GATEWAY });
    const { variable = {} } = Object(stacks[HALF]);
    for (const number of [1, 2, 3, 4]) {
      expect(variable[`preshared_key_pair_${number}`]).toEqual({
        type: 'string',
        sensitive: true,
        nullable: false,
        description: `Key that tunnel ${number} has in common with eastus2`,
      });
    }
    const keys = Object.values(resourcesOf(stacks[HALF] ?? {}, 'oci_core_ipsec_connection_tunnel_management')).map(
      ({ shared_secret }) => shared_secret,
    );
    expect(keys).toEqual([1, 2, 3, 4].map((number) => `\${var.preshared_key_pair_${number}}`));
  });

  test('wait without a half for what the other end has to say', () => {
    const stacks = stacksOf(linkedEstate(TO_AZURE));
    expect(stacks).not.toHaveProperty(HALF);
    expect(stacks).toHaveProperty('atlas-phoenix-gateway');
  });

  test('change no stack but that of the network when a half comes to a gateway, and nothing at all when it was expected', () => {
    const before = stacksOf(linkedEstate(TO_AZURE));
    const { [HALF]: _half, ...after } = stacksOf(linkedEstate(TO_AZURE), { gateways: AZURE_GATEWAY });
    expect(after).toEqual(before);
    const { 'atlas-dublin-phoenix-link': _dublin, ...both } = stacksOf(
      linkedEstate({ ...TO_AZURE, dublin: TO_DUBLIN }),
    );
    const changed = Object.keys(both).filter((name) => JSON.stringify(both[name]) !== JSON.stringify(before[name]));
    expect(changed).toEqual(['atlas-phoenix-network']);
  });

  test('between two sites of Oracle Cloud are asked for at one and accepted at the other', () => {
    const estate = withAshburn({ twin: { between: ['phoenix', 'ashburn'] } });
    const first = stacksOf(estate);
    expect(Object.keys(first).filter((name) => name.endsWith('-link'))).toEqual(['atlas-twin-phoenix-link']);
    expect(
      onlyResource(first['atlas-twin-phoenix-link'] ?? {}, 'oci_core_remote_peering_connection'),
    ).not.toHaveProperty('peer_id');
    expect(toldBy(first['atlas-twin-phoenix-link'])).toMatch(/"peerings" = \{"twin" = \{"phoenix" = oci_core_remote/);
    const peeringId = 'ocid1.remotepeeringconnection.oc1.phx.aaaa';
    const then = stacksOf(estate, { peerings: { twin: { phoenix: peeringId } } });
    expect(onlyResource(then['atlas-twin-ashburn-link'] ?? {}, 'oci_core_remote_peering_connection')).toMatchObject({
      peer_id: peeringId,
      peer_region_name: 'us-phoenix-1',
    });
  });

  test('by a circuit are accepted with the key of the order, which is a sensitive variable', () => {
    const estate = withAshburn({
      circuit: {
        between: ['eastus', 'ashburn'],
        kind: 'interconnect',
        gbps: 2,
        providerServiceId: 'ocid1.providerservice.oc1.iad.aaaa',
      },
    });
    const stacks = stacksOf(estate, { circuits: { circuit: { eastus: ['/subscriptions/1/circuits/c'] } } });
    const half = stacks['atlas-circuit-ashburn-link'] ?? {};
    expect(onlyResource(half, 'oci_core_virtual_circuit')).toMatchObject({
      provider_service_id: 'ocid1.providerservice.oc1.iad.aaaa',
      provider_service_key_name: `\${var.circuit_key_circuit_1}`,
      bandwidth_shape_name: '2 Gbps',
      cross_connect_mappings: [
        { oracle_bgp_peering_ip: '10.255.248.1/30' },
        { oracle_bgp_peering_ip: '10.255.248.5/30' },
      ],
    });
    expect(Object(half).variable.circuit_key_circuit_1).toMatchObject({ sensitive: true });
    expect(toldBy(half)).toMatch(/"circuits" = \{"circuit" = \{"ashburn" = \[oci_core_virtual_circuit/);
  });

  test('attach a network that exists already by the stack of the gateway, whose owner adds the routes', () => {
    const estate = linkedEstate({ dublin: TO_DUBLIN });
    const { phoenix } = estate.sites;
    const existing = {
      id: 'ocid1.vcn.oc1.phx.aaaa',
      compartmentId: 'ocid1.compartment.oc1..network',
      cidrs: ['10.32.0.0/16'],
      subnets: {},
    };
    const there = withSites(estate, { phoenix: { ...phoenix, network: { existing } } });
    const { 'atlas-phoenix-gateway': gateway = {}, ...others } = stacksOf(there);
    expect(others).not.toHaveProperty('atlas-phoenix-network');
    expect(onlyResource(gateway, 'oci_core_drg_attachment')).toMatchObject({
      network_details: { id: 'ocid1.vcn.oc1.phx.aaaa', type: 'VCN' },
    });
    expect(resourcesOf(gateway, 'oci_core_route_table')).toEqual({});
    expect(others).toHaveProperty('atlas-dublin-phoenix-link');
  });
});

test('a site with links is made the same alone and with all others', () => {
  const plan = planOf(withAshburn({ ...TO_AZURE, twin: { between: ['phoenix', 'ashburn'] } }), {
    gateways: AZURE_GATEWAY,
  });
  const whole = stacksOfPlan(plan);
  for (const { cloud, stacks, data } of slicesOf(plan.data)) {
    const made = cloud === 'oracle' ? stacksOfPlan(planFrom(data)) : {};
    for (const stack of cloud === 'oracle' ? stacks : []) expect([stack, made[stack]]).toEqual([stack, whole[stack]]);
  }
  const order = plan
    .accounts('oracle')
    .flatMap((account) => accountOrder(account, plan))
    .map(({ stack, layer }) => [layer, stack]);
  expect(order).toEqual([
    ['foundation', 'atlas-oracle-foundation'],
    ['gateway', 'atlas-ashburn-gateway'],
    ['gateway', 'atlas-phoenix-gateway'],
    ['network', 'atlas-ashburn-network'],
    ['network', 'atlas-phoenix-network'],
    ['link', 'atlas-pair-phoenix-link'],
    ['link', 'atlas-twin-phoenix-link'],
  ]);
});

test('halves of links are the same whichever other links there are', () => {
  const all: Readonly<Record<string, object>> = {
    ...TO_AZURE,
    dublin: TO_DUBLIN,
    iowa: { between: ['iowa', 'phoenix'] },
    twin: { between: ['ashburn', 'phoenix'] },
  };
  const exchange = {
    ...EMPTY_EXCHANGE,
    gateways: { ...AZURE_GATEWAY, iowa: { addresses: ['203.0.113.7', '203.0.113.8'] } },
  };
  const files = { estate: 'estate.yaml', lock: 'estate.lock.json' };
  const made = new Map<string, Readonly<Record<string, TerraformJson>>>();
  fc.assert(
    fc.property(
      fc.subarray(Object.keys(all), { minLength: 1 }),
      fc.constantFrom(...Object.keys(all)),
      (keys, added) => {
        const linked = (names: readonly string[]) =>
          withAshburn(Object.fromEntries(names.map((name) => [name, all[name]])));
        const few = linked(keys);
        const many = linked([...new Set([...keys, added])].reverse());
        const first = planLayout(few).lock;
        const grown = planLayout(many, first).lock;
        const before = stacksOfPlan(resolve(few, first, files, { ...exchange, estate: few.name }));
        const after = stacksOfPlan(resolve(many, grown, files, { ...exchange, estate: few.name }));
        const kept = Object.keys(before).filter((stack) => /-(link|gateway)$/.test(stack));
        for (const stack of kept) expect([stack, after[stack]]).toEqual([stack, before[stack]]);
        made.set(keys.join(), before);
      },
    ),
    { numRuns: 6 },
  );
  // No key stands anywhere: whatever is secret is a variable that says nothing.
  for (const stacks of made.values()) {
    const texts = JSON.stringify(stacks).match(/"(shared_secret|provider_service_key_name)":"[^"]*"/g) ?? [];
    expect(texts.filter((text) => !/:"\$\{var\.(preshared|circuit)_key_\w+\}"$/.test(text))).toEqual([]);
  }
});

test('a site without links has the stacks that it had', () => {
  const stacks = stacksOf(linkedEstate({}));
  expect(Object.keys(stacks).sort()).toEqual(['atlas-oracle-foundation', 'atlas-phoenix-network']);
  expect(JSON.stringify(stacks)).not.toMatch(/oci_core_drg|preshared/);
});
