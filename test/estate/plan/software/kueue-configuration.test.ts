import { parse } from 'yaml';
import type { QueuePlan, QueueSet } from '../../../../estate/plan/queue/types';
import { kueueConfiguration } from '../../../../estate/plan/software/kueue-configuration';

const QUEUE: QueuePlan = { fairSharing: false, priorities: [], sets: [] };
const SET: QueueSet = {
  shard: 'ohio',
  role: 'worker',
  topologies: [],
  flavors: [],
  cohorts: [],
  queues: [],
  localQueues: [],
  checks: [],
  namespaces: ['product', 'research'],
};

describe('configuration of Kueue', () => {
  const text = kueueConfiguration(QUEUE, SET);

  test('takes hold of all jobs in namespaces of the queue, and of no others', () => {
    expect(parse(text)).toMatchObject({
      apiVersion: 'config.kueue.x-k8s.io/v1beta2',
      manageJobsWithoutQueueName: true,
      managedJobsNamespaceSelector: { matchLabels: { 'estate/jobs': 'queued' } },
    });
  });

  test('is the same whichever namespaces there are, so that a team that comes or leaves starts nothing anew', () => {
    expect(kueueConfiguration(QUEUE, { ...SET, namespaces: ['research'] })).toBe(text);
  });

  test('counts only what queues cover, and knows the classes of devices that jobs claim', () => {
    expect(parse(text)).toMatchObject({
      resources: {
        quotaCheckStrategy: 'IgnoreUndeclared',
        deviceClassMappings: expect.arrayContaining([
          {
            name: 'compute-domain.nvidia.com/channel',
            deviceClassNames: ['compute-domain-default-channel.nvidia.com'],
          },
        ]),
      },
    });
  });

  test('says how long pods may take to be ready', () => {
    expect(parse(text).waitForPodsReady).toEqual({
      timeout: '60m',
      recoveryTimeout: '30m',
      blockAdmission: false,
      requeuingStrategy: { timestamp: 'Eviction', backoffBaseSeconds: 60, backoffMaxSeconds: 1800 },
    });
  });

  test('shares fairly only where the queue says so, and sends to workers only from the manager', () => {
    expect(parse(text).fairSharing).toBeUndefined();
    expect(parse(text).multiKueue).toBeUndefined();
    expect(parse(kueueConfiguration({ ...QUEUE, fairSharing: true }, { ...SET, role: 'manager' }))).toMatchObject({
      fairSharing: { preemptionStrategies: ['LessThanOrEqualToFinalShare', 'LessThanInitialShare'] },
      multiKueue: { gcInterval: '1m', origin: 'multikueue', workerLostTimeout: '15m' },
    });
  });

  test('has the same kinds of jobs in every cluster', () => {
    const kinds = (role: QueueSet['role']) =>
      parse(kueueConfiguration(QUEUE, { ...SET, role })).integrations.frameworks;
    expect(kinds('manager')).toEqual(kinds('worker'));
    expect(kinds('alone')).toEqual(kinds('worker'));
  });
});
