import { allShards } from '../../../estate/plan/all-shards';
import { capacityRows } from '../../../estate/report/views';
import { racksGraph } from '../../../page/graph/racks';
import { ESTATE_FILES, planOfFile } from '../../helpers/graphs';

const linesOf = (example: string, id: string) => {
  const node = racksGraph(planOfFile(`examples/${example}.yaml`)).nodes.find((each) => each.id === id);
  return [node?.title, ...(node?.lines ?? [])];
};

describe.each(ESTATE_FILES)('the racks of %s', (path) => {
  const plan = planOfFile(path);
  const { nodes, edges } = racksGraph(plan);

  test('come to the groups of the view of capacity', () => {
    for (const { cluster, pool, groups, machine } of capacityRows(plan)) {
      const own = nodes.filter(({ id }) => id.startsWith(`groups/${cluster}.${pool}/`));
      const counts = own.map(({ title }) => Number((/^[\d,]+/.exec(title)?.[0] ?? '').replace(/,/g, '')));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(groups);
      expect(nodes.find(({ id }) => id === `pool/${cluster}.${pool}`)?.lines[0]).toBe(machine);
    }
  });

  test('hang below their pools, those below clusters and those below sites, each once', () => {
    const parents = new Map(edges.map(({ from, to }) => [to, from]));
    expect(parents.size).toBe(edges.length);
    for (const { cluster, site } of allShards(plan)) expect(parents.get(`cluster/${cluster}`)).toBe(`site/${site.key}`);
    for (const { cluster, pool } of capacityRows(plan))
      expect(parents.get(`pool/${cluster}.${pool}`)).toBe(`cluster/${cluster}`);
    const known = new Set(nodes.map(({ id }) => id));
    for (const { from, to } of edges) expect([from, to].filter((id) => !known.has(id))).toEqual([]);
  });
});

test('thousands of racks are one box for each size of a pool', () => {
  const graph = racksGraph(planOfFile('examples/frontier.yaml'));
  expect(graph.nodes.filter(({ id }) => id.startsWith('groups/')).length).toBe(19);
  expect(linesOf('frontier', 'groups/eastus2.train/18-18')).toEqual(['140 racks', 'of 18 nodes']);
});

test.each([
  ['queue', 'groups/eastus2.train/18-16', ['4 racks', 'of 18 nodes, 16 in service, 2 spare']],
  ['queue', 'groups/manassas.slices/4-4', ['2 slices', 'of 4 nodes, 4x4']],
  ['google', 'groups/iowa.data/20-20', ['1 group', 'of up to 20 nodes, at least 0 in all']],
])('in %s %s says what it is made of', (example, id, expected) => {
  expect(linesOf(example, id)).toEqual(expected);
});

test('an estate without pools says so', () => {
  const { nodes, columns } = racksGraph(planOfFile('examples/circuits.yaml'));
  expect(nodes).toEqual([{ id: 'nothing', title: 'the estate has no pools', lines: [], tone: 'other' }]);
  expect(columns).toBeUndefined();
});
