import { checkWholeNumbers, takesFraction } from '../../../provider/rules/whole';
import { loadProvider } from '../../../provider/schema';
import type { Value } from '../../../provider/values';

function paths(type: string, config: Value): string[] {
  const google = loadProvider('google');
  const block = google.resource_schemas[type]?.block ?? {};
  return checkWholeNumbers(google, type, block, config).map(({ path }) => path.join('.'));
}

test('a fraction is refused where the provider counts, at every depth and in lists', () => {
  expect(paths('google_container_node_pool', { node_count: 2.5, autoscaling: [{ max_node_count: 0.5 }] })).toEqual([
    'node_count',
    'autoscaling.0.max_node_count',
  ]);
  expect(paths('google_container_node_pool', { node_count: 2, autoscaling: [] })).toEqual([]);
});

test('a fraction is taken where the provider measures', () => {
  expect(paths('google_compute_subnetwork', { log_config: [{ flow_sampling: 0.5 }] })).toEqual([]);
  expect(takesFraction(loadProvider('azurerm'), 'azurerm_kubernetes_cluster_node_pool', 'spot_max_price')).toBe(true);
  expect(takesFraction(loadProvider('oci'), 'oci_core_instance', 'shape_config.ocpus')).toBe(true);
});
