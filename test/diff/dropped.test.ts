import { droppedArguments } from '../../diff/facts/dropped';
import { DiffScene, ESTATE, outline, swap } from './scene';

const POOL = 'google_container_node_pool';
const labelled = (labels: Record<string, string> | undefined) => ({
  node_config: [{ ...(labels && { labels }), machine_type: 'a3-ultragpu-8g' }],
});

describe('arguments that are no longer written', () => {
  test.each([
    ['the last label goes', { a: 'b' }, undefined, ['google']],
    ['the last label goes and an empty map stays', { a: 'b' }, {}, ['google']],
    ['one of two labels goes', { a: 'b', c: 'd' }, { a: 'b' }, []],
    ['there never was one', undefined, undefined, []],
    ['the first label comes', undefined, { a: 'b' }, []],
  ] as const)('are told where the provider keeps them: %s', (_what, had, written, expected) => {
    expect(droppedArguments({ type: POOL }, labelled(had), labelled(written)).map(({ who }) => who)).toEqual(expected);
  });

  test('are not told of other types', () => {
    expect(droppedArguments({ type: 'google_container_cluster' }, labelled({ a: 'b' }), labelled(undefined))).toEqual(
      [],
    );
  });

  test('are not told when a Google pool loses the last label of its own, since those of the estate stay', () => {
    const [from, to] = [
      '        accelerators: 64\n',
      '        accelerators: 64\n        labels: { example.com/team: red }\n',
    ];
    const scene = new DiffScene(swap(from, to)(ESTATE));
    try {
      const report = scene.diff(swap(to, from), ['*']);
      expect([report.ok, outline(report)]).toEqual([
        true,
        ['~ iowa-cluster clusters.iowa.pools.tpu node_config.labels.example.com/team'],
      ]);
    } finally {
      scene.close();
    }
  });
});
