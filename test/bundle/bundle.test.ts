import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { bundleOf } from '../../bundle/bundle';
import type { BundleLock } from '../../bundle/lock';
import { validateObject } from '../../bundle/validate';
import { resolveEstate } from '../../cli/app';
import type { QueuePlan } from '../../estate/plan/queue/types';
import type { ComponentPlan } from '../../estate/plan/software/types';
import { ROOT } from '../helpers/cli';
import { bundleOfFile } from './made';

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
    { gitops: 'none', name: 'atlas' },
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

const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));

describe.each(EXAMPLES)('the bundle of examples/%s', (name) => {
  const bundle = bundleOfFile(`examples/${name}`);

  test('has objects that a server takes, with what is written in the file and no state', () => {
    for (const { path, text, object } of bundle.files) {
      if (object === undefined) continue;
      expect([path, parse(text, { version: '1.1' })]).toEqual([path, JSON.parse(JSON.stringify(object))]);
      expect([path, validateObject(object)]).toEqual([path, []]);
      expect([path, 'status' in object, 'creationTimestamp' in object.metadata]).toEqual([path, false, false]);
    }
  });

  test('has each object once in a cluster, and paths that every disk can tell apart', () => {
    const paths = bundle.files.map(({ path }) => path);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
    expect(paths).toEqual([...paths].sort());
    for (const path of paths) expect(path).toMatch(/^[a-z0-9./-]+$/);
  });

  test('lists in each folder what lies in it', () => {
    const listings = bundle.files.filter((file) => file.path.endsWith('/kustomization.yaml'));
    for (const { path, text, part } of listings) {
      const folder = path.slice(0, -'kustomization.yaml'.length);
      const { resources = [] } = parse(text) as { resources?: string[] };
      const there = bundle.files.filter((file) => file.object !== undefined && file.path.startsWith(folder));
      const listed = resources.flatMap((resource) =>
        there.filter((file) => file.path === `${folder}${resource}` || file.path.startsWith(`${folder}${resource}/`)),
      );
      const wanted = there.filter((file) => part !== undefined || file.part !== 'acceptance');
      expect([path, listed.map((file) => file.path).sort()]).toEqual([path, wanted.map((file) => file.path).sort()]);
    }
  });
});
