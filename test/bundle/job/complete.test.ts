import { checkManifest } from '../../../bundle/job/check';
import { completedManifest } from '../../../bundle/job/complete';
import { bed } from '../../helpers/queued';

const completed = (text: string) =>
  completedManifest(text, checkManifest(text, 'job.yaml', bed(), { namespace: 'research' }), bed());

/** A Job of one pod with the given metadata and more of its template. */
const job = (metadata: string, template = '') => `apiVersion: batch/v1
kind: Job
metadata:
  name: train
${metadata}spec:
  template:
${template}    spec:
      restartPolicy: Never
      containers: [{ name: main, image: a, resources: { limits: { nvidia.com/gpu: 4 } } }]
`;

describe('what a job lacks is added', () => {
  test.each([
    [
      'where labels are empty',
      '  labels:\n',
      '  labels: { kueue.x-k8s.io/queue-name: gb300 }\n  namespace: research\n',
    ],
    [
      'where a comment stands behind them',
      '  labels: # ours\n',
      '  labels: { kueue.x-k8s.io/queue-name: gb300 } # ours\n  namespace: research\n',
    ],
    [
      'where labels are null',
      '  labels: ~\n',
      '  labels: { kueue.x-k8s.io/queue-name: gb300 }\n  namespace: research\n',
    ],
    ['to no labels', '  labels: {}\n', '  labels: { kueue.x-k8s.io/queue-name: gb300 }\n  namespace: research\n'],
    [
      'to labels in braces',
      '  labels: {a: b}\n',
      '  labels: {a: b, kueue.x-k8s.io/queue-name: gb300}\n  namespace: research\n',
    ],
    [
      'to labels in lines',
      '  labels:\n     a: b # c\n',
      '  labels:\n     a: b # c\n     kueue.x-k8s.io/queue-name: gb300\n  namespace: research\n',
    ],
    [
      'to labels in lines of braces',
      '  labels: {\n    a: b,\n    c: d\n  }\n',
      '  labels: {\n    a: b,\n    c: d,\n    kueue.x-k8s.io/queue-name: gb300\n  }\n  namespace: research\n',
    ],
    [
      'behind a text of several lines',
      '  annotations:\n    note: |\n      one\n\n      two\n',
      '  annotations:\n    note: |\n      one\n\n      two\n  namespace: research\n  labels:\n    kueue.x-k8s.io/queue-name: gb300\n',
    ],
  ])('%s', (_name, metadata, expected) => {
    expect(completed(job(metadata))).toBe(job(expected));
    expect(completed(job(metadata).replaceAll('\n', '\r\n'))).toBe(job(expected).replaceAll('\n', '\r\n'));
  });

  test('to JSON, in lines as in one', () => {
    const pod = { containers: [{ name: 'main', image: 'a', resources: { limits: { 'nvidia.com/gpu': 4 } } }] };
    const bare = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'train' }, spec: pod };
    const labels = { 'kueue.x-k8s.io/queue-name': 'gb300' };
    const full = { ...bare, metadata: { name: 'train', namespace: 'research', labels } };
    expect(completed(JSON.stringify(bare))).toBe(JSON.stringify(full));
    expect(completed(JSON.stringify(bare, undefined, 4))).toBe(
      JSON.stringify(full, undefined, 4).replace(
        `{\n            "kueue.x-k8s.io/queue-name": "gb300"\n        }`,
        `{\n          "kueue.x-k8s.io/queue-name": "gb300"\n        }`,
      ),
    );
  });

  test('in every document, and what stands between them stays', () => {
    const labels = '  labels:\n    kueue.x-k8s.io/queue-name: gb300\n  namespace: research\n';
    const file = (one: string) =>
      `\uFEFF# first\n---\n# nothing\n---   # second\n${job(one)}...\n--- \napiVersion: v1\nkind: ConfigMap\n---\n${job(one)}`;
    expect(completed(file('  labels:\n'))).toBe(
      file('  labels: { kueue.x-k8s.io/queue-name: gb300 }\n  namespace: research\n'),
    );
    expect(completed(file(labels))).toBe(file(labels));
  });

  test('at the end of a file that ends without a line', () => {
    const tail =
      '{ apiVersion: batch/v1, kind: Job, spec: { template: { spec: { restartPolicy: Never, containers: [{ name: main, image: a, resources: { limits: { nvidia.com/gpu: 4 } } }] } } }, metadata: { name: train } }';
    expect(completed(tail)).toBe(
      tail.replace('name: train }', 'name: train, namespace: research, labels: { kueue.x-k8s.io/queue-name: gb300 } }'),
    );
  });
});

describe('what an alias stands for is left alone', () => {
  test.each([
    ['metadata', 'x: &m { name: train }\nmetadata: *m\n'],
    ['labels', 'x: &l { a: b }\nmetadata: { name: train, namespace: research, labels: *l }\n'],
    ['labels that others use', 'metadata: { name: train, namespace: research, labels: &l { a: b } }\nx: *l\n'],
  ])('%s', (_name, metadata) => {
    const text = `apiVersion: v1\nkind: ResourceClaimTemplate\nmetadata: { name: other }\n---\n${job('').replace('metadata:\n  name: train\n', metadata)}`;
    expect(completed(text)).toBe(text);
  });
});
