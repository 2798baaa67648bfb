import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { addStacks } from '../../../stacks/azure';
import { estateOf, lockAndResolve } from '../../helpers/estates';
import { onlyResource, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';

/** The cluster stack of an estate with two racks, one in each of two pools. */
function clusterStack(cluster: Record<string, unknown> = {}, held: Record<string, unknown> = {}): TerraformJson {
  const pool = { accelerator: 'gb300', racks: 1, capacity: { kind: 'dedicated' } };
  const estate = estateOf({
    estate: 'v1',
    name: 'up',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: {
      main: {
        cloud: 'azure',
        subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
        tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
      },
    },
    sites: { east: { account: 'main', region: 'eastus2', zones: ['1'] } },
    clusters: {
      run: { site: 'east', kubernetes: '1.37', ...cluster, pools: { first: pool, second: { ...pool, ...held } } },
    },
  });
  const app = Testing.app();
  addStacks(app, lockAndResolve(estate).plan);
  const found = app.node.children.find(({ node }) => node.id.endsWith('cluster'));
  if (!(found instanceof TerraformStack)) throw new Error('no cluster stack');
  return synthStack(found);
}

function versions(json: TerraformJson): Record<string, unknown> {
  const { kubernetes_version, default_node_pool } = onlyResource(json, 'azurerm_kubernetes_cluster');
  const pools = Object.values(resourcesOf(json, 'azurerm_kubernetes_cluster_node_pool'));
  return {
    cluster: kubernetes_version,
    system: (default_node_pool as Record<string, unknown>).orchestrator_version,
    ...Object.fromEntries(pools.map(({ name, orchestrator_version }) => [name, orchestrator_version])),
  };
}

test('upgrades every pool with its cluster, and leaves those behind that are held at a version', () => {
  expect(versions(clusterStack())).toEqual({ cluster: '1.37', system: '1.37', first1: '1.37', second1: '1.37' });
  expect(versions(clusterStack({}, { kubernetes: '1.36' }))).toEqual({
    cluster: '1.37',
    system: '1.37',
    first1: '1.37',
    second1: '1.36',
  });
});

test('patches on Sundays unless the estate names another window, and not on days that it excludes', () => {
  const window = (json: TerraformJson) =>
    onlyResource(json, 'azurerm_kubernetes_cluster').maintenance_window_auto_upgrade;
  const common = { frequency: 'Weekly', interval: 1, utc_offset: '+00:00' };
  expect(window(clusterStack())).toEqual({ ...common, day_of_week: 'Sunday', start_time: '02:00', duration: 4 });
  const maintenance = {
    window: { days: ['tue'], start: '20:30', hours: 8 },
    exclusions: [{ name: 'run', start: '2026-12-20', end: '2027-01-04' }],
  };
  expect(window(clusterStack({ maintenance }))).toEqual({
    ...common,
    day_of_week: 'Tuesday',
    start_time: '20:30',
    duration: 8,
    not_allowed: [{ start: '2026-12-20T00:00:00Z', end: '2027-01-04T00:00:00Z' }],
  });
});

test('finds the role by which a group enters where earlier synthesis made it, one place for each kind of people', () => {
  const [admin, viewer] = ['aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee', 'bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee'];
  const { moved = [] } = clusterStack({ access: { administrators: [admin], viewers: [viewer] } });
  const places = moved.flatMap(({ from, to }) =>
    from.startsWith('azurerm_role_assignment.')
      ? [[from, to].map((one) => one.replace(/^.*cluster_(.*)_[0-9A-F]{8}$/, '$1'))]
      : [],
  );
  expect(places).toEqual(
    [admin, viewer].flatMap((group) => [
      [`viewer-${group}`, `enters-${group}`],
      [`admin-${group}`, `viewer-${group}`],
    ]),
  );
});
