import fc from 'fast-check';
import { parse } from 'yaml';
import { kebabCase, objectFile, objectFileName, writtenObject, yamlText } from '../../bundle/files';
import type { KubeObject } from '../../bundle/types';

const queue: KubeObject = {
  apiVersion: 'kueue.x-k8s.io/v1beta2',
  kind: 'LocalQueue',
  metadata: { name: 'gb300', namespace: 'research' },
  spec: { clusterQueue: 'research-gb300' },
};

const named = (kind: string, name: string, namespace?: string): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(namespace && { namespace }) },
});

describe('YAML of a bundle', () => {
  test('is the same for readers of YAML 1.1 and 1.2, whatever a text looks like', () => {
    const odd = ['yes', 'on', 'n', '012', '0o14', '1_000', '12:30:45', '1e3', '~', '2001-01-01', '=', '<<', '', ' a\n'];
    const text = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary-ascii' }), fc.string());
    // No reader of YAML 1.1 takes `<<` for the name of something.
    const name = text.filter((word) => word !== '<<');
    const value = fc.dictionary(name, fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text)));
    fc.assert(
      fc.property(value, (made) => {
        const written = yamlText(made);
        for (const version of ['1.1', '1.2'] as const) expect(parse(written, { version })).toEqual({ ...made });
      }),
    );
  });

  test('has one line for one value, and repeats what occurs twice', () => {
    const long = 'words '.repeat(60).trim();
    const twice = { a: '1' };
    expect(yamlText({ long, one: twice, other: twice })).toBe(`long: ${long}\none:\n  a: "1"\nother:\n  a: "1"\n`);
  });
});

describe('files of objects', () => {
  test('say the kind, the namespace and the name, and whose the object is', () => {
    const { path, text } = objectFile('clusters/ohio/queue', queue);
    expect(path).toBe('clusters/ohio/queue/local-queue-research.gb300.yaml');
    expect(text).toBe(`apiVersion: kueue.x-k8s.io/v1beta2
kind: LocalQueue
metadata:
  name: gb300
  namespace: research
  labels:
    app.kubernetes.io/managed-by: training-estate
spec:
  clusterQueue: research-gb300
`);
  });

  test('have labels and annotations in the order of their keys, whoever made them', () => {
    const made = writtenObject({
      ...queue,
      metadata: { namespace: 'research', annotations: { b: '1', a: '2' }, labels: { z: '1', a: '2' }, name: 'gb300' },
    });
    expect(Object.keys(made.metadata)).toEqual(['name', 'namespace', 'labels', 'annotations']);
    expect(Object.keys(made.metadata.labels ?? {})).toEqual(['a', 'app.kubernetes.io/managed-by', 'z']);
    expect(Object.keys(made.metadata.annotations ?? {})).toEqual(['a', 'b']);
  });

  test.each([
    ['PriorityClass', 'priority-class'],
    ['CSIDriver', 'csi-driver'],
    ['GKENetworkParamSet', 'gke-network-param-set'],
    ['MultiKueueConfig', 'multi-kueue-config'],
    ['OCIRepository', 'oci-repository'],
  ])('call %s %s', (kind, words) => {
    expect(kebabCase(kind)).toBe(words);
  });

  test('have names that tell objects apart that a disk without upper case would not', () => {
    const names = [
      named('ClusterRole', 'estate:Read'),
      named('ClusterRole', 'estate:read'),
      named('ClusterRole', 'estate-read'),
      named('Role', 'c', 'a-b'),
      named('Role', 'b.c', 'a'),
      named('Role', 'c', 'a'),
      named('Role', 'a.c'),
      named('Role', 'x'.repeat(253), 'y'.repeat(63)),
      named('Role', `${'x'.repeat(252)}z`, 'y'.repeat(63)),
    ].map(objectFileName);
    expect(names.slice(2, 6)).toEqual([
      'cluster-role-estate-read.yaml',
      'role-a-b.c.yaml',
      'role-a.b.c.yaml',
      'role-a.c.yaml',
    ]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length - 1);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(220);
  });
});
