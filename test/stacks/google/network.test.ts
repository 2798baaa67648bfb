import { Testing } from '../../../constructs/cdktf';
import { NetworkStack } from '../../../stacks/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newSite } from './fixture';

describe('NetworkStack', () => {
  const stack = new NetworkStack(Testing.app(), 'atlas-iowa-network', { site: newSite(), state: { kind: 'local' } });
  const json = synthStack(stack);

  test('has a node subnet for each shard of the site, with its own pods and services', () => {
    const subnets = Object.values(resourcesOf(json, 'google_compute_subnetwork'));
    expect(
      subnets.map(({ name, ip_cidr_range, secondary_ip_range }) => [name, ip_cidr_range, secondary_ip_range]),
    ).toEqual([
      [
        'atlas-iowa-nodes-train-2',
        '10.160.64.0/19',
        [
          { range_name: 'pods', ip_cidr_range: '100.68.0.0/14' },
          { range_name: 'services', ip_cidr_range: '172.20.16.0/20' },
        ],
      ],
      [
        'atlas-iowa-nodes-train',
        '10.160.0.0/19',
        [
          { range_name: 'pods', ip_cidr_range: '100.64.0.0/14' },
          { range_name: 'services', ip_cidr_range: '172.20.0.0/20' },
        ],
      ],
    ]);
  });

  test('has private services access in the storage range of the site', () => {
    expect(onlyResource(json, 'google_compute_global_address')).toMatchObject({
      address: '10.160.32.0',
      prefix_length: 20,
      labels: { estate: 'atlas' },
    });
  });

  test('offers its network to whoever adds on', () => {
    expect(stack.network.networkName).toBe('atlas-iowa');
  });
});
