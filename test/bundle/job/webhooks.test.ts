import { checkManifest } from '../../../bundle/job/check';
import { bed, jobText, podTemplate } from '../../helpers/queued';

/** The outcome of a manifest with what Kueue says against it. */
const verdict = (text: string) => {
  const [object] = checkManifest(text, 'job.yaml', bed());
  const { outcome, reasons } = object?.told?.verdict ?? {};
  return [outcome ?? object?.diagnostics, ...(reasons ?? []).map(({ says }) => says)];
};

const LABELS = { 'kueue.x-k8s.io/queue-name': 'gb300' };

const jobSet = (name: string, template = podTemplate()) =>
  JSON.stringify({
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: { name, namespace: 'research', labels: LABELS },
    spec: { replicatedJobs: [{ name: 'worker', template: { spec: { completions: 1, parallelism: 1, template } } }] },
  });

test('refuses names that make no names of hosts', () => {
  expect(verdict(jobText({ name: 'dotname.x', pods: 2 }))).toEqual([
    'refused',
    'metadata.name: Invalid value: "dotname.x": will not able to create pod with invalid DNS label: dotname.x-1',
  ]);
  expect(verdict(jobSet('a'.repeat(60)))).toEqual([
    'refused',
    expect.stringContaining('JobSet name is too long, job names generated for this JobSet will exceed 63 characters'),
  ]);
  // With -worker-0, -0 and -abcde behind it.
  expect(verdict(jobSet('a'.repeat(46)))).toEqual(['admitted']);
  expect(verdict(jobSet('a'.repeat(47)))).toEqual([
    'refused',
    expect.stringContaining('JobSet name is too long, pod names generated for this JobSet will exceed 63 characters'),
  ]);
});

test('refuses a time to run that is none', () => {
  const limited = (seconds: string) =>
    verdict(jobText({ labels: { 'kueue.x-k8s.io/max-exec-time-seconds': seconds } }));
  const path = 'metadata.labels[kueue.x-k8s.io/max-exec-time-seconds]: Invalid value:';
  expect(limited('x')).toEqual(['refused', `${path} "x": strconv.Atoi: parsing "x": invalid syntax`]);
  expect(limited('0')).toEqual(['refused', `${path} 0: should be greater than 0`]);
  expect(limited('3600')).toEqual(['admitted']);
});

test('looks at groups of pod sets only where the webhook does', () => {
  const annotations = {
    'kueue.x-k8s.io/podset-required-topology': 'estate/group',
    'kueue.x-k8s.io/podset-group-name': 'one',
  };
  expect(verdict(jobText({ annotations }))).toEqual(['admitted']);
  expect(verdict(jobSet('train', podTemplate({ annotations })))).toEqual([
    'refused',
    expect.stringContaining('can only define groups of exactly 2 pod sets, got: 1 pod set(s)'),
  ]);
});

test('refuses a pod of a group that does not say how many they are', () => {
  const metadata = { name: 'one', namespace: 'research', labels: { ...LABELS, 'kueue.x-k8s.io/pod-group-name': 'g' } };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: Object(podTemplate()).spec };
  expect(verdict(JSON.stringify(pod))).toEqual([
    'refused',
    "metadata.annotations[kueue.x-k8s.io/pod-group-total-count]: Required value: both the 'kueue.x-k8s.io/pod-group-total-count' annotation and the 'kueue.x-k8s.io/pod-group-name' label should be set",
  ]);
});

test('counts accelerators by what a quantity amounts to, however it is written', () => {
  const asks = (count: string) => verdict(jobText({ limits: { 'nvidia.com/gpu': count } }))[0];
  expect(['4000m', '4e0', '0.4e1', '0.00390625Ki'].map(asks)).toEqual(Array(4).fill('admitted'));
  expect(asks('500m')).toEqual([expect.objectContaining({ code: 'Quantity' })]);
});
