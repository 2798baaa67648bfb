import fc from 'fast-check';
import { storage, storageWaiting } from '../../../bundle/parts/storage';
import type { BundleContext, KubeObject } from '../../../bundle/types';
import { CLOUDS, type Cloud } from '../../../estate/catalog';
import type { Exchange } from '../../../estate/spec/exchange';
import { estateSchema } from '../../../estate/spec/schema';
import { EXISTING } from '../../helpers/existing';
import { refusalLines } from '../../helpers/kube';
import { planOf } from '../../helpers/linked';
import { CLUSTER_OF, STORED, storageContext, storedEstate, storedOn } from '../../helpers/stored';

const LABELS = { 'app.kubernetes.io/managed-by': 'training-estate' };

function objectsOf(context: ReturnType<typeof storedOn>): readonly KubeObject[] {
  return storage(context as BundleContext);
}

const idOf = ({ kind, metadata: { namespace, name } }: KubeObject) => [kind, namespace, name].join('/');
const ofKind = (objects: readonly KubeObject[], kind: string) => objects.filter((object) => object.kind === kind);
const byId = (objects: readonly KubeObject[]) => new Map(objects.map((object) => [idOf(object), object]));

/** The volume of a claim. */
function volumeOf(objects: readonly KubeObject[], namespace: string, claim: string) {
  const volume = ofKind(objects, 'PersistentVolume').find(({ metadata }) =>
    metadata.name.startsWith(`${namespace}.${claim}.`),
  );
  return volume?.spec;
}

const specOf = (cloud: Cloud, namespace: string, claim: string) =>
  volumeOf(objectsOf(storedOn(cloud)), namespace, claim);

describe('volumes of file systems', () => {
  test('are bound to one claim in each namespace of the queue and of the workload', () => {
    const objects = objectsOf(storedOn('aws'));
    expect(ofKind(objects, 'PersistentVolumeClaim').map(idOf)).toEqual([
      'PersistentVolumeClaim/product/f-ohio',
      'PersistentVolumeClaim/research/f-ohio',
      'PersistentVolumeClaim/training/f-ohio',
      'PersistentVolumeClaim/training/s-ohio',
    ]);
    expect(objects).toContainEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'f-ohio', namespace: 'research', labels: LABELS },
      spec: {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: '',
      },
    });
    expect(objects).toContainEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'research.f-ohio.e9204c62', labels: LABELS },
      spec: {
        accessModes: ['ReadWriteMany'],
        capacity: { storage: '38400Gi' },
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'f-ohio', namespace: 'research' },
        csi: {
          driver: 'fsx.csi.aws.com',
          volumeHandle: 'fs-0a1b2c3d4e5f60718',
          volumeAttributes: {
            dnsname: 'fs-0a1b2c3d4e5f60718.fsx.us-east-2.amazonaws.com',
            mountname: 'abcdefgh',
          },
        },
        mountOptions: ['flock'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: '',
        volumeMode: 'Filesystem',
      },
    });
  });

  test.each<[Cloud, string, object]>([
    [
      'azure',
      'f-eastus2',
      {
        capacity: { storage: '48Ti' },
        csi: {
          driver: 'azurelustre.csi.azure.com',
          volumeHandle: '10.16.18.4.research.f-eastus2',
          volumeAttributes: { 'mgs-ip-address': '10.16.18.4' },
        },
        mountOptions: ['noatime', 'flock'],
      },
    ],
    [
      'google',
      'f-iowa',
      {
        capacity: { storage: '72000Gi' },
        csi: {
          driver: 'lustre.csi.storage.gke.io',
          volumeHandle: 'atlas-train/us-central1-a/atlas-f-iowa',
          volumeAttributes: { filesystem: 'l0a1b2c3', ip: '10.24.64.3' },
        },
      },
    ],
    [
      'oracle',
      'f-phoenix',
      {
        capacity: { storage: '31200G' },
        csi: {
          driver: 'lustre.csi.oraclecloud.com',
          volumeHandle: '10.32.16.5@tcp:/scratch',
          fsType: 'lustre',
          volumeAttributes: { setupLnet: 'true' },
        },
      },
    ],
  ])('say what the driver of %s wants', (cloud, store, spec) => {
    expect(specOf(cloud, 'research', store)).toMatchObject(spec);
  });

  test('share one handle where a node mounts a file system only once', () => {
    const handles = (cloud: Cloud, store: string) =>
      ['product', 'research', 'training'].map(
        (namespace) => (specOf(cloud, namespace, store) as { csi: { volumeHandle: string } }).csi.volumeHandle,
      );
    expect(new Set(handles('google', 'f-iowa')).size).toBe(1);
    expect(new Set(handles('oracle', 'f-phoenix')).size).toBe(1);
    expect(new Set(handles('azure', 'f-eastus2')).size).toBe(3);
  });
});

describe('volumes of object stores', () => {
  test('lie in the namespace of the identity that is let in, and in no other', () => {
    for (const cloud of ['aws', 'azure', 'google'] as const) {
      const claims = ofKind(objectsOf(storedOn(cloud)), 'PersistentVolumeClaim');
      const buckets = claims.filter(({ metadata }) => metadata.name.startsWith('s-'));
      expect(buckets.map(({ metadata }) => metadata.namespace)).toEqual(['training']);
    }
  });

  test.each<[Cloud, string, object]>([
    [
      'aws',
      's-ohio',
      {
        csi: {
          driver: 's3.csi.aws.com',
          volumeHandle: 'atlas-ohio-storage-s1a2b3c4d-e5f6g7h8.training.s-ohio',
          volumeAttributes: {
            authenticationSource: 'pod',
            bucketName: 'atlas-ohio-storage-s1a2b3c4d-e5f6g7h8',
          },
        },
        mountOptions: ['region us-east-2', 'allow-delete', 'allow-overwrite', 'allow-other'],
      },
    ],
    [
      'azure',
      's-eastus2',
      {
        csi: {
          driver: 'blob.csi.azure.com',
          volumeHandle: 'atlasseastus2357956c0_data_training_s-eastus2',
          volumeAttributes: {
            clientID: '44444444-4444-4444-4444-444444444444',
            containerName: 'data',
            mountWithWorkloadIdentityToken: 'true',
            protocol: 'fuse2',
            resourceGroup: 'atlas-eastus2-site',
            storageAccount: 'atlasseastus2357956c0',
            subscriptionID: '11111111-1111-1111-1111-111111111111',
            tenantID: '22222222-2222-2222-2222-222222222222',
          },
        },
        mountOptions: ['-o allow_other', '--use-adls=true', '--file-cache-timeout-in-seconds=120'],
      },
    ],
    [
      'google',
      's-iowa',
      {
        csi: { driver: 'gcsfuse.csi.storage.gke.io', volumeHandle: 'atlas-s-iowa-24f7d474:training.s-iowa' },
        mountOptions: ['implicit-dirs'],
      },
    ],
  ])('say what the driver of %s wants', (cloud, store, spec) => {
    expect(specOf(cloud, 'training', store)).toMatchObject(spec);
  });

  test('are none on Oracle Cloud, whose pods read buckets by its API', () => {
    const objects = objectsOf(storedOn('oracle'));
    expect(ofKind(objects, 'PersistentVolumeClaim').map(idOf)).toEqual([
      'PersistentVolumeClaim/product/f-phoenix',
      'PersistentVolumeClaim/research/f-phoenix',
      'PersistentVolumeClaim/training/f-phoenix',
    ]);
    expect(ofKind(objects, 'ServiceAccount')).toMatchObject([{ automountServiceAccountToken: true }]);
  });

  test('are there for grants at the site under a name of their own, and read only where the grant reads', () => {
    const grants = {
      near: {
        from: { cluster: 'c-ohio', namespace: 'evaluation', serviceAccount: 'judge' },
        to: 's-ohio',
        access: 'read',
      },
      drop: {
        from: { cluster: 'c-ohio', namespace: 'evaluation', serviceAccount: 'sink' },
        to: 's-ohio',
        access: 'write',
      },
    };
    const objects = objectsOf(storedOn('aws', STORED, storedEstate(grants)));
    const claims = ofKind(objects, 'PersistentVolumeClaim').filter(
      ({ metadata }) => metadata.namespace === 'evaluation',
    );
    expect(claims.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      [
        's-ohio.near',
        { accessModes: ['ReadOnlyMany'], resources: { requests: { storage: '1Gi' } }, storageClassName: '' },
      ],
    ]);
    expect(volumeOf(objects, 'evaluation', 's-ohio.near')).toMatchObject({
      csi: { readOnly: true },
      mountOptions: ['region us-east-2', 'read-only', 'allow-other'],
    });
    expect(ofKind(objects, 'ServiceAccount').map(idOf)).toEqual([
      'ServiceAccount/evaluation/judge',
      'ServiceAccount/evaluation/sink',
      'ServiceAccount/training/trainer',
    ]);
  });
});

describe('stores that exist already', () => {
  const context = (key: string, told: Partial<Exchange> = {}) =>
    storageContext(planOf(estateSchema.parse(EXISTING), told), key, ['training']);

  test('are mounted as the estate file says', () => {
    const spec = volumeOf(objectsOf(context('ohio-b200')), 'training', 'datasets');
    expect(spec).toMatchObject({ csi: { volumeAttributes: { bucketName: 'corp-datasets' } } });
    const google = volumeOf(objectsOf(context('iowa-b200')), 'training', 'corpus');
    expect(google).toMatchObject({ csi: { volumeHandle: 'orion-corpus:training.corpus' } });
  });

  test('wait for the estate file where nobody has said how a file system is mounted', () => {
    const existing = { id: 'fs-0a1b2c3d4e5f60718', securityGroupId: 'sg-0a1b2c3d4e5f60718' };
    const estate = (more: object) =>
      storedEstate(
        {},
        {
          stores: {
            ...storedEstate().stores,
            'f-ohio': { kind: 'lustre', site: 'ohio', existing: { ...existing, ...more } },
          },
        },
      );
    const waiting = storageWaiting(storedOn('aws', STORED, estate({})));
    expect(waiting.map(({ missing }) => missing)).toEqual(
      ['product', 'research', 'training'].map(() => [
        { path: 'stores.f-ohio.existing.mountAddress', from: 'the estate file' },
      ]),
    );
    const spec = volumeOf(
      objectsOf(storedOn('aws', STORED, estate({ mountAddress: '10.8.64.5@tcp:/scratch' }))),
      'training',
      'f-ohio',
    );
    expect(spec).toMatchObject({
      capacity: { storage: '1Gi' },
      csi: {
        volumeHandle: 'fs-0a1b2c3d4e5f60718',
        volumeAttributes: { dnsname: '10.8.64.5', mountname: 'scratch' },
      },
    });
  });
});

test('claims of stores of several sites share a name where the estate says so', () => {
  const base = storedEstate();
  const named = Object.entries(base.stores).map(([key, store]) => {
    return [key, { ...store, claim: store.kind === 'lustre' ? 'files' : 'objects' }];
  });
  const grants = {
    near: { from: { cluster: 'c-ohio', namespace: 'training', serviceAccount: 'judge' }, to: 's-ohio', access: 'read' },
  };
  const estate = storedEstate(grants, { stores: Object.fromEntries(named) });
  const claims = (cloud: Cloud) =>
    ofKind(objectsOf(storedOn(cloud, STORED, estate)), 'PersistentVolumeClaim')
      .filter(({ metadata }) => metadata.namespace === 'training')
      .map(({ metadata }) => metadata.name);
  expect(CLOUDS.map(claims)).toEqual([
    ['files', 'objects', 'objects.near'],
    ['files', 'objects'],
    ['files', 'objects'],
    ['files'],
  ]);
});

describe('service accounts', () => {
  test('say the identity that they act as where their cloud wants that', () => {
    expect(ofKind(objectsOf(storedOn('azure')), 'ServiceAccount')).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: {
          name: 'trainer',
          namespace: 'training',
          labels: LABELS,
          annotations: { 'azure.workload.identity/client-id': '44444444-4444-4444-4444-444444444444' },
        },
        automountServiceAccountToken: false,
      },
    ]);
    expect(ofKind(objectsOf(storedOn('google')), 'ServiceAccount')[0]?.metadata).toEqual({
      name: 'trainer',
      namespace: 'training',
      labels: LABELS,
    });
  });
});

describe('what is known after an apply only', () => {
  test('is left out until then, and said with who tells it', () => {
    const context = storedOn('azure', {});
    expect(objectsOf(context).map(({ kind }) => kind)).toEqual(['StorageClass']);
    expect(storageWaiting(context)).toEqual([
      {
        kind: 'ServiceAccount',
        name: 'trainer',
        namespace: 'training',
        missing: [{ path: 'principals.c-eastus2.clientId', from: 'atlas-c-eastus2-cluster' }],
      },
      ...['product', 'research', 'training'].map((namespace) => ({
        kind: 'PersistentVolumeClaim',
        name: 'f-eastus2',
        namespace,
        missing: [{ path: 'mounts.f-eastus2', from: 'atlas-eastus2-storage' }],
      })),
      {
        kind: 'PersistentVolumeClaim',
        name: 's-eastus2',
        namespace: 'training',
        missing: [{ path: 'principals.c-eastus2.clientId', from: 'atlas-c-eastus2-cluster' }],
      },
    ]);
  });

  test('adds its own objects and changes no other once it is told', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CLOUDS),
        fc.subarray(Object.keys(STORED.mounts)),
        fc.boolean(),
        fc.boolean(),
        (cloud, mounts, buckets, principals) => {
          const told = {
            mounts: Object.fromEntries(mounts.map((key) => [key, STORED.mounts[key] ?? ''])),
            ...(buckets && { buckets: STORED.buckets }),
            ...(principals && { principals: STORED.principals }),
          };
          const before = storedOn(cloud, told);
          const whole = byId(objectsOf(storedOn(cloud)));
          const some = byId(objectsOf(before));
          for (const [id, object] of some) expect(whole.get(id)).toEqual(object);
          const claims = storageWaiting(before).map(({ kind, namespace, name }) => [kind, namespace, name].join('/'));
          for (const id of claims) expect([some.has(id), whole.has(id)]).toEqual([false, true]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

test('a store added changes only its own objects', () => {
  const more = { kind: 'object', site: 'ohio' };
  const base = storedEstate();
  const withStore = (key: string) => {
    const { 'c-ohio': cluster } = base.clusters;
    return storedEstate(
      {},
      {
        stores: { ...base.stores, [key]: more },
        clusters: { ...base.clusters, 'c-ohio': { ...cluster, mounts: [...(cluster?.mounts ?? []), key] } },
      },
    );
  };
  fc.assert(
    fc.property(fc.constantFrom('a', 'm-more', 'zz', 'f-ohio-2'), (key) => {
      const told = { ...STORED, buckets: { ...STORED.buckets, [key]: `arn:aws:s3:::atlas-${key}` } };
      const before = byId(objectsOf(storedOn('aws', told, base)));
      const after = byId(objectsOf(storedOn('aws', told, withStore(key))));
      for (const [id, object] of before) expect(after.get(id)).toEqual(object);
      const added = [...after.keys()].filter((id) => !before.has(id));
      expect(added.map((id) => id.replace(/\.[0-9a-f]{8}$/, ''))).toEqual([
        `PersistentVolume//training.${key}`,
        `PersistentVolumeClaim/training/${key}`,
      ]);
    }),
    { numRuns: 8 },
  );
});

test('a volume with another source is another one beside the claim that stays', () => {
  const moved = { ...STORED, mounts: { ...STORED.mounts, 'f-phoenix': '10.32.16.9@tcp:/scratch' } };
  const before = byId(objectsOf(storedOn('oracle')));
  const after = byId(objectsOf(storedOn('oracle', moved)));
  const id = 'PersistentVolumeClaim/training/f-phoenix';
  expect(after.get(id)).toEqual(before.get(id));
  const volumes = (objects: ReadonlyMap<string, KubeObject>) =>
    [...objects.keys()].filter((each) => each.startsWith('PersistentVolume/'));
  expect(volumes(after).filter((each) => before.has(each))).toEqual([]);
});

test('a file system that grows changes the size of its volumes and nothing else', () => {
  const base = storedEstate();
  const { 'f-ohio': store } = base.stores;
  const grown = storedEstate({}, { stores: { ...base.stores, 'f-ohio': { ...store, capacityGiB: 76800 } } });
  const before = byId(objectsOf(storedOn('aws', STORED, base)));
  const after = byId(objectsOf(storedOn('aws', STORED, grown)));
  expect([...after.keys()]).toEqual([...before.keys()]);
  const changed = [...after].filter(([id, object]) => JSON.stringify(object) !== JSON.stringify(before.get(id)));
  expect(changed.map(([, { spec }]) => (spec as { capacity: object }).capacity)).toEqual(
    Array(3).fill({ storage: '76800Gi' }),
  );
});

test('servers take what is made on every cloud', () => {
  for (const cloud of CLOUDS) expect(objectsOf(storedOn(cloud)).flatMap(refusalLines)).toEqual([]);
});

describe('disks', () => {
  const classOf = (cloud: Cloud) => ofKind(objectsOf(storedOn(cloud)), 'StorageClass');

  test('have the key of the cluster where its name is known, and are the default nowhere', () => {
    expect(classOf('google')).toEqual([
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'estate-disk-303f6ca4', labels: LABELS },
        provisioner: 'pd.csi.storage.gke.io',
        parameters: {
          type: 'pd-balanced',
          'disk-encryption-kms-key':
            'projects/atlas-train/locations/us-central1/keyRings/atlas-c-iowa-cluster/cryptoKeys/atlas-c-iowa-cluster',
        },
        reclaimPolicy: 'Delete',
        volumeBindingMode: 'WaitForFirstConsumer',
        allowVolumeExpansion: true,
      },
    ]);
    expect(classOf('azure')).toMatchObject([
      {
        parameters: {
          diskEncryptionSetID:
            '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/atlas-eastus2-site/providers/Microsoft.Compute/diskEncryptionSets/atlas-c-eastus2-disks',
        },
      },
    ]);
    expect(classOf('oracle')).toMatchObject([{ parameters: { vpusPerGB: '10' } }]);
    expect(classOf('aws')).toEqual([]);
  });

  test('of clusters that exist are left to their owner', () => {
    const plan = planOf(estateSchema.parse(EXISTING));
    expect(ofKind(objectsOf(storageContext(plan, 'phoenix-h200', [])), 'StorageClass')).toEqual([]);
  });
});

test('every cloud has a cluster here', () => {
  expect(Object.keys(CLUSTER_OF)).toEqual([...CLOUDS]);
});
