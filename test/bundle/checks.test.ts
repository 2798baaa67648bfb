import { KIND_CHECKS } from '../../bundle/checks';
import { schemaOf } from '../../bundle/schemas';
import type { KubeObject } from '../../bundle/types';
import { SAMPLES } from '../../lab/schemas/objects';
import { refusalLines } from '../helpers/kube';

/** A sample of a kind with another value at a path; none is a value that goes. */
function changed(kind: string, path: string, value?: unknown): unknown {
  const sample = SAMPLES.find((each) => each.kind === kind);
  if (sample === undefined) throw new Error(`there is no sample of ${kind}`);
  const object: unknown = structuredClone(sample);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], object);
  (parent as Record<string, unknown>)[last] = value;
  return object;
}

const POD = 'spec.template.spec';
const MAIN = `${POD}.containers.0`;
const AT = 'spec.template.spec.containers[0]';

describe('checks of kinds', () => {
  test('are of kinds that are recorded, with a source each', () => {
    for (const { kinds, source, checked } of KIND_CHECKS) {
      const of = kinds.join();
      for (const kind of kinds) {
        const cut = kind.lastIndexOf('/');
        expect([kind, schemaOf(kind.slice(0, cut), kind.slice(cut + 1))?.row.kind]).toEqual([
          kind,
          kind.slice(cut + 1),
        ]);
      }
      expect([of, source, checked]).toEqual([
        of,
        expect.stringMatching(/^https:\/\//),
        expect.stringMatching(/^\d{4}-\d\d$/),
      ]);
    }
  });

  test.each(SAMPLES.map((object): [string, KubeObject] => [object.kind, object]))(
    'let a sample of %s pass',
    (_, object) => {
      expect(refusalLines(object)).toEqual([]);
    },
  );

  test.each<[string, string, unknown, string]>([
    [
      'Job',
      `${MAIN}.resources.requests`,
      { 'nvidia.com/gpu': 2 },
      `${AT}.resources.requests["nvidia.com/gpu"]: is 2; it has to be the limit, 4`,
    ],
    [
      'Job',
      `${MAIN}.resources.requests`,
      { 'rdma/hca': 1, cpu: 1 },
      `${AT}.resources.requests["rdma/hca"]: needs the same in limits: rdma/hca is given as it is asked for`,
    ],
    [
      'Job',
      `${MAIN}.resources.limits`,
      { 'nvidia.com/gpu': '500m', cpu: '64' },
      `${AT}.resources.limits["nvidia.com/gpu"]: is "500m"; only whole numbers of it can be given`,
    ],
    [
      'Job',
      `${MAIN}.resources.requests`,
      { memory: '512Gi' },
      `${AT}.resources.requests.memory: is "512Gi", which is more than the limit, "256Gi"`,
    ],
    [
      'Job',
      `${MAIN}.resources.limits`,
      { gpu: 1 },
      `${AT}.resources.limits.gpu: is no resource of containers; allowed is cpu, memory, ephemeral-storage, hugepages-SIZE and names with a domain`,
    ],
    [
      'Job',
      `${MAIN}.resources.limits`,
      { cpu: '64', memory: '256Gi', 'nvidia.com/gpu': 4, 'hugepages-2Mi': '3Mi' },
      `${AT}.resources.limits.hugepages-2Mi: is "3Mi"; it has to be whole pages of 2Mi`,
    ],
    ['Job', `${MAIN}.image`, undefined, `${AT}.image: is missing`],
    [
      'Job',
      `${MAIN}.name`,
      'Main',
      `${AT}.name: is "Main"; it has to be lower-case letters, digits and "-", with a letter or digit at both ends`,
    ],
    [
      'Job',
      `${MAIN}.volumeMounts.0.name`,
      'tmp',
      `${AT}.volumeMounts[0].name: is "tmp", which is no volume of the pod; they are "scratch", "shared", "settings"`,
    ],
    [
      'Job',
      `${MAIN}.readinessProbe.exec`,
      { command: ['true'] },
      `${AT}.readinessProbe: has 2 ways to ask; exactly one of exec, grpc, httpGet, tcpSocket is needed`,
    ],
    [
      'Job',
      `${MAIN}.env.1.valueFrom.fieldRef.fieldPath`,
      'spec.node',
      `${AT}.env[1].valueFrom.fieldRef.fieldPath: is "spec.node"; allowed is such as metadata.name, metadata.labels['KEY'], spec.nodeName, status.podIP`,
    ],
    [
      'Job',
      `${MAIN}.ports.0.containerPort`,
      70000,
      `${AT}.ports[0].containerPort: is 70000; it has to be from 1 to 65535`,
    ],
    [
      'Job',
      `${POD}.tolerations.0.operator`,
      'Exists',
      'spec.template.spec.tolerations[0].value: is "present"; Exists goes with no value',
    ],
    [
      'Job',
      `${POD}.volumes.0.hostPath`,
      { path: '/' },
      'spec.template.spec.volumes[0]: has several sources: emptyDir, hostPath',
    ],
    [
      'Job',
      `${MAIN}.resources.claims`,
      [{ name: 'channel' }],
      `${AT}.resources.claims[0].name: is "channel", which is no claim of the pod; it has none`,
    ],
    [
      'Job',
      `${POD}.resourceClaims`,
      [{ name: 'channel' }],
      'spec.template.spec.resourceClaims[0]: has to have exactly one of resourceClaimName, resourceClaimTemplateName',
    ],
    [
      'Job',
      `${POD}.restartPolicy`,
      'Always',
      'spec.template.spec.restartPolicy: has to be Never or OnFailure in a job: other pods never end',
    ],
    ['Job', 'spec.completions', undefined, 'spec.completions: is missing, which Indexed needs'],
    ['Job', 'spec.parallelism', -1, 'spec.parallelism: is -1; it has to be at least 0'],
    ['Job', 'metadata.name', 'x'.repeat(64), 'metadata.name: has 64 characters; at most 63 are allowed'],
    [
      'CronJob',
      'spec.schedule',
      'daily',
      'spec.schedule: is "daily"; it has to be five fields of cron, or such as @daily',
    ],
    [
      'Deployment',
      'spec.selector.matchLabels',
      { app: 'other' },
      'spec.template.metadata.labels: lacks labels of spec.selector: app',
    ],
    [
      'Deployment',
      `${POD}.restartPolicy`,
      'Never',
      'spec.template.spec.restartPolicy: is "Never"; it has to be Always',
    ],
    [
      'Namespace',
      'metadata.labels',
      { 'pod-security.kubernetes.io/enforce': 'strict' },
      'metadata.labels["pod-security.kubernetes.io/enforce"]: is "strict"; allowed is "privileged", "baseline", "restricted"',
    ],
    [
      'Namespace',
      'metadata.name',
      'Research',
      'metadata.name: is "Research"; it has to be lower-case letters, digits and "-", with a letter or digit at both ends',
    ],
    ['ConfigMap', 'data', { 'a/b': '1' }, 'data["a/b"]: is "a/b"; keys have letters, digits, "-", "_" and "."'],
    ['PriorityClass', 'value', 2_000_000_000, 'value: is 2000000000; at most 1000000000 is allowed'],
    [
      'PriorityClass',
      'metadata.name',
      'system-training',
      'metadata.name: is "system-training"; names with system- are those of Kubernetes',
    ],
    [
      'PodDisruptionBudget',
      'spec.maxUnavailable',
      1,
      'spec: has minAvailable and maxUnavailable; only one of them goes',
    ],
    [
      'NetworkPolicy',
      'spec.egress.0.to.0.ipBlock.cidr',
      '10.0.0.0',
      'spec.egress[0].to[0].ipBlock.cidr: is "10.0.0.0"; it has to be a range such as 10.0.0.0/8',
    ],
    [
      'NetworkPolicy',
      'spec.egress.0.to.0.podSelector',
      {},
      'spec.egress[0].to[0].ipBlock: does not go with podSelector',
    ],
    [
      'NetworkPolicy',
      'spec.ingress.0.from.0',
      {},
      'spec.ingress[0].from[0]: names nobody: podSelector, namespaceSelector or ipBlock',
    ],
    ['Role', 'rules.0.apiGroups', undefined, 'rules[0].apiGroups: is empty; "" is the core of Kubernetes'],
    [
      'RoleBinding',
      'subjects.0.apiGroup',
      'rbac.authorization.k8s.io',
      'subjects[0].apiGroup: is "rbac.authorization.k8s.io"; accounts are of the core, ""',
    ],
    ['ClusterRoleBinding', 'subjects.0.namespace', undefined, 'subjects[0].namespace: is missing, which accounts need'],
    ['PersistentVolumeClaim', 'spec.resources', {}, 'spec.resources.requests.storage: is missing'],
    ['PersistentVolume', 'spec.nfs', { server: 'a', path: '/' }, 'spec: has several sources: csi, nfs'],
    ['StorageClass', 'reclaimPolicy', 'Recycle', 'reclaimPolicy: is "Recycle"; allowed is "Delete", "Retain"'],
    ['Service', 'spec.ports.1', { port: 81 }, 'spec.ports[1].name: is missing, which several ports need'],
    [
      'ResourceClaimTemplate',
      'spec.spec.devices.requests.0.exactly',
      undefined,
      'spec.spec.devices.requests[0]: has to have exactly one of exactly, firstAvailable',
    ],
    [
      'ResourceFlavor',
      'spec.nodeLabels',
      { 'estate/pool': 'x'.repeat(64) },
      'spec.nodeLabels["estate/pool"]: has 64 characters; at most 63 are allowed',
    ],
    [
      'Cohort',
      'spec.parentName',
      undefined,
      'spec.resourceGroups[0].flavors[0].resources[0].borrowingLimit: goes only with spec.parentName',
    ],
    ['ClusterQueue', 'spec.fairSharing.weight', '-1', 'spec.fairSharing.weight: is "-1"; it has to be at least 0'],
    [
      'ClusterQueue',
      'spec.fairSharing.weight',
      '1n',
      'spec.fairSharing.weight: is "1n"; it has to be 0 or more than 1n',
    ],
    [
      'ClusterQueue',
      'spec.namespaceSelector.matchExpressions.0.values',
      [],
      'spec.namespaceSelector.matchExpressions[0].values: is empty; In needs values',
    ],
  ])('refuse a %s with another %s', (kind, path, value, line) => {
    expect(refusalLines(changed(kind, path, value))).toContain(line);
  });
});
