import type { Construct } from 'constructs';
import { Peering, type PeeringProps } from '../../../constructs/azure';
import { onlyResource } from '../../helpers/terraform';
import { defaultType, network, OTHER_SUBSCRIPTION, stack, synth } from './setup';

const REMOTE = `/subscriptions/${OTHER_SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub`;

function peering(scope: Construct, props: Partial<PeeringProps> = {}): Peering {
  return new Peering(scope, 'link', {
    name: 'lab-link',
    network: props.network ?? network(scope),
    peer: { networkId: REMOTE },
    ...props,
  });
}

describe('Peering', () => {
  test('is mainly a peering of virtual networks', () => {
    expect(defaultType(peering(stack()))).toBe('azurerm_virtual_network_peering');
  });

  test('tells the own network of one in any subscription, and leads through no gateway', () => {
    expect(onlyResource(synth(peering(stack())), 'azurerm_virtual_network_peering')).toMatchObject({
      name: 'lab-link',
      resource_group_name: 'lab',
      virtual_network_name: 'lab-network',
      remote_virtual_network_id: REMOTE,
      allow_virtual_network_access: true,
      allow_forwarded_traffic: true,
      allow_gateway_transit: false,
      use_remote_gateways: false,
    });
  });

  test('fails when the other network is none, or the own one', () => {
    const scope = stack();
    const own = network(scope);
    const to = (id: string, networkId: string) => () =>
      new Peering(scope, id, { name: 'lab-link', network: own, peer: { networkId } });
    expect(to('a', 'hub')).toThrow(/"hub" is not the id of a virtual network.*\[IdInvalid\]/);
    expect(to('b', own.networkId)).toThrow(/from a network to itself.*\[IdInvalid\]/);
  });
});
