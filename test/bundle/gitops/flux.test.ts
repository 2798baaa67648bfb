import { parse } from 'yaml';
import { validateObject } from '../../../bundle/validate';
import { bundleOfFile, objectNamed, objectsOf } from '../made';

const bundle = bundleOfFile('examples/queue.yaml', { gitops: 'flux', folder: 'gitops/orbit' });
const textOf = (path: string) => bundle.files.find((file) => file.path === path)?.text ?? '';
const part = (name: string, shard = 'virginia') =>
  objectNamed(bundle, shard, 'Kustomization', `estate-${name}`, 'flux-system').spec as Readonly<
    Record<string, unknown>
  >;

describe('a bundle for Flux', () => {
  test('has objects that Flux takes', () => {
    for (const object of objectsOf(bundle))
      expect([object.metadata.name, validateObject(object)]).toEqual([object.metadata.name, []]);
  });

  test('has one Kustomization for each part, after those that it needs', () => {
    const names = objectsOf(bundle, 'virginia', 'Kustomization').map(({ metadata }) => metadata.name);
    expect(names).toEqual(
      ['acceptance', 'base', 'monitoring', 'queue', 'software', 'storage'].map((each) => `estate-${each}`),
    );
    expect(part('base').dependsOn).toBeUndefined();
    expect(part('software').dependsOn).toEqual([{ name: 'estate-base' }]);
    expect(part('queue')).toMatchObject({
      dependsOn: [{ name: 'estate-software' }],
      path: './gitops/orbit/clusters/virginia/queue',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      prune: true,
      wait: true,
      timeout: '5m',
    });
  });

  test('waits until queues work, and for no claim that waits for its first pod', () => {
    const kinds = (part('queue').healthCheckExprs as { kind: string; current: string }[]).map(({ kind }) => kind);
    expect(kinds).toEqual(['ClusterQueue', 'AdmissionCheck', 'MultiKueueCluster']);
    expect(part('storage').wait).toBe(false);
  });

  test('waits for releases of software, and not for manifests that run on every node', () => {
    expect(part('software', 'manassas')).toMatchObject({
      wait: false,
      healthChecks: ['jobset', 'kubeflow-trainer', 'kueue', 'lws', 'nvidia-dra-driver'].map((name) => ({
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        name,
        namespace: 'flux-system',
      })),
    });
  });

  test('applies acceptance only when somebody asks for it, and its jobs anew', () => {
    expect(part('acceptance')).toMatchObject({ suspend: true, force: true });
    for (const name of ['base', 'software', 'queue', 'storage']) expect(part(name).suspend).toBeUndefined();
  });

  test('installs charts by their source and version, with the values of the file', () => {
    expect(objectNamed(bundle, 'virginia', 'OCIRepository', 'kueue', 'flux-system').spec).toMatchObject({
      url: 'oci://registry.k8s.io/kueue/charts/kueue',
      ref: { tag: '0.19.2' },
    });
    expect(objectNamed(bundle, 'virginia', 'HelmRelease', 'kueue', 'flux-system').spec).toMatchObject({
      releaseName: 'kueue',
      targetNamespace: 'kueue-system',
      chartRef: { kind: 'OCIRepository', name: 'kueue' },
      dependsOn: [{ name: 'jobset' }, { name: 'kubeflow-trainer' }, { name: 'lws' }],
      valuesFrom: [{ kind: 'ConfigMap', name: 'kueue-values' }],
    });
    expect(parse(textOf('clusters/virginia/software/kustomization.yaml'))).toMatchObject({
      configMapGenerator: expect.arrayContaining([
        { name: 'kueue-values', namespace: 'flux-system', files: ['values.yaml=values-kueue.yaml'] },
      ]),
      generatorOptions: { disableNameSuffixHash: true, labels: { 'reconcile.fluxcd.io/watch': 'Enabled' } },
    });
    expect(parse(textOf('clusters/virginia/software/values-kueue.yaml'))).toBeTruthy();
  });

  test('does not wait for software on every node of a pool: one that is broken would roll it back on all', () => {
    const actions = (name: string) => {
      const { install, upgrade } = objectNamed(bundle, 'virginia', 'HelmRelease', name, 'flux-system').spec as Readonly<
        Record<'install' | 'upgrade', { readonly disableWait?: boolean }>
      >;
      return [install.disableWait, upgrade.disableWait];
    };
    expect(actions('aws-efa-device-plugin')).toEqual([true, true]);
    expect(actions('kueue')).toEqual([undefined, undefined]);
  });

  test('has in the folder of a cluster what Flux applies of it, and nothing of Flux elsewhere', () => {
    expect(parse(textOf('clusters/hub/kustomization.yaml'))).toMatchObject({ resources: ['flux'] });
    const none = bundleOfFile('examples/queue.yaml');
    const foreign = none.files.filter(({ path, text }) => /flux-system|toolkit\.fluxcd\.io\/v/.test(path + text));
    expect(foreign.map(({ path }) => path)).toEqual([]);
  });
});
