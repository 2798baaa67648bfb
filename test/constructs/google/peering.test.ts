import { Peering } from '../../../constructs/google';
import { onlyResource, synthStack } from '../../helpers/terraform';
import { importedNetwork, newStack } from './support';

function synthPeering(networkId = 'projects/other/global/networks/atlas-delft', name = 'atlas-low-iowa') {
  const stack = newStack();
  const peering = new Peering(stack, 'link', { name, network: importedNetwork(stack), peer: { networkId } });
  return { peering, json: synthStack(stack) };
}

describe('Peering', () => {
  test('has the peering as its default child', () => {
    expect(synthPeering().peering.node.defaultChild).toMatchObject({
      terraformResourceType: 'google_compute_network_peering',
    });
  });

  test('tells the peer of subnets, and of nothing that tunnels lead to', () => {
    expect(onlyResource(synthPeering().json, 'google_compute_network_peering')).toEqual({
      name: 'atlas-low-iowa',
      network: 'projects/test-train/global/networks/atlas-iowa',
      peer_network: 'projects/other/global/networks/atlas-delft',
      export_custom_routes: false,
      import_custom_routes: false,
      stack_type: 'IPV4_ONLY',
      depends_on: [],
    });
  });

  test('fails when the network of the peer is said in another way', () => {
    expect(() => synthPeering('atlas-delft')).toThrow(/network of the peer is "atlas-delft".*\[IdInvalid\]/);
  });

  test('fails when nothing can be named', () => {
    expect(() => synthPeering(undefined, '')).toThrow(/\[NameInvalid\]/);
  });
});
