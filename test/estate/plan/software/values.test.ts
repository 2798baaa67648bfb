import { join } from 'node:path';
import { parse } from 'yaml';
import { readLock } from '../../../../cli/app';
import { resolve } from '../../../../estate/plan/resolve';
import { planSoftware } from '../../../../estate/plan/software/plan-software';
import type { ComponentPlan } from '../../../../estate/plan/software/types';
import { loadEstate } from '../../../../estate/spec/load';
import type { Estate } from '../../../../estate/spec/schema';
import { ROOT } from '../../../../tools/documents';

const loaded = new Map(
  ['aws', 'azure', 'google', 'oracle', 'queue'].map((name) => {
    const file = join(ROOT, 'examples', `${name}.yaml`);
    const { estate } = loadEstate(file);
    return [name, { estate, plan: resolve(estate, readLock(file), { estate: file, lock: file }) }] as const;
  }),
);

function componentOf(example: string, shard: string, name: string, changes: Partial<Estate> = {}): ComponentPlan {
  const found = loaded.get(example);
  if (found === undefined) throw new Error(example);
  const { sets } = planSoftware({ ...found.estate, ...changes }, found.plan);
  const component = sets.find((set) => set.shard === shard)?.components.find((each) => each.name === name);
  if (component === undefined) throw new Error(`${shard} has no ${name}`);
  return component;
}

describe('values of charts', () => {
  test('of the GPU operator leave driver and toolkit to images on AWS, and the exporter to the add-on of alarms', () => {
    expect(componentOf('aws', 'oregon', 'gpu-operator').values).toMatchObject({
      nfd: { enabled: false },
      daemonsets: { tolerations: [{ operator: 'Exists' }] },
      driver: { enabled: false },
      toolkit: { enabled: false },
      devicePlugin: { enabled: true, env: [{ name: 'MOFED_ENABLED', value: 'false' }] },
      dcgmExporter: { enabled: false, serviceMonitor: { enabled: false } },
    });
  });

  test('of the GPU operator install the driver on Azure, and never reload it under a job', () => {
    expect(componentOf('azure', 'eastus2', 'gpu-operator').values).toMatchObject({
      driver: { enabled: true, rdma: { enabled: true }, upgradePolicy: { autoUpgrade: false } },
      toolkit: { enabled: true },
      dcgmExporter: { enabled: true },
    });
  });

  test.each([
    ['azure', 'eastus2', '/run/nvidia/driver', 'train'],
    ['google', 'iowa', '/home/kubernetes/bin/nvidia', 'gb200'],
    ['oracle', 'phoenix', '/', 'gb300'],
  ])(
    'of the DRA driver on %s form domains of racks only, with the driver where it lies',
    (example, shard, root, pool) => {
      const { values, gives, pools } = componentOf(example, shard, 'nvidia-dra-driver');
      expect([gives, pools]).toEqual([['shared-memory-domain'], [pool]]);
      expect(values).toMatchObject({
        nvidiaDriverRoot: root,
        resources: { gpus: { enabled: false }, computeDomains: { enabled: true } },
        kubeletPlugin: {
          tolerations: [{ operator: 'Exists' }],
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'estate/pool', operator: 'In', values: [pool] }] }],
              },
            },
          },
        },
      });
    },
  );

  test('of the EFA plugin name the machines of the estate, and no others', () => {
    expect(componentOf('aws', 'oregon', 'aws-efa-device-plugin').values).toEqual({
      supportedInstanceLabels: {
        keys: ['node.kubernetes.io/instance-type'],
        values: ['p6-b200.48xlarge', 'trn2.48xlarge'],
      },
      tolerations: [{ operator: 'Exists' }],
    });
    expect(componentOf('aws', 'oregon', 'neuron').values).toMatchObject({
      neuronInstances: ['trn2.48xlarge'],
      npd: { enabled: false },
    });
  });

  test('of Node Feature Discovery find InfiniBand, and no Ethernet of the same maker', () => {
    const { values } = componentOf('azure', 'eastus2', 'node-feature-discovery');
    expect(values).toMatchObject({
      worker: {
        config: {
          sources: {
            pci: { deviceClassWhitelist: ['0207', '0300', '0302', '12'] },
            custom: [{ labels: { 'feature.node.kubernetes.io/pci-15b3.present': 'true' } }],
          },
        },
      },
    });
  });

  test('of Kueue take released images, run twice, and hold its whole configuration', () => {
    const { values, source } = componentOf('queue', 'hub', 'kueue');
    expect(source).toEqual({ kind: 'oci', url: 'oci://registry.k8s.io/kueue/charts/kueue', version: '0.19.2' });
    expect(values).toMatchObject({
      controllerManager: {
        replicas: 2,
        tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
        manager: { image: { repository: 'registry.k8s.io/kueue/kueue', tag: 'v0.19.2' } },
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
      },
    });
    const { managerConfig } = values as { managerConfig: { controllerManagerConfigYaml: string } };
    expect(parse(managerConfig.controllerManagerConfigYaml)).toMatchObject({
      kind: 'Configuration',
      multiKueue: { origin: 'multikueue' },
    });
  });
});

describe('software of an estate', () => {
  test('takes another version where the estate says one, and another image with it', () => {
    const kueue = componentOf('queue', 'hub', 'kueue', { software: { kueue: { version: '0.19.3' } } });
    expect(kueue.source).toMatchObject({ version: '0.19.3' });
    expect(kueue.values).toMatchObject({ controllerManager: { manager: { image: { tag: 'v0.19.3' } } } });
  });

  test('leaves out what somebody else installs, in one cluster or in all', () => {
    const none = { software: { lws: 'none' as const } };
    expect(() => componentOf('queue', 'hub', 'lws', none)).toThrow('hub has no lws');
    const { estate } = loaded.get('queue') ?? {};
    const clusters = { ...estate?.clusters };
    const hub = clusters.hub;
    if (hub === undefined) throw new Error('no hub');
    const one = { clusters: { ...clusters, hub: { ...hub, ...none } } };
    expect(() => componentOf('queue', 'hub', 'lws', one)).toThrow('hub has no lws');
    expect(componentOf('queue', 'ashburn', 'lws', one).name).toBe('lws');
  });

  test('changes nothing but values of queues when the estate grows by a team', () => {
    const found = loaded.get('queue');
    if (found === undefined) throw new Error('no example');
    const { estate, plan } = found;
    const queue = { ...estate.queue, teams: { ...estate.queue?.teams, newcomer: { shares: 0, borrow: 'any' } } };
    const grown = planSoftware({ ...estate, queue } as Estate, plan);
    const without = (sets: typeof grown.sets) =>
      sets.map((set) => ({ ...set, components: set.components.map(({ values: _values, ...rest }) => rest) }));
    expect(without(grown.sets)).toEqual(without(planSoftware(estate, plan).sets));
  });
});
