import { formatDiff } from '../../diff';
import { all, DiffScene, type EditRow, ESTATE, outline, swap } from './scene';

const IMAGE = 'ocid1.image.oc1.phx.fbilghogfcfdbmfpohocfnglcmdleopgcceohnjankcajbjghnneholaiclc';

/** Adds a pool to the cluster of each cloud, sized like this. */
const withPools = (nodes: string) =>
  all(
    swap('      b300:\n', `      burst: { machine: m7i.8xlarge, nodes: ${nodes}, zone: us-east-1a }\n      b300:\n`),
    swap(
      '    pools:\n      train: { accelerator: h200',
      `    pools:\n      burst: { machine: Standard_D32ads_v5, nodes: ${nodes}, zone: "1" }\n      train: { accelerator: h200`,
    ),
    swap(
      '      tpu:\n',
      `      burst: { machine: n4-standard-32, nodes: ${nodes}, zone: us-central1-b }\n      tpu:\n`,
    ),
    swap(
      '      mi355x:\n',
      `      burst: { machine: VM.Standard.E5.Flex, nodes: ${nodes}, zone: "Uocm:PHX-AD-2", image: ${IMAGE} }\n      mi355x:\n`,
    ),
  );

const RANGE = '{ min: 2, max: 40 }';

/** Says another size in the pools of all clouds. */
const resized = (from: string, to: string) => (text: string) => text.replaceAll(`nodes: ${from}`, `nodes: ${to}`);

/** A range never says again how many nodes a group of EKS starts with: what runs is left alone. */
const EKS_SIZES = 'ScalingConfig.DesiredSize ScalingConfig.MaxSize';

const ROWS: readonly EditRow[] = [
  {
    name: 'a larger maximum',
    edit: resized(RANGE, '{ min: 2, max: 60 }'),
    expected: [
      '~ iowa-cluster clusters.iowa.pools.burst autoscaling.total_max_node_count',
      '~ phoenix-cluster clusters.phoenix configurations.value',
      '~ phoenix-cluster clusters.phoenix.pools.burst freeform_tags.nodes node_pool_cycling_details.maximum_surge',
      '~ southcentral-h200-cluster clusters.southcentral-h200.pools.burst max_count',
      `~ virginia-cluster clusters.virginia.pools.burst ${EKS_SIZES} Tags.nodes`,
    ],
  },
  {
    name: 'a smaller maximum',
    edit: resized(RANGE, '{ min: 2, max: 20 }'),
    expected: [
      'lost clusters.iowa.pools.burst 20 nodes',
      'lost clusters.phoenix.pools.burst 20 nodes',
      'lost clusters.southcentral-h200.pools.burst 20 nodes',
      'lost clusters.virginia.pools.burst 20 nodes',
      '~ iowa-cluster clusters.iowa.pools.burst autoscaling.total_max_node_count',
      '~ phoenix-cluster clusters.phoenix configurations.value',
      '~ phoenix-cluster clusters.phoenix.pools.burst freeform_tags.nodes node_pool_cycling_details.maximum_surge',
      '~ southcentral-h200-cluster clusters.southcentral-h200.pools.burst max_count',
      `~ virginia-cluster clusters.virginia.pools.burst ${EKS_SIZES} Tags.nodes`,
    ],
  },
  ...['{ min: 0, max: 40 }', '{ min: 5, max: 40 }'].map((range) => ({
    name: `another minimum, ${range}`,
    edit: resized(RANGE, range),
    expected: [
      '~ iowa-cluster clusters.iowa.pools.burst autoscaling.total_min_node_count',
      '~ phoenix-cluster clusters.phoenix configurations.value',
      '~ phoenix-cluster clusters.phoenix.pools.burst freeform_tags.nodes',
      '~ southcentral-h200-cluster clusters.southcentral-h200.pools.burst min_count',
      '~ virginia-cluster clusters.virginia.pools.burst ScalingConfig.DesiredSize ScalingConfig.MinSize Tags.nodes',
    ],
  })),
  {
    name: 'a fixed size in the place of a range',
    edit: resized(RANGE, '24'),
    expected: [
      '- phoenix-cluster clusters.phoenix',
      '- virginia-cluster clusters.virginia',
      'lost clusters.iowa.pools.burst 16 nodes',
      'lost clusters.phoenix.pools.burst 16 nodes',
      'lost clusters.southcentral-h200.pools.burst 16 nodes',
      'lost clusters.virginia.pools.burst 16 nodes',
      'outputs removed virginia-cluster',
      '~ iowa-cluster clusters.iowa.pools.burst ignore_node_count_changes node_count autoscaling',
      '~ phoenix-cluster clusters.phoenix.pools.burst freeform_tags.nodes node_config_details.size node_pool_cycling_details.maximum_surge',
      '~ southcentral-h200-cluster clusters.southcentral-h200.pools.burst auto_scaling_enabled max_count min_count node_count',
      `~ virginia-cluster clusters.virginia.pools.burst ${EKS_SIZES} ScalingConfig.MinSize Tags.nodes`,
    ],
  },
];

describe('pools with a range', () => {
  test('are added and touch nothing else', () => {
    const scene = new DiffScene();
    try {
      expect(outline(scene.diff(withPools(RANGE)))).toEqual([
        '+ iowa-cluster clusters.iowa.pools.burst',
        '+ phoenix-cluster clusters.phoenix',
        '+ phoenix-cluster clusters.phoenix.pools.burst',
        '+ southcentral-h200-cluster clusters.southcentral-h200.pools.burst',
        '+ virginia-cluster clusters.virginia',
        '+ virginia-cluster clusters.virginia.pools.burst',
        'outputs added virginia-cluster',
      ]);
    } finally {
      scene.close();
    }
  });

  describe('that exist', () => {
    let scene: DiffScene;
    beforeAll(() => {
      scene = new DiffScene(withPools(RANGE)(ESTATE));
    });
    afterAll(() => scene.close());

    test.each(ROWS)('take $name', ({ edit, expected }) => {
      expect(outline(scene.diff(edit))).toEqual(expected);
    });

    test('say how many nodes run from then on where a fixed size follows', () => {
      const text = formatDiff(scene.diff(resized(RANGE, '24')));
      expect(text).toContain('ScalingConfig 40 -> 24 nodes: CloudFormation sets the running size to 24');
      expect(text).toContain('clusters.virginia.pools.burst: nodes 2-40 -> 24');
    });
  });

  test('take the place of a fixed size, of which what runs goes on', () => {
    const scene = new DiffScene(withPools('24')(ESTATE));
    try {
      expect(outline(scene.diff(resized('24', RANGE)))).toEqual([
        '+ phoenix-cluster clusters.phoenix',
        '+ virginia-cluster clusters.virginia',
        'outputs added virginia-cluster',
        '~ iowa-cluster clusters.iowa.pools.burst ignore_node_count_changes autoscaling',
        '~ phoenix-cluster clusters.phoenix.pools.burst freeform_tags.nodes node_pool_cycling_details.maximum_surge',
        '~ southcentral-h200-cluster clusters.southcentral-h200.pools.burst auto_scaling_enabled max_count min_count',
        `~ virginia-cluster clusters.virginia.pools.burst ${EKS_SIZES} ScalingConfig.MinSize Tags.nodes`,
      ]);
    } finally {
      scene.close();
    }
  });
});
