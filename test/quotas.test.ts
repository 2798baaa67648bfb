import { join } from 'node:path';
import { resolveEstate } from '../cli/app';
import { planQuotas, type QuotaNeed } from '../estate/plan/quotas';
import { ROOT } from './helpers/cli';
import { readTree, synthesizePlan, withFolder } from './helpers/synth';

/** A resource of any tool, as far as the counts look at it. */
interface Resource {
  readonly type: string;
  readonly id: string;
  readonly stack: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const { plan } = resolveEstate(join(ROOT, 'estate.yaml'));
const needs = planQuotas(plan);
const synthesized = withFolder((folder) => {
  synthesizePlan(plan, folder);
  return Object.entries(readTree(folder)).flatMap(([path, text]) => resourcesIn(path, text));
});

/** Every resource of one synthesized file. */
function resourcesIn(path: string, text: string): Resource[] {
  const stack = path.split('/').at(path.endsWith('cdk.tf.json') ? -2 : -1) ?? '';
  if (path.endsWith('.template.json')) {
    const { Resources = {} } = JSON.parse(text) as {
      Resources?: Record<string, { Type: string; Properties?: Resource['body'] }>;
    };
    return Object.entries(Resources).map(([id, { Type, Properties = {} }]) => ({
      type: Type,
      id,
      stack,
      body: Properties,
    }));
  }
  if (!path.endsWith('cdk.tf.json')) return [];
  const { resource = {} } = JSON.parse(text) as { resource?: Record<string, Record<string, Resource['body']>> };
  return Object.entries(resource).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, body]) => ({ type, id, stack, body })),
  );
}

/** What is asked of the quotas of one key, over all accounts, regions and zones. */
function asked(key: QuotaNeed['key'], matches: (need: QuotaNeed) => boolean = () => true): number {
  return needs.filter((need) => need.key === key && matches(need)).reduce((sum, { needed }) => sum + needed, 0);
}

/** A value inside a resource by its path. */
function valueAt(body: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step], body);
}

const numberAt = (body: unknown, ...path: readonly (string | number)[]) => Number(valueAt(body, ...path) ?? 0);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** Node groups of EKS with their largest size and the launch template that they point to. */
async function nodeGroups(): Promise<readonly { readonly nodes: number; readonly template: unknown }[]> {
  const all = await synthesized;
  return all
    .filter(({ type }) => type === 'AWS::EKS::Nodegroup')
    .map(({ stack, body }) => {
      const id = valueAt(body, 'LaunchTemplate', 'Id', 'Ref');
      const template = all.find((one) => one.stack === stack && one.id === id);
      return {
        nodes: numberAt(body, 'ScalingConfig', 'MaxSize'),
        template: valueAt(template?.body, 'LaunchTemplateData'),
      };
    });
}

describe('the quotas of the default estate', () => {
  test.each([
    ['aws-vpcs', 'AWS::EC2::VPC'],
    ['aws-nat-gateways', 'AWS::EC2::NatGateway'],
    ['aws-elastic-ips', 'AWS::EC2::EIP'],
    ['aws-eks-clusters', 'AWS::EKS::Cluster'],
    ['aws-eks-node-groups', 'AWS::EKS::Nodegroup'],
    ['aws-lustre-file-systems', 'AWS::FSx::FileSystem'],
    ['azure-networks', 'azurerm_virtual_network'],
    ['azure-clusters', 'azurerm_kubernetes_cluster'],
    ['azure-lustre-file-systems', 'azurerm_managed_lustre_file_system'],
    ['google-networks', 'google_compute_network'],
    ['google-subnetworks', 'google_compute_subnetwork'],
    ['google-routers', 'google_compute_router'],
    ['google-clusters', 'google_container_cluster'],
    ['google-policies', 'google_compute_resource_policy'],
    ['oracle-networks', 'oci_core_vcn'],
    ['oracle-clusters', 'oci_containerengine_cluster'],
  ] as const)('%s asks for as many as there are %s in the stacks', async (key, type) => {
    expect(asked(key)).toBe((await synthesized).filter((resource) => resource.type === type).length);
    expect(asked(key)).toBeGreaterThan(0);
  });

  test('count the blocks of a VPC with those of its pods', async () => {
    const more = (await synthesized).filter(({ type }) => type === 'AWS::EC2::VPCCidrBlock');
    expect(asked('aws-vpc-blocks')).toBe(1 + more.length);
  });

  test('count the interfaces that launch templates state, and one more on every node for its pods', async () => {
    const onNodes = (await nodeGroups()).map(({ nodes, template }) => {
      const stated = valueAt(template, 'NetworkInterfaces');
      return nodes * ((Array.isArray(stated) ? stated.length : 1) + 1);
    });
    const gateways = asked('aws-nat-gateways');
    const controlPlane = 4;
    expect(asked('aws-network-interfaces')).toBe(sum(onNodes) + gateways + controlPlane);
  });

  test('count the root volumes that launch templates state', async () => {
    const volumes = (await nodeGroups()).map(
      ({ nodes, template }) => nodes * numberAt(template, 'BlockDeviceMappings', 0, 'Ebs', 'VolumeSize'),
    );
    expect(asked('aws-volumes')).toBe(sum(volumes));
  });

  test('count file systems in the size that the stacks state', async () => {
    const sizes = (type: string, ...path: readonly string[]) =>
      synthesized.then((all) => sum(all.filter((one) => one.type === type).map(({ body }) => numberAt(body, ...path))));
    expect(asked('aws-lustre')).toBe(await sizes('AWS::FSx::FileSystem', 'StorageCapacity'));
    expect(asked('azure-lustre')).toBe(await sizes('azurerm_managed_lustre_file_system', 'storage_capacity_in_tb'));
    expect(asked('google-lustre')).toBe(await sizes('google_lustre_instance', 'capacity_gib'));
    expect(asked('oracle-lustre')).toBe(await sizes('oci_lustre_file_storage_lustre_file_system', 'capacity_in_gbs'));
  });

  test('count the vCPUs of whole racks and, once, of every node pool on Azure', async () => {
    const pools = (await synthesized).filter(({ type }) => type === 'azurerm_kubernetes_cluster_node_pool');
    const racks = pools.filter(({ body }) => body.vm_size === 'Standard_ND128isr_GB300_v6');
    const ofRacks = asked('azure-family', ({ quota }) => quota === 'standardNDISRGB300V6Family');
    expect(ofRacks).toBe(racks.length * 18 * 128);
    expect(asked('azure-cores')).toBe(asked('azure-family'));
  });

  test('count the accelerators of every node pool on Google Cloud', async () => {
    const pools = (await synthesized).filter(({ type }) => type === 'google_container_node_pool');
    const nodes = (machine: string) =>
      sum(
        pools
          .filter(({ body }) => valueAt(body, 'node_config', 'machine_type') === machine)
          .map(({ body }) => numberAt(body, 'node_count')),
      );
    const gpus = asked('google-machine', ({ dimension }) => dimension === 'gpu_family=NVIDIA_GB200');
    const chips = asked('google-machine', ({ dimension }) => dimension === 'tpu_family=tpu7x');
    expect([gpus, chips]).toEqual([nodes('a4x-highgpu-4g') * 4, nodes('tpu7x-standard-4t') * 4]);
  });
});
