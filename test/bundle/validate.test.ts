import { isNamespaced, validateObject } from '../../bundle/validate';

/** An object of JSON that tests change. */
type Fields = Record<string, unknown>;

const queue = (spec: Fields = {}): Fields => ({
  apiVersion: 'kueue.x-k8s.io/v1beta2',
  kind: 'ClusterQueue',
  metadata: { name: 'research-gb300' },
  spec: {
    cohortName: 'frontier',
    namespaceSelector: { matchLabels: { team: 'research' } },
    preemption: { reclaimWithinCohort: 'Any', withinClusterQueue: 'LowerPriority' },
    resourceGroups: [group()],
    ...spec,
  },
});

function group(quota: Fields = {}): Fields {
  return {
    coveredResources: ['nvidia.com/gpu', 'pods'],
    flavors: [
      {
        name: 'frontier-1-train-0a1b2c3d',
        resources: [
          { name: 'nvidia.com/gpu', nominalQuota: 216, ...quota },
          { name: 'pods', nominalQuota: '54' },
        ],
      },
    ],
  };
}

const job = (container: Fields = {}, spec: Fields = {}): Fields => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'train', namespace: 'research', labels: { 'kueue.x-k8s.io/queue-name': 'gb300' } },
  spec: {
    parallelism: 18,
    completions: 18,
    completionMode: 'Indexed',
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'main',
            image: 'train:1',
            resources: { limits: { 'nvidia.com/gpu': 4 }, requests: { cpu: '32' } },
            ...container,
          },
        ],
      },
    },
    ...spec,
  },
});

const topology = (...labels: string[]): Fields => ({
  apiVersion: 'kueue.x-k8s.io/v1beta2',
  kind: 'Topology',
  metadata: { name: 'racks' },
  spec: { levels: labels.map((nodeLabel) => ({ nodeLabel })) },
});

/** Problems as lines. */
function problems(object: unknown): string[] {
  return validateObject(object).map(({ code, path, message }) => `${code} ${path}: ${message}`);
}

describe('validateObject', () => {
  test.each([
    ['a queue', queue()],
    ['a job', job()],
    ['a topology', topology('estate/group', 'kubernetes.io/hostname')],
    ['a job with null where nothing is meant', job({ args: null })],
    ['a quantity that is a fraction', job({ resources: { limits: { 'nvidia.com/gpu': 4 }, requests: { cpu: 0.5 } } })],
    ['a name that the server makes', { ...job(), metadata: { generateName: 'train-' } }],
    ['a status', { ...job(), status: { active: 1 } }],
    [
      'a role with a colon in its name',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'estate:reader' },
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      },
    ],
  ])('finds nothing wrong with %s', (_, object) => {
    expect(problems(object)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    [
      'a field that there is not',
      job({ imagePullPolicies: 'Always' }),
      'UnknownField spec.template.spec.containers[0].imagePullPolicies: is no field; did you mean "imagePullPolicy"?',
    ],
    [
      'a field of v1beta1',
      queue({ cohort: 'frontier' }),
      'UnknownField spec.cohort: is no field; did you mean "cohortName"?',
    ],
    [
      'a number where text belongs',
      job({ env: [{ name: 'RANKS', value: 18 }] }),
      'WrongType spec.template.spec.containers[0].env[0].value: is 18; a text is expected: write "18" in quotes',
    ],
    [
      'a list where an object belongs',
      job({ resources: [] }),
      'WrongType spec.template.spec.containers[0].resources: is []; an object is expected',
    ],
    [
      'a value that is not allowed',
      job({ imagePullPolicy: 'always' }),
      'NotAllowed spec.template.spec.containers[0].imagePullPolicy: is "always"; allowed is "Always", "IfNotPresent", "Never"; did you mean "Always"?',
    ],
    ['what is missing', job({ name: undefined }), 'MissingField spec.template.spec.containers[0].name: is missing'],
    [
      'a quantity that is none',
      job({ resources: { limits: { cpu: '4 cores' } } }),
      'WrongType spec.template.spec.containers[0].resources.limits.cpu: is "4 cores"; a quantity such as 4, 500m or 16Gi is expected',
    ],
    [
      'keys that occur twice',
      job({
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
        ports: [{ containerPort: 1 }, { containerPort: 1 }],
      }),
      'Duplicate spec.template.spec.containers[0].ports[1]: has the containerPort and protocol of entry 0: [1,null]',
    ],
    [
      'a name in capitals',
      { ...job(), metadata: { name: 'Train' } },
      'NotAllowed metadata.name: is "Train"; it has to be lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
    ],
    ['no name', { ...job(), metadata: {} }, 'MissingField metadata.name: is missing'],
    [
      'a label that is too long',
      { ...job(), metadata: { name: 'train', labels: { team: 'x'.repeat(64) } } },
      'NotAllowed metadata.labels.team: has 64 characters; at most 63 are allowed',
    ],
    [
      'a number as label',
      { ...job(), metadata: { name: 'train', labels: { rank: 1 } } },
      'WrongType metadata.labels.rank: is 1; a text is expected: write "1" in quotes',
    ],
    [
      'more lent than there is',
      queue({ resourceGroups: [group({ lendingLimit: 217 })] }),
      'Rule spec.resourceGroups[0].flavors[0].resources[0].lendingLimit: is 217, which is more than nominalQuota, 216',
    ],
    [
      'lending to nobody',
      queue({ cohortName: undefined, resourceGroups: [group({ lendingLimit: 1 })] }),
      'Rule spec.resourceGroups[0].flavors[0].resources[0].lendingLimit: goes only with spec.cohortName',
    ],
    [
      'resources in another order',
      queue({ resourceGroups: [{ ...group(), coveredResources: ['pods', 'nvidia.com/gpu'] }] }),
      'Rule spec.resourceGroups[0].flavors[0].resources[0].name: is "nvidia.com/gpu"; resources stand in the order of coveredResources: "pods", "nvidia.com/gpu"',
    ],
    [
      'a check of a flavor of others',
      queue({ admissionChecksStrategy: { admissionChecks: [{ name: 'west', onFlavors: ['other'] }] } }),
      'NotAllowed spec.admissionChecksStrategy.admissionChecks[0].onFlavors[0]: is "other", which is no flavor of this queue; they are "frontier-1-train-0a1b2c3d"',
    ],
    [
      'a level too many',
      topology(...Array.from({ length: 17 }, (_, level) => `estate/level-${level}`)),
      'NotAllowed spec.levels: has 17 entries; at most 16 are allowed',
    ],
    [
      'a manifest that is a text',
      'kind: Job',
      'NotAnObject : is "kind: Job"; an object with apiVersion and kind is expected',
    ],
    ['a manifest without a version', { kind: 'Job' }, 'NotAnObject apiVersion: is missing'],
  ])('refuses %s', (_, object, problem) => {
    expect(problems(object)).toContain(problem);
  });

  test.each([
    [
      'kueue.x-k8s.io/v1beta1',
      'ClusterQueue',
      'UnknownVersion apiVersion: is kueue.x-k8s.io/v1beta1, which is served still and not recorded; ClusterQueue is known as kueue.x-k8s.io/v1beta2',
    ],
    ['batch/v1beta1', 'CronJob', 'UnknownVersion apiVersion: is batch/v1beta1; CronJob is known as batch/v1'],
    ['batch/v1', 'Jobb', 'UnknownKind kind: is Jobb, which batch/v1 does not have; did you mean "Job"?'],
    [
      'batch.volcano.sh/v1alpha1',
      'Job',
      'UnknownKind apiVersion: is batch.volcano.sh/v1alpha1: its Job is not recorded, so nothing can be said of it; Job is known in batch/v1',
    ],
    [
      'example.com/v1',
      'Run',
      'UnknownKind apiVersion: is example.com/v1: its Run is not recorded, so nothing can be said of it',
    ],
  ])('tells %s %s apart from a wrong object', (apiVersion, kind, problem) => {
    expect(problems({ apiVersion, kind, metadata: { name: 'x' }, anything: 1 })).toEqual([problem]);
  });

  test('reports everything at once', () => {
    const wrong = job({ name: 1, imagePullPolicy: 'Sometimes', resource: {} }, { backofLimit: 2 });
    expect(
      validateObject(wrong)
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      'spec.backofLimit',
      'spec.template.spec.containers[0].imagePullPolicy',
      'spec.template.spec.containers[0].name',
      'spec.template.spec.containers[0].resource',
    ]);
  });

  test('knows which kinds lie in namespaces', () => {
    expect(['Namespace', 'Pod'].map((kind) => isNamespaced('v1', kind))).toEqual([false, true]);
    expect(isNamespaced('kueue.x-k8s.io/v1beta2', 'LocalQueue')).toBe(true);
    expect(isNamespaced('example.com/v1', 'Run')).toBeUndefined();
  });
});
