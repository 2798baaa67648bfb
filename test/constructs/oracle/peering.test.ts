import { TerraformElement, type TerraformStack } from '../../../constructs/cdktf';
import { Gateway } from '../../../constructs/oracle/gateway';
import { Peering, type PeeringProps } from '../../../constructs/oracle/peering';
import { onlyResource, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newStack } from './scene';

const DRG = 'ocid1.drg.oc1.phx.hub';
const FAR = { peeringId: 'ocid1.remotepeeringconnection.oc1.iad.far', region: 'us-ashburn-1' };

function newPeering(stack: TerraformStack, props: Partial<PeeringProps> = {}): Peering {
  const gateway = Gateway.fromGatewayAttributes(stack, 'gateway', {
    gatewayId: DRG,
    compartmentId: COMPARTMENT,
    reached: [],
  });
  return new Peering(stack, 'link', { name: 'atlas-pair-phoenix', gateway, isOrigin: false, ...props });
}

describe('oracle Peering', () => {
  test('has the remote peering connection as its default child', () => {
    expect(newPeering(newStack()).node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('accepts without knowing who will ask', () => {
    const stack = newStack();
    newPeering(stack);
    const peering = onlyResource(synthStack(stack), 'oci_core_remote_peering_connection');
    expect(peering).toMatchObject({ compartment_id: COMPARTMENT, drg_id: DRG, display_name: 'atlas-pair-phoenix' });
    expect(peering).not.toHaveProperty('peer_id');
    expect(peering).not.toHaveProperty('peer_region_name');
  });

  test('asks the other end by its OCID and region, which are refused one without the other', () => {
    const stack = newStack();
    newPeering(stack, { isOrigin: true, peer: FAR });
    expect(onlyResource(synthStack(stack), 'oci_core_remote_peering_connection')).toMatchObject({
      peer_id: FAR.peeringId,
      peer_region_name: 'us-ashburn-1',
    });
  });

  test('fails when who asks does not know whom, or who accepts does', () => {
    expect(() => newPeering(newStack(), { isOrigin: true })).toThrow(/give peer, or isOrigin: false \[IdInvalid\]/);
    expect(() => newPeering(newStack(), { peer: FAR })).toThrow(/leave peer out, or give isOrigin: true/);
    const drg = { ...FAR, peeringId: DRG };
    expect(() => newPeering(newStack(), { isOrigin: true, peer: drg })).toThrow(/ocid1\.remotepeeringconnection\.…/);
  });
});
