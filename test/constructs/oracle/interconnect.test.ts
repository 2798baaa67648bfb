import { TerraformOutput, type TerraformStack } from '../../../constructs/cdktf';
import { Gateway } from '../../../constructs/oracle/gateway';
import { Interconnect, type InterconnectProps } from '../../../constructs/oracle/interconnect';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newStack } from './scene';

const DRG = 'ocid1.drg.oc1.iad.hub';
const SERVICE = 'ocid1.providerservice.oc1.iad.aaaaservice';
const TO_AZURE = { key: '1', insideCidrs: ['10.255.248.0/30', '10.255.248.4/30'], orderKey: `\${var.order}` } as const;

function newInterconnect(stack: TerraformStack, props: Partial<InterconnectProps> = {}): Interconnect {
  const gateway = Gateway.fromGatewayAttributes(stack, 'gateway', {
    gatewayId: DRG,
    compartmentId: COMPARTMENT,
    reached: [],
  });
  return new Interconnect(stack, 'link', {
    name: 'atlas-circuit-ashburn',
    gateway,
    peer: { cloud: 'azure', region: 'eastus', accountId: '11111111-1111-1111-1111-111111111111' },
    circuits: [TO_AZURE],
    gbps: 2,
    isOrigin: false,
    providerServiceId: SERVICE,
    ...props,
  });
}

describe('oracle Interconnect', () => {
  test('accepts a circuit of Azure by the key of its order, with both ends of both BGP sessions', () => {
    const stack = newStack();
    newInterconnect(stack);
    const circuit = onlyResource(synthStack(stack), 'oci_core_virtual_circuit');
    expect(circuit).toMatchObject({
      type: 'PRIVATE',
      gateway_id: DRG,
      bandwidth_shape_name: '2 Gbps',
      provider_service_id: SERVICE,
      provider_service_key_name: `\${var.order}`,
      cross_connect_mappings: [
        { oracle_bgp_peering_ip: '10.255.248.1/30', customer_bgp_peering_ip: '10.255.248.2/30' },
        { oracle_bgp_peering_ip: '10.255.248.5/30', customer_bgp_peering_ip: '10.255.248.6/30' },
      ],
    });
    for (const key of ['provider_remote_region', 'remote_account_id', 'customer_asn']) {
      expect(circuit).not.toHaveProperty(key);
    }
  });

  test('accepts two circuits of Google Cloud, whose addresses the providers agree on', () => {
    const stack = newStack();
    const circuits = ['1', '2'].map((key) => ({ key, orderKey: `\${var.order_${key}}` }));
    const { circuitIds } = newInterconnect(stack, { peer: { cloud: 'google' }, circuits, gbps: 20 });
    const made = Object.values(resourcesOf(synthStack(stack), 'oci_core_virtual_circuit'));
    expect(made.map(({ display_name }) => display_name)).toEqual([
      'atlas-circuit-ashburn-1',
      'atlas-circuit-ashburn-2',
    ]);
    for (const circuit of made) expect(circuit).not.toHaveProperty('cross_connect_mappings');
    new TerraformOutput(stack, 'circuits', { value: circuitIds });
    expect(synthStack(stack).output?.circuits?.value).toEqual([
      expect.stringMatching(/link_circuit-1_\w+\.id\}$/),
      expect.stringMatching(/link_circuit-2_\w+\.id\}$/),
    ]);
  });

  test('says region and account of AWS, which circuits to it are for', () => {
    const stack = newStack();
    const peer = { cloud: 'aws', region: 'us-east-1', accountId: '111122223333' } as const;
    newInterconnect(stack, { peer, circuits: [{ key: '1', orderKey: 'x' }], gbps: 1 });
    expect(onlyResource(synthStack(stack), 'oci_core_virtual_circuit')).toMatchObject({
      provider_remote_region: 'us-east-1',
      remote_account_id: '111122223333',
    });
  });

  test('fails without the key of an order, with a bandwidth that is not sold, and with the id of something else', () => {
    const wrong = (props: Partial<InterconnectProps>) => () => newInterconnect(newStack(), props);
    expect(wrong({ circuits: [{ key: '1' }] })).toThrow(
      /give the key of that order, or isOrigin: true \[AccessMissing\]/,
    );
    expect(wrong({ gbps: 3 })).toThrow(/a circuit has 1, 2, 5, 10, 20, 50, 100 Gbit\/s, got 3/);
    expect(wrong({ providerServiceId: 'ocid1.service.oc1.iad.a' })).toThrow(/ocid1\.providerservice\.… \[IdInvalid\]/);
    expect(wrong({ circuits: [{ ...TO_AZURE, insideCidrs: ['10.255.248.0', '10.255.248.4/30'] }] })).toThrow(
      /\[RangeInvalid\]/,
    );
  });
});
