import { TerraformElement } from '../../../constructs/cdktf';
import { Autoscaler, type AutoscalerProps, Capacity, type NodePoolOptions } from '../../../constructs/oracle';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { machine, newCluster, newKey, newNetwork, newStack, ZONE } from './scene';

function made(options: Partial<NodePoolOptions> = {}, props: Partial<AutoscalerProps> = {}) {
  const stack = newStack();
  const cluster = newCluster(stack, { network: newNetwork(stack), encryptionKey: newKey(stack) });
  const pool = cluster.addNodePool('burst', {
    name: 'atlas-phx-burst',
    machine: machine('VM.Standard.E5.Flex'),
    nodeCount: 40,
    minNodeCount: 2,
    zone: ZONE,
    image: 'ocid1.image.oc1.phx.cpu',
    capacity: new Capacity(stack, 'capacity', { kind: 'on-demand' }),
    ...options,
  });
  const autoscaler = new Autoscaler(stack, 'autoscaler', { name: 'atlas-phx', cluster, pools: [pool], ...props });
  return { autoscaler, json: synthStack(stack) };
}

describe('oracle Autoscaler', () => {
  test('is the add-on of its cluster, told the ranges of the pools that it sizes', () => {
    const { autoscaler, json } = made();
    expect(autoscaler.node.defaultChild).toBeInstanceOf(TerraformElement);
    const addon = onlyResource(json, 'oci_containerengine_addon');
    expect(addon).toMatchObject({ addon_name: 'ClusterAutoscaler', remove_addon_resources_on_delete: true });
    expect(addon.configurations).toEqual([
      { key: 'nodes', value: expect.stringMatching(/^2:40:\$\{oci_containerengine_node_pool\.\S+\.id\}$/) },
      { key: 'authType', value: 'workload' },
      { key: 'enforceNodeGroupMinSize', value: 'true' },
      { key: 'maxNodeProvisionTime', value: '60m' },
    ]);
  });

  test('may do, as one service account of one cluster, what Oracle lists, and nothing else', () => {
    const [policy] = policiesOf(made().json);
    const who =
      "where all {request.principal.type = 'workload', request.principal.namespace = 'kube-system', request.principal.service_account = 'cluster-autoscaler', request.principal.cluster_id = 'CLUSTER'}";
    expect(policy?.statements).toEqual(
      [
        'manage cluster-node-pools',
        'manage instance-family',
        'use subnets',
        'read virtual-network-family',
        'use vnics',
        'inspect compartments',
      ].map((may) => `Allow any-user to ${may} in compartment id COMPARTMENT ${who}`),
    );
  });

  test('may use the network where that lies in another compartment', () => {
    const policies = policiesOf(made({}, { networkCompartmentId: 'ocid1.compartment.oc1..net' }).json);
    expect(policies.map(({ statements }) => statements.length)).toEqual([4, 6]);
    expect(policies[0]?.statements[0]).toContain('use subnets in compartment id ocid1.compartment.oc1..net');
  });

  test('fails when a pool has a fixed size', () => {
    expect(() => made({ minNodeCount: undefined })).toThrow(
      'pool "atlas-phx-burst" has a fixed size; give it minNodeCount, or leave it out of pools',
    );
  });
});

/** The policies of the autoscaler, with what is only known after apply by its name. */
function policiesOf(json: Parameters<typeof resourcesOf>[0]) {
  return Object.values(resourcesOf(json, 'oci_identity_policy'))
    .filter(({ description }) => description === 'What the autoscaler of a cluster may do')
    .map(({ statements }) => ({
      statements: [statements].flat().map((text) =>
        String(text)
          .replace(/\$\{oci_containerengine_cluster\.[^}]*\}/, 'CLUSTER')
          .replace(/ocid1\.compartment\.oc1\.\.(?!net)\S+/, 'COMPARTMENT'),
      ),
    }));
}
