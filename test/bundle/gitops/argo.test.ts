import { validateObject } from '../../../bundle/validate';
import { EstateError } from '../../../estate/diagnostics';
import { bundleOfFile } from '../made';

const repository = 'https://git.example.com/estate.git';
const bundle = bundleOfFile('examples/queue.yaml', { gitops: 'argo', repository, folder: 'gitops' });
const objects = bundle.files.flatMap(({ path, object }) => (path.startsWith('argo/') && object ? [object] : []));
const application = (name: string) => objects.find(({ metadata }) => metadata.name === name);

describe('a bundle for Argo CD', () => {
  test('has objects that Argo CD takes, with names that fit labels', () => {
    for (const object of objects) {
      expect([object.metadata.name, validateObject(object)]).toEqual([object.metadata.name, []]);
      expect(object.metadata.name.length).toBeLessThanOrEqual(63);
    }
    expect(new Set(objects.map(({ metadata }) => metadata.name)).size).toBe(objects.length);
  });

  test('has one Application for each part of a cluster, in waves, applied by the server', () => {
    expect(application('orbit-virginia-queue')).toMatchObject({
      metadata: { namespace: 'argocd', annotations: { 'argocd.argoproj.io/sync-wave': '20' } },
      spec: {
        project: 'orbit',
        source: { repoURL: repository, targetRevision: 'main', path: 'gitops/clusters/virginia/queue' },
        destination: { name: 'orbit-virginia' },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'],
        },
      },
    });
    const waves = ['base', 'software', 'lws', 'kueue', 'queue', 'acceptance'].map((name) =>
      Number(application(`orbit-virginia-${name}`)?.metadata.annotations?.['argocd.argoproj.io/sync-wave']),
    );
    expect(waves).toEqual([...waves].sort((one, other) => one - other));
    expect(new Set(waves).size).toBe(waves.length);
  });

  test('installs charts with the values of the file, beside the repository that has it', () => {
    expect(application('orbit-virginia-kueue')?.spec).toMatchObject({
      sources: [
        {
          repoURL: 'registry.k8s.io/kueue/charts',
          chart: 'kueue',
          targetRevision: '0.19.2',
          helm: { releaseName: 'kueue', valueFiles: ['$bundle/gitops/clusters/virginia/software/values-kueue.yaml'] },
        },
        { repoURL: repository, targetRevision: 'main', ref: 'bundle' },
      ],
      destination: { name: 'orbit-virginia', namespace: 'kueue-system' },
    });
  });

  test('leaves acceptance to whoever syncs it, and what controllers bind to them', () => {
    expect(application('orbit-virginia-acceptance')?.spec).not.toHaveProperty('syncPolicy.automated');
    expect(application('orbit-virginia-storage')?.spec).toMatchObject({
      ignoreDifferences: [
        { kind: 'PersistentVolume', managedFieldsManagers: ['kube-controller-manager'] },
        { kind: 'PersistentVolumeClaim', managedFieldsManagers: ['kube-controller-manager'] },
      ],
    });
  });

  test('lets Applications read what is pinned alone, and write into clusters of the estate alone', () => {
    const project = objects.find(({ kind }) => kind === 'AppProject');
    expect(project?.spec).toMatchObject({
      sourceRepos: expect.arrayContaining([repository, 'registry.k8s.io/kueue/charts']),
      destinations: ['ashburn', 'eastus2', 'hub', 'manassas', 'virginia'].map((key) => ({
        name: `orbit-${key}`,
        namespace: '*',
      })),
    });
    expect(JSON.stringify(project?.spec)).not.toContain('"sourceRepos":["*"');
  });

  test('fails when nobody says where it is read from', () => {
    expect(() => bundleOfFile('examples/google.yaml', { gitops: 'argo' })).toThrow(EstateError);
  });
});
