import { checkRelations } from '../../../provider/rules/relations';
import { loadProvider } from '../../../provider/schema';
import { UNKNOWN, type Value } from '../../../provider/values';

const { resource_schemas, rules } = loadProvider('azurerm');
const TYPE = 'azurerm_kubernetes_cluster';

/** What is missing in a cluster with these blocks. */
function missing(config: { readonly [name: string]: Value }): string[] {
  const block = resource_schemas[TYPE]?.block;
  if (block === undefined) throw new Error(`${TYPE} is not recorded`);
  return checkRelations(block, rules[TYPE], config)
    .map(({ summary }) => summary)
    .filter((summary) => summary.includes('identity.identity_ids'));
}

const KUBELET = { client_id: 'a', object_id: 'b', user_assigned_identity_id: 'c' };

describe('arguments that need another one', () => {
  test('are refused without it, also when their value is known later', () => {
    const summary = 'Missing argument identity.identity_ids';
    expect(missing({ kubelet_identity: [KUBELET] })).toEqual([summary, summary, summary]);
    expect(missing({ kubelet_identity: [{ ...KUBELET, client_id: UNKNOWN }] })).toEqual([summary, summary, summary]);
  });

  test('are fine with it, and when they are not given', () => {
    const identity = [{ type: 'UserAssigned', identity_ids: ['id'] }];
    expect(missing({ identity, kubelet_identity: [KUBELET] })).toEqual([]);
    expect(
      missing({ kubelet_identity: [{ client_id: null, object_id: null, user_assigned_identity_id: null }] }),
    ).toEqual([]);
  });

  test('are not looked for in a block of which it is not known if it is there', () => {
    expect(missing({ kubelet_identity: UNKNOWN })).toEqual([]);
  });
});

test('conflicts that the provider writes down and never finds are none', () => {
  const oracle = loadProvider('oci');
  const type = 'oci_visual_builder_vb_instance';
  const config = { network_endpoint_details: [{ subnet_id: 'a', allowlisted_http_ips: ['b'] }] };
  // Its code names both in full where the SDK looks for them beside each other; asked, it takes them together.
  expect(oracle.rules[type]?.conflicts_with).toBeUndefined();
  expect(checkRelations(oracle.resource_schemas[type]?.block ?? {}, oracle.rules[type], config)).toEqual([]);
});

test('an empty list that is written counts as given, and no block does not', () => {
  const type = 'azurerm_network_security_rule';
  const found = (config: { readonly [name: string]: Value }) =>
    checkRelations(resource_schemas[type]?.block ?? {}, rules[type], config).map(({ summary }) => summary);
  const rule = { source_port_range: '*', source_port_ranges: null, source_address_prefix: '*' };
  const rest = { destination_port_range: '22', destination_address_prefix: '*' };
  expect(found({ ...rule, ...rest })).toEqual([]);
  expect(found({ ...rule, ...rest, source_port_ranges: [] })).toEqual([
    'Conflicting arguments source_port_ranges and source_port_range',
  ]);
});
