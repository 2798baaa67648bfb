import { bundleOfFile, objectNamed, objectsOf } from '../made';

const bundle = bundleOfFile('examples/queue.yaml');
/** Namespaces of jobs and services, without those of software. */
const namespaces = bundle.files.flatMap(({ object, part }) =>
  part === 'base' && object?.kind === 'Namespace' ? [object] : [],
);

describe('namespaces', () => {
  test('have the level of pod security that the network between accelerators of their cloud needs', () => {
    const level = (shard: string) =>
      objectNamed(bundle, shard, 'Namespace', 'training').metadata.labels?.['pod-security.kubernetes.io/enforce'];
    expect(level('virginia')).toBe('baseline');
    for (const shard of ['eastus2', 'manassas', 'ashburn']) expect(level(shard)).toBe('privileged');
    expect(namespaces.length).toBeGreaterThan(15);
    // Pods are made on the manager first.
    expect(level('hub')).toBe('privileged');
    for (const { metadata } of namespaces)
      expect(metadata.labels).toMatchObject({
        'pod-security.kubernetes.io/audit': 'baseline',
        'pod-security.kubernetes.io/warn': 'baseline',
      });
  });

  test('are left where they are by tools when they leave the estate, with what jobs in them are guarded by', () => {
    const policies = objectsOf(bundle).filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies.length).toBeGreaterThan(namespaces.length);
    for (const { metadata } of [...namespaces, ...policies])
      expect(metadata.annotations).toEqual({
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      });
  });

  test('have the label of the queue, which those of software do not have', () => {
    for (const { metadata } of namespaces) expect(metadata.labels).toMatchObject({ 'estate/jobs': 'queued' });
    const others = bundle.files.flatMap(({ object, part }) =>
      part !== 'base' && object?.kind === 'Namespace' ? [object] : [],
    );
    expect(others.map(({ metadata }) => metadata.name)).toContain('kueue-system');
    expect(others.flatMap(({ metadata }) => Object.keys(metadata.labels ?? {}))).not.toContain('estate/jobs');
  });
});

describe('network policies', () => {
  test('let pods of a namespace reach each other, and nobody else in', () => {
    expect(objectNamed(bundle, 'virginia', 'NetworkPolicy', 'within-namespace', 'training').spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }] }],
    });
  });

  test('keep pods from the metadata service where their identity comes from elsewhere', () => {
    const kept = objectsOf(bundle, 'ashburn', 'NetworkPolicy').filter(
      ({ metadata }) => metadata.name === 'without-metadata',
    );
    expect(kept).toHaveLength(4);
    expect(kept[0]?.spec).toMatchObject({
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ namespaceSelector: {} }, { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }],
        },
        {
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
      ],
    });
    // That of GKE names the workload.
    expect(objectsOf(bundle, 'manassas', 'NetworkPolicy').map(({ metadata }) => metadata.name)).not.toContain(
      'without-metadata',
    );
  });
});

test('priorities of pods have their value in their name, and only services end pods of others', () => {
  const classes = objectsOf(bundle, 'eastus2', 'PriorityClass');
  expect(classes.map(({ metadata, value, preemptionPolicy }) => [metadata.name, value, preemptionPolicy])).toEqual([
    ['high-900', 900, 'Never'],
    ['low-100', 100, 'Never'],
    ['normal-500', 500, 'Never'],
    ['serving-2000000', 2000000, 'PreemptLowerPriority'],
  ]);
});
