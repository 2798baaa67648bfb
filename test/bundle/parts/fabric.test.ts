import { fabric } from '../../../bundle/parts/fabric';
import { monitoring } from '../../../bundle/parts/monitoring';
import type { BundleContext, KubeObject } from '../../../bundle/types';
import { validateObject } from '../../../bundle/validate';
import { contextsOf } from '../../helpers/software';

const find = (objects: readonly KubeObject[], kind: string, name: string) =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

function contextOf(example: string, shard: string): BundleContext {
  const context = contextsOf(example).find((each) => each.shard.key === shard);
  if (context === undefined) throw new Error(`${example} has no ${shard}`);
  return context;
}

describe('interfaces of the network between accelerators', () => {
  test('on Google Cloud are networks by the names that stacks give them, RDMA and others', () => {
    const objects = fabric(contextOf('google.yaml', 'iowa'));
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Network us-central1-a-roce-4-net-1',
      'GKENetworkParamSet us-central1-a-roce-4-net-1',
      ...[0, 1, 2, 3].flatMap((rail) => [
        `Network us-central1-a-roce-4-rdma-${rail}`,
        `GKENetworkParamSet us-central1-a-roce-4-rdma-${rail}`,
      ]),
    ]);
    const { shard, plan } = contextOf('google.yaml', 'iowa');
    expect(find(objects, 'GKENetworkParamSet', 'us-central1-a-roce-4-rdma-0')).toMatchObject({
      spec: {
        vpc: `${plan.name}-${shard.key}-us-central1-a-roce-4-rdma`,
        vpcSubnet: `${plan.name}-${shard.key}-us-central1-a-roce-4-rdma-0`,
        deviceMode: 'RDMA',
      },
    });
    expect(find(objects, 'GKENetworkParamSet', 'us-central1-a-roce-4-net-1')).toMatchObject({
      spec: { deviceMode: 'NetDevice' },
    });
    expect(find(objects, 'Network', 'us-central1-a-roce-4-net-1')).toMatchObject({
      spec: {
        type: 'Device',
        parametersRef: { group: 'networking.gke.io', kind: 'GKENetworkParamSet', name: 'us-central1-a-roce-4-net-1' },
      },
    });
  });

  test('on Azure are counted as rdma/ib on the nodes of the pools that have them', () => {
    const objects = fabric(contextOf('azure.yaml', 'eastus2'));
    const policy = find(objects, 'NicClusterPolicy', 'nic-cluster-policy');
    expect(policy).toMatchObject({
      spec: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'estate/pool', operator: 'In', values: ['train'] }] }],
          },
        },
        ofedDriver: { version: 'doca3.4.1-26.04-1.1.0.0-1', upgradePolicy: { autoUpgrade: false } },
      },
    });
    const { sriovDevicePlugin } = (policy ?? { spec: {} }).spec as { sriovDevicePlugin?: { config: string } };
    expect(JSON.parse(sriovDevicePlugin?.config ?? '{}')).toEqual({
      resourceList: [
        {
          resourcePrefix: 'rdma',
          resourceName: 'ib',
          selectors: { vendors: ['15b3'], linkTypes: ['infiniband'], isRdma: true },
        },
      ],
    });
  });

  test('on Azure have AMD’s driver where the estate says that it is kept, in an object of its operator', () => {
    const context = contextOf('azure.yaml', 'eastus2');
    const [component] = context.software.components;
    if (component === undefined) throw new Error('nothing is installed');
    const amd = { ...component, name: 'amd-gpu-operator', pools: ['train'] };
    const driverOf = (driverImage?: string) => {
      const objects = fabric({
        ...context,
        software: { ...context.software, components: [{ ...amd, ...(driverImage && { driverImage }) }] },
      });
      for (const object of objects) expect(validateObject(object)).toEqual([]);
      return (find(objects, 'DeviceConfig', 'train') as { spec?: { driver?: object } }).spec?.driver;
    };
    const image = 'registry.example.com:5000/drivers/amdgpu';
    expect(driverOf(image)).toEqual({ ...driverOf(), image });
    expect(driverOf()).not.toHaveProperty('image');
  });

  test.each(['aws.yaml oregon', 'oracle.yaml phoenix'])('of %s need nothing besides software', (which) => {
    const [example = '', shard = ''] = which.split(' ');
    expect(fabric(contextOf(example, shard))).toEqual([]);
  });
});

describe('budgets', () => {
  test('are there for services, whose replicas go one at a time, and never for jobs', () => {
    const budgets = contextsOf('queue.yaml').flatMap(monitoring);
    expect(budgets.map(({ metadata }) => `${metadata.namespace} ${metadata.name}`).sort()).toEqual([
      'chat chat',
      'embed embed',
    ]);
    expect(budgets[0]).toMatchObject({
      kind: 'PodDisruptionBudget',
      spec: { maxUnavailable: 1, selector: { matchLabels: { 'kueue.x-k8s.io/queue-name': 'chat' } } },
    });
  });
});
