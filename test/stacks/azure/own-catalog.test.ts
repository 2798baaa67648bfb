import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { addStacks } from '../../../stacks/azure';
import { estateOf, lockAndResolve } from '../../helpers/estates';
import { onlyResource, synthStack, type TerraformJson } from '../../helpers/terraform';

const SOURCED = { source: 'contract of 2026-10', checked: '2026-11' };

/** An estate whose rows of the catalog are its own: an AMD accelerator, and Lustre beyond what the built-in tier allows. */
function stacksOf(largest: number): (layer: string) => TerraformJson {
  const estate = estateOf({
    estate: 'v1',
    name: 'own',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: {
      main: {
        cloud: 'azure',
        subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
        tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
      },
    },
    sites: { east: { account: 'main', region: 'eastus2', zones: ['1'] } },
    clusters: { run: { site: 'east', pools: { train: { accelerator: 'mi455x', nodes: 4 } } } },
    stores: { scratch: { kind: 'lustre', site: 'east', capacityTiB: 512, throughputMBpsPerTiB: 500 } },
    catalog: {
      accelerators: { mi455x: { vendor: 'amd', title: 'MI455X', resourceName: 'amd.com/gpu', ...SOURCED } },
      machines: {
        azure: {
          Standard_ND96isr_MI455X_v6: { like: 'Standard_ND96isr_MI300X_v5', accelerator: 'mi455x', ...SOURCED },
        },
      },
      limits: { azure: { largestLustre: { 500: { value: largest, ...SOURCED } } } },
    },
  });
  const app = Testing.app();
  addStacks(app, lockAndResolve(estate).plan);
  return (layer) => {
    const found = app.node.children.find(({ node }) => node.id.endsWith(layer));
    if (!(found instanceof TerraformStack)) throw new Error(`no stack of layer ${layer}`);
    return synthStack(found);
  };
}

describe('an estate with rows of its own on Azure', () => {
  test('has file systems as large as it was granted, and no larger', () => {
    const storage = stacksOf(512)('storage');
    expect(onlyResource(storage, 'azurerm_managed_lustre_file_system')).toMatchObject({
      sku_name: 'AMLFS-Durable-Premium-500',
      storage_capacity_in_tb: 512,
    });
    expect(() => stacksOf(256)).toThrow('from 4 to 256 (raise the largest size of the tier once Microsoft has)');
  });

  test('keeps other pods off accelerators that the built-in catalog does not know', () => {
    const pool = onlyResource(stacksOf(512)('cluster'), 'azurerm_kubernetes_cluster_node_pool');
    expect(pool).toMatchObject({
      vm_size: 'Standard_ND96isr_MI455X_v6',
      node_taints: ['amd.com/gpu=present:NoSchedule'],
      kubelet_config: { cpu_manager_policy: 'static' },
    });
  });
});
