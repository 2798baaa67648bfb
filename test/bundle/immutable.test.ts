import { immutableChanges, immutableFields } from '../../bundle/immutable';
import { IMMUTABLE_ROWS } from '../../bundle/immutable-rows';
import { schemaOf } from '../../bundle/schemas';

const KUEUE = 'kueue.x-k8s.io/v1beta2';
const object = (apiVersion: string, kind: string, rest: Record<string, unknown>) => ({
  apiVersion,
  kind,
  metadata: { name: 'x' },
  ...rest,
});
const flavor = (spec: Record<string, unknown>) => object(KUEUE, 'ResourceFlavor', { spec });
const claim = (storage: string, mode: string) =>
  object('v1', 'PersistentVolumeClaim', { spec: { accessModes: [mode], resources: { requests: { storage } } } });
const paths = (before: unknown, after: unknown) => immutableChanges(before, after).map(({ path }) => path);

describe('immutableFields', () => {
  test.each([
    [KUEUE, 'Topology', ['spec.levels']],
    [KUEUE, 'LocalQueue', ['spec.clusterQueue']],
    [KUEUE, 'AdmissionCheck', ['spec.controllerName']],
    [KUEUE, 'ResourceFlavor', ['spec.nodeLabels', 'spec.tolerations', 'spec.topologyName']],
    [KUEUE, 'WorkloadPriorityClass', []],
    ['scheduling.k8s.io/v1', 'PriorityClass', ['preemptionPolicy', 'value']],
    ['storage.k8s.io/v1', 'StorageClass', ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode']],
    ['resource.nvidia.com/v1beta1', 'ComputeDomain', ['spec']],
    ['example.com/v1', 'Run', []],
  ])('of %s %s are %j', (apiVersion, kind, expected) => {
    expect(immutableFields(apiVersion, kind).map(({ path }) => path)).toEqual(expected);
  });

  test('of rows are of kinds and fields that are recorded', () => {
    for (const { of, fields } of IMMUTABLE_ROWS) {
      const cut = of.lastIndexOf('/');
      const kind = schemaOf(of.slice(0, cut), of.slice(cut + 1));
      expect([of, kind?.row.kind]).toEqual([of, of.slice(cut + 1)]);
      for (const { path, once, except = [] } of fields) {
        for (const each of [path, ...except, ...(once === undefined ? [] : [once])]) {
          const found = each.split('.').reduce<unknown>((schema, name) => {
            const open = schema as {
              $ref?: string;
              properties?: Record<string, unknown>;
              additionalProperties?: unknown;
            };
            const named = (open.$ref === undefined ? open : kind?.schemas[open.$ref]) as typeof open;
            return named?.properties?.[name] ?? named?.additionalProperties;
          }, kind?.root);
          expect([of, each, found]).toEqual([of, each, expect.anything()]);
        }
      }
    }
  });
});

describe('immutableChanges', () => {
  test('keeps labels of a flavor once it has a topology, and lets it get one', () => {
    const plain = flavor({ nodeLabels: { 'estate/pool': 'a' } });
    const placed = flavor({ nodeLabels: { 'estate/pool': 'a' }, topologyName: 'racks' });
    expect(paths(plain, flavor({ nodeLabels: { 'estate/pool': 'b' } }))).toEqual([]);
    expect(paths(plain, placed)).toEqual([]);
    expect(paths(placed, flavor({ nodeLabels: { 'estate/pool': 'b' }, topologyName: 'racks' }))).toEqual([
      'spec.nodeLabels',
    ]);
    expect(paths(placed, plain)).toEqual(['spec.topologyName']);
    expect(paths(placed, { ...placed, metadata: { name: 'x', labels: { team: 'a' } } })).toEqual([]);
  });

  test('lets claims grow, and nothing else of them change', () => {
    expect(paths(claim('1Ti', 'ReadWriteMany'), claim('2Ti', 'ReadWriteMany'))).toEqual([]);
    expect(paths(claim('1Ti', 'ReadWriteMany'), claim('1Ti', 'ReadWriteOnce'))).toEqual(['spec']);
  });

  test('knows levels, values of priorities and data that are fixed', () => {
    const topology = (...labels: string[]) =>
      object(KUEUE, 'Topology', { spec: { levels: labels.map((nodeLabel) => ({ nodeLabel })) } });
    expect(paths(topology('a', 'b'), topology('a'))).toEqual(['spec.levels']);
    const priority = (value: number) => object('scheduling.k8s.io/v1', 'PriorityClass', { value });
    expect(paths(priority(1), priority(2))).toEqual(['value']);
    const map = (data: string, immutable?: boolean) => object('v1', 'ConfigMap', { data: { a: data }, immutable });
    expect(paths(map('1'), map('2'))).toEqual([]);
    expect(paths(map('1', false), map('2', false))).toEqual([]);
    expect(paths(map('1', true), map('2', true))).toEqual(['data']);
  });

  test('compares states of one kind only', () => {
    expect(immutableChanges(object('v1', 'Secret', { type: 'a' }), object('v1', 'ConfigMap', { type: 'b' }))).toEqual(
      [],
    );
    expect(immutableChanges('Job', 'Job')).toEqual([]);
  });
});
