import type { KubeObject } from '../../../bundle/types';
import { bundleOfFile, objectNamed, objectsOf } from '../made';

const bundle = bundleOfFile('examples/queue.yaml');
const names = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name);

describe('the queue of a worker', () => {
  test('has one queue for whatever the manager sends, which ends nobody', () => {
    expect(objectNamed(bundle, 'eastus2', 'ClusterQueue', 'gb300')).toMatchObject({
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      spec: {
        resourceGroups: [
          {
            coveredResources: ['nvidia.com/gpu', 'pods'],
            flavors: [
              {
                name: expect.stringMatching(/^eastus2-train-[0-9a-f]{8}$/),
                resources: [
                  { name: 'nvidia.com/gpu', nominalQuota: '256' },
                  { name: 'pods', nominalQuota: '7040' },
                ],
              },
            ],
          },
        ],
        cohortName: 'orbit-gb300',
        namespaceSelector: {
          matchExpressions: [
            { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['product', 'robotics', 'training'] },
          ],
        },
        preemption: {
          reclaimWithinCohort: 'Never',
          borrowWithinCohort: { policy: 'Never' },
          withinClusterQueue: 'Never',
        },
      },
    });
  });

  test('has flavors that give pods what they tolerate, and name no taints', () => {
    for (const { spec } of objectsOf(bundle, 'ashburn', 'ResourceFlavor'))
      expect(spec).toEqual({
        nodeLabels: { 'estate/pool': expect.any(String) },
        tolerations: expect.arrayContaining([expect.objectContaining({ operator: 'Exists', effect: 'NoSchedule' })]),
        topologyName: expect.any(String),
      });
  });

  test('has topologies with the label of nodes last', () => {
    const levels = objectsOf(bundle, 'eastus2', 'Topology').map(({ spec }) => spec);
    expect(levels).toEqual([{ levels: [{ nodeLabel: 'estate/group' }, { nodeLabel: 'kubernetes.io/hostname' }] }]);
  });

  test('lets the manager see jobs everywhere, and make them in namespaces of teams alone', () => {
    const ofManager = (kind: string) =>
      objectsOf(bundle, 'ashburn', kind).filter(({ metadata }) => metadata.name.startsWith('multikueue-manager'));
    expect(names(ofManager('ClusterRoleBinding'))).toEqual(['multikueue-manager-watch']);
    const bindings = ofManager('RoleBinding');
    expect(bindings.map(({ metadata }) => metadata.namespace)).toEqual(['product', 'robotics', 'training']);
    // Jobs of a team that has left still run, and the manager watches and ends them.
    for (const { metadata } of bindings)
      expect(metadata.annotations).toEqual({
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      });
    const rules = (name: string) =>
      (objectNamed(bundle, 'ashburn', 'ClusterRole', name).rules as { resources: string[]; verbs: string[] }[]).map(
        ({ resources, verbs }) => [...resources, ...verbs].join(' '),
      );
    expect(new Set(rules('multikueue-manager-watch').map((rule) => rule.replace(/^\S+ /, '')))).toEqual(
      new Set(['list watch']),
    );
    expect(rules('multikueue-manager-copy')).toContain('jobs create delete get');
    expect(rules('multikueue-manager-copy')).toContain('workloads create delete get update');
    expect(rules('multikueue-manager-copy')).toContain('workloads/status get patch update');
    expect(JSON.stringify(ofManager('ClusterRole'))).not.toMatch(/"\*"|secrets/);
  });

  test('asks for nodes of flex-start pools before it lets a job in', () => {
    expect(objectNamed(bundle, 'manassas', 'AdmissionCheck', 'queued-provisioning').spec).toEqual({
      controllerName: 'kueue.x-k8s.io/provisioning-request',
      parameters: { apiGroup: 'kueue.x-k8s.io', kind: 'ProvisioningRequestConfig', name: 'queued-provisioning' },
    });
    expect(objectNamed(bundle, 'manassas', 'ProvisioningRequestConfig', 'queued-provisioning').spec).toMatchObject({
      provisioningClassName: 'queued-provisioning.gke.io',
      managedResources: ['nvidia.com/gpu'],
    });
    const { spec } = objectNamed(bundle, 'manassas', 'ClusterQueue', 'b200');
    expect(spec).toMatchObject({ admissionChecksStrategy: { admissionChecks: [{ name: 'queued-provisioning' }] } });
  });
});

describe('the queue of the manager', () => {
  test('sends by one check for all flavors of a queue: Kueue stops a queue that has it for some', () => {
    const { spec } = objectNamed(bundle, 'hub', 'ClusterQueue', 'research-gb300');
    expect(spec).toMatchObject({ admissionChecksStrategy: { admissionChecks: [{ name: 'gb300' }] } });
    expect(JSON.stringify(spec)).not.toContain('onFlavors');
    expect(objectNamed(bundle, 'hub', 'MultiKueueConfig', 'gb300').spec).toEqual({ clusters: ['ashburn', 'eastus2'] });
  });

  test('names the secrets of workers and has none', () => {
    expect(objectNamed(bundle, 'hub', 'MultiKueueCluster', 'ashburn').spec).toEqual({
      clusterSource: { kubeConfig: { location: 'multikueue-ashburn', locationType: 'Secret' } },
    });
    expect(objectsOf(bundle, undefined, 'Secret')).toEqual([]);
    expect(names(objectsOf(bundle, 'hub', 'MultiKueueCluster'))).toEqual([
      'ashburn',
      'eastus2',
      'manassas',
      'virginia',
    ]);
  });

  test('has the flavors and topologies of its workers, and their namespaces and local queues', () => {
    for (const shard of ['ashburn', 'eastus2', 'manassas', 'virginia']) {
      const teams = ['product', 'robotics', 'training'];
      const local = objectsOf(bundle, shard, 'LocalQueue').filter(({ metadata }) =>
        teams.includes(metadata.namespace ?? ''),
      );
      for (const { metadata } of local)
        expect(objectNamed(bundle, 'hub', 'LocalQueue', metadata.name, metadata.namespace).metadata).toEqual(metadata);
    }
    for (const flavor of objectsOf(bundle, 'hub', 'ResourceFlavor')) {
      const shard = ['ashburn', 'eastus2', 'manassas', 'virginia'].find((each) =>
        flavor.metadata.name.startsWith(`${each}-`),
      );
      expect(objectNamed(bundle, shard ?? '', 'ResourceFlavor', flavor.metadata.name)).toEqual(flavor);
    }
  });
});
