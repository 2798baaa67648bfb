import { AlarmGroup, FileSystem } from '../../../constructs/azure';
import { addAlarm, NODES_NOT_READY } from '../../../constructs/azure/alarms';
import { lustreTier } from '../../../estate/catalog';
import { onlyResource, resourcesOf } from '../../helpers/terraform';
import { cluster, defaultType, network, SUBSCRIPTION, stack, synth } from './setup';

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab/providers/Microsoft.Insights/actionGroups/lab-alarms`;

function fileSystem(alarms?: ConstructorParameters<typeof FileSystem>[2]['alarms']) {
  const scope = stack();
  const at = network(scope);
  const tier = lustreTier('azure', 500);
  return new FileSystem(scope, 'scratch', { name: 'lab', network: at, zone: '1', tier, capacityTiB: 128, alarms });
}

describe('alarms', () => {
  test('are none until somebody is to be told', () => {
    for (const made of [synth(cluster(stack())), synth(fileSystem())]) {
      expect(resourcesOf(made, 'azurerm_monitor_metric_alert')).toEqual({});
    }
  });

  test('tell of nodes that are not ready for a quarter of an hour', () => {
    const made = synth(cluster(stack(), { alarms: { actionGroupId: GROUP } }));
    expect(onlyResource(made, 'azurerm_monitor_metric_alert')).toMatchObject({
      name: 'lab-nodes-not-ready',
      resource_group_name: 'lab',
      scopes: [expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\.cluster_[0-9A-F]{8}\.id\}$/)],
      severity: 1,
      frequency: 'PT5M',
      window_size: 'PT15M',
      criteria: [
        {
          metric_namespace: 'Microsoft.ContainerService/managedClusters',
          metric_name: 'kube_node_status_condition',
          aggregation: 'Average',
          operator: 'GreaterThan',
          threshold: 0,
          dimension: [{ name: 'status2', operator: 'Include', values: ['NotReady'] }],
        },
      ],
      action: [{ action_group_id: GROUP }],
    });
  });

  test.each([
    [{ actionGroupId: GROUP }, 274_877_906_944],
    [{ actionGroupId: GROUP, freeGiBPerTarget: 1 }, 1_073_741_824],
  ])('tell of a file system of which one target is nearly full, by %j', (alarms, threshold) => {
    expect(onlyResource(synth(fileSystem(alarms)), 'azurerm_monitor_metric_alert')).toMatchObject({
      name: 'lab-little-free-space',
      scopes: [expect.stringMatching(/^\$\{azurerm_managed_lustre_file_system\.scratch_[0-9A-F]{8}\.id\}$/)],
      criteria: [
        {
          metric_namespace: 'Microsoft.StorageCache/amlFilesystems',
          metric_name: 'OSTBytesAvailable',
          aggregation: 'Minimum',
          operator: 'LessThan',
          threshold,
          dimension: [{ name: 'ostnum', operator: 'Include', values: ['*'] }],
        },
      ],
    });
  });

  test('fail when they go to something else, or at no free space', () => {
    expect(() => cluster(stack(), { alarms: { actionGroupId: 'mail' } })).toThrow(
      /"mail" is not the id of an action group.*\[IdInvalid\]/,
    );
    expect(() => fileSystem({ actionGroupId: GROUP, freeGiBPerTarget: 0 })).toThrow(
      /freeGiBPerTarget is 0.*\[CountInvalid\]/,
    );
  });
});

describe('AlarmGroup', () => {
  const place = { resourceGroupName: 'lab' };

  test('is mainly an action group, which alarms wait for', () => {
    const group = new AlarmGroup(stack(), 'alarms', { name: 'lab', ...place });
    expect(defaultType(group)).toBe('azurerm_monitor_action_group');
    addAlarm(group, NODES_NOT_READY, { name: 'lab', ...place, resourceId: 'x', threshold: 0, ...group });
    const alarm = onlyResource(synth(group), 'azurerm_monitor_metric_alert');
    expect(alarm.action).toEqual([
      { action_group_id: expect.stringMatching(/^\$\{azurerm_monitor_action_group\.alarms_[0-9A-F]{8}\.id\}$/) },
    ]);
    const made = onlyResource(synth(group), 'azurerm_monitor_action_group');
    expect(made).toMatchObject({ name: 'lab-alarms', short_name: 'lab', resource_group_name: 'lab' });
    expect(made).not.toHaveProperty('email_receiver');
  });

  test('mails to each address, and fits its short name', () => {
    const emails = ['one@example.com', 'two@example.com'];
    const group = new AlarmGroup(stack(), 'alarms', {
      name: 'atlas-azure-gb',
      ...place,
      emails,
      tags: { team: 'lab' },
    });
    expect(onlyResource(synth(group), 'azurerm_monitor_action_group')).toMatchObject({
      short_name: expect.stringMatching(/^[a-z0-9]{1,12}$/),
      email_receiver: emails.map((address) => ({
        name: address,
        email_address: address,
        use_common_alert_schema: true,
      })),
      tags: { team: 'lab' },
    });
  });

  test('fails without a name', () => {
    expect(() => new AlarmGroup(stack(), 'alarms', { name: '', ...place })).toThrow(
      /an action group is empty.*\[NameInvalid\]/,
    );
  });
});
