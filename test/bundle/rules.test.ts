import { immutableChanges } from '../../bundle/immutable';
import type { KubeSchema } from '../../bundle/kube-schema';
import type { Problem } from '../../bundle/problems';
import { RECORDED, readRecording, schemaOf } from '../../bundle/schemas';
import { mapSchemas } from '../../tools/kube-schemas/compact';
import { checkTransition, parseRule } from '../../tools/kube-schemas/rules';
import { refusalLines } from '../helpers/kube';

const KUEUE = 'kueue.x-k8s.io/v1beta2';

/** All rules in CEL that are recorded. */
function everyRule(): ReadonlySet<string> {
  const rules = new Set<string>();
  const walk = (schema: KubeSchema): KubeSchema => {
    for (const { rule } of schema['x-kubernetes-validations'] ?? []) rules.add(rule);
    return mapSchemas(schema, walk);
  };
  for (const file of new Set(RECORDED.kinds().map((row) => row.file))) {
    for (const schema of Object.values(readRecording(file).schemas)) walk(schema);
  }
  return rules;
}

const kueue = (kind: string, spec: Record<string, unknown>) => ({
  apiVersion: KUEUE,
  kind,
  metadata: { name: 'x' },
  spec,
});
const topology = (...labels: string[]) => kueue('Topology', { levels: labels.map((nodeLabel) => ({ nodeLabel })) });

describe('rules in CEL', () => {
  test('are all read by the library, which has every function that they call', () => {
    const rules = everyRule();
    expect(rules.size).toBeGreaterThan(40);
    for (const rule of rules) expect(() => parseRule(rule)).not.toThrow();
    const called = new Set([...rules].flatMap((rule) => [...rule.matchAll(/(\w+)\(/g)].map(([, name]) => name)));
    called.delete('in');
    expect([...called].sort()).toEqual(['all', 'exists', 'filter', 'has', 'matches', 'size']);
  });

  test.each([
    [
      'two levels of hosts',
      topology('kubernetes.io/hostname', 'kubernetes.io/hostname'),
      'spec.levels: must be unique',
    ],
    [
      'a level below hosts',
      topology('kubernetes.io/hostname', 'estate/group'),
      'spec.levels: the kubernetes.io/hostname label can only be used at the lowest level of topology',
    ],
    [
      'a topology of nothing',
      kueue('ResourceFlavor', { topologyName: 'racks' }),
      'spec: at least one nodeLabel is required when topology is set',
    ],
    [
      'a toleration of nothing',
      kueue('ResourceFlavor', { tolerations: [{ effect: 'NoSchedule' }] }),
      "spec.tolerations: operator must be Exists when 'key' is empty, which means 'match all values and all keys'",
    ],
    [
      'borrowing of others without taking back',
      kueue('ClusterQueue', {
        preemption: { borrowWithinCohort: { policy: 'LowerPriority' } },
      }),
      'spec.preemption: reclaimWithinCohort=Never and borrowWithinCohort.Policy!=Never',
    ],
    [
      'fewer quotas than resources',
      kueue('Cohort', {
        resourceGroups: [
          {
            coveredResources: ['cpu', 'memory'],
            flavors: [{ name: 'a', resources: [{ name: 'cpu', nominalQuota: 1 }] }],
          },
        ],
      }),
      'spec.resourceGroups[0]: flavors must have the same number of resources as the coveredResources',
    ],
    [
      'a release without a chart',
      {
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: 'x' },
        spec: { interval: '10m' },
      },
      'spec: either chart or chartRef must be set',
    ],
    [
      'a training job with a name that no service may have',
      {
        apiVersion: 'trainer.kubeflow.org/v1alpha1',
        kind: 'TrainJob',
        metadata: { name: '1-train' },
        spec: { runtimeRef: { name: 'torch' } },
      },
      ': metadata.name must match RFC 1035 DNS label format',
    ],
  ])('refuse %s', (_, object, line) => {
    expect(refusalLines(object)).toContain(line);
  });

  test.each([
    ['levels of racks and hosts', topology('estate/group', 'kubernetes.io/hostname')],
    [
      'a flavor with a topology',
      kueue('ResourceFlavor', {
        nodeLabels: { 'estate/pool': 'train' },
        tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
        topologyName: 'racks',
      }),
    ],
    [
      'a queue that takes back and borrows of others',
      kueue('ClusterQueue', {
        preemption: { reclaimWithinCohort: 'Any', borrowWithinCohort: { policy: 'LowerPriority' } },
      }),
    ],
    [
      'a release of a chart',
      {
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: 'x' },
        spec: { interval: '10m', chartRef: { kind: 'OCIRepository', name: 'kueue' } },
      },
    ],
  ])('let %s pass', (_, object) => {
    expect(refusalLines(object)).toEqual([]);
  });

  const flavor = (nodeLabels: Record<string, string>, topologyName?: string) =>
    kueue('ResourceFlavor', { nodeLabels, topologyName });
  test.each([
    ['levels', topology('a', 'b'), topology('a')],
    ['labels of a flavor without a topology', flavor({ a: '1' }), flavor({ a: '2' })],
    ['labels of a flavor with one', flavor({ a: '1' }, 'racks'), flavor({ a: '2' }, 'racks')],
    ['its topology', flavor({ a: '1' }, 'racks'), flavor({ a: '1' }, 'hosts')],
    ['its topology, which goes', flavor({ a: '1' }, 'racks'), flavor({ a: '1' })],
    ['its topology, which comes', flavor({ a: '1' }), flavor({ a: '1' }, 'racks')],
    [
      'the queue of a local queue',
      kueue('LocalQueue', { clusterQueue: 'a' }),
      kueue('LocalQueue', { clusterQueue: 'b' }),
    ],
    [
      'a policy of a local queue',
      kueue('LocalQueue', { clusterQueue: 'a' }),
      kueue('LocalQueue', { clusterQueue: 'a', stopPolicy: 'Hold' }),
    ],
  ])('say of a change of %s what immutable fields say', (_, before, after) => {
    const found: Problem[] = [];
    const { root, schemas } = schemaOf(KUEUE, before.kind) ?? { root: {}, schemas: {} };
    checkTransition(before, after, root, schemas, (code, path, message) => found.push({ code, path, message }));
    expect(found.length > 0).toBe(immutableChanges(before, after).length > 0);
  });
});
