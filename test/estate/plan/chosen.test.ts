import { EstateError } from '../../../estate/diagnostics';
import { planLayout } from '../../../estate/plan/layout';
import type { Lock } from '../../../estate/plan/lock';
import { resolve } from '../../../estate/plan/resolve';
import { estateOf, lockAndResolve } from '../../helpers/estates';
import { AZURE_NETWORK } from '../../helpers/existing';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };

interface Settings {
  readonly zones?: readonly string[];
  readonly kubernetes?: string;
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly pool?: Readonly<Record<string, unknown>>;
  readonly catalog?: Readonly<Record<string, unknown>>;
}

function estate({ zones = ['us-west-2b', 'us-west-2c'], kubernetes, cluster, pool, catalog }: Settings = {}) {
  return estateOf({
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: { main: { cloud: 'aws', accountId: '111122223333' } },
    sites: { west: { account: 'main', region: 'us-west-2', zones } },
    clusters: {
      train: {
        site: 'west',
        ...(kubernetes && { kubernetes }),
        ...cluster,
        pools: { h: { accelerator: 'h200', nodes: 300, zone: 'us-west-2b', ...pool } },
      },
    },
    ...(catalog && { catalog }),
  } as Parameters<typeof estateOf>[0]);
}

const shardOf = (lock: Lock, settings?: Settings) => resolve(estate(settings), lock, FILES).shards('aws')[0];

describe('choices', () => {
  test('are recorded where the estate file says nothing', () => {
    const { lock } = lockAndResolve(estate());
    expect(lock.chosen).toEqual({
      'clusters.train': { kubernetes: '1.35', named: true, zones: ['us-west-2b', 'us-west-2c'] },
      'clusters.train.pools.h': { machine: 'p5en.48xlarge', groupNodes: 450 },
    });
  });

  test('keep the Kubernetes version of a cluster when the catalog prefers another one', () => {
    const { lock } = lockAndResolve(estate());
    const older: Lock = {
      ...lock,
      chosen: { ...lock.chosen, 'clusters.train': { kubernetes: '1.34', zones: ['us-west-2b', 'us-west-2c'] } },
    };
    expect(shardOf(older)?.kubernetesVersion).toBe('1.34');
    expect(planLayout(estate(), older).lock.chosen['clusters.train']?.kubernetes).toBe('1.34');
  });

  test('give way to the estate file', () => {
    const { lock } = lockAndResolve(estate());
    const shard = shardOf(lock, { kubernetes: '1.34', pool: { kubernetes: '1.33' } });
    expect(shard?.kubernetesVersion).toBe('1.34');
    expect(shard?.pools[0]?.kubernetesVersion).toBe('1.33');
    // What is written is recorded, so that the version stays when the key goes.
    const written = planLayout(estate({ kubernetes: '1.34' }), lock).lock;
    expect(shardOf(written)?.kubernetesVersion).toBe('1.34');
    expect(written.chosen['clusters.train']).toEqual({
      kubernetes: '1.34',
      named: true,
      zones: ['us-west-2b', 'us-west-2c'],
    });
  });

  test('give new clusters of AWS a name, so that their logs have a group before they exist', () => {
    const { lock } = lockAndResolve(estate());
    expect(shardOf(lock)?.clusterName).toBe('atlas-train');
  });

  test('leave clusters of earlier releases the name that CloudFormation chose, whatever is edited', () => {
    const { lock } = lockAndResolve(estate());
    const { named: _, ...earlier } = lock.chosen['clusters.train'] ?? {};
    const older: Lock = { ...lock, chosen: { ...lock.chosen, 'clusters.train': earlier } };
    const edited = planLayout(estate({ kubernetes: '1.34', pool: { nodes: 900 } }), older).lock;
    expect(edited.chosen['clusters.train']).toEqual({ ...earlier, kubernetes: '1.34' });
    expect(shardOf(edited, { kubernetes: '1.34', pool: { nodes: 900 } })).not.toHaveProperty('clusterName');
    // So do those of a lock from before choices were recorded, which says of groups where they live.
    expect(planLayout(estate(), { ...lock, chosen: {} }).lock.chosen['clusters.train']).not.toHaveProperty('named');
  });

  describe('of the zone of an API server on Azure', () => {
    const onAzure = (network?: object) =>
      estateOf({
        estate: 'v1',
        name: 'atlas',
        owner: { team: 'research', email: 'research@example.com' },
        accounts: {
          main: {
            cloud: 'azure',
            subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
            tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
          },
        },
        sites: { east: { account: 'main', region: 'eastus2', zones: ['1'], ...(network && { network }) } },
        clusters: { train: { site: 'east', pools: { g: { accelerator: 'gb300', racks: 1, zone: '1' } } } },
      } as Parameters<typeof estateOf>[0]);
    const zoneIn = (lock: Lock) => resolve(onAzure(), lock, FILES).shards('azure')[0]?.ownZone;

    test('give new clusters one of their own', () => {
      const { lock } = lockAndResolve(onAzure());
      expect(lock.chosen['clusters.train']).toEqual({ kubernetes: '1.36', ownZone: true });
      expect(zoneIn(lock)).toBe(true);
    });

    test('leave clusters of earlier releases where they are, whatever is edited', () => {
      const { lock } = lockAndResolve(onAzure());
      const older: Lock = { ...lock, chosen: { ...lock.chosen, 'clusters.train': { kubernetes: '1.35' } } };
      const edited = planLayout(onAzure(), older).lock;
      expect(edited.chosen['clusters.train']).toEqual({ kubernetes: '1.35' });
      expect(zoneIn(edited)).toBeUndefined();
      expect(planLayout(onAzure(), { ...lock, chosen: {} }).lock.chosen['clusters.train']).not.toHaveProperty(
        'ownZone',
      );
    });

    test('are none in a network that exists, whose owner has the zone', () => {
      const { lock } = lockAndResolve(onAzure({ existing: AZURE_NETWORK }));
      expect(lock.chosen['clusters.train']).toEqual({ kubernetes: '1.36' });
    });
  });

  test('give pools the version of their cluster', () => {
    expect(lockAndResolve(estate()).plan.shards('aws')[0]?.pools[0]?.kubernetesVersion).toBe('1.35');
  });

  test('leave the size of the control plane to the service unless the estate file says it', () => {
    expect(lockAndResolve(estate()).plan.shards('aws')[0]).not.toHaveProperty('controlPlaneTier');
    const { plan } = lockAndResolve(estate({ cluster: { controlPlaneTier: '2xl' } }));
    expect(plan.shards('aws')[0]?.controlPlaneTier).toBe('2xl');
  });

  test('leave add-ons and images to the service unless the estate file pins them', () => {
    expect(lockAndResolve(estate()).plan.shards('aws')[0]).not.toHaveProperty('addons');
    const { plan } = lockAndResolve(
      estate({
        cluster: { addons: { coredns: 'v1.13.2-eksbuild.4' }, systemPool: { release: '1.35.0-20260120' } },
        pool: { release: '1.35.1-20260220' },
      }),
    );
    const [shard] = plan.shards('aws');
    expect(shard?.addons).toEqual({ coredns: 'v1.13.2-eksbuild.4' });
    expect(shard?.systemPool).toMatchObject({ nodes: 3, release: '1.35.0-20260120' });
    expect(shard?.pools[0]?.release).toBe('1.35.1-20260220');
  });

  test('keep the zones of a control plane when the site gets others, before or after', () => {
    const { lock } = lockAndResolve(estate());
    const zones = ['us-west-2a', 'us-west-2b', 'us-west-2c', 'us-west-2d'];
    const grown = planLayout(estate({ zones }), lock).lock;
    expect(shardOf(grown, { zones })?.controlPlaneZones).toEqual(['us-west-2b', 'us-west-2c']);
    const pruned: Lock = { ...planLayout(estate({ zones: ['us-west-2b', 'us-west-2c'] }), grown).lock, released: {} };
    const again = ['us-west-2a', 'us-west-2b', 'us-west-2c'];
    expect(shardOf(planLayout(estate({ zones: again }), pruned).lock, { zones: again })?.controlPlaneZones).toEqual([
      'us-west-2b',
      'us-west-2c',
    ]);
  });

  test('keep the groups of a pool when the catalog has smaller ones', () => {
    const catalog = {
      machines: { aws: { 'p5en.48xlarge': { groupNodes: 128, source: 'CASE-1', checked: '2026-11' } } },
    };
    const { lock } = lockAndResolve(estate());
    expect(shardOf(lock, { catalog })?.pools[0]?.groups.map(({ nodes }) => nodes)).toEqual([300]);
    expect(
      lockAndResolve(estate({ catalog }))
        .plan.shards('aws')[0]
        ?.pools[0]?.groups.map(({ nodes }) => nodes),
    ).toEqual([128, 128, 44]);
    // Groups keep the size that they may grow to, too.
    expect(shardOf(lock, { catalog })?.pools[0]?.groupNodes).toBe(450);
    expect(lockAndResolve(estate({ catalog })).plan.shards('aws')[0]?.pools[0]?.groupNodes).toBe(128);
  });

  test('are asked for when the lock does not hold them', () => {
    const { lock } = lockAndResolve(estate());
    const resolveIt = () => resolve(estate(), { ...lock, chosen: {} }, FILES);
    expect(resolveIt).toThrow(EstateError);
    expect(resolveIt).toThrow(/Kubernetes version of "clusters.train" is not recorded yet/);
    expect(resolveIt).toThrow(/zones of the control plane of "clusters.train" are not recorded yet/);
  });
});
