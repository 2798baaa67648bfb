import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { TerraformStack, Testing } from '../../constructs/cdktf';
import type { Plan } from '../../estate/plan/types';
import { alarmsRows, logsRows } from '../../estate/report/watched';
import { parseEstate } from '../../estate/spec/load';
import * as aws from '../../stacks/aws';
import * as azure from '../../stacks/azure';
import * as google from '../../stacks/google';
import * as oracle from '../../stacks/oracle';
import { type Changes, estateText } from '../estate/spec/fixtures';
import { lockAndResolve } from '../helpers/estates';
import { resourcesOf, synthStack, type TerraformJson } from '../helpers/terraform';

const OWNERS: Changes = {
  owners: {
    research: { team: 'research', email: 'research@example.com' },
    storage: { team: 'storage', email: 'storage@example.com' },
  },
};
/** A second file system beside the first one of each site, of another owner. */
const STORES: Changes = {
  'stores.east-scratch': { kind: 'lustre', site: 'east', capacityTiB: 16, throughputMBpsPerTiB: 125 },
  'stores.east-more': {
    kind: 'lustre',
    site: 'east',
    capacityTiB: 16,
    throughputMBpsPerTiB: 125,
    owner: 'storage',
  },
  'stores.east-data': { kind: 'object', site: 'east' },
  'stores.iowa-scratch': { kind: 'lustre', site: 'iowa', capacityGiB: 18000, throughputMBpsPerTiB: 500 },
  'stores.iowa-more': {
    kind: 'lustre',
    site: 'iowa',
    capacityGiB: 18000,
    throughputMBpsPerTiB: 500,
    owner: 'storage',
  },
  'stores.phoenix-more': {
    kind: 'lustre',
    site: 'phoenix',
    capacityTB: 31.2,
    throughputMBpsPerTiB: 1000,
    owner: 'storage',
  },
  'stores.phoenix-data': { kind: 'object', site: 'phoenix' },
  'stores.ohio-more': {
    kind: 'lustre',
    site: 'ohio',
    zone: 'us-east-2b',
    capacityGiB: 9600,
    throughputMBpsPerTiB: 500,
    owner: 'storage',
  },
};
const ACCOUNTS = ['aws-main', 'azure-gb', 'google-main', 'oracle-main'] as const;
const ALL: Changes = Object.fromEntries(
  ACCOUNTS.flatMap((account) => [
    [`accounts.${account}.logs`, { retainDays: 90 }],
    [`accounts.${account}.alarms`, true],
    [`accounts.${account}.owner`, 'research'],
  ]),
);

function planOf(changes: Changes): Plan {
  return lockAndResolve(parseEstate(estateText({ ...OWNERS, ...STORES, ...changes }), 'estate.yaml').estate).plan;
}

function terraform(addStacks: (app: ReturnType<typeof Testing.app>, plan: Plan) => void, changes: Changes) {
  const app = Testing.app();
  addStacks(app, planOf(changes));
  return (name: string): TerraformJson => {
    const found = app.node.findChild(name);
    if (!(found instanceof TerraformStack)) throw new Error(`${name} is no stack`);
    return synthStack(found);
  };
}

/** Names of a type of resource without hashes, with one of its arguments. */
function argumentsOf(json: TerraformJson, type: string, argument: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resourcesOf(json, type)).map(([id, resource]) => [
      id.replace(/_[0-9A-F]{8}$/, ''),
      resource[argument],
    ]),
  );
}

/** Logs that a stack lets go of. */
const forgotten = ({ removed = [] }: TerraformJson) =>
  removed.filter(({ from }) => /log/.test(from)).map(({ from }) => from.replace(/_[0-9A-F]{8}$/, ''));

describe('on AWS', () => {
  const templates = (changes: Changes) => {
    const app = new App();
    aws.addStacks(app, planOf(changes));
    return (name: string) => {
      const stack = app.node.findChild(name);
      if (!(stack instanceof aws.ClusterStack || stack instanceof aws.StorageStack))
        throw new Error(`no stack ${name}`);
      return Template.fromStack(stack);
    };
  };
  const watched = templates(ALL);
  const plain = templates({});
  const mails = (template: Template) =>
    Object.values(template.findResources('AWS::SNS::Subscription')).map(({ Properties }) => Properties.Endpoint);

  test('logs are kept as long as the estate says, and for a year where it does not', () => {
    const days = (template: Template) =>
      Object.values(template.findResources('AWS::Logs::LogGroup')).map(({ Properties }) => Properties.RetentionInDays);
    const expiry = (template: Template) =>
      Object.values(template.findResources('AWS::S3::Bucket')).flatMap(({ Properties }) =>
        Properties.LifecycleConfiguration.Rules.flatMap(
          ({ Id, ExpirationInDays }: { Id: string; ExpirationInDays: number }) =>
            Id === 'old-logs' ? [ExpirationInDays] : [],
        ),
      );
    expect([days(watched('atlas-ohio-cluster')), days(plain('atlas-ohio-cluster'))]).toEqual([[90], [365]]);
    expect([expiry(watched('atlas-ohio-storage')), expiry(plain('atlas-ohio-storage'))]).toEqual([[90], [365]]);
  });

  test('alarms go to the owner of what they watch, by a topic of the stack, and there are none unasked', () => {
    expect(mails(watched('atlas-ohio-cluster'))).toEqual(['research@example.com']);
    expect(mails(watched('atlas-ohio-storage')).sort()).toEqual(['research@example.com', 'storage@example.com']);
    watched('atlas-ohio-cluster').hasResource('AWS::EKS::Addon', {
      Properties: { AddonName: 'amazon-cloudwatch-observability' },
    });
    for (const [layer, count] of [
      ['cluster', 1],
      ['storage', 2],
    ] as const) {
      watched(`atlas-ohio-${layer}`).resourceCountIs('AWS::CloudWatch::Alarm', count);
      plain(`atlas-ohio-${layer}`).resourceCountIs('AWS::CloudWatch::Alarm', 0);
      plain(`atlas-ohio-${layer}`).resourceCountIs('AWS::SNS::Topic', 0);
    }
  });

  test('a reservation is watched once, however many groups it has', () => {
    const capacity = { kind: 'reservation', ids: [{ id: 'cr-0a1b2c3d4e5f60718', nodes: 900 }] };
    const template = templates({
      'clusters.ohio.alarms': true,
      'clusters.ohio.pools.train': { accelerator: 'h200', nodes: 900, zone: 'us-east-2b', capacity },
    })('atlas-ohio-cluster');
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    expect(Object.keys(template.findResources('AWS::EKS::Nodegroup')).length).toBeGreaterThan(2);
    expect(alarms.filter(({ MetricName }) => MetricName === 'InstanceUtilization')).toHaveLength(1);
  });
});

describe('on Azure', () => {
  const watched = terraform(azure.addStacks, ALL);
  const plain = terraform(azure.addStacks, {});

  test('logs are kept in workspaces, and let go of, not destroyed, where there are none', () => {
    const cluster = 'azurerm_log_analytics_workspace.cluster_logs';
    const store = 'azurerm_log_analytics_workspace.store-east-data_access-logs';
    const days = (name: string) => argumentsOf(watched(name), 'azurerm_log_analytics_workspace', 'retention_in_days');
    expect(days('atlas-east-cluster')).toEqual({ cluster_logs: 90 });
    expect(days('atlas-east-storage')).toEqual({ 'store-east-data_access-logs': 90 });
    expect([forgotten(watched('atlas-east-cluster')), forgotten(watched('atlas-east-storage'))]).toEqual([[], []]);
    expect(forgotten(plain('atlas-east-cluster'))).toEqual([cluster]);
    expect(forgotten(plain('atlas-east-storage'))).toEqual([store]);
    for (const name of ['atlas-east-cluster', 'atlas-east-storage']) {
      expect(resourcesOf(plain(name), 'azurerm_log_analytics_workspace')).toEqual({});
    }
  });

  test('alarms go to the owner of what they watch, by an action group of the stack', () => {
    const receivers = (email: string) => [{ name: email, email_address: email, use_common_alert_schema: true }];
    const groups = (name: string) => argumentsOf(watched(name), 'azurerm_monitor_action_group', 'email_receiver');
    expect(groups('atlas-east-cluster')).toEqual({ 'alarms-research': receivers('research@example.com') });
    expect(groups('atlas-east-storage')).toEqual({
      'alarms-research': receivers('research@example.com'),
      'alarms-storage': receivers('storage@example.com'),
    });
    expect(Object.keys(argumentsOf(watched('atlas-east-storage'), 'azurerm_monitor_metric_alert', 'name'))).toEqual([
      'store-east-more_little-free-space',
      'store-east-scratch_little-free-space',
    ]);
    expect(resourcesOf(plain('atlas-east-cluster'), 'azurerm_monitor_metric_alert')).toEqual({});
  });

  test('the add-on of policies runs unless the estate says no', () => {
    const addon = (changes: Changes) =>
      argumentsOf(
        terraform(azure.addStacks, changes)('atlas-east-cluster'),
        'azurerm_kubernetes_cluster',
        'azure_policy_enabled',
      );
    expect(addon({})).toEqual({ cluster: true });
    expect(addon({ 'clusters.east.policyAddon': false })).toEqual({ cluster: false });
  });
});

describe('on Google Cloud', () => {
  const watched = terraform(google.addStacks, ALL);
  const plain = terraform(google.addStacks, {});

  test('logs are kept in buckets, and let go of, not destroyed, where there are none', () => {
    const days = argumentsOf(watched('atlas-iowa-cluster'), 'google_logging_project_bucket_config', 'retention_days');
    expect(days).toEqual({ 'cluster_log-bucket': 90 });
    const buckets = argumentsOf(watched('atlas-iowa-storage'), 'google_storage_bucket', 'name');
    expect(Object.keys(buckets)).toEqual(['store-tpu', 'store-tpu_access-logs']);
    expect([forgotten(watched('atlas-iowa-cluster')), forgotten(watched('atlas-iowa-storage'))]).toEqual([[], []]);
    // With the key that they are read with.
    expect(forgotten(plain('atlas-iowa-cluster'))).toEqual([
      'google_kms_crypto_key_iam_member.key_used-by-logging',
      'google_logging_project_bucket_config.cluster_log-bucket',
    ]);
    expect(forgotten(plain('atlas-iowa-storage'))).toEqual(['google_storage_bucket.store-tpu_access-logs']);
  });

  test('alarms go to the owner of what they watch, by a channel of the stack', () => {
    const channels = (name: string) => argumentsOf(watched(name), 'google_monitoring_notification_channel', 'labels');
    expect(channels('atlas-iowa-cluster')).toEqual({ 'alarms-research': { email_address: 'research@example.com' } });
    expect(channels('atlas-iowa-storage')).toEqual({
      'alarms-research': { email_address: 'research@example.com' },
      'alarms-storage': { email_address: 'storage@example.com' },
    });
    expect(
      Object.keys(argumentsOf(watched('atlas-iowa-cluster'), 'google_monitoring_alert_policy', 'combiner')),
    ).toEqual(['cluster_alarm-nodes-interrupted', 'cluster_alarm-nodes-unready']);
    expect(resourcesOf(plain('atlas-iowa-cluster'), 'google_monitoring_alert_policy')).toEqual({});
  });

  test('a policy decides on images, and a group on groups, where the estate says so', () => {
    const said = terraform(google.addStacks, {
      'clusters.iowa.binaryAuthorization': true,
      'accounts.google-main.securityGroup': 'gke-security-groups@example.com',
    });
    const apis = (json: TerraformJson) => Object.values(argumentsOf(json, 'google_project_service', 'service'));
    const [cluster] = Object.values(resourcesOf(said('atlas-iowa-cluster'), 'google_container_cluster'));
    expect(cluster).toMatchObject({
      authenticator_groups_config: { security_group: 'gke-security-groups@example.com' },
      binary_authorization: { evaluation_mode: 'PROJECT_SINGLETON_POLICY_ENFORCE' },
    });
    expect(apis(said('atlas-google-main-foundation'))).toContain('binaryauthorization.googleapis.com');
    const [other] = Object.values(resourcesOf(plain('atlas-iowa-cluster'), 'google_container_cluster'));
    expect(other).not.toHaveProperty('authenticator_groups_config');
    expect(other).not.toHaveProperty('binary_authorization');
    expect(apis(plain('atlas-google-main-foundation'))).not.toContain('binaryauthorization.googleapis.com');
  });
});

describe('on Oracle Cloud', () => {
  const watched = terraform(oracle.addStacks, ALL);
  const plain = terraform(oracle.addStacks, {});

  test('logs are kept in groups, and let go of, not destroyed, where there are none', () => {
    const logs = (name: string) => argumentsOf(watched(name), 'oci_logging_log', 'retention_duration');
    expect(logs('atlas-phoenix-cluster')).toEqual({ 'cluster_logs_all-service-logs': 90 });
    expect(logs('atlas-phoenix-storage')).toEqual({
      'store-phoenix-data_access-logs_read': 90,
      'store-phoenix-data_access-logs_write': 90,
    });
    expect([forgotten(watched('atlas-phoenix-cluster')), forgotten(watched('atlas-phoenix-storage'))]).toEqual([
      [],
      [],
    ]);
    expect(forgotten(plain('atlas-phoenix-cluster'))).toEqual([
      'oci_logging_log.cluster_logs_all-service-logs',
      'oci_logging_log_group.cluster_logs',
    ]);
    expect(forgotten(plain('atlas-phoenix-storage'))).toEqual([
      'oci_logging_log.store-phoenix-data_access-logs_read',
      'oci_logging_log.store-phoenix-data_access-logs_write',
      'oci_logging_log_group.store-phoenix-data_access-logs',
    ]);
  });

  test('alarms go to the owner of what they watch, by a topic of the stack; those of hosts to that of the account', () => {
    const mails = (name: string) => argumentsOf(watched(name), 'oci_ons_subscription', 'endpoint');
    expect(Object.values(mails('atlas-phoenix-cluster'))).toEqual(['research@example.com']);
    expect(Object.values(mails('atlas-phoenix-storage')).sort()).toEqual([
      'research@example.com',
      'storage@example.com',
    ]);
    expect(Object.values(mails('atlas-oracle-main-foundation'))).toEqual(['research@example.com']);
    const hosts = argumentsOf(watched('atlas-oracle-main-foundation'), 'oci_monitoring_alarm', 'provider');
    expect(hosts).toEqual({
      'hosts-us-phoenix-1_alarms_host-fault': 'oci.us-phoenix-1',
      'hosts-us-phoenix-1_alarms_host-maintenance': 'oci.us-phoenix-1',
      'hosts-us-phoenix-1_alarms_gpu-fault': 'oci.us-phoenix-1',
      'hosts-us-phoenix-1_alarms_rdma-link-fault': 'oci.us-phoenix-1',
      'hosts-us-phoenix-1_alarms_rdma-cable-fault': 'oci.us-phoenix-1',
    });
    for (const name of ['atlas-phoenix-cluster', 'atlas-phoenix-storage', 'atlas-oracle-main-foundation']) {
      expect(resourcesOf(plain(name), 'oci_monitoring_alarm')).toEqual({});
      expect(resourcesOf(plain(name), 'oci_ons_notification_topic')).toEqual({});
    }
  });

  test('names of topics tell stacks and owners apart, since a tenancy has each name once', () => {
    const names = ['atlas-phoenix-cluster', 'atlas-phoenix-storage', 'atlas-oracle-main-foundation'].flatMap((name) =>
      Object.values(argumentsOf(watched(name), 'oci_ons_notification_topic', 'name')),
    );
    expect(names).toEqual([
      'atlas-phoenix-cluster-research-alarms',
      'atlas-phoenix-storage-research-alarms',
      'atlas-phoenix-storage-storage-alarms',
      'atlas-oracle-main-hosts-us-phoenix-1-alarms',
    ]);
  });
});

test('estate show logs calls every place of logs by the name that stacks give it', () => {
  const plan = planOf(ALL);
  const app = Testing.app();
  for (const { addStacks } of [azure, google, oracle]) addStacks(app, plan);
  const jsons = app.node.children.flatMap((child) => (child instanceof TerraformStack ? [synthStack(child)] : []));
  const given = (type: string, argument: string) =>
    jsons.flatMap((json) => Object.values(resourcesOf(json, type)).map((resource) => resource[argument]));
  const places = [
    ...given('azurerm_log_analytics_workspace', 'name').map((name) => `Log Analytics workspace ${name}`),
    ...given('google_logging_project_bucket_config', 'bucket_id').map((name) => `log bucket ${name}`),
    ...given('google_storage_bucket', 'name').flatMap((name) =>
      /access-logs/.test(String(name)) ? [`bucket ${name}`] : [],
    ),
    ...given('oci_logging_log_group', 'display_name').map((name) => `log group ${name}`),
  ];
  const said = logsRows(plan).flatMap(({ cloud, where }) => (cloud === 'aws' ? [] : [where]));
  expect([...new Set(said)].sort()).toEqual([...new Set(places)].sort());
});

describe('what estate show alarms says', () => {
  const plan = planOf(ALL);
  /** How many alarms the view has of a stack; what AWS mails of capacity is an event, and no alarm. */
  const said = (stack: string) =>
    alarmsRows(plan)
      .filter((row) => row.stack === stack && !row.entry.startsWith('accounts.aws'))
      .reduce((sum, { tells }) => sum + tells.length, 0);

  test.each([
    ['azurerm_monitor_metric_alert', azure.addStacks, 'azure'],
    ['google_monitoring_alert_policy', google.addStacks, 'google'],
    ['oci_monitoring_alarm', oracle.addStacks, 'oracle'],
  ] as const)('is as many alarms as stacks make of %s', (type, addStacks, cloud) => {
    const app = Testing.app();
    addStacks(app, plan);
    const stacks = app.node.children.filter((child) => child instanceof TerraformStack);
    const made = stacks.map((stack) => [stack.node.id, Object.keys(resourcesOf(synthStack(stack), type)).length]);
    expect(made).toEqual(stacks.map(({ node }) => [node.id, said(node.id)]));
    expect(alarmsRows(plan).filter((row) => row.cloud === cloud).length).toBeGreaterThan(0);
  });

  test('is as many alarms as stacks make on AWS', () => {
    const app = new App();
    aws.addStacks(app, plan);
    const stacks = app.node.children.flatMap((child) => (child instanceof Stack ? [child] : []));
    const made = stacks.map((stack) => [
      stack.node.id,
      Object.keys(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).length,
    ]);
    expect(made).toEqual(stacks.map(({ node }) => [node.id, said(node.id)]));
  });
});
