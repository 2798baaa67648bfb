import { replicationGraph } from '../../../page/graph/replication';
import { linkedEstate, planOf } from '../../helpers/linked';
import { replicatedEstate, replicatedPlan } from '../../helpers/replicated';

const WAITING = replicationGraph(planOf(replicatedEstate(['ohio-west'])));
const { nodes, edges, description } = replicationGraph(replicatedPlan());
const nodeOf = (id: string) => nodes.find((node) => node.id === id);

test('has a node for each store that takes part, and one for each replication', () => {
  expect(nodes.map(({ id }) => id)).toEqual([
    'store/east',
    'store/iowa',
    'store/models',
    'store/models-copy',
    'store/ohio',
    'store/west',
    'replication/models-ohio',
    'replication/ohio-east',
    'replication/ohio-iowa',
    'replication/ohio-west',
  ]);
  expect(nodeOf('store/iowa')).toMatchObject({ lines: ['iowa, Google Cloud'], tone: 'google', site: 'iowa' });
  expect(description).toBe('4 replications between 6 stores.');
});

test('says what copies, where it runs and how often', () => {
  expect(nodeOf('replication/ohio-iowa')).toMatchObject({ lines: ['datasync at ohio, every 6 h'], tone: 'other' });
  expect(nodeOf('replication/ohio-west')?.lines).toEqual(['native at ohio, as objects come']);
});

test('leads from each store that is read, by what copies it, to the one that is written', () => {
  const [read, written] = [
    edges.filter(({ to }) => to === 'replication/ohio-iowa'),
    edges.filter(({ from }) => from === 'replication/ohio-iowa'),
  ];
  expect(read).toEqual([{ from: 'store/ohio', to: 'replication/ohio-iowa', line: 'solid', heads: 'none' }]);
  expect(written).toEqual([{ from: 'replication/ohio-iowa', to: 'store/iowa', line: 'solid' }]);
});

test('is dashed where something waits', () => {
  expect(WAITING.nodes.at(-1)).toMatchObject({
    lines: ['native at ohio, as objects come', 'waits for 1 output'],
    tone: 'warn',
    line: 'dashed',
  });
  expect(WAITING.edges.map(({ line }) => line)).toEqual(['dashed', 'dashed']);
  expect(WAITING.description).toBe('1 replication between 2 stores. Dashed: 1 replication that cannot copy yet.');
});

test('says so where there are none', () => {
  expect(replicationGraph(planOf(linkedEstate({}))).nodes[0]?.title).toBe('the estate has no replications');
});
