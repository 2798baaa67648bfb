import { managerSecret } from '../../estate/plan/queue/manager-names';
import type { CheckPlan, QueueSet } from '../../estate/plan/queue/types';
import type { KubeObject, PartMaker } from '../types';
import {
  checkObject,
  clusterQueueObject,
  cohortObject,
  flavorObject,
  localQueueObject,
  multiKueueClusterObject,
  multiKueueConfigObject,
  provisioningConfigObject,
  topologyObject,
  workloadPriorityObject,
} from './kueue-objects';
import { managerAccess } from './multikueue';

/** The queue of a cluster: its objects of Kueue, and on workers what the manager may do there. */
export const queue: PartMaker = (context) => {
  const { set, queue: plan } = context;
  return [
    ...set.topologies.map(topologyObject),
    ...set.flavors.map(flavorObject),
    ...set.cohorts.map(cohortObject),
    ...set.queues.map(clusterQueueObject),
    ...set.localQueues.map(localQueueObject),
    ...plan.priorities.map(workloadPriorityObject),
    ...checkObjects(set),
    ...(set.role === 'worker' ? managerAccess(context) : []),
  ];
};

function checkObjects({ checks, queues, flavors }: QueueSet): KubeObject[] {
  const objects = checks.flatMap((check): KubeObject[] => {
    if (check.kind === 'workers')
      return [checkObject(check, 'multikueue', 'MultiKueueConfig'), multiKueueConfigObject(check.name, check.shards)];
    const asked = queues.flatMap(({ checks: rules }) => rules.filter((rule) => rule.check === check.name));
    const names = new Set(asked.flatMap((rule) => rule.flavors));
    const resources = flavors.filter(({ name }) => names.has(name)).map(({ resource }) => resource);
    return [
      checkObject(check, 'provisioning-request', 'ProvisioningRequestConfig'),
      provisioningConfigObject(check, [...new Set(resources)].sort()),
    ];
  });
  return [...objects, ...workersOf(checks).map((shard) => multiKueueClusterObject(shard, managerSecret(shard)))];
}

/** Shards that some check sends to, sorted. */
function workersOf(checks: readonly CheckPlan[]): string[] {
  return [...new Set(checks.flatMap((check) => (check.kind === 'workers' ? check.shards : [])))].sort();
}
