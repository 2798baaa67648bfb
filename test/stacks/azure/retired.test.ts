import { type App, TerraformStack, Testing } from '../../../constructs/cdktf';
import type { Plan } from '../../../estate/plan/types';
import { addStacks } from '../../../stacks/azure';
import { estateOf, lockAndResolve } from '../../helpers/estates';
import { forgottenBy, onlyResource, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';

const POOLS = {
  h100: { accelerator: 'h100', nodes: 150, capacity: { kind: 'dedicated' } },
  spot: { accelerator: 'h200', nodes: 4, capacity: { kind: 'spot' } },
};
const STORES = {
  scratch: { kind: 'lustre', site: 'east', capacityTiB: 16, throughputMBpsPerTiB: 125 },
  data: { kind: 'object', site: 'east' },
};

/** An estate with one site in Azure. */
function estate(pools: Record<string, unknown>, stores: Record<string, unknown>) {
  return estateOf({
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
    sites: { east: { account: 'main', region: 'eastus2', zones: ['1'] } },
    clusters: { run: { site: 'east', mounts: Object.keys(stores), pools } },
    stores,
  });
}

function app(plan: Plan): App {
  const made = Testing.app();
  addStacks(made, plan);
  return made;
}

function json(from: App, layer: string): TerraformJson {
  const found = from.node.children.find(({ node }) => node.id.endsWith(layer));
  if (!(found instanceof TerraformStack)) throw new Error(`no stack of layer ${layer}`);
  return synthStack(found);
}

/** Addresses of the resources of a stack whose path begins with one of some names. */
function addresses({ resource = {} }: TerraformJson, ...starts: readonly string[]): string[] {
  return Object.entries(resource)
    .flatMap(([type, byId]) => Object.keys(byId).map((id) => ({ id, address: `${type}.${id}` })))
    .filter(({ id }) => starts.some((start) => id.startsWith(start)))
    .map(({ address }) => address)
    .sort();
}

function forgotten(stack: TerraformJson): string[] {
  expect((stack.removed ?? []).filter(({ lifecycle }) => lifecycle.destroy)).toEqual([]);
  return forgottenBy(stack).sort();
}

describe('what left the estate on Azure', () => {
  const before = lockAndResolve(estate(POOLS, STORES));
  const first = app(before.plan);
  const emptied = lockAndResolve(estate({}, {}), before.lock);
  const second = app(emptied.plan);

  test('forgets nothing that is there', () => {
    expect(forgotten(json(first, 'storage'))).toEqual([]);
    expect(forgotten(json(first, 'cluster'))).toEqual([]);
  });

  test('keeps every part of the last stores of a site, with the key and the stack that holds it', () => {
    const parts = addresses(json(first, 'storage'), 'store-scratch_', 'store-data_');
    expect(parts).toHaveLength(15);
    expect(forgotten(json(second, 'storage'))).toEqual(parts);
    expect(addresses(json(second, 'storage'), 'store-')).toEqual([]);
    expect(addresses(json(second, 'storage'), 'key_')).toEqual(addresses(json(first, 'storage'), 'key_'));
  });

  test('lets a file system that is kept go on reading its key', () => {
    const { plan } = lockAndResolve(estate(POOLS, { data: STORES.data }), before.lock);
    expect(onlyResource(json(app(plan), 'storage'), 'azurerm_key_vault')).toMatchObject({
      public_network_access_enabled: true,
    });
  });

  test('keeps the logs of an object store with what writes them, whether it had any or not', () => {
    const kept = (json(second, 'storage').removed ?? []).map(({ from }) => from.replace(/_[0-9A-F]{8}$/, ''));
    expect(kept.filter((from) => from.includes('access-logs')).sort()).toEqual([
      'azurerm_log_analytics_workspace.store-data_access-logs',
      'azurerm_monitor_diagnostic_setting.store-data_access-logs_setting',
    ]);
  });

  test('keeps one store that left and changes nothing of the other', () => {
    const { plan } = lockAndResolve(estate(POOLS, { data: STORES.data }), before.lock);
    const storage = json(app(plan), 'storage');
    expect(forgotten(storage)).toEqual(addresses(json(first, 'storage'), 'store-scratch_'));
    expect(addresses(storage, 'store-')).toEqual(addresses(json(first, 'storage'), 'store-data_'));
  });

  test('keeps the subnet of a file system with its security group and its way out', () => {
    const subnet = addresses(json(first, 'network'), 'network_storage-scratch_', 'network_file-systems_');
    expect(subnet).toHaveLength(7);
    expect(addresses(json(second, 'network'), 'network_storage-scratch_', 'network_file-systems_')).toEqual(subnet);
  });

  test('keeps the pools of held capacity, and gives up what can be had again', () => {
    const pools = addresses(json(first, 'cluster'), 'pool-h100-');
    expect(pools).toHaveLength(2);
    // Also where they stood before their ids had a prefix.
    expect(forgotten(json(second, 'cluster')).map((from) => from.replace(/_[0-9A-F]{8}$/, '').split('.')[1])).toEqual([
      'cluster_h100-1',
      'cluster_h100-2',
      'pool-h100-1',
      'pool-h100-2',
    ]);
    expect(forgotten(json(second, 'cluster'))).toEqual(expect.arrayContaining(pools));
    expect(resourcesOf(json(second, 'cluster'), 'azurerm_kubernetes_cluster_node_pool')).toEqual({});
    const { plan } = lockAndResolve(estate({ ...POOLS, h100: { ...POOLS.h100, nodes: 100 } }, STORES), before.lock);
    const smaller = json(app(plan), 'cluster');
    expect(forgotten(smaller)).toEqual([
      expect.stringMatching(/\.cluster_h100-2_/),
      ...pools.filter((address) => address.includes('h100-2')),
    ]);
  });

  test('keeps InfiniBand registered for machines that go on running', () => {
    const names = Object.values(
      resourcesOf(json(second, 'foundation'), 'azurerm_resource_provider_feature_registration'),
    ).map(({ name }) => name);
    expect(names.sort()).toEqual(['AKSInfinibandSupport', 'EncryptionAtHost']);
  });

  test('is given up once that is accepted, and then leaves with its stack', () => {
    const { plan } = lockAndResolve(estate({}, {}), { ...before.lock, guarded: {}, retired: {} });
    const none = app(plan);
    expect(none.node.children.map(({ node }) => node.id)).toEqual([
      'atlas-main-foundation',
      'atlas-east-network',
      'atlas-run-cluster',
    ]);
    expect(forgotten(json(none, 'cluster'))).toEqual([]);
  });

  test('comes back under management when it returns to the file and somebody has seen to what was kept', () => {
    expect(() => lockAndResolve(estate(POOLS, STORES), emptied.lock)).toThrow(
      /left the file and is kept where it runs/,
    );
    const { plan } = lockAndResolve(estate(POOLS, STORES), emptied.lock, ['*']);
    const again = app(plan);
    expect(forgotten(json(again, 'storage'))).toEqual([]);
    expect(onlyResource(json(again, 'storage'), 'azurerm_managed_lustre_file_system')).toBeDefined();
  });
});
