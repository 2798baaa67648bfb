import { accountOrder, stackOrder } from '../../../estate/plan/order';
import { stackRows } from '../../../estate/report/views';
import { stacksGraph } from '../../../page/graph/stacks';
import { ESTATE_FILES, planOfFile } from '../../helpers/graphs';
import { linkedEstate, planOf, SOME_GATEWAYS, SOME_LINKS } from '../../helpers/linked';

/** Everything that leads to each node over edges. */
function reachedFrom(edges: readonly { readonly from: string; readonly to: string }[]): (id: string) => Set<string> {
  return function before(id: string): Set<string> {
    return new Set(edges.filter(({ to }) => to === id).flatMap(({ from }) => [from, ...before(from)]));
  };
}

describe.each(ESTATE_FILES)('the stacks of %s', (path) => {
  const plan = planOfFile(path);
  const graph = stacksGraph(plan);
  const solid = graph.edges.filter(({ line }) => line === undefined);

  test('are those of the plan, in the cloud and the column of theirs', () => {
    const order = stackOrder(plan);
    const made = graph.nodes.filter(({ line }) => line === undefined);
    expect(made.map(({ id }) => id).sort()).toEqual(
      stackRows(plan)
        .map(({ stack }) => stack)
        .sort(),
    );
    for (const { stack, cloud, layer, site } of order) {
      const node = graph.nodes.find(({ id }) => id === stack);
      expect(node).toMatchObject({ title: stack, cloud, group: `cloud/${cloud}`, tone: cloud });
      expect(node?.site).toBe(site?.key);
      expect(graph.columns?.[node?.rank ?? -1]).toBe(layer);
    }
  });

  test('come after the same ones as in the plan, and no line follows from others', () => {
    const before = reachedFrom(solid);
    const planned = reachedFrom(
      stackOrder(plan).flatMap(({ stack, after }) => after.map((from) => ({ from, to: stack }))),
    );
    for (const { stack } of stackOrder(plan)) expect([stack, before(stack)]).toEqual([stack, planned(stack)]);
    for (const edge of solid) {
      const others = reachedFrom(solid.filter((other) => other !== edge));
      expect([edge, others(edge.to).has(edge.from)]).toEqual([edge, false]);
    }
  });

  test('stand in columns that lines lead to the right of', () => {
    const rank = new Map(graph.nodes.map((node) => [node.id, node.rank ?? -1]));
    for (const { from, to } of solid) expect(rank.get(from)).toBeLessThan(rank.get(to) ?? -1);
  });
});

describe('halves of links that wait', () => {
  const waiting = planOf(linkedEstate(SOME_LINKS));
  const graph = stacksGraph(waiting);
  const node = (id: string) => graph.nodes.find((each) => each.id === id);
  const dashed = graph.edges.filter(({ line }) => line === 'dashed').map(({ from, to }) => `${from} > ${to}`);

  test('are drawn dashed in the column of links, with how much they wait for', () => {
    expect(node('atlas-ohio-eastus2-ohio-link')).toMatchObject({
      lines: ['us-east-2', 'waits for 1 output'],
      line: 'dashed',
      cloud: 'aws',
      site: 'ohio',
    });
    expect(graph.columns?.[node('atlas-ohio-eastus2-ohio-link')?.rank ?? -1]).toBe('link');
    expect(graph.description).toContain('more, with a dashed border, cannot be made yet.');
  });

  test('come after the gateway of their own site, and after what tells them what they are made from', () => {
    expect(dashed).toContain('atlas-eastus2-gateway > atlas-ohio-eastus2-ohio-link');
    expect(dashed).toContain('atlas-ohio-eastus2-ohio-link > atlas-ohio-eastus2-eastus2-link');
    expect(graph.edges).toContainEqual({ from: 'atlas-ohio-gateway', to: 'atlas-ohio-eastus2-ohio-link' });
  });

  test('are stacks as all others once that is known', () => {
    const told = planOf(linkedEstate(SOME_LINKS), { gateways: SOME_GATEWAYS });
    const found = stacksGraph(told).nodes.find(({ id }) => id === 'atlas-ohio-eastus2-ohio-link');
    expect(found).toMatchObject({ lines: ['us-east-2'] });
    expect(found).not.toHaveProperty('line');
    const { stack, after } = told
      .accounts('aws')
      .flatMap((account) => accountOrder(account, told))
      .find((each) => each.stack === 'atlas-ohio-eastus2-ohio-link') ?? { stack: '', after: [] };
    // What is drawn of a half before it is known is what the plan says of it then.
    expect([stack, after]).toEqual([
      'atlas-ohio-eastus2-ohio-link',
      ['atlas-aws-foundation', 'atlas-ohio-network', 'atlas-ohio-gateway'],
    ]);
  });
});

test('says who answers for a stack', () => {
  const plan = planOfFile('examples/minimal.yaml');
  const graph = stacksGraph(plan, (path) => ({ owner: path }));
  expect(graph.nodes.filter(({ cloud }) => cloud === 'aws').map(({ id, owner }) => [id, owner])).toEqual([
    ['mini-aws-foundation', 'accounts.aws'],
    ['mini-oregon-network', 'sites.oregon'],
    ['mini-oregon-cluster', 'clusters.oregon'],
  ]);
});
