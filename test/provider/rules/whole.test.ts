import recorded from '../../../provider/rules/fractions.json';
import { checkWholeNumbers, takesFraction } from '../../../provider/rules/whole';
import { attributesOf, type BlockSchema, blocksOf, loadProvider, PROVIDER_NAMES } from '../../../provider/schema';
import type { Value } from '../../../provider/values';

function paths(type: string, config: Value): string[] {
  const block = loadProvider('google').resource_schemas[type]?.block ?? {};
  return checkWholeNumbers('google', type, block, config).map(({ path }) => path.join('.'));
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
  expect(takesFraction('azurerm', 'azurerm_kubernetes_cluster_node_pool', 'spot_max_price')).toBe(true);
  expect(takesFraction('oci', 'oci_core_instance', 'shape_config.ocpus')).toBe(true);
});

test('only numbers that the recorded schemas have are said to take fractions', () => {
  const isNumber = (block: BlockSchema, path: string): boolean => {
    const [name = '', ...rest] = path.split('.');
    if (rest.length === 0) return JSON.stringify(attributesOf(block)[name]?.type ?? '').includes('"number"');
    return isNumber(blocksOf(block)[name]?.block ?? {}, rest.join('.'));
  };
  const wrong = PROVIDER_NAMES.flatMap((provider) =>
    Object.entries(recorded[provider]).flatMap(([type, paths]) => {
      const block = loadProvider(provider).resource_schemas[type]?.block ?? {};
      return paths.filter((path) => !isNumber(block, path)).map((path) => `${type}.${path}`);
    }),
  );
  expect(wrong).toEqual([]);
});
