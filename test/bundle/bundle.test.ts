import { join } from 'node:path';
import { parse } from 'yaml';
import { bundleOf } from '../../bundle/bundle';
import type { BundleLock } from '../../bundle/lock';
import { resolveEstate } from '../../cli/app';
import type { QueuePlan } from '../../estate/plan/queue/types';
import type { ComponentPlan } from '../../estate/plan/software/types';
import { ROOT } from '../helpers/cli';

const { plan } = resolveEstate(join(ROOT, 'examples/google.yaml'));
const shard = plan.shards('google')[0]?.key ?? '';

const queue: QueuePlan = {
  fairSharing: false,
  priorities: [],
  sets: [
    {
      shard,
      role: 'alone',
      topologies: [],
      flavors: [],
      cohorts: [],
      queues: [],
      localQueues: [],
      checks: [],
      namespaces: [],
    },
  ],
};

const component = (name: string, source: ComponentPlan['source']): ComponentPlan => ({
  name,
  title: name,
  namespace: `${name}-system`,
  source,
  values: { replicas: 2 },
  gives: [],
  pools: [],
  needs: [],
  isPrivileged: false,
  hasSystemPriority: false,
});

const components = [
  component('kueue', { kind: 'oci', url: 'oci://registry.k8s.io/kueue/charts/kueue', version: '0.19.2' }),
  component('gpu-operator', {
    kind: 'helm',
    url: 'https://helm.ngc.nvidia.com/nvidia',
    chart: 'gpu-operator',
    version: 'v26.3.0',
  }),
  component('jobset', {
    kind: 'git',
    url: 'https://github.com/kubernetes-sigs/jobset',
    ref: 'v0.12.0',
    path: 'config/default',
    files: ['all.yaml'],
    nameSuffix: '-two',
  }),
];

describe('a bundle for kustomize alone', () => {
  const { files } = bundleOf(
    { plan, queue, software: { sets: [{ shard, components, owners: [] }] } },
    { gitops: 'none' },
  );
  const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';

  test('names charts and manifests and keeps none: their values are files', () => {
    expect(parse(textOf(`clusters/${shard}/software/kustomization.yaml`))).toMatchObject({
      resources: expect.arrayContaining(['manifests-jobset']),
      helmCharts: [
        {
          name: 'kueue',
          repo: 'oci://registry.k8s.io/kueue/charts',
          version: '0.19.2',
          releaseName: 'kueue',
          namespace: 'kueue-system',
          includeCRDs: true,
          valuesFile: 'values-kueue.yaml',
        },
        { name: 'gpu-operator', repo: 'https://helm.ngc.nvidia.com/nvidia', version: 'v26.3.0' },
      ],
    });
    expect(parse(textOf(`clusters/${shard}/software/manifests-jobset/kustomization.yaml`))).toMatchObject({
      resources: ['https://raw.githubusercontent.com/kubernetes-sigs/jobset/v0.12.0/config/default/all.yaml'],
      nameSuffix: '-two',
    });
    expect(textOf(`clusters/${shard}/software/values-kueue.yaml`)).toBe('replicas: 2\n');
    expect(textOf(`clusters/${shard}/software/values-jobset.yaml`)).toBe('');
  });

  test('lists every file that is not the lock, and the order of folders', () => {
    const lock = JSON.parse(textOf('bundle.lock.json')) as BundleLock;
    expect(lock.files.map(({ file }) => file)).toEqual(
      files.map(({ path }) => path).filter((path) => path !== 'bundle.lock.json'),
    );
    expect(lock.clusters.map(({ cluster }) => cluster)).toEqual([shard]);
    expect(lock.clusters[0]?.apply).toContain(`clusters/${shard}/software`);
  });
});
