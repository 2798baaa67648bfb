import { storage, storageWaiting } from '../../../bundle/parts/storage';
import type { BundleContext, KubeObject } from '../../../bundle/types';
import type { Exchange } from '../../../estate/spec/exchange';
import { TOLD } from '../../helpers/granted';
import { refusalLines } from '../../helpers/kube';
import { planOf } from '../../helpers/linked';
import { STORED, storageContext, storedEstate } from '../../helpers/stored';

const LABELS = { 'app.kubernetes.io/managed-by': 'training-estate' };
const GRANTS = {
  corpus: { from: 'c-ohio', to: 's-iowa', access: 'read', anchor: 'cluster' },
  weights: { from: 'c-iowa', to: 's-eastus2', access: 'readWrite' },
  west: { from: 'c-ohio', to: 's-oregon', access: 'read' },
};

/** What storage of a cluster has of grants. */
function made(cluster: string, told: Partial<Exchange>, grants: object = GRANTS) {
  const context = storageContext(planOf(storedEstate(grants), told), cluster);
  const maps = storage(context as BundleContext).filter(({ kind }) => kind === 'ConfigMap');
  return { maps, waiting: storageWaiting(context).filter(({ kind }) => kind === 'ConfigMap') };
}

const nameOf = ({ metadata }: KubeObject) => metadata.name;

describe('clients of grants', () => {
  test('are maps of the namespace of the grant: environment, files, and the token that a pod mounts', () => {
    const { maps, waiting } = made('c-ohio', { ...STORED, ...TOLD });
    expect(waiting).toEqual([]);
    expect(maps).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'grant.corpus',
          namespace: 'training',
          labels: LABELS,
          annotations: {
            'estate/token-audience': expect.stringMatching(
              /^https:\/\/iam\.googleapis\.com\/projects\/123456789012\/locations\/global\/workloadIdentityPools\//,
            ),
            'estate/token-path': '/var/run/secrets/estate/corpus/token',
            'estate/token-seconds': '3600',
          },
        },
        data: { GOOGLE_APPLICATION_CREDENTIALS: '/etc/estate/corpus/google.json' },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'grant.corpus.files',
          namespace: 'training',
          labels: LABELS,
          annotations: { 'estate/folder': '/etc/estate/corpus' },
        },
        data: {
          'google.json': expect.stringContaining('"credential_source":{"file":"/var/run/secrets/estate/corpus/token"}'),
        },
      },
      expect.objectContaining({ data: { AWS_CONFIG_FILE: '/etc/estate/west/aws-config', AWS_PROFILE: 'west' } }),
      expect.objectContaining({ data: { 'aws-config': expect.stringContaining('credential_source = EcsContainer') } }),
    ]);
  });

  test('wait as their grants do, and for the client id that the store tells', () => {
    const { maps, waiting } = made('c-iowa', { ...STORED, ...TOLD });
    expect(maps).toEqual([]);
    expect(waiting).toEqual([
      {
        kind: 'ConfigMap',
        name: 'grant.weights',
        namespace: 'training',
        missing: [{ path: 'grants.weights.clientId', from: 'atlas-eastus2-storage' }],
      },
    ]);
    const clientId = '55555555-5555-5555-5555-555555555555';
    const all = made('c-iowa', { ...STORED, ...TOLD, grants: { weights: { clientId } } });
    expect([all.waiting, all.maps.map(nameOf)]).toEqual([[], ['grant.weights']]);
    expect(all.maps[0]).toMatchObject({ data: { AZURE_CLIENT_ID: clientId } });
  });

  test('hold nothing that is secret', () => {
    const { maps } = made('c-ohio', { ...STORED, ...TOLD });
    expect(JSON.stringify(maps)).not.toMatch(/-----BEGIN|AKIA|secret_access_key|"eyJ/);
  });
});

describe('copies of a cluster', () => {
  const estate = storedEstate(
    { loads: { from: 'c-phoenix', to: 's-iowa', access: 'read' } },
    { replication: { again: { from: 's-iowa', to: 's-phoenix', cluster: 'c-phoenix', everyHours: 6 } } },
  );
  const objects = storage(storageContext(planOf(estate, { ...STORED, ...TOLD }), 'c-phoenix') as BundleContext);
  const named = (kind: string) => objects.filter((object) => object.kind === kind);

  test('name a queue of their own, so that Kueue lets them in beside every job of teams', () => {
    expect(named('CronJob')).toMatchObject([
      {
        metadata: { name: 'copy-again', namespace: 'training' },
        spec: { jobTemplate: { metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'estate.copies' } } } },
      },
    ]);
    expect(named('LocalQueue')).toMatchObject([
      { metadata: { name: 'estate.copies', namespace: 'training' }, spec: { clusterQueue: 'estate.copies' } },
    ]);
    expect(named('ClusterQueue')).toEqual([
      {
        apiVersion: 'kueue.x-k8s.io/v1beta2',
        kind: 'ClusterQueue',
        metadata: { name: 'estate.copies', labels: LABELS },
        spec: {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'training' } },
          resourceGroups: [
            {
              coveredResources: ['pods'],
              flavors: [{ name: 'estate.copies', resources: [{ name: 'pods', nominalQuota: 1 }] }],
            },
          ],
        },
      },
    ]);
    expect(named('ResourceFlavor')).toMatchObject([{ metadata: { name: 'estate.copies' } }]);
  });

  test('are taken by a server', () => {
    expect(objects.flatMap((object) => refusalLines(object))).toEqual([]);
  });

  test('bring no queue where nothing is copied', () => {
    const none = storage(storageContext(planOf(storedEstate(), STORED), 'c-phoenix') as BundleContext);
    expect(none.filter(({ apiVersion }) => apiVersion.startsWith('kueue'))).toEqual([]);
  });
});
