import { ALARM_METRICS } from '../../../constructs/google/alarms';
import { compareKeys } from '../../../estate/units';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newCluster, newStack } from './support';

function synthCluster(props: Parameters<typeof newCluster>[1] = {}) {
  const stack = newStack();
  newCluster(stack, props);
  return synthStack(stack);
}

const clusterOf = (props: Parameters<typeof newCluster>[1]) =>
  onlyResource(synthCluster(props), 'google_container_cluster');

describe('logs of a Cluster', () => {
  const json = synthCluster({ logRetentionDays: 400 });

  test('are kept in a log bucket of its own, by its key, as the cluster is', () => {
    expect(onlyResource(json, 'google_logging_project_bucket_config')).toEqual({
      bucket_id: 'atlas-one-logs',
      project: 'test-train',
      location: 'us-central1',
      description: 'Control plane and audit logs of cluster atlas-one',
      retention_days: 400,
      cmek_settings: {
        kms_key_name: 'projects/test-train/locations/us-central1/keyRings/atlas-one/cryptoKeys/atlas-one',
      },
      deletion_policy: 'PREVENT',
      lifecycle: { prevent_destroy: true },
      depends_on: [expect.stringMatching(/^google_kms_crypto_key_iam_member\.key_used-by-logging_/)],
    });
    const gone = synthCluster({ logRetentionDays: 400, deletionProtection: false });
    expect(onlyResource(gone, 'google_logging_project_bucket_config')).toMatchObject({ deletion_policy: 'DELETE' });
  });

  test('are those of the control plane and audit entries of this cluster', () => {
    expect(onlyResource(json, 'google_logging_project_sink')).toEqual({
      name: 'atlas-one-us-central1-logs',
      project: 'test-train',
      destination: 'logging.googleapis.com/projects/test-train/locations/us-central1/buckets/atlas-one-logs',
      filter:
        'resource.labels.cluster_name="atlas-one" AND resource.labels.location="us-central1" AND ' +
        '(resource.type="k8s_control_plane_component" OR logName:"cloudaudit.googleapis.com")',
      unique_writer_identity: true,
      depends_on: [expect.stringMatching(/^google_logging_project_bucket_config\./)],
    });
  });

  test('are left to the project unless the cluster is told', () => {
    const bare = synthCluster();
    expect(resourcesOf(bare, 'google_logging_project_bucket_config')).toEqual({});
    expect(resourcesOf(bare, 'google_logging_project_sink')).toEqual({});
    expect(bare.data).toBeUndefined();
  });

  test.each([0, 3651, 30.5])('fail when they are to be kept for %d days', (logRetentionDays) => {
    expect(() => synthCluster({ logRetentionDays })).toThrow(
      `logRetentionDays of cluster "atlas-one" is ${logRetentionDays}; use a whole number of days from 1 to 3650 [RetentionInvalid]`,
    );
  });
});

describe('alarms of a Cluster', () => {
  const notificationChannel = 'projects/test-train/notificationChannels/1';
  const alarms = Object.values(
    resourcesOf(
      synthCluster({ alarms: { notificationChannel }, tags: { team: 'Research' } }),
      'google_monitoring_alert_policy',
    ),
  ).sort((one, other) => compareKeys(String(one.display_name), String(other.display_name)));
  const of = 'monitored_resource="k8s_node",cluster_name="atlas-one",location="us-central1"';

  test('tell when nodes are not ready for a while, and when they were interrupted', () => {
    expect(
      alarms.map(({ display_name, conditions }) => [
        display_name,
        Object([conditions].flat()[0]).condition_prometheus_query_language,
      ]),
    ).toEqual([
      [
        'Cluster atlas-one: nodes are not ready',
        {
          query: `count(kubernetes_io:node_status_condition{${of},condition="Ready",status!="True"} > 0) > 0`,
          duration: '600s',
          evaluation_interval: '60s',
          disable_metric_validation: true,
        },
      ],
      [
        'Cluster atlas-one: nodes were interrupted',
        {
          query:
            'sum by (interruption_type, interruption_reason) ' +
            `(sum_over_time(kubernetes_io:node_interruption_count{${of}}[10m])) > 0`,
          duration: '0s',
          evaluation_interval: '60s',
          disable_metric_validation: true,
        },
      ],
    ]);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        project: 'test-train',
        combiner: 'OR',
        severity: 'WARNING',
        notification_channels: [notificationChannel],
        user_labels: { team: 'research' },
      });
    }
  });

  test('are none unless somebody is told', () => {
    expect(resourcesOf(synthCluster(), 'google_monitoring_alert_policy')).toEqual({});
    expect(() => synthCluster({ alarms: { notificationChannel: 'ops' } })).toThrow(
      /notificationChannel is "ops".*\[IdInvalid\]/,
    );
  });

  test('look at metrics with a source', () => {
    expect(ALARM_METRICS).toMatchObject({
      source: expect.stringMatching(/^https:/),
      checked: expect.stringMatching(/^\d{4}-\d{2}$/),
    });
  });
});

describe('admission to a Cluster', () => {
  test('asks the policy of the project only where it is told to', () => {
    expect(clusterOf({ binaryAuthorization: true }).binary_authorization).toEqual({
      evaluation_mode: 'PROJECT_SINGLETON_POLICY_ENFORCE',
    });
    expect(clusterOf({ binaryAuthorization: false })).toEqual(clusterOf({}));
    expect(clusterOf({})).not.toHaveProperty('binary_authorization');
  });

  test('knows the groups of a group only where it is given one', () => {
    expect(clusterOf({ securityGroup: 'gke-security-groups@example.com' }).authenticator_groups_config).toEqual({
      security_group: 'gke-security-groups@example.com',
    });
    expect(clusterOf({})).not.toHaveProperty('authenticator_groups_config');
    expect(() => clusterOf({ securityGroup: 'platform@example.com' })).toThrow(
      'securityGroup is "platform@example.com", it must be such as gke-security-groups@example.com [IdInvalid]',
    );
  });
});
