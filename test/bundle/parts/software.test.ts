import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fabric } from '../../../bundle/parts/fabric';
import { monitoring } from '../../../bundle/parts/monitoring';
import { software } from '../../../bundle/parts/software';
import type { KubeObject } from '../../../bundle/types';
import { validateObject } from '../../../bundle/validate';
import { ROOT } from '../../helpers/cli';
import { contextsOf } from '../../helpers/software';

const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));

const named = (objects: readonly KubeObject[]) =>
  objects.map(({ kind, metadata: { namespace, name } }) => [kind, namespace, name].filter(Boolean).join(' '));

describe.each(EXAMPLES)('software of %s in its bundle', (name) => {
  test('every object is what a server of the recorded releases takes', () => {
    for (const context of contextsOf(name)) {
      for (const object of [software, fabric, monitoring].flatMap((make) => make(context))) {
        expect([object.kind, object.metadata.name, validateObject(object)]).toEqual([
          object.kind,
          object.metadata.name,
          [],
        ]);
      }
    }
  });
});

describe('namespaces of software', () => {
  test('say that operators of nodes may do everything on them, and that the queue may not', () => {
    const [context] = contextsOf('aws.yaml');
    const objects = context === undefined ? [] : software(context);
    const level = (namespace: string) =>
      objects.find(({ metadata }) => metadata.name === namespace)?.metadata.labels?.[
        'pod-security.kubernetes.io/enforce'
      ];
    expect(level('gpu-operator')).toBe('privileged');
    expect(level('kueue-system')).toBe('baseline');
    expect(level('kube-system')).toBeUndefined();
  });

  test('have a quota of pods of the system where Google Cloud wants one', () => {
    const rack = contextsOf('frontier.yaml').find(
      ({ shard, software: own }) =>
        shard.cloud === 'google' && own.components.some((each) => each.name === 'nvidia-dra-driver'),
    );
    expect(rack === undefined ? [] : named(software(rack))).toContain(
      'ResourceQuota dra-driver-nvidia-gpu system-priority',
    );
  });
});
