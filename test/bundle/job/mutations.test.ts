import fc from 'fast-check';
import { stringify } from 'yaml';
import { checkManifest } from '../../../bundle/job/check';
import { completedManifest } from '../../../bundle/job/complete';
import { formatJobs, jobFindings, jobsReport } from '../../../bundle/job/report';
import { bed, jobText, podTemplate } from '../../helpers/queued';

const labels = { 'kueue.x-k8s.io/queue-name': 'gb300' };
const metadata = { name: 'train', namespace: 'research', labels };
const template = podTemplate({
  annotations: { 'kueue.x-k8s.io/podset-required-topology': 'estate/group', 'kueue.x-k8s.io/podset-group-name': 'one' },
  pod: {
    initContainers: [{ name: 'side', image: 'a', restartPolicy: 'Always', ports: [{ hostPort: 80 }] }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    resourceClaims: [{ name: 'channel', resourceClaimTemplateName: 'channel' }],
    tolerations: [{ key: 'a', operator: 'Exists' }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'estate/pool', operator: 'In', values: ['train'] }] }],
        },
      },
    },
  },
});

/** One manifest of each kind. */
const MANIFESTS: readonly object[] = [
  JSON.parse(jobText({ pods: 2, annotations: { a: 'b' } })),
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: { schedule: '* * * * *', jobTemplate: { spec: { template } } },
  },
  {
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata,
    spec: { replicatedJobs: [{ name: 'a', replicas: 2, template: { spec: { parallelism: 2, template } } }] },
  },
  {
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    kind: 'LeaderWorkerSet',
    metadata,
    spec: { replicas: 2, leaderWorkerTemplate: { size: 2, leaderTemplate: template, workerTemplate: template } },
  },
  { apiVersion: 'v1', kind: 'Pod', metadata, spec: Object(template).spec },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 2, template } },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { replicas: 2, template } },
  {
    apiVersion: 'trainer.kubeflow.org/v1alpha1',
    kind: 'TrainJob',
    metadata,
    spec: { runtimeRef: { name: 'torch' }, trainer: { numNodes: 2, resourcesPerNode: { limits: { cpu: 1 } } } },
  },
  {
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaimTemplate',
    metadata: { name: 'channel' },
    spec: { spec: { devices: { requests: [{ name: 'a', exactly: { deviceClassName: 'b' } }] } } },
  },
];

const VALUES = [
  null,
  '',
  'x',
  '0',
  '010',
  'yes',
  0,
  -1,
  0.5,
  1e300,
  true,
  [],
  [null],
  [[]],
  {},
  { a: null },
  'a'.repeat(300),
];

/** Steps to every value of another. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** A value with another one in some place; undefined takes it away. */
function changed(value: unknown, path: readonly string[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === step ? changed(each, rest, by) : each));
  return { ...Object(value), [step]: changed(Object(value)[step], rest, by) };
}

const mutated = fc
  .record({
    manifest: fc.constantFrom(...MANIFESTS),
    edits: fc.array(fc.tuple(fc.nat(), fc.constantFrom(undefined, ...VALUES)), { minLength: 1, maxLength: 3 }),
  })
  .map(({ manifest, edits }) =>
    edits.reduce<unknown>((value, [which, by]) => {
      const paths = pathsOf(value);
      return changed(value, paths[which % paths.length] ?? [], by);
    }, manifest),
  );

const texts = fc
  .record({
    manifests: fc.array(mutated, { minLength: 1, maxLength: 3 }),
    form: fc.constantFrom('yaml', 'json', 'list'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    cut: fc.option(
      fc.tuple(fc.nat(), fc.constantFrom('', '\n', ' ', ':', '- ', '{', '&a ', '*a', '---\n', '\t', '#', '"')),
    ),
  })
  .map(({ manifests, form, lineEnd, cut }) => {
    const text =
      form === 'list'
        ? stringify({ apiVersion: 'v1', kind: 'List', items: manifests })
        : manifests
            .map((each) => (form === 'json' ? JSON.stringify(each ?? null, undefined, 2) : stringify(each ?? null)))
            .join('\n---\n');
    const at = cut === null ? 0 : cut[0] % (text.length + 1);
    return (cut === null ? text : text.slice(0, at) + cut[1] + text.slice(at)).replaceAll('\n', lineEnd);
  });

test('whatever is wrong with a manifest, it is read, judged, told of and completed without an exception', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const objects = checkManifest(text, 'job.yaml', bed(), { namespace: 'research' });
      jobFindings(objects);
      formatJobs(objects);
      jobsReport(objects, bed());
      const after = completedManifest(text, objects, bed());
      // What is written stays, in its order.
      let from = 0;
      for (const character of after) if (character === text[from]) from++;
      expect(from).toBeGreaterThanOrEqual(text.replaceAll(/null|~/g, '').length);
      // A second time nothing is missing, and the objects are the same ones.
      const again = checkManifest(after, 'job.yaml', bed(), { namespace: 'research' });
      expect(again.map(({ value }) => Object(value).kind)).toEqual(objects.map(({ value }) => Object(value).kind));
      expect(completedManifest(after, again, bed())).toBe(after);
    }),
    { numRuns: 100 },
  );
});
