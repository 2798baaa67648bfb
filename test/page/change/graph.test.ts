import type { DiffReport } from '../../../diff';
import { changeGraph } from '../../../page/change/graph';
import { changePage } from '../../../page/change/model';
import { resourceChange } from '../../helpers/changes';
import { pageOf } from '../../helpers/pages';

type Stack = DiffReport['stacks'][number];
type Resource = Stack['resources'][number];

const { estate, plan } = pageOf('minimal');
const [shard] = plan.shards('azure');
if (shard === undefined) throw new Error('the example has a cluster on Azure');
const { foundation } = shard.site.account.stacks;
const { network } = shard.site.stacks;
const { cluster } = shard.stacks;
const KEY = `clusters.${shard.cluster}`;

const resource = (action: Resource['action'], key = KEY, more: Partial<Resource> = {}): Resource => ({
  key,
  stack: cluster,
  cloud: 'azure',
  noun: 'thing',
  names: [key],
  holdings: [],
  becomes: [],
  isAccepted: false,
  isTagChange: false,
  ...resourceChange({ address: `${key}-${action}`, action }),
  ...more,
});

const stack = (
  name: string,
  layer: Stack['layer'],
  resources: readonly Resource[],
  more: Partial<Stack> = {},
): Stack => ({
  stack: name,
  cloud: 'azure',
  layer,
  resources,
  outputs: [],
  isLeft: false,
  isTerminationProtected: false,
  hasLower: false,
  hasUpper: false,
  forgotten: [],
  ...more,
});

function graphOf(stacks: readonly Stack[]) {
  const report: DiffReport = {
    edits: [],
    tellsPortfolio: false,
    stacks,
    unchanged: 0,
    protected: [],
    givenUp: [],
    lost: [],
    cut: [],
    refused: [],
    readdressed: [],
    refactoring: [],
    migrations: [],
    releases: [],
    order: [],
    passes: [],
    ok: true,
  };
  const side = { estate, plan };
  return changeGraph(changePage({ report, base: 'a', file: 'b', before: side, after: side, version: '0.0.0' }));
}

test('has each stack that changes, with what becomes of each of its entries', () => {
  const holding = { id: 'h', accelerator: 'H200', accelerators: 16, nodes: 2, storedTiB: 0, label: '' };
  const { nodes } = graphOf([
    stack(cluster, 'cluster', [
      resource('created'),
      resource('created', KEY, { holdings: [holding] }),
      resource('destroyed'),
      resource('updated', 'stores.x', { isTagChange: true }),
    ]),
    stack(network, 'network', [], { outputs: [{ name: 'o', change: 'added', readers: [], staying: [] }] }),
  ]);
  expect(nodes.map(({ id, lines }) => [id, lines])).toEqual([
    [cluster, [KEY, '2 created', '  2 nodes, 16 H200', '1 destroyed', 'stores.x', '1 updated', '  tags']],
    [network, ['outputs only']],
  ]);
  expect(nodes[0]).toMatchObject({ cloud: 'azure', site: shard.site.key, group: 'cloud/azure' });
});

test.each([
  ['created only', [resource('created')], {}, 'good', undefined],
  ['updated', [resource('created'), resource('updated')], {}, 'warn', undefined],
  ['left as it is', [resource('kept')], {}, 'warn', undefined],
  ['the whole stack leaving', [resource('kept')], { isLeft: true }, 'warn', 'dashed'],
  ['replaced', [resource('updated'), resource('replaced')], {}, 'bad', undefined],
  ['destroyed', [resource('destroyed')], {}, 'bad', undefined],
  [
    'refused',
    [resource('updated', KEY, { refused: [{ attributes: [], who: 'AKS', why: 'so', way: 'other', source: 's' }] })],
    {},
    'bad',
    undefined,
  ],
] as const)('is coloured by the gravest that happens: %s', (_, resources, more, tone, line) => {
  const [node] = graphOf([stack(cluster, 'cluster', resources, more)]).nodes;
  expect([node?.tone, node?.line]).toEqual([tone, line]);
});

test('leads from a stack to the next one that changes, also over one that does not', () => {
  const ends = (stacks: readonly Stack[]) => graphOf(stacks).edges.map(({ from, to }) => [from, to]);
  const all = [
    stack(foundation, 'foundation', [resource('updated')]),
    stack(network, 'network', [resource('updated')]),
    stack(cluster, 'cluster', [resource('updated')]),
  ];
  expect(ends(all)).toEqual([
    [foundation, network],
    [network, cluster],
  ]);
  expect(ends(all.filter((each) => each.stack !== network))).toEqual([[foundation, cluster]]);
  expect(ends(all.slice(2))).toEqual([]);
});

test('counts entries of a stack that many change', () => {
  const keys = Array.from({ length: 9 }, (_, index) => `stores.s${index}`);
  const [node] = graphOf([
    stack(
      cluster,
      'storage',
      keys.map((key) => resource('created', key)),
    ),
  ]).nodes;
  expect(node?.lines).toEqual([...keys.slice(0, 4).flatMap((key) => [key, '1 created']), 'and 5 more entries']);
});

test('tells what pools hold once, where the cluster and the network around them change too', () => {
  const holdings = [{ id: 'h', accelerator: 'H200', accelerators: 16, nodes: 2, storedTiB: 0, label: '' }];
  const pool = resource('replaced', KEY, { type: 'azurerm_kubernetes_cluster_node_pool', holdings });
  const around = resource('replaced', 'x', { type: 'azurerm_kubernetes_cluster', holdings });
  const linesOf = (resources: readonly Resource[]) => graphOf([stack(cluster, 'cluster', resources)]).nodes[0]?.lines;
  expect(linesOf([around, pool])).toEqual(['x', '1 replaced', KEY, '1 replaced', '  2 nodes, 16 H200']);
  expect(linesOf([around])).toEqual(['x', '1 replaced', '  2 nodes, 16 H200']);
});
