import { checkAzureTags } from '../../../provider/rules/azure-tags';
import { loadProvider } from '../../../provider/schema';
import { UNKNOWN, type Value } from '../../../provider/values';

const { resource_schemas } = loadProvider('azurerm');
const problems = (type: string, config: Value) =>
  checkAzureTags('azurerm', type, resource_schemas[type]?.block ?? {}, config).map(
    ({ detail, path }) => `${path.join('.')}: ${detail}`,
  );
const CLUSTER = 'azurerm_kubernetes_cluster';
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));

test.each<[string, Value]>([
  [CLUSTER, { tags: many(50) }],
  [CLUSTER, { tags: { ['k'.repeat(512)]: 'v'.repeat(256) } }],
  [CLUSTER, { tags: UNKNOWN, default_node_pool: [{ tags: { a: UNKNOWN } }] }],
  ['azurerm_storage_account', { tags: { ['k'.repeat(128)]: 'v' } }],
  ['azurerm_subnet', { tags: many(51) }],
])('%s takes tags', (type, config) => {
  expect(problems(type, config)).toEqual([]);
});

test.each<[string, Value, string]>([
  [CLUSTER, { tags: many(51) }, 'tags: 51 tags; allowed: at most 50; shorten or remove it'],
  [
    CLUSTER,
    { tags: { a: 'v'.repeat(257) } },
    'tags: the value of "a" is longer than 256 characters; shorten or remove it',
  ],
  [
    CLUSTER,
    { default_node_pool: [{ tags: { a: 'v'.repeat(257) } }] },
    'default_node_pool.0.tags: the value of "a" is longer than 256 characters; shorten or remove it',
  ],
  [
    'azurerm_storage_account',
    { tags: { ['k'.repeat(129)]: 'v' } },
    `tags: the key "${'k'.repeat(129)}" is longer than 128 characters; shorten or remove it`,
  ],
])('%s fails for tags that are too many or too long', (type, config, problem) => {
  expect(problems(type, config)).toEqual([problem]);
});

test('other providers have rules of their own', () => {
  const { block } = resource_schemas[CLUSTER] ?? { block: {} };
  expect(checkAzureTags('google', CLUSTER, block, { tags: many(51) })).toEqual([]);
});
