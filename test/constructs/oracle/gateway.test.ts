import { TerraformElement, type TerraformStack } from '../../../constructs/cdktf';
import { Gateway, type GatewayProps } from '../../../constructs/oracle/gateway';
import { onlyResource, resourceCount, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newNetwork, newStack } from './scene';

const REACHED = ['10.0.0.0/12', '172.16.0.0/16'];

function newGateway(stack: TerraformStack, props: Partial<GatewayProps> = {}): Gateway {
  return new Gateway(stack, 'gateway', {
    name: 'atlas-phoenix-gateway',
    compartmentId: COMPARTMENT,
    reached: REACHED,
    tags: { team: 'training' },
    ...props,
  });
}

describe('oracle Gateway', () => {
  test('has the dynamic routing gateway as its default child', () => {
    expect(newGateway(newStack()).node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('is protected, since every link ends at it', () => {
    const stack = newStack();
    newGateway(stack);
    const drg = onlyResource(synthStack(stack), 'oci_core_drg');
    expect(drg).toMatchObject({
      compartment_id: COMPARTMENT,
      display_name: 'atlas-phoenix-gateway',
      freeform_tags: { team: 'training' },
      lifecycle: { prevent_destroy: true },
    });
  });

  test('may be destroyed when it is told so', () => {
    const stack = newStack();
    newGateway(stack, { deletionProtection: false });
    expect(onlyResource(synthStack(stack), 'oci_core_drg')).not.toHaveProperty('lifecycle');
  });

  test('tells networks of all that arrives, over all ways at the same time', () => {
    const stack = newStack();
    newGateway(stack);
    const json = synthStack(stack);
    expect(onlyResource(json, 'oci_core_drg_route_distribution').distribution_type).toBe('IMPORT');
    expect(onlyResource(json, 'oci_core_drg_route_distribution_statement')).toMatchObject({
      action: 'ACCEPT',
      match_criteria: { match_type: 'MATCH_ALL' },
    });
    expect(onlyResource(json, 'oci_core_drg_route_table').is_ecmp_enabled).toBe(true);
    expect(resourceCount(json)).toBe(4);
  });

  test('attaches a network that exists already, with all its blocks and no route of its own', () => {
    const stack = newStack();
    newGateway(stack, { network: { networkId: 'ocid1.vcn.oc1.phx.net' } });
    const json = synthStack(stack);
    expect(onlyResource(json, 'oci_core_drg_attachment')).toMatchObject({
      network_details: { id: 'ocid1.vcn.oc1.phx.net', type: 'VCN', vcn_route_type: 'VCN_CIDRS' },
      drg_route_table_id: expect.stringMatching(/^\$\{oci_core_drg_route_table\..*\.id\}$/),
    });
    expect(resourcesOf(json, 'oci_core_route_table')).toEqual({});
  });

  test('leads out of a network that is told of it, once that is attached', () => {
    const stack = newStack();
    newNetwork(stack, { gateway: newGateway(stack), egress: 'none' });
    const json = synthStack(stack);
    const [attachment = ''] = Object.keys(resourcesOf(json, 'oci_core_drg_attachment'));
    const tables = Object.values(resourcesOf(json, 'oci_core_route_table'));
    expect(tables).toHaveLength(2);
    for (const { route_rules, depends_on } of tables) {
      const drg = expect.stringMatching(/^\$\{oci_core_drg\..*\.id\}$/);
      const routes = REACHED.map((destination) => {
        return { destination, destination_type: 'CIDR_BLOCK', network_entity_id: drg };
      });
      expect(route_rules).toEqual([expect.objectContaining({ destination: 'all-phx-services' }), ...routes]);
      expect(depends_on).toEqual([`oci_core_drg_attachment.${attachment}`]);
    }
  });

  test('is detached last, since routes that lead to it have to go before', () => {
    const stack = newStack();
    newNetwork(stack, { gateway: newGateway(stack) });
    const attachment = onlyResource(synthStack(stack), 'oci_core_drg_attachment');
    expect(attachment.lifecycle).toEqual({ create_before_destroy: true });
  });

  test('is nothing where it exists already', () => {
    const stack = newStack();
    const gateway = Gateway.fromGatewayAttributes(stack, 'gateway', {
      gatewayId: 'ocid1.drg.oc1.phx.hub',
      compartmentId: COMPARTMENT,
      reached: REACHED,
    });
    newNetwork(stack, { gateway });
    const json = synthStack(stack);
    expect(resourcesOf(json, 'oci_core_drg')).toEqual({});
    const attachment = onlyResource(json, 'oci_core_drg_attachment');
    expect(attachment.drg_id).toBe('ocid1.drg.oc1.phx.hub');
    expect(attachment).not.toHaveProperty('drg_route_table_id');
  });

  test('fails when a block that is reached is none, or an id is that of something else', () => {
    expect(() => newGateway(newStack(), { reached: ['10.0.0.0/33'] })).toThrow(/\[RangeInvalid\]/);
    const imported = (gatewayId: string, routeTableId?: string) => () =>
      Gateway.fromGatewayAttributes(newStack(), 'x', {
        gatewayId,
        routeTableId,
        compartmentId: COMPARTMENT,
        reached: [],
      });
    expect(imported('ocid1.vcn.oc1.phx.hub')).toThrow(/none of ocid1\.drg\.… \[IdInvalid\]/);
    expect(imported('ocid1.drg.oc1.phx.hub', 'ocid1.drg.oc1.phx.hub')).toThrow(/ocid1\.drgroutetable\.…/);
  });
});
