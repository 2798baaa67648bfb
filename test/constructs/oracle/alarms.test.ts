import { TerraformElement } from '../../../constructs/cdktf';
import { AlarmTopic } from '../../../constructs/oracle/alarm-topic';
import { HOST_ALARMS, HostAlarms } from '../../../constructs/oracle/host-alarms';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newCluster, newStack } from './scene';

const TOPIC = 'ocid1.onstopic.oc1.phx.alarms';

describe('oracle AlarmTopic', () => {
  test('has the topic as its default child, and mails to nobody by default', () => {
    const stack = newStack();
    const topic = new AlarmTopic(stack, 'topic', { name: 'atlas-main', compartmentId: COMPARTMENT });
    expect(topic.node.defaultChild).toBeInstanceOf(TerraformElement);
    const json = synthStack(stack);
    expect(onlyResource(json, 'oci_ons_notification_topic')).toMatchObject({
      compartment_id: COMPARTMENT,
      name: 'atlas-main',
    });
    expect(resourcesOf(json, 'oci_ons_subscription')).toEqual({});
  });

  test('mails to each address that it is given', () => {
    const stack = newStack();
    const emails = ['ops@example.com', 'training@example.com'];
    new AlarmTopic(stack, 'topic', { name: 'atlas-main', compartmentId: COMPARTMENT, emails });
    const subscriptions = Object.values(resourcesOf(synthStack(stack), 'oci_ons_subscription'));
    expect(subscriptions).toMatchObject([
      { protocol: 'EMAIL', endpoint: 'ops@example.com', compartment_id: COMPARTMENT },
      { protocol: 'EMAIL', endpoint: 'training@example.com', compartment_id: COMPARTMENT },
    ]);
  });
});

describe('oracle HostAlarms', () => {
  test('watches the health of hosts, GPUs and RDMA links of a compartment', () => {
    const stack = newStack();
    new HostAlarms(stack, 'hosts', { name: 'atlas-main', compartmentId: COMPARTMENT, topicId: TOPIC });
    const alarms = Object.values(resourcesOf(synthStack(stack), 'oci_monitoring_alarm'));
    expect(alarms.map(({ namespace, query, severity }) => `${severity} ${namespace} ${query}`).sort()).toEqual([
      'CRITICAL gpu_infrastructure_health Fault[5m].max() > 0',
      'CRITICAL oci_compute_infrastructure_health health_status[5m].max() > 0',
      'CRITICAL rdma_infrastructure_health RdmaPcieCableStateFault[5m].max() > 0',
      'WARNING oci_compute_infrastructure_health maintenance_status[5m].max() > 0',
      'WARNING rdma_infrastructure_health RdmaLinkSpeedFault[5m].max() > 0',
    ]);
    expect(alarms.map(({ display_name }) => display_name)).toContain('atlas-main-gpu-fault');
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        compartment_id: COMPARTMENT,
        metric_compartment_id: COMPARTMENT,
        destinations: [TOPIC],
        is_enabled: true,
      });
    }
  });

  test('says in each mail what to do', () => {
    for (const { body } of HOST_ALARMS) expect(body).toMatch(/^An? .*: .*\.$|^Oracle Cloud .*: .*\.$/);
  });
});

describe('alarms of an oracle Cluster', () => {
  test('are none by default', () => {
    const stack = newStack();
    newCluster(stack);
    expect(resourcesOf(synthStack(stack), 'oci_monitoring_alarm')).toEqual({});
  });

  test('watch its own nodes', () => {
    const stack = newStack();
    newCluster(stack, { alarms: { topicId: TOPIC } });
    expect(onlyResource(synthStack(stack), 'oci_monitoring_alarm')).toMatchObject({
      display_name: 'atlas-gpu-failed-nodes',
      namespace: 'oci_oke',
      query: expect.stringMatching(
        /^NodeState\[5m\]\{clusterId = "\$\{oci_containerengine_cluster\.cluster_\w+\.id\}", nodeState = "FAILED"\}\.sum\(\) > 0$/,
      ),
      destinations: [TOPIC],
    });
  });
});
